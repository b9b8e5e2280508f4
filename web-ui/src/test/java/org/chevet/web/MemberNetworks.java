package org.chevet.web;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Assumptions;

/**
 * A network namespace for each member, and a switch for each purpose. Who is taken off a switch hears nothing more there and is
 * not told, as when a cable is pulled somewhere behind the next switch.
 */
final class MemberNetworks implements AutoCloseable {
    /** Its third figure tells the networks of the range that is set aside for tests of networks (RFC 2544) apart. */
    enum Network {
        MEMBERS,
        DATABASE,
        CLIENTS;

        String bridge() {
            return "chv-" + name().toLowerCase(Locale.ROOT);
        }

        /** Of this process. */
        String ownAddress() {
            return address(254);
        }

        String address(int host) {
            return "198.18." + (ordinal() + 1) + "." + host;
        }
    }

    private final List<String> namespaces = new ArrayList<>();
    private final List<Process> relays = new ArrayList<>();

    /** Skips the test, aloud, where no networks can be made. */
    MemberNetworks(int members) throws IOException {
        try {
            for (Network network : Network.values()) {
                String bridge = network.bridge();
                ip("link", "add", bridge, "type", "bridge");
                ip("address", "add", network.ownAddress() + "/24", "dev", bridge);
                ip("link", "set", bridge, "up");
            }
            for (int member = 0; member < members; member++) {
                add(member);
            }
        } catch (IOException e) {
            close();
            Assumptions.abort("SKIPPED: no network namespaces can be made here (root and iproute2 are needed): "
                    + e.getMessage());
        }
    }

    private void add(int member) throws IOException {
        String namespace = "chv-" + member;
        ip("netns", "add", namespace);
        namespaces.add(namespace);
        inside(member, "ip", "link", "set", "lo", "up");
        for (Network network : Network.values()) {
            String port = port(member, network);
            ip("link", "add", port, "type", "veth", "peer", "name", "eth" + network.ordinal(), "netns", namespace);
            ip("link", "set", port, "master", network.bridge(), "up");
            inside(member, "ip", "address", "add", address(member, network) + "/24", "dev", "eth" + network.ordinal());
            inside(member, "ip", "link", "set", "eth" + network.ordinal(), "up");
        }
    }

    private static String port(int member, Network network) {
        return "chv-" + member + "-" + network.ordinal();
    }

    String address(int member, Network network) {
        return network.address(member + 1);
    }

    void cut(int member, Network network) throws IOException {
        ip("link", "set", port(member, network), "nomaster");
    }

    void join(int member, Network network) throws IOException {
        ip("link", "set", port(member, network), "master", network.bridge());
    }

    /** What starts a process in the member's namespace. */
    List<String> launcher(int member) {
        return List.of("ip", "netns", "exec", namespaces.get(member));
    }

    /** Lets clients reach ports of the member's loopback. */
    void relay(int member, Path log, int... ports) throws IOException {
        List<String> command = new ArrayList<>(launcher(member));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Relay.class.getName(),
                address(member, Network.CLIENTS)));
        for (int port : ports) {
            command.add(Integer.toString(port));
        }
        Process relay = new ProcessBuilder(command).redirectError(log.toFile()).start();
        relays.add(relay);
        BufferedReader said = new BufferedReader(new InputStreamReader(relay.getInputStream(), StandardCharsets.UTF_8));
        if (said.readLine() == null) {
            throw new IOException("the relay did not start: " + Files.readString(log));
        }
    }

    private void inside(int member, String... command) throws IOException {
        List<String> all = new ArrayList<>(launcher(member));
        all.addAll(List.of(command));
        run(all);
    }

    private static void ip(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        run(command);
    }

    private static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + ": " + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        relays.forEach(Process::destroyForcibly);
        for (int member = 0; member < namespaces.size(); member++) {
            for (Network network : Network.values()) {
                deleteIfThere("link", "delete", port(member, network));
            }
            deleteIfThere("netns", "delete", namespaces.get(member));
        }
        for (Network network : Network.values()) {
            deleteIfThere("link", "delete", network.bridge());
        }
    }

    private static void deleteIfThere(String... arguments) {
        try {
            ip(arguments);
        } catch (IOException notThere) {
            // As is wanted.
        }
    }
}
