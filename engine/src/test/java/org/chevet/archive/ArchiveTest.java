package org.chevet.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.chevet.event.Recorded;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.JdbcJournal;
import org.chevet.journal.Journal;
import org.chevet.journal.JournalException;
import org.chevet.journal.SqliteFiles;
import org.chevet.journal.TestPostgres;
import org.chevet.occupancy.EventfulLife;
import org.chevet.occupancy.Occupancy;
import org.chevet.runtime.SnapshotFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {
    private static final HospitalId NORTH = new HospitalId("north");
    private static final HospitalId SOUTH = new HospitalId("south");
    private static final Instant NOW = Instant.parse("2026-03-29T01:30:00Z");
    private static final int COMMANDS = 120;

    private final long seed = System.nanoTime();
    private final List<Recorded> north = EventfulLife.journal(seed, COMMANDS);
    private final List<Recorded> south = EventfulLife.journal(seed + 1, COMMANDS);
    private final Path directory;

    ArchiveTest(@TempDir Path directory) {
        this.directory = directory;
        System.out.println("ArchiveTest seed " + seed);
    }

    private Path data() {
        return directory.resolve("data");
    }

    /** A journal of two hospitals with a snapshot in the middle of one. */
    private JdbcJournal filled(JdbcJournal journal) throws IOException {
        journal.append(List.of(
                new Journal.Batch(
                        NORTH,
                        north.stream()
                                .map(recorded -> new Journal.Entry(recorded, "key-" + recorded.sequence()))
                                .toList()),
                new Journal.Batch(
                        SOUTH,
                        south.stream()
                                .map(recorded -> new Journal.Entry(recorded, null))
                                .toList())));
        Occupancy middle = fold(north.subList(0, north.size() / 2));
        journal.saveSnapshot(
                new Journal.Snapshot(NORTH, middle.sequence(), middle.digest(), SnapshotFormat.encode(middle.state())));
        return journal;
    }

    private static Occupancy fold(List<Recorded> events) {
        Occupancy occupancy = new Occupancy();
        events.forEach(occupancy::apply);
        return occupancy;
    }

    private static String export(JdbcJournal journal) throws IOException {
        StringWriter text = new StringWriter();
        JournalExport.write(journal, journal.hospitals(), text);
        return text.toString();
    }

    private static List<HospitalRecord> importing(JdbcJournal journal, String text) throws IOException {
        return JournalImport.read(journal, new BufferedReader(new StringReader(text)));
    }

    @Test
    void shouldVerifyASoundJournal() throws IOException {
        try (JdbcJournal journal = filled(JdbcJournal.sqlite(data()))) {
            JournalVerification.Result result = JournalVerification.verify(journal);

            assertThat(result.problems()).isEmpty();
            assertThat(result.records())
                    .containsExactly(
                            new HospitalRecord(
                                    NORTH,
                                    north.size(),
                                    north.getFirst().recordedAt(),
                                    north.getLast().recordedAt(),
                                    fold(north).digest(),
                                    1),
                            new HospitalRecord(
                                    SOUTH,
                                    south.size(),
                                    south.getFirst().recordedAt(),
                                    south.getLast().recordedAt(),
                                    fold(south).digest(),
                                    0));
        }
    }

    @Test
    void shouldNameWhatIsDamagedAndStillLookAtTheOthers() throws Exception {
        try (JdbcJournal journal = filled(JdbcJournal.sqlite(data()))) {
            // One bit of one letter.
            execute(
                    data(),
                    "UPDATE event SET event = replace(event, '\"at\"', '\"au\"') WHERE hospital = 'north' AND seq = 7");

            JournalVerification.Result result = JournalVerification.verify(journal);
            assertThat(result.problems())
                    .singleElement()
                    .satisfies(problem ->
                            assertThat(problem.getMessage()).contains("event 7 of hospital north is damaged"));
            assertThat(result.records()).extracting(HospitalRecord::hospital).containsExactly(SOUTH);
        }
    }

    @Test
    void shouldFindASnapshotThatIsNotTheFoldOfItsEvents() throws IOException {
        try (JdbcJournal journal = filled(JdbcJournal.sqlite(data()))) {
            Occupancy early = fold(south.subList(0, 3));
            journal.saveSnapshot(
                    new Journal.Snapshot(SOUTH, south.size(), early.digest(), SnapshotFormat.encode(early.state())));

            assertThat(JournalVerification.verify(journal).problems())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.getMessage())
                            .contains("snapshot of hospital south at event " + south.size()));
        }
    }

    @Test
    void shouldMoveBetweenSqliteAndPostgresqlAndBackWithoutADifference() throws IOException {
        String here;
        try (JdbcJournal sqlite = filled(JdbcJournal.sqlite(data()))) {
            here = export(sqlite);
        }
        String there;
        try (JdbcJournal postgresql = JdbcJournal.postgresql(TestPostgres.create())) {
            assertThat(importing(postgresql, here))
                    .extracting(HospitalRecord::digest)
                    .as("seed %s", seed)
                    .containsExactly(fold(north).digest(), fold(south).digest());
            there = export(postgresql);
            assertThat(postgresql.recentKeyedActs(NORTH, 3)).hasSize(3);
        }
        assertThat(there).isEqualTo(here);
        try (JdbcJournal back = JdbcJournal.sqlite(directory.resolve("back"))) {
            importing(back, there);
            assertThat(export(back)).isEqualTo(here);
            assertThat(JournalVerification.verify(back).problems()).isEmpty();
        }
    }

    @Test
    void shouldNotImportAHospitalThatIsThere() throws IOException {
        try (JdbcJournal journal = filled(JdbcJournal.sqlite(data()))) {
            String text = export(journal);

            assertThatThrownBy(() -> importing(journal, text))
                    .isInstanceOf(JournalImport.RefusedException.class)
                    .hasMessageContaining("line 1: hospital north is in the journal already");
            assertThat(journal.lastSequence(NORTH)).isEqualTo(north.size());
        }
    }

    @Test
    void shouldTellEveryBadLineAndTakeNone() throws IOException {
        String text;
        try (JdbcJournal journal = filled(JdbcJournal.sqlite(data()))) {
            text = export(journal);
        }
        assertRefused(text, lines -> replaced(lines, 5, "{\"seq\": 4, "), "line 5: is not JSON");
        assertRefused(text, lines -> replaced(lines, 5, "[]"), "line 5: is no JSON object");
        assertRefused(
                text,
                lines -> replaced(lines, 5, lines.get(4).replace("\"act\":", "\"act\":1")),
                "line 5: is event 4 and does not fit its checksum");
        assertRefused(text, lines -> replaced(replaced(lines, 5, "x"), 9, "y"), "line 5: ", "line 9: ");
        assertRefused(text, lines -> without(lines, 5), "line 5: is event 5 where event 4 is due");
        assertRefused(text, lines -> without(lines, 1), "line 1: comes before any header");
        assertRefused(text, lines -> lines.subList(0, lines.size() - 1), "hospital south has no footer");
        assertRefused(
                text,
                lines -> replaced(lines, lines.size(), lines.getLast().replaceAll("digest\":\".", "digest\":\"x")),
                "hospital south folds to digest");
        assertRefused(
                text,
                lines -> replaced(lines, 1, lines.getFirst().replace("\"version\":1", "\"version\":2")),
                "line 1: is the header of version 2");
        assertRefused("", lines -> lines, "there is nothing to import");
    }

    private void assertRefused(String text, UnaryOperator<List<String>> change, String... problems) throws IOException {
        String changed = String.join("\n", change.apply(text.lines().toList()));
        try (JdbcJournal journal = JdbcJournal.sqlite(directory.resolve("empty"))) {
            assertThatThrownBy(() -> importing(journal, changed))
                    .isInstanceOf(JournalImport.RefusedException.class)
                    .hasMessageContainingAll(problems);
            assertThat(journal.hospitals()).isEmpty();
        }
    }

    private static List<String> replaced(List<String> lines, int number, String line) {
        List<String> changed = new ArrayList<>(lines);
        changed.set(number - 1, line);
        return changed;
    }

    private static List<String> without(List<String> lines, int number) {
        List<String> changed = new ArrayList<>(lines);
        changed.remove(number - 1);
        return changed;
    }

    @Test
    void shouldBackUpWhileSomebodyWritesAndRestoreToTheSameDigest() throws IOException {
        Path backup = directory.resolve("backup.db");
        try (JdbcJournal writing = filled(JdbcJournal.sqlite(data()))) {
            List<HospitalRecord> records = SqliteBackup.backup(data(), backup);
            assertThat(records).isEqualTo(JournalVerification.verify(writing).records());
            assertThatThrownBy(() -> SqliteBackup.backup(data(), backup))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("is there already");
        }
        assertNothingLeft(directory, "data", "backup.db");

        Path elsewhere = directory.resolve("elsewhere");
        assertThat(SqliteBackup.restore(backup, elsewhere, false, NOW).former()).isNull();
        try (JdbcJournal restored = JdbcJournal.sqlite(elsewhere)) {
            assertThat(JournalVerification.verify(restored).records())
                    .extracting(HospitalRecord::digest)
                    .as("seed %s", seed)
                    .containsExactly(fold(north).digest(), fold(south).digest());
        }
        assertNothingLeft(elsewhere, "chevet.db", "chevet.lock");
    }

    @Test
    void shouldMoveAsideWhatItReplaces() throws IOException {
        Path backup = directory.resolve("backup.db");
        JdbcJournal open = filled(JdbcJournal.sqlite(data()));
        SqliteBackup.backup(data(), backup);
        assertThatThrownBy(() -> SqliteBackup.restore(backup, data(), false, NOW))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("--force");
        assertThatThrownBy(() -> SqliteBackup.restore(backup, data(), true, NOW))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("in use by another Chevet");
        open.close();

        SqliteBackup.Restored restored = SqliteBackup.restore(backup, data(), true, NOW);
        assertThat(restored.former()).isEqualTo(data().resolve("replaced-20260329T013000Z"));
        try (JdbcJournal former = JdbcJournal.besideSqlite(data().resolve("replaced-20260329T013000Z"))) {
            assertThat(JournalVerification.verify(former).records()).isEqualTo(restored.records());
        }
    }

    @Test
    void shouldNeitherKeepNorRestoreADamagedBackup() throws Exception {
        filled(JdbcJournal.sqlite(data())).close();
        Path backup = directory.resolve("backup.db");
        SqliteBackup.backup(data(), backup);
        execute(data(), "UPDATE event SET origin = '{}' WHERE hospital = 'south' AND seq = 2");

        Path second = directory.resolve("second.db");
        assertThatThrownBy(() -> SqliteBackup.backup(data(), second))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("event 2 of hospital south is damaged");
        assertNothingLeft(directory, "data", "backup.db");

        byte[] bytes = Files.readAllBytes(backup);
        for (int i = bytes.length / 2; i < bytes.length / 2 + 200; i++) {
            bytes[i] ^= 4;
        }
        Path damaged = Files.write(directory.resolve("damaged.db"), bytes);
        assertThatThrownBy(() -> SqliteBackup.restore(damaged, data(), true, NOW))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("backup");
        assertThat(data().resolve(SqliteFiles.FILE)).isRegularFile();
    }

    @Test
    void shouldSayThatThereIsNoJournal() {
        assertThatThrownBy(() -> JdbcJournal.besideSqlite(directory.resolve("nowhere")))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("there is no journal in");
    }

    @Test
    void shouldLeaveNoFooterBehindWhenItStops() throws Exception {
        try (JdbcJournal journal = filled(JdbcJournal.sqlite(data()));
                Writer text = new StringWriter()) {
            execute(data(), "UPDATE event SET act = act + 1 WHERE hospital = 'south' AND seq = 3");
            assertThatThrownBy(() -> JournalExport.write(journal, journal.hospitals(), text))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("event 3 of hospital south");
            assertThat(text.toString()).contains("\"end\":\"north\"").doesNotContain("\"end\":\"south\"");
        }
    }

    private static void assertNothingLeft(Path folder, String... expected) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> String.valueOf(file.getFileName()))).containsExactlyInAnyOrder(expected);
        }
    }

    private static void execute(Path data, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve(SqliteFiles.FILE));
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
    }
}
