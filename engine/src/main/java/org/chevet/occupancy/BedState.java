package org.chevet.occupancy;

/** What a bed is, one thing at a time, in the words of the board. */
public enum BedState {
    READY,
    RESERVED,
    OCCUPIED,
    TO_CLEAN,
    CLEANING,
    BLOCKED,
    CLOSED
}
