package org.chevet.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.chevet.forecast.FlowRecord.Quantity;
import org.chevet.forecast.FlowRecord.Score;
import org.jspecify.annotations.Nullable;

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

    /** Patients who are there, or entries or exits since something was first counted. */
    private final HourlyCounts counts = new HourlyCounts();

    /** By place: the hour in which the forecast was made that is kept there. Empty before the first forecast, as long as nothing is shown. */
    private int[] madeHour = {};

    /** By place and level. */
    private short[] quantiles = {};

    /** By day, modulo {@value FlowRecord#DAYS_MAX}: of a day of the wall's calendar, null before something came due on it. */
    private final @Nullable Day[] days = new Day[FlowRecord.DAYS_MAX];

    private record Day(long day, float[] sums) {}

    CountRecord(Quantity quantity) {
        this.quantity = quantity;
    }

    /** @param count how many patients are there, or how many came or left since something was first counted: only differences matter */
    void put(long hour, int count) {
        counts.put(hour, count);
    }

    /** What was {@link #put}; {@link HourlyCounts#UNKNOWN} of an hour that was not counted. */
    int counted(long hour) {
        return counts.at(hour);
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
        if (madeHour.length == 0) {
            madeHour = new int[PLACES.size()];
            Arrays.fill(madeHour, NEVER);
            quantiles = new short[PLACES.size() * LEVELS.length];
        }
        int place = PLACES.of(horizon, made);
        madeHour[place] = Math.toIntExact(made);
        int[] told = foreseen.quantiles(LEVELS);
        for (int i = 0; i < LEVELS.length; i++) {
            quantiles[place * LEVELS.length + i] = (short) Math.min(Short.MAX_VALUE, told[i]);
        }
    }

    /**
     * What speaks of this hour, which was counted.
     *
     * @param day of the wall's calendar
     * @param naiveHours by horizon, the {@linkplain HourlyCounts#naiveHours hours to compare with}
     */
    void score(long hour, long day, long[][] naiveHours) {
        if (madeHour.length == 0) {
            return;
        }
        for (int horizon = 0; horizon < FlowRecord.HOURS.size(); horizon++) {
            int hoursAhead = FlowRecord.HOURS.get(horizon);
            int place = PLACES.of(horizon, hour - hoursAhead);
            if (madeHour[place] == hour - hoursAhead) {
                int truth = truth(hour, hoursAhead);
                double naive = naive(naiveHours[horizon], hoursAhead);
                score(today(day), horizon, place * LEVELS.length, truth, naive);
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

    private void score(float[] today, int horizon, int first, int truth, double naive) {
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
        if (!Double.isNaN(naive)) {
            today[sum + Sum.COMPARED.ordinal()]++;
            today[sum + Sum.COMPARED_ERROR.ordinal()] += (float) Math.abs(error);
            today[sum + Sum.NAIVE_ERROR.ordinal()] += (float) Math.abs(naive - truth);
        }
    }

    /** Their mean; NaN when one of them is not known. */
    private double naive(long[] hours, int hoursAhead) {
        double sum = 0;
        for (long hour : hours) {
            int then = truth(hour, hoursAhead);
            if (then == HourlyCounts.UNKNOWN) {
                return Double.NaN;
            }
            sum += then;
        }
        return sum / hours.length;
    }

    private float[] today(long day) {
        int place = (int) Math.floorMod(day, (long) FlowRecord.DAYS_MAX);
        Day known = days[place];
        if (known == null || known.day != day) {
            known = new Day(day, new float[FlowRecord.HOURS.size() * Sum.values().length]);
            days[place] = known;
        }
        return known.sums;
    }

    /** By hours ahead; only those of which at least one forecast came due. */
    List<Score> scores(long lastDay, int lastDays) {
        List<Score> scores = new ArrayList<>();
        for (int horizon = 0; horizon < FlowRecord.HOURS.size(); horizon++) {
            double[] all = sums(horizon, lastDay, lastDays);
            if (all[Sum.FORECASTS.ordinal()] > 0) {
                scores.add(score(FlowRecord.HOURS.get(horizon), all));
            }
        }
        return scores;
    }

    private double[] sums(int horizon, long lastDay, int lastDays) {
        double[] all = new double[Sum.values().length];
        for (Day day : days) {
            if (day != null && day.day > lastDay - lastDays) {
                for (int i = 0; i < all.length; i++) {
                    all[i] += day.sums[horizon * all.length + i];
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
