package org.chevet.runtime;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where {@link BreachFile}s are kept, readable by the owner only: they hold patients' data. The oldest make room. */
final class Breaches {
    static final int FILES_MAX = 20;

    private static final Logger LOG = LoggerFactory.getLogger(Breaches.class);
    private static final String ENDING = ".json.gz";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final @Nullable Path directory;

    /** @param directory created when there is something to keep; null keeps nothing */
    Breaches(@Nullable Path directory) {
        this.directory = directory;
    }

    /** @return where it is, null when it could not be kept or is not to be */
    synchronized @Nullable Path keep(BreachFile breach) {
        if (directory == null) {
            return null;
        }
        try {
            Files.createDirectories(directory, ownerOnly("rwx------"));
            Path kept = directory.resolve(TIME.format(breach.at()) + "-" + breach.hospital() + ENDING);
            Path unfinished = Files.createTempFile(directory, "breach", ".unfinished", ownerOnly("rw-------"));
            try (OutputStream out = Files.newOutputStream(unfinished)) {
                breach.write(out);
            }
            Files.move(unfinished, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            forgetTheOldest(directory);
            return kept;
        } catch (IOException | RuntimeException e) {
            LOG.error(
                    "hospital {}: what is needed to reproduce the breach cannot be kept in {}",
                    breach.hospital(),
                    directory,
                    WithoutMessage.of(e));
            return null;
        }
    }

    private static void forgetTheOldest(Path directory) throws IOException {
        List<Path> newestLast;
        try (Stream<Path> files = Files.list(directory)) {
            newestLast = files.sorted().toList();
        }
        for (Path old : newestLast.subList(0, Math.max(0, newestLast.size() - FILES_MAX))) {
            Files.delete(old);
        }
    }

    private static FileAttribute<?>[] ownerOnly(String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
