package org.chevet.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Objects;

/** A real server on a free port, with a small hospital and one feed. */
final class RunningServer implements AutoCloseable {
    static final String HOSPITAL = "/api/v1/hospitals/TEST";
    static final String ACTOR = "name=Zo%C3%A9%20Martin; role=BED_MANAGER";

    /** Tests that edit files wait for two of them. */
    private static final Duration FILES_CHECK_INTERVAL = Duration.ofMillis(200);

    private final HttpClient client = HttpClient.newHttpClient();
    private final ChevetServer server;

    private final int mllpPort;

    private RunningServer(ChevetServer server, int mllpPort) {
        this.server = server;
        this.mllpPort = mllpPort;
    }

    static RunningServer start(Path folder) {
        return start(folder, "");
    }

    /** @param more of the configuration, as YAML */
    static RunningServer start(Path folder, String more) {
        int mllpPort = FreePorts.next();
        Path file = configure(folder, mllpPort);
        try {
            Files.writeString(file, more, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return start(file, mllpPort);
    }

    /** With a second hospital, {@code OTHER}, of the same beds. */
    static RunningServer startTwo(Path folder) {
        int mllpPort = FreePorts.next();
        Path file = configure(folder, mllpPort);
        try {
            String hospital = Files.readString(folder.resolve("hospital.yaml"));
            Files.writeString(folder.resolve("other.yaml"), hospital.replace("id: TEST", "id: OTHER"));
            Files.writeString(
                    file,
                    Files.readString(file)
                            .replace("[hospital.yaml]", "[hospital.yaml, other.yaml]")
                            .replace("  - name: ADT", "  - name: ADT\n    hospital: TEST"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return start(file, mllpPort);
    }

    private static RunningServer start(Path file, int mllpPort) {
        if (ConfigurationFile.read(file) instanceof ConfigurationFile.Loaded loaded) {
            return new RunningServer(ChevetServer.start(loaded.configuration(), FILES_CHECK_INTERVAL), mllpPort);
        }
        throw new IllegalStateException("the test's own configuration is wrong: " + ConfigurationFile.read(file));
    }

    /** Writes a configuration of the test hospital into a folder. */
    static Path configure(Path folder, int mllpPort) {
        try (InputStream hospital = Objects.requireNonNull(RunningServer.class.getResourceAsStream("hospital.yaml"))) {
            Files.write(folder.resolve("hospital.yaml"), hospital.readAllBytes());
            return Files.writeString(folder.resolve("chevet.yaml"), """
                    http: {port: 0}
                    dataDir: data
                    hospitals: [hospital.yaml]
                    allowedOrigins: ["https://beds.example.org"]
                    feeds:
                      - name: ADT
                        mllp: {port: %d}
                    """.formatted(mllpPort));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.port();
    }

    /** Where its feed listens. */
    int mllpPort() {
        return mllpPort;
    }

    HttpClient client() {
        return client;
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(60));
    }

    /** @param path below the hospital */
    WebSocket follow(String path, WebSocket.Listener page) {
        return client.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port() + HOSPITAL + path), page)
                .join();
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    /** @param body JSON with single quotes */
    HttpResponse<String> act(String act, String body) {
        return send(actRequest(act, body));
    }

    HttpRequest.Builder actRequest(String act, String body) {
        return request(HOSPITAL + "/acts/" + act)
                .header("Content-Type", "application/json")
                .header(ActorHandler.HEADER, ACTOR)
                .POST(BodyPublishers.ofString(body.replace('\'', '"')));
    }

    HttpResponse<String> replay(String message) {
        return send(request(HOSPITAL + "/quarantine/" + message + "/replay")
                .header("Content-Type", "application/json")
                .header(ActorHandler.HEADER, ACTOR)
                .POST(BodyPublishers.noBody()));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    JsonNode board() {
        return json(get(HOSPITAL + "/board"));
    }

    JsonNode bed(String id) {
        return json(get(HOSPITAL + "/beds/" + id)).path("bed");
    }

    static JsonNode json(HttpResponse<String> response) {
        return json(response.body());
    }

    static JsonNode json(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }

    @Override
    public void close() {
        // Not close(): it waits for the sockets that a failed test left open.
        client.shutdownNow();
        server.close();
    }
}
