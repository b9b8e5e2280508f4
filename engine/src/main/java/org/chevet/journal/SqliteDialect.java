package org.chevet.journal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;
import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** One file in a data directory, which one process writes. */
final class SqliteDialect implements Dialect {
    static final String FILE = "chevet.db";

    private static final int BUSY_TIMEOUT_MILLIS = 10_000;

    /** Null where the file is looked at without being claimed. */
    private final @Nullable DataDirectory directory;

    private final Path file;
    private final DataSource dataSource;

    private SqliteDialect(@Nullable DataDirectory directory, Path file) {
        this.directory = directory;
        this.file = file;
        dataSource = dataSource(file);
    }

    /** @throws JournalException when the directory cannot be used or another process has it */
    static SqliteDialect claiming(Path directory) {
        return new SqliteDialect(DataDirectory.claim(directory), directory.resolve(FILE));
    }

    /**
     * Beside the process that has the directory, which goes on.
     *
     * @throws JournalException when there is no journal
     */
    static SqliteDialect beside(Path directory) {
        Path file = directory.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new JournalException(
                    "there is no journal in " + directory, "Name the directory that has " + FILE + " in it.", null);
        }
        return new SqliteDialect(null, file);
    }

    private static DataSource dataSource(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        // In WAL mode only FULL syncs at each commit; NORMAL may lose the last ones when the power fails.
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        return source;
    }

    @Override
    public DataSource dataSource() {
        return dataSource;
    }

    /** The file belongs to this process and a closed connection has nothing under way. */
    @Override
    public Connection openWriter() throws SQLException {
        return dataSource.getConnection();
    }

    @Override
    public Connection openReader() throws SQLException {
        return dataSource.getConnection();
    }

    /** SQLite lets a transaction take its time. */
    @Override
    public void beginLoading(Connection writer) {}

    @Override
    public Insertion insertion(Connection writer) throws SQLException {
        return new SqliteInsertion(writer);
    }

    @Override
    public boolean isConflict(SQLException failure) {
        SQLiteErrorCode code = code(failure);
        return code == SQLiteErrorCode.SQLITE_CONSTRAINT_PRIMARYKEY || code == SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE;
    }

    @Override
    public String migrations() {
        return "classpath:org/chevet/journal/sqlite";
    }

    @Override
    public List<? extends JavaMigration> javaMigrations() {
        return V2__Checksums.MIGRATIONS;
    }

    private static SQLiteErrorCode code(SQLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLiteException sqlite) {
                return sqlite.getResultCode();
            }
        }
        return SQLiteErrorCode.UNKNOWN_ERROR;
    }

    @Override
    public String detail(SQLException failure) {
        SQLiteErrorCode code = code(failure);
        return code == SQLiteErrorCode.UNKNOWN_ERROR
                ? failure.getClass().getSimpleName()
                : code.name() + ": " + code.message;
    }

    @Override
    public String advice(SQLException failure) {
        if (failure.getCause() instanceof NativeLibraryNotFoundException) {
            return "SQLite's library cannot be loaded from where it is unpacked, "
                    + System.getProperty("java.io.tmpdir")
                    + ". Maybe no program may be run from there (noexec): name another folder, java -Dorg.sqlite.tmpdir=FOLDER -jar ….";
        }
        SQLiteErrorCode code = code(failure);
        String name = code.name();
        if (code == SQLiteErrorCode.SQLITE_FULL) {
            return "The disk is full: free some space on it.";
        }
        if (name.startsWith("SQLITE_IOERR")) {
            return "The disk failed (" + name + "): look at the system's log, and for space on the disk.";
        }
        if (name.startsWith("SQLITE_CORRUPT") || code == SQLiteErrorCode.SQLITE_NOTADB) {
            return "The file is damaged: restore it from a backup.";
        }
        if (name.startsWith("SQLITE_BUSY") || name.startsWith("SQLITE_LOCKED")) {
            return "Another program holds the file: close it.";
        }
        if (name.startsWith("SQLITE_READONLY")
                || name.startsWith("SQLITE_CANTOPEN")
                || code == SQLiteErrorCode.SQLITE_PERM) {
            return "Maybe the file or its directory is not writable for this user.";
        }
        return "SQLite says " + name + ".";
    }

    @Override
    public String toString() {
        return file.toString();
    }

    @Override
    public void close() {
        if (directory != null) {
            directory.close();
        }
    }
}
