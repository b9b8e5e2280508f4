package org.chevet.occupancy;

/** Where a stay stands, read off its timeline. */
public enum StayStatus {
    /** Registered, not come yet (or an outpatient who needs no bed). */
    EXPECTED,
    PRESENT,
    ON_LEAVE,
    ENDED,
    /** Its registration was cancelled, or a feed took back the only movement it had. */
    CANCELLED,
    /** Its movements belong to another number now. */
    MERGED
}
