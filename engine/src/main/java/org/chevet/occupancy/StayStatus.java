package org.chevet.occupancy;

/** Where a stay stands, read off its timeline. */
public enum StayStatus {
    /** Registered, not come yet (or an outpatient who needs no bed). */
    EXPECTED,
    PRESENT,
    ON_LEAVE,
    ENDED,
    /** Its registration or its only movement was cancelled. */
    CANCELLED,
    /** Its movements belong to another number now. */
    MERGED
}
