package org.chevet.simulations.drill;

import java.time.Instant;
import java.util.Objects;
import java.util.TreeMap;
import org.chevet.archive.JournalFork;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.Journal;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.Occupancy;
import org.chevet.occupancy.OccupancyState;

/**
 * A drill as it was at any of its minutes: the fold of its journal up to there. States at some places are kept, so that who drags through it does not
 * wait for all that was before. The journal is only read. Of one thread.
 */
public final class DrillReplay {
    /** States that are kept: each is as much as a snapshot. */
    static final int KEPT_MAX = 32;

    private static final int EVENTS_BETWEEN_FIRST = 100;

    private final Journal journal;
    private final HospitalId drill;
    private final long startSequence;

    /** By sequence; empty before the first look. */
    private final TreeMap<Long, OccupancyState> kept = new TreeMap<>();

    private int eventsBetween = EVENTS_BETWEEN_FIRST;

    /** @param startSequence of the last event of its past, which was copied */
    public DrillReplay(Journal journal, HospitalId drill, long startSequence) {
        this.journal = journal;
        this.drill = drill;
        this.startSequence = startSequence;
    }

    /** As it was then; as it began, for any time before. Blocks: the first time until the past of the drill is read. */
    public HospitalView at(Instant time) {
        if (kept.isEmpty()) {
            Occupancy past = new Occupancy();
            journal.read(drill, 0, startSequence, past::apply);
            kept.put(startSequence, past.state());
        }
        // What follows the past says that it is a drill.
        long last = Math.max(startSequence + 1, JournalFork.lastSequenceAt(journal, drill, time));
        Occupancy occupancy = new Occupancy(Objects.requireNonNull(kept.floorEntry(last), "its beginning is kept")
                .getValue());
        journal.read(drill, occupancy.sequence(), last, recorded -> {
            occupancy.apply(recorded);
            keep(occupancy);
        });
        return occupancy.view();
    }

    private void keep(Occupancy occupancy) {
        long played = occupancy.sequence() - startSequence;
        if (played % eventsBetween != 0) {
            return;
        }
        kept.put(occupancy.sequence(), occupancy.state());
        if (kept.size() > KEPT_MAX) {
            eventsBetween *= 2;
            kept.keySet().removeIf(sequence -> (sequence - startSequence) % eventsBetween != 0);
        }
    }
}
