package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chevet.web.Eventually.eventually;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The disk below a running process is full, fails to sync, or is slow; and then it is not any more. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DiskFaultIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int ENOUGH = 12;
    private static final int DISK_MEBIBYTES = 12;
    private static final int SLOW_MICROS = 200_000;

    private final int mllpPort = FreePorts.next();
    private final Random random;

    @TempDir
    private Path folder = Path.of("");

    private Path configuration = Path.of("");
    private Ledger ledger = new Ledger("");

    DiskFaultIT() {
        long seed = Long.getLong("chevet.seed", System.nanoTime());
        System.out.println("DiskFaultIT seed " + seed);
        random = new Random(seed);
    }

    @BeforeEach
    void configure() {
        configuration = RunningServer.configure(folder, mllpPort);
        ledger = Ledger.ofSqlite(folder);
    }

    @AfterEach
    void unmount() throws Exception {
        if (Files.exists(folder.resolve("data"))
                && run("mountpoint", "-q", folder.resolve("data").toString())) {
            run("umount", "-l", folder.resolve("data").toString());
        }
    }

    @Test
    void shouldRefuseActsWhileTheDiskIsFullAndGoOnWhenThereIsRoom() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + DISK_MEBIBYTES + "m", "tmpfs", data.toString()),
                "SKIPPED: no small disk can be mounted here, which takes root");
        try (ServerProcess server = start()) {
            Client client = new Client(server.address(), mllpPort, PATIENCE);
            try (Traffic traffic = new Traffic(ledger, client, random)) {
                traffic.awaitDone(ENOUGH);
                Path filler = data.resolve("filler");
                fill(filler);
                traffic.await(
                        "somebody told that the disk is full",
                        () -> traffic.excuses().stream().anyMatch(excuse -> excuse.contains("full")));
                assertReadableButNotWritable(client, traffic);
                Files.delete(filler);
                traffic.awaitDone(ENOUGH);
                assertThat(traffic.readsFailed()).isZero();
            }
            ledger.settle(client);
        }
        settleAfterRestart();
    }

    private static void fill(Path filler) throws IOException {
        byte[] block = new byte[4096];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    @Test
    void shouldNeverSayDoneWhileSyncsFailAndGoOnWhenTheyDoNot() throws Exception {
        try (ServerProcess server = start()) {
            Client client = new Client(server.address(), mllpPort, PATIENCE);
            try (Traffic traffic = new Traffic(ledger, client, random)) {
                traffic.awaitDone(ENOUGH);
                try (SystemCallFaults faults = SystemCallFaults.ofSyncs(server, "error=EIO")) {
                    traffic.awaitExcuses();
                    int done = ledger.doneCount();
                    traffic.awaitExcuses();
                    assertThat(ledger.doneCount())
                            .as("done while no sync succeeds")
                            .isEqualTo(done);
                    assertReadableButNotWritable(client, traffic);
                }
                traffic.awaitDone(ENOUGH);
                assertThat(traffic.readsFailed()).isZero();
            }
            ledger.settle(client);
        }
        settleAfterRestart();
    }

    /** After a sync that failed, the next may succeed although the first one's pages are lost: it must prove nothing. */
    @Test
    void shouldTellTheTruthWhenSyncsFailNowAndThen() throws Exception {
        try (ServerProcess server = start()) {
            Client client = new Client(server.address(), mllpPort, PATIENCE);
            try (Traffic traffic = new Traffic(ledger, client, random)) {
                traffic.awaitDone(ENOUGH);
                try (SystemCallFaults faults = SystemCallFaults.ofSyncs(server, "error=EIO:when=4+7")) {
                    traffic.awaitExcuses();
                    traffic.awaitDone(ENOUGH);
                }
                traffic.awaitDone(ENOUGH);
                server.kill();
            }
        }
        settleAfterRestart();
    }

    @Test
    void shouldServeReadsWhileTheDiskIsSlow() throws Exception {
        try (ServerProcess server = start()) {
            Client client = new Client(server.address(), mllpPort, PATIENCE);
            try (Traffic traffic = new Traffic(ledger, client, random)) {
                traffic.awaitDone(ENOUGH);
                try (SystemCallFaults faults = SystemCallFaults.ofSyncs(server, "delay_enter=" + SLOW_MICROS)) {
                    int reads = traffic.reads();
                    traffic.awaitDone(ENOUGH);
                    traffic.await("reads of the board", () -> traffic.reads() > reads + ENOUGH);
                }
                traffic.awaitDone(ENOUGH);
                assertThat(traffic.readsFailed()).isZero();
            }
            ledger.settle(client);
        }
    }

    private static void assertReadableButNotWritable(Client client, Traffic traffic) throws IOException {
        eventually("it says why it is not ready", () -> {
            JsonNode told = client.readiness();
            return !told.path("ready").asBoolean(true)
                    && !told.path("hospitals").path(0).path("reason").asText().isEmpty();
        });
        int reads = traffic.reads();
        traffic.await("reads of the board", () -> traffic.reads() > reads + ENOUGH);
    }

    private void settleAfterRestart() throws IOException {
        try (ServerProcess again = start()) {
            ledger.settle(new Client(again.address(), mllpPort, PATIENCE));
        }
    }

    private ServerProcess start() throws IOException {
        return ServerProcess.start(folder.resolve("server.log"), "--config", configuration.toString());
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        return process.waitFor() == 0;
    }
}
