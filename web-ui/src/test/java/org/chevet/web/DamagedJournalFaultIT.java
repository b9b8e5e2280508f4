package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.StoredEvent;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Between two runs of the process, what it left on the disk is damaged. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DamagedJournalFaultIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int STAYS = 8;

    /** The stay whose registration is damaged, and the event that it is: the first defines the hospital. */
    private static final String DAMAGED = "S-M3";

    private static final int MLLP_PORT = FreePorts.next();

    private Path left = Path.of("");
    private JsonNode board = RunningServer.json("{}");

    @TempDir
    private Path folder = Path.of("");

    private Path configuration = Path.of("");

    @BeforeAll
    void runOnce(@TempDir Path first) throws IOException {
        left = first.resolve("data");
        Path log = first.resolve("server.log");
        try (ServerProcess server = start(log, RunningServer.configure(first, MLLP_PORT))) {
            Client client = new Client(server.address(), MLLP_PORT, PATIENCE);
            try (Client.Feed feed = client.feed()) {
                for (int i = 0; i < STAYS; i++) {
                    assertThat(feed.send(Client.admission("M" + i))).isEqualTo("AA");
                }
            }
            board = client.read("/board").path("services");
            assertThat(server.stop()).isEqualTo(143);
        }
    }

    /** Each test damages its own copy. */
    @BeforeEach
    void copyWhatItLeft() throws IOException {
        configuration = RunningServer.configure(folder, MLLP_PORT);
        Files.createDirectory(database().getParent());
        try (DirectoryStream<Path> files = Files.newDirectoryStream(left)) {
            for (Path file : files) {
                Files.copy(file, database().resolveSibling(file.getFileName()));
            }
        }
    }

    @Test
    void shouldReplayEverythingWhenNoSnapshotCanBeTrusted() throws Exception {
        execute("UPDATE snapshot SET state = substr(state, 1, length(state) / 2)");
        try (ServerProcess server = start()) {
            assertThat(new Client(server.address(), MLLP_PORT, PATIENCE)
                            .read("/board")
                            .path("services"))
                    .isEqualTo(board);
        }
        assertThat(Files.readString(log())).contains("snapshot at event", "passed over");
    }

    @Test
    void shouldNameTheEventInWhichABitIsFlipped() throws IOException {
        flipABitBehind("\"stay\":\"" + DAMAGED.substring(0, DAMAGED.length() - 1));

        String said = refused();
        assertThat(said).containsPattern("event \\d+ of hospital TEST").contains("damaged", "backup");
        assertThat(said).doesNotContain("ESSAI", "\tat ");
    }

    @Test
    void shouldNameTheEventThatIsMissing() throws Exception {
        execute("DELETE FROM event WHERE seq = 4");

        assertThat(refused()).contains("event 4 of hospital TEST is missing", "backup");
    }

    @Test
    void shouldNameTheEventThatALaterReleaseWrote() throws Exception {
        execute("UPDATE event SET version = 99, checksum = " + checksumOfVersion99(4) + " WHERE seq = 4");

        assertThat(refused())
                .containsPattern("event 4 of hospital TEST \\(\\w+, version 99\\) is of a version")
                .contains("this Chevet does not know", "run that release, or a later one")
                .doesNotContain("damaged", "\tat ");
    }

    @Test
    void shouldSayThatTheWholeFileIsDamaged() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(database().toFile(), "rw")) {
            file.write("no database at all".getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(refused()).contains("backup").doesNotContain("\tat ");
    }

    /** Every copy of it in the file: which page holds the row is SQLite's business. */
    private void flipABitBehind(String text) throws IOException {
        byte[] bytes = Files.readAllBytes(database());
        byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
        int found = 0;
        for (int at = 0; at + wanted.length < bytes.length; at++) {
            if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)
                    && bytes[at + wanted.length] == DAMAGED.charAt(DAMAGED.length() - 1)) {
                bytes[at + wanted.length] ^= 1;
                found++;
            }
        }
        assertThat(found).isPositive();
        Files.write(database(), bytes);
    }

    private String refused() throws IOException {
        Files.deleteIfExists(log());
        String said = ServerProcess.refused(log(), "--config", configuration.toString());
        assertThatThrownBy(this::start).as("and again").isInstanceOf(IOException.class);
        return said;
    }

    private ServerProcess start() throws IOException {
        return start(log(), configuration);
    }

    private static ServerProcess start(Path log, Path configuration) throws IOException {
        return ServerProcess.start(log, "--config", configuration.toString());
    }

    private Path log() {
        return folder.resolve("server.log");
    }

    private Path database() {
        return folder.resolve("data").resolve("chevet.db");
    }

    /** The later release would have written a row that is sound. */
    private int checksumOfVersion99(long sequence) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT * FROM event WHERE seq = " + sequence)) {
            return new StoredEvent(
                            new HospitalId(row.getString("hospital")),
                            sequence,
                            row.getLong("act"),
                            row.getString("at"),
                            row.getString("recorded_at"),
                            row.getString("origin"),
                            row.getString("type"),
                            99,
                            row.getString("idempotency_key"),
                            row.getString("event"))
                    .checksum();
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
    }
}
