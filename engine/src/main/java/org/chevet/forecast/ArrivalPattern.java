package org.chevet.forecast;

/**
 * When patients come to a service from outside: level of the last weeks × weekday × hour. From a few hours on they come in bursts: the variance of a
 * day's number is a learned multiple of its mean.
 */
final class ArrivalPattern {
    /** A day counts half after a fortnight: the mean age of what the level is made of is that of 28 days. */
    private static final double LEVEL_KEPT_DAILY = Math.pow(0.5, 1 / 14.0);

    private static final double STRENGTH_EVENTS = 8;

    /** Days of unsuspicious arrivals that the dispersion starts from. */
    private static final double STRENGTH_DAYS = 14;

    final Factor weekday = new Factor(7, 1);
    final Factor hour = new Factor(24, 1);
    private double recent;
    private double recentHours;
    private double squares;
    private double means;
    private int today;
    private double expectedToday;

    /** An hour went by. */
    void hour(int ofWeekday, int ofHour) {
        recentHours++;
        double level = level();
        weekday.expected[ofWeekday] += level * hour.value[ofHour];
        hour.expected[ofHour] += level * weekday.value[ofWeekday];
        expectedToday += mean(ofWeekday, ofHour);
    }

    void came(int ofWeekday, int ofHour) {
        recent++;
        today++;
        weekday.observed[ofWeekday]++;
        hour.observed[ofHour]++;
    }

    void endDay(double kept) {
        double distance = today - expectedToday;
        squares = squares * kept + distance * distance;
        means = means * kept + expectedToday;
        today = 0;
        expectedToday = 0;
        recent *= LEVEL_KEPT_DAILY;
        recentHours *= LEVEL_KEPT_DAILY;
        weekday.forget(kept);
        hour.forget(kept);
    }

    void add(ArrivalPattern part) {
        weekday.add(part.weekday);
        hour.add(part.hour);
    }

    void clear() {
        weekday.clear();
        hour.clear();
    }

    void settle(ArrivalPattern group) {
        weekday.settleAroundOne(group.weekday, STRENGTH_EVENTS);
        hour.settleAroundOne(group.hour, STRENGTH_EVENTS);
    }

    /** Expected within that hour. */
    double mean(int ofWeekday, int ofHour) {
        return level() * weekday.value[ofWeekday] * hour.value[ofHour];
    }

    /** How many arrivals its level is known from. */
    double recent() {
        return recent;
    }

    /** Variance of a day's number divided by its mean, at least 1. */
    double dispersion() {
        double mean = means + STRENGTH_DAYS * 24 * level();
        return mean == 0 ? 1 : Math.max(1, (squares + STRENGTH_DAYS * 24 * level()) / mean);
    }

    private double level() {
        return recentHours == 0 ? 0 : recent / recentHours;
    }
}
