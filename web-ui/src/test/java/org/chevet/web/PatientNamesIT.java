package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real process that logs all it can is sent invented patients through every door, well and badly; then everything it said
 * is searched for them.
 */
class PatientNamesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String NEEDS =
            "{'levelOfCare':'ACUTE','isolation':'NONE','sex':'FEMALE','equipmentRequired':[],"
                    + "'equipmentPreferred':[],'singleRoom':'INDIFFERENT'}";

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> names = new ArrayList<>();
    private final Random random = new Random(20_261_124);
    private URI address = URI.create("http://127.0.0.1");

    @Test
    void shouldSayNoPatientsNameAnywhere(@TempDir Path folder) throws Exception {
        int mllpPort = FreePorts.next();
        Path configuration = RunningServer.configure(folder, mllpPort);
        Path output = folder.resolve("output.txt");
        Process server = start(folder, configuration, output);
        try {
            address = awaitAddress(output);
            sendWell(mllpPort);
            sendBadly(mllpPort);
            actWell();
            actBadly();
            ask();
            follow();
            quarantine();
            breakTheJournal(folder.resolve("data").resolve("chevet.db"));
            search("the metrics", get("/metrics").body());
            assertThat(get("/health/live").statusCode()).isEqualTo(200);
        } finally {
            client.shutdownNow();
            server.destroy();
            assertThat(server.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
        assertThat(names).hasSizeGreaterThan(40);
        String said = Files.readString(output, StandardCharsets.ISO_8859_1);
        // It was at work, and said so; and what is searched for can be found at all.
        assertThat(said).contains("DEBUG", "in quarantine as", "urn-probe-of-this-test");
        search("its output", said);
        try (var files = Files.walk(folder)) {
            for (Path log :
                    files.filter(file -> file.toString().endsWith(".log")).toList()) {
                search(log.toString(), Files.readString(log, StandardCharsets.ISO_8859_1));
            }
        }
    }

    private static Process start(Path folder, Path configuration, Path output) throws IOException {
        Path logback = Files.writeString(folder.resolve("logback.xml"), """
                <configuration>
                  <appender name="console" class="ch.qos.logback.core.ConsoleAppender">
                    <encoder><pattern>%-5level %logger %msg %mdc%n%ex{full}</pattern></encoder>
                  </appender>
                  <logger name="org.chevet" level="TRACE" />
                  <!-- Vert.x's router says every address that is asked for, which is why nobody should run it so. -->
                  <logger name="io.vertx.ext.web" level="INFO" />
                  <root level="DEBUG"><appender-ref ref="console" /></root>
                </configuration>
                """);
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-Dlogback.configurationFile=" + logback,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Main.class.getName(),
                        "--config",
                        configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private static URI awaitAddress(Path output) throws Exception {
        for (long end = System.nanoTime() + PATIENCE.toNanos(); System.nanoTime() < end; Thread.sleep(50)) {
            for (String line : Files.readString(output, StandardCharsets.ISO_8859_1)
                    .lines()
                    .toList()) {
                if (line.startsWith("Chevet: ")) {
                    return URI.create(line.substring("Chevet: ".length()));
                }
            }
        }
        throw new AssertionError("not started within " + PATIENCE);
    }

    /** A name that nobody and nothing else has; the accent makes a decoder's mistakes visible, the rest is in any encoding. */
    private String name() {
        StringBuilder name = new StringBuilder("Zq");
        for (int i = 0; i < 8; i++) {
            name.append((char) ('a' + random.nextInt(26)));
        }
        names.add(name.toString());
        return name + "é";
    }

    private void search(String where, String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        List<String> found = new ArrayList<>();
        for (String name : names) {
            String searched = name.toLowerCase(Locale.ROOT);
            for (String form :
                    List.of(searched, HexFormat.of().formatHex(searched.getBytes(StandardCharsets.US_ASCII)))) {
                int at = lower.indexOf(form);
                if (at >= 0) {
                    found.add(name + " in …" + text.substring(Math.max(0, at - 200), Math.min(text.length(), at + 100))
                            + "…");
                }
            }
        }
        assertThat(found).as("names in " + where).isEmpty();
    }

    private String message(String trigger, String id, String patient, String visit) {
        return "MSH|^~\\&|PAS|CHU|CHEVET|CHU|20261124120000||" + trigger + "|" + id + "|P|2.5|||||FRA|UNICODE UTF-8\r"
                + "EVN||20261124120000\r" + patient + "\r" + visit + "\r";
    }

    private String patient(String ipp) {
        return "PID|1||" + ipp + "^^^CHU^PI||" + name() + "^" + name() + "||19550302|F";
    }

    private void sendWell(int port) throws IOException {
        try (Socket feed = new Socket("127.0.0.1", port)) {
            feed.setSoTimeout((int) PATIENCE.toMillis());
            assertThat(mllp(
                            feed,
                            message("ADT^A01^ADT_A01", "G1", patient("1"), "PV1|1|I|3110^101^101||||||||||||||||V1")))
                    .contains("MSA|AA");
            mllp(feed, message("ADT^A08^ADT_A01", "G2", patient("1"), "PV1|1|I|3110^101^101||||||||||||||||V1"));
            // Two in one bed, and a place that nobody knows: anomalies.
            mllp(feed, message("ADT^A01^ADT_A01", "G3", patient("2"), "PV1|1|I|3110^101^101||||||||||||||||V2"));
            mllp(feed, message("ADT^A01^ADT_A01", "G4", patient("3"), "PV1|1|I|NOWHERE^9^9||||||||||||||||V3"));
            mllp(feed, message("ADT^A40^ADT_A39", "G5", patient("1") + "\rMRG|2^^^CHU^PI", "PV1|1|I"));
            mllp(feed, message("ORU^R01^ORU_R01", "G6", patient("1"), "OBX|1|TX|||" + name()));
            mllp(feed, message("ADT^Q99^ADT_Q99", "G7", patient("1"), "ZZZ|" + name()));
        }
    }

    private void sendBadly(int port) throws IOException {
        String visit = "PV1|1|I|3110^101^101||||||||||||||||V9";
        List<String> wrong = List.of(
                message("ADT^A01^ADT_A01", "B1", patient("4"), "PV1|1|I|3110"),
                message("ADT^A01^ADT_A01", "B2", "PID|1||5||" + name() + "||" + name() + "|F", visit),
                message("ADT^A01^ADT_A01", "B3", patient("6") + "\r" + name() + "|x", visit),
                message("ADT^" + name(), "B4", patient("7"), visit),
                message("ADT^A01^ADT_A01", name(), patient("8"), "PV1|1|" + name() + "|3110^101^101"),
                message("ADT^A01^ADT_A01", "B6", patient("9"), visit).replace("20261124120000\rPID", name() + "\rPID"),
                message("ADT^A01^ADT_A01", "B7", patient("10"), visit).replace("UNICODE UTF-8", name()),
                message(
                        "ADT^A02^ADT_A02",
                        "B8",
                        patient("11"),
                        "PV1|1|I|" + name() + "^" + name() + "^1||||||||||||||||" + name()),
                message(
                        "ADT^A01^ADT_A01",
                        "B9",
                        patient("12"),
                        visit + "\rZBE|" + name() + "|" + name() + "||" + name() + "|N"),
                message("ADT^A16^ADT_A16", "B10", patient("13"), visit + "\rPV2|||||||||" + name()),
                message("ADT^A01^ADT_A01", "B11", patient("14"), visit).replace("|2.5|", "|" + name() + "|"),
                message("ADT^A20^ADT_A20", "B12", patient("15"), "NPU|3110^101^101|" + name()),
                message("ADT^A34^ADT_A30", "B13", patient("16"), "MRG|" + name()),
                "MSH" + name(),
                patient("17"),
                name());
        for (String message : wrong) {
            try (Socket feed = new Socket("127.0.0.1", port)) {
                feed.setSoTimeout(2_000);
                mllp(feed, message);
            } catch (IOException silentOrClosed) {
                // Which is an answer too.
            }
        }
        for (String raw :
                List.of(name(), "\u000b" + name() + "\u001c" + name(), "\u000bMSH|" + name() + "\u000b\u001c\r")) {
            try (Socket feed = new Socket("127.0.0.1", port)) {
                feed.getOutputStream().write(raw.getBytes(StandardCharsets.UTF_8));
            }
        }
        try (Socket feed = new Socket("127.0.0.1", port)) {
            feed.setSoTimeout((int) PATIENCE.toMillis());
            String latin = message("ADT^A01^ADT_A01", "L1", patient("18"), "PV1|1|I|3110")
                    .replace("UNICODE UTF-8", "8859/15");
            feed.getOutputStream().write(("\u000b" + latin + "\u001c\r").getBytes(StandardCharsets.ISO_8859_1));
            assertThat(feed.getInputStream().read()).isEqualTo(0x0b);
        }
    }

    private static String mllp(Socket feed, String message) throws IOException {
        feed.getOutputStream().write(("\u000b" + message + "\u001c\r").getBytes(StandardCharsets.UTF_8));
        StringBuilder answer = new StringBuilder();
        for (int next = feed.getInputStream().read();
                next >= 0 && next != 0x1c;
                next = feed.getInputStream().read()) {
            answer.append((char) next);
        }
        feed.getInputStream().read();
        return answer.toString();
    }

    private String register(String stay) {
        return "{'stay':'" + stay + "','patient':{'identifier':'" + name() + "','familyName':'" + name()
                + "','givenName':'" + name() + "','sex':'FEMALE','birthDate':'1950-05-17'},'needs':" + NEEDS
                + ",'patientClass':'INPATIENT'}";
    }

    private void actWell() {
        assertThat(act("register-stay", register("S1")).statusCode()).isEqualTo(200);
        act("admit-stay", "{'stay':'S1','bed':'201'}");
        act("update-patient", "{'stay':'S1','patient':{'sex':'MALE','familyName':'" + name() + "'}}");
        act("block-bed", "{'bed':'202','reason':'OTHER','note':'chambre de " + name() + "'}");
        act("undo-act", "{'act':1,'reason':'pas " + name() + "'}");
        act("resolve-anomaly", "{'anomaly':'" + name() + "','note':'" + name() + "'}");
        act("cancel-movement", "{'stay':'S1','movement':'" + name() + "','reason':'" + name() + "'}");
    }

    private void actBadly() {
        act("register-stay", "{'stay':'" + name() + "','patient':'" + name() + "'}");
        act("register-stay", "{'stay':'S2','patient':{'familyName':" + name() + "}}");
        act("register-stay", "{'" + name() + "':'" + name() + "'}");
        act("register-stay", register("S3").replace("1950-05-17", "1950-02-31"));
        act("register-stay", register("S3").replace("'FEMALE'", "'" + name() + "'"));
        act("register-stay", register("S3").replace("}", ""));
        act("register-stay", register("S3") + name());
        act("register-stay", register("S1"));
        act("admit-stay", "{'stay':'S1','bed':'" + name().replace("é", "") + "'}");
        act("admit-stay", "{'stay':'S1','bed':'201','at':'" + name() + "'}");
        act("register-stay", register("x".repeat(70_000)));
        act(name().replace("é", ""), register("S4"));
        send(request("/api/v1/hospitals/TEST/acts/register-stay")
                .header("Content-Type", name())
                .header(ActorHandler.HEADER, "name=" + encoded(name()) + "; role=" + encoded(name()))
                .header("Idempotency-Key", encoded(name()))
                .POST(BodyPublishers.ofString(register("S5").replace('\'', '"'))));
    }

    private void ask() {
        for (String path : List.of(
                "/",
                "/assets/",
                "/vendor/",
                "/hospitals/",
                "/api/v1/hospitals/",
                "/api/v1/hospitals/TEST/stays/",
                "/api/v1/hospitals/TEST/beds/",
                "/api/v1/hospitals/TEST/services/",
                "/api/v1/hospitals/TEST/quarantine/",
                "/api/v1/hospitals/TEST/events?after=",
                "/api/v1/hospitals/TEST/occupancy?service=",
                "/api/v1/hospitals/TEST/beds/101/occupants?at=",
                "/metrics?name=",
                "/?q=")) {
            get(path + encoded(name()));
        }
        send(request("/health/live")
                .header("Referer", "http://127.0.0.1/?q=" + encoded(name()))
                .header("User-Agent", encoded(name()))
                .GET());
        send(request("/" + encoded(name()))
                .header("Cookie", "n=" + encoded(name()))
                .method("DELETE", BodyPublishers.noBody()));
        send(request("/" + encoded(name()))
                .header("Origin", "https://" + encoded(name()))
                .POST(BodyPublishers.ofString(name())));
        assertThat(get("/urn-probe-of-this-test").statusCode()).isEqualTo(404);
        act("block-bed", "{'bed':'202','reason':'OTHER'}");
    }

    private void follow() throws IOException {
        try (RawWebSocket socket = new RawWebSocket(address.getPort())) {
            socket.readText();
            socket.send(RawWebSocket.FINAL | RawWebSocket.TEXT, "{\"type\":\"" + name() + "\"}");
            socket.closeStatus();
        }
        try (RawWebSocket socket = new RawWebSocket(address.getPort())) {
            socket.sendRaw(name().getBytes(StandardCharsets.UTF_8));
        }
        try (RawConnection raw = new RawConnection(address.getPort())) {
            raw.send(name() + " /" + name() + " HTTP/1.1\r\n" + name() + "\r\n\r\n");
            raw.status();
        }
        try (RawConnection raw = new RawConnection(address.getPort())) {
            raw.send(RawConnection.act("close-bed", "Transfer-Encoding: chunked\r\n") + name() + "\r\n\r\n");
            raw.status();
        }
    }

    private void quarantine() {
        var messages =
                RunningServer.json(get("/api/v1/hospitals/TEST/quarantine")).path("messages");
        assertThat(messages).isNotEmpty();
        for (var message : messages) {
            String id = message.path("id").asText();
            get("/api/v1/hospitals/TEST/quarantine/" + id);
            send(signed("/api/v1/hospitals/TEST/quarantine/" + id + "/replay").POST(BodyPublishers.noBody()));
        }
        act(
                "discard-quarantined",
                "{'message':'" + messages.path(0).path("id").asText() + "','reason':'" + name() + "'}");
    }

    /** Each act then fails with what it wanted to write in hand. */
    private void breakTheJournal(Path journal) throws Exception {
        try (Connection disk = DriverManager.getConnection("jdbc:sqlite:" + journal);
                Statement fault = disk.createStatement()) {
            fault.execute("PRAGMA busy_timeout = 30000");
            for (String table : List.of("event", "probe")) {
                fault.execute("CREATE TRIGGER fault_" + table + " BEFORE INSERT ON " + table
                        + " BEGIN SELECT RAISE(ABORT, 'urn-probe-of-this-test'); END");
            }
            assertThat(act("register-stay", register("S6")).statusCode()).isEqualTo(503);
            for (String table : List.of("event", "probe")) {
                fault.execute("DROP TRIGGER fault_" + table);
            }
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path)).timeout(PATIENCE);
    }

    private HttpRequest.Builder signed(String path) {
        return request(path)
                .header("Content-Type", "application/json")
                .header(ActorHandler.HEADER, RunningServer.ACTOR);
    }

    /** @param body JSON with single quotes */
    private HttpResponse<String> act(String act, String body) {
        return send(
                signed("/api/v1/hospitals/TEST/acts/" + act).POST(BodyPublishers.ofString(body.replace('\'', '"'))));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
