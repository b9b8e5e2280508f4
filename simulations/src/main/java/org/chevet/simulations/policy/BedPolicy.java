package org.chevet.simulations.policy;

import java.time.Instant;
import org.chevet.hospital.BedId;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.HospitalView;
import org.jspecify.annotations.Nullable;

/** A way of choosing beds. */
interface BedPolicy {
    /** @param request that it answers, null for a move that makes room */
    record Choice(StayId stay, BedId bed, @Nullable RequestId request) {}

    String name();

    /** What a policy may look at and do. */
    interface Desk {
        HospitalView view();

        Instant now();

        /** @return whether it was done; the view shows it then */
        boolean give(Choice choice);
    }

    /** Goes once through those who wait. */
    void choose(Desk desk);
}
