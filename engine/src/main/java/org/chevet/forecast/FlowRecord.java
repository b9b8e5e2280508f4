package org.chevet.forecast;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.chevet.forecast.Outlooks.Outlook;
import org.chevet.hospital.ServiceId;
import org.jspecify.annotations.Nullable;

/**
 * How good a hospital's forecasts were, and how much wider or narrower they should have been. A forecast is kept as a few quantiles until the hour that
 * it speaks of, and scored then by who was there; of the scores, sums of days are kept. Of entries and exits only what their spread needed is known. It is
 * told every full hour. Owned by one thread.
 */
public final class FlowRecord {
    /** Hours ahead for which scores are kept. */
    public static final List<Integer> HOURS = List.of(1, 4, 8, 12, 24, 48, 72, 168, 336);

    /** Days for which scores are kept. */
    public static final int DAYS_MAX = 90;

    /** Levels, the bands' edges and the median among them. */
    private static final double[] LEVELS = {
        0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95,
        0.975
    };

    private static final int MEDIAN = 10;
    private static final int[][] BANDS = {{5, 15}, {2, 18}, {0, 20}};

    /** What is leant on counts as so many forecasts. */
    private static final double STRENGTH_FORECASTS = 10;

    /** Past errors of so many days are remembered, the older the less. */
    private static final double REMEMBERED_DAYS = 150;

    /** Distances of whole days; how need changes within one has to do with its hours. */
    private static final int TREND_FROM_HOURS = 24;

    /**
     * From then on forecasts are made for what their errors teach, before any is shown: of the first day, on which a feed tells who is here, hardly anything is
     * foreseen again. So what is needed a week ahead is known three days after the first forecast is shown.
     */
    private static final int TEACHING_FROM_DAYS = 10;

    /** Bands a third as wide: a hospital that takes in fewer when it is full has fewer patients too many than chance alone would bring. */
    private static final double FACTOR_MIN = 0.1;

    private static final double FACTOR_MAX = 4;

    /** Patients of variance below which nothing is learned of it: hardly anything ever happens. */
    private static final double VARIANCE_MIN = 0.05;

    /** Between two forecasts that are kept: no divisor of a week's hours, so that after five weeks they were made in each of them. */
    private static final int ORIGIN_HOURS = 5;

    private static final int WEEK_HOURS = 7 * 24;
    private static final int NAIVE_WEEKS = 4;

    /**
     * @param service null for the whole hospital
     * @param forecasts how many came due
     * @param error mean absolute error of the median, in patients
     * @param bias mean of median − truth: above 0 too many were expected
     * @param pinball mean pinball loss over the levels, in patients
     * @param crps twice that: approximately the continuous ranked probability score
     * @param coverage50 share of truths within the band from 25 to 75 %
     * @param naiveError mean absolute error of the mean of the same weekday and hour in the last four weeks, where four were known; else null
     * @param skill 1 − error / naiveError of the forecasts for which both are known; null where none is
     */
    public record Score(
            @Nullable ServiceId service,
            int hours,
            int forecasts,
            double error,
            double bias,
            double pinball,
            double crps,
            double coverage50,
            double coverage80,
            double coverage95,
            @Nullable Double naiveError,
            @Nullable Double skill) {}

    /** The number of the whole hospital, beside those that the history gives to services. */
    static final int WHOLE = -1;

    /** What is foreseen. */
    enum Quantity {
        PATIENTS,
        ENTRIES,
        EXITS
    }

    /**
     * @param variance as it was before past errors stretched it
     * @param before how many were counted when it was made
     */
    private record Expected(double mean, double variance, int before) {}

    /**
     * @param dueHour the hour that it speaks of
     * @param expected by {@link Quantity}
     * @param quantiles of patients, by level of {@link #LEVELS}; null of one that only teaches
     */
    private record Kept(int number, int horizon, long dueHour, List<Expected> expected, short @Nullable [] quantiles) {}

    /** Of the whole hospital first, then of each service. */
    private final List<Series> series = new ArrayList<>();

