package org.chevet.forecast;

import java.util.List;
import org.chevet.event.Barrier;

/**
 * What is known of a patient's departure: for when it is planned, and how far it has come. How much each of these says is learned, for each length of
 * time from when it was known to the hour in question: a service that keeps its planned dates has a high factor for the day itself, and who was not
 * said to leave this morning may well leave tomorrow.
 */
final class Standing {
    /** Nobody plans it. */
    static final long NO_PLAN = Long.MIN_VALUE;

    static final int WAITS = 0;
    static final int MEDICALLY_READY = 1;
    static final int CLOSED = 2;
    static final int BED_ASKED = 3;

    /** Medically ready, and a barrier stands in the way. */
    static final int READY_BUT_HELD = 4;

    /** No barrier stands in the way. */
    static final long NOT_HELD = Long.MIN_VALUE;

    /** A barrier does, and nobody knows until when. */
    static final long HELD = Long.MAX_VALUE;

    private static final int MILESTONES = 5;
    private static final int PLANS = 5;
    private static final int PLANNED_FOR_THE_DAY = 3;

    /** Plans are made in rounds: who has none at noon is not as likely to get one today as who has none at dawn. */
    static final int PARTS_OF_DAY = 4;

    static final int WHATS = PLANS * MILESTONES;

    /** Hours ahead at which each class of foresight begins; the last is learned as far as {@link #LEAD_HOURS_MAX}. */
    private static final int[] LEAD_HOURS = {0, 1, 3, 6, 12, 24, 48, 96};

    static final int LEADS = LEAD_HOURS.length;

    static final int LEAD_HOURS_MAX = 192;

    /** Of one thing that can be known. */
    static final int CLASSES_OF_WHAT = LEADS * PARTS_OF_DAY;

    private static final byte[] LEADS_WITHIN = leadsWithin();

    private Standing() {}

    /** @param hoursAhead of what is known */
    static int lead(int hoursAhead) {
        int lead = LEADS - 1;
        while (LEAD_HOURS[lead] > hoursAhead) {
            lead--;
        }
        return lead;
    }

    /** The first hours ahead of a class of foresight; after the last one, where what is learned ends. */
    static int leadHours(int lead) {
        return lead == LEADS ? LEAD_HOURS_MAX : LEAD_HOURS[lead];
    }

    /** How many classes of foresight, from the first on, look back no further than so many hours; none where those are less than 0. */
    static int leadsWithin(long hours) {
        return hours < 0 ? 0 : LEADS_WITHIN[(int) Math.min(hours, LEAD_HOURS_MAX)];
    }

    private static byte[] leadsWithin() {
        byte[] leads = new byte[LEAD_HOURS_MAX + 1];
        for (int hours = 0; hours < leads.length; hours++) {
            while (leads[hours] < LEADS && leadHours(leads[hours] + 1) - 1 <= hours) {
                leads[hours]++;
            }
        }
        return leads;
    }

    /**
     * How many hours before is looked at to learn of a class of foresight: another number each hour and day, so that in every hour of the day something
     * is learned of what was known in every other.
     */
    static int hoursBefore(int lead, long day, int hourOfDay) {
        int span = leadHours(lead + 1) - leadHours(lead);
        return leadHours(lead) + (int) Math.floorMod(5 * hourOfDay + 7 * day, (long) span);
    }

    static int partOfDay(int hourOfDay) {
        return hourOfDay * PARTS_OF_DAY / 24;
    }

    /** The class, among those of what was known ({@link #what}), of its having been known in a part of the day. */
    static int ofWhat(int lead, int partKnown) {
        return lead * PARTS_OF_DAY + partKnown;
    }

    /**
     * @param planDay local day for which it was planned
     * @param day the day it is in the hour in question
     */
    static int what(long planDay, long day, int milestone) {
        return plan(planDay, day) * MILESTONES + milestone;
    }

    /**
     * @param heldUntilDay as {@link #heldUntilDay(List, WallHours)} has it: before that day whoever is medically ready is held
     */
    static int what(long planDay, long heldUntilDay, long day, int milestone) {
        boolean held = milestone == MEDICALLY_READY && heldUntilDay > day;
        return what(planDay, day, held ? READY_BUT_HELD : milestone);
    }

    /** The local day on which the last of these barriers should be gone. */
    static long heldUntilDay(List<Barrier> barriers, WallHours wall) {
        long until = NOT_HELD;
        for (Barrier barrier : barriers) {
            until = Math.max(until, barrier.expectedEnd() == null ? HELD : wall.day(barrier.expectedEnd()));
        }
        return until;
    }

    private static int plan(long planDay, long day) {
        if (planDay == NO_PLAN) {
            return 0;
        }
        long ahead = planDay - day;
        return ahead < 0 ? 4 : ahead == 0 ? PLANNED_FOR_THE_DAY : ahead == 1 ? 2 : 1;
    }

    /** Whether it was planned for the day of the hour in question. */
    static boolean isPlannedForTheDay(int what) {
        return what / MILESTONES == PLANNED_FOR_THE_DAY;
    }
}
