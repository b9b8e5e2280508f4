package org.chevet.hospital;

/** What a room can isolate from. */
public enum IsolationAbility {
    NONE,
    /** A single room fit for contact and droplet precautions. */
    SINGLE,
    NEGATIVE_PRESSURE,
    /** Positive pressure, filtered air: protects the patient from others. */
    PROTECTIVE
}
