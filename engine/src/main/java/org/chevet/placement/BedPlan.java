package org.chevet.placement;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.chevet.hospital.BedId;
import org.chevet.hospital.PlacementRule;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;

/**
 * Who lies in which bed over the coming nights: those who are here, those who wait and those who are expected. A night is called by the day on
 * which it begins, and lasts until six in the morning. A proposal: nothing is reserved by it.
 *
 * @param sequence the last event it knows
 * @param at the time it was made for
 * @param firstNight the day on which its night 0 begins
 * @param nights how many it has
 * @param costPoints what it costs in all; 0 is perfect
 * @param boundPoints what no plan of the same can cost less than
 * @param lying by patient, each from night to night, nobody in two beds on one night
 * @param moves of who lies in a bed, and of who changes bed in the middle of a stay; the first night's first
 * @param unplaced for whom there is no bed within the rules on some nights
 */
public record BedPlan(
        long sequence,
        Instant at,
        LocalDate firstNight,
        int nights,
        long costPoints,
        long boundPoints,
        List<Lying> lying,
        List<Move> moves,
        List<Unplaced> unplaced) {
    public BedPlan {
        lying = List.copyOf(lying);
        moves = List.copyOf(moves);
        unplaced = List.copyOf(unplaced);
    }

    /** Why somebody has a part in the plan. */
    public enum Kind {
        /** Lies in a bed now. */
        PRESENT,
        /** Has an open bed request. */
        REQUESTED,
        /** Is registered and to come, and has no open bed request. */
        EXPECTED
    }

    /**
     * @param stay null for a request of somebody who is not registered
     * @param request null where there is none
     */
    public record Who(
            Kind kind, @Nullable StayId stay, @Nullable RequestId request) {}

    /**
     * Some nights in one bed.
     *
     * @param fromNight the first, counted from 0
     * @param toNight the one after the last; equal to {@code fromNight} for who leaves the bed before the first
     * @param from when that begins: at the time of the plan for who lies there already, not before the bed is free and clean for others
     * @param to when it is expected to end, beyond the horizon where it does
     * @param endKnown whether somebody said when, and that time is not hours ago
     * @param held whether the bed is the patient's already: they lie in it, or it is reserved for them
     */
    public record Lying(
            Who who, BedId bed, int fromNight, int toNight, Instant from, Instant to, boolean endKnown, boolean held) {
        Lying from(Instant later) {
            return new Lying(who, bed, fromNight, toNight, later, to, endKnown, held);
        }
    }

    /** @param night the first in the new bed */
    public record Move(Who who, BedId from, BedId to, int night) {}

    /**
     * @param fromNight the first night without the bed that is needed
     * @param toNight the night after the last
     * @param hindrances the rules in the way of the beds that come nearest, the one in the way of most first
     */
    public record Unplaced(Who who, int fromNight, int toNight, Instant from, List<Hindrance> hindrances) {
        public Unplaced {
            hindrances = List.copyOf(hindrances);
        }
    }

    /** @param beds in the way of how many of the beds that break fewest rules this one stands */
    public record Hindrance(PlacementRule rule, int beds) {}
}
