package org.chevet.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** How tests run Chevet as a process of its own: the jar that is shipped, by a JVM that is set for short lives. */
public final class ProcessCommand {
    private static final Path JAR = Path.of(Objects.requireNonNull(
            System.getProperty("chevet.jar"), "the jar's place is in the property chevet.jar, which Maven gives"));
    /** What it says once it listens, before its address. */
    static final String READY = "Chevet: ";

    private static final int END_SECONDS_MAX = 60;

    private ProcessCommand() {}

    /** The whole command: the JVM, its options, and what Chevet is told. */
    public static List<String> of(String... arguments) {
        return command("-XX:SharedArchiveFile=" + LoadedClasses.ARCHIVE, arguments);
    }

    private static List<String> command(String classSharing, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                classSharing,
                "-jar",
                JAR.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** The classes of a server that has started and served, kept once for all that start after it: loading them is most of a start. */
    private static final class LoadedClasses {
        static final Path ARCHIVE = keep();

        private static Path keep() {
            try {
                Path folder = Files.createTempDirectory(JAR.getParent(), "training");
                Path archive = folder.resolve("chevet.jsa");
                Path configuration = RunningServer.configure(folder, FreePorts.next());
                Process server = new ProcessBuilder(
                                command("-XX:ArchiveClassesAtExit=" + archive, "--config", configuration.toString()))
                        .redirectError(folder.resolve("log").toFile())
                        .start();
                try (BufferedReader said = server.inputReader()) {
                    String line = said.readLine();
                    while (line != null && !line.startsWith(READY)) {
                        line = said.readLine();
                    }
                    // Not the process' own destroy, which closes the pipe while the JVM still says something.
                    server.toHandle().destroy();
                    while (line != null) {
                        line = said.readLine();
                    }
                }
                if (!server.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS) || !Files.exists(archive)) {
                    throw new IllegalStateException("no classes kept, see " + folder);
                }
                return archive;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
