package org.chevet.forecast;

import java.util.Arrays;

/** What was known of one patient's departure, from which full hour on, only as far back as is learned from on the day of its last change. */
final class Known {
    private static final int HOURS_BACK_MAX = Standing.LEAD_HOURS_MAX + HoursAtRisk.HOURS_MAX;

    /** Ascending; the first from ever. */
    private long[] sinceHour = {Long.MIN_VALUE};

    private long[] planDay = {Standing.NO_PLAN};
    private long[] heldUntilDay = {Standing.NOT_HELD};
    private byte[] milestone = {Standing.WAITS};
    private int count = 1;

    boolean isNow(long plan, long held, int reached) {
        return planDay[count - 1] == plan && heldUntilDay[count - 1] == held && milestone[count - 1] == reached;
    }

    /** From an hour on, later than any before. */
    void become(long plan, long held, int reached, long at) {
        int old = 0;
        while (old + 1 < count && sinceHour[old + 1] <= at - HOURS_BACK_MAX) {
            old++;
        }
        count -= old;
        int length = count == sinceHour.length - old ? count + 2 : count + 1;
        sinceHour = Arrays.copyOfRange(sinceHour, old, old + length);
        planDay = Arrays.copyOfRange(planDay, old, old + length);
        heldUntilDay = Arrays.copyOfRange(heldUntilDay, old, old + length);
        milestone = Arrays.copyOfRange(milestone, old, old + length);
        sinceHour[count] = at;
        planDay[count] = plan;
        heldUntilDay[count] = held;
        milestone[count] = (byte) reached;
        count++;
    }

    /** The last entry. */
    int latest() {
        return count - 1;
    }

    /** Which entry was the latest at that hour, when it is one of those up to another. */
    int at(long hour, int upTo) {
        int entry = upTo;
        while (sinceHour[entry] > hour) {
            entry--;
        }
        return entry;
    }

    long since(int entry) {
        return sinceHour[entry];
    }

    /** What an entry says of a day, as {@link Standing} tells it apart. */
    int what(int entry, long day) {
        return Standing.what(planDay[entry], heldUntilDay[entry], day, milestone[entry]);
    }
}
