package org.chevet.simulations.drill;

import java.time.Instant;
import org.chevet.hospital.BedId;
import org.chevet.hospital.ServiceId;
import org.jspecify.annotations.Nullable;

/**
 * A casualty who has come, and what became of them.
 *
 * @param asked when a bed was first asked for, null while none was
 * @param held when a bed was first held, null while none was
 * @param placed since when they lie in a bed, null while they never did
 * @param left when they left the hospital, null while they are here
 * @param died whether they left it so
 * @param service where they are, null for nowhere known and for one who left
 * @param bed likewise
 * @param outlier whether the service does not accept their specialty
 */
public record Victim(
        Casualty casualty,
        @Nullable Instant asked,
        @Nullable Instant held,
        @Nullable Instant placed,
        @Nullable Instant left,
        boolean died,
        @Nullable ServiceId service,
        @Nullable BedId bed,
        boolean outlier) {
    boolean needsBed() {
        return casualty.needs() != null;
    }

    /** Until when they waited for a bed, as far as it is known at a time. */
    Instant waitedUntil(Instant now) {
        return placed != null ? placed : left != null ? left : now;
    }
}
