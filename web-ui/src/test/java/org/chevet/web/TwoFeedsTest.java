package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two senders to one hospital: each with its own words for places and beds, its own door and its own age. */
@Timeout(150)
class TwoFeedsTest {
    private static final int READ_TIMEOUT_MILLIS = 50_000;
    private static final long PAUSE_MILLIS = 500;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldReadEachSenderInItsOwnWordsAndAgeThemApart() throws Exception {
        int first = FreePorts.next();
        int second = FreePorts.next();
        Path file = RunningServer.configure(folder, first);
        Files.writeString(file, """
                http: {port: 0}
                dataDir: data
                hospitals: [hospital.yaml]
                feeds:
                  - {name: GAM, mllp: {port: %d}}
                  - name: URG
                    mllp: {port: %d}
                    silentAfterMinutes: 600
                    places: {"3110": MEDECINE, "UF9^Z^1": "101"}
                    bedStatusCodes: {N: HOUSEKEEPING}
                """.formatted(first, second));
        try (ChevetServer server = ChevetServer.start(quickToAge("GAM", file))) {
            // The same code: the hospital's file says cardiology, the second sender means medicine.
            assertThat(send(first, admission("V1", "3110"))).contains("MSA|AA|");
            assertThat(send(second, admission("V2", "3110"))).contains("MSA|AA|");
            assertThat(send(second, admission("V3", "UF9^Z^1"))).contains("MSA|AA|");
            String ofBed = header("A20") + "NPU|UF9^Z^1|N\r";
            assertThat(send(first, ofBed)).contains("MSA|AE|");
            assertThat(send(second, ofBed)).contains("MSA|AA|");
            String board = get(server, "/board");
            JsonNode json = new ObjectMapper().readTree(board);
            assertThat(stay(server, "V1")).contains("CARDIO").doesNotContain("MEDECINE");
            assertThat(stay(server, "V2")).contains("MEDECINE").doesNotContain("CARDIO");
            assertThat(stay(server, "V3")).contains("\"101\"");
            assertThat(feed(json, "GAM").path("received").asInt()).isEqualTo(2);
            assertThat(feed(json, "URG").path("received").asInt()).isEqualTo(3);

            long deadline = System.nanoTime() + Duration.ofSeconds(120).toNanos();
            boolean silent = false;
            while (!silent && System.nanoTime() < deadline) {
                Thread.sleep(PAUSE_MILLIS);
                silent = feed(new ObjectMapper().readTree(get(server, "/board")), "GAM")
                        .path("silent")
                        .asBoolean();
            }
            assertThat(silent).isTrue();
            assertThat(feed(new ObjectMapper().readTree(get(server, "/board")), "URG")
                            .path("silent")
                            .asBoolean())
                    .isFalse();
        }
    }

    /** The file's own unit is the minute, which is long for a test. */
    private static Configuration quickToAge(String name, Path file) {
        if (!(ConfigurationFile.read(file) instanceof ConfigurationFile.Loaded(Configuration read))) {
            throw new AssertionError("the test's own configuration is wrong: " + ConfigurationFile.read(file));
        }
        List<Configuration.Feed> feeds = read.feeds().stream()
                .map(feed -> feed.name().equals(name)
                        ? new Configuration.Feed(
                                name,
                                feed.hospital(),
                                feed.options().withSilentAfter(Duration.ofSeconds(2)),
                                feed.mllp())
                        : feed)
                .toList();
        return new Configuration(
                null,
                read.http(),
                read.dataDirectory(),
                read.postgresql(),
                read.hospitals(),
                read.hospitalFiles(),
                read.downtime(),
                feeds,
                read.allowedOrigins(),
                read.limits(),
                read.cluster());
    }

    private static JsonNode feed(JsonNode board, String name) {
        for (JsonNode feed : board.path("feeds")) {
            if (feed.path("name").asText().equals(name)) {
                return feed;
            }
        }
        throw new AssertionError("no feed " + name + " in " + board.path("feeds"));
    }

    private static String stay(ChevetServer server, String stay) throws Exception {
        return get(server, "/stays/" + stay);
    }

    private static String get(ChevetServer server, String path) throws Exception {
        URI address = URI.create("http://127.0.0.1:" + server.port() + RunningServer.HOSPITAL + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                .body();
    }

    private static String admission(String stay, String place) {
        return header("A01") + "PID|1||8" + stay + "^^^CHU^PI||X^Y||19550302|F\rPV1|1|I|" + place + "||||||||||||||||"
                + stay + "\r";
    }

    private static String header(String trigger) {
        String now = LocalDateTime.now(ZoneId.of("Europe/Paris")).format(DateTimeFormatter.ofPattern("yyyyMMddHHmmss"));
        return "MSH|^~\\&|PAS|CHU|CHEVET|CHU|" + now + "||ADT^" + trigger + "|M1|P|2.5\rEVN||" + now + "\r";
    }

    private static String send(int port, String message) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(READ_TIMEOUT_MILLIS);
            socket.getOutputStream().write(("\u000B" + message + "\u001C\r").getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
