package org.chevet.forecast;

import java.util.Arrays;

/**
 * When patients come to a service from outside: level × weekday × hour. How long a memory the level has is not fixed: several run side by side, and each
 * counts as Bayes weighs it by how probable it made the days so far, the days themselves being forgotten; before any day half as long a one is half as likely. So where arrivals are steady the memory is
 * long, in an epidemic it is short. From a few hours on arrivals come in bursts: the variance of a day's number is a learned multiple of its mean. Whole days
 * teach: of one that was watched in part, nobody knows how busy the rest was.
 */
final class ArrivalPattern {
    /** A day counts half after these; 14 have the mean age of 40 days with equal weights. */
    private static final int[] MEMORY_DAYS = {7, 14, 28, 56, 112, 224};

    private static final double[] REMEMBERED = Arrays.stream(MEMORY_DAYS)
            .mapToDouble(days -> Math.pow(0.5, 1.0 / days))
            .toArray();

    private static final double STRENGTH_EVENTS = 8;

    /** Days of unsuspicious arrivals that the dispersion starts from. */
    private static final double STRENGTH_DAYS = 14;

    /** That nobody came so far is no proof that nobody ever will. */
    private static final double ONE_ARRIVAL = 1;

    /** While the rhythm of a week is not known, bursts are not told from it. */
    private static final int UNSCORED_DAYS = 28;

    /** What came in so many days is judged by the level that is known at their end, for what is known of it after the first of them says little. */
    private static final int FIRST_DAYS = 14;

    /** The shortest day, in spring. */
    private static final int DAY_HOURS_MIN = 23;

    final Factor weekday = new Factor(7, 1);
    final Factor hour = new Factor(24, 1);
    /** By memory: arrivals and hours that count, and the logarithm of how probable it made what came. */
    private final double[] counts = new double[MEMORY_DAYS.length];

    private final double[] hours = new double[MEMORY_DAYS.length];
    private final double[] evidence = new double[MEMORY_DAYS.length];
    private double level;

    /** The level by which weekdays and hours are judged; as long as nobody came, any does. */
    private double judgedBy = 1;

    private double relativeVariance = 1;
    private double squares;
    private double means;

    /** Since somebody first came. */
    private int days;

    private int today;
    private int weekdayToday;
    private final int[] todayByHour = new int[24];
    private int hoursToday;
    private final int[] hoursTodayByHour = new int[24];

    /** An hour went by. */
    void hour(int ofWeekday, int ofHour) {
        weekdayToday = ofWeekday;
        hoursToday++;
        hoursTodayByHour[ofHour]++;
    }

    /** Within the hour that went by last. */
    void came(int ofHour) {
        today++;
        todayByHour[ofHour]++;
    }

    void endDay(double kept) {
        if (hoursToday >= DAY_HOURS_MIN) {
            learnDay(kept);
        }
        weekday.forget(kept);
        hour.forget(kept);
        dropDay();
    }

    /** Nobody watches any more: what is still to come of the day will not be known. */
    void dropDay() {
        today = 0;
        Arrays.fill(todayByHour, 0);
        hoursToday = 0;
        Arrays.fill(hoursTodayByHour, 0);
    }

    private void learnDay(double kept) {
        double byDay = weekday.value[weekdayToday];
        double hours = 0;
        for (int i = 0; i < todayByHour.length; i++) {
            hours += hoursTodayByHour[i] * hour.value[i];
            hour.observed[i] += todayByHour[i];
            hour.expected[i] += hoursTodayByHour[i] * judgedBy * byDay;
        }
        weekday.observed[weekdayToday] += today;
        weekday.expected[weekdayToday] += judgedBy * hours;
        double profile = byDay * hours;
        days += days > 0 || today > 0 ? 1 : 0;
        if (days > UNSCORED_DAYS) {
            double expected = level * profile;
            squares = squares * kept + (today - expected) * (today - expected);
            means = means * kept + expected;
        }
        settleLevel(kept, profile);
        if (level > 0) {
            if (days <= FIRST_DAYS) {
                weekday.expectTimes(level / judgedBy);
                hour.expectTimes(level / judgedBy);
            }
            judgedBy = level;
        }
    }

    private void settleLevel(double kept, double profile) {
        double dispersion = dispersion();
        double likeliest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < MEMORY_DAYS.length; i++) {
            if (hours[i] > 0) {
                double expected = profile * (counts[i] + ONE_ARRIVAL) / hours[i];
                evidence[i] = evidence[i] * kept + (today * Math.log(expected) - expected) / dispersion;
            }
            counts[i] = counts[i] * REMEMBERED[i] + today;
            hours[i] = hours[i] * REMEMBERED[i] + hoursToday;
            likeliest = Math.max(likeliest, evidence[i]);
        }
        double weights = 0;
        double levels = 0;
        double squaredLevels = 0;
        for (int i = 0; i < MEMORY_DAYS.length; i++) {
            double weight = Math.exp(evidence[i] - likeliest) * MEMORY_DAYS[i];
            double one = counts[i] / hours[i];
            weights += weight;
            levels += weight * one;
            squaredLevels += weight * (one * one + dispersion * (counts[i] + ONE_ARRIVAL) / (hours[i] * hours[i]));
        }
        level = levels / weights;
        double variance = squaredLevels / weights - level * level;
        relativeVariance = level == 0 ? 1 : variance / (level * level);
    }

    void add(ArrivalPattern part) {
        if (part.level > 0) {
            weekday.add(part.weekday);
            hour.add(part.hour);
        }
    }

    /** What was learned of others of the same days is true of these. */
    void takeOver(ArrivalPattern other) {
        add(other);
        other.clear();
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
            other.counts[i] = 0;
        }
        level += other.level;
        judgedBy = level > 0 ? level : 1;
        other.level = 0;
        other.judgedBy = 1;
        days = Math.max(days, other.days);
        other.days = 0;
        squares += other.squares;
        other.squares = 0;
        means += other.means;
        other.means = 0;
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
        return level * weekday.value[ofWeekday] * hour.value[ofHour];
    }

    /** Variance of the level, divided by its square. */
    double relativeVariance() {
        return relativeVariance;
    }

    /**
     * What weekdays that are not known for sure add to the variance of a number of arrivals, divided by its square: each is a gamma variable of as many arrivals
     * as it was learned of, and what they have in common is the level's.
     *
     * @param onWeekday expected of that number
     */
    double weekdaysVariance(double[] onWeekday) {
        double all = 0;
        double squares = 0;
        double learned = 0;
        for (int i = 0; i < onWeekday.length; i++) {
            double events = weekday.observed[i] + STRENGTH_EVENTS;
            all += onWeekday[i];
            squares += onWeekday[i] * onWeekday[i] / events;
            learned += events;
        }
        return all == 0 ? 0 : Math.max(0, squares / (all * all) - 1 / learned);
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
}
