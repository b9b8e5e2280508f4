package org.chevet.forecast;

import java.util.Arrays;

/**
 * The mean of what several methods expect, for each number of days ahead, weighted by how little each erred so far: (least loss / own loss)^power. A loss is
 * the sum of absolute errors in beds, older ones counting less, divided by the methods' mean; with those for h days ahead count those for k days, (smaller / larger of h and k)² as much: errors
 * of a fortnight ahead are few, and known a fortnight late.
 */
final class Election {
    /** What is expected, and how far apart the methods are: the weighted mean and standard deviation, in beds. */
    record Result(double mean, double disagreement) {}

    /** An error too small to matter, in beds: nobody is infinitely better. */
    private static final double NO_LOSS = 1e-9;

    private final int daysAheadMax;
    private final double remembered;
    private final double power;
    private final int firstScoredDay;
    /** By day modulo its length, method, days ahead − 1. */
    private final double[][][] expectations;
    /** By days ahead − 1, method. */
    private final double[][] losses;

    /** By days ahead − 1, of all methods. */
    private final double[] meanLosses;

    private int days;

    Election(int methods, int daysAheadMax, double halfLifeDays, double power, int firstScoredDay) {
        this.daysAheadMax = daysAheadMax;
        this.power = power;
        this.firstScoredDay = firstScoredDay;
        remembered = Math.pow(0.5, 1 / halfLifeDays);
        expectations = new double[daysAheadMax + 1][methods][daysAheadMax];
        losses = new double[daysAheadMax][methods];
        meanLosses = new double[daysAheadMax];
    }

    /** Scores what was expected of this day, and returns where to write what each method expects of the days after it. */
    double[][] score(double census) {
        for (int ahead = 1; ahead <= daysAheadMax && days - ahead >= firstScoredDay; ahead++) {
            double[] loss = losses[ahead - 1];
            double[][] then = expectations[(days - ahead) % expectations.length];
            for (int i = 0; i < loss.length; i++) {
                loss[i] = loss[i] * remembered + Math.abs(then[i][ahead - 1] - census);
            }
            meanLosses[ahead - 1] = Arrays.stream(loss).average().orElseThrow();
        }
        days++;
        return expectations[(days - 1) % expectations.length];
    }

    Result result(int daysAhead) {
        double[] loss = loss(daysAhead);
        double least = Arrays.stream(loss).min().orElseThrow();
        double[][] now = expectations[(days - 1) % expectations.length];
        double weights = 0;
        double sum = 0;
        double squares = 0;
        double origin = now[0][daysAhead - 1];
        for (int i = 0; i < loss.length; i++) {
            double weight = Math.pow(least / loss[i], power);
            double distance = now[i][daysAhead - 1] - origin;
            weights += weight;
            sum += weight * distance;
            squares += weight * distance * distance;
        }
        double mean = sum / weights;
        return new Result(origin + mean, Math.sqrt(Math.max(0, squares / weights - mean * mean)));
    }

    private double[] loss(int daysAhead) {
        double[] pooled = new double[losses[0].length];
        Arrays.fill(pooled, NO_LOSS);
        for (int ahead = 1; ahead <= daysAheadMax && days - 1 - ahead >= firstScoredDay; ahead++) {
            double[] loss = losses[ahead - 1];
            double nearness = (double) Math.min(ahead, daysAhead) / Math.max(ahead, daysAhead);
            double unit = nearness * nearness / (meanLosses[ahead - 1] + NO_LOSS);
            for (int i = 0; i < loss.length; i++) {
                pooled[i] += unit * (loss[i] + NO_LOSS);
            }
        }
        return pooled;
    }
}
