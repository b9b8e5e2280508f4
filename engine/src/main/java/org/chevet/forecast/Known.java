package org.chevet.forecast;

import java.util.Arrays;

/** What was known of one patient's departure, from which full hour on, only as far back as is learned from on the day of its last change. */
final class Known {
    private static final int HOURS_BACK_MAX = Standing.LEAD_HOURS_MAX + HoursAtRisk.HOURS_MAX;

    /** Of most nothing more is ever known, so these are shared; they are never written to. */
    private static final long[] FROM_EVER = {Long.MIN_VALUE};

    private static final long[] NO_PLAN = {Standing.NO_PLAN};
    private static final long[] NOT_HELD = {Standing.NOT_HELD};
    private static final byte[] WAITS = {Standing.WAITS};

    /** Ascending; the first from ever. */
    private long[] sinceHour = FROM_EVER;

    private long[] planDay = NO_PLAN;
    private long[] heldUntilDay = NOT_HELD;
    private byte[] milestone = WAITS;
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
        if (old > 0 || count == sinceHour.length) {
            keep(old, count + 2);
        }
        sinceHour[count] = at;
        planDay[count] = plan;
        heldUntilDay[count] = held;
        milestone[count] = (byte) reached;
        count++;
    }

    private void keep(int from, int length) {
        sinceHour = Arrays.copyOfRange(sinceHour, from, from + length);
        planDay = Arrays.copyOfRange(planDay, from, from + length);
        heldUntilDay = Arrays.copyOfRange(heldUntilDay, from, from + length);
        milestone = Arrays.copyOfRange(milestone, from, from + length);
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