    /** What past errors needed, by quantity, place in {@link #series} and horizon. */
    private final Map<Quantity, double[][]> factors = new EnumMap<>(Quantity.class);

    /** By the hour they speak of, modulo one more than the furthest. */
    private final List<List<Kept>> due = new ArrayList<>();

    private final long keptFromHour;
    private long hour = Long.MIN_VALUE;

    /** @param keptFrom before then no forecast is made to be kept, which saves most of the time that a long past takes */
    public FlowRecord(Instant keptFrom) {
        keptFromHour = WallHours.hour(keptFrom);
        for (int i = 0; i <= FlowForecast.HOURS_AHEAD_MAX; i++) {
            due.add(new ArrayList<>());
        }
    }

    /** The history passed a full hour: what spoke of it is scored, and every fifth time a forecast is made to be kept. */
    void passed(FlowHistory history) {
        hour = history.hour();
        int[] present = history.present();
        while (series.size() <= present.length) {
            series.add(new Series());
        }
        int whole = 0;
        for (int number = 0; number < present.length; number++) {
            whole += present[number];
            series.get(number + 1).census.put(hour, present[number]);
        }
        series.getFirst().census.put(hour, whole);
        List<Kept> known = due.get((int) Math.floorMod(hour, (long) due.size()));
        for (Kept kept : known) {
            if (kept.dueHour() == hour) {
                score(kept, kept.number() == WHOLE ? whole : present[kept.number()], history.turnover());
            }
        }
        if (!known.isEmpty()) {
            known.clear();
            settle();
        }
        if (hour >= keptFromHour
                && Math.floorMod(hour, (long) ORIGIN_HOURS) == 0
                && !history.isTakingOver()
                && history.daysKnown() >= TEACHING_FROM_DAYS) {
            keep(history);
        }
    }

    /** What was foreseen so far is not scored: who is here is counted by somebody else from now on. */
    void dropDue() {
        due.forEach(List::clear);
    }

    private void score(Kept kept, int patients, Turnover turnover) {
        Series of = series.get(kept.number() + 1);
        of.need(kept, Quantity.PATIENTS, patients);
        of.need(kept, Quantity.ENTRIES, turnover.entries(kept.number()));
        of.need(kept, Quantity.EXITS, turnover.exits(kept.number()));
        if (kept.quantiles() != null) {
            of.score(kept.horizon(), kept.dueHour(), kept.quantiles(), patients);
        }
    }

    private void keep(FlowHistory history) {
        int[] hours = HOURS.stream().mapToInt(Integer::intValue).toArray();
        Outlooks outlooks = Outlooks.of(history, hours);
        boolean shown = history.daysKnown() >= FlowHistory.DAYS_NEEDED;
        for (int number = WHOLE; number < history.flows().size(); number++) {
            int entries = history.turnover().entries(number);
            int exits = history.turnover().exits(number);
            for (int horizon = 0; horizon < hours.length; horizon++) {
                Outlook outlook = outlooks.of(number, horizon);
                double factor = factor(Quantity.PATIENTS, number, hours[horizon]);
                long dueHour = hour + hours[horizon];
                due.get((int) Math.floorMod(dueHour, (long) due.size()))
                        .add(new Kept(
                                number,
                                horizon,
                                dueHour,
                                List.of(
                                        expected(outlook.patients(), 0),
                                        expected(outlook.entries(), entries),
                                        expected(outlook.exits(), exits)),
                                shown ? quantiles(outlook.patients().sum().stretched(factor)) : null));
            }
        }
    }

    private static Expected expected(Parts parts, int before) {
        return new Expected(parts.mean(), parts.variance(), before);
    }

    private static short[] quantiles(CountDistribution patients) {
        short[] quantiles = new short[LEVELS.length];
        for (int i = 0; i < LEVELS.length; i++) {
            quantiles[i] = (short) Math.min(Short.MAX_VALUE, patients.quantile(LEVELS[i]));
        }
        return quantiles;
    }

