package org.chevet.placement;

import java.util.List;
import org.chevet.hospital.RequestId;
import org.chevet.placement.queue.AssignmentPlan;

/**
 * Who of all those who wait for a bed gets which one: the most urgent first, then at the least cost in all.
 *
 * @param placed the most urgent first
 * @param unplaced the most urgent first
 * @param total what the plan leaves without a bed, and costs
 * @param bound what no plan can be better than; equal to the total when the plan is proven best
 */
public record QueuePlan(
        List<Placed> placed, List<Unplaced> unplaced, AssignmentPlan.Value total, AssignmentPlan.Value bound) {
    public QueuePlan {
        placed = List.copyOf(placed);
        unplaced = List.copyOf(unplaced);
    }

    public record Placed(RequestId request, Proposal proposal) {}

    /**
     * @param ranking the beds that would fit if nobody else waited, or the nearest to that
     * @param insteadOf those who get these beds, the most urgent first; none where the rooms or the staff left do not suffice
     */
    public record Unplaced(RequestId request, Reason reason, Ranking ranking, List<RequestId> insteadOf) {
        public Unplaced {
            insteadOf = List.copyOf(insteadOf);
        }
    }

    /** Why somebody gets no bed. */
    public enum Reason {
        /** None fits, whoever else waits. */
        NO_BED,
        /** Those that fit are better given to others. */
        GIVEN_TO_OTHERS,
        /** More wait than are planned at once, all of them no less urgent. */
        TOO_MANY_WAIT
    }
}
