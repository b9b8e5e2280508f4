package org.chevet.simulations.timefold;

import ai.timefold.solver.core.api.domain.entity.PlanningEntity;
import ai.timefold.solver.core.api.domain.lookup.PlanningId;
import ai.timefold.solver.core.api.domain.variable.PlanningVariable;
import org.jspecify.annotations.Nullable;

/** A part of a stay that lies in one bed: what Timefold gives a value to. Mutable and with an empty constructor as it asks. */
@PlanningEntity
public class PlacedPart {
    /** A bed by its place in the instance, and its room's. */
    public record PlannedBed(int place, int room) {}

    @PlanningId
    private int id;

    private int stay;
    private boolean woman;
    private int from;
    private int to;
    private int[] pricesByRoom = {};
    private int movePrice;

    @PlanningVariable
    private @Nullable PlannedBed bed;

    public PlacedPart() {}

    PlacedPart(int id, int stay, boolean woman, int from, int to, int[] pricesByRoom, int movePrice) {
        this.id = id;
        this.stay = stay;
        this.woman = woman;
        this.from = from;
        this.to = to;
        this.pricesByRoom = pricesByRoom;
        this.movePrice = movePrice;
    }

    public int getId() {
        return id;
    }

    public int getStay() {
        return stay;
    }

    public boolean isWoman() {
        return woman;
    }

    public int getFrom() {
        return from;
    }

    public int getTo() {
        return to;
    }

    /** Of beginning this part in another bed than the one before it. */
    public int getMovePrice() {
        return movePrice;
    }

    public @Nullable PlannedBed getBed() {
        return bed;
    }

    public void setBed(@Nullable PlannedBed bed) {
        this.bed = bed;
    }

    int nightsTogether(PlacedPart other) {
        return Math.min(to, other.to) - Math.max(from, other.from);
    }

    boolean covers(int night) {
        return from <= night && night < to;
    }

    int price() {
        return bed == null ? 0 : pricesByRoom[bed.room()] * (to - from);
    }

    int room() {
        return bed == null ? -1 : bed.room();
    }
}
