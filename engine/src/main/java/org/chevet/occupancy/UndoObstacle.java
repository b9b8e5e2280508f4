package org.chevet.occupancy;

/** What stands in the way of taking an act back: mostly what was built on it since. */
public enum UndoObstacle {
    /** The stay has movements, is registered again, or was merged. */
    STAY_IN_USE,
    /** The stay, or one of the two that swapped beds, has moved since. */
    STAY_MOVED,
    STAYS_MERGED,
    /** What the act changed was changed again. */
    CHANGED_AGAIN,
    REQUEST_CLOSED,
    /** The request is closed, has another counter-proposal or an answer to this one, or another request has its number. */
    REQUEST_MOVED_ON,
    /** The bed is no longer reserved for that request. */
    RESERVATION_GONE,
    /** The bed is taken, the request closed or served, or the deadline has passed. */
    BED_NOT_TO_BE_HAD,
    /** The bed is in use, or in another state than the act left it in. */
    BED_CHANGED,
    /** The contradiction that was set aside is no longer there. */
    CONTRADICTION_GONE,
    /** The transfer was accepted, or is over. */
    TRANSFER_DECIDED,
    /** It is the transfer that is to be cancelled. */
    OTHER_HOSPITAL_TOLD,
    /** And the transfer is over: only a call helps. */
    OTHER_HOSPITAL_TOLD_AND_OVER,
    /** The message has left quarantine. */
    MESSAGE_SETTLED,
    /** The act took another one back itself. */
    WAS_AN_UNDO,
    NO_ACT_OF_A_PERSON
}
