package org.chevet.placement;

import org.chevet.event.BedRequest;
import org.chevet.hospital.PlacementPolicy;
import org.chevet.hospital.PlacementRule;
import org.chevet.placement.stay.StayPlanProblem;

/**
 * What nights cost, in {@value #UNITS_PER_POINT}ths of a point.
 *
 * <p>A bed costs what its proposal would for a stay of usual length or longer, spread over its nights, and in proportion for a shorter one: a whole stay
 * never costs more than its proposal, and a last night in a poor bed is not worth a move. Who is here and may leave any day, as nobody said when,
 * counts as staying two nights. A night without a bed costs a day's wait, the more the more urgent the request.
 */
final class NightPrices {
    static final int UNITS_PER_POINT = 60;

    /**
     * Of somebody who lies in a bed that a rule excludes: each night where the patient's safety is at stake, else once for the stay, as somebody decided
     * so and it is no worse from day to day.
     */
    private static final int BREACH_POINTS = 100;

    private static final int UNSAFE = PlacementRule.SEX.bit()
            | PlacementRule.ISOLATION.bit()
            | PlacementRule.SINGLE_ROOM.bit()
            | PlacementRule.EQUIPMENT.bit()
            | PlacementRule.LEVEL_OF_CARE.bit();

    /**
     * What is gained by a move that nobody asked for is expected, and the move is certain: it has to pay so many times its price. By default that is what
     * eleven nights in the first fallback cost, as in the published instances; DECISIONS.md says what is known of it.
     */
    private static final int UNASKED_MOVE_TIMES = 3;

    /** Who may leave any day is sure to stay about this long. */
    private static final int SURE_NIGHTS = 2;

    private static final int HOURS_PER_DAY = 24;

    /** Of a move, for a patient who is not here yet and is promised another bed than in the plan before. */
    private static final double CHANGE_SHARE = 0.5;

    private final int pointsPerWaitingDay;

    private final int movePoints;

    NightPrices(PlacementPolicy policy) {
        pointsPerWaitingDay = HOURS_PER_DAY
                * Math.max(policy.points(PlacementRule.READY_SOONER), PlacementRule.READY_SOONER.defaultPoints());
        movePoints = policy.points(PlacementRule.MOVE);
    }

    /** Of a night in a bed that excludes nobody like this, or in their own. */
    int night(PlannedStay stay, int bed) {
        boolean unsafe = (stay.broken(bed) & UNSAFE) != 0 || bed == stay.ownBed && stay.isDisturbed;
        boolean breach = !unsafe && stay.broken(bed) != 0;
        int points = stay.points(bed) + (breach ? BREACH_POINTS : 0);
        int sure = stay.isPresent() && !stay.endKnown ? SURE_NIGHTS : stay.nights();
        int counted = Math.min(Math.min(sure, stay.nights()), Fit.USUAL_STAY_DAYS);
        int price = points * UNITS_PER_POINT * counted / (Fit.USUAL_STAY_DAYS * stay.nights());
        return Math.min(price + (unsafe ? BREACH_POINTS * UNITS_PER_POINT : 0), nowhere(stay) / 2);
    }

    /** Of a night that a man spends in a room of women, or a woman in one of men. */
    int mixed() {
        return BREACH_POINTS * UNITS_PER_POINT;
    }

    /** Of a night without the bed that is needed, in another or in none. */
    int nowhere(PlannedStay stay) {
        int urgency = 1 + BedRequest.PRIORITY_LEAST_URGENT - stay.priority;
        return Math.min(pointsPerWaitingDay * urgency * UNITS_PER_POINT, StayPlanProblem.HARD / 4);
    }

    /** Of a night in the own bed, for who waits for another: it is as if there were none. */
    int waiting(PlannedStay stay) {
        return nowhere(stay) - 1;
    }

    /** Of a night in the best bed that there is, whoever else wants it; not in the one in which they wait. */
    long least(PlannedStay stay) {
        long least = Integer.MAX_VALUE;
        for (int bed = 0; bed < stay.beds(); bed++) {
            boolean waits = stay.waitsInOwnBed() && bed == stay.ownBed;
            least = stay.broken(bed) == 0 && !waits ? Math.min(least, night(stay, bed)) : least;
        }
        return least;
    }

    int move() {
        return movePoints * UNASKED_MOVE_TIMES * UNITS_PER_POINT;
    }

    int changedPromise() {
        return (int) (movePoints * CHANGE_SHARE * UNITS_PER_POINT);
    }
}
