package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.chevet.web.RunningServer.HOSPITAL;
import static org.chevet.web.RunningServer.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class LiveBoardTest {
    private static final String LIVE = HOSPITAL + "/live";
    private static final int WITHOUT_BED = 150;
    private static final String STAY =
            "'patient':{'sex':'FEMALE'},'patientClass':'INPATIENT','needs':{'levelOfCare':'ACUTE',"
                    + "'isolation':'NONE','sex':'FEMALE','equipmentRequired':[],'equipmentPreferred':[],'singleRoom':'INDIFFERENT'}}";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What an act writes, and what tries whether it can be written again. */
    private static final List<String> FAULTS = List.of("event", "probe");

    private @Nullable RunningServer running;
    private Path journal = Path.of("");

    /** What a page would hear. */
    static final class Page implements WebSocket.Listener {
        final BlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
        final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final StringBuilder parts = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            parts.append(data);
            if (last) {
                heard.add(json(parts.toString()));
                parts.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            closed.complete(status);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable failure) {
            closed.complete(-1);
        }

        JsonNode nextWritable(boolean writable) {
            JsonNode heartbeat = next("heartbeat");
            while (heartbeat.path("writable").asBoolean() != writable) {
                heartbeat = next("heartbeat");
            }
            return heartbeat;
        }

        JsonNode next(String type) {
            try {
                for (long end = System.nanoTime() + PATIENCE.toNanos(); ; ) {
                    JsonNode message = heard.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                    if (message == null) {
                        throw new AssertionError("no " + type + " within " + PATIENCE);
                    }
                    if (message.path("type").asText().equals(type)) {
                        return message;
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    @BeforeAll
    void start(@TempDir Path folder) {
        running = RunningServer.start(folder);
        journal = folder.resolve("data").resolve("chevet.db");
    }

    @AfterAll
    void stop() {
        server().close();
    }

    @Test
    void shouldSendTheBoardThenWhatChanges() {
        Page page = new Page();
        WebSocket socket = open(page);
        JsonNode snapshot = page.next("snapshot");
        assertThat(snapshot.path("hospital").path("id").asText()).isEqualTo("TEST");

        server().act("block-bed", "{'bed':'101','reason':'STAFF'}");

        JsonNode patch = page.next("patch");
        assertThat(patch.path("from").asLong())
                .isEqualTo(snapshot.path("sequence").asLong());
        assertThat(patch.path("to").asLong()).isGreaterThan(patch.path("from").asLong());
        assertThat(patch.path("services").size()).isEqualTo(1);
        JsonNode service = patch.path("services").path(0);
        assertThat(service.path("id").asText()).isEqualTo("CARDIO");
        assertThat(service.path("counts").path("blocked").asInt()).isEqualTo(1);
        assertThat(service.path("beds").size()).isEqualTo(1);
        assertThat(service.path("beds").path(0).path("id").asText()).isEqualTo("101");
        assertThat(service.path("beds").path(0).path("state").asText()).isEqualTo("BLOCKED");
        assertThat(patch.has("census")).isFalse();
        server().act("unblock-bed", "{'bed':'101'}");
        page.next("patch"); // so that no other test's page is sent it
        socket.abort();
    }

    @Test
    void shouldJoinPatchesWithoutGapsAndEndWhereTheBoardIs() {
        Page page = new Page();
        WebSocket socket = open(page);
        long sequence = page.next("snapshot").path("sequence").asLong();
        for (int i = 0; i < 20; i++) {
            assertThat(server().act("close-bed", "{'bed':'201'}").statusCode()).isEqualTo(200);
            assertThat(server().act("open-bed", "{'bed':'201'}").statusCode()).isEqualTo(200);
        }
        long last = server().board().path("sequence").asLong();
        int patches = 0;
        while (sequence < last) {
            JsonNode patch = page.next("patch");
            assertThat(patch.path("from").asLong()).isEqualTo(sequence);
            sequence = patch.path("to").asLong();
            patches++;
        }
        assertThat(sequence).isEqualTo(last);
        assertThat(patches).isBetween(1, 40);
        socket.abort();
    }

    @Test
    void shouldSendTheWholeBoardAgainWhenAsked() {
        Page page = new Page();
        WebSocket socket = open(page);
        page.next("snapshot");
        socket.sendText("{\"type\":\"resync\"}", true);
        assertThat(page.next("snapshot").path("services")).isNotEmpty();
        socket.abort();
    }

    @Test
    void shouldShowThatItIsAlive() {
        Page page = new Page();
        WebSocket socket = open(page);
        JsonNode heartbeat = page.next("heartbeat");
        assertThat(heartbeat.path("clock").path("now").asText()).isNotBlank();
        assertThat(heartbeat.path("writable").asBoolean()).isTrue();
        assertThat(heartbeat.path("feeds").path(0).path("name").asText()).isEqualTo("ADT");
        assertThat(page.next("heartbeat").path("sequence").asLong()).isPositive();
        socket.abort();
    }

    @Test
    void shouldTellEverybodyThatNothingCanBeKeptAndThatItCanAgain() throws SQLException {
        Page page = new Page();
        WebSocket socket = open(page);
        long before = page.next("snapshot").path("sequence").asLong();
        try (Connection disk = DriverManager.getConnection("jdbc:sqlite:" + journal);
                Statement fault = disk.createStatement()) {
            for (String table : FAULTS) {
                fault.execute("CREATE TRIGGER fault_" + table + " BEFORE INSERT ON " + table
                        + " BEGIN SELECT RAISE(ABORT, 'a fault of the test'); END");
            }
            HttpResponse<String> failed = server().act("close-bed", "{'bed':'202'}");
            assertThat(failed.statusCode()).as(failed.body()).isEqualTo(503);
            assertThat(failed.headers().firstValue("Retry-After")).isPresent();
            assertThat(json(failed).path("type").asText()).isEqualTo("urn:chevet:unavailable");
            assertThat(json(failed).path("advice").asText()).isNotBlank();
            assertThat(server().get("/health/ready").statusCode()).isEqualTo(503);
            assertThat(server().get("/health/live").statusCode()).isEqualTo(200);
            assertThat(server().board().path("sequence").asLong()).isEqualTo(before);
            assertThat(server().bed("202").path("state").asText()).isEqualTo("READY");
            assertThat(page.nextWritable(false).path("notWritableReason").asText())
                    .isNotBlank();
            for (String table : FAULTS) {
                fault.execute("DROP TRIGGER fault_" + table);
            }
        }
        assertThat(page.nextWritable(true).path("sequence").asLong()).isEqualTo(before);
        assertThat(server().get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(server().act("close-bed", "{'bed':'202'}").statusCode()).isEqualTo(200);
        // The state was read from the journal anew: nothing in it is the object that it was, so every service is sent.
        JsonNode patch = page.next("patch");
        assertThat(patch.path("from").asLong()).isEqualTo(before);
        assertThat(patch.path("services").size())
                .isEqualTo(server().board().path("services").size());
        assertThat(server().bed("202").path("state").asText()).isEqualTo("CLOSED");
        server().act("open-bed", "{'bed':'202'}");
        page.next("patch"); // so that no other test's page is sent it
        socket.abort();
    }

    @Test
    void shouldCloseOnWordsItDoesNotKnow() {
        Page page = new Page();
        open(page).sendText("{\"type\":\"hello\"}", true);
        assertThat(page.closed.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join())
                .isEqualTo(1008);
    }

    @Test
    void shouldCloseOnAMessageLongerThanItsLimit() {
        Page page = new Page();
        open(page).sendText("x".repeat(Limits.Live.DEFAULT.messageBytesMax() + 1), true);
        assertThat(page.closed.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join())
                .isNotEqualTo(1000);
    }

    @Test
    void shouldNotTellAnotherSitesPage() {
        assertThatThrownBy(() -> server().client()
                        .newWebSocketBuilder()
                        .header("Origin", "https://evil.example")
                        .buildAsync(address(), new Page())
                        .join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refused ->
                                assertThat(refused.getResponse().statusCode()).isEqualTo(403));
    }

    @Test
    void shouldGiveAClientThatStoppedReadingOneFreshBoardInsteadOfAllItMissed() throws IOException {
        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4 * 1024);
            socket.connect(new InetSocketAddress("127.0.0.1", server().port()));
            socket.setSoTimeout((int) PATIENCE.toMillis());
            upgrade(socket);
            // A service's patients without a bed are sent together: many of them make patches long.
            for (int i = 0; i < WITHOUT_BED; i++) {
                assertThat(server().act("register-stay", "{'stay':'W" + i + "'," + STAY)
                                .statusCode())
                        .isEqualTo(200);
                assertThat(server().act("admit-stay", "{'stay':'W" + i + "','service':'MEDECINE'}")
                                .statusCode())
                        .isEqualTo(200);
            }
            // Nothing is read while more is sent than the server will keep for it.
            for (int i = 0; dropped() == 0; i++) {
                assertThat(i).as("acts without a dropped patch").isLessThan(1_000);
                server().act("set-medically-ready", "{'stay':'W0','ready':" + (i % 2 == 0) + "}");
            }
            assertThat(server().act("close-bed", "{'bed':'203F'}").statusCode()).isEqualTo(200);
            long last = server().board().path("sequence").asLong();

            long sequence = 0;
            boolean jumped = false;
            while (sequence < last) {
                JsonNode message = json(new String(readFrames(socket.getInputStream()), StandardCharsets.UTF_8));
                switch (message.path("type").asText()) {
                    case "snapshot" -> {
                        jumped |= sequence > 0 && message.path("sequence").asLong() > sequence;
                        sequence = message.path("sequence").asLong();
                    }
                    case "patch" -> {
                        assertThat(message.path("from").asLong()).isEqualTo(sequence);
                        sequence = message.path("to").asLong();
                    }
                    default -> assertThat(message.path("type").asText()).isEqualTo("heartbeat");
                }
            }
            assertThat(jumped).isTrue();
        }
    }

    private double dropped() {
        return server().get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("chevet_websocket_dropped_total{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private void upgrade(Socket socket) throws IOException {
        String request = "GET " + LIVE + " HTTP/1.1\r\nHost: 127.0.0.1:" + server().port()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) socket.getInputStream().read());
        }
        assertThat(head).startsWith("HTTP/1.1 101");
    }

    /** One message of one or more frames; pings are passed over. */
    private static byte[] readFrames(InputStream in) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        while (true) {
            int first = in.read();
            int length = in.read();
            if (first < 0 || length < 0) {
                throw new IOException("the server closed the connection");
            }
            long size = length;
            if (length >= 126) {
                size = 0;
                for (byte part : in.readNBytes(length == 126 ? 2 : 8)) {
                    size = size << 8 | part & 0xFF;
                }
            }
            byte[] payload = in.readNBytes((int) size);
            if ((first & 0x0F) > 2) {
                continue;
            }
            message.writeBytes(payload);
            if ((first & 0x80) != 0) {
                return message.toByteArray();
            }
        }
    }

    /** What is known when somebody comes may be older than they are: the next is told after the event. */
    @Test
    void shouldPushTensionIndicatorsAndForecastToWhoFollowsThem() {
        Page tension = new Page();
        Page indicators = new Page();
        Page forecast = new Page();
        server().follow("/live/tension", tension);
        server().follow("/live/indicators", indicators);
        server().follow("/live/forecast", forecast);

        server().act("block-bed", "{'bed':'102','reason':'STAFF'}");
        long blocked = json(server().get(HOSPITAL + "/board")).path("sequence").asLong();

        JsonNode told = tension.next("snapshot").path("value");
        while (told.path("sequence").asLong() < blocked) {
            told = tension.next("snapshot").path("value");
        }
        assertThat(told.path("levels").path(1).path("service").asText()).isEqualTo("CARDIO");
        JsonNode found = indicators.next("snapshot").path("value");
        while (found.path("scopes")
                        .path(0)
                        .path("values")
                        .path(0)
                        .path("sequence")
                        .asLong()
                < blocked) {
            found = indicators.next("snapshot").path("value");
        }
        assertThat(found.path("scopes").path(1).path("service").asText()).isEqualTo("CARDIO");
        assertThat(found.path("inTension").path("verdict").asText()).isEqualTo("UNDECIDED");
        JsonNode foreseen = forecast.next("snapshot").path("value");
        while (foreseen.isNull()) {
            foreseen = forecast.next("snapshot").path("value");
        }
        assertThat(foreseen.path("tooLittleHistory").path("daysNeeded").asInt()).isEqualTo(14);
        assertThat(tension.next("heartbeat").size()).isEqualTo(1);
    }

    @Test
    void shouldSayThatThereIsNoSuchTopic() {
        assertThat(server().get(LIVE + "/weather").statusCode()).isEqualTo(404);
        assertThat(server().get(LIVE + "/forecast").statusCode()).isEqualTo(426);
    }

    private WebSocket open(Page page) {
        return server().follow("/live", page);
    }

    private URI address() {
        return URI.create("ws://127.0.0.1:" + server().port() + LIVE);
    }

    private RunningServer server() {
        return Objects.requireNonNull(running);
    }
}
