package org.chevet.forecast;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneRules;

/** Full hours since 1970 as a hospital's wall has them: days of 23 and 25 hours included. */
final class WallHours {
    static final int HOUR_SECONDS = 3_600;
    static final int WEEK_HOURS = 7 * 24;
    private static final int DAY_SECONDS = 86_400;

    /** The first day of 1970 was a Thursday; weeks begin on Monday. */
    private static final int FIRST_WEEKDAY = 3;

    private final ZoneRules rules;

    WallHours(ZoneId zone) {
        rules = zone.getRules();
    }

    static long hour(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), HOUR_SECONDS);
    }

    /** Days since 1970. */
    long day(long hour) {
        return Math.floorDiv(wallSeconds(hour), DAY_SECONDS);
    }

    long day(Instant time) {
        return Math.floorDiv(time.getEpochSecond() + rules.getOffset(time).getTotalSeconds(), DAY_SECONDS);
    }

    /** 0 is Monday. */
    int weekday(long hour) {
        return (int) Math.floorMod(day(hour) + FIRST_WEEKDAY, 7L);
    }

    /** The hour so many weeks before that the wall showed as it shows this one, where both lie on either side of a clock change too. */
    long weeksBefore(long hour, int weeks) {
        long before = hour - (long) weeks * WEEK_HOURS;
        return before + (wallSeconds(hour) - wallSeconds(before)) / HOUR_SECONDS - (hour - before);
    }

    /** 0 to 23. */
    int hourOfDay(long hour) {
        return (int) (Math.floorMod(wallSeconds(hour), (long) DAY_SECONDS) / HOUR_SECONDS);
    }

    private long wallSeconds(long hour) {
        long seconds = hour * HOUR_SECONDS;
        return seconds + rules.getOffset(Instant.ofEpochSecond(seconds)).getTotalSeconds();
    }
}
