package org.chevet.journal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.util.PSQLException;

/** A database of a PostgreSQL server, which several processes may share: the key of the events keeps them apart. */
final class PostgresDialect implements Dialect {
    /** The oldest release that its makers still mend, and the first that can wait for a session to end. */
    private static final int VERSION_MIN = 14;

    private static final Duration CONNECT_TIME_MAX = Duration.ofSeconds(10);

    /** A server that says nothing for so long while it should commit is taken for hung. */
    private static final Duration WRITE_SILENCE_MAX = Duration.ofSeconds(30);

    private static final Duration LOCK_TIME_MAX = Duration.ofSeconds(5);

    /** Whoever is cut off amid a transaction holds the key of its events for so long: less than others wait for it. */
    private static final Duration IDLE_IN_TRANSACTION_MAX = LOCK_TIME_MAX.minusSeconds(1);

    private static final Duration READ_TIME_MAX = Duration.ofSeconds(60);
    private static final Duration READ_SILENCE_MAX = READ_TIME_MAX.plusSeconds(10);
    private static final Duration SESSION_END_TIME_MAX = Duration.ofSeconds(10);
    private static final int READERS_MAX = 8;

    private static final String EARLIER_WRITERS =
            "application_name = ? AND usename = current_user AND pid <> pg_backend_pid()";

    private final String name;
    private final DataSource plain;
    private final DataSource writing;
    private final HikariDataSource reading;
    private final HikariDataSource watching;

