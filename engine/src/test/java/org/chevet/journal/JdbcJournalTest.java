package org.chevet.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.chevet.event.BedEvent;
import org.chevet.event.Origin;
import org.chevet.event.Recorded;
import org.chevet.event.Role;
import org.chevet.hospital.BedId;
import org.chevet.hospital.HospitalId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

class JdbcJournalTest {
    private static final HospitalId NORTH = new HospitalId("north");
    private static final HospitalId SOUTH = new HospitalId("south");

    private final Path directory;

    JdbcJournalTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void shouldReadBackEveryKindOfEventAfterAReopening() {
        List<Recorded> written = new ArrayList<>();
        List<Origin> origins = List.of(
                new Origin.Person("Claire Aubert", Role.BED_MANAGER),
                new Origin.Feed("adt", "MSG00001"),
                new Origin.Engine());
        for (BedEvent event : Samples.events().toList()) {
            long sequence = written.size() + 1;
            Origin origin = origins.get(written.size() % origins.size());
            written.add(new Recorded(sequence, Math.max(1, sequence - 1), Samples.TIME, origin, event));
        }
        try (Journal journal = JdbcJournal.sqlite(directory)) {
            journal.append(List.of(batch(NORTH, written.toArray(Recorded[]::new))));
        }
        try (Journal journal = JdbcJournal.sqlite(directory)) {
            assertThat(read(journal, NORTH, 0)).isEqualTo(written);
            assertThat(read(journal, NORTH, written.size() - 1)).containsExactly(written.getLast());
            assertThat(read(journal, SOUTH, 0)).isEmpty();
            assertThat(journal.find(NORTH, 3)).isEqualTo(written.get(2));
            assertThat(journal.find(NORTH, written.size() + 1)).isNull();
            assertThat(journal.lastSequence(NORTH)).isEqualTo(written.size());
            assertThat(journal.lastSequence(SOUTH)).isZero();
        }
    }

    @Test
    void shouldKeepAllBatchesOfAGroupOrNone() {
        try (Journal journal = JdbcJournal.sqlite(directory)) {
            journal.append(List.of(batch(NORTH, event(1)), batch(SOUTH, event(1), event(2))));

            assertThatThrownBy(() -> journal.append(List.of(batch(NORTH, event(2)), batch(SOUTH, event(2)))))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("event 2 of hospital south does not follow event 2");
            assertThat(journal.lastSequence(NORTH)).isEqualTo(1);
            journal.append(List.of(batch(NORTH, event(2)), batch(SOUTH, event(3))));
            assertThat(journal.lastSequence(NORTH)).isEqualTo(2);
        }
    }

    @Test
    void shouldRefuseToLeaveASequenceOut() {
        try (Journal journal = JdbcJournal.sqlite(directory)) {
            assertThatThrownBy(() -> journal.append(List.of(batch(NORTH, event(2)))))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("event 2 of hospital north does not follow event 0");
        }
    }

    @Test
    void shouldRefuseASequenceThatAnotherWriterTook() throws SQLException {
        try (Journal journal = JdbcJournal.sqlite(directory)) {
            journal.append(List.of(batch(NORTH, event(1))));
            execute("INSERT INTO event SELECT hospital, 2, 2, at, recorded_at, origin, type, version, null, event"
                    + " FROM event");

            assertThatThrownBy(() -> journal.append(List.of(batch(NORTH, event(2)))))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("UNIQUE");
            assertThat(journal.lastSequence(NORTH)).isEqualTo(2);
        }
    }

    @Test
    void shouldRememberTheNewestKeyedActs() {
        try (Journal journal = JdbcJournal.sqlite(directory)) {
            journal.append(List.of(new Journal.Batch(
                    NORTH,
                    List.of(
                            new Journal.Entry(event(1), "first"),
                            new Journal.Entry(event(2), null),
                            new Journal.Entry(event(3, 3), null),
                            new Journal.Entry(event(4, 3), "second"),
                            new Journal.Entry(event(5), "third")))));
            journal.append(List.of(new Journal.Batch(SOUTH, List.of(new Journal.Entry(event(1), "first")))));

            assertThat(journal.recentKeyedActs(NORTH, 2))
                    .containsExactly(new Journal.KeyedAct("second", 3, 4), new Journal.KeyedAct("third", 5, 5));
            assertThat(journal.recentKeyedActs(NORTH, 3)).hasSize(3);
            assertThat(journal.recentKeyedActs(NORTH, 4)).hasSize(3);
        }
    }

