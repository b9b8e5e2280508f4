package org.chevet.forecast;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The errors of past forecasts for one number of days ahead, each in units of the spread that was expected when it was made. Their quantiles
 * widen or narrow the next forecast, so that coverage holds. While they are few, a logistic curve as wide as they are fills in.
 */
final class PastErrors {
    /** Older errors are forgotten. */
    private static final int KEPT_MAX = 730;

    /** An error counts half after these. */
    private static final double HALF_LIFE_DAYS = 200;

    /** How many independent errors the curve is worth. */
    private static final double CURVE_ERRORS = 20;

    /** Mean absolute error, in units of the spread expected, that is assumed with the weight of so many errors. */
    private static final double ASSUMED_ERROR = 0.64;

    private static final double ASSUMED_ERRORS = 2;

    private final double remembered = Math.pow(0.5, 1 / HALF_LIFE_DAYS);
    private final double independentShare;
    private double[] errors = new double[0];
    private int count;

    /** Forecasts made on following days share most of the days that they look ahead: of h days ahead, one in h/2 tells something new. */
    PastErrors(int daysAhead) {
        independentShare = Math.min(1, 2.0 / daysAhead);
    }

    void add(double error) {
        if (count == errors.length && count < KEPT_MAX) {
            errors = Arrays.copyOf(errors, Math.min(KEPT_MAX, 2 * count + 14));
        }
        errors[count % KEPT_MAX] = error;
        count++;
    }

    int count() {
        return count;
    }

    /** In units of the spread expected, above the median, for ascending levels of which the middle one is 1/2. */
    double[] quantiles(double[] levels) {
        int kept = Math.min(count, KEPT_MAX);
        int[] ages = IntStream.range(0, kept)
                .boxed()
                .sorted(Comparator.comparingDouble(this::aged))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] places = new double[kept];
        double weights = 0;
        double weightSquares = 0;
        double absolute = 0;
        for (int i = 0; i < kept; i++) {
            double weight = Math.pow(remembered, ages[i]);
            places[i] = weights + weight / 2;
            weights += weight;
            weightSquares += weight * weight;
            absolute += weight * Math.abs(aged(ages[i]));
        }
        double meanAbsolute = (absolute + ASSUMED_ERRORS * ASSUMED_ERROR) / (weights + ASSUMED_ERRORS);
        double independent = kept == 0 ? 0 : weights * weights / weightSquares * independentShare;
        double[] quantiles = new double[levels.length];
        int above = 0;
        for (int i = 0; i < levels.length; i++) {
            double place = levels[i] * weights;
            while (above < kept && places[above] < place) {
                above++;
            }
            double seen = kept == 0 ? 0 : interpolated(ages, places, above, place);
            // The logistic distribution of scale s has the quantiles s·ln(u/(1 − u)) and the mean absolute value 2·s·ln
            // 2.
            double curve = meanAbsolute / (2 * Math.log(2)) * Math.log(levels[i] / (1 - levels[i]));
            quantiles[i] = (independent * seen + CURVE_ERRORS * curve) / (independent + CURVE_ERRORS);
        }
        // That errors lay to one side so far says little of the next: in a wave the side turns when the wave does.
        double middle = quantiles[levels.length / 2];
        for (int i = 0; i < levels.length; i++) {
            quantiles[i] -= middle;
        }
        return quantiles;
    }

    private double interpolated(int[] ages, double[] places, int above, double place) {
        if (above == 0 || above == places.length) {
            return aged(ages[Math.min(above, places.length - 1)]);
        }
        double share = (place - places[above - 1]) / (places[above] - places[above - 1]);
        return aged(ages[above - 1]) + share * (aged(ages[above]) - aged(ages[above - 1]));
    }

    /** 0 is the latest. */
    private double aged(int age) {
        return errors[(count - 1 - age) % KEPT_MAX];
    }
}
