package org.chevet.hospital;

/** How near a service or a hospital is to having no bed for who needs one; the order is meant. */
public enum TensionLevel {
    NORMAL,
    /** Vigilance. */
    WATCH,
    /** Tension. */
    TENSION,
    /** Crise. */
    CRISIS
}
