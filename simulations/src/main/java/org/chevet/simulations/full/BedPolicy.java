package org.chevet.simulations.full;

import java.time.Instant;
import java.util.List;
import org.chevet.hospital.BedId;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.HospitalView;
import org.chevet.placement.Proposals;

/** A way of choosing beds. One for each run: it may keep what it knows. */
public interface BedPolicy {
    /** @param request that it answers */
    record Choice(StayId stay, BedId bed, RequestId request) {}

    /** What a policy may look at and do. */
    interface Desk {
        HospitalView view();

        Instant now();

        /** On the view as it is now. */
        Proposals proposals();

        /** Beds that became ready since the last round. */
        List<BedId> becameReady();

        /** Whether more changed than that: beds were opened, or staff came. */
        boolean isAllNew();

        /** @return whether it was done; the view shows it then */
        boolean give(Choice choice);
    }

    /** Goes once through those who wait. */
    void choose(Desk desk);
}
