package org.chevet.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.chevet.web.RunningServer.HOSPITAL;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hospitals come and go while Chevet runs. */
class HospitalsWatchTest {
    private static final String SECOND = "/api/v1/hospitals/SECOND";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final int secondPort = FreePorts.next();
    private Path folder = Path.of("");
    private @Nullable RunningServer started;

    @BeforeEach
    void start(@TempDir Path directory) {
        folder = directory;
        started = RunningServer.start(directory);
    }

    @AfterEach
    void stop() {
        server().close();
    }

    @Test
    void shouldOpenAHospitalThatIsAddedCloseOneThatIsTakenOutAndKeepItsJournal() throws IOException {
        describe("second.yaml", "SECOND");
        configure("hospital.yaml", "second.yaml");
        await(() -> status(SECOND) == 200);
        assertThat(act("block-bed", "{'bed':'101','reason':'MAINTENANCE'}")).isEqualTo(200);
        await(() -> server().get("/metrics").body().contains("feed=\"SECOND\",hospital=\"SECOND\""));
        await(() -> told(secondPort).contains("MSA|AA"));

        try (RawWebSocket board = new RawWebSocket(server().port(), SECOND)) {
            configure("hospital.yaml");
            RawWebSocket.Frame frame = board.read();
            while (frame.type() != RawWebSocket.CLOSE) {
                frame = board.read();
            }
            assertThat(new String(frame.payload(), UTF_8)).contains("no longer has hospital SECOND");
        }
        await(() -> status(SECOND) == 404);
        await(() -> {
            String told = told(secondPort);
            return told.contains("MSA|AR") && told.contains("SECOND is not served here any more");
        });
        await(() -> !server().get("/metrics").body().contains("hospital=\"SECOND\",service"));
        assertThat(status(HOSPITAL)).isEqualTo(200);

        configure("hospital.yaml", "second.yaml");
        await(() -> status(SECOND) == 200);
        assertThat(server().get(SECOND + "/beds/101").body()).contains("BLOCKED");
        await(() -> told(secondPort).contains("MSA|AA"));
    }

    @Test
    void shouldGoOnWithTheOthersWhenAFileOfTheFolderCannotBeUsed() throws IOException {
        Path hospitals = Files.createDirectory(folder.resolve("hospitals"));
        Files.copy(folder.resolve("hospital.yaml"), hospitals.resolve("first.yaml"));
        configure("hospitals");
        describe("hospitals/same.yaml", "TEST");
        describe("hospitals/wrong.yaml", "NO HOSPITAL");
        describe("hospitals/second.yaml", "SECOND");

        await(() -> status(SECOND) == 200);
        await(() -> server().get("/metrics").body().contains("chevet_hospitals_unusable 2.0"));
        assertThat(status(HOSPITAL)).as("described elsewhere now").isEqualTo(200);

        Files.delete(hospitals.resolve("same.yaml"));
        describe("hospitals/wrong.yaml", "THIRD");
        await(() -> status("/api/v1/hospitals/THIRD") == 200);
        await(() -> server().get("/metrics").body().contains("chevet_hospitals_unusable 0.0"));

        Files.move(hospitals, folder.resolve("away"));
        await(() -> server().get("/metrics").body().contains("chevet_hospitals_unusable 2.0"));
        assertThat(status(SECOND))
                .as("a folder that is away takes nobody's hospital")
                .isEqualTo(200);
    }

    private RunningServer server() {
        return Objects.requireNonNull(started, "started before each test");
    }

    private void describe(String file, String id) throws IOException {
        String text = Files.readString(folder.resolve("hospital.yaml")).replace("id: TEST", "id: " + id);
        replace(folder.resolve(file), text);
    }

    private void configure(String... hospitals) throws IOException {
        String feeds = hospitals.length == 1
                ? ""
                : "feeds:\n  - {name: SECOND, hospital: SECOND, mllp: {port: %d}}\n".formatted(secondPort);
        replace(
                folder.resolve("chevet.yaml"),
                "http: {port: 0}\ndataDir: data\nhospitals: [" + String.join(", ", hospitals) + "]\n" + feeds);
    }

    private static void replace(Path file, String text) throws IOException {
        Path written = Files.writeString(file.resolveSibling(file.getFileName() + "~"), text);
        Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private int status(String hospital) {
        return server().get(hospital + "/board").statusCode();
    }

    private int act(String act, String body) {
        return server().send(server().request(SECOND + "/acts/" + act)
                        .header("Content-Type", "application/json")
                        .header(ActorHandler.HEADER, RunningServer.ACTOR)
                        .POST(BodyPublishers.ofString(body.replace('\'', '"'))))
                .statusCode();
    }

    /** @return the acknowledgement of a message */
    private static String told(int port) {
        String message = String.join(
                "\r",
                "MSH|^~\\&|CLEAN|CHU|CHEVET|CHU|20260101120000||ADT^A20^ADT_A20|" + System.nanoTime() + "|P|2.5",
                "EVN||20260101120000",
                "NPU|3110^102^|H",
                "");
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(("\u000b" + message + "\u001c\r").getBytes(UTF_8));
            StringBuilder answer = new StringBuilder();
            for (int read = socket.getInputStream().read();
                    read >= 0 && read != 0x1c;
                    read = socket.getInputStream().read()) {
                answer.append((char) read);
            }
            return answer.toString();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it did not come to pass").isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }
}