    /**
     * By how much a variance must be multiplied so that past forecasts of such a distance would have been as wide as needed: the mean of squared errors by the
     * variances expected. It changes evenly between the distances that are scored.
     *
     * @param number of a service, or {@link #WHOLE}
     */
    double factor(Quantity quantity, int number, int hours) {
        double[][] all = factors.get(quantity);
        if (all == null || number + 1 >= all.length) {
            return 1;
        }
        double[] known = all[number + 1];
        int next = 0;
        while (HOURS.get(next) < hours) {
            next++;
        }
        if (next == 0 || HOURS.get(next) == hours) {
            return known[next];
        }
        double share = (hours - HOURS.get(next - 1)) / (double) (HOURS.get(next) - HOURS.get(next - 1));
        return known[next - 1] + share * (known[next] - known[next - 1]);
    }

    private void settle() {
        for (Quantity quantity : Quantity.values()) {
            double[][] all = new double[series.size()][HOURS.size()];
            double[] ofHospital = needed(series.subList(0, 1), quantity);
            double[] ofServices = needed(series.subList(1, series.size()), quantity);
            for (int horizon = 0; horizon < HOURS.size(); horizon++) {
                all[0][horizon] = Math.clamp(ofHospital[horizon], FACTOR_MIN, FACTOR_MAX);
                for (int i = 1; i < all.length; i++) {
                    double own = needed(series.subList(i, i + 1), quantity, horizon, ofServices[horizon]);
                    all[i][horizon] = Math.clamp(own, FACTOR_MIN, FACTOR_MAX);
                }
            }
            factors.put(quantity, all);
        }
    }

    /**
     * By distance. While few errors are known for one, it leans on what the next shorter one needed, which is known sooner, and on how that changed from day to
     * day so far: where a full hospital takes in fewer, need falls with the distance.
     */
    private static double[] needed(List<Series> together, Quantity quantity) {
        double[] needed = new double[HOURS.size()];
        Trend trend = new Trend();
        double leantOn = 1;
        for (int horizon = 0; horizon < needed.length; horizon++) {
            double distance = Math.log(HOURS.get(horizon));
            if (horizon > 0) {
                leantOn = needed[horizon - 1] * Math.exp(trend.slope() * (distance - Math.log(HOURS.get(horizon - 1))));
            }
            needed[horizon] = needed(together, quantity, horizon, leantOn);
            if (HOURS.get(horizon) >= TREND_FROM_HOURS) {
                trend.add(
                        distance,
                        Math.log(needed[horizon]),
                        errors(together, quantity, horizon).forecasts());
            }
        }
        return needed;
    }

    /** A service leans on all of them. */
    private static double needed(List<Series> together, Quantity quantity, int horizon, double leantOn) {
        Errors errors = errors(together, quantity, horizon);
        return (STRENGTH_FORECASTS * leantOn + errors.squares()) / (STRENGTH_FORECASTS + errors.forecasts());
    }

    /** Those of before anything was shown give way to those of what was. */
    private static Errors errors(List<Series> together, Quantity quantity, int horizon) {
        Errors shown = Errors.NONE;
        Errors early = Errors.NONE;
        for (Series one : together) {
            shown = shown.plus(one.shown[quantity.ordinal()][horizon], 1);
            early = early.plus(one.early[quantity.ordinal()][horizon], 1);
        }
        return shown.plus(early, Math.max(0, 1 - shown.forecasts() / STRENGTH_FORECASTS));
    }

    /**
     * @param squares sum of squared errors, each by the variance expected
     * @param forecasts how many told something new
     */
    private record Errors(double squares, double forecasts) {
        static final Errors NONE = new Errors(0, 0);

        Errors plus(Errors other, double times) {
            return new Errors(squares + times * other.squares, forecasts + times * other.forecasts);
        }
    }

    /**
     * The line through logarithms of need by logarithms of hours, by least squares: the logarithm of a mean of n squared errors has the variance 2/n. Beforehand the
     * slope is 0 ± {@value #SLOPE_DEVIATION}.
     */
    private static final class Trend {
        private static final double SLOPE_DEVIATION = 0.5;

