package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real process is killed at random moments while people act and a feed speaks, and started again on the same data.
 * {@code -Dchevet.rounds=…} kills more often, {@code -Dchevet.seed=…} replays a run's choices.
 */
@Order(7)
class ProcessKillIT {
    private static final int ROUNDS = Integer.getInteger("chevet.rounds", 8);
    private static final int WORK_MILLIS_MAX = 600;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldKeepEverythingItAnsweredHoweverOftenItIsKilled() throws IOException {
        long seed = Long.getLong("chevet.seed", System.nanoTime());
        System.out.println("ProcessKillIT seed " + seed);
        Random random = new Random(seed);
        int mllpPort = FreePorts.next();
        Path configuration = RunningServer.configure(folder, mllpPort);
        Ledger ledger = Ledger.ofSqlite(folder);
        for (int round = 0; round < ROUNDS; round++) {
            try (ServerProcess server = start(configuration)) {
                Client client = new Client(server.address(), mllpPort, PATIENCE);
                ledger.settle(client);
                try (Traffic traffic = new Traffic(ledger, client, random)) {
                    LockSupport.parkNanos(Duration.ofMillis(20 + random.nextInt(WORK_MILLIS_MAX))
                            .toNanos());
                    server.kill();
                }
            }
        }
        try (ServerProcess server = start(configuration)) {
            Client client = new Client(server.address(), mllpPort, PATIENCE);
            ledger.settle(client);
            JsonNode before = client.read("/board").path("services");
            assertThat(server.stop()).isEqualTo(143);
            try (ServerProcess again = start(configuration)) {
                JsonNode after = new Client(again.address(), mllpPort, PATIENCE)
                        .read("/board")
                        .path("services");
                assertThat(after).isEqualTo(before);
            }
        }
        System.out.println(
                "ProcessKillIT: " + ledger.doneCount() + " acts and messages done over " + ROUNDS + " kills");
        assertThat(ledger.doneCount()).isGreaterThan(2 * ROUNDS);
    }

    private ServerProcess start(Path configuration) throws IOException {
        return ServerProcess.start(folder.resolve("server.log"), "--config", configuration.toString());
    }
}