    @Test
    void shouldKeepTheLastTwoSnapshots() {
        try (Journal journal = JdbcJournal.sqlite(directory)) {
            journal.append(List.of(batch(NORTH, event(1), event(2), event(3))));
            for (int sequence = 1; sequence <= 3; sequence++) {
                journal.saveSnapshot(
                        new Journal.Snapshot(NORTH, sequence, -sequence, new byte[] {(byte) sequence, 0, -1}));
            }
            journal.saveSnapshot(new Journal.Snapshot(NORTH, 3, Long.MIN_VALUE, new byte[] {9}));

            List<Journal.Snapshot> kept = journal.snapshots(NORTH);
            assertThat(kept).extracting(Journal.Snapshot::sequence).containsExactly(3L, 2L);
            assertThat(kept.getFirst().digest()).isEqualTo(Long.MIN_VALUE);
            assertThat(kept.getLast().state()).isEqualTo(new byte[] {2, 0, -1});
            assertThat(journal.snapshots(SOUTH)).isEmpty();
        }
    }

    @Test
    void shouldRefuseAJournalWithAGap() throws SQLException {
        try (Journal journal = JdbcJournal.sqlite(directory)) {
            journal.append(List.of(batch(NORTH, event(1), event(2), event(3), event(4)), batch(SOUTH, event(1))));
        }
        execute("DELETE FROM event WHERE hospital = 'north' AND seq = 3");

        assertRefusedToOpen("event 3 of hospital north is missing");
    }

    @Test
    void shouldRefuseAJournalWithoutItsBeginning() throws SQLException {
        try (Journal journal = JdbcJournal.sqlite(directory)) {
            journal.append(List.of(batch(NORTH, event(1), event(2), event(3))));
        }
        execute("DELETE FROM event WHERE seq < 3");

        assertRefusedToOpen("event 1 of hospital north is missing");
    }

    @Test
    void shouldRefuseAJournalThatEndsBeforeItsSnapshot() throws SQLException {
        try (Journal journal = JdbcJournal.sqlite(directory)) {
            journal.append(List.of(batch(NORTH, event(1), event(2))));
            journal.saveSnapshot(new Journal.Snapshot(NORTH, 2, 0, new byte[0]));
        }
        execute("DELETE FROM event WHERE seq = 2");

        assertRefusedToOpen("event 2 of hospital north is missing");
    }

    @Test
    void shouldNameARowThatIsDamaged() throws SQLException {
        try (Journal journal = JdbcJournal.sqlite(directory)) {
            journal.append(List.of(batch(NORTH, event(1), event(2))));
            execute("UPDATE event SET event = substr(event, 1, 20) WHERE seq = 2");

            assertThatThrownBy(() -> read(journal, NORTH, 0))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("event 2 of hospital north (BedClosed, version 1) cannot be read")
                    .hasMessageContaining("backup");
            execute("UPDATE event SET recorded_at = 'yesterday' WHERE seq = 1");
            assertThatThrownBy(() -> read(journal, NORTH, 0))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("event 1 of hospital north");
        }
    }

    @Test
    void shouldRefuseASchemaFromALaterRelease() throws SQLException {
        JdbcJournal.sqlite(directory).close();
        execute("INSERT INTO flyway_schema_history SELECT 99, '99', 'later', type, 'V99__later.sql', 1, installed_by,"
                + " installed_on, 1, 1 FROM flyway_schema_history WHERE version = '1'");

        assertRefusedToOpen("later release");
    }

    @Test
    void shouldRefuseAFileThatIsNoJournal() throws IOException {
        Files.writeString(directory.resolve(SqliteDialect.FILE), "this is not a database ".repeat(500));

        assertRefusedToOpen("chevet.db");
    }

