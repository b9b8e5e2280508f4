package org.chevet.forecast;

import java.util.Arrays;

/** A count at each full hour of the last weeks, as long as the mean of the same weekday's past weeks reaches back for. */
final class HourlyCounts {
    static final int WEEK_HOURS = 7 * 24;
    static final int NAIVE_WEEKS = 4;
    static final int UNKNOWN = Integer.MIN_VALUE;

    /** Four weeks that were over when the furthest forecast was made, and what was counted before the first of them. */
    private final int[] counts = new int
            [(weeksBefore(FlowForecast.HOURS_AHEAD_MAX) + NAIVE_WEEKS - 1) * WEEK_HOURS
                    + FlowForecast.HOURS_AHEAD_MAX
                    + 1];

    private long lastHour;

    HourlyCounts() {
        clear();
    }

    /** The last one of the same weekday that was known so many hours before is as many weeks back. */
    static int weeksBefore(int hoursAhead) {
        return Math.ceilDiv(hoursAhead, WEEK_HOURS);
    }

    /** Hours between the last one and this one are not known. */
    void put(long hour, int count) {
        for (long passed = Math.max(lastHour + 1, hour - counts.length + 1); passed < hour; passed++) {
            counts[place(passed)] = UNKNOWN;
        }
        counts[place(hour)] = count;
        lastHour = hour;
    }

    int at(long hour) {
        return hour > lastHour || hour <= lastHour - counts.length ? UNKNOWN : counts[place(hour)];
    }

    void clear() {
        Arrays.fill(counts, UNKNOWN);
        lastHour = Long.MIN_VALUE / 2;
    }

    private int place(long hour) {
        return (int) Math.floorMod(hour, (long) counts.length);
    }
}
