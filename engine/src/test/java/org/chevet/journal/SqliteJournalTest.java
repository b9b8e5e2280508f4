package org.chevet.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.chevet.journal.Events.NORTH;
import static org.chevet.journal.Events.batch;
import static org.chevet.journal.Events.event;
import static org.chevet.journal.Events.read;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.api.migration.JavaMigration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** What is the file's and the data directory's. */
class SqliteJournalTest {
    private final Path directory;

    SqliteJournalTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void shouldRefuseAFileThatIsNoJournal() throws IOException {
        Files.writeString(directory.resolve(SqliteDialect.FILE), "this is not a database ".repeat(500));

        assertThatThrownBy(() -> JdbcJournal.sqlite(directory))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("chevet.db")
                .hasMessageContaining("restore it from a backup")
                .message()
                .doesNotContain("\n");
    }

    /** Hardened systems let nobody run a program from /tmp. */
    @Test
    void shouldSayWhereItsLibraryMayBeUnpackedInstead() throws Exception {
        SQLException failure = new SQLException("Error opening connection", new NativeLibraryNotFoundException("none"));
        try (SqliteDialect dialect = SqliteDialect.claiming(directory)) {
            assertThat(dialect.advice(failure)).contains("noexec", "-Dorg.sqlite.tmpdir=");
        }
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
        try (SqliteDialect dialect = SqliteDialect.claiming(directory);
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
        try (Journal journal = JdbcJournal.open(cramped, Upcasters.CURRENT)) {
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
            dialect = SqliteDialect.claiming(directory);
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
        public Connection openWriter() throws SQLException {
            return dataSource().getConnection();
        }

        @Override
        public Connection openReader() throws SQLException {
            return dataSource().getConnection();
        }

        @Override
        public void beginLoading(Connection writer) {
            dialect.beginLoading(writer);
        }

        @Override
        public Insertion insertion(Connection writer) throws SQLException {
            return dialect.insertion(writer);
        }

        @Override
        public boolean isConflict(SQLException failure) {
            return dialect.isConflict(failure);
        }

        @Override
        public String migrations() {
            return dialect.migrations();
        }

        @Override
        public List<? extends JavaMigration> javaMigrations() {
            return dialect.javaMigrations();
        }

        @Override
        public String detail(SQLException failure) {
            return dialect.detail(failure);
        }

        @Override
        public String advice(SQLException failure) {
            return dialect.advice(failure);
        }

        @Override
        public String toString() {
            return dialect.toString();
        }

        @Override
        public void close() {
            dialect.close();
        }
    }

    private void assertRefusedToOpen(String detail) {
        assertThatThrownBy(() -> JdbcJournal.sqlite(directory))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining(detail);
    }
}