        /** The same days lie behind all distances: beyond this, more forecasts make none of them surer beside the others. */
        private static final double FORECASTS_MAX = 100;

        private double weights;
        private double distances;
        private double needs;
        private double squares;
        private double products;

        void add(double distance, double need, double forecasts) {
            double weight = Math.min(FORECASTS_MAX, forecasts) / 2;
            weights += weight;
            distances += weight * distance;
            needs += weight * need;
            squares += weight * distance * distance;
            products += weight * distance * need;
        }

        double slope() {
            if (weights == 0) {
                return 0;
            }
            double spread = squares - distances * distances / weights;
            return (products - distances * needs / weights) / (spread + 1 / (SLOPE_DEVIATION * SLOPE_DEVIATION));
        }
    }

    /**
     * The whole hospital first, then each service; each by hours ahead. Only what at least one forecast came due for.
     *
     * @param days the last ones, up to {@value #DAYS_MAX}
     */
    public List<Score> scores(FlowHistory history, int days) {
        if (days < 1 || days > DAYS_MAX) {
            throw new IllegalArgumentException("scores of " + days + " days are asked for, not of 1 to " + DAYS_MAX);
        }
        List<Score> scores = new ArrayList<>();
        for (int i = 0; i < series.size(); i++) {
            ServiceId service = i == 0 ? null : history.flows().get(i - 1).id;
            for (int horizon = 0; horizon < HOURS.size(); horizon++) {
                double[] sums = series.get(i).sums(horizon, Math.floorDiv(hour, 24), days);
                if (sums[Sum.FORECASTS.ordinal()] > 0) {
                    scores.add(score(service, HOURS.get(horizon), sums));
                }
            }
        }
        return scores;
    }

    private static Score score(@Nullable ServiceId service, int hours, double[] sums) {
        double count = sums[Sum.FORECASTS.ordinal()];
        double compared = sums[Sum.COMPARED.ordinal()];
        double naive = sums[Sum.NAIVE_ERROR.ordinal()];
        return new Score(
                service,
                hours,
                (int) count,
                sums[Sum.ERROR.ordinal()] / count,
                sums[Sum.BIAS.ordinal()] / count,
                sums[Sum.PINBALL.ordinal()] / count,
                2 * sums[Sum.PINBALL.ordinal()] / count,
                sums[Sum.WITHIN_50.ordinal()] / count,
                sums[Sum.WITHIN_80.ordinal()] / count,
                sums[Sum.WITHIN_95.ordinal()] / count,
                compared == 0 ? null : naive / compared,
                naive == 0 ? null : 1 - sums[Sum.COMPARED_ERROR.ordinal()] / naive);
    }

    /** What is summed up of a day's forecasts. */
    private enum Sum {
        FORECASTS,
        ERROR,
        BIAS,
        PINBALL,
        WITHIN_50,
        WITHIN_80,
        WITHIN_95,
        /** How many could be compared with the mean of past weeks. */
        COMPARED,
        COMPARED_ERROR,
        NAIVE_ERROR
    }

    /** Patients at each full hour of the last weeks. */
    private static final class HourlyCensus {
        private final long[] hours = new long[(NAIVE_WEEKS + 2) * WEEK_HOURS];
        private final int[] patients = new int[hours.length];

        HourlyCensus() {
            Arrays.fill(hours, Long.MIN_VALUE);
        }

        void put(long hour, int count) {
            int place = place(hour);
            hours[place] = hour;
            patients[place] = count;
        }

        private int place(long hour) {
            return (int) Math.floorMod(hour, (long) hours.length);
        }

