package org.chevet.event;

import java.util.List;
import java.util.stream.Stream;
import org.chevet.hospital.BedId;
import org.jspecify.annotations.Nullable;

/**
 * What an inject of a drill did in its service, for its end to put back, and what it is still to do.
 *
 * @param beds that it closed, or blocked
 * @param awaited beds that were not free when it began: it closes, or blocks, each of them once it is
 * @param staffing null where it is none of staff
 */
public record InjectEffect(
        List<BedId> beds, List<BedId> awaited, @Nullable Staffing staffing) {
    /**
     * @param beds that the staff which is left looks after
     * @param before how many it was
     */
    public record Staffing(int beds, int before) {}

    public InjectEffect {
        beds = List.copyOf(beds);
        awaited = List.copyOf(awaited);
    }

    /** With a bed that was awaited, closed or blocked by now; itself when it was not awaited. */
    public InjectEffect with(BedId bed) {
        return awaited.contains(bed)
                ? new InjectEffect(joined(beds, List.of(bed)), without(awaited, bed), staffing)
                : this;
    }

    /** Without what was done, or is to be done, to a bed; itself when that is nothing. */
    public InjectEffect without(BedId bed) {
        return beds.contains(bed) || awaited.contains(bed)
                ? new InjectEffect(without(beds, bed), without(awaited, bed), staffing)
                : this;
    }

    private static List<BedId> without(List<BedId> beds, BedId bed) {
        return beds.stream().filter(other -> !other.equals(bed)).toList();
    }

    /** Two that do the same may both have awaited a bed. */
    private static List<BedId> joined(List<BedId> some, List<BedId> others) {
        return Stream.concat(some.stream(), others.stream()).distinct().toList();
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
                        joined(beds, other.beds),
                        joined(awaited, other.awaited),
                        staffing == null || other.staffing == null
                                ? null
                                : new Staffing(other.staffing.beds, staffing.before));
    }
}
