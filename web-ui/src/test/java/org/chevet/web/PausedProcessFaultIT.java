package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The process is stopped (SIGSTOP), as a virtual machine is when it moves, for longer than its clients wait, and goes on. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PausedProcessFaultIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SHORT_PATIENCE = Duration.ofMillis(1_500);
    private static final Duration RESERVED = Duration.ofSeconds(6);
    private static final int PAUSES = Integer.getInteger("chevet.rounds", 2);
    private static final int ENOUGH = 12;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldLoseAndDoubleNothingWhenItIsStoppedAndGoesOn() throws IOException {
        long seed = Long.getLong("chevet.seed", System.nanoTime());
        System.out.println("PausedProcessFaultIT seed " + seed);
        int mllpPort = FreePorts.next();
        Path configuration = RunningServer.configure(folder, mllpPort);
        Ledger ledger = Ledger.ofSqlite(folder);
        try (ServerProcess server =
                ServerProcess.start(folder.resolve("server.log"), "--config", configuration.toString())) {
            Client patient = new Client(server.address(), mllpPort, PATIENCE);
            Client hasty = new Client(server.address(), mllpPort, SHORT_PATIENCE);
            try (Traffic traffic = new Traffic(ledger, hasty, new Random(seed))) {
                for (int pause = 0; pause < PAUSES; pause++) {
                    traffic.awaitDone(ENOUGH);
                    Instant until = reserve(patient, "Q" + pause, "203P");
                    assertThat(stateOf(patient, "203P")).isEqualTo("RESERVED");
                    server.signal("STOP");
                    int unanswered = traffic.readsFailed();
                    traffic.await(
                            "reads unanswered, until the reservation is past",
                            () -> traffic.readsFailed() > unanswered + 1
                                    && Instant.now().isAfter(until));
                    server.signal("CONT");
                    traffic.awaitDone(ENOUGH);
                    traffic.await(
                            "the reservation released",
                            () -> stateOf(patient, "203P").equals("READY"));
                }
            }
            ledger.settle(patient);
        }
    }

    private static Instant reserve(Client client, String request, String bed) throws IOException {
        Instant until = Instant.now().plus(RESERVED);
        assertThat(client.act(
                        request,
                        new Ledger.Act(
                                "request-bed",
                                "{\"request\":\"R-" + request + "\",\"origin\":\"INTERNAL\",\"priority\":3,\"needs\":"
                                        + Traffic.needs() + "}")))
                .isInstanceOf(Client.Told.Done.class);
        assertThat(client.act(
                        request + "bed",
                        new Ledger.Act(
                                "reserve-bed",
                                "{\"request\":\"R-" + request + "\",\"bed\":\"" + bed + "\",\"until\":\"" + until
                                        + "\"}")))
                .isInstanceOf(Client.Told.Done.class);
        return until;
    }

    private static String stateOf(Client client, String bed) {
        try {
            return client.read("/beds/" + bed).path("bed").path("state").asText();
        } catch (IOException slow) {
            return "";
        }
    }
}
