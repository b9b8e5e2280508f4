package org.chevet.placement.stay;

/** Which room and bed each stay of a {@link StayPlanProblem} lies in on each of its nights. */
public final class StayPlan {
    private final StayPlanProblem problem;
    private final int[] roomOf;
    private final int[] bedOf;
    private final long cost;

    StayPlan(StayPlanProblem problem, int[] roomOf) {
        this.problem = problem;
        this.roomOf = roomOf.clone();
        bedOf = BedDeal.deal(problem, roomOf);
        cost = problem.cost(roomOf);
    }

    /** In the problem's unit. */
    public long cost() {
        return cost;
    }

    /** The room of that night, or {@link StayPlanProblem#NOWHERE}. */
    public int room(int stay, int night) {
        int room = roomOf[problem.firstIndex[stay] + night - problem.from[stay]];
        return room == problem.rooms ? StayPlanProblem.NOWHERE : room;
    }

    /** The bed of that night, from 0 within its room; {@link StayPlanProblem#NOWHERE} without a room. */
    public int bed(int stay, int night) {
        return bedOf[problem.firstIndex[stay] + night - problem.from[stay]];
    }

    /** How many stay-nights are without a room. */
    public int nightsNowhere() {
        int count = 0;
        for (int room : roomOf) {
            count += room == problem.rooms ? 1 : 0;
        }
        return count;
    }

    int[] roomOf() {
        return roomOf;
    }
}
