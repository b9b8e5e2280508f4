package org.chevet.tension;

/** What is summed up by service and local day. Times are in seconds, the rest are counts. */
enum Figure {
    ADMISSIONS,
    EXITS,
    DISCHARGES,
    PATIENT_SECONDS,
    OCCUPIED_SECONDS,
    OPEN_SECONDS,
    OUTLIER_SECONDS,
    MOVES,
    NIGHT_MOVES,
    SEX_MIXED_SECONDS,
    IDLE_GAPS,
    IDLE_DIRTY_SECONDS,
    IDLE_CLEANING_SECONDS,
    IDLE_READY_SECONDS,
    NIGHTS_WITHOUT_BED,
    HOSPITALISED_FROM_EMERGENCY,
    EMERGENCY_VISITS,
    EMERGENCY_VISITS_OLD,
    EMERGENCY_VISITS_HOSPITALISED,
    EMERGENCY_SECONDS_HOSPITALISED,
    EMERGENCY_LEFT_HOSPITALISED,
    EMERGENCY_PRESENT_AT_15,
    FREE_SHORT_STAY_BEDS_AT_NOON,
    FOR_EMERGENCY_BEDS_AT_NOON,
    NOONS_SEEN;

    /** Discharges in the hour that begins then follow the other figures, one for each of the day's 24. */
    static final int HOURS = 24;

    static final int COUNT = values().length + HOURS;
}
