package org.chevet.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.chevet.hospital.HospitalId;
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
        try (HazelcastCluster cluster = HazelcastCluster.join(alone())) {
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

    /** It holds it while it waits for partitions of a member that is gone to have an owner: for ever, where all members go. */
    @Test
    void shouldLeaveThoughVertxHoldsTheLockOfItsManager() throws IOException {
        HazelcastCluster cluster = HazelcastCluster.join(alone());
        Vertx vertx = done(cluster.vertx(Vertx.builder(), new VertxOptions()));

        synchronized (((VertxInternal) vertx).clusterManager()) {
            assertThat(CompletableFuture.runAsync(cluster::close, Thread::startVirtualThread))
                    .succeedsWithin(Duration.ofSeconds(30));
        }

        done(vertx.close());
    }

    private static ClusterOptions alone() throws IOException {
        int port = freePort();
        return new ClusterOptions(
                "test-" + port,
                "one",
                "127.0.0.1",
                port,
                freePort(),
                List.of("127.0.0.1:" + port),
                null,
                ClusterOptions.SILENCE_MAX_DEFAULT);
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private static <T> T done(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
