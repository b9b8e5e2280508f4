package org.chevet.journal;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.chevet.event.BedEvent;
import org.chevet.event.Drill;
import org.chevet.event.PastDay;
import org.chevet.event.PastStretch;
import org.chevet.event.Recorded;
import org.chevet.hospital.HospitalId;
import org.jspecify.annotations.Nullable;

/**
 * Every hospital's events, in sequence and durable. Thread-safe. Every method blocks and throws {@link JournalException}
 * when the disk or the database fails, or when what it holds cannot be trusted.
 */
public interface Journal extends AutoCloseable {
    /** @param idempotencyKey the sender's own number for the act that ends with this event, null on any other event */
    record Entry(Recorded recorded, @Nullable String idempotencyKey) {}

    /** Events of one hospital, in sequence. */
    record Batch(HospitalId hospital, List<Entry> entries) {
        public Batch {
            entries = List.copyOf(entries);
        }
    }

    /**
     * A hospital's whole state after an event, as bytes whose meaning is their writer's.
     *
     * @param digest the state's own, to be compared before the bytes are trusted
     */
    record Snapshot(HospitalId hospital, long sequence, long digest, byte[] state) {}

    /**
     * What became of a keyed act.
     *
     * @param act sequence of its first event
     * @param sequence of its last event
     */
    record KeyedAct(String idempotencyKey, long act, long sequence) {}

    /** What was imported of the time before a hospital's journal. */
    enum PastKind {
        /** Stretches of stays. */
        STAYS,
        /** How many beds were occupied each day. */
        CENSUS
    }

    /**
     * @param importedAt no two imports of a hospital have the same
     * @param from when the past begins to tell of everybody who came and left
     * @param until when it ends to
     */
    record Past(PastKind kind, Instant importedAt, long lines, Instant from, Instant until) {}

    /** How many snapshots of a hospital are kept: the last, and one to fall back on. */
    int SNAPSHOTS_KEPT = 2;

    /**
     * How many of each hospital's newest events are verified before a journal is opened: a tenth of a second, and more than
     * follow a snapshot. What is older is for {@link #verify}, once the doors are open.
     */
    int EVENTS_VERIFIED_AT_OPENING = 25_000;

    /** Does what can be done of an append beforehand, on whichever thread has the time for it. */
    EncodedBatch encode(Batch batch);

    /**
     * All batches in one transaction, durable on return. After an exception, whether they are is for a read to tell, once
     * {@link #probe} returns normally.
     *
     * @throws JournalConflictException when somebody else has appended one of these events; then none of them was
     */
    void appendEncoded(List<EncodedBatch> batches);

    /** Likewise, of batches that were not encoded before. */
    default void append(List<Batch> batches) {
        appendEncoded(batches.stream().map(this::encode).toList());
    }

    /** Sequence of the last event of each hospital that has any, in the order of their ids: one query, however many there are. */
    Map<HospitalId, Long> lastSequences();

    /** Those that have events, in the order of their ids. */
    default List<HospitalId> hospitals() {
        return List.copyOf(lastSequences().keySet());
    }

    /**
     * Holds the events after one sequence up to another against their checksums, and their types and versions against those
     * that are known.
     *
     * @throws JournalException naming the first that is missing, damaged or of another release
     */
    void verify(HospitalId hospital, long afterSequence, long upToSequence);

    /** Hands over the events after a sequence, in order, one at a time. */
    default void read(HospitalId hospital, long afterSequence, Consumer<Recorded> reader) {
        read(hospital, afterSequence, Long.MAX_VALUE, reader);
    }

    /** Likewise, up to another. */
    void read(HospitalId hospital, long afterSequence, long upToSequence, Consumer<Recorded> reader);

    /** Likewise, each with its key. */
    void readEntries(HospitalId hospital, long afterSequence, Consumer<Entry> reader);

    /** One event, null when the journal does not have it. */
    @Nullable
    Recorded find(HospitalId hospital, long sequence);

    /** Sequence of the hospital's last event, 0 when it has none. */
    long lastSequence(HospitalId hospital);

    /** The same for whoever appends: on the connection that writes, which waits for no reader. */
    default long lastSequenceBeforeAppending(HospitalId hospital) {
        return lastSequence(hospital);
    }

    /** The newest keyed acts, at most that many, the oldest first. */
    List<KeyedAct> recentKeyedActs(HospitalId hospital, int countMax);

    /**
     * Whether a stream is a drill's: its id says so, and so does the hospital that its first event defines. Of any other, nothing may be
     * removed.
     */
    default boolean isDrill(HospitalId id) {
        return id.isDrill()
                && find(id, 1) instanceof Recorded first
                && first.event() instanceof BedEvent.HospitalDefined defined
                && defined.hospital().id().equals(id)
                && defined.hospital().name().startsWith(Drill.MARK);
    }

    /**
     * Removes all that there is of a drill, the newest first and a part at a time, so that nobody who appends waits for long. Of one that
     * was cut off, the beginning is left.
     *
     * @throws IllegalArgumentException when it is no drill ({@link #isDrill}): what a real hospital's journal has stays
     */
    void forgetDrill(HospitalId drill);

    /** Keeps it, and forgets all but the last {@link #SNAPSHOTS_KEPT}. */
    void saveSnapshot(Snapshot snapshot);

    /** The newest first. */
    List<Snapshot> snapshots(HospitalId hospital);

    /** What was imported of the time before the hospital's journal, null when nothing was. */
    @Nullable
    Past past(HospitalId hospital);

    /**
     * Hands over the stretches of the stays that were imported, by the time at which each was first known of.
     *
     * @throws DamagedPastException when they are not as they were imported
     */
    void readPastStays(HospitalId hospital, Consumer<PastStretch> reader);

    /**
     * Hands over the census that was imported, day by day.
     *
     * @throws DamagedPastException when it is not as it was imported
     */
    void readPastCensus(HospitalId hospital, Consumer<PastDay> reader);

    /**
     * Writes something that is no event and makes it durable: returns normally when an append would, and when no earlier one
     * can become durable any more.
     */
    void probe();

    @Override
    void close();
}
