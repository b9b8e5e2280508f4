package org.chevet.runtime;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import org.chevet.event.Command;
import org.chevet.event.Drill;
import org.chevet.event.Origin;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.Journal;
import org.chevet.journal.JournalException;
import org.jspecify.annotations.Nullable;

/** The hospitals of one process, over one journal, which stays its opener's to close. Thread-safe. */
public final class Engine implements AutoCloseable {
    private static final Duration VERIFY_AGAIN_AFTER = Duration.ofSeconds(30);

    /** A past is copied without keys: a drill's stream that has one is whole. */
    private static final String DRILL_KEY = "drill";

    private final WriterParts parts;
    private final ConcurrentSkipListMap<HospitalId, HospitalWriter> writers = new ConcurrentSkipListMap<>();
    private final TransferCourier courier;
    private boolean closed;

    /** Of a breach of the live state's invariants, this one keeps nothing to reproduce it by. */
    public Engine(Journal journal) {
        this(journal, Limits.DEFAULT, Soundness.OWN, null);
    }

    /** @param breachDirectory where what is needed to reproduce a breach is kept; created when there is something */
    public Engine(Journal journal, Limits limits, @Nullable Path breachDirectory) {
        this(journal, limits, Soundness.OWN, breachDirectory);
    }

    Engine(Journal journal, Limits limits) {
        this(journal, limits, Soundness.OWN, null);
    }

    Engine(Journal journal, Limits limits, Soundness soundness, @Nullable Path breachDirectory) {
        parts = new WriterParts(
                journal,
                new JournalThread(journal),
                new Snapshots(journal),
                new Verification(journal, VERIFY_AGAIN_AFTER),
                soundness,
                new Breaches(breachDirectory),
                limits);
        courier = new TransferCourier(this::transferDoors, limits);
    }

    /**
     * Brings a hospital's state back from the journal, gives it its file as it is now and starts its writer. Blocks until
     * that is durable. A hospital whose journal folds to a state that contradicts itself is open to be read only.
     *
     * @throws JournalException when the journal cannot be trusted or written
     */
    public HospitalWriter open(Hospital hospital, HospitalClock clock) {
        return open(hospital.id(), clock, Submission.ofDefinition(hospital, hospital.id()));
    }

    /**
     * Likewise, of a drill whose past the journal has. It is as that past has it: no file describes it.
     *
     * @param begins null for one that has begun before
     * @throws JournalException as for {@link #open}
     */
    public HospitalWriter openDrill(HospitalId id, HospitalClock clock, @Nullable Drill begins) {
        Command.Upkeep first = begins == null ? new Command.PassTime() : new Command.BeginDrill(begins);
        return open(id, clock, new Submission(List.of(first), new Origin.Engine(), begins == null ? null : DRILL_KEY));
    }

    private HospitalWriter open(HospitalId id, HospitalClock clock, Submission first) {
        HospitalWriter writer = new HospitalWriter(id, clock, parts);
        register(writer);
        writer.start();
        switch (writer.take(first).join()) {
            case Answer.Done done -> opened(writer);
            case Answer.Unavailable unavailable
            when writer.status().condition() == WriterStatus.Condition.READ_ONLY -> opened(writer);
            case Answer.Unavailable unavailable -> {
                close(id);
                throw new JournalException(unavailable.detail(), unavailable.advice(), null);
            }
            case Answer.Refused refused -> {
                close(id);
                throw new IllegalStateException("hospital " + id + " cannot be opened: "
                        + refused.refusal().detail());
            }
        }
        return writer;
    }

    private synchronized void register(HospitalWriter writer) {
        HospitalId id = writer.id();
        if (closed || writers.putIfAbsent(id, writer) != null) {
            throw new IllegalStateException("hospital " + id + " cannot be opened: "
                    + (closed ? "the engine is closed" : "it is open already"));
        }
    }

    private void opened(HospitalWriter writer) {
        courier.hospitalOpened();
        // The old part of its journal is looked at while it is at work.
        parts.verification().begin(writer.id(), writer.status().sequence(), writer::damaged);
    }

    /** Does what was taken for one hospital, keeps a snapshot of it, and leaves it. What the journal has of it stays. */
    public void close(HospitalId id) {
        HospitalWriter writer = writers.get(id);
        if (writer != null) {
            parts.verification().end(id);
            writer.close();
            writer.awaitEnd();
            if (id.isDrill()) {
                // What is kept later than its stream is forgotten would be a snapshot of nothing.
                parts.snapshots().awaitKept();
            }
            writers.remove(id, writer);
        }
    }

    private Collection<TransferDoor> transferDoors() {
        return writers.values().stream()
                .filter(HospitalWriter::isShown)
                // A real hospital is told nothing of an exercise.
                .filter(writer -> !writer.id().isDrill())
                .map(writer -> new TransferDoor(writer, () -> true, writer::take))
                .toList();
    }

    public @Nullable HospitalWriter hospital(HospitalId id) {
        return writers.get(id);
    }

    /** In the order of their ids. */
    public List<HospitalWriter> hospitals() {
        return List.copyOf(writers.values());
    }

    /** Has the work measured from now on. */
    public void measureWith(Measurements measurements) {
        parts.journalThread().measureWith(measurements);
        parts.snapshots().measureWith(measurements);
    }

    public JournalFigures journalFigures() {
        return parts.journalThread().figures();
    }

    WriterParts parts() {
        return parts;
    }

    /** Does what was taken, keeps a snapshot of each hospital, and stops. */
    @Override
    public synchronized void close() {
        closed = true;
        courier.close();
        parts.verification().close();
        writers.values().forEach(HospitalWriter::close);
        writers.values().forEach(HospitalWriter::awaitEnd);
        parts.journalThread().close();
        parts.snapshots().close();
    }
}
