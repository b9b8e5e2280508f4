package org.chevet.placement;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/** The nights of a plan, by number: a night lasts from noon or so until six in the morning, in the hospital's own time. */
record NightCalendar(LocalDate first, ZoneId zone, int nights) {
    /** When somebody who changes bed in the middle of a stay is taken to do so. */
    private static final LocalTime CHANGE = LocalTime.of(16, 0);

    static NightCalendar from(Instant now, ZoneId zone, int nights) {
        return new NightCalendar(dayOf(now, zone), zone, nights);
    }

    /** When the day of this time began, at the end of the night before. */
    static Instant dayBegan(Instant now, ZoneId zone) {
        return dayOf(now, zone).atTime(Fit.NIGHT_TO).atZone(zone).toInstant();
    }

    /** When it ends, and the next one begins. */
    static Instant dayEnds(Instant now, ZoneId zone) {
        return dayOf(now, zone).plusDays(1).atTime(Fit.NIGHT_TO).atZone(zone).toInstant();
    }

    private static LocalDate dayOf(Instant at, ZoneId zone) {
        return at.atZone(zone)
                .toLocalDateTime()
                .minusHours(Fit.NIGHT_TO.getHour())
                .toLocalDate();
    }

    /** The night that a time belongs to, or is before; outside the plan as well. */
    int night(Instant at) {
        long days = ChronoUnit.DAYS.between(first, dayOf(at, zone));
        return (int) Math.clamp(days, -nights, 2L * nights);
    }

    Instant change(int night) {
        return first.plusDays(night).atTime(CHANGE).atZone(zone).toInstant();
    }
}
