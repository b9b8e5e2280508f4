package org.chevet.simulations.scenario;

/** What is measured of a run, over the days that are counted. The formulas are those of the README's chapter on simulations. */
public enum Indicator {
    OCCUPANCY("occupancy", "Taux d’occupation moyen (lits armés)", "Mean occupancy (staffed beds)", "%"),
    PEAK("peak", "Pic : lits demandés / armés", "Peak: beds needed / staffed", "%"),
    HOURS_SATURATED("hours-saturated", "Heures saturées (demandés > armés)", "Hours saturated (needed > staffed)", "h"),
    BOARDERS("boarders", "Patients aux urgences en attente de lit, moyenne", "Boarders in the ED, mean", ""),
    BOARDERS_PEAK("boarders-peak", "Patients aux urgences en attente de lit, pic", "Boarders in the ED, peak", ""),
    NO_BED("no-bed", "No Bed : nuits sur brancard", "No Bed: nights on a stretcher", ""),
    WAIT_MEDIAN("wait-median", "Attente d’un lit, médiane", "Wait for a bed, median", "h"),
    WAIT_P90("wait-p90", "Attente d’un lit, 9e décile", "Wait for a bed, 90th percentile", "h"),
    WAIT_OVER_4("wait-over-4h", "Attentes de plus de 4 h", "Waits over 4 h", ""),
    WAIT_OVER_8("wait-over-8h", "Attentes de plus de 8 h", "Waits over 8 h", ""),
    WAIT_OVER_12("wait-over-12h", "Attentes de plus de 12 h", "Waits over 12 h", ""),
    GRAVE_MEDIAN("grave-median", "Priorité 1 : délai médian", "Priority 1: median wait", "h"),
    GRAVE_WITHIN_1("grave-within-1h", "Priorité 1 placés en 1 h", "Priority 1 placed within 1 h", "%"),
    GRAVE_WITHIN_2("grave-within-2h", "Priorité 1 placés en 2 h", "Priority 1 placed within 2 h", "%"),
    GRAVE_WITHIN_6("grave-within-6h", "Priorité 1 placés en 6 h", "Priority 1 placed within 6 h", "%"),
    REFUSED("refused", "Orientés ailleurs faute de lit", "Sent elsewhere for lack of a bed", ""),
    PUT_OFF("put-off", "Programmés reportés", "Electives put off", ""),
    TRANSFERRED_OUT("transferred-out", "Transférés (mesure)", "Transferred out (measure)", ""),
    DISCHARGED_EARLY("discharged-early", "Sorties avancées (mesure)", "Discharged early (measure)", ""),
    OUTLIERS("outliers", "Hébergés, part des placements", "Outliers, of those placed", "%"),
    OUTLIER_DAYS("outlier-days", "Hébergés, part des journées", "Outliers, of patient-days", "%"),
    ADMISSIONS("admissions", "Admissions", "Admissions", ""),
    LENGTH_OF_STAY("length-of-stay", "DMS", "Mean length of stay", "d"),
    TURNOVER_INTERVAL("turnover-interval", "Intervalle entre deux patients", "Turnover interval", "h"),
    WAIT_FOR_CLEANING("wait-for-cleaning", "Lit vide : attente du nettoyage", "Idle bed: waiting for cleaning", "h"),
    CLEANING("cleaning", "Lit vide : nettoyage", "Idle bed: cleaning", "h"),
    BEFORE_NOON("before-noon", "Sorties avant midi", "Discharges before noon", "%"),
    MOVES("moves", "Mutations par séjour", "Moves per stay", ""),
    NIGHT_MOVES("night-moves", "Mutations de nuit", "Night moves", ""),
    REFUSALS("refusals", "Refus des services, part des lits proposés", "Refusals by services, of beds offered", "%"),
    DEATHS("deaths", "Décès", "Deaths", "");

    private final String code;
    private final String french;
    private final String english;
    private final String unit;

    Indicator(String code, String french, String english, String unit) {
        this.code = code;
        this.french = french;
        this.english = english;
        this.unit = unit;
    }

    /** As in files and exports. */
    public String code() {
        return code;
    }

    public String french() {
        return french;
    }

    public String english() {
        return english;
    }

    /** {@code %}, {@code h} hours, {@code d} days, or empty for a number. */
    public String unit() {
        return unit;
    }
}
