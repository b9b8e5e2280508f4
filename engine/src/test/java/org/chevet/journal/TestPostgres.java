package org.chevet.journal;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** A real server, one for all tests of this process, that keeps what it is given. */
public final class TestPostgres {
    static final String USER = "postgres";

    private static final Duration START_MAX = Duration.ofSeconds(90);

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static @Nullable EmbeddedPostgres server;

    private TestPostgres() {}

    /** Where its binaries do not run, the test says that it is skipped. */
    static synchronized EmbeddedPostgres server() {
        Assumptions.assumeTrue(
                System.getProperty("os.name").equals("Linux")
                        && System.getProperty("os.arch").equals("amd64"),
                "PostgreSQL's binaries are here for Linux on amd64 only");
        EmbeddedPostgres running = server;
        if (running == null) {
            try {
                Path data = Files.createTempDirectory("chevet-postgres");
                // Left alone it starts with all three off.
                running = EmbeddedPostgres.builder()
                        .setPGStartupWait(START_MAX)
                        .setDataDirectory(data)
                        .setRegisterShutdownHook(false)
                        .setServerConfig("fsync", "on")
                        .setServerConfig("full_page_writes", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .start();
                dropWithTheProcess(data);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            server = running;
        }
        return running;
    }

    /**
     * With the process, which does not wait for it: a shutdown in order syncs each file of each database, and to delete them takes seconds, on a busy
     * disk more than surefire's half a minute.
     */
    private static void dropWithTheProcess(Path data) throws IOException {
        String postmaster = Files.readAllLines(data.resolve("postmaster.pid")).getFirst();
        ProcessBuilder drop = new ProcessBuilder(
                "sh",
                "-c",
                "kill -QUIT $0; while kill -0 $0; do sleep 0.1; done; rm -rf \"$1\"",
                postmaster,
                data.toString());
        drop.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                drop.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
    }

    /** A database of its own. */
    public static PostgresServer create() {
        String name = "chevet_" + DATABASES.incrementAndGet();
        try (Connection connection = server().getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        return new PostgresServer("jdbc:postgresql://localhost:" + server().getPort() + "/" + name, USER, null);
    }

    static Connection connect(PostgresServer database) throws SQLException {
        return DriverManager.getConnection(database.url(), database.user(), null);
    }

    static void execute(PostgresServer database, String sql) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
