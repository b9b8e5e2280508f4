package org.chevet.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.time.Duration;
import java.util.*;
import java.util.concurrent.*;
import org.chevet.hospital.HospitalId;
import org.junit.jupiter.api.Test;

class HazelcastClusterTest {
    @Test
    void spike() throws Exception {
        List<Integer> ports = List.of(15701, 15702, 15703);
        List<String> peers = ports.stream().map(p -> "127.0.0.1:" + p).toList();
        List<HazelcastCluster> cs = new ArrayList<>();
        List<Vertx> vs = new ArrayList<>();
        List<EventBusMessenger> ms = new ArrayList<>();
        for (int p : ports) {
            long t = System.nanoTime();
            HazelcastCluster c = HazelcastCluster.join(
                    new ClusterOptions("t", "m" + p, "127.0.0.1", p, p + 100, peers, Duration.ofSeconds(8)));
            System.out.println("joined " + (System.nanoTime() - t) / 1e6);
            t = System.nanoTime();
            Vertx v = Vertx.builder()
                    .with(new VertxOptions()
                            .setEventBusOptions(
                                    new EventBusOptions().setHost("127.0.0.1").setPort(p + 100)))
                    .withClusterManager(new HazelcastClusterManager(c.hazelcast()))
                    .buildClustered()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
            System.out.println("vertx " + (System.nanoTime() - t) / 1e6);
            cs.add(c);
            vs.add(v);
            EventBusMessenger m = new EventBusMessenger(v, c.self());
            ms.add(m);
            m.respond("x", q -> CompletableFuture.completedFuture(q));
        }
        Thread.sleep(1000);
        for (int i = 0; i < 10; i++) {
            HospitalId h = new HospitalId("H" + i);
            System.out.println(h + " " + cs.stream().map(c -> c.writerOf(h)).toList());
        }
        for (int n = 0; n < 3; n++) {
            long t = System.nanoTime();
            for (int i = 0; i < 1000; i++)
                ms.get(0)
                        .ask(cs.get(1).self(), "x", new byte[200], Duration.ofSeconds(1))
                        .get();
            System.out.println("ask us " + (System.nanoTime() - t) / 1e6);
        }
        CountDownLatch l = new CountDownLatch(20000);
        ms.get(1).listen("news", b -> l.countDown());
        ms.get(2).listen("news", b -> l.countDown());
        Thread.sleep(500);
        long t = System.nanoTime();
        for (int i = 0; i < 10000; i++) ms.get(0).tell("news", new byte[1000]);
        assertThat(l.await(10, TimeUnit.SECONDS)).isTrue();
        System.out.println("10000 publishes ms " + (System.nanoTime() - t) / 1e6);
        t = System.nanoTime();
        cs.get(2).hazelcast().getLifecycleService().terminate();
        MemberId gone = cs.get(2).self();
        while (true) {
            boolean any = false;
            for (int i = 0; i < 100; i++) any |= gone.equals(cs.get(0).writerOf(new HospitalId("H" + i)));
            if (!any) break;
            Thread.sleep(1);
        }
        System.out.println("handed on in ms " + (System.nanoTime() - t) / 1e6);
        for (Vertx v : vs) v.close().toCompletionStage().toCompletableFuture().get();
    }
}
