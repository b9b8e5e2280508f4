package org.chevet.simulations.policy;

import java.time.Instant;
import java.util.List;
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

    /** Who goes where now, in this order; asked again after something changed. */
    List<Choice> choose(HospitalView view, Instant now);
}
