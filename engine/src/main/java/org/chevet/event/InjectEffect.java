package org.chevet.event;

import java.util.List;
import java.util.stream.Stream;
import org.chevet.hospital.BedId;
import org.jspecify.annotations.Nullable;

/**
 * What an inject of a drill did in its service, for its end to put back.
 *
 * @param closed beds
 * @param blocked beds
 * @param staffing null where it is none of staff
 */
public record InjectEffect(
        List<BedId> closed, List<BedId> blocked, @Nullable Staffing staffing) {
    /**
     * @param beds that the staff which is left looks after
     * @param before how many it was
     */
    public record Staffing(int beds, int before) {}

    public InjectEffect {
        closed = List.copyOf(closed);
        blocked = List.copyOf(blocked);
    }

    /** Without what was done to a bed; itself when nothing was. */
    public InjectEffect without(BedId bed) {
        return closed.contains(bed) || blocked.contains(bed)
                ? new InjectEffect(without(closed, bed), without(blocked, bed), staffing)
                : this;
    }

    private static List<BedId> without(List<BedId> beds, BedId bed) {
        return beds.stream().filter(other -> !other.equals(bed)).toList();
    }

    /** Of another inject of the same kind in the same service, whether what this one leaves behind is also its. */
    public boolean isTakenOverBy(@Nullable InjectEffect other) {
        return staffing == null || other != null && other.staffing != null && other.staffing.before == staffing.beds;
    }

    /** What the other one puts back, once this one is over. */
    public InjectEffect takenOverBy(@Nullable InjectEffect other) {
        return other == null
                ? this
                : new InjectEffect(
                        Stream.concat(closed.stream(), other.closed.stream()).toList(),
                        Stream.concat(blocked.stream(), other.blocked.stream()).toList(),
                        staffing == null || other.staffing == null
                                ? null
                                : new Staffing(other.staffing.beds, staffing.before));
    }
}
