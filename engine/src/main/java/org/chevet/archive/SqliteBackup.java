package org.chevet.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.chevet.journal.JdbcJournal;
import org.chevet.journal.JournalException;
import org.chevet.journal.SqliteFiles;
import org.jspecify.annotations.Nullable;

/** Copies of an embedded journal. None is given its name before every event in it was read back. */
public final class SqliteBackup {
    private SqliteBackup() {}

    /** @param former where the journal is now that was there before, null without one */
    public record Restored(
            List<HospitalRecord> records, @Nullable Path former) {}

    /**
     * A copy of the journal as it is now; a Chevet that runs on it goes on.
     *
     * @param file must not be there yet
     */
    public static List<HospitalRecord> backup(Path dataDirectory, Path file) {
        if (Files.exists(file)) {
            throw new JournalException(
                    file + " is there already", "Name another file: backups are not overwritten.", null);
        }
        Path folder = folder(file);
        return inside(folder, ".chevet-backup-", work -> {
            Path copy = work.resolve(SqliteFiles.FILE);
            SqliteFiles.copy(dataDirectory, copy);
            List<HospitalRecord> records;
            try (JdbcJournal journal = JdbcJournal.besideSqlite(work)) {
                records = sound(journal);
            }
            SqliteFiles.sync(copy);
            Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE);
            SqliteFiles.sync(folder);
            return records;
        });
    }

    /**
     * Makes a backup the journal of a data directory that no Chevet runs on, in the shape of this release.
     *
     * @param aside whether a journal that is there is moved aside; otherwise it is an obstacle
     */
    public static Restored restore(Path backup, Path dataDirectory, boolean aside, Instant now) {
        if (!Files.isRegularFile(backup)) {
            throw new JournalException("there is no file " + backup, "Name a file that a backup made.", null);
        }
        if (!aside && Files.exists(dataDirectory.resolve(SqliteFiles.FILE))) {
            throw new JournalException(
                    "there is a journal in " + dataDirectory + " already",
                    "Name an empty directory, or give --force to move that one aside.",
                    null);
        }
        return inside(dataDirectory, ".chevet-restore-", work -> {
            Path copy = work.resolve(SqliteFiles.FILE);
            Files.copy(backup, copy);
            List<HospitalRecord> records;
            try (JdbcJournal journal = JdbcJournal.sqlite(work)) {
                records = sound(journal);
            }
            SqliteFiles.sync(copy);
            return new Restored(records, SqliteFiles.install(copy, dataDirectory, aside, now));
        });
    }

    private static List<HospitalRecord> sound(JdbcJournal journal) {
        JournalVerification.Result result = JournalVerification.verify(journal);
        if (!result.problems().isEmpty()) {
            throw result.problems().getFirst();
        }
        return result.records();
    }

    private static Path folder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new JournalException(file + " is no file", "Name a file in a directory.", null);
        }
        return folder;
    }

    private interface Work<T> {
        T in(Path directory) throws IOException;
    }

    /** On the same disk as where the result goes, and gone afterwards whatever happens. */
    private static <T> T inside(Path folder, String prefix, Work<T> work) {
        try {
            Files.createDirectories(folder);
            Path directory = Files.createTempDirectory(folder, prefix);
            try {
                return work.in(directory);
            } finally {
                delete(directory);
            }
        } catch (IOException e) {
            throw new JournalException(
                    "cannot write into " + folder + " (" + e.getMessage() + ")",
                    "Maybe the disk is full or the directory not writable for this user.",
                    e);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
