package org.chevet.simulations.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The built Chevet as a process of its own, with the demo hospitals, their clocks stopped so that only what is asked happens. */
final class ServedDemo implements AutoCloseable {
    /** Without an event for so long, nothing goes on. */
    private static final Duration STILL = Duration.ofSeconds(1);

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path folder;
    private final ServedProcess served;
    private final List<URI> hospitals = new ArrayList<>();

    private ServedDemo(Path folder, ServedProcess served) throws IOException, InterruptedException {
        this.folder = folder;
        this.served = served;
        URI address = served.address();
        for (JsonNode hospital : read(address.resolve("api/v1/hospitals")).path("hospitals")) {
            hospitals.add(
                    address.resolve("api/v1/hospitals/" + hospital.path("id").asText() + "/"));
        }
    }

    static ServedDemo start() throws IOException, InterruptedException {
        Path folder = ServedProcess.newFolder();
        ServedDemo demo = new ServedDemo(
                folder,
                ServedProcess.start(
                        folder.resolve("errors.log"), "--demo", "--port", "0", "--data-dir", folder.toString()));
        for (URI hospital : demo.hospitals) {
            demo.still(hospital);
        }
        return demo;
    }

    /** Stops a hospital's clock, and waits for the end of its past if that is still being lived. */
    private void still(URI hospital) throws IOException, InterruptedException {
        long before = -1;
        while (true) {
            send(hospital, "PUT", "clock", "{\"paused\":true}");
            long sequence = read(hospital.resolve("board")).path("sequence").asLong();
            if (sequence > 1 && sequence == before) {
                return;
            }
            before = sequence;
            Thread.sleep(STILL.toMillis());
        }
    }

    /** What the hospital's addresses begin with. */
    URI hospital() {
        return hospitals.getFirst();
    }

    JsonNode read(String path) throws IOException, InterruptedException {
        return read(hospital().resolve(path));
    }

    private JsonNode read(URI address) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer =
                client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException(address + " is answered with " + answer.statusCode());
        }
        return JSON.readTree(answer.body());
    }

    JsonNode send(String method, String path, String body) throws IOException, InterruptedException {
        return send(hospital(), method, path, body);
    }

    private JsonNode send(URI hospital, String method, String path, String body)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = client.send(
                HttpRequest.newBuilder(hospital.resolve(path))
                        .header("Content-Type", "application/json")
                        .header("Chevet-Actor", "name=Mesure; role=BED_MANAGER")
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofByteArray());
        JsonNode said = JSON.readTree(answer.body());
        if (answer.statusCode() != 200) {
            throw new IOException(path + " is answered with " + answer.statusCode() + " " + said);
        }
        return said;
    }

    /** Beds that can be blocked and unblocked. */
    List<String> readyBeds() throws IOException, InterruptedException {
        List<String> ready = new ArrayList<>();
        for (JsonNode bed : read("board").findParents("state")) {
            if (bed.path("state").asText().equals("READY")) {
                ready.add(bed.path("id").asText());
            }
        }
        return ready;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        served.close();
        client.close();
        ServedProcess.delete(folder);
    }
}
