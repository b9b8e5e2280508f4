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

    void remove(StayId stay, Instant from, @Nullable Instant to) {
        for (int i = stretches.size() - 1; i >= 0; i--) {
            Lying stretch = stretches.get(i);
            if (stretch.stay().equals(stay)
                    && stretch.from().equals(from)
                    && Objects.equals(stretch.to(), to)) {
                stretches.remove(i);
                return;
            }
        }
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
