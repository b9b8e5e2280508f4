package org.chevet.runtime;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.chevet.event.PastDay;
import org.chevet.event.PastStretch;
import org.chevet.event.Recorded;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.EncodedBatch;
import org.chevet.journal.Journal;
import org.chevet.journal.JournalException;
import org.jspecify.annotations.Nullable;

/** A real journal behind a disk that a test can make fail, or hold. */
final class FaultyJournal implements Journal {
    enum Fault {
        NONE,
        /** Nothing is written. */
        BEFORE_COMMIT,
        /** All is written, and the sync says it failed. */
        AFTER_COMMIT
    }

    private final Journal journal;
    private final Semaphore gate = new Semaphore(1);
    private final Semaphore snapshotGate = new Semaphore(1);

    /** How many snapshots were to be saved. */
    final AtomicInteger snapshotsAsked = new AtomicInteger();

    volatile Fault fault = Fault.NONE;

    /** Whether the whole database is away. */
    volatile boolean away;

    /** Asked at each append what is to go wrong with it. */
    volatile Supplier<Fault> faults = () -> fault;

    FaultyJournal(Journal journal) {
        this.journal = journal;
    }

    /** Appends wait until the returned is closed. */
    Subscription hold() {
        gate.acquireUninterruptibly();
        return gate::release;
    }

    @Override
    public EncodedBatch encode(Batch batch) {
        return journal.encode(batch);
    }

    @Override
    public void appendEncoded(List<EncodedBatch> batches) {
        gate.acquireUninterruptibly();
        try {
            Fault now = faults.get();
            if (now == Fault.BEFORE_COMMIT) {
                throw new JournalException("the test's disk fails", "Wait for the test.", null);
            }
            journal.appendEncoded(batches);
            if (now == Fault.AFTER_COMMIT) {
                throw new JournalException("the test's sync fails", "Wait for the test.", null);
            }
        } finally {
            gate.release();
        }
    }

    /** Snapshots wait until the returned is closed. */
    Subscription holdSnapshots() {
        snapshotGate.acquireUninterruptibly();
        return snapshotGate::release;
    }

    private void checkThere() {
        if (away) {
            throw new JournalException("the test's database is away", "Wait for the test.", new SQLException());
        }
    }

    @Override
    public void probe() {
        if (fault != Fault.NONE) {
            throw new JournalException("the test's disk still fails", "Wait for the test.", null);
        }
        journal.probe();
    }

    @Override
    public Map<HospitalId, Long> lastSequences() {
        return journal.lastSequences();
    }

    @Override
    public void verify(HospitalId hospital, long afterSequence, long upToSequence) {
        checkThere();
        journal.verify(hospital, afterSequence, upToSequence);
    }

    @Override
    public void read(HospitalId hospital, long afterSequence, long upToSequence, Consumer<Recorded> reader) {
        journal.read(hospital, afterSequence, upToSequence, reader);
    }

    @Override
    public void forgetDrill(HospitalId drill) {
        journal.forgetDrill(drill);
    }

    @Override
    public void readEntries(HospitalId hospital, long afterSequence, Consumer<Entry> reader) {
        checkThere();
        journal.readEntries(hospital, afterSequence, reader);
    }

    @Override
    public @Nullable Recorded find(HospitalId hospital, long sequence) {
        return journal.find(hospital, sequence);
    }

    @Override
    public long lastSequence(HospitalId hospital) {
        checkThere();
        return journal.lastSequence(hospital);
    }

    @Override
    public List<KeyedAct> recentKeyedActs(HospitalId hospital, int countMax) {
        return journal.recentKeyedActs(hospital, countMax);
    }

    @Override
    public void saveSnapshot(Snapshot snapshot) {
        snapshotsAsked.incrementAndGet();
        snapshotGate.acquireUninterruptibly();
        snapshotGate.release();
        journal.saveSnapshot(snapshot);
    }

    @Override
    public List<Snapshot> snapshots(HospitalId hospital) {
        return journal.snapshots(hospital);
    }

    @Override
    public @Nullable Past past(HospitalId hospital) {
        return journal.past(hospital);
    }

    @Override
    public void readPastStays(HospitalId hospital, Consumer<PastStretch> reader) {
        journal.readPastStays(hospital, reader);
    }

    @Override
    public void readPastCensus(HospitalId hospital, Consumer<PastDay> reader) {
        journal.readPastCensus(hospital, reader);
    }

    @Override
    public void close() {
        journal.close();
    }
}
