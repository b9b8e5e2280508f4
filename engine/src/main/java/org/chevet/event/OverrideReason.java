package org.chevet.event;

/** Why a person puts somebody where a rule forbids it. */
public enum OverrideReason {
    NO_OTHER_BED,
    /** The hospital is in tension, or the crisis cell decided so. */
    CRISIS,
    MEDICAL_DECISION,
    /** For some hours, until a bed that fits is free. */
    FOR_SOME_HOURS,
    /** What Chevet knows of the patient or of the bed is not how it is. */
    RECORD_IS_WRONG,
    OTHER
}