        /** Of the same hour of the last four weeks that were known when the forecast was made; NaN when one is not known. */
        double naive(long dueHour, int hoursAhead) {
            int weeksBefore = Math.ceilDiv(hoursAhead, WEEK_HOURS);
            double sum = 0;
            for (int week = weeksBefore; week < weeksBefore + NAIVE_WEEKS; week++) {
                long then = dueHour - (long) week * WEEK_HOURS;
                if (hours[place(then)] != then) {
                    return Double.NaN;
                }
                sum += patients[place(then)];
            }
            return sum / NAIVE_WEEKS;
        }
    }

    private static final class Series {
        private final HourlyCensus census = new HourlyCensus();
        /** By quantity and horizon, of forecasts that were shown, and of those before. */
        private final Errors[][] shown = new Errors[Quantity.values().length][HOURS.size()];

        private final Errors[][] early = new Errors[Quantity.values().length][HOURS.size()];
        private final long[] days = new long[DAYS_MAX];
        private final float[][] sums = new float[DAYS_MAX][HOURS.size() * Sum.values().length];

        Series() {
            Arrays.fill(days, Long.MIN_VALUE);
            for (Quantity quantity : Quantity.values()) {
                Arrays.fill(shown[quantity.ordinal()], Errors.NONE);
                Arrays.fill(early[quantity.ordinal()], Errors.NONE);
            }
        }

        /** @param counted since the journal began, of entries and exits */
        void need(Kept kept, Quantity quantity, int counted) {
            Expected expected = kept.expected().get(quantity.ordinal());
            if (expected.variance() < VARIANCE_MIN) {
                return;
            }
            int horizon = kept.horizon();
            double distance = counted - expected.before() - expected.mean();
            // Forecasts made one after the other share most of the hours that they look ahead: few tell something new.
            double news = Math.min(1, 2.0 * ORIGIN_HOURS / HOURS.get(horizon));
            double remembered = 1 - ORIGIN_HOURS / 24.0 / REMEMBERED_DAYS;
            Errors[] errors = (kept.quantiles() == null ? early : shown)[quantity.ordinal()];
            errors[horizon] = new Errors(news * distance * distance / expected.variance(), news)
                    .plus(errors[horizon], remembered);
        }

        void score(int horizon, long dueHour, short[] quantiles, int truth) {
            float[] today = today(Math.floorDiv(dueHour, 24));
            int first = horizon * Sum.values().length;
            double error = quantiles[MEDIAN] - truth;
            today[first + Sum.FORECASTS.ordinal()]++;
            today[first + Sum.ERROR.ordinal()] += (float) Math.abs(error);
            today[first + Sum.BIAS.ordinal()] += (float) error;
            double pinball = 0;
            for (int i = 0; i < LEVELS.length; i++) {
                pinball += Scores.pinball(LEVELS[i], quantiles[i], truth);
            }
            today[first + Sum.PINBALL.ordinal()] += (float) (pinball / LEVELS.length);
            for (int band = 0; band < BANDS.length; band++) {
                if (quantiles[BANDS[band][0]] <= truth && truth <= quantiles[BANDS[band][1]]) {
                    today[first + Sum.WITHIN_50.ordinal() + band]++;
                }
            }
            double naive = census.naive(dueHour, HOURS.get(horizon));
            if (!Double.isNaN(naive)) {
                today[first + Sum.COMPARED.ordinal()]++;
                today[first + Sum.COMPARED_ERROR.ordinal()] += (float) Math.abs(error);
                today[first + Sum.NAIVE_ERROR.ordinal()] += (float) Math.abs(naive - truth);
            }
        }

        private float[] today(long day) {
            int place = (int) Math.floorMod(day, (long) DAYS_MAX);
            if (days[place] != day) {
                days[place] = day;
                Arrays.fill(sums[place], 0);
            }
            return sums[place];
        }

        double[] sums(int horizon, long lastDay, int lastDays) {
            double[] all = new double[Sum.values().length];
            for (int place = 0; place < DAYS_MAX; place++) {
                if (days[place] > lastDay - lastDays) {
                    for (int i = 0; i < all.length; i++) {
                        all[i] += sums[place][horizon * all.length + i];
                    }
                }
            }
            return all;
        }
    }
}
