package org.chevet.web;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;

/** A PostgreSQL that syncs what it commits, as Chevet wants it; left alone the tests' one does not. */
public final class RealPostgres {
    private static final Duration START_MAX = Duration.ofSeconds(90);

    private RealPostgres() {}

    /** Skips the test, aloud, where there is none. */
    public static EmbeddedPostgres.Builder builder() {
        Assumptions.assumeTrue(
                System.getProperty("os.name").equals("Linux")
                        && System.getProperty("os.arch").equals("amd64"),
                "SKIPPED: PostgreSQL's binaries are here for Linux on amd64 only");
        return EmbeddedPostgres.builder()
                .setPGStartupWait(START_MAX)
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on");
    }

    /** On what an earlier one left, if there was one. After a kill its last processes may take a moment to go. */
    static EmbeddedPostgres start(int port, Path data) throws IOException {
        long deadline = System.nanoTime() + START_MAX.toNanos();
        while (true) {
            try {
                return builder()
                        .setPort(port)
                        .setDataDirectory(data)
                        .setCleanDataDirectory(false)
                        .start();
            } catch (IOException | IllegalStateException notYet) {
                if (System.nanoTime() > deadline) {
                    throw notYet;
                }
                LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
            }
        }
    }

    /** SIGKILL to the one process that all others of a server watch. */
    static void kill(Path data) throws IOException {
        long pid = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).getFirst());
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }
}
