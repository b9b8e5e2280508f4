package org.chevet.placement.queue;

import java.util.Arrays;

/**
 * Who gets which bed.
 *
 * @param beds by request: the bed's index, or {@link #NONE}
 * @param value what the plan is worth
 * @param bound what no plan can be better than; equal to {@code value} when the plan is proven best
 * @param branches how many cases of the rooms' companies were looked at
 */
public record AssignmentPlan(int[] beds, Value value, Value bound, int branches) {
    public static final int NONE = -1;

    public boolean isOptimal() {
        return value.equals(bound);
    }

    /**
     * Compared place by place: the requests of the most urgent priority left without a bed, those of the next, …, and the cost.
     *
     * @param unplaced by priority, the most urgent first
     * @param cost of those placed, in points
     */
    public record Value(int[] unplaced, long cost) implements Comparable<Value> {
        @Override
        public int compareTo(Value other) {
            int urgent = Arrays.compare(unplaced, other.unplaced);
            return urgent != 0 ? urgent : Long.compare(cost, other.cost);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Value value && compareTo(value) == 0;
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(unplaced) + Long.hashCode(cost);
        }

        @Override
        public String toString() {
            return Arrays.toString(unplaced) + " + " + cost;
        }
    }
}
