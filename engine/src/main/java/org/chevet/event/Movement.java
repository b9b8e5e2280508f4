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
 * @param placeStatedAt when its place was stated, where a later statement left the place out; {@link #NOT_STATED} where all did; null for
 *     {@code statedAt}
 * @param endingStatedAt the same of the ending
 */
public record Movement(
        String id,
        MovementKind kind,
        Instant at,
        Location to,
        PatientClass patientClass,
        Instant statedAt,
        @Nullable Ending ending,
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
        this(id, kind, at, to, patientClass, statedAt, ending, null, null);
    }

    public Movement {
        if ((kind == MovementKind.DISCHARGE) != (ending != null)) {
            throw new IllegalArgumentException("movement " + id + " of kind " + kind + " has ending " + ending
                    + ": a discharge has one, nothing else does");
        }
    }

    /** The same statement, which did not say where to. */
    public Movement withoutPlace() {
        return new Movement(id, kind, at, to, patientClass, statedAt, ending, NOT_STATED, endingStatedAt);
    }

    /** The same statement, which did not say how the stay ended: its ending is what is usual. */
    public Movement withoutEnding() {
        return new Movement(id, kind, at, to, patientClass, statedAt, ending, placeStatedAt, NOT_STATED);
    }

    /**
     * What two statements of one movement come to.
     *
     * @param holdsAtOnce whether the other one holds when both were made in the same second
     */
    public Movement with(Movement other, boolean holdsAtOnce) {
        boolean holds = holdsAtOnce ? !statedAt.isAfter(other.statedAt) : statedAt.isBefore(other.statedAt);
        return holds ? other.completedBy(this) : completedBy(other);
    }

    /** This statement, completed by an earlier one with what it leaves out. */
    private Movement completedBy(Movement earlier) {
        Instant place = placeTime();
        Instant end = endingTime();
        boolean samePlace = !earlier.placeTime().isAfter(place);
        boolean sameEnding = ending == null || earlier.ending == null || !earlier.endingTime().isAfter(end);
        if (samePlace && sameEnding) {
            return this;
        }
        return new Movement(
                id,
                kind,
                at,
                samePlace ? to : earlier.to,
                patientClass,
                statedAt,
                sameEnding ? ending : earlier.ending,
                samePlace ? placeStatedAt : earlier.placeTime(),
                sameEnding ? endingStatedAt : earlier.endingTime());
    }

    /** This statement, of the nature that the other one gives the movement. */
    public Movement ofTheNatureOf(Movement other) {
        if (kind == other.kind) {
            return this;
        }
        Ending known = other.ending == null ? null : ending == null ? other.ending : ending;
        return new Movement(
                id, other.kind, at, to, patientClass, statedAt, known, placeStatedAt, endingStatedAt);
    }

    private Instant placeTime() {
        return placeStatedAt == null ? statedAt : placeStatedAt;
    }

    private Instant endingTime() {
        return endingStatedAt == null ? statedAt : endingStatedAt;
    }
}
