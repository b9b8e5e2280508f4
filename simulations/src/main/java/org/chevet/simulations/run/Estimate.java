package org.chevet.simulations.run;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * A mean over replications with its 95 % confidence interval by Student's t: {@code mean ± t(0.975, n-1) s / sqrt(n)}. Replications in which
 * there was nobody to measure it on are left out.
 *
 * @param half of the interval, NaN for fewer than two replications
 */
public record Estimate(double mean, double half, int count) {
    private static final double CONFIDENCE = 0.95;

    static Estimate of(double[] values) {
        double[] known = Arrays.stream(values).filter(Double::isFinite).toArray();
        int count = known.length;
        double mean = Arrays.stream(known).average().orElse(Double.NaN);
        if (count < 2) {
            return new Estimate(mean, Double.NaN, count);
        }
        double squares = Arrays.stream(known)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        double t = new TDistribution(count - 1).inverseCumulativeProbability((1 + CONFIDENCE) / 2);
        return new Estimate(mean, t * Math.sqrt(squares / (count - 1) / count), count);
    }

    /** Of the differences between what the same replication gave twice. */
    static Estimate ofDifferences(double[] some, double[] others) {
        return of(IntStream.range(0, some.length)
                .mapToDouble(i -> others[i] - some[i])
                .toArray());
    }

    /** Whether zero lies outside the interval. */
    boolean isSignificant() {
        return Math.abs(mean) > half;
    }

    /** @param locale of its decimals */
    String text(Locale locale) {
        if (count == 0) {
            return "–";
        }
        int digits = Math.abs(mean) >= 1_000 ? 0 : Math.abs(mean) >= 100 ? 1 : 2;
        String number = "%." + digits + "f";
        return count < 2
                ? String.format(locale, number, mean)
                : String.format(locale, number + " ± " + number, mean, half);
    }
}
