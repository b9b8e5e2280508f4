package org.chevet.forecast;

import java.util.Arrays;

/** A count at each full hour of the last weeks, as far as the {@linkplain #naiveHours mean of the same weekday's past weeks} reaches back. */
final class HourlyCounts {
    static final int NAIVE_WEEKS = 4;
    static final int UNKNOWN = Integer.MIN_VALUE;

    /** Four weeks that were over when the furthest forecast was made, one more for a change of the clock, and what was counted before the first of them. */
    private final int[] counts = new int
            [(FlowForecast.HOURS_AHEAD_MAX / WallHours.WEEK_HOURS + NAIVE_WEEKS) * WallHours.WEEK_HOURS
                    + FlowForecast.HOURS_AHEAD_MAX
                    + 1];

    private long lastHour;

    HourlyCounts() {
        clear();
    }

    /** The same hour of the wall's clock on the same weekday in the last four weeks for which it was over when the forecast was made. */
    static long[] naiveHours(WallHours wall, long hour, int hoursAhead) {
        int last = 1;
        while (wall.weeksBefore(hour, last) > hour - hoursAhead) {
            last++;
        }
        long[] hours = new long[NAIVE_WEEKS];
        for (int i = 0; i < NAIVE_WEEKS; i++) {
            hours[i] = wall.weeksBefore(hour, last + i);
        }
        return hours;
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
