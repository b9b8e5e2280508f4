package org.chevet.event;

import java.time.Instant;
import org.chevet.hospital.BedId;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;

/**
 * A contradiction between what was stated and what was known, for a bed manager to look at.
 *
 * @param key names the contradiction: while it is open, the same one is not raised twice
 * @param detail what was stated, in codes (a location, a movement number); never an identity
 */
public record Anomaly(
        String key,
        Kind kind,
        @Nullable StayId stay,
        @Nullable StayId otherStay,
        @Nullable BedId bed,
        @Nullable String detail,
        Instant since) {
    public enum Kind {
        /** Two stays in one bed now. */
        DOUBLE_OCCUPANCY,
        /** Two stays in one bed at a past time. */
        OVERLAPPING_MOVEMENTS,
        /** A movement of a stay that nobody announced. */
        UNKNOWN_STAY,
        /** The location names a bed that the hospital's file does not have. */
        UNKNOWN_BED,
        /** The location names a unit that the hospital's file does not have. */
        UNKNOWN_SERVICE,
        /** A correction of a movement that nobody stated. */
        UNKNOWN_MOVEMENT,
        /** Something happened to the stay after it ended. */
        MOVEMENT_AFTER_END,
        /** A patient lies in a bed that is closed or blocked. */
        BED_NOT_USABLE,
        /** A patient lies in a bed that was reserved for another. */
        RESERVATION_OVERRIDDEN,
        /** Women and men lie in a room of one sex. */
        SEX_MIXED,
        /** The bed was taken out of the hospital's file while a patient lay in it. */
        BED_REMOVED,
        /** A patient who was transferred is in both hospitals, or, their arrival taken back, in neither. */
        TRANSFER_CONTRADICTED,
        /** A bed said empty (A20) while a patient lies in it. */
        BED_STATUS_CONTRADICTED
    }
}
