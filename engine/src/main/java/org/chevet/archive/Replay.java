package org.chevet.archive;

import java.time.Instant;
import org.chevet.event.Recorded;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.JournalException;
import org.chevet.occupancy.Occupancy;
import org.jspecify.annotations.Nullable;

/** The fold of a hospital's events, from the first on. */
final class Replay {
    private final HospitalId hospital;
    private final Occupancy occupancy = new Occupancy();
    private @Nullable Instant first;
    private @Nullable Instant last;

    Replay(HospitalId hospital) {
        this.hospital = hospital;
    }

    /** @throws JournalException naming the event, when it cannot follow what was before it */
    void apply(Recorded recorded) {
        try {
            occupancy.apply(recorded);
        } catch (RuntimeException e) {
            throw JournalException.cannotBeReplayed(hospital, recorded, e);
        }
        if (first == null) {
            first = recorded.recordedAt();
        }
        last = recorded.recordedAt();
    }

    long sequence() {
        return occupancy.sequence();
    }

    long digest() {
        return occupancy.digest();
    }

    HospitalRecord record(int snapshots) {
        return new HospitalRecord(hospital, occupancy.sequence(), first, last, occupancy.digest(), snapshots);
    }
}
