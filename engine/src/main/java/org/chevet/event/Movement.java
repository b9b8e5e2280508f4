package org.chevet.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The unit of a stay's timeline (PAM-FR 5.3: a movement, identified by ZBE-1, effective at ZBE-2).
 *
 * @param id unique within its stay
 * @param at when it took effect
 * @param to where the patient is from then on; ignored for LEAVE and DISCHARGE, and for a RETURN to the bed left
 * @param statedAt when its source stated it: of two statements about one movement the later one holds
 * @param ending how the stay ended, for a DISCHARGE only
 * @param natureStatedAt when its kind was stated, if not with the rest: {@link #NOT_STATED} while only corrections are known, which may have
 *     had to guess it
 * @param placeStatedAt the same of its place
 * @param endingStatedAt the same of its ending
 */
public record Movement(
        String id,
        MovementKind kind,
        Instant at,
        Location to,
        PatientClass patientClass,
        Instant statedAt,
        @Nullable Ending ending,
        @Nullable Instant natureStatedAt,
        @Nullable Instant placeStatedAt,
        @Nullable Instant endingStatedAt) {
    /** When a detail was stated that nobody stated. */
    public static final Instant NOT_STATED = Instant.EPOCH;

    /** All of it stated at once. */
    public Movement(
            String id,
            MovementKind kind,
            Instant at,
            Location to,
            PatientClass patientClass,
            Instant statedAt,
            @Nullable Ending ending) {
        this(id, kind, at, to, patientClass, statedAt, ending, null, null, null);
    }

    public Movement {
        if ((kind == MovementKind.DISCHARGE) != (ending != null)) {
            throw new IllegalArgumentException("movement " + id + " of kind " + kind + " has ending " + ending
                    + ": a discharge has one, nothing else does");
        }
    }

    /** The same statement, made by a correction, which is not the one to say of what kind the movement is. */
    public Movement withoutNature() {
        return with(NOT_STATED, placeStatedAt, endingStatedAt);
    }

    /** The same statement, which did not say where to. */
    public Movement withoutPlace() {
        return with(natureStatedAt, NOT_STATED, endingStatedAt);
    }

    /** The same statement, which did not say how the stay ended: its ending is what is usual. */
    public Movement withoutEnding() {
        return with(natureStatedAt, placeStatedAt, NOT_STATED);
    }

    private Movement with(@Nullable Instant nature, @Nullable Instant place, @Nullable Instant end) {
        return new Movement(id, kind, at, to, patientClass, statedAt, ending, nature, place, end);
    }

    /**
     * What two statements of one movement come to, each detail as the later of those that state it has it.
     *
     * @param holdsAtOnce whether the other one holds when both were made in the same second
     */
    public Movement with(Movement other, boolean holdsAtOnce) {
        boolean holds = holdsAtOnce ? !statedAt.isAfter(other.statedAt) : statedAt.isBefore(other.statedAt);
        return holds ? other.completedBy(this) : completedBy(other);
    }

    private Movement completedBy(Movement earlier) {
        boolean ownNature = !earlier.natureTime().isAfter(natureTime());
        boolean ownPlace = !earlier.placeTime().isAfter(placeTime());
        boolean ownEnding = earlier.ending == null
                || ending != null && !earlier.endingTime().isAfter(endingTime());
        MovementKind nature = ownNature ? kind : earlier.kind;
        boolean ends = nature == MovementKind.DISCHARGE;
        return new Movement(
                id,
                nature,
                at,
                ownPlace ? to : earlier.to,
                patientClass,
                statedAt,
                !ends ? null : ownEnding ? ending : earlier.ending,
                ownNature ? natureStatedAt : earlier.natureTime(),
                ownPlace ? placeStatedAt : earlier.placeTime(),
                !ends ? null : ownEnding ? endingStatedAt : earlier.endingTime());
    }

    private Instant natureTime() {
        return natureStatedAt == null ? statedAt : natureStatedAt;
    }

    private Instant placeTime() {
        return placeStatedAt == null ? statedAt : placeStatedAt;
    }

    private Instant endingTime() {
        return endingStatedAt == null ? statedAt : endingStatedAt;
    }
}
