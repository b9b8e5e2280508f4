package org.chevet.runtime;

import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.Journal;
import org.chevet.journal.JournalException;
import org.jspecify.annotations.Nullable;

/** The hospitals of one process, over one journal, which stays its opener's to close. Thread-safe. */
public final class Engine implements AutoCloseable {
    private final Journal journal;
    private final Limits limits;
    private final JournalThread journalThread;
    private final Snapshots snapshots;
    private final ConcurrentSkipListMap<HospitalId, HospitalWriter> writers = new ConcurrentSkipListMap<>();
    private boolean closed;

    public Engine(Journal journal) {
        this(journal, Limits.DEFAULT);
    }

    public Engine(Journal journal, Limits limits) {
        this.journal = journal;
        this.limits = limits;
        journalThread = new JournalThread(journal);
        snapshots = new Snapshots(journal);
    }

    /**
     * Brings a hospital's state back from the journal, gives it its file as it is now and starts its writer. Blocks until
     * that is durable.
     *
     * @throws JournalException when the journal cannot be trusted or written
     */
    public synchronized HospitalWriter open(Hospital hospital, HospitalClock clock) {
        HospitalId id = hospital.id();
        if (closed || writers.containsKey(id)) {
            throw new IllegalStateException("hospital " + id + " cannot be opened: "
                    + (closed ? "the engine is closed" : "it is open already"));
        }
        HospitalWriter writer = new HospitalWriter(id, clock, journal, journalThread, snapshots, limits);
        switch (writer.start(hospital).join()) {
            case Answer.Done done -> writers.put(id, writer);
            case Answer.Unavailable unavailable -> {
                stop(writer);
                throw new JournalException(unavailable.detail(), unavailable.advice(), null);
            }
            case Answer.Refused refused -> {
                stop(writer);
                throw new IllegalStateException("hospital " + id + " cannot be opened: "
                        + refused.refusal().detail());
            }
        }
        return writer;
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
        journalThread.measureWith(measurements);
        snapshots.measureWith(measurements);
    }

    public JournalFigures journalFigures() {
        return journalThread.figures();
    }

    /** Does what was taken, keeps a snapshot of each hospital, and stops. */
    @Override
    public synchronized void close() {
        closed = true;
        writers.values().forEach(HospitalWriter::close);
        writers.values().forEach(HospitalWriter::awaitEnd);
        journalThread.close();
        snapshots.close();
    }

    private static void stop(HospitalWriter writer) {
        writer.close();
        writer.awaitEnd();
    }
}
