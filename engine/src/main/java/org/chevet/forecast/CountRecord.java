package org.chevet.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.chevet.forecast.FlowRecord.Quantity;
import org.chevet.forecast.FlowRecord.Score;

/**
 * What was foreseen every hour of one count of a service, a pole or the hospital, and how good that was. A forecast is kept as a few quantiles until the hour
 * that it speaks of, and scored then by what was counted; of the scores, sums of days are kept. Owned by one thread.
 */
final class CountRecord {
    /** Levels, the bands' edges and the median among them. */
    private static final double[] LEVELS = {
        0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95,
        0.975
    };

    private static final int MEDIAN = 10;
    private static final int[][] BANDS = {{5, 15}, {2, 18}, {0, 20}};
    private static final DuePlaces PLACES = new DuePlaces(1);
    private static final int NEVER = Integer.MIN_VALUE;

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

    private final Quantity quantity;

    /** Patients who are there, or entries or exits since the journal began. */
    private final HourlyCounts counts = new HourlyCounts();

    /** By place: the hour in which the forecast was made that is kept there. */
    private final int[] madeHour = new int[PLACES.size()];

    /** By place and level. */
    private final short[] quantiles = new short[PLACES.size() * LEVELS.length];

    private final long[] days = new long[FlowRecord.DAYS_MAX];
    private final float[][] sums = new float[FlowRecord.DAYS_MAX][FlowRecord.HOURS.size() * Sum.values().length];

    CountRecord(Quantity quantity) {
        this.quantity = quantity;
        Arrays.fill(madeHour, NEVER);
        Arrays.fill(days, Long.MIN_VALUE);
    }

    /** @param count how many patients are there, or how many came or left since the journal began */
    void put(long hour, int count) {
        counts.put(hour, count);
    }

    /** What a forecast of this hour, made so many hours before, spoke of; {@link HourlyCounts#UNKNOWN} when it was not counted. */
    int truth(long hour, int hoursAhead) {
        int then = counts.at(hour);
        if (quantity == Quantity.PATIENTS) {
            return then;
        }
        int before = counts.at(hour - hoursAhead);
        return then == HourlyCounts.UNKNOWN || before == HourlyCounts.UNKNOWN ? HourlyCounts.UNKNOWN : then - before;
    }

    void keep(int horizon, long made, CountDistribution foreseen) {
        int place = PLACES.of(horizon, made);
        madeHour[place] = Math.toIntExact(made);
        int[] told = foreseen.quantiles(LEVELS);
        for (int i = 0; i < LEVELS.length; i++) {
            quantiles[place * LEVELS.length + i] = (short) Math.min(Short.MAX_VALUE, told[i]);
        }
    }

    /** What speaks of this hour, which was counted. */
    void score(long hour) {
        for (int horizon = 0; horizon < FlowRecord.HOURS.size(); horizon++) {
            int hoursAhead = FlowRecord.HOURS.get(horizon);
            int place = PLACES.of(horizon, hour - hoursAhead);
            if (madeHour[place] == hour - hoursAhead) {
                score(horizon, hour, place * LEVELS.length, truth(hour, hoursAhead));
            }
        }
    }

    /** What was foreseen so far is not scored: it is counted by somebody else from now on. */
    void dropDue() {
        Arrays.fill(madeHour, NEVER);
        if (quantity != Quantity.PATIENTS) {
            counts.clear();
        }
    }

    private void score(int horizon, long hour, int first, int truth) {
        float[] today = today(Math.floorDiv(hour, 24));
        int sum = horizon * Sum.values().length;
        double error = quantiles[first + MEDIAN] - truth;
        today[sum + Sum.FORECASTS.ordinal()]++;
        today[sum + Sum.ERROR.ordinal()] += (float) Math.abs(error);
        today[sum + Sum.BIAS.ordinal()] += (float) error;
        double pinball = 0;
        for (int i = 0; i < LEVELS.length; i++) {
            pinball += Scores.pinball(LEVELS[i], quantiles[first + i], truth);
        }
        today[sum + Sum.PINBALL.ordinal()] += (float) (pinball / LEVELS.length);
        for (int band = 0; band < BANDS.length; band++) {
            if (quantiles[first + BANDS[band][0]] <= truth && truth <= quantiles[first + BANDS[band][1]]) {
                today[sum + Sum.WITHIN_50.ordinal() + band]++;
            }
        }
        double naive = naive(hour, FlowRecord.HOURS.get(horizon));
        if (!Double.isNaN(naive)) {
            today[sum + Sum.COMPARED.ordinal()]++;
            today[sum + Sum.COMPARED_ERROR.ordinal()] += (float) Math.abs(error);
            today[sum + Sum.NAIVE_ERROR.ordinal()] += (float) Math.abs(naive - truth);
        }
    }

    /** The mean of the same hours of the last four weeks that were known when the forecast was made; NaN when one is not known. */
    private double naive(long hour, int hoursAhead) {
        int weeksBefore = HourlyCounts.weeksBefore(hoursAhead);
        double sum = 0;
        for (int week = weeksBefore; week < weeksBefore + HourlyCounts.NAIVE_WEEKS; week++) {
            int then = truth(hour - (long) week * HourlyCounts.WEEK_HOURS, hoursAhead);
            if (then == HourlyCounts.UNKNOWN) {
                return Double.NaN;
            }
            sum += then;
        }
        return sum / HourlyCounts.NAIVE_WEEKS;
    }

    private float[] today(long day) {
        int place = (int) Math.floorMod(day, (long) FlowRecord.DAYS_MAX);
        if (days[place] != day) {
            days[place] = day;
            Arrays.fill(sums[place], 0);
        }
        return sums[place];
    }

    /** By hours ahead; only those of which at least one forecast came due. */
    List<Score> scores(long hour, int lastDays) {
        List<Score> scores = new ArrayList<>();
        for (int horizon = 0; horizon < FlowRecord.HOURS.size(); horizon++) {
            double[] all = sums(horizon, Math.floorDiv(hour, 24), lastDays);
            if (all[Sum.FORECASTS.ordinal()] > 0) {
                scores.add(score(FlowRecord.HOURS.get(horizon), all));
            }
        }
        return scores;
    }

    private double[] sums(int horizon, long lastDay, int lastDays) {
        double[] all = new double[Sum.values().length];
        for (int place = 0; place < days.length; place++) {
            if (days[place] > lastDay - lastDays) {
                for (int i = 0; i < all.length; i++) {
                    all[i] += sums[place][horizon * all.length + i];
                }
            }
        }
        return all;
    }

    private static Score score(int hours, double[] sums) {
        double count = sums[Sum.FORECASTS.ordinal()];
        double compared = sums[Sum.COMPARED.ordinal()];
        double naive = sums[Sum.NAIVE_ERROR.ordinal()];
        return new Score(
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
}
