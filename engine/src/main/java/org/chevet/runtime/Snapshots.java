package org.chevet.runtime;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.chevet.event.Recorded;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.Journal;
import org.chevet.journal.JournalException;
import org.chevet.occupancy.Occupancy;
import org.chevet.occupancy.OccupancyState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * States kept in the journal so that a restart is one of them and a short tail. A snapshot is only ever a shortcut: one that
 * cannot be read (damaged, or of a release with another shape of state) or whose digest differs is passed over, down to a
 * replay of everything. Thread-safe.
 */
final class Snapshots implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

    /** @param snapshot sequence of the snapshot it was rebuilt from, 0 without one */
    record Restored(Occupancy occupancy, long snapshot) {}

    private record Unsaved(OccupancyState state, long digest) {}

    private final Journal journal;

    private final ConcurrentHashMap<HospitalId, Unsaved> waiting = new ConcurrentHashMap<>();

    /** Serialising takes long enough to be nobody's business but this thread's. */
    private final ExecutorService saver = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("chevet-snapshots").daemon().factory());

    private volatile Measurements measurements = Measurements.NONE;

    Snapshots(Journal journal) {
        this.journal = journal;
    }

    void measureWith(Measurements told) {
        measurements = told;
    }

    /** The state as the journal has it now. */
    Restored restore(HospitalId hospital) {
        Restored start = newestSound(hospital);
        journal.read(hospital, start.snapshot(), recorded -> replay(start.occupancy(), hospital, recorded));
        return start;
    }

    /** The state as the journal has it now, by its events alone. */
    Restored replay(HospitalId hospital) {
        Restored start = new Restored(new Occupancy(), 0);
        journal.read(hospital, 0, recorded -> replay(start.occupancy(), hospital, recorded));
        return start;
    }

    private Restored newestSound(HospitalId hospital) {
        for (Journal.Snapshot snapshot : journal.snapshots(hospital)) {
            try {
                Occupancy occupancy = new Occupancy(SnapshotFormat.decode(snapshot.state()));
                if (occupancy.digest() == snapshot.digest() && occupancy.sequence() == snapshot.sequence()) {
                    return new Restored(occupancy, snapshot.sequence());
                }
                LOG.warn(
                        "hospital {}: snapshot at event {} has digest {} instead of {}, passed over",
                        hospital,
                        snapshot.sequence(),
                        occupancy.digest(),
                        snapshot.digest());
            } catch (IOException | RuntimeException e) {
                LOG.warn(
                        "hospital {}: snapshot at event {} cannot be read ({}), passed over",
                        hospital,
                        snapshot.sequence(),
                        e.getClass().getName());
            }
        }
        return new Restored(new Occupancy(), 0);
    }

    private static void replay(Occupancy occupancy, HospitalId hospital, Recorded recorded) {
        try {
            occupancy.apply(recorded);
        } catch (RuntimeException e) {
            throw JournalException.cannotBeReplayed(hospital, recorded, e);
        }
    }

    /**
     * Returns at once. Of the states of a hospital that wait to be kept, only the newest is. A snapshot that cannot be kept
     * costs a longer restart and nothing else.
     */
    void saveLater(HospitalId hospital, OccupancyState state, long digest) {
        if (waiting.put(hospital, new Unsaved(state, digest)) == null) {
            saver.execute(() -> save(hospital));
        }
    }

    private void save(HospitalId hospital) {
        Unsaved newest = Objects.requireNonNull(waiting.remove(hospital), "one save for each state that waits");
        OccupancyState state = newest.state();
        try {
            byte[] encoded = SnapshotFormat.encode(state);
            journal.saveSnapshot(new Journal.Snapshot(hospital, state.sequence(), newest.digest(), encoded));
            measurements.snapshotKept(hospital, state.sequence(), encoded.length);
        } catch (IOException | RuntimeException e) {
            LOG.warn("hospital {}: no snapshot at event {}", hospital, state.sequence(), WithoutMessage.of(e));
        }
    }

    /** Blocks until everything handed in before is kept. */
    void awaitKept() {
        CompletableFuture.runAsync(() -> {}, saver).join();
    }

    /** Once everything handed in is kept. */
    @Override
    public void close() {
        saver.close();
    }
}
