package org.chevet.web.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.chevet.web.FreePorts;
import org.chevet.web.ProcessCommand;
import org.jspecify.annotations.Nullable;

/** Chevet as it is really run: a process with a command line, which can be killed and started again on the same data. */
final class ChevetProcess implements AutoCloseable {
    private static final String CONFIGURATION = "chevet.yaml";
    private static final String STARTED = "Chevet: http";
    private static final int COMMAND_SECONDS_MAX = 60;

    private final Path folder;
    private final int port;
    private final int mllpPort;
    private @Nullable Process process;

    private ChevetProcess(Path folder, int port, int mllpPort) {
        this.folder = folder;
        this.port = port;
        this.mllpPort = mllpPort;
    }

    /** Configures the test hospital in a folder, and starts it. */
    static ChevetProcess start(Path folder) throws IOException {
        return start(folder, UnaryOperator.identity());
    }

    /** @param changed what is made of the test hospital's file before */
    static ChevetProcess start(Path folder, UnaryOperator<String> changed) throws IOException {
        return start(folder, changed.apply(hospital()));
    }

    /** The test hospital and another one like it. */
    static ChevetProcess startGroup(Path folder, String otherId, String otherName) throws IOException {
        return start(folder, hospital -> {
            try {
                Files.writeString(
                        folder.resolve("other.yaml"),
                        hospital.replace("id: BROWSER", "id: " + otherId)
                                .replaceFirst("(?m)^name: .*$", "name: " + otherName));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return hospital;
        });
    }

    /** @param hospital its file */
    static ChevetProcess start(Path folder, String hospital) throws IOException {
        String files = Files.exists(folder.resolve("other.yaml")) ? "hospital.yaml, other.yaml" : "hospital.yaml";
        int port = FreePorts.next();
        int mllpPort = FreePorts.next();
        Files.writeString(folder.resolve("hospital.yaml"), hospital);
        Files.writeString(folder.resolve(CONFIGURATION), """
                http: {port: %d}
                dataDir: data
                hospitals: [%s]
                feeds:
                  - name: ADT
                    hospital: BROWSER
                    mllp: {port: %d}
                """.formatted(port, files, mllpPort));
        ChevetProcess started = new ChevetProcess(folder, port, mllpPort);
        started.run();
        return started;
    }

    /**
     * A member of a cluster with an address of its own, which is not started yet.
     *
     * @param hospitals their files' texts
     * @param more of its configuration: journal and cluster, for the port that it will have
     */
    static ChevetProcess member(Path folder, List<String> hospitals, IntFunction<String> more) throws IOException {
        int port = FreePorts.next();
        StringBuilder files = new StringBuilder();
        for (int i = 0; i < hospitals.size(); i++) {
            String name = "hospital-" + i + ".yaml";
            Files.writeString(folder.resolve(name), hospitals.get(i));
            files.append(i == 0 ? "" : ", ").append(name);
        }
        Files.writeString(
                folder.resolve(CONFIGURATION),
                "http: {port: " + port + "}\ndataDir: data\nhospitals: [" + files + "]\n" + more.apply(port));
        return new ChevetProcess(folder, port, 0);
    }

    /** The test hospital's file. */
    static String hospital() throws IOException {
        try (InputStream hospital = Objects.requireNonNull(ChevetProcess.class.getResourceAsStream("hospital.yaml"))) {
            return new String(hospital.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** What an operator does beside the server, to its end. */
    void command(String... arguments) throws IOException, InterruptedException {
        Path said = folder.resolve("command.log");
        Process running = new ProcessBuilder(ProcessCommand.of(arguments))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                // Not read from a pipe, on which one would wait as long as the process lives.
                .redirectOutput(said.toFile())
                .start();
        boolean ended = running.waitFor(COMMAND_SECONDS_MAX, TimeUnit.SECONDS);
        if (!ended) {
            running.destroyForcibly().waitFor();
        }
        if (!ended || running.exitValue() != 0) {
            throw new IllegalStateException(String.join(" ", arguments)
                    + (ended ? " ended with " + running.exitValue() : " ran longer than " + COMMAND_SECONDS_MAX + " s")
                    + ":\n" + new String(Files.readAllBytes(said), StandardCharsets.UTF_8));
        }
    }

    /** Starts it, and returns once it says where it listens. */
    void run() throws IOException {
        Process starting = new ProcessBuilder(ProcessCommand.of("--config", CONFIGURATION))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process = starting;
        BufferedReader output = starting.inputReader(StandardCharsets.UTF_8);
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.append(line).append('\n');
            if (line.contains(STARTED)) {
                // Read on, or the process would stand still once the pipe is full.
                Thread.ofVirtual().start(() -> drain(output));
                return;
            }
        }
        throw new IllegalStateException("Chevet ended before it listened. It said:\n" + said);
    }

    /** No warning, as when the power goes. */
    void kill() throws InterruptedException {
        Process running = Objects.requireNonNull(process);
        running.destroyForcibly();
        running.waitFor();
    }

    /** @param name as {@code kill} knows it: STOP, CONT */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder(
                        "kill",
                        "-" + name,
                        Long.toString(Objects.requireNonNull(process).pid()))
                .start()
                .waitFor();
    }

    boolean isAlive() {
        return Objects.requireNonNull(process).isAlive();
    }

    /** The hospital's file, to be edited. */
    Path hospitalFile() {
        return folder.resolve("hospital.yaml");
    }

    String address(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    int mllpPort() {
        return mllpPort;
    }

    @Override
    public void close() {
        Objects.requireNonNull(process).destroyForcibly();
    }

    private static void drain(BufferedReader output) {
        try (output) {
            while (output.readLine() != null) {
                // Nobody needs it.
            }
        } catch (IOException ended) {
            // With its process.
        }
    }
}
