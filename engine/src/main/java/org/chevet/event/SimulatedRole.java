package org.chevet.event;

/** Who is not played in a drill, and does what is expected of them by themselves. */
public enum SimulatedRole {
    /** Asks for beds for those who were seen, and sends home those who need none. */
    EMERGENCY,
    /** Lets patients come as on any other day: through the emergency department, called in, or from other hospitals. */
    ARRIVALS,
    /** Cleans beds, each after its time. */
    CLEANING,
    /** Plans discharges a day ahead, and lets those leave whose discharge is planned. */
    DISCHARGES,
    /** Brings those for whom a bed is held and ready. */
    TRANSPORT,
    /** Answers for the services, which refuse some of the beds that are held in them. */
    ANSWERS
}
