package org.chevet.archive;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.chevet.event.BedEvent;
import org.chevet.event.Drill;
import org.chevet.event.Recorded;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.Journal;
import org.chevet.journal.JournalConflictException;

/**
 * Copies the past of a hospital into the stream of a drill, event for event under the same sequences. Hospitals that are named there as
 * the other one of a transfer stay named; the hospital itself has the drill's id and a name that says what it is. The numbers of acts
 * that came with keys are not copied: nobody sends those again to a drill.
 *
 * <p>Everything blocks, on the disk and on whoever else appends. Each batch is a transaction of its own, small enough for a real hospital's
 * acts to go in between.
 */
public final class JournalFork {
    /** Appending so many holds up another hospital for some milliseconds. */
    static final int BATCH_EVENTS = 500;

    /** Read in one query, so that nothing long holds the database's own housekeeping up. */
    private static final int READ_EVENTS = 10_000;

    private JournalFork() {}

    /**
     * The last event that a hospital's journal had at a time.
     *
     * @return 0 when it had none
     */
    public static long lastSequenceAt(Journal journal, HospitalId hospital, Instant at) {
        long before = 0;
        long after = journal.lastSequence(hospital) + 1;
        while (after - before > 1) {
            long middle = (before + after) >>> 1;
            Recorded recorded = journal.find(hospital, middle);
            if (recorded == null || recorded.recordedAt().isAfter(at)) {
                after = middle;
            } else {
                before = middle;
            }
        }
        return before;
    }

    /**
     * Begins the stream of a drill. Whoever has begun it may go on with it, and forget it.
     *
     * @param first the hospital's definition, the first event of any stream
     * @return false when the journal has something under that id, be it another process' from the same moment
     * @throws IllegalArgumentException when the id is not a drill's
     */
    public static boolean begin(Journal journal, Recorded first, HospitalId drill) {
        if (!drill.isDrill()) {
            throw new IllegalArgumentException("hospital " + drill + " is no drill: its journal is not begun");
        }
        if (journal.lastSequence(drill) > 0 || !journal.snapshots(drill).isEmpty()) {
            return false;
        }
        try {
            append(journal, drill, new ArrayList<>(List.of(new Journal.Entry(of(first, drill), null))));
            return true;
        } catch (JournalConflictException taken) {
            return false;
        }
    }

    /**
     * Copies what follows the first event, up to a sequence.
     *
     * @param drill whose stream has been {@linkplain #begin begun} with the source's first event
     * @param progress is told how many events are copied, after each batch
     * @throws IllegalArgumentException when the stream is not such a one
     */
    public static void copy(
            Journal journal, HospitalId source, long upToSequence, HospitalId drill, LongConsumer progress) {
        if (!journal.isDrill(drill) || journal.lastSequence(drill) != 1) {
            throw new IllegalArgumentException(
                    "hospital " + drill + " is no drill that has just begun: nothing is copied into its journal");
        }
        List<Journal.Entry> batch = new ArrayList<>(BATCH_EVENTS);
        for (long after = 1; after < upToSequence; after += READ_EVENTS) {
            journal.read(source, after, Math.min(upToSequence, after + READ_EVENTS), recorded -> {
                batch.add(new Journal.Entry(of(recorded, drill), null));
                if (batch.size() == BATCH_EVENTS) {
                    append(journal, drill, batch);
                    progress.accept(recorded.sequence());
                }
            });
        }
        append(journal, drill, batch);
        progress.accept(upToSequence);
    }

    /** Whether a drill has begun: otherwise it is the rest of a copy that was cut off, or of a drill that was being forgotten. */
    public static boolean isWhole(Journal journal, HospitalId drill) {
        return !journal.recentKeyedActs(drill, 1).isEmpty();
    }

    private static void append(Journal journal, HospitalId drill, List<Journal.Entry> batch) {
        if (!batch.isEmpty()) {
            journal.append(List.of(new Journal.Batch(drill, batch)));
            batch.clear();
        }
    }

    private static Recorded of(Recorded recorded, HospitalId drill) {
        return recorded.event() instanceof BedEvent.HospitalDefined defined
                ? new Recorded(
                        recorded.sequence(),
                        recorded.act(),
                        recorded.recordedAt(),
                        recorded.origin(),
                        new BedEvent.HospitalDefined(defined.at(), of(defined.hospital(), drill)))
                : recorded;
    }

    /** The same hospital as a drill has it. */
    public static Hospital of(Hospital hospital, HospitalId drill) {
        return new Hospital(
                drill,
                Drill.MARK + " · " + hospital.name(),
                hospital.zone(),
                hospital.specialties(),
                hospital.equipment(),
                hospital.services(),
                hospital.placement(),
                hospital.tension());
    }
}
