package org.chevet.simulations.demo;

/** How often the demo's feed errs: the shape of a real one, counted on a vendor's test feed (interop.md). */
final class Mistakes {
    /** The very same message again: its acknowledgement was lost. */
    static final double SENT_TWICE = 0.02;

    /** Admissions that name only the unit; the bed follows in a correction. */
    static final double ADMITTED_WITHOUT_BED = 0.55;

    /** Of those, the bed follows minutes, or hours, after. */
    static final double BED_MINUTES_LATER = 0.3;

    static final double BED_HOURS_LATER = 0.16;

    static final double ADMISSION_LATE = 0.04;
    static final double DISCHARGE_LATE = 0.08;
    static final double UNKNOWN_BED_CODE = 0.03;
    static final double WRONG_BED = 0.015;

    static final double ADMISSION_CANCELLED = 0.015;
    static final double TRANSFER_CANCELLED = 0.03;
    static final double DISCHARGE_CANCELLED = 0.04;
    static final double VISIT_END_CANCELLED = 0.14;
    static final double PRE_ADMISSION_CANCELLED = 0.07;

    /** Messages a day that nobody can make sense of. */
    static final double MALFORMED_PER_DAY = 1.1;

    private Mistakes() {}
}
