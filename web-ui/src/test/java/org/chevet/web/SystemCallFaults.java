package org.chevet.web;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** System calls of a running process that fail or take long, from strace's hand, until it lets go. */
final class SystemCallFaults implements AutoCloseable {
    private static final String STRACE = "strace";
    private static final int DETACH_SECONDS_MAX = 30;

    private final Process strace;

    private SystemCallFaults(Process strace) {
        this.strace = strace;
    }

    /** @param what as strace's {@code inject} takes it behind the names of the calls: {@code error=EIO} */
    static SystemCallFaults ofSyncs(ServerProcess server, String what) throws IOException {
        Assumptions.assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(folder -> new File(folder, STRACE).canExecute()),
                "SKIPPED: strace is not installed, so that no system call can be made to fail");
        Process strace = new ProcessBuilder(
                        STRACE,
                        "-f",
                        "-o",
                        "/dev/null",
                        "-p",
                        Long.toString(server.pid()),
                        "-e",
                        "trace=fsync,fdatasync",
                        "-e",
                        "inject=fsync,fdatasync:" + what)
                .redirectErrorStream(true)
                .start();
        BufferedReader said =
                new BufferedReader(new InputStreamReader(strace.getInputStream(), StandardCharsets.UTF_8));
        String first = said.readLine();
        if (first == null || !first.contains("attached")) {
            strace.destroyForcibly();
            Assumptions.abort("SKIPPED: strace may not attach to a process here: " + first);
        }
        // Read on, or strace would stand still once the pipe is full.
        Thread.ofVirtual().start(() -> drain(said));
        return new SystemCallFaults(strace);
    }

    private static void drain(BufferedReader said) {
        try (said) {
            while (said.readLine() != null) {
                // Nobody needs it.
            }
        } catch (IOException ended) {
            // With its process.
        }
    }

    /** Lets the process go: its system calls work again. */
    @Override
    public void close() throws IOException {
        strace.destroy();
        try {
            if (!strace.waitFor(DETACH_SECONDS_MAX, TimeUnit.SECONDS)) {
                strace.destroyForcibly();
                throw new IOException("strace does not let go");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
