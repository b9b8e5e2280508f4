package org.chevet.journal;

import java.nio.file.Path;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** One file in a data directory that one process has for itself. */
final class SqliteDialect implements Dialect {
    static final String FILE = "chevet.db";

    private static final int BUSY_TIMEOUT_MILLIS = 10_000;

    private final DataDirectory directory;
    private final Path file;
    private final SQLiteDataSource dataSource;

    /** @throws JournalException when the directory cannot be used or another process has it */
    SqliteDialect(Path path) {
        directory = DataDirectory.claim(path);
        file = path.resolve(FILE);
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        // In WAL mode only FULL syncs at each commit; NORMAL may lose the last ones when the power fails.
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
        dataSource = new SQLiteDataSource(config);
        dataSource.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    }

    @Override
    public DataSource dataSource() {
        return dataSource;
    }

    @Override
    public String migrations() {
        return "classpath:org/chevet/journal/sqlite";
    }

    @Override
    public String advice(SQLException failure) {
        SQLiteErrorCode code =
                failure instanceof SQLiteException sqlite ? sqlite.getResultCode() : SQLiteErrorCode.UNKNOWN_ERROR;
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
        directory.close();
    }
}