    @Test
    void shouldHoldItsDirectoryForItself() {
        try (Journal journal = JdbcJournal.sqlite(directory)) {
            assertRefusedToOpen("is in use by another Chevet (process "
                    + ProcessHandle.current().pid() + ")");
            assertThat(journal.lastSequence(NORTH)).isZero();
        }
        JdbcJournal.sqlite(directory).close();
    }

    @Test
    void shouldSyncEachCommit() throws SQLException {
        try (SqliteDialect dialect = new SqliteDialect(directory);
                Connection connection = dialect.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeQuery("PRAGMA journal_mode").getString(1))
                    .isEqualTo("wal");
            assertThat(statement.executeQuery("PRAGMA synchronous").getInt(1)).isEqualTo(2); // FULL
        }
    }

    @Test
    void shouldCreateItsDirectory() {
        JdbcJournal.sqlite(directory.resolve("a/b")).close();

        assertThat(directory.resolve("a/b/chevet.db")).isRegularFile();
    }

    @Test
    void shouldRefuseADirectoryThatIsNone() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> JdbcJournal.sqlite(file))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining(file + " is not a directory");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldRefuseADirectoryThatCannotBeWritten() {
        assertThatThrownBy(() -> JdbcJournal.sqlite(Path.of("/proc/chevet")))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("/proc/chevet cannot be used")
                .hasMessageContaining("writable");
    }

    @Test
    void shouldSayThatTheDiskIsFullAndGoOnOnceThereIsSpace() {
        CrampedDialect cramped = new CrampedDialect(directory);
        try (Journal journal = new JdbcJournal(cramped, Upcasters.CURRENT)) {
            AtomicInteger sequence = new AtomicInteger();
            cramped.pagesMax = 50;
            assertThatThrownBy(() -> {
                        while (true) {
                            journal.append(List.of(batch(NORTH, event(sequence.incrementAndGet()))));
                        }
                    })
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("cannot append")
                    .hasMessageContaining("The disk is full");
            assertThatThrownBy(journal::probe).hasMessageContaining("The disk is full");

            cramped.pagesMax = 1_000;
            journal.probe();
            assertThat(journal.lastSequence(NORTH)).isEqualTo(sequence.get() - 1);
            journal.append(List.of(batch(NORTH, event(sequence.get()))));
            assertThat(read(journal, NORTH, 0)).hasSize(sequence.get());
        }
    }

    /** SQLite on a disk of a few pages. */
    private static final class CrampedDialect implements Dialect {
        private final SqliteDialect dialect;
        private volatile int pagesMax = 1_000;

        CrampedDialect(Path directory) {
            dialect = new SqliteDialect(directory);
        }

        @Override
        public DataSource dataSource() {
            SQLiteDataSource roomy = (SQLiteDataSource) dialect.dataSource();
            SQLiteConfig config = new SQLiteConfig(roomy.getConfig().toProperties());
            config.setMaxPageCount(pagesMax);
            SQLiteDataSource cramped = new SQLiteDataSource(config);
            cramped.setUrl(roomy.getUrl());
            return cramped;
        }

        @Override
        public String migrations() {
            return dialect.migrations();
        }

        @Override
        public String advice(SQLException failure) {
            return dialect.advice(failure);
        }

        @Override
        public void close() {
            dialect.close();
        }

        @Override
        public String toString() {
            return dialect.toString();
        }
    }

    private void assertRefusedToOpen(String detail) {
        assertThatThrownBy(() -> JdbcJournal.sqlite(directory))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining(detail);
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(SqliteDialect.FILE));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private static List<Recorded> read(Journal journal, HospitalId hospital, long after) {
        List<Recorded> read = new ArrayList<>();
        journal.read(hospital, after, read::add);
        return read;
    }

    private static Journal.Batch batch(HospitalId hospital, Recorded... events) {
        return new Journal.Batch(
                hospital,
                Arrays.stream(events)
                        .map(event -> new Journal.Entry(event, null))
                        .toList());
    }

    private static Recorded event(long sequence) {
        return event(sequence, sequence);
    }

    private static Recorded event(long sequence, long act) {
        return new Recorded(
                sequence,
                act,
                Samples.TIME,
                new Origin.Engine(),
                new BedEvent.BedClosed(Samples.TIME, new BedId("B" + sequence)));
    }
}
