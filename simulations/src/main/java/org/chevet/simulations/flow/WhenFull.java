package org.chevet.simulations.flow;

/** What becomes of a patient for whom a service has no bed. */
public enum WhenFull {
    /** Waits for the next bed, first come first; who comes from another service keeps the bed there meanwhile. */
    WAIT,
    /** Goes elsewhere and is counted as lost. */
    LOSE
}
