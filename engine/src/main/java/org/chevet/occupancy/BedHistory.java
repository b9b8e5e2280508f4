package org.chevet.occupancy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;

/**
 * Who lay in each bed of a layout, as far as stays not yet archived tell: some tens of stays a bed at most. When they did is read off
 * their timelines, so that an end, or a departure, changes nothing here.
 */
final class BedHistory {
    /** @param to null while it lasts */
    record Lying(StayId stay, Instant from, @Nullable Instant to) {}

    private final Layout layout;
    private final Stays stays;

    /** By bed, once for each movement after which the stay is there. */
    private final List<List<StayId>> lay;

    BedHistory(Layout layout, Stays stays) {
        this.layout = layout;
        this.stays = stays;
        lay = Stream.<List<StayId>>generate(() -> new ArrayList<>(0))
                .limit(layout.beds.size())
                .toList();
    }

    /** A stay's movements are others than they were; those that are the same, from the first, are left as they are. */
    void rewrite(StayId stay, Timeline before, Timeline after) {
        int same = before.sameMovements(after);
        for (int i = same; i < before.movements().size(); i++) {
            int bed = layout.bedAt(before.locationAfter(i));
            if (bed != Layout.NONE) {
                lay.get(bed).remove(stay);
            }
        }
        for (int i = same; i < after.movements().size(); i++) {
            int bed = layout.bedAt(after.locationAfter(i));
            if (bed != Layout.NONE) {
                lay.get(bed).add(stay);
            }
        }
    }

    /**
     * The stretches in this bed that share time with [from, to).
     *
     * @param to null for no end
     */
    List<Lying> during(int bed, Instant from, @Nullable Instant to) {
        List<Lying> found = new ArrayList<>(2);
        for (StayId stay : new LinkedHashSet<>(lay.get(bed))) {
            for (Timeline.Stretch stretch : stays.known(stay).timeline().stretches()) {
                boolean begins = to == null || stretch.from().isBefore(to);
                boolean lasts = stretch.to() == null || stretch.to().isAfter(from);
                if (begins && lasts && layout.bedAt(stretch.location()) == bed) {
                    found.add(new Lying(stay, stretch.from(), stretch.to()));
                }
            }
        }
        return found;
    }
}
