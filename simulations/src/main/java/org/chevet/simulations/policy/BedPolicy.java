package org.chevet.simulations.policy;

import java.time.Instant;
import org.chevet.hospital.BedId;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.HospitalView;
import org.chevet.placement.Proposals;

/** A way of choosing beds. */
interface BedPolicy {
    /** @param request that it answers */
    record Choice(StayId stay, BedId bed, RequestId request) {}

    String name();

    /** What a policy may look at and do. */
    interface Desk {
        HospitalView view();

        Instant now();

        /** On the view as it is now. */
        Proposals proposals();

        /** @return whether it was done; the view shows it then */
        boolean give(Choice choice);
    }

    /** Goes once through those who wait. */
    void choose(Desk desk);
}
