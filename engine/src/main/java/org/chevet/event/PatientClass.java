package org.chevet.event;

/** PV1-2 as far as beds care. */
public enum PatientClass {
    INPATIENT,
    EMERGENCY,
    /** Externe: comes and goes, is never "sans lit". */
    OUTPATIENT
}
