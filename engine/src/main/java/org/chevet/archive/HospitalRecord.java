package org.chevet.archive;

import java.time.Instant;
import org.chevet.hospital.HospitalId;
import org.jspecify.annotations.Nullable;

/**
 * What a journal has of a hospital.
 *
 * @param first when its first event was recorded, null without one
 * @param last when its last event was recorded
 * @param digest of the state its events fold to
 * @param snapshots how many of its snapshots agree with its events
 */
public record HospitalRecord(
        HospitalId hospital,
        long events,
        @Nullable Instant first,
        @Nullable Instant last,
        long digest,
        int snapshots) {
    /** As it is written everywhere. */
    public String digestText() {
        return Digests.text(digest);
    }
}
