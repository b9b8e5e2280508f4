package org.chevet.cluster;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
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
}
