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
 */
public record Movement(
        String id,
        MovementKind kind,
        Instant at,
        Location to,
        PatientClass patientClass,
        Instant statedAt,
        @Nullable Ending ending) {
    public Movement {
        if ((kind == MovementKind.DISCHARGE) != (ending != null)) {
            throw new IllegalArgumentException("movement " + id + " of kind " + kind + " has ending " + ending
                    + ": a discharge has one, nothing else does");
        }
    }
}
