package org.chevet.tension;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.chevet.hospital.ServiceId;
import org.jspecify.annotations.Nullable;

/**
 * Sums by service and local day: {@link Figure}s are posted to it, and taken back by posting them again with the opposite sign. A day has the
 * 23, 24 or 25 hours that it has on the hospital's wall.
 */
final class Ledger {
    /** As many days as the indicators look back on: three years and the weeks around. */
    static final int DAYS_KEPT = 3 * 366 + 14;

    private static final String WHOLE = "";

    final ZoneId zone;
    private final Map<String, NavigableMap<LocalDate, long[]>> sums = new HashMap<>();

    Ledger(ZoneId zone) {
        this.zone = zone;
    }

    LocalDate day(Instant at) {
        return at.atZone(zone).toLocalDate();
    }

    Instant at(LocalDate day, int hour) {
        return day.atTime(LocalTime.of(hour, 0)).atZone(zone).toInstant();
    }

    Instant midnight(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }

    /** Posts to the hospital and, where one is named, to the service. */
    void post(@Nullable ServiceId service, LocalDate day, Figure figure, long amount) {
        postTo(WHOLE, day, figure.ordinal(), amount);
        postToService(service, day, figure, amount);
    }

    void postToService(@Nullable ServiceId service, LocalDate day, Figure figure, long amount) {
        if (service != null) {
            postTo(service.value(), day, figure.ordinal(), amount);
        }
    }

    void postToHospital(LocalDate day, Figure figure, long amount) {
        postTo(WHOLE, day, figure.ordinal(), amount);
    }

    void postDischarge(@Nullable ServiceId service, Instant at, int sign) {
        int hour = Figure.values().length + at.atZone(zone).getHour();
        post(service, day(at), Figure.DISCHARGES, sign);
        postTo(WHOLE, day(at), hour, sign);
        if (service != null) {
            postTo(service.value(), day(at), hour, sign);
        }
    }

    /** Posts the seconds from one instant to another to the days they fall on. */
    void postTime(@Nullable ServiceId service, Figure figure, Instant from, Instant to, int sign) {
        Instant begin = from;
        while (begin.isBefore(to)) {
            LocalDate day = day(begin);
            Instant next = midnight(day.plusDays(1));
            Instant end = next.isBefore(to) ? next : to;
            post(service, day, figure, sign * (end.getEpochSecond() - begin.getEpochSecond()));
            begin = end;
        }
    }

    private void postTo(String scope, LocalDate day, int figure, long amount) {
        NavigableMap<LocalDate, long[]> days = sums.computeIfAbsent(scope, any -> new TreeMap<>());
        days.computeIfAbsent(day, any -> new long[Figure.COUNT])[figure] += amount;
    }

    /** @param service null for the hospital */
    long sum(@Nullable ServiceId service, LocalDate first, LocalDate last, Figure figure) {
        return sum(service, first, last, figure.ordinal());
    }

    long dischargesInHour(@Nullable ServiceId service, LocalDate first, LocalDate last, int hour) {
        return sum(service, first, last, Figure.values().length + hour);
    }

    private long sum(@Nullable ServiceId service, LocalDate first, LocalDate last, int figure) {
        NavigableMap<LocalDate, long[]> days = sums.get(service == null ? WHOLE : service.value());
        long sum = 0;
        if (days != null) {
            for (long[] figures : days.subMap(first, true, last, true).values()) {
                sum += figures[figure];
            }
        }
        return sum;
    }

    long of(@Nullable ServiceId service, LocalDate day, Figure figure) {
        return sum(service, day, day, figure);
    }

    void forgetBefore(LocalDate day) {
        sums.values().forEach(days -> days.headMap(day, false).clear());
    }

    static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    static double hours(double seconds) {
        return seconds / Duration.ofHours(1).toSeconds();
    }

    static double days(double seconds) {
        return seconds / Duration.ofDays(1).toSeconds();
    }
}
