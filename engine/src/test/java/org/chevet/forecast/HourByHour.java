package org.chevet.forecast;

import java.util.function.LongToIntFunction;

/** What one hour of one patient teaches, the plain way. */
final class HourByHour {
    private HourByHour() {}

    /**
     * @param hoursKnown before that hour
     * @param what was known at an earlier hour, of the day of that hour
     */
    static void learn(
            StayPattern pattern,
            WallHours wall,
            long sinceHour,
            long hour,
            long hoursKnown,
            LongToIntFunction what,
            boolean leaves) {
        int bucket = StayPattern.bucket(hour - sinceHour);
        int weekday = wall.weekday(hour);
        int ofDay = wall.hourOfDay(hour);
        double base = pattern.rate.value[bucket];
        double byDay = pattern.weekday.value[weekday];
        double byHour = pattern.hour.value[ofDay];
        add(pattern.rate, bucket, byDay * byHour, leaves);
        add(pattern.weekday, weekday, base * byHour, leaves);
        add(pattern.hour, ofDay, base * byDay, leaves);
        int now = what.applyAsInt(hour);
        if (Standing.isPlannedForTheDay(now)) {
            add(pattern.hour(now), ofDay, base * byDay, leaves);
        }
        long today = wall.day(hour);
        for (int lead = 0; lead < Standing.LEADS; lead++) {
            int before = Standing.hoursBefore(lead, today, ofDay);
            if (before == 0 || hour - before >= sinceHour && before <= hoursKnown) {
                int part = Standing.partOfDay(Math.floorMod(ofDay - before, 24));
                int then = what.applyAsInt(hour - before);
                add(
                        pattern.standing.use(then),
                        Standing.ofWhat(lead, part),
                        base * byDay * pattern.hour(then).value[ofDay],
                        leaves);
            }
        }
    }

    private static void add(Factor factor, int place, double expected, boolean leaves) {
        factor.expected[place] += expected;
        factor.observed[place] += leaves ? 1 : 0;
    }
}
