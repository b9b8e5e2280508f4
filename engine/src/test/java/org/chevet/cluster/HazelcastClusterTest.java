package org.chevet.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.MessageConsumer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.chevet.hospital.HospitalId;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HazelcastClusterTest {
    @Test
    void shouldSayWhatToDoWhenItsPortIsTaken() throws IOException {
        InetAddress host = InetAddress.getByName("127.0.0.1");
        try (ServerSocket taken = new ServerSocket(0, 1, host)) {
            int port = taken.getLocalPort();
            ClusterOptions options = new ClusterOptions(
                    "test-" + port,
                    "one",
                    "127.0.0.1",
                    port,
                    ClusterOptions.MESSAGE_PORT_DEFAULT,
                    List.of("127.0.0.1:" + port),
                    null,
                    ClusterOptions.SILENCE_MAX_DEFAULT);

            assertThatThrownBy(() -> HazelcastCluster.join(options))
                    .isInstanceOf(ClusterException.class)
                    .hasMessageContaining("127.0.0.1:" + port)
                    .hasMessageContaining("mend cluster.host or cluster.port");
        }
    }

    /** Whoever calls home by HTTP asks which proxy to take. */
    @Test
    void shouldCallNobody() throws IOException {
        Queue<URI> called = new ConcurrentLinkedQueue<>();
        ProxySelector before = ProxySelector.getDefault();
        ProxySelector.setDefault(new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                called.add(uri);
                return List.of(Proxy.NO_PROXY);
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
        });
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (HazelcastCluster cluster = HazelcastCluster.join(new ClusterOptions(
                "test-" + port,
                "one",
                "127.0.0.1",
                port,
                ClusterOptions.MESSAGE_PORT_DEFAULT,
                List.of("127.0.0.1:" + port),
                null,
                ClusterOptions.SILENCE_MAX_DEFAULT))) {
            assertThat(cluster.members()).hasSize(1);
            assertThat(cluster.writerOf(new HospitalId("H")))
                    .as("alone, it takes part at once")
                    .isEqualTo(cluster.self());
        } finally {
            ProxySelector.setDefault(before);
        }
        // Databases of other tests are on this machine.
        called.removeIf(uri -> "localhost".equals(uri.getHost()) || "127.0.0.1".equals(uri.getHost()));
        assertThat(called).isEmpty();
    }

    /** Whatever each still has to say to the other. */
    @RepeatedTest(6)
    void shouldLetMembersLeaveAtTheSameMoment() throws Exception {
        List<Integer> ports = List.of(freePort(), freePort());
        List<RunningMember> members = new ArrayList<>();
        for (int port : ports) {
            members.add(RunningMember.joined(port, ports));
        }
        members.forEach(member -> member.cluster().takePart());
        List<CompletableFuture<Void>> left = members.stream()
                .map(member -> CompletableFuture.runAsync(member::leave, Thread::startVirtualThread))
                .toList();

        assertThat(left).allSatisfy(one -> assertThat(one).succeedsWithin(Duration.ofSeconds(40)));
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    /** Membership and event bus of one member, which listens to something as members do. */
    private record RunningMember(HazelcastCluster cluster, Vertx vertx, List<MessageConsumer<?>> consumers) {
        static RunningMember joined(int port, List<Integer> ports) throws Exception {
            HazelcastCluster cluster = HazelcastCluster.join(new ClusterOptions(
                    "test-" + ports.getFirst(),
                    "member-" + port,
                    "127.0.0.1",
                    port,
                    freePort(),
                    ports.stream().map(one -> "127.0.0.1:" + one).toList(),
                    null,
                    ClusterOptions.SILENCE_MAX_DEFAULT));
            Vertx vertx = cluster.vertx(Vertx.builder(), new VertxOptions())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
            List<MessageConsumer<?>> consumers = new ArrayList<>();
            for (String subject : List.of("events", "news", "submissions")) {
                MessageConsumer<?> consumer = vertx.eventBus().consumer(subject, message -> {});
                consumer.completion().toCompletionStage().toCompletableFuture().get();
                consumers.add(consumer);
            }
            return new RunningMember(cluster, vertx, consumers);
        }

        /** As a server does it. */
        void leave() {
            try {
                cluster.handOver();
            } catch (IllegalStateException lastOne) {
                // Nobody is left to take anything.
            }
            consumers.forEach(MessageConsumer::unregister);
            cluster.close();
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }
}
