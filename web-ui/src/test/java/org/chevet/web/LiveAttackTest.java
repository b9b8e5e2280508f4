package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chevet.web.RawWebSocket.BINARY;
import static org.chevet.web.RawWebSocket.CONTINUATION;
import static org.chevet.web.RawWebSocket.FINAL;
import static org.chevet.web.RawWebSocket.PING;
import static org.chevet.web.RawWebSocket.TEXT;
import static org.chevet.web.RunningServer.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Boards that follow: very many, all at once, and such as do not behave. */
@Order(2)
@ResourceLock(Logged.WEB_SERVER)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class LiveAttackTest {
    private static final int CLIENTS = 1_000;
    private static final int MESSAGE_BYTES_MAX = 256;
    private static final int MESSAGES_PER_HEARTBEAT_MAX = 30;
    private static final String RESYNC = "{\"type\":\"resync\"}";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int POLICY_VIOLATION = 1008;

    private final Vertx vertx = Vertx.vertx();
    private @Nullable RunningServer running;

    @BeforeAll
    void start(@TempDir Path folder) {
        running = RunningServer.start(folder, """
                limits:
                  http: {idleSeconds: 8}
                  live: {clients: %d, messageBytes: %d, messagesPerHeartbeat: %d, queueBytes: 65536}
                """.formatted(CLIENTS, MESSAGE_BYTES_MAX, MESSAGES_PER_HEARTBEAT_MAX));
    }

    @AfterAll
    void stop() {
        server().close();
        vertx.close();
    }

    /** A change still reaches whoever follows. */
    @AfterEach
    void shouldServeOthers() throws IOException {
        await(() -> clients() == 0);
        try (RawWebSocket other = connect()) {
            long sequence = json(other.readText()).path("sequence").asLong();
            change();
            JsonNode message = json(other.readText());
            while (!message.path("type").asText().equals("patch")) {
                message = json(other.readText());
            }
            assertThat(message.path("from").asLong()).isEqualTo(sequence);
        }
        await(() -> clients() == 0);
    }

    /** What one of many clients has. */
    private static final class Follower {
        private static final Pattern PATCH = Pattern.compile("\\{\"type\":\"patch\",\"from\":(\\d+),\"to\":(\\d+),.*");
        private static final Pattern SEQUENCE = Pattern.compile("\"sequence\":(\\d+)");

        private volatile long sequence = -1;
        private volatile boolean gap;
        private @Nullable WebSocket socket;

        void hear(String message) {
            Matcher patch = PATCH.matcher(message);
            if (patch.matches()) {
                gap |= Long.parseLong(patch.group(1)) != sequence;
                sequence = Long.parseLong(patch.group(2));
            } else if (message.startsWith("{\"type\":\"snapshot\"")) {
                Matcher found = SEQUENCE.matcher(message);
                sequence = found.find() ? Long.parseLong(found.group(1)) : -1;
            }
        }
    }

    @Test
    void shouldServeAThousandClientsAndTakeThemBackAllAtOnce() {
        WebSocketClient client = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setMaxConnections(CLIENTS)
                .setMaxFrameSize(16 * 1024 * 1024)
                .setMaxMessageSize(16 * 1024 * 1024));
        List<Follower> followers = follow(client);
        for (int round = 0; round < 2; round++) {
            List<Follower> these = followers;
            for (int i = 0; i < 10; i++) {
                change();
            }
            long last = server().board().path("sequence").asLong();
            await(() -> these.stream().allMatch(follower -> follower.sequence == last));
            assertThat(these).noneMatch(follower -> follower.gap);
            if (round == 0) {
                // One more than there is room for is told so, and the others stay.
                assertThat(server().get(RunningServer.HOSPITAL + "/live").statusCode())
                        .isEqualTo(426);
                assertRefused();
                these.forEach(
                        follower -> Objects.requireNonNull(follower.socket).close());
                followers = follow(client);
            }
        }
        followers.forEach(follower -> Objects.requireNonNull(follower.socket).close());
        client.close();
    }

    private void assertRefused() {
        try (RawConnection raw = new RawConnection(server().port())) {
            raw.send(RawConnection.get(
                    RunningServer.HOSPITAL + "/live",
                    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                            + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"));
            assertThat(raw.status()).isEqualTo(503);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** As many as there may be, without waiting for one another; those who come before others are gone try again. */
    private List<Follower> follow(WebSocketClient client) {
        List<Follower> followers = new ArrayList<>();
        AtomicInteger connected = new AtomicInteger();
        for (int i = 0; i < CLIENTS; i++) {
            Follower follower = new Follower();
            followers.add(follower);
            join(client, follower, connected);
        }
        await(() -> connected.get() == CLIENTS && followers.stream().allMatch(follower -> follower.sequence >= 0));
        return followers;
    }

    private void join(WebSocketClient client, Follower follower, AtomicInteger connected) {
        client.webSocket()
                .textMessageHandler(follower::hear)
                .connect(server().port(), "127.0.0.1", RunningServer.HOSPITAL + "/live")
                .onSuccess(open -> {
                    follower.socket = open;
                    connected.incrementAndGet();
                })
                .onFailure(full -> vertx.setTimer(50, again -> join(client, follower, connected)));
    }

    @Test
    void shouldCloseOnFramesThatNoClientSends() throws IOException {
        byte[] resync = RESYNC.getBytes(StandardCharsets.US_ASCII);
        List<byte[]> frames = List.of(
                RawWebSocket.frame(FINAL | 3, resync, resync.length, true),
                RawWebSocket.frame(FINAL | 0x40 | TEXT, resync, resync.length, true),
                RawWebSocket.frame(FINAL | TEXT, resync, resync.length, false),
                RawWebSocket.frame(FINAL | CONTINUATION, resync, resync.length, true),
                RawWebSocket.frame(FINAL | BINARY, resync, resync.length, true),
                RawWebSocket.frame(FINAL | TEXT, new byte[] {(byte) 0xc0, (byte) 0xaf}, 2, true),
                RawWebSocket.frame(FINAL | TEXT, new byte[0], Long.MAX_VALUE, true),
                RawWebSocket.frame(FINAL | TEXT, new byte[0], -1, true),
                RawWebSocket.frame(FINAL | PING, new byte[126], 126, true),
                RawWebSocket.frame(FINAL | TEXT, "[".repeat(200).getBytes(StandardCharsets.US_ASCII), 200, true),
                RawWebSocket.frame(FINAL | TEXT, new byte[0], 0, true));
        for (int i = 0; i < frames.size(); i++) {
            try (RawWebSocket socket = connect()) {
                socket.sendRaw(frames.get(i));
                assertThat(socket.closeStatus()).as("frame " + i).isNotEqualTo(1000);
            }
        }
    }

    @Test
    void shouldTakeAMessageUpToItsLimitAndNoMore() throws IOException {
        try (RawWebSocket socket = connect()) {
            socket.readText();
            socket.send(FINAL | TEXT, RESYNC + " ".repeat(MESSAGE_BYTES_MAX - RESYNC.length()));
            assertThat(nextSnapshot(socket).path("sequence").asLong()).isPositive();
            socket.send(FINAL | TEXT, RESYNC + " ".repeat(MESSAGE_BYTES_MAX + 1 - RESYNC.length()));
            assertThat(socket.closeStatus()).isNotEqualTo(1000);
        }
        try (RawWebSocket socket = connect()) {
            socket.send(TEXT, RESYNC);
            socket.send(CONTINUATION, " ".repeat(MESSAGE_BYTES_MAX / 2));
            socket.send(FINAL | CONTINUATION, " ".repeat(MESSAGE_BYTES_MAX));
            assertThat(socket.closeStatus()).isNotEqualTo(1000);
        }
    }

    @Test
    void shouldAnswerPingsUpToTheirLimitAndCloseOnAFlood() throws IOException {
        try (RawWebSocket socket = connect()) {
            // One less than the limit: this client's answer to the server's own ping may fall between two heartbeats as
            // well.
            for (int i = 0; i < MESSAGES_PER_HEARTBEAT_MAX - 1; i++) {
                socket.send(FINAL | PING, "p");
            }
            assertThat(nextSnapshot(socket).path("sequence").asLong()).isPositive();
            while (!json(socket.readText()).path("type").asText().equals("heartbeat")) {
                // Until the count begins anew.
            }
            for (int i = 0; i <= MESSAGES_PER_HEARTBEAT_MAX * 2; i++) {
                socket.send(FINAL | PING, "p");
            }
            assertThat(socket.closeStatus()).isEqualTo(POLICY_VIOLATION);
        }
    }

    @Test
    void shouldSendOneBoardForManyResyncs() throws IOException {
        try (RawWebSocket socket = connect()) {
            socket.readText();
            for (int i = 0; i < MESSAGES_PER_HEARTBEAT_MAX / 2; i++) {
                socket.send(FINAL | TEXT, RESYNC);
            }
            int snapshots = 0;
            for (int heartbeats = 0; heartbeats < 2; ) {
                String type = json(socket.readText()).path("type").asText();
                snapshots += type.equals("snapshot") ? 1 : 0;
                heartbeats += type.equals("heartbeat") ? 1 : 0;
            }
            // One at once, when the first board is a second old by then, and one instead of a heartbeat.
            assertThat(snapshots).isBetween(1, 2);
        }
    }

    /** Nobody reads, everybody sends: what is answered must not pile up. */
    @Test
    void shouldNotServeThoseWhoSendAndDoNotRead() throws IOException {
        List<RawWebSocket> deaf = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                deaf.add(connect());
            }
            boolean cut = false;
            for (int i = 0; i < 100_000 && !cut; i++) {
                for (RawWebSocket socket : deaf) {
                    try {
                        socket.send(FINAL | PING, "x".repeat(125));
                    } catch (IOException closed) {
                        cut = true;
                    }
                }
            }
            assertThat(cut).isTrue();
        } finally {
            for (RawWebSocket socket : deaf) {
                socket.close();
            }
        }
    }

    private static JsonNode nextSnapshot(RawWebSocket socket) throws IOException {
        JsonNode message = json(socket.readText());
        while (!message.path("type").asText().equals("snapshot")) {
            message = json(socket.readText());
        }
        return message;
    }

    private void change() {
        String state = server().bed("201").path("state").asText();
        assertThat(server().act(state.equals("CLOSED") ? "open-bed" : "close-bed", "{'bed':'201'}")
                        .statusCode())
                .isEqualTo(200);
    }

    private long clients() {
        return server().get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("chevet_websocket_clients{"))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static void await(BooleanSupplier condition) {
        for (long end = System.nanoTime() + PATIENCE.toNanos(); !condition.getAsBoolean(); ) {
            assertThat(System.nanoTime()).as("not within " + PATIENCE).isLessThan(end);
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    private RawWebSocket connect() throws IOException {
        return new RawWebSocket(server().port());
    }

    private RunningServer server() {
        return Objects.requireNonNull(running);
    }
}
