package org.chevet.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.chevet.journal.Events.NORTH;
import static org.chevet.journal.Events.batch;
import static org.chevet.journal.Events.event;
import static org.chevet.journal.Events.read;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is the server's and the connection's. */
@Order(3)
@Timeout(120)
class PostgresJournalTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final PostgresServer database = TestPostgres.create();

    @Test
    void shouldSyncEachCommitWhateverTheDatabaseIsSetTo() throws SQLException {
        TestPostgres.execute(database, "ALTER DATABASE " + name() + " SET synchronous_commit = off");
        try (PostgresDialect dialect = new PostgresDialect(database);
                Connection connection = dialect.openWriter()) {
            assertThat(setting(connection, "synchronous_commit")).isEqualTo("on");
            assertThat(setting(connection, "application_name")).startsWith("chevet-writer-");
            assertThat(setting(connection, "lock_timeout")).isEqualTo("5s");
        }
    }

    /** Who loads many hospitals still knows whether the journal answers. */
    @Test
    void shouldSayHowFarItIsHoweverManyReadAtLength() throws Exception {
        try (JdbcJournal journal = JdbcJournal.postgresql(database)) {
            journal.append(List.of(batch(NORTH, event(1))));
            CountDownLatch reading = new CountDownLatch(8);
            CountDownLatch enough = new CountDownLatch(1);
            List<CompletableFuture<Void>> readers = Stream.generate(() -> CompletableFuture.runAsync(
                            () -> journal.read(NORTH, 0, event -> {
                                reading.countDown();
                                awaited(enough);
                            }),
                            Thread::startVirtualThread))
                    .limit(8)
                    .toList();
            try {
                assertThat(reading.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .as("as many read as may")
                        .isTrue();

                assertThat(journal.lastSequences()).containsExactly(Map.entry(NORTH, 1L));
            } finally {
                enough.countDown();
            }
            readers.forEach(CompletableFuture::join);
        }
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void shouldRefuseADatabaseThatCannotSayEverything() throws SQLException {
        TestPostgres.execute(database, "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN9' LOCALE 'C'");

        assertThatThrownBy(() -> JdbcJournal.postgresql(named("latin")))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("this database in LATIN9")
                .hasMessageContaining("ENCODING 'UTF8'");
    }

    @Test
    void shouldSayThatNobodyAnswers() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertThatThrownBy(() -> JdbcJournal.postgresql(
                        new PostgresServer("jdbc:postgresql://localhost:" + port + "/chevet", "chevet", null)))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("cannot open journal jdbc:postgresql://localhost:" + port + "/chevet")
                .hasMessageContaining("08001")
                .hasMessageContaining("down or cannot be reached");
    }

    @Test
    void shouldSayThatThePasswordIsWrong(@TempDir Path directory) throws Exception {
        TestPostgres.execute(database, "CREATE USER nurse PASSWORD 'right'");
        Path rules;
        try (Connection connection = TestPostgres.server().getPostgresDatabase().getConnection()) {
            rules = Path.of(setting(connection, "hba_file"));
        }
        Files.writeString(rules, "host all nurse all scram-sha-256\n" + Files.readString(rules));
        TestPostgres.execute(database, "SELECT pg_reload_conf()");
        Path file = Files.writeString(directory.resolve("password"), "wrong\n");
        PostgresServer locked = new PostgresServer(database.url(), "nurse", file);

        assertThatThrownBy(() -> JdbcJournal.postgresql(locked))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("28P01")
                .hasMessageContaining("the password file")
                .message()
                .doesNotContain("wrong");

        Files.writeString(file, "right\n");
        // It may create nothing in a schema that is another's.
        assertThatThrownBy(() -> JdbcJournal.postgresql(locked))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("42501")
                .hasMessageContaining("lacks a right");
        TestPostgres.execute(database, "GRANT CREATE ON SCHEMA public TO nurse");
        JdbcJournal.postgresql(locked).close();
    }

    @Test
    void shouldSayThatThePasswordFileIsMissing(@TempDir Path directory) {
        Path file = directory.resolve("none");

        assertThatThrownBy(() -> JdbcJournal.postgresql(new PostgresServer(database.url(), "postgres", file)))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("password file " + file + " cannot be read");
    }

    @Test
    void shouldSayThatTheDatabaseIsMissing() {
        assertThatThrownBy(() -> JdbcJournal.postgresql(named("nowhere")))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("3D000")
                .hasMessageContaining("CREATE DATABASE");
    }

    @Test
    void shouldSayThatTheServerOnlyLetsRead() throws SQLException {
        try (JdbcJournal journal = JdbcJournal.postgresql(database)) {
            journal.append(List.of(batch(NORTH, event(1))));
        }
        TestPostgres.execute(database, "ALTER DATABASE " + name() + " SET default_transaction_read_only = on");
        try (JdbcJournal journal = JdbcJournal.postgresql(database)) {
            assertThatThrownBy(() -> journal.append(List.of(batch(NORTH, event(2)))))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("25006")
                    .hasMessageContaining("standby");
            assertThat(read(journal, NORTH, 0)).hasSize(1);
        }
    }

    @Test
    void shouldGoOnAfterTheServerEndedItsSessions() throws SQLException {
        try (JdbcJournal journal = JdbcJournal.postgresql(database)) {
            journal.append(List.of(batch(NORTH, event(1))));
            assertThat(journal.lastSequence(NORTH)).isEqualTo(1);
            TestPostgres.execute(
                    database,
                    "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = current_database()"
                            + " AND pid <> pg_backend_pid()");

            assertThatThrownBy(() -> journal.append(List.of(batch(NORTH, event(2)))))
                    .isInstanceOf(JournalException.class);
            journal.probe();
            assertThat(journal.lastSequence(NORTH)).isEqualTo(1);
            journal.append(List.of(batch(NORTH, event(2))));
            assertThat(read(journal, NORTH, 0)).hasSize(2);
        }
    }

    /** Another member was cut off: the server does not know, and keeps the key of the next event for it. */
    @Test
    void shouldOutwaitAWriterThatWasCutOffAmidATransaction() throws SQLException {
        try (JdbcJournal journal = JdbcJournal.postgresql(database);
                PostgresDialect other = new PostgresDialect(database);
                Connection cutOff = other.openWriter()) {
            cutOff.setAutoCommit(false);
            EncodedBatch lost = journal.encode(batch(NORTH, event(1)));
            other.insertion(cutOff).insert(lost.rows());

            journal.append(List.of(batch(NORTH, event(1))));

            assertThat(read(journal, NORTH, 0)).hasSize(1);
        }
    }

    @Test
    void shouldTakeItsTimeOverALoad() throws SQLException {
        try (PostgresDialect dialect = new PostgresDialect(database);
                Connection connection = dialect.openWriter()) {
            connection.setAutoCommit(false);
            dialect.beginLoading(connection);
            assertThat(setting(connection, "idle_in_transaction_session_timeout"))
                    .isEqualTo("0");
            connection.commit();
            assertThat(setting(connection, "idle_in_transaction_session_timeout"))
                    .isEqualTo("4s");
        }
    }

    @Test
    void shouldTellTheTruthAboutACommitThatTheServerNeverHeardOf() throws Exception {
        try (SeverableProxy proxy = proxy();
                JdbcJournal journal = through(proxy)) {
            journal.append(List.of(batch(NORTH, event(1))));
            proxy.fault = SeverableProxy.Fault.CUT_BEFORE_COMMIT;
            assertThatThrownBy(() -> journal.append(List.of(batch(NORTH, event(2)))))
                    .isInstanceOf(JournalException.class);
            proxy.fault = SeverableProxy.Fault.NONE;

            journal.probe();
            assertThat(journal.lastSequence(NORTH)).isEqualTo(1);
            journal.append(List.of(batch(NORTH, event(2))));
        }
    }

    @Test
    void shouldTellTheTruthAboutACommitWhoseAnswerWasLost() throws Exception {
        try (SeverableProxy proxy = proxy();
                JdbcJournal journal = through(proxy)) {
            journal.append(List.of(batch(NORTH, event(1))));
            proxy.fault = SeverableProxy.Fault.CUT_AFTER_COMMIT;
            assertThatThrownBy(() -> journal.append(List.of(batch(NORTH, event(2)))))
                    .isInstanceOf(JournalException.class);
            proxy.fault = SeverableProxy.Fault.NONE;

            assertWhatIsReadAfterAProbeStays(journal);
        }
    }

    /** The commit takes the server seconds; the connection is gone long before. */
    @Test
    void shouldNotReadBeforeALostCommitIsDecided() throws Exception {
        try (SeverableProxy proxy = proxy();
                JdbcJournal journal = through(proxy)) {
            journal.append(List.of(batch(NORTH, event(1))));
            TestPostgres.execute(database, """
                    CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql
                        AS $$ BEGIN PERFORM pg_sleep(4); RETURN NULL; END $$;
                    CREATE CONSTRAINT TRIGGER dawdle AFTER INSERT ON event DEFERRABLE INITIALLY DEFERRED
                        FOR EACH ROW WHEN (NEW.seq = 2) EXECUTE FUNCTION dawdle();
                    """);
            proxy.fault = SeverableProxy.Fault.CUT_AFTER_COMMIT;
            assertThatThrownBy(() -> journal.append(List.of(batch(NORTH, event(2)))))
                    .isInstanceOf(JournalException.class);
            proxy.fault = SeverableProxy.Fault.NONE;

            assertWhatIsReadAfterAProbeStays(journal);
        }
    }

    private void assertWhatIsReadAfterAProbeStays(JdbcJournal journal) throws Exception {
        journal.probe();
        long last = journal.lastSequence(NORTH);
        assertThat(last).isBetween(1L, 2L);
        awaitTrue("sessions whose client is gone have ended", """
                SELECT count(*) <= 1 FROM pg_stat_activity
                WHERE datname = current_database() AND application_name LIKE 'chevet-writer-%'
                """);
        assertThat(journal.lastSequence(NORTH)).isEqualTo(last);
        TestPostgres.execute(database, "DROP TRIGGER IF EXISTS dawdle ON event");
        journal.append(List.of(batch(NORTH, event(last + 1))));
        assertThat(read(journal, NORTH, 0)).hasSize((int) last + 1);
    }

    @Test
    void shouldNoticeAServerThatSaysNothingAnyMore() throws Exception {
        try (SeverableProxy proxy = proxy();
                JdbcJournal journal = JdbcJournal.open(
                        new PostgresDialect(through(proxy.port()), Duration.ofSeconds(2)), Upcasters.CURRENT)) {
            journal.append(List.of(batch(NORTH, event(1))));
            proxy.fault = SeverableProxy.Fault.SILENT;

            assertThatThrownBy(() -> journal.append(List.of(batch(NORTH, event(2)))))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("08006");
            proxy.fault = SeverableProxy.Fault.NONE;
            journal.probe();
            assertThat(journal.lastSequence(NORTH)).isEqualTo(1);
        }
    }

    private String name() {
        return database.url().substring(database.url().lastIndexOf('/') + 1);
    }

    private static PostgresServer named(String name) {
        return new PostgresServer(
                "jdbc:postgresql://localhost:" + TestPostgres.server().getPort() + "/" + name, TestPostgres.USER, null);
    }

    private static SeverableProxy proxy() throws IOException {
        return new SeverableProxy(TestPostgres.server().getPort());
    }

    private JdbcJournal through(SeverableProxy proxy) {
        return JdbcJournal.postgresql(through(proxy.port()));
    }

    /** In the simple protocol, in which a commit can be told on the wire. */
    private PostgresServer through(int port) {
        return new PostgresServer(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + name() + "?preferQueryMode=simple",
                database.user(),
                null);
    }

    private static String setting(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW " + name)) {
            row.next();
            return row.getString(1);
        }
    }

    private void awaitTrue(String what, String query) throws Exception {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (true) {
            try (Connection connection = TestPostgres.connect(database);
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(query)) {
                row.next();
                if (row.getBoolean(1)) {
                    return;
                }
            }
            assertThat(Instant.now()).as(what).isBefore(deadline);
            Thread.sleep(20);
        }
    }
}
