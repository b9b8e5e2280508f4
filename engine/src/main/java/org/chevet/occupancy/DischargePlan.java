package org.chevet.occupancy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One statement of when a patient would leave.
 *
 * @param expected null when the plan was withdrawn
 */
public record DischargePlan(Instant statedAt, @Nullable Instant expected) {
    /** How many statements of one stay are kept: the first, and the latest ones. */
    public static final int PLANS_MAX = 50;

    /**
     * These statements and one more, by the time they were made. Of several in a row that say the same only the first and the
     * last are kept: between them nothing changed, and one that says otherwise may still come.
     */
    static List<DischargePlan> with(List<DischargePlan> plans, DischargePlan added) {
        if (plans.contains(added)) {
            return plans;
        }
        List<DischargePlan> all = new ArrayList<>(plans);
        int place = all.size();
        while (place > 0 && all.get(place - 1).statedAt().isAfter(added.statedAt())) {
            place--;
        }
        all.add(place, added);
        for (int i = all.size() - 2; i > 0; i--) {
            if (all.get(i).saysTheSame(all.get(i - 1)) && all.get(i).saysTheSame(all.get(i + 1))) {
                all.remove(i);
            }
        }
        if (all.size() > PLANS_MAX) {
            all.remove(1);
        }
        return List.copyOf(all);
    }

    static List<DischargePlan> joined(List<DischargePlan> some, List<DischargePlan> others) {
        List<DischargePlan> all = some;
        for (DischargePlan plan : others) {
            all = with(all, plan);
        }
        return all;
    }

    private boolean saysTheSame(DischargePlan other) {
        return Objects.equals(expected, other.expected);
    }
}
