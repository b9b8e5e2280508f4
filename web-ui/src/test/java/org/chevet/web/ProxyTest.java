package org.chevet.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.chevet.web.Eventually.eventually;
import static org.chevet.web.RunningServer.json;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The proxy that signs people in, by the file that docker-compose.yml mounts, for real before a Chevet. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(240)
class ProxyTest {
    /** The password is {@code essai}; bcrypt at its cheapest. */
    private static final String JEANNE = "jeanne $2b$04$abcdefghijklmnopqrstuut6krXVlYOPTwZMVn7Y1avn16ArTDPRa\n";

    private static final String PASSWORD =
            "Basic " + Base64.getEncoder().encodeToString("jeanne:essai".getBytes(UTF_8));

    private final int port = FreePorts.next();
    private final int figuresPort = FreePorts.next();
    private @Nullable ChevetServer chevet;
    private @Nullable Process caddy;
    private HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        String version = version();
        assumeTrue(!version.isEmpty(), "SKIPPED: caddy is not installed here (Debian package caddy)");
        Path configuration = RunningServer.configure(folder, FreePorts.next());
        Files.writeString(configuration, Files.readString(configuration).replace("https://beds.example.org", origin()));
        chevet = ChevetServer.start(((ConfigurationFile.Loaded) ConfigurationFile.read(configuration)).configuration());
        Path people = Files.writeString(folder.resolve("people"), JEANNE);
        String file = Operations.read(Operations.FOLDER.resolve("proxy/Caddyfile"))
                .replace("/run/secrets/chevet_people", people.toString())
                .replace("127.0.0.1:8080", "127.0.0.1:" + chevet.port())
                .replace(":9180", ":" + figuresPort)
                .replace("admin off", "admin off\n\thttp_port " + FreePorts.next());
        ProcessBuilder builder = new ProcessBuilder(
                "caddy",
                "run",
                "--adapter",
                "caddyfile",
                "--config",
                Files.writeString(folder.resolve("Caddyfile"), isOld(version) ? inOldWords(file) : file)
                        .toString());
        builder.environment()
                .putAll(Map.of(
                        "CHEVET_ADDRESS", origin(),
                        "HOME", folder.toString(),
                        "XDG_DATA_HOME", folder.toString(),
                        "XDG_CONFIG_HOME", folder.toString()));
        Path log = folder.resolve("caddy.log");
        caddy = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        Path authority = folder.resolve("caddy/pki/authorities/local/root.crt");
        eventually("a certificate, or " + log, () -> Files.exists(authority));
        client = HttpClient.newBuilder().sslContext(trusting(authority)).build();
        eventually("an answer, or " + log, this::answers);
    }

    @AfterAll
    void stop() throws InterruptedException {
        client.shutdownNow();
        if (caddy != null) {
            caddy.destroy();
            caddy.waitFor(30, TimeUnit.SECONDS);
        }
        if (chevet != null) {
            chevet.close();
        }
    }

    @Test
    void shouldAskForAPasswordWhateverIsAsked() throws Exception {
        for (String path : new String[] {"/", RunningServer.HOSPITAL + "/board", "/metrics", "/api/v1/openapi.yaml"}) {
            assertThat(get(path, null).statusCode()).as(path).isEqualTo(401);
            assertThat(get(path, "Basic amVhbm5lOmZhdXg=").statusCode())
                    .as(path)
                    .isEqualTo(401);
            assertThat(get(path, PASSWORD).statusCode()).as(path).isEqualTo(200);
        }
    }

    @Test
    void shouldLetWhoSignedInActAndFollowTheBoard() throws Exception {
        Messages messages = new Messages();
        WebSocket page = client.newWebSocketBuilder()
                .header("Authorization", PASSWORD)
                .header("Origin", origin())
                .buildAsync(URI.create("wss://localhost:" + port + RunningServer.HOSPITAL + "/live"), messages)
                .get(30, TimeUnit.SECONDS);
        messages.await("snapshot");

        HttpResponse<String> blocked = client.send(
                request(RunningServer.HOSPITAL + "/acts/block-bed", PASSWORD)
                        .header("Origin", origin())
                        .header("Content-Type", "application/json")
                        .header(ActorHandler.HEADER, RunningServer.ACTOR)
                        .POST(BodyPublishers.ofString("{\"bed\": \"101\", \"reason\": \"MAINTENANCE\"}"))
                        .build(),
                BodyHandlers.ofString());

        assertThat(blocked.statusCode()).as(blocked.body()).isEqualTo(200);
        messages.await("patch");
        page.abort();
    }

    /** Asked by a page that goes on at this member, without saying who asks. */
    @Test
    void shouldLetABrowserAskBeforehandWithoutAPassword() throws Exception {
        HttpResponse<String> answer = client.send(
                request(RunningServer.HOSPITAL + "/board", null)
                        .header("Origin", origin())
                        .header("Access-Control-Request-Method", "GET")
                        .method("OPTIONS", BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.statusCode()).isBetween(200, 299);
    }

    @Test
    void shouldGiveFiguresAndNothingElseOnTheInnerPort() throws Exception {
        assertThat(figures("/metrics").body()).contains("chevet_");
        assertThat(figures("/health/ready").statusCode()).isEqualTo(200);
        assertThat(figures("/").statusCode()).isEqualTo(404);
        assertThat(figures(RunningServer.HOSPITAL + "/board").statusCode()).isEqualTo(404);
    }

    private String origin() {
        return "https://localhost:" + port;
    }

    private boolean answers() {
        try {
            return get("/health/live", PASSWORD).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder request(String path, @Nullable String password) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin() + path));
        return password == null ? request : request.header("Authorization", password);
    }

    private HttpResponse<String> get(String path, @Nullable String password) throws IOException, InterruptedException {
        return client.send(request(path, password).build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> figures(String path) throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + figuresPort + path);
        return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }

    /** Caddy's own authority, made at its start. */
    private static SSLContext trusting(Path authority) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream certificate = Files.newInputStream(authority)) {
            store.setCertificateEntry(
                    "caddy", CertificateFactory.getInstance("X.509").generateCertificate(certificate));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** Empty where there is none. */
    private static String version() throws InterruptedException {
        try {
            Process process = new ProcessBuilder("caddy", "version")
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), UTF_8);
            return process.waitFor() == 0 ? said : "";
        } catch (IOException absent) {
            return "";
        }
    }

    /** Debian's is from before 2.8, in which the name of a directive changed, and nothing else that the file uses. */
    private static boolean isOld(String version) {
        Matcher numbers = Pattern.compile("^v?2\\.(\\d+)").matcher(version);
        return numbers.find() && Integer.parseInt(numbers.group(1)) < 8;
    }

    private static String inOldWords(String file) {
        return file.replace("basic_auth ", "basicauth ");
    }

    /** What the page is sent. */
    private static final class Messages implements WebSocket.Listener {
        private final BlockingQueue<String> whole = new LinkedBlockingQueue<>();
        private final StringBuilder parts = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket page, CharSequence part, boolean last) {
            parts.append(part);
            if (last) {
                whole.add(parts.toString());
                parts.setLength(0);
            }
            page.request(1);
            return null;
        }

        /** Until there is one of this type. */
        void await(String type) throws InterruptedException {
            String message;
            do {
                message = whole.poll(60, TimeUnit.SECONDS);
                assertThat(message).as(type).isNotNull();
            } while (!json(Objects.requireNonNull(message))
                    .path("type")
                    .asText()
                    .equals(type));
        }
    }
}
