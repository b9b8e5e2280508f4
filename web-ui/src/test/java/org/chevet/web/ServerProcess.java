package org.chevet.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Chevet as an operating system's process of its own, which can be killed and started again. */
final class ServerProcess implements AutoCloseable {
    private static final int END_SECONDS_MAX = 60;

    private final Process process;
    private final URI address;

    private ServerProcess(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /** Waits until it says where it listens. */
    static ServerProcess start(Path log, String... arguments) throws IOException {
        return start(Map.of(), log, arguments);
    }

    /** @param environment variables it gets beside this process' own */
    static ServerProcess start(Map<String, String> environment, Path log, String... arguments) throws IOException {
        return started(launch(List.of(), environment, log, arguments), log);
    }

    /** @param launcher what starts it in surroundings of its own: {@code ip netns exec NAME} */
    static ServerProcess start(List<String> launcher, Path log, String... arguments) throws IOException {
        return started(launch(launcher, Map.of(), log, arguments), log);
    }

    private static ServerProcess started(Process process, Path log) throws IOException {
        BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith(ProcessCommand.READY)) {
                return new ServerProcess(process, URI.create(line.substring(ProcessCommand.READY.length())));
            }
        }
        process.destroyForcibly();
        throw new IOException("the server did not start; it said:\n" + Files.readString(log));
    }

    /** Starts it on what it is to refuse, and returns what it said when it ended by itself. */
    static String refused(Path log, String... arguments) throws IOException {
        Process process = launch(log, arguments);
        try {
            if (await(process) == 0) {
                throw new AssertionError("it ended as if all was well");
            }
            return Files.readString(log);
        } finally {
            process.destroyForcibly();
        }
    }

    /** Any command, which is to end by itself. */
    static Process launch(Path log, String... arguments) throws IOException {
        return launch(List.of(), Map.of(), log, arguments);
    }

    private static Process launch(List<String> launcher, Map<String, String> environment, Path log, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(launcher);
        command.addAll(ProcessCommand.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        return builder.start();
    }

    URI address() {
        return address;
    }

    long pid() {
        return process.pid();
    }

    /** SIGKILL: nothing of it runs any further. */
    void kill() {
        process.destroyForcibly();
        await(process);
    }

    /** SIGTERM. */
    int stop() {
        process.destroy();
        return await(process);
    }

    /** @param name as {@code kill} knows it: STOP, CONT */
    void signal(String name) throws IOException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        if (await(kill) != 0) {
            throw new IOException("kill -" + name + " failed");
        }
    }

    private static int await(Process process) {
        try {
            if (!process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new IllegalStateException("process " + process.pid() + " does not end");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
