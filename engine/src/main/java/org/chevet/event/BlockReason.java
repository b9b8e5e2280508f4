package org.chevet.event;

/** Why a bed that exists and is open cannot be used for now. */
public enum BlockReason {
    MAINTENANCE,
    ISOLATION,
    STAFF,
    EQUIPMENT,
    /** Kept empty out of regard for the neighbour (end of life, family). */
    COURTESY,
    OTHER
}
