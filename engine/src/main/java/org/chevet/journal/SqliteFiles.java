package org.chevet.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An embedded journal as the files it is made of. */
public final class SqliteFiles {
    /** The journal's own name in any data directory. */
    public static final String FILE = SqliteDialect.FILE;

    /** SQLite's own, beside the file while somebody has it open or after a crash; each is part of the journal. */
    private static final List<String> SIDE_FILES = List.of("-wal", "-shm");

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private SqliteFiles() {}

    /** One file that holds the journal as it is at this moment, durable on return. A process that is writing goes on. */
    public static void copy(Path dataDirectory, Path target) {
        try (SqliteDialect dialect = SqliteDialect.beside(dataDirectory);
                Connection connection = dialect.dataSource().getConnection();
                PreparedStatement copy = connection.prepareStatement("VACUUM INTO ?")) {
            try {
                copy.setString(1, target.toString());
                copy.executeUpdate();
            } catch (SQLException e) {
                throw new JournalException(
                        "cannot copy journal " + dialect + " to " + target + " (" + dialect.detail(e) + ")",
                        dialect.advice(e),
                        e);
            }
        } catch (SQLException e) {
            throw new JournalException("cannot open the journal in " + dataDirectory, "Maybe it is damaged.", e);
        }
        sync(target);
    }

    /**
     * Makes a journal's file the one of a data directory that nobody else has.
     *
     * @param aside whether a journal that is there is to make room
     * @return where the former journal is now, null without one
     * @throws JournalException also when there is one and it is not to make room
     */
    public static @Nullable Path install(Path file, Path dataDirectory, boolean aside, Instant now) {
        try (DataDirectory claimed = DataDirectory.claim(dataDirectory)) {
            Path place = dataDirectory.resolve(FILE);
            Path former = null;
            if (Files.exists(place)) {
                if (!aside) {
                    throw new JournalException(
                            "there is a journal in " + dataDirectory + " already",
                            "Name an empty directory, or give --force to move that one aside.",
                            null);
                }
                former = Files.createDirectory(dataDirectory.resolve("replaced-" + STAMP.format(now)));
                for (String side : SIDE_FILES) {
                    Path sideFile = dataDirectory.resolve(FILE + side);
                    if (Files.exists(sideFile)) {
                        Files.move(sideFile, former.resolve(FILE + side));
                    }
                }
                Files.move(place, former.resolve(FILE));
            }
            Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
            sync(dataDirectory);
            return former;
        } catch (IOException e) {
            throw new JournalException(
                    "the journal in " + dataDirectory + " cannot be put in place (" + e + ")",
                    "Look at the rights and the space of that directory.",
                    e);
        }
    }

    /** Of a directory: that its names are durable. */
    public static void sync(Path path) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            throw new JournalException(
                    path + " cannot be made durable (" + e + ")", "Look at the disk and at the system's log.", e);
        }
    }
}
