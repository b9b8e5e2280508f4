package org.chevet.event;

/** HL7 table 0116, as stated by a feed about a bed. */
public enum StatedBedStatus {
    /** C */
    CLOSED,
    /** H: being cleaned, or waiting for it. */
    HOUSEKEEPING,
    /** K */
    CONTAMINATED,
    /** U: clean and free. */
    UNOCCUPIED,
    /** O */
    OCCUPIED,
    /** I */
    ISOLATED
}
