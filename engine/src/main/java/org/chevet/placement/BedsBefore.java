package org.chevet.placement;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chevet.hospital.BedId;
import org.chevet.occupancy.Layout;
import org.chevet.placement.BedPlan.Lying;
import org.jspecify.annotations.Nullable;

/** The beds that a plan before has for the stays of the next one; without it, those that they lie in or that are reserved for them. */
final class BedsBefore {
    private final PlacementWorld vacant;
    private final NightCalendar calendar;

    /** By the stay's or the request's id. */
    private final Map<Object, List<Lying>> lying = new HashMap<>();

    private final int daysSince;

    BedsBefore(PlacementWorld vacant, NightCalendar calendar, @Nullable BedPlan before) {
        this.vacant = vacant;
        this.calendar = calendar;
        daysSince = before == null
                ? 0
                : (int) Math.clamp(
                        ChronoUnit.DAYS.between(before.firstNight(), calendar.first()), 0, calendar.nights());
        if (before != null) {
            before.lying().forEach(each -> {
                lying.computeIfAbsent(key(each.who()), none -> new ArrayList<>())
                        .add(each);
            });
        }
    }

    private static Object key(BedPlan.Who who) {
        if (who.stay() != null) {
            return who.stay();
        }
        if (who.request() == null) {
            throw new IllegalArgumentException("somebody without a stay has no request: " + who);
        }
        return who.request();
    }

    /** By stay and night of the plan; NONE where nothing is known. */
    int[][] of(List<PlannedStay> stays) {
        return stays.stream().map(this::of).toArray(int[][]::new);
    }

    private int[] of(PlannedStay stay) {
        int[] beds = new int[calendar.nights()];
        Arrays.fill(beds, stay.isPresent() ? stay.ownBed : stay.promisedBed);
        List<Lying> known = lying.getOrDefault(key(stay.who), List.of());
        if (known.isEmpty() || stay.isPresent() && !isWhereExpected(stay, known)) {
            return beds;
        }
        for (Lying each : known) {
            int bed = vacant.layout().bed(each.bed());
            int from = Math.max(0, each.fromNight() - daysSince);
            if (bed != Layout.NONE && from < beds.length) {
                // Until the next one begins, or longer than was expected.
                Arrays.fill(beds, each == known.getFirst() && !stay.isPresent() ? 0 : from, beds.length, bed);
            }
        }
        return beds;
    }

    /** Whoever was moved elsewhere than planned is not called back. */
    private boolean isWhereExpected(PlannedStay stay, List<Lying> known) {
        BedId own = vacant.bed(stay.ownBed).bed().id();
        return known.stream().anyMatch(each -> each.bed().equals(own));
    }
}
