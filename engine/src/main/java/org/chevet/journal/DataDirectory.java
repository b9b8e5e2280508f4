package org.chevet.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A directory held by one process at a time. The system frees it when the process dies, however it dies. */
final class DataDirectory implements AutoCloseable {
    private static final String LOCK_FILE = "chevet.lock";
    private static final int HOLDER_BYTES_MAX = 64;

    private final FileChannel lockFile;

    private DataDirectory(FileChannel lockFile) {
        this.lockFile = lockFile;
    }

    /** Creates it if need be, and claims it. */
    static DataDirectory claim(Path path) {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new JournalException(
                    "data directory " + path + " is not a directory",
                    "Name a directory, or a path that is free.",
                    null);
        }
        FileChannel channel = null;
        try {
            Files.createDirectories(path);
            channel = FileChannel.open(
                    path.resolve(LOCK_FILE),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            if (!lock(channel)) {
                String holder = read(channel);
                channel.close();
                throw new JournalException(
                        "data directory " + path + " is in use by another Chevet"
                                + (holder.isEmpty() ? "" : " (process " + holder + ")"),
                        "Stop that one first, or name another directory.",
                        null);
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new DataDirectory(channel);
        } catch (IOException e) {
            closeQuietly(channel);
            throw new JournalException(
                    "data directory " + path + " cannot be used (" + e + ")",
                    "Maybe it is not writable for this user, or the disk is full.",
                    e);
        }
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // this very process has it
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(HOLDER_BYTES_MAX);
        channel.read(bytes, 0);
        return StandardCharsets.US_ASCII.decode(bytes.flip()).toString().strip();
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException ignored) {
            // Nothing was written that matters.
        }
    }

    /** The lock file stays: removing it would let two processes lock two files of one name. */
    @Override
    public void close() {
        closeQuietly(lockFile);
    }
}
