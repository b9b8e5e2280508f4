package org.chevet.event;

/** Where a bed request comes from. */
public enum RequestOrigin {
    EMERGENCY_DEPARTMENT,
    ELECTIVE,
    INTERNAL,
    OTHER_HOSPITAL
}
