package org.chevet.occupancy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;

/**
 * Who lay in one bed, when, as far as stays not yet archived tell: some tens of stretches at most, of which the last ones are
 * nearly always meant.
 */
final class BedHistory {
    /** @param to null while it lasts */
    record Lying(StayId stay, Instant from, @Nullable Instant to) {}

    private final List<Lying> stretches = new ArrayList<>(4);

    void add(StayId stay, Instant from, @Nullable Instant to) {
        stretches.add(new Lying(stay, from, to));
    }

    /** The last one ends or moves, the first ones are archived: the others are seldom looked at. */
    void remove(StayId stay, Instant from, @Nullable Instant to) {
        int last = stretches.size() - 1;
        if (last >= 0 && is(stretches.get(last), stay, from, to)) {
            stretches.remove(last);
            return;
        }
        for (int i = 0; i < last; i++) {
            if (is(stretches.get(i), stay, from, to)) {
                stretches.remove(i);
                return;
            }
        }
    }

    private static boolean is(Lying stretch, StayId stay, Instant from, @Nullable Instant to) {
        return stretch.stay().equals(stay) && stretch.from().equals(from) && Objects.equals(stretch.to(), to);
    }

    /**
     * The stretches that share time with [from, to).
     *
     * @param to null for no end
     */
    List<Lying> during(Instant from, @Nullable Instant to) {
        List<Lying> found = new ArrayList<>(2);
        for (Lying stretch : stretches) {
            boolean begins = to == null || stretch.from().isBefore(to);
            if (begins && (stretch.to() == null || stretch.to().isAfter(from))) {
                found.add(stretch);
            }
        }
        return found;
    }
}
