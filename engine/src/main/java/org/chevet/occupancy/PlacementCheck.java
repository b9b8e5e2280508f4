package org.chevet.occupancy;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.chevet.hospital.BedId;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;

/**
 * Who is asked which rules a person breaks by putting somebody in a bed as things stand, beyond those that the live state judges by itself.
 * The state of that instant is the occupancy's own view.
 */
@FunctionalInterface
public interface PlacementCheck {
    /** Nothing more than what the live state judges. */
    PlacementCheck NONE = placing -> List.of();

    /**
     * Somebody, and the bed that they are to be put in, or that is to be held for them.
     *
     * @param needs with the patient's sex and age as far as they are known
     * @param stay null when the patient is not registered here yet
     * @param requests the patient's own: what is reserved for these is theirs
     * @param bed which may have somebody in it who leaves it in the same act
     */
    record Placing(CareNeeds needs, @Nullable StayId stay, Set<RequestId> requests, BedId bed) {}

    /** Codes of the rules that are broken and that a person may override. */
    Collection<String> broken(Placing placing);
}
