package org.chevet.event;

/** Why a service does not take somebody. */
public enum RefusalReason {
    NO_STAFF,
    BED_BEING_PREPARED,
    WRONG_SPECIALTY,
    NEEDS_TOO_HEAVY,
    ISOLATION_IMPOSSIBLE,
    /** The bed is to be freed by a discharge that may not come. */
    DISCHARGE_NOT_SURE,
    OTHER
}
