package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chevet.web.Eventually.eventually;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The database below a running Chevet dies and comes back, and the connection to it is cut where it hurts. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class PostgresFaultIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final int KILLS = Integer.getInteger("chevet.rounds", 2);
    private static final int CUTS = Integer.getInteger("chevet.rounds", 8);
    private static final int ENOUGH = 10;

    private final int databasePort = FreePorts.next();
    private final int mllpPort = FreePorts.next();
    private final Random random;
    private final Ledger ledger = new Ledger("jdbc:postgresql://localhost:" + databasePort + "/postgres?user=postgres");

    private final Path data;

    @TempDir
    private Path folder = Path.of("");

    private EmbeddedPostgres database;

    PostgresFaultIT(@TempDir Path databaseFolder) throws IOException {
        long seed = Long.getLong("chevet.seed", System.nanoTime());
        System.out.println("PostgresFaultIT seed " + seed);
        random = new Random(seed);
        data = databaseFolder.resolve("postgres");
        database = RealPostgres.start(databasePort, data);
    }

    @AfterEach
    void stopDatabase() throws IOException {
        database.close();
    }

    @Test
    void shouldGoOnWhenTheDatabaseWasKilledAndIsBack() throws IOException {
        try (ServerProcess server = start(databasePort)) {
            Client client = new Client(server.address(), mllpPort, PATIENCE);
            try (Traffic traffic = new Traffic(ledger, client, random)) {
                for (int kill = 0; kill < KILLS; kill++) {
                    traffic.awaitDone(ENOUGH);
                    RealPostgres.kill(data);
                    traffic.awaitExcuses();
                    int done = ledger.doneCount();
                    int reads = traffic.reads();
                    traffic.awaitExcuses();
                    traffic.await("reads of the board", () -> traffic.reads() > reads + ENOUGH);
                    assertThat(ledger.doneCount()).as("done without a database").isEqualTo(done);
                    eventually(
                            "it says that it is not ready",
                            () -> !client.readiness().path("ready").asBoolean(true));
                    database.close(); // it complains that there is nothing to stop
                    database = RealPostgres.start(databasePort, data);
                    traffic.awaitDone(ENOUGH);
                }
                assertThat(traffic.readsFailed()).isZero();
            }
            ledger.settle(client);
            server.kill();
        }
        try (ServerProcess again = start(databasePort)) {
            ledger.settle(new Client(again.address(), mllpPort, PATIENCE));
        }
    }

    /** Whether a commit arrived is not known when its answer does not: only reading the journal again tells. */
    @Test
    void shouldLoseAndDoubleNothingWhenConnectionsAreCutAtAnyByte() throws IOException {
        try (CuttingProxy proxy = new CuttingProxy(databasePort, random);
                ServerProcess server = start(proxy.port())) {
            Client client = new Client(server.address(), mllpPort, PATIENCE);
            try (Traffic traffic = new Traffic(ledger, client, random)) {
                traffic.awaitDone(ENOUGH);
                proxy.cutting = true;
                traffic.await("connections cut", () -> proxy.cuts() >= CUTS);
                traffic.awaitExcuses();
                proxy.cutting = false;
                traffic.awaitDone(ENOUGH);
                assertThat(traffic.readsFailed()).isZero();
            }
            ledger.settle(client);
        }
    }

    private ServerProcess start(int port) throws IOException {
        RunningServer.configure(folder, mllpPort);
        Files.writeString(folder.resolve("chevet.yaml"), """
                journal:
                  postgresql: {url: "jdbc:postgresql://localhost:%d/postgres", user: postgres}
                """.formatted(port), StandardOpenOption.APPEND);
        return ServerProcess.start(
                folder.resolve("server.log"),
                "--config",
                folder.resolve("chevet.yaml").toString());
    }
}
