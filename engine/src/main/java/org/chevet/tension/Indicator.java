package org.chevet.tension;

/**
 * What is measured, with its formula. Every formula is domain.md's, "Indicators"; where it leaves something open, what was chosen is said here. Those
 * of a period are over whole local days, the running one included.
 */
public enum Indicator {
    /** occupied beds / physical beds × 100. Two patients in one bed occupy one bed; over 100 when surge beds are taken. */
    OCCUPANCY_PHYSICAL(Unit.PERCENT, false),
    /** occupied beds / open beds × 100. */
    OCCUPANCY_OPEN(Unit.PERCENT, false),
    /** occupied beds / staffed beds × 100. */
    OCCUPANCY_STAFFED(Unit.PERCENT, false),
    /** ∫ patients in a bed dt / ∫ open beds dt × 100. */
    OCCUPANCY_PERIOD(Unit.PERCENT, true),
    /** DMS: patient-days / admissions, of inpatients; to a service, everybody who comes to it is an admission. */
    LENGTH_OF_STAY(Unit.DAYS, true),
    /** discharges / physical beds; a service's discharges are all who leave it. */
    ROTATION(Unit.PER_BED, true),
    /** (∫ open beds dt − ∫ patients in a bed dt) / discharges; a service's discharges are all who leave it. */
    TURNOVER_INTERVAL(Unit.DAYS, true),
    /** mean of next patient in − previous patient out, of beds taken again in the period. */
    IDLE_BED(Unit.HOURS, true),
    /** …of which waiting for cleaning; the whole of it when no cleaning was recorded. */
    IDLE_DIRTY(Unit.HOURS, true),
    /** …of which being cleaned. */
    IDLE_CLEANING(Unit.HOURS, true),
    /** …of which clean and empty. */
    IDLE_READY(Unit.HOURS, true),
    /** open requests of today or before whose patient has no bed yet, reserved or not. */
    WAITING(Unit.PATIENTS, false),
    /** …of which wait for more than 4 h, from when the bed was asked for or, if later, needed. */
    WAITING_OVER_4_H(Unit.PATIENTS, false),
    WAITING_OVER_8_H(Unit.PATIENTS, false),
    WAITING_OVER_12_H(Unit.PATIENTS, false),
    /** median of request → moved, of those who moved in the period (nearest rank). */
    WAIT_MEDIAN(Unit.HOURS, true),
    /** 90th percentile of the same (nearest rank). */
    WAIT_P90(Unit.HOURS, true),
    /** median of request → decided. */
    WAIT_DECIDED_MEDIAN(Unit.HOURS, true),
    /** median of decided → bed ready: 0 where the bed was clean when it was chosen. */
    WAIT_READY_MEDIAN(Unit.HOURS, true),
    /** median of bed ready → moved. */
    WAIT_MOVED_MEDIAN(Unit.HOURS, true),
    /** those who moved in the period and had waited over 4 h. */
    WAITED_OVER_4_H(Unit.PATIENTS, true),
    WAITED_OVER_8_H(Unit.PATIENTS, true),
    WAITED_OVER_12_H(Unit.PATIENTS, true),
    /** inpatients whose responsible specialty is not accepted by the service they lie in. */
    OUTLIERS(Unit.PATIENTS, false),
    /** the same / inpatients × 100. */
    OUTLIER_SHARE(Unit.PERCENT, false),
    /** ∫ outliers dt. */
    OUTLIER_DAYS(Unit.DAYS, true),
    /** inpatients here for at least 7 times 24 h, from their admission as inpatients. */
    STAYS_OVER_7_DAYS(Unit.PATIENTS, false),
    STAYS_OVER_14_DAYS(Unit.PATIENTS, false),
    STAYS_OVER_21_DAYS(Unit.PATIENTS, false),
    ADMISSIONS(Unit.PATIENTS, true),
    /** inpatients who left the hospital, by the service they left. */
    DISCHARGES(Unit.PATIENTS, true),
    /** discharges before 12:00 / discharges × 100; to be shown with the hourly curve only, for it can be gamed. */
    DISCHARGES_BEFORE_NOON(Unit.PERCENT, true),
    /** changes of bed or service of inpatients / discharges; by the service they leave. */
    MOVES_PER_STAY(Unit.PER_STAY, true),
    /** those of them from 23:00 to 06:00. */
    NIGHT_MOVES(Unit.COUNT, true),
    /** hours that rooms of one sex held both, added up: from when the anomaly was so to when it was resolved. */
    SEX_MIXED_BAY_HOURS(Unit.HOURS, true),
    /** refusals / (refusals + acceptances) × 100, since the journal began; what was undone is not counted. */
    REFUSALS(Unit.PERCENT, false),
    /** beds given against a rule / acceptances × 100, since the journal began. */
    OVERRIDES(Unit.PERCENT, false),
    /**
     * nights, each by patient, spent without a bed: from midnight to 06:00 whole, with an open request of the emergency department, or as an
     * inpatient of a service without a bed.
     */
    NO_BED(Unit.PATIENTS, true),
    /** the same, last night only. */
    NO_BED_LAST_NIGHT(Unit.PATIENTS, false),
    /** visits followed by a hospitalisation or a transfer to another hospital / visits × 100. */
    HOSPITALISATION_RATE(Unit.PERCENT, true),
    /**
     * 25th percentile (nearest rank) of the daily number of hospitalisations from the emergency department in the same ISO week of the
     * {@value BedNeed#YEARS} years before; unknown unless a whole such week is known.
     */
    BJML(Unit.BEDS, false),
    /** beds free or reserved for the emergency department at 12:00 / BJML × 100; before noon, those of this moment. */
    BJML_COVERAGE(Unit.PERCENT, false),
    /** HET1: free beds of medicine and surgery (acute care) at 12:00; fewer is worse. As its level, 0 to 4. */
    HET_1(Unit.LEVEL, false),
    /** HET2: visits of the emergency department. */
    HET_2(Unit.LEVEL, false),
    /** HET3: mean stay in the emergency department of those hospitalised. */
    HET_3(Unit.LEVEL, false),
    /** HET4: hospitalisation rate. */
    HET_4(Unit.LEVEL, false),
    /** HET5: patients of the emergency department present at 15:00. */
    HET_5(Unit.LEVEL, false),
    /** HET6: visits of people of 75 and more. */
    HET_6(Unit.LEVEL, false),
    /** how many of those known exceed level 3, yesterday. What that means for the day: {@link HospitalInTension#verdict}. */
    HET_OVER_3(Unit.COUNT, false);

    public enum Unit {
        PERCENT,
        PATIENTS,
        BEDS,
        DAYS,
        HOURS,
        PER_BED,
        PER_STAY,
        COUNT,
        LEVEL
    }

    private final Unit unit;
    private final boolean ofPeriod;

    Indicator(Unit unit, boolean ofPeriod) {
        this.unit = unit;
        this.ofPeriod = ofPeriod;
    }

    public Unit unit() {
        return unit;
    }

    /** Whether it is of the days asked for; otherwise of this moment, or of the day that its formula names. */
    public boolean isOfPeriod() {
        return ofPeriod;
    }
}
