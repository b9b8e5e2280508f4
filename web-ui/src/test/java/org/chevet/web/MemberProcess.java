package org.chevet.web;

import static org.chevet.web.Eventually.eventually;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A member of a cluster as a process of its own, and those who speak to it. It keeps its ports when it is started again. */
final class MemberProcess implements AutoCloseable {
    static final Duration SILENCE_MAX = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String LOG = "server.log";

    /**
     * @param launcher what starts a process there
     * @param host what members call it
     * @param clientHost what clients call it
     * @param listed where members look for it, a name maybe
     */
    record Place(List<String> launcher, String host, String clientHost, String listed) {
        static final Place HERE = new Place(List.of(), "127.0.0.1", "127.0.0.1");

        Place(List<String> launcher, String host, String clientHost) {
            this(launcher, host, clientHost, host);
        }
    }

    final String name;
    final Client client;
    private final Path home;
    private final Place place;
    private final int port = FreePorts.next();
    private final int clusterPort = FreePorts.next();
    private final int messagePort = FreePorts.next();
    private final int mllpPort = FreePorts.next();
    private @Nullable ServerProcess running;

    MemberProcess(String name, Path folder, Place place) {
        this.name = name;
        this.place = place;
        home = folder.resolve(name);
        client = new Client(URI.create(address() + "/"), mllpPort, PATIENCE);
    }

    private String address() {
        return "http://" + place.clientHost() + ":" + port;
    }

    /** Everything that may listen. */
    List<Integer> ports() {
        return List.of(port, mllpPort, clusterPort, messagePort);
    }

    /** What clients speak to. */
    int[] doors() {
        return new int[] {port, mllpPort};
    }

    void start(String journalUrl, List<MemberProcess> members) throws IOException {
        Files.createDirectories(home);
        Path file = RunningServer.configure(home, mllpPort);
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("{port: 0}", "{port: " + port + "}")
                        .replace("allowedOrigins: [", "allowedOrigins: [\"" + address() + "\", "));
        Files.writeString(
                file,
                """
                journal:
                  postgresql: {url: "%s", user: postgres}
                cluster:
                  name: test-%d
                  member: %s
                  host: %s
                  port: %d
                  messagePort: %d
                  members: [%s]
                  silenceSecondsMax: %d
                """.formatted(
                                journalUrl,
                                ProcessHandle.current().pid(),
                                name,
                                place.host(),
                                clusterPort,
                                messagePort,
                                members.stream()
                                        .map(member -> "\"" + member.place.listed() + ":" + member.clusterPort + "\"")
                                        .collect(Collectors.joining(", ")),
                                SILENCE_MAX.toSeconds()),
                StandardOpenOption.APPEND);
        running = ServerProcess.start(place.launcher(), home.resolve(LOG), "--config", file.toString());
    }

    ServerProcess process() {
        return Objects.requireNonNull(running, "it was started");
    }

    /** All it said since its first start. */
    String log() throws IOException {
        return Files.readString(home.resolve(LOG));
    }

    boolean writes() {
        return board().path("member").path("writes").asBoolean();
    }

    /** For how long what it shows has not been known to be all there is. */
    long ageMillis() {
        return board().path("member").path("ageMillis").asLong();
    }

    /** Of the board that it shows; -1 while it shows none. */
    long sequence() {
        return board().path("sequence").asLong(-1);
    }

    private JsonNode board() {
        try {
            return client.read("/board");
        } catch (IOException gone) {
            return MissingNode.getInstance();
        }
    }

    @Override
    public void close() {
        if (running != null) {
            running.close();
        }
    }

    /** Which of them writes, once one alone does. Asked once: the next moment it may be none. */
    static MemberProcess writerOf(List<MemberProcess> members) {
        AtomicReference<MemberProcess> found = new AtomicReference<>();
        eventually("one of them writes", () -> {
            List<MemberProcess> writing =
                    members.stream().filter(MemberProcess::writes).toList();
            writing.forEach(found::set);
            return writing.size() == 1;
        });
        return Objects.requireNonNull(found.get());
    }
}
