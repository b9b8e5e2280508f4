package org.chevet.web;

import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.file.HospitalFile;
import org.chevet.hospital.file.Problem;
import org.chevet.occupancy.Layout;
import org.chevet.runtime.Answer;
import org.chevet.runtime.HospitalAccess;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A hospital's file while Chevet runs. It is looked at every {@link #CHECK_INTERVAL}, and read once it has been left
 * alone for as long. A file that takes no bed from under anybody is applied at once; one that does waits for a person to say
 * so, or for the beds to be empty; one with a mistake in it changes nothing. Where members of a cluster have files that differ,
 * each is applied once and the last one holds. Thread-safe.
 */
final class LayoutFile {
    /**
     * The file, read and judged.
     *
     * @param digest of its content: who applies it says which content they have seen
     * @param hospital null when it has mistakes
     */
    record Examined(String digest, @Nullable Hospital hospital, List<Problem> problems) {
        Examined {
            problems = List.copyOf(problems);
        }
    }

    /** What became of applying it. */
    sealed interface Outcome {
        record Answered(Answer answer, LayoutChange change) implements Outcome {}

        record Wrong(List<Problem> problems) implements Outcome {}

        /** It is another than the one that was looked at. */
        record Changed() implements Outcome {}
    }

    private static final Logger LOG = LoggerFactory.getLogger(LayoutFile.class);

    private volatile Path file;
    private final HospitalAccess writer;
    private final Duration checkInterval;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile LayoutStatus status = LayoutStatus.CURRENT;

    // Of whoever looks.
    private @Nullable FileSignature seen;
    private @Nullable FileSignature read;
    private @Nullable Examined examined;

    /** The content that was applied last. Whoever changed the hospital since knew better: it is not put back by itself. */
    private volatile String applied = "";

    /** @param checkInterval how often the file is looked at, and how long it must have been left alone to be read */
    LayoutFile(Path file, HospitalAccess writer, Duration checkInterval) {
        this.file = file;
        this.writer = writer;
        this.checkInterval = checkInterval;
    }

    String name() {
        return String.valueOf(file.getFileName());
    }

    LayoutStatus status() {
        return status;
    }

    /** It is elsewhere from now on. */
    void moved(Path elsewhere) {
        file = elsewhere;
    }

    /** Looks at the file from now on, until what is returned is closed. */
    AutoCloseable watch(Vertx vertx) {
        long timer = vertx.setPeriodic(
                checkInterval.toMillis(),
                tick -> vertx.executeBlocking(
                                () -> {
                                    look();
                                    return file;
                                },
                                false)
                        .onFailure(
                                failure -> LOG.error("hospital {}: its file was not looked at", writer.id(), failure)));
        return () -> vertx.cancelTimer(timer);
    }

    /** Blocks on the disk. */
    Examined examine() {
        byte[] bytes;
        try (InputStream content = Files.newInputStream(file)) {
            bytes = content.readNBytes(HospitalFile.HOSPITAL_FILE_BYTES_MAX + 1);
        } catch (IOException unreadable) {
            return wrong("", HospitalFile.read(file));
        }
        String digest = HexFormat.of().formatHex(Hashes.sha256(bytes));
        try {
            HospitalFile.Result result = HospitalFile.read(new ByteArrayInputStream(bytes));
            if (result instanceof HospitalFile.Loaded loaded) {
                // What is kept of a file that says nothing new is what is in use.
                Hospital hospital = Layout.of(loaded.hospital()).hospital();
                return hospital.id().equals(writer.id())
                        ? new Examined(digest, hospital, List.of())
                        : new Examined(digest, null, List.of(otherHospital(hospital)));
            }
            return wrong(digest, result);
        } catch (IOException impossible) {
            throw new IllegalStateException("bytes in memory cannot be read", impossible);
        }
    }

    LayoutChange changeTo(Hospital hospital) {
        return LayoutChange.between(writer.view(), hospital);
    }

    /**
     * Applies the file, whatever it takes away. Blocks on the disk.
     *
     * @param digest of the content that was looked at
     */
    CompletableFuture<Outcome> apply(String digest) {
        Examined now = examine();
        Hospital hospital = now.hospital();
        if (!now.digest().equals(digest)) {
            return CompletableFuture.completedFuture(new Outcome.Changed());
        }
        if (hospital == null) {
            return CompletableFuture.completedFuture(new Outcome.Wrong(now.problems()));
        }
        LayoutChange change = changeTo(hospital);
        return writer.redefine(hospital).thenApply(answer -> {
            if (answer instanceof Answer.Done) {
                status = LayoutStatus.CURRENT;
                applied = digest;
                LOG.info(
                        "hospital {}: its file is applied, {} beds added, {} removed, {} changed",
                        writer.id(),
                        change.beds().added().size(),
                        change.beds().removed().size(),
                        change.beds().changed().size());
            }
            return new Outcome.Answered(answer, change);
        });
    }

    /** One look. Blocks on the disk. */
    void look() {
        if (!looking.compareAndSet(false, true)) {
            return;
        }
        try {
            FileSignature now = FileSignature.of(file);
            boolean settled = now.equals(seen);
            seen = now;
            if (settled && !now.equals(read)) {
                read = now;
                examined = examine();
            }
            Examined known = examined;
            if (known != null) {
                judge(known);
            }
        } finally {
            looking.set(false);
        }
    }

    private void judge(Examined known) {
        Hospital hospital = known.hospital();
        if (hospital == null) {
            tell(new LayoutStatus(LayoutStatus.State.WRONG, known.problems().size(), 0));
            return;
        }
        LayoutChange change = changeTo(hospital);
        if (change.isEmpty()) {
            applied = known.digest();
            tell(LayoutStatus.CURRENT);
            return;
        }
        tell(new LayoutStatus(LayoutStatus.State.WAITING, 0, change.stranded().size()));
        if (change.stranded().isEmpty() && !applied.equals(known.digest())) {
            apply(known.digest()).join();
        }
    }

    private void tell(LayoutStatus now) {
        if (now.state() == LayoutStatus.State.WRONG && !now.equals(status)) {
            LOG.warn(
                    "hospital {}: its file has {} mistakes, nothing of it is used. Look at the board's page on it.",
                    writer.id(),
                    now.mistakes());
        }
        status = now;
    }

    private Problem otherHospital(Hospital hospital) {
        return new Problem(
                "id",
                0,
                0,
                "this is the file of hospital " + hospital.id() + ", and " + writer.id() + " is running",
                "Write " + writer.id() + ": a hospital keeps its id for ever.");
    }

    private static Examined wrong(String digest, HospitalFile.Result result) {
        List<Problem> problems = result instanceof HospitalFile.Invalid invalid
                ? invalid.problems()
                : List.of(new Problem("", 0, 0, "the file was written while it was read", "Look again."));
        return new Examined(digest, null, problems);
    }
}
