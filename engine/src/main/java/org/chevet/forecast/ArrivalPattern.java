package org.chevet.forecast;

/**
 * When patients come to a service from outside: level × weekday × hour. The level is that of the last weeks as far as these differ from the last months by
 * more than chance explains (James and Stein's share 1 − 1/z², z being how many standard deviations they differ by, now or on the mean): so where arrivals are steady
 * the memory is long, in an epidemic it is short. From a few hours on they come in bursts: the variance of a
 * day's number is a learned multiple of its mean.
 */
final class ArrivalPattern {
    /** A day counts half after a fortnight: the mean age of what the level is made of is that of 28 days. */
    private static final double LEVEL_KEPT_DAILY = Math.pow(0.5, 1 / 14.0);

    private static final double STRENGTH_EVENTS = 8;

    /** Days of unsuspicious arrivals that the dispersion starts from. */
    private static final double STRENGTH_DAYS = 14;

    /** While the rhythm of a week is not known, bursts are not told from it. */
    private static final int UNSCORED_DAYS = 28;

    final Factor weekday = new Factor(7, 1);
    final Factor hour = new Factor(24, 1);
    private double recent;
    private double recentHours;
    private double past;
    private double pastHours;
    private double level;
    private double relativeVariance = 1;
    private double distances;
    private double distancesWeight;
    private int days;
    private double squares;
    private double means;
    private int today;
    private double expectedToday;

    /** An hour went by. */
    void hour(int ofWeekday, int ofHour) {
        recentHours++;
        pastHours++;
        weekday.expected[ofWeekday] += level * hour.value[ofHour];
        hour.expected[ofHour] += level * weekday.value[ofWeekday];
        expectedToday += mean(ofWeekday, ofHour);
    }

    void came(int ofWeekday, int ofHour) {
        recent++;
        past++;
        today++;
        weekday.observed[ofWeekday]++;
        hour.observed[ofHour]++;
    }

    void endDay(double kept) {
        double distance = today - expectedToday;
        days++;
        if (days > UNSCORED_DAYS) {
            squares = squares * kept + distance * distance;
            means = means * kept + expectedToday;
        }
        distances *= kept;
        distancesWeight *= kept;
        today = 0;
        expectedToday = 0;
        recent *= LEVEL_KEPT_DAILY;
        recentHours *= LEVEL_KEPT_DAILY;
        past *= kept;
        pastHours *= kept;
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
        settleLevel();
        weekday.settleAroundOne(group.weekday, STRENGTH_EVENTS);
        hour.settleAroundOne(group.hour, STRENGTH_EVENTS);
    }

    /** Expected within that hour. */
    double mean(int ofWeekday, int ofHour) {
        return level() * weekday.value[ofWeekday] * hour.value[ofHour];
    }

    /** Variance of the level, divided by its square. */
    double relativeVariance() {
        return relativeVariance;
    }

    /** Arrivals an hour. */
    double level() {
        return level;
    }

    /** Variance of a day's number divided by its mean, at least 1. */
    double dispersion() {
        double mean = means + STRENGTH_DAYS * 24 * level;
        return mean == 0 ? 1 : Math.max(1, (squares + STRENGTH_DAYS * 24 * level) / mean);
    }

    private void settleLevel() {
        if (recentHours == 0 || past == 0) {
            return;
        }
        double usual = past / pastHours;
        double distance = recent - usual * recentHours;
        double chance = usual * recentHours * dispersion();
        double apart = distance * distance / chance;
        if (days > UNSCORED_DAYS) {
            distances += apart;
            distancesWeight++;
        }
        double usually = (distances + STRENGTH_DAYS) / (distancesWeight + STRENGTH_DAYS);
        double trusted = 1 - 1 / Math.max(1, Math.max(apart, usually));
        level = trusted * recent / recentHours + (1 - trusted) * usual;
        relativeVariance = dispersion() * (trusted / (recent + 1) + (1 - trusted) / (past + 1));
    }
}
