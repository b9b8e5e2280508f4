package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chevet.web.RunningServer.HOSPITAL;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Limits of connections at their edges, on a server that has small ones. */
@ResourceLock(Logged.WEB_SERVER)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class HttpLimitsTest {
    private static final int CONNECTIONS_MAX = 8;
    private static final Duration EXCHANGE_MAX = Duration.ofSeconds(2);
    private static final int BODY_BYTES_MAX = 4_096;
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private @Nullable RunningServer running;

    @BeforeAll
    void start(@TempDir Path folder) {
        running = RunningServer.start(folder, """
                limits:
                  http:
                    connections: %d
                    exchangeSeconds: %d
                    idleSeconds: 3
                    bodyBytes: %d
                """.formatted(CONNECTIONS_MAX, EXCHANGE_MAX.toSeconds(), BODY_BYTES_MAX));
    }

    @AfterAll
    void stop() {
        server().close();
    }

    @Test
    void shouldTakeConnectionsUpToTheirLimitAndTellTheNextOne() throws Exception {
        List<RawConnection> open = new ArrayList<>();
        try {
            server().client().close();
            for (int i = 0; i < CONNECTIONS_MAX; i++) {
                RawConnection raw = connect();
                open.add(raw);
                assertThat(raw.send(RawConnection.get("/health/live", "")).status())
                        .isEqualTo(200);
            }
            try (RawConnection oneTooMany = connect()) {
                assertThat(oneTooMany
                                .send(RawConnection.get("/health/live", ""))
                                .head())
                        .startsWith("HTTP/1.1 503")
                        .containsIgnoringCase("retry-after:");
                assertThat(oneTooMany.isClosed()).isTrue();
            }
            // Those who are in are not touched by those who want in.
            assertThat(open.getFirst()
                            .send(RawConnection.get("/metrics", "Connection: close\r\n"))
                            .head())
                    .startsWith("HTTP/1.1 200");
            assertThat(new String(open.getFirst().in().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("chevet_http_connections " + CONNECTIONS_MAX)
                    .containsPattern("chevet_http_connections_refused_total [1-9]");
            open.removeFirst().close();
            awaitAnswer();
        } finally {
            for (RawConnection raw : open) {
                raw.close();
            }
        }
    }

    @Test
    void shouldTakeFromOneAddressUpToItsLimitAndStillFromOthers(@TempDir Path folder) throws Exception {
        String limits = "limits: {http: {connections: 8, connectionsPerAddress: 2}}\n";
        try (RunningServer guarded = RunningServer.start(folder, limits);
                RawConnection first = new RawConnection(guarded.port());
                RawConnection second = new RawConnection(guarded.port())) {
            for (RawConnection raw : List.of(first, second)) {
                assertThat(raw.send(RawConnection.get("/health/live", "")).status())
                        .isEqualTo(200);
            }
            try (RawConnection third = new RawConnection(guarded.port())) {
                assertThat(third.send(RawConnection.get("/health/live", "")).head())
                        .startsWith("HTTP/1.1 503");
            }
            InetAddress elsewhere = InetAddress.getByName("127.0.0.2");
            try (Socket other = new Socket(InetAddress.getLoopbackAddress(), guarded.port(), elsewhere, 0)) {
                other.setSoTimeout((int) PATIENCE.toMillis());
                other.getOutputStream()
                        .write(RawConnection.get("/health/live", "").getBytes(StandardCharsets.US_ASCII));
                assertThat(new String(other.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                        .isEqualTo("HTTP/1.1 200");
            }
        }
    }

    /** Everybody at once, until one finds the mailbox full: whoever is not told so is done, or changes nothing. */
    @Test
    void shouldTellWhoeverFindsTheConfiguredMailboxFull(@TempDir Path folder) {
        String limits = "limits: {writer: {mailboxCommands: 1, batchCommands: 1, batchesAhead: 1}}\n";
        try (RunningServer small = RunningServer.start(folder, limits)) {
            boolean full = false;
            for (long end = System.nanoTime() + PATIENCE.toNanos(); !full && System.nanoTime() < end; ) {
                List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
                for (int i = 0; i < 32; i++) {
                    String act = "{'service':'MEDECINE','beds':" + i % 4 + "}";
                    answers.add(small.client()
                            .sendAsync(
                                    small.actRequest("set-staffed-capacity", act)
                                            .build(),
                                    BodyHandlers.ofString()));
                }
                for (CompletableFuture<HttpResponse<String>> answer : answers) {
                    HttpResponse<String> told = answer.join();
                    assertThat(told.statusCode()).as(told.body()).isIn(200, 409, 503);
                    if (told.statusCode() == 503) {
                        full = true;
                        assertThat(told.headers().firstValue("Retry-After")).isPresent();
                        assertThat(told.body()).contains("hospital TEST has 1 commands waiting, the most it takes");
                    }
                }
            }
            assertThat(full).as("the mailbox was full once").isTrue();
            assertThat(small.act("close-bed", "{'bed':'101'}").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void shouldCutOneWhoSendsAHeadByteByByte() throws Exception {
        try (RawConnection raw = connect()) {
            assertThat(cutWhileSending(raw, "GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\nX: "))
                    .isTrue();
        }
        awaitAnswer();
    }

    @Test
    void shouldCutOneWhoSendsABodyByteByByte() throws Exception {
        try (RawConnection raw = connect()) {
            assertThat(cutWhileSending(raw, RawConnection.act("close-bed", "Content-Length: 4000\r\n")))
                    .isTrue();
        }
        awaitAnswer();
    }

    /** A byte now and then, as fast as no idle timeout would mind, until the server has had enough. */
    private static boolean cutWhileSending(RawConnection raw, String begin) throws Exception {
        raw.send(begin);
        for (long end = System.nanoTime() + PATIENCE.toNanos(); System.nanoTime() < end; ) {
            try {
                raw.send(" ");
            } catch (IOException cut) {
                return true;
            }
            Thread.sleep(100);
        }
        return false;
    }

    @Test
    void shouldCutOneWhoSaysNothing() throws IOException {
        try (RawConnection raw = connect()) {
            assertThat(raw.isClosed()).isTrue();
        }
        try (RawConnection raw = connect()) {
            assertThat(raw.send(RawConnection.get("/health/live", "")).status()).isEqualTo(200);
            assertThat(raw.isClosed()).isTrue();
        }
    }

    /** Many at once, and others are answered meanwhile. */
    @Test
    void shouldAnswerOthersWhileSomeAreSlow() throws Exception {
        List<RawConnection> slow = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS_MAX - 2; i++) {
                slow.add(connect().send("GET " + HOSPITAL + "/board HTTP/1.1\r\nHost: "));
            }
            awaitAnswer();
            for (RawConnection raw : slow) {
                assertThat(raw.isClosed()).isTrue();
            }
        } finally {
            for (RawConnection raw : slow) {
                raw.close();
            }
        }
    }

    @Test
    void shouldTakeABodyUpToTheConfiguredLimit() throws Exception {
        String body = "{\"bed\":\"nowhere\"}";
        assertThat(post(body + " ".repeat(BODY_BYTES_MAX - body.length()))).isEqualTo(409);
        assertThat(post(body + " ".repeat(BODY_BYTES_MAX + 1 - body.length()))).isEqualTo(413);
    }

    private int post(String body) throws Exception {
        awaitAnswer();
        try (RawConnection raw = connect()) {
            return raw.send(RawConnection.act(
                                    "close-bed", "Connection: close\r\nContent-Length: " + body.length() + "\r\n")
                            + body)
                    .status();
        }
    }

    /** The server notices a closed connection a moment after it is. */
    private void awaitAnswer() throws Exception {
        for (long end = System.nanoTime() + PATIENCE.toNanos(); System.nanoTime() < end; ) {
            try (RawConnection raw = connect()) {
                if (raw.send(RawConnection.get("/health/live", "Connection: close\r\n"))
                                .status()
                        == 200) {
                    return;
                }
            } catch (IOException refused) {
                // Not yet.
            }
            Thread.sleep(20);
        }
        throw new AssertionError("no answer within " + PATIENCE);
    }

    private RawConnection connect() throws IOException {
        return new RawConnection(server().port());
    }

    private RunningServer server() {
        return Objects.requireNonNull(running);
    }
}
