package org.chevet.feed.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS with real certificates, and a real client. */
@Order(5)
@Timeout(120)
class MllpTlsTest {
    private static Path folder = Path.of("");
    private static Certificates made = new Certificates(folder);

    private final AdtFeed feed = new AdtFeed("pas", new TestHospital(), AdtFeedOptions.defaults());
    private final Vertx vertx = Vertx.vertx();

    @BeforeAll
    static void makeCertificates(@TempDir Path temporary) {
        folder = temporary;
        made = new Certificates(folder);
        made.authority("hospital");
        made.authority("stranger");
        made.signed("chevet", "hospital");
        made.signed("elliptic", "hospital", "EC", 0, 365);
        made.signed("expired", "hospital", "EC", -30, 10);
        made.signed("early", "hospital", "EC", 10, 10);
        made.signed("gam", "hospital");
        made.signed("foreign", "stranger", "EC", 0, 365);
        made.certificate("hospital");
        made.certificate("stranger");
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @ValueSource(strings = {"chevet", "elliptic"})
    void shouldTakeASenderWithTheRightCertificate(String own) throws IOException {
        int port = start(files(own, true)).port();
        assertThat(exchange(port, made.client("hospital", "gam"))).contains("MSA|AA|M1");
        assertThat(feed.status().door().failedHandshakes()).isZero();
        assertThat(feed.status().door().certificateExpiresAt())
                .isAfter(Instant.now().plus(Duration.ofDays(300)));
    }

    @Test
    void shouldRefuseEveryOtherSenderWhereACertificateIsRequired() {
        int port = start(files("chevet", true)).port();
        assertRefused(port, made.client("hospital"));
        assertRefused(port, made.client("hospital", "foreign"));
        assertRefused(port, made.client("hospital", "expired"));
        assertThatThrownBy(() -> {
                    try (MllpSender plain = new MllpSender(port)) {
                        plain.exchange(Adt.of("A28"));
                    }
                })
                .isInstanceOfAny(AssertionError.class, IOException.class);
        Eventually.is(() -> feed.status().door().failedHandshakes() == 4);
        assertThat(feed.status().received()).isZero();
        assertThat(feed.status().connections()).isZero();
    }

    @Test
    void shouldTakeASenderWithoutACertificateWhereItIsOptionalAndStillRefuseAForeignOne() throws IOException {
        int port = start(files("chevet", false)).port();
        assertThat(exchange(port, made.client("hospital"))).contains("MSA|AA|M1");
        assertThat(exchange(port, made.client("hospital", "gam"))).contains("MSA|AA|M1");
        assertRefused(port, made.client("hospital", "foreign"));
    }

    @Test
    void shouldBeRefusedByASenderThatDoesNotKnowItsAuthority() {
        int port = start(new TlsFiles(made.certificate("chevet"), made.key("chevet"), null, false))
                .port();
        assertThatThrownBy(() -> exchange(port, made.client("stranger"))).isInstanceOf(SSLException.class);
    }

    @Test
    void shouldTakeNewFilesWhileItRunsAndKeepTheOldOnesWhenTheNewAreBad() throws IOException {
        Path certificate = Files.copy(made.certificate("chevet"), folder.resolve("live.pem"));
        Path key = Files.copy(made.key("chevet"), folder.resolve("live.key"));
        MllpServer server = start(new TlsFiles(certificate, key, null, false));
        assertThat(shownBy(server.port())).isEqualTo("CN=chevet");
        assertThat(reload(server)).isFalse();

        Files.writeString(certificate, "spoilt");
        assertThat(reload(server)).isFalse();
        assertThat(shownBy(server.port())).isEqualTo("CN=chevet");

        Files.copy(made.certificate("expired"), certificate, StandardCopyOption.REPLACE_EXISTING);
        Files.copy(made.key("expired"), key, StandardCopyOption.REPLACE_EXISTING);
        assertThat(reload(server)).isFalse();
        assertThat(shownBy(server.port())).isEqualTo("CN=chevet");

        Files.copy(made.certificate("elliptic"), certificate, StandardCopyOption.REPLACE_EXISTING);
        Files.copy(made.key("elliptic"), key, StandardCopyOption.REPLACE_EXISTING);
        assertThat(reload(server)).isTrue();
        assertThat(shownBy(server.port())).isEqualTo("CN=elliptic");
    }

    @Test
    void shouldSayWhatIsWrongWithItsFiles() throws IOException {
        Path certificate = made.certificate("chevet");
        Path key = made.key("chevet");
        Path none = folder.resolve("none.pem");
        Path text = Files.writeString(folder.resolve("text.pem"), "not a certificate");
        Path encrypted = Files.writeString(
                folder.resolve("encrypted.key"),
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIB\n-----END ENCRYPTED PRIVATE KEY-----\n");
        assertThat(problems(new TlsFiles(none, folder, null, false)))
                .satisfiesExactly(
                        one -> assertThat(one).startsWith(none + " is not there."),
                        two -> assertThat(two).startsWith(folder + " cannot be read"));
        assertThat(problems(new TlsFiles(text, key, null, false)))
                .singleElement()
                .asString()
                .startsWith(text + " holds no certificate.");
        assertThat(problems(new TlsFiles(made.certificate("expired"), made.key("expired"), null, false)))
                .singleElement()
                .asString()
                .contains("expired.pem the certificate of CN=expired expired at ");
        assertThat(problems(new TlsFiles(made.certificate("early"), made.key("early"), null, false)))
                .singleElement()
                .asString()
                .contains("is not valid before ");
        assertThat(problems(new TlsFiles(certificate, made.key("gam"), null, false)))
                .singleElement()
                .asString()
                .startsWith(
                        folder.resolve("gam.key") + " is damaged, or not the key of the certificate in " + certificate);
        assertThat(problems(new TlsFiles(certificate, made.key("elliptic"), null, false)))
                .singleElement()
                .asString()
                .startsWith(folder.resolve("elliptic.key") + " is damaged, or not the key");
        assertThat(problems(new TlsFiles(certificate, certificate, null, false)))
                .singleElement()
                .asString()
                .contains("holds no private key");
        assertThat(problems(new TlsFiles(certificate, encrypted, null, false)))
                .singleElement()
                .asString()
                .contains("is encrypted with a password");
        assertThat(problems(new TlsFiles(certificate, key, made.certificate("expired"), true)))
                .singleElement()
                .asString()
                .contains("CN=expired expired at");
        assertThatThrownBy(() -> start(new TlsFiles(certificate, none, null, false)))
                .hasCauseInstanceOf(TlsException.class)
                .hasMessageContaining(none + " is not there.");
    }

    private static List<String> problems(TlsFiles files) {
        TlsFiles.Result result = files.read(Instant.now());
        assertThat(result).isInstanceOf(TlsFiles.Result.Bad.class);
        return ((TlsFiles.Result.Bad) result).problems();
    }

    private static TlsFiles files(String own, boolean required) {
        return new TlsFiles(made.certificate(own), made.key(own), made.certificate("hospital"), required);
    }

    private MllpServer start(@Nullable TlsFiles files) {
        return new MllpServer(vertx, feed, new MllpOptions("127.0.0.1", 0, MllpLimits.DEFAULT, List.of(), files))
                .start()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private static boolean reload(MllpServer server) {
        return server.reloadTls().toCompletionStage().toCompletableFuture().join();
    }

    private static String exchange(int port, SSLContext client) throws IOException {
        try (MllpSender sender =
                new MllpSender(client.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port))) {
            return sender.exchange(Adt.of("A28"));
        }
    }

    private static void assertRefused(int port, SSLContext client) {
        assertThatThrownBy(() -> exchange(port, client)).isInstanceOfAny(IOException.class, AssertionError.class);
    }

    /** Whose certificate the server shows. */
    private static String shownBy(int port) throws IOException {
        try (SSLSocket socket = (SSLSocket)
                made.client("hospital").getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.startHandshake();
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        }
    }
}