    /** Of this journal's writing sessions and no other's. */
    private final String writerName = "chevet-writer-"
            + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());

    /** @throws JournalException when the server cannot be reached or is none that keeps what it is given */
    PostgresDialect(PostgresServer server) {
        this(server, WRITE_SILENCE_MAX);
    }

    /** @param writeSilenceMax in whole seconds */
    PostgresDialect(PostgresServer server, Duration writeSilenceMax) {
        name = withoutParameters(server.url());
        String password = password(server.passwordFile());
        plain = source(server, password, "chevet", READ_SILENCE_MAX);
        writing = source(server, password, writerName, writeSilenceMax);
        checkServer();
        reading = pool("chevet-journal", source(server, password, "chevet-reader", READ_SILENCE_MAX), READERS_MAX);
        watching = pool("chevet-journal-watch", source(server, password, "chevet-watcher", READ_SILENCE_MAX), 1);
    }

    private static HikariDataSource pool(String name, DataSource source, int connectionsMax) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName(name);
        pool.setDataSource(source);
        pool.setMaximumPoolSize(connectionsMax);
        pool.setMinimumIdle(0);
        pool.setConnectionTimeout(CONNECT_TIME_MAX.toMillis());
        pool.setInitializationFailTimeout(-1);
        pool.setReadOnly(true);
        // Only inside a transaction does the driver stream a result instead of gathering it.
        pool.setAutoCommit(false);
        pool.setConnectionInitSql("SET statement_timeout = " + READ_TIME_MAX.toMillis());
        return new HikariDataSource(pool);
    }

    private static DataSource source(
            PostgresServer server, @Nullable String password, String application, Duration silenceMax) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(server.url());
        source.setUser(server.user());
        source.setPassword(password);
        source.setApplicationName(application);
        source.setConnectTimeout((int) CONNECT_TIME_MAX.toSeconds());
        source.setLoginTimeout((int) CONNECT_TIME_MAX.toSeconds());
        source.setSocketTimeout((int) silenceMax.toSeconds());
        source.setTcpKeepAlive(true);
        // The detail quotes rows, and rows name patients.
        source.setLogServerErrorDetail(false);
        return source;
    }

    private static @Nullable String password(@Nullable Path file) {
        if (file == null) {
            return null;
        }
        try {
            return Files.readString(file).lines().findFirst().orElse("");
        } catch (IOException e) {
            throw new JournalException(
                    "the password file " + file + " cannot be read (" + e + ")",
                    "Write the password of the database's user into it, and let this user read it.",
                    e);
        }
    }

    /** A URL may end in parameters that nobody needs to read in a log. */
    private static String withoutParameters(String url) {
        int end = url.indexOf('?');
        return end < 0 ? url : url.substring(0, end);
    }

    private void checkServer() {
        try (Connection connection = plain.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT current_setting('server_version_num')::int / 10000, current_setting('fsync'),
                               current_setting('server_encoding')
                        """)) {
            row.next();
            checkServer(name, row.getInt(1), row.getString(2), row.getString(3));
        } catch (SQLException e) {
            throw new JournalException("cannot open journal " + name + " (" + detail(e) + ")", advice(e), e);
        }
    }

    /** @throws JournalException when it could not keep what it is given */
    static void checkServer(String journal, int version, String fsync, String encoding) {
        String server = "the server of journal " + journal + " ";
        if (version < VERSION_MIN) {
            throw new JournalException(
                    server + "runs PostgreSQL " + version, "Chevet needs " + VERSION_MIN + " or newer.", null);
        }
        if (!fsync.equals("on")) {
            throw new JournalException(
                    server + "runs with fsync = " + fsync + ": it may lose what it calls written",
                    "Set fsync = on in postgresql.conf and reload it.",
                    null);
        }
        if (!encoding.equals("UTF8")) {
            throw new JournalException(
                    server + "keeps this database in " + encoding, "Create the database with ENCODING 'UTF8'.", null);
        }
    }

    @Override
    public DataSource dataSource() {
        return plain;
    }

    /**
     * {@code statement_timeout} stays off here: called off while it waits for a synchronous standby, a commit would be
     * reported as done.
     */
    @Override
    public Connection openWriter() throws SQLException {
        // The first time there is none; later the one before was lost, and what broke it has broken these.
        reading.getHikariPoolMXBean().softEvictConnections();
        watching.getHikariPoolMXBean().softEvictConnections();
        Connection connection = writing.getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET synchronous_commit = on; SET statement_timeout = 0; SET lock_timeout = "
                    + LOCK_TIME_MAX.toMillis() + "; SET idle_in_transaction_session_timeout = "
                    + IDLE_IN_TRANSACTION_MAX.toMillis());
            endEarlierWriters(connection);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public void beginLoading(Connection writer) throws SQLException {
        try (Statement statement = writer.createStatement()) {
            statement.execute("SET LOCAL idle_in_transaction_session_timeout = 0");
        }
    }

    /** A session whose connection was lost may still be committing: until it has ended, no read tells the truth. */
    private void endEarlierWriters(Connection connection) throws SQLException {
        try (PreparedStatement end = connection.prepareStatement(
                "SELECT pg_terminate_backend(pid, ?) FROM pg_stat_activity WHERE " + EARLIER_WRITERS)) {
            end.setLong(1, SESSION_END_TIME_MAX.toMillis());
            end.setString(2, writerName);
            end.execute();
        }
        // Asked for again, because one that ends by itself meanwhile is reported like one that does not.
        try (PreparedStatement left =
                connection.prepareStatement("SELECT count(*) FROM pg_stat_activity WHERE " + EARLIER_WRITERS)) {
            left.setString(1, writerName);
            try (ResultSet row = left.executeQuery()) {
                row.next();
                if (row.getInt(1) > 0) {
                    throw new SQLException("an earlier session does not end", "57014");
                }
            }
        }
    }

    @Override
    public Connection openReader() throws SQLException {
        return reading.getConnection();
    }

    @Override
    public Connection openWatcher() throws SQLException {
        return watching.getConnection();
    }

    @Override
    public Insertion insertion(Connection writer) throws SQLException {
        return new PostgresInsertion(writer);
    }

    @Override
    public boolean isConflict(SQLException failure) {
        return SqlStates.UNIQUE_VIOLATION.equals(SqlStates.of(failure));
    }

    @Override
    public String migrations() {
        return "classpath:org/chevet/journal/postgresql";
    }

    @Override
    public List<JavaMigration> javaMigrations() {
        return List.of();
    }

    @Override
    public String detail(SQLException failure) {
        String state = SqlStates.of(failure);
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PSQLException psql) {
                String said = psql.getServerErrorMessage() == null
                        ? psql.getMessage()
                        : psql.getServerErrorMessage().getMessage();
                return String.valueOf(said).lines().findFirst().orElse("") + (state == null ? "" : ", " + state);
            }
        }
        return failure.getClass().getSimpleName() + (state == null ? "" : ", " + state);
    }

    @Override
    public String advice(SQLException failure) {
        return SqlStates.advice(SqlStates.of(failure));
    }

    @Override
    public String toString() {
        return name;
    }

    @Override
    public void close() {
        reading.close();
        watching.close();
    }
}
