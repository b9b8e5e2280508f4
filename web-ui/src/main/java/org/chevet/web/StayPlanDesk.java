package org.chevet.web;

import java.time.Duration;
import java.time.Instant;
import org.chevet.occupancy.HospitalView;
import org.chevet.placement.BedPlan;
import org.chevet.placement.BedPlanner;
import org.jspecify.annotations.Nullable;

/**
 * One hospital's plan of the coming nights. Worked on when somebody looks, and only then: made anew from the plan before when the hospital changed or
 * the plan is old, bettered a little by each look for a while, and left alone after that. A thread at a time: whoever holds its lock.
 */
final class StayPlanDesk {
    /** Of one look: some tenths of a second. */
    private static final long MOVES_PER_LOOK = 300_000;

    /** A plan that so many looks in a row could not better is left as it is. */
    private static final int VAIN_LOOKS_MAX = 3;

    /** Who is overdue, and which night is the next, changes without an event. */
    private static final Duration AGE_MAX = Duration.ofMinutes(5);

    /**
     * @param view what it was made on
     * @param age of what this member knew then; zero where it writes the hospital itself
     * @param settled whether another look would find the same, as long as nothing changes
     */
    record Planned(BedPlan plan, HospitalView view, Duration age, boolean settled) {}

    private final LiveHospital hospital;
    private @Nullable Planned last;

    /** Null when the last plan is not worked on any more. */
    private @Nullable BedPlanner planner;

    private int vainLooks;

    StayPlanDesk(LiveHospital hospital) {
        this.hospital = hospital;
    }

    LiveHospital hospital() {
        return hospital;
    }

    /** Takes some tenths of a second: not for an event loop. Null when the hospital is too large to be planned. */
    synchronized @Nullable Planned look() {
        HospitalView view = hospital.view();
        Instant now = hospital.writer().clock().now();
        if (BedPlanner.isTooLarge(view)) {
            return null;
        }
        Planned known = last;
        if (known == null || isOutdated(known, view, now)) {
            planner = new BedPlanner(view, now, known == null ? null : known.plan(), view.sequence());
            vainLooks = 0;
        }
        BedPlanner working = planner;
        if (working == null) {
            return known;
        }
        long before = working.plan().costPoints();
        working.search(MOVES_PER_LOOK);
        BedPlan plan = working.plan();
        vainLooks = plan.costPoints() < before ? 0 : vainLooks + 1;
        boolean settled = vainLooks >= VAIN_LOOKS_MAX || plan.costPoints() == plan.boundPoints();
        if (settled) {
            planner = null;
        }
        last = new Planned(plan, view, hospital.age(), settled);
        return last;
    }

    private static boolean isOutdated(Planned known, HospitalView view, Instant now) {
        return known.view().sequence() != view.sequence()
                || Duration.between(known.plan().at(), now).abs().compareTo(AGE_MAX) > 0;
    }
}
