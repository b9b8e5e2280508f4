package org.chevet.event;

/** The nature of a movement. Their order breaks ties between movements of one stay at one instant. */
public enum MovementKind {
    ADMISSION,
    TRANSFER,
    /** Temporary leave (permission): the bed stays the patient's. */
    LEAVE,
    RETURN,
    /** Physical departure, for good: this frees the bed. */
    DISCHARGE
}
