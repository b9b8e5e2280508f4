package org.chevet.simulations.full;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * The hours of a run by the clock on the wall, those of 23 and 25 hours a day included, worked out once. Times are seconds since the first
 * midnight. Immutable.
 */
final class SimulatedDays {
    static final int SECONDS_PER_HOUR = 3_600;

    private final Instant begin;
    private final byte[] hourOfDay;
    private final byte[] weekday;
    private final byte[] month;
    private final int[] dayOfHour;
    private final int[] firstHourOfDay;

    SimulatedDays(ZoneId zone, LocalDate first, int days) {
        begin = first.atStartOfDay(zone).toInstant();
        firstHourOfDay = new int[days + 1];
        int hours = hoursUntil(zone, first.plusDays(days));
        hourOfDay = new byte[hours];
        weekday = new byte[hours];
        month = new byte[hours];
        dayOfHour = new int[hours];
        for (int day = 0; day <= days; day++) {
            firstHourOfDay[day] = hoursUntil(zone, first.plusDays(day));
        }
        int day = 0;
        for (int hour = 0; hour < hours; hour++) {
            day = hour == firstHourOfDay[day + 1] ? day + 1 : day;
            ZonedDateTime local =
                    begin.plusSeconds((long) hour * SECONDS_PER_HOUR).atZone(zone);
            hourOfDay[hour] = (byte) local.getHour();
            weekday[hour] = (byte) (local.getDayOfWeek().getValue() - 1);
            month[hour] = (byte) (local.getMonthValue() - 1);
            dayOfHour[hour] = day;
        }
    }

    private int hoursUntil(ZoneId zone, LocalDate day) {
        return (int) ((day.atStartOfDay(zone).toEpochSecond() - begin.getEpochSecond()) / SECONDS_PER_HOUR);
    }

    int hours() {
        return hourOfDay.length;
    }

    long end() {
        return (long) hours() * SECONDS_PER_HOUR;
    }

    Instant instant(long second) {
        return begin.plusSeconds(second);
    }

    /** Of a second before the end, as the others. */
    int day(long second) {
        return dayOfHour[hour(second)];
    }

    int hourOfDay(long second) {
        return hourOfDay[hour(second)];
    }

    int weekday(long second) {
        return weekday[hour(second)];
    }

    int weekdayOfHour(int hour) {
        return weekday[hour];
    }

    int monthOfHour(int hour) {
        return month[hour];
    }

    int hourOfDayOfHour(int hour) {
        return hourOfDay[hour];
    }

    /** When a day has come to an hour, fractions allowed; {@link Long#MAX_VALUE} after the end. */
    long second(int day, double hour) {
        if (day >= firstHourOfDay.length - 1) {
            return Long.MAX_VALUE;
        }
        int at = firstHourOfDay[day] + (int) hour;
        // On the day that is an hour shorter, or longer, the clock on the wall is an hour ahead, or behind.
        int off = at < hours() ? (int) hour - hourOfDay[at] : 0;
        return (long) ((at + off + hour - (int) hour) * SECONDS_PER_HOUR);
    }

    private static int hour(long second) {
        return (int) (second / SECONDS_PER_HOUR);
    }
}
