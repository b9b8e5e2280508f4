package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.chevet.simulations.demo.DemoLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldSayBothWaysToStartWhenNoneIsGiven() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("--demo", "--config FILE");
    }

    @Test
    void shouldNotStartTwoWays() {
        assertThat(run("--demo", "--config", "chevet.yaml")).isEqualTo(2);
        assertThat(err.toString()).contains("two ways");
    }

    @Test
    void shouldRefuseWhatItDoesNotKnow() {
        assertThat(run("--demmo")).isEqualTo(2);
        assertThat(err.toString()).contains("--demmo");
        assertThat(run("--demo", "--port", "70000")).isEqualTo(2);
        assertThat(err.toString()).contains("70000", "65535");
    }

    @Test
    void shouldTellWhatCanBeDoneWithAJournalAndWithAPast() {
        assertThat(run("journal")).isEqualTo(2);
        assertThat(err.toString()).contains("verify", "restore");
        assertThat(run("history")).isEqualTo(2);
        assertThat(err.toString()).contains("history", "import");
    }

    @Test
    void shouldTellHelpAndVersion() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("--config", "--demo", "--port", "--data-dir", "check-config", "Exit codes");
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).containsPattern("Chevet \\d+\\.\\d+");
    }

    @Test
    void shouldWaitNoLongerThanItsLimitForAStop() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);

        assertThat(ChevetCommand.isOver(
                        () -> {
                            try {
                                never.await();
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        },
                        Duration.ofMillis(50)))
                .isFalse();
        assertThat(ChevetCommand.isOver(() -> {}, Duration.ofMinutes(1))).isTrue();
        never.countDown();
    }

    @Test
    void shouldSayWhyABreachCannotBeReplayed() throws IOException {
        Path file = Files.writeString(folder.resolve("breach.json.gz"), "none");
        assertThat(run("replay-breach", file.toString())).isEqualTo(1);
        assertThat(err.toString())
                .contains(file.toString(), "cannot be replayed")
                .doesNotContain("\tat ");
    }

    @Test
    void shouldFindAGoodConfigurationGood() {
        Path file = RunningServer.configure(folder, 2575);
        assertThat(run("check-config", file.toString())).as(err.toString()).isZero();
        assertThat(out.toString()).contains("TEST", "9 beds + 1 surge", "good");
    }

    @Test
    void shouldFindTheShippedExampleGood() throws IOException {
        Path example = Path.of("..", "chevet.example.yaml");
        Files.copy(example, folder.resolve("chevet.yaml"));
        try (InputStream layout = Objects.requireNonNull(DemoLayout.class.getResourceAsStream("chu.yaml"))) {
            Files.copy(layout, folder.resolve("hospital.yaml"));
        }
        assertThat(run("check-config", folder.resolve("chevet.yaml").toString()))
                .as(err.toString())
                .isZero();
    }

    @Test
    void shouldTellEveryMistakeWithItsPathAtOnce() throws IOException {
        Path file = RunningServer.configure(folder, 2575);
        Files.writeString(file, """
                http: {host: 0.0.0.0, port: 99999}
                dataDirr: x
                hospitals: [hospital.yaml, none.yaml]
                feeds:
                  - {name: A, hospital: NONE, mllp: {port: x}, charset: klingon, silentAfterMinutes: 0}
                  - {name: A, hospital: TEST, mllp: {port: 2575}, bedStatusCodes: {X: SPARKLING}}
                  - {name: A, hospital: TEST, mllp: {port: 2575}}
                allowedOrigins: [beds.example.org]
                """);
        assertThat(run("check-config", file.toString())).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "http.host: '0.0.0.0'",
                        "http.port: 99999",
                        "dataDirr: is not known here",
                        "hospitals[1]: ",
                        "feeds[0].hospital: 'NONE'",
                        "feeds[0].mllp.port: \"x\"",
                        "feeds[0].charset: 'klingon'",
                        "feeds[0].silentAfterMinutes: 0",
                        "feeds[1].bedStatusCodes.X: 'SPARKLING'",
                        "feeds[2].name: 'A'",
                        "feeds[2].mllp.port: 2575",
                        "allowedOrigins[0]: 'beds.example.org'",
                        "12 mistakes");
        assertThat(run("--config", file.toString())).isEqualTo(2);
    }

    @Test
    void shouldNotPassOverWhatHasTheWrongShape() throws IOException {
        Path file = RunningServer.configure(folder, 2575);
        Files.writeString(file, """
                http: {port: 8080}
                hospitals: [hospital.yaml]
                feeds:
                  - {name: A, mllp: {port: 8080}, bedStatusCodes: [X]}
                  - B
                allowedOrigins: https://beds.example.org
                """);
        assertThat(run("check-config", file.toString())).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "feeds[0].mllp.port: 8080 is http.port too",
                        "feeds[0].bedStatusCodes: ",
                        "feeds[1]: ",
                        "allowedOrigins: a list is wanted",
                        "4 mistakes");
    }

    @Test
    void shouldNotBlameAFeedForItsHospitalsFile() throws IOException {
        Path file = RunningServer.configure(folder, 2575);
        Files.writeString(folder.resolve("hospital.yaml"), "id: TEST\n");
        assertThat(run("check-config", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("hospitals[0]: ").doesNotContain("feeds[0]");
    }

    @Test
    void shouldNotListenWhereOthersCanReachIt() throws IOException {
        Path file = RunningServer.configure(folder, 2575);
        Files.writeString(file, Files.readString(file).replace("{port: 0}", "{host: 0.0.0.0, port: 0}"));
        assertThat(run("--config", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("no sign-in", "127.0.0.1");
    }

    @Test
    void shouldSayThatAFileIsMissingOrBroken() throws IOException {
        assertThat(run("check-config", folder.resolve("none.yaml").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("there is no file");
        Path broken = Files.writeString(folder.resolve("broken.yaml"), "http: {port: 1\nhospitals: [");
        assertThat(run("check-config", broken.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("is not YAML: line");
        Path latin = Files.write(folder.resolve("latin.yaml"), "# h\u00f4pital".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(run("check-config", latin.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("latin.yaml is not UTF-8 text");
        assertThat(run("check-config", folder.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("is a directory");
    }

    @Test
    void shouldSayThatThePortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Path file = RunningServer.configure(folder, 0);
            int port = taken.getLocalPort();
            assertThat(run("--config", file.toString(), "--port", Integer.toString(port)))
                    .isEqualTo(1);
            assertThat(err.toString()).contains("port " + port, "taken", "--port");
        }
    }

    @Test
    void shouldSayThatThePortIsTakenBeforeADemosPastIsLived() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Path data = folder.resolve("demo");
            assertThat(run("--demo", "--port", Integer.toString(taken.getLocalPort()), "--data-dir", data.toString()))
                    .isEqualTo(1);
            assertThat(err.toString()).contains("port " + taken.getLocalPort(), "taken");
            assertThat(data).doesNotExist();
        }
    }

    @Test
    void shouldSayWhichFeedFindsItsPortTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Path file = RunningServer.configure(folder, taken.getLocalPort());
            assertThat(run("--config", file.toString())).isEqualTo(1);
            assertThat(err.toString()).contains("feed ADT", ":" + taken.getLocalPort(), "Maybe another program");
        }
    }

    @Test
    void shouldSayThatTheDataDirectoryCannotBeUsed() throws IOException {
        Path file = RunningServer.configure(folder, 0);
        Path notADirectory = Files.writeString(folder.resolve("file"), "");
        assertThat(run("--config", file.toString(), "--port", "0", "--data-dir", notADirectory.toString()))
                .isEqualTo(1);
        assertThat(err.toString()).contains("data directory", "is not a directory");
    }

    private int run(String... arguments) {
        return Main.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
