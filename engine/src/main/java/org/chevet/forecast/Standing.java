package org.chevet.forecast;

/**
 * What is known of a patient's departure: for when it is planned, and how far it has come. How much each of these says is learned: a service that
 * keeps its planned dates has a high factor for the day itself, one that does not has a low one.
 */
final class Standing {
    /** Nobody plans it. */
    static final long NO_PLAN = Long.MIN_VALUE;

    static final int WAITS = 0;
    static final int MEDICALLY_READY = 1;
    static final int CLOSED = 2;
    static final int BED_ASKED = 3;

    private static final int MILESTONES = 4;
    private static final int PLANS = 5;

    static final int CLASSES = PLANS * MILESTONES;

    private Standing() {}

    /**
     * @param planDay local day for which it is planned
     * @param day the day it is
     */
    static int of(long planDay, long day, int milestone) {
        return plan(planDay, day) * MILESTONES + milestone;
    }

    private static int plan(long planDay, long day) {
        if (planDay == NO_PLAN) {
            return 0;
        }
        long ahead = planDay - day;
        return ahead < 0 ? 4 : ahead == 0 ? 3 : ahead == 1 ? 2 : 1;
    }
}
