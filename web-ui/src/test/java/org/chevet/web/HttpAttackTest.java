package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chevet.web.RunningServer.HOSPITAL;
import static org.chevet.web.RunningServer.json;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no client of good will sends. After each, and where it lasts during each, others are answered. */
@ResourceLock(Logged.WEB_SERVER)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class HttpAttackTest {
    private static final int BODY_BYTES_MAX = Limits.Http.DEFAULT.bodyBytesMax();
    private static final int DEPTH_MAX = Limits.Http.DEFAULT.bodyDepthMax();
    private static final int PIPELINED = 2_000;

    private @Nullable RunningServer running;

    @BeforeAll
    void start(@TempDir Path folder) {
        running = RunningServer.start(folder);
    }

    @AfterAll
    void stop() {
        server().close();
    }

    @AfterEach
    void shouldAnswerOthers() {
        assertThat(server().get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(server().bed("101").path("state").asText()).isEqualTo("READY");
    }

    @Test
    void shouldTakeARequestLineUpToItsLimitAndNoMore() throws IOException {
        int max = Limits.Http.DEFAULT.requestLineBytesMax();
        assertThat(lineOf(max)).isEqualTo(404);
        assertThat(lineOf(max + 1)).isEqualTo(414);
    }

    private int lineOf(int bytes) throws IOException {
        String line = "GET /" + "a".repeat(bytes - "GET / HTTP/1.1".length()) + " HTTP/1.1";
        assertThat(line).hasSize(bytes);
        try (RawConnection raw = connect()) {
            return raw.send(line + "\r\nHost: 127.0.0.1\r\n\r\n").status();
        }
    }

    @Test
    void shouldNotWaitForTheEndOfAnEndlessRequestLine() throws IOException {
        try (RawConnection raw = connect()) {
            raw.send("GET /" + "a".repeat(Limits.Http.DEFAULT.requestLineBytesMax() * 2));
            assertThat(raw.status()).isEqualTo(414);
            assertThat(raw.isClosed()).isTrue();
        }
    }

    @Test
    void shouldTakeHeadersUpToTheirLimitAndNoMore() throws IOException {
        int max = Limits.Http.DEFAULT.headerBytesMax();
        try (RawConnection raw = connect()) {
            assertThat(raw.send(RawConnection.get("/health/live", "X: " + "a".repeat(max - 100) + "\r\n"))
                            .status())
                    .isEqualTo(200);
            assertThat(raw.send(RawConnection.get("/health/live", "X: " + "a".repeat(max) + "\r\n"))
                            .status())
                    .isEqualTo(431);
            assertThat(raw.isClosed()).isTrue();
        }
    }

    @Test
    void shouldRefuseAHundredThousandHeadersWithoutReadingThemAll() throws IOException {
        try (RawConnection raw = connect()) {
            raw.send("GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n");
            boolean refused = false;
            for (int i = 0; i < 100_000 && !refused; i++) {
                try {
                    raw.send("H" + i + ": v\r\n");
                } catch (IOException closed) {
                    refused = true;
                }
            }
            assertThat(refused).isTrue();
        }
    }

    @Test
    void shouldTakeNestingUpToItsLimitAndNoMore() {
        assertThat(detail(server().act("close-bed", nested(DEPTH_MAX)))).doesNotContain("in one another");
        HttpResponse<String> deeper = server().act("close-bed", nested(DEPTH_MAX + 1));
        assertThat(deeper.statusCode()).isEqualTo(400);
        assertThat(detail(deeper)).contains(DEPTH_MAX + " objects and lists in one another");
        assertThat(server().act("close-bed", "[".repeat(BODY_BYTES_MAX)).statusCode())
                .isEqualTo(400);
        assertThat(server().act("close-bed", "{'a':".repeat(BODY_BYTES_MAX / 5)).statusCode())
                .isEqualTo(400);
    }

    private static String nested(int depth) {
        return "{'bed':" + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "}";
    }

    @Test
    void shouldNotMistakeBracketsInTextsForNesting() {
        String name = "[{".repeat(DEPTH_MAX) + "\\\\\\'[";
        HttpResponse<String> response =
                server().act("block-bed", "{'bed':'nowhere','reason':'STAFF','note':'" + name + "'}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(409);
    }

    @Test
    void shouldRefuseABodyThatIsSaidToBeTooLargeBeforeItComes() throws IOException {
        try (RawConnection raw = connect()) {
            raw.send(RawConnection.act("close-bed", "Content-Length: 10000000000\r\n"));
            assertThat(raw.status()).isEqualTo(413);
            assertThat(raw.isClosed()).isTrue();
        }
    }

    @Test
    void shouldRefuseATooLargeBodyWhileItComes() throws IOException {
        try (RawConnection raw = connect()) {
            raw.send(RawConnection.act("close-bed", "Transfer-Encoding: chunked\r\n"));
            String chunk = "1000\r\n" + " ".repeat(0x1000) + "\r\n";
            for (int i = 0; i <= BODY_BYTES_MAX / 0x1000; i++) {
                raw.send(chunk);
            }
            assertThat(raw.status()).isEqualTo(413);
            assertThat(raw.isClosed()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: -1|",
                "Content-Length: 5x|",
                "Content-Length: 5|Content-Length: 6|",
                "Content-Length: 5|Transfer-Encoding: chunked|",
                "Transfer-Encoding: chunked, gzip|",
                "Transfer-Encoding: xchunked|Content-Length: 18|"
            })
    void shouldNotGuessWhereABodyEnds(String headers) throws IOException {
        try (RawConnection raw = connect()) {
            // Were it read as two requests, the second would be answered too.
            raw.send(RawConnection.act("close-bed", headers.replace("|", "\r\n")) + "0\r\n\r\n"
                    + RawConnection.get("/health/live", ""));
            assertThat(raw.status()).isIn(0, 400, 501);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zzz", "-1", "7fffffffffffffff", "", "2;DUPONT"})
    void shouldNotTakeABrokenChunkForABodyAndSayItInOneLine(String size) throws IOException {
        try (Logged logged = new Logged();
                RawConnection raw = connect()) {
            raw.send(RawConnection.act("close-bed", "Transfer-Encoding: chunked\r\n") + size
                    + "\r\n{DUPONT}\r\n0\r\n\r\n");
            int status = raw.status();
            assertThat(status).isIn(0, 400);
            assertThat(logged.events()).allSatisfy(event -> {
                assertThat(event.getLevel()).isEqualTo(Level.INFO);
                assertThat(event.getThrowableProxy()).isNull();
                assertThat(event.getFormattedMessage())
                        .doesNotContain("DUPONT", "zzz")
                        .doesNotContain("\n");
            });
            assertThat(logged.events()).hasSizeBetween(status == 400 ? 1 : 0, 1);
        }
    }

    @Test
    void shouldSayInOneLineThatABodyBrokeOff() throws Exception {
        try (Logged logged = new Logged()) {
            try (RawConnection raw = connect()) {
                raw.send(RawConnection.act("close-bed", "Content-Length: 100\r\n") + "{DUPONT");
            }
            for (int i = 0; i < 1_000 && logged.events().isEmpty(); i++) {
                shouldAnswerOthers();
            }
            assertThat(logged.events()).singleElement().satisfies(event -> {
                assertThat(event.getLevel()).isEqualTo(Level.INFO);
                assertThat(event.getThrowableProxy()).isNull();
                assertThat(event.getFormattedMessage()).doesNotContain("DUPONT");
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
                "GET / HTTP/9.9\r\nHost: 127.0.0.1\r\n\r\n",
                "GET /\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nBad Name: x\r\n\r\n",
                "GET / HTTP/1.1\r\n Folded: x\r\n\r\n"
            })
    void shouldRefuseWhatIsNotItsHttp(String request) throws IOException {
        try (RawConnection raw = connect()) {
            assertThat(raw.send(request + "\r\n").status()).isIn(0, 400, 421, 501);
        }
    }

    @Test
    void shouldNotSpeakHttp2() throws IOException {
        try (RawConnection raw = connect()) {
            String upgrade =
                    "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n";
            assertThat(raw.send(RawConnection.get("/health/live", upgrade)).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void shouldSurviveRandomBytes() throws IOException {
        long seed = System.nanoTime();
        System.out.println("random bytes from seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            byte[] noise = new byte[random.nextInt(1, 20_000)];
            random.nextBytes(noise);
            try (RawConnection raw = connect()) {
                raw.send(noise);
            } catch (IOException closedEarly) {
                // Which is an answer too.
            }
        }
    }

    /** One who sends requests and reads no answers holds one answer's memory, not thousands. */
    @Test
    void shouldStopReadingRequestsOfOneWhoReadsNoAnswers() throws Exception {
        try (RawConnection raw = connect()) {
            String board = RawConnection.get(HOSPITAL + "/board", "");
            Thread flood = Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < PIPELINED; i++) {
                        raw.send(board);
                    }
                } catch (IOException cut) {
                    // The test is over.
                }
            });
            for (int i = 0; i < 20; i++) {
                shouldAnswerOthers();
            }
            for (int i = 0; i < PIPELINED; i++) {
                assertThat(raw.status()).isEqualTo(200);
            }
            flood.join();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/assets/..%2f..%2fopenapi.yaml, 404",
        "/assets/%2e%2e%2f%2e%2e%2fopenapi.yaml, 404",
        "/assets/%252e%252e/openapi.yaml, 404",
        "/assets/..;/openapi.yaml, 404",
        "/assets/js%00.js, 404",
        "/assets//etc/passwd, 404",
        "/assets/..\\..\\logback.xml, 400",
        "/%ff%fe, 404",
        "/%, 400",
        "/%zz, 400",
        "/api/v1/hospitals/TEST%2f..%2fTEST/board, 404",
        "/api/v1/hospitals/%00/board, 400",
        "/api/v1/hospitals/TEST/stays/%c3%28, 400",
        "/api/v1/hospitals/TEST/beds/..%2f101, 400"
    })
    void shouldNotBeLedAstrayByAnAddress(String path, int status) throws IOException {
        try (RawConnection raw = connect()) {
            assertThat(raw.send(RawConnection.get(path, "")).status()).isIn(status, 400, 404);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/xml",
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/jsonx",
                ""
            })
    void shouldWantJsonAndSayIt(String type) {
        HttpResponse<String> response = server().send(server().request(HOSPITAL + "/acts/close-bed")
                .header("Content-Type", type)
                .header(ActorHandler.HEADER, RunningServer.ACTOR)
                .POST(BodyPublishers.ofString("{\"bed\":\"101\"}")));
        assertThat(response.statusCode()).isEqualTo(415);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "set-staffed-capacity | {'service':'CARDIO','beds':1e400}",
                "set-staffed-capacity | {'service':'CARDIO','beds':1e1000000000}",
                "set-staffed-capacity | {'service':'CARDIO','beds':9223372036854775808}",
                "set-staffed-capacity | {'service':'CARDIO','beds':-0.5}",
                "set-staffed-capacity | {'service':'CARDIO','beds':NaN}",
                "undo-act | {'act':99999999999999999999,'reason':'x'}",
                "close-bed | {'bed':'101','bed':'102'}",
                "close-bed | {'bed':'\\u0000'}",
                "close-bed | {'bed':null}",
                "close-bed | null",
                "close-bed | 'text'",
                "close-bed | {'bed':'101'} {'bed':'102'}",
                "block-bed | {'bed':'101','reason':'STAFF','note':'\\u0000'}",
                "block-bed | {'bed':'101','reason':'STAFF','note':'a\\u001bb'}",
                "block-bed | {'bed':'101','reason':'STAFF','note':'\\ud800'}",
                "update-patient | {'stay':'S1','patient':{'sex':'MALE','familyName':'a\\u0000'}}",
                "update-patient | {'stay':'S1','patient':{'sex':'MALE','givenName':'a\\nb'}}",
                "close-bed | {'__proto__':{'bed':'101'},'constructor':1}"
            })
    void shouldRefuseWhatNoActSays(String act, String body) {
        HttpResponse<String> response = server().act(act, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(json(response).path("type").asText()).isEqualTo("urn:chevet:invalid");
    }

    @Test
    void shouldRefuseANumberOfAHundredThousandDigits() {
        HttpResponse<String> response = server().act(
                        "set-staffed-capacity", "{'service':'CARDIO','beds':" + "9".repeat(BODY_BYTES_MAX - 100) + "}");
        assertThat(response.statusCode()).isEqualTo(400);
    }

    @Test
    void shouldRefuseBodiesThatAreNotUtf8() {
        for (byte[] body : new byte[][] {
            "{\"bed\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1),
            "{\"bed\":\"101\"}".getBytes(StandardCharsets.UTF_16),
            "{\"bed\":\"101\"}".getBytes(StandardCharsets.UTF_16LE),
            {(byte) 0xc0, (byte) 0xaf},
            {'{', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', '}'}
        }) {
            HttpResponse<String> response = server().send(server().request(HOSPITAL + "/acts/close-bed")
                    .header("Content-Type", "application/json")
                    .header(ActorHandler.HEADER, RunningServer.ACTOR)
                    .POST(BodyPublishers.ofByteArray(body)));
            assertThat(response.statusCode()).as(Arrays.toString(body)).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /api/v1/hospitals/TEST/board, 'GET, HEAD, OPTIONS'",
        "DELETE, /api/v1/hospitals/TEST/acts/close-bed, 'POST, OPTIONS'",
        "PATCH, /api/v1/hospitals/TEST/clock, 'PUT, OPTIONS'"
    })
    void shouldSayWhichMethodsAnAddressTakes(String method, String path, String allowed) {
        HttpResponse<String> response = server().send(server().request(path)
                .header("Content-Type", "application/json")
                .header(ActorHandler.HEADER, RunningServer.ACTOR)
                .method(method, BodyPublishers.ofString("{}")));
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains(allowed);
        HttpResponse<String> options = server().send(server().request(path).method("OPTIONS", BodyPublishers.noBody()));
        assertThat(options.statusCode()).isEqualTo(204);
        assertThat(options.headers().firstValue("Allow")).contains(allowed);
        assertThat(options.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"TRACE, /, 405", "CONNECT, 127.0.0.1:1, 405", "POST, /, 405", "BREW, /health/live, 405"})
    void shouldNotTakeOtherMethods(String method, String path, int status) throws IOException {
        try (RawConnection raw = connect()) {
            assertThat(raw.send(method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n")
                            .status())
                    .isIn(status, 400, 404, 421);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/health/live", "/api/v1/hospitals", HOSPITAL + "/board", HOSPITAL + "/beds/101"})
    void shouldAnswerHeadAsGetWithoutItsBody(String path) throws IOException {
        try (RawConnection raw = connect()) {
            raw.send("HEAD " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
            assertThat(raw.head()).startsWith("HTTP/1.1 200");
            // Had a body come, it would stand where the next answer begins.
            raw.send(RawConnection.get("/health/live", ""));
            assertThat(raw.head()).startsWith("HTTP/1.1 200");
        }
    }

    private static String detail(HttpResponse<String> response) {
        return json(response).path("detail").asText();
    }

    private RawConnection connect() throws IOException {
        return new RawConnection(server().port());
    }

    private RunningServer server() {
        return Objects.requireNonNull(running);
    }
}
