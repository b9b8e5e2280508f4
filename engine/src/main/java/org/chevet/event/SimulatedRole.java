package org.chevet.event;

/** Who is not played in a drill, and does what is expected of them by themselves. */
public enum SimulatedRole {
    /** Asks for beds for those who were seen, and sends home those who need none. */
    EMERGENCY,
    /** Cleans beds, each after its time. */
    CLEANING,
    /** Lets those leave whose discharge is planned. */
    DISCHARGES,
    /** Brings those for whom a bed is held and ready. */
    TRANSPORT
}
