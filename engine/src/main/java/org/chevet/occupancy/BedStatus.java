package org.chevet.occupancy;

import java.time.Instant;
import java.util.List;
import org.chevet.event.Acceptance;
import org.chevet.event.BedCondition;
import org.chevet.event.BlockReason;
import org.chevet.hospital.AddedLater;
import org.chevet.hospital.BedId;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;

/**
 * All that is true of one bed now. Its state is read off these, never stored.
 *
 * @param occupants who lies in it: normally nobody or one; more is an anomaly
 * @param since when its state last changed
 */
public record BedStatus(
        BedId bed,
        boolean open,
        BedCondition condition,
        boolean contaminated,
        @Nullable Block block,
        @Nullable Reservation reservation,
        List<StayId> occupants,
        Instant since) {
    /** @param expectedEnd when it should be usable again, null when nobody knows */
    public record Block(
            BlockReason reason,
            @Nullable String note,
            @Nullable Instant expectedEnd) {}

    /** @param acceptance who expects the patient since when; null in journals from before it was kept */
    public record Reservation(
            RequestId request,
            Instant until,
            @AddedLater @Nullable Acceptance acceptance) {}

    public BedStatus {
        occupants = List.copyOf(occupants);
    }

    public BedState state() {
        return state(open, condition, block, reservation, occupants);
    }

    /** Whoever lies in a bed occupies it, closed or not: the patient is what is true. */
    static BedState state(
            boolean open,
            BedCondition condition,
            @Nullable Block block,
            @Nullable Reservation reservation,
            List<StayId> occupants) {
        if (!occupants.isEmpty()) {
            return BedState.OCCUPIED;
        }
        if (!open) {
            return BedState.CLOSED;
        }
        if (block != null) {
            return BedState.BLOCKED;
        }
        return switch (condition) {
            case CLEANING -> BedState.CLEANING;
            case TO_CLEAN -> BedState.TO_CLEAN;
            case CLEAN -> reservation != null ? BedState.RESERVED : BedState.READY;
        };
    }

    BedStatus withOccupants(List<StayId> others) {
        return new BedStatus(bed, open, condition, contaminated, block, reservation, others, since);
    }
}
