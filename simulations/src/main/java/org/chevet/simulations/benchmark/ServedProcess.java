package org.chevet.simulations.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** The built Chevet as a process of its own, for figures taken in the repository's folder. */
final class ServedProcess implements AutoCloseable {
    private static final Path JAR = Path.of("web-ui/target/chevet.jar");
    private static final String ADDRESS = "Chevet: ";

    private final Process process;
    private final URI address;

    private ServedProcess(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Returns once it serves.
     *
     * @param errors where what it says of mistakes is added
     * @throws IOException when it was not built, or does not start
     */
    static ServedProcess start(Path errors, String... arguments) throws IOException {
        if (!Files.exists(JAR)) {
            throw new IOException("there is no " + JAR + ". Build it: mvn -q package -DskipTests");
        }
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.add("-jar");
        command.add(JAR.toString());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                .start();
        BufferedReader out = process.inputReader();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(ADDRESS)) {
                CompletableFuture<Void> ignored =
                        CompletableFuture.runAsync(() -> out.lines().forEach(each -> {}));
                return new ServedProcess(process, URI.create(line.substring(ADDRESS.length())));
            }
        }
        throw new IOException("Chevet did not start: " + Files.readString(errors));
    }

    /** In the repository's folder: what is measured is its disk. */
    static Path newFolder() throws IOException {
        return Files.createTempDirectory(Path.of("").toAbsolutePath(), "figure");
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    URI address() {
        return address;
    }

    Process process() {
        return process;
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }
}
