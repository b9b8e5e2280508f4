package org.chevet.forecast;

/**
 * The mean of what several methods expect, for each number of days ahead, weighted by how little each erred so far: (least loss / own loss)^power, where a
 * loss is the sum of absolute errors in beds, older ones counting less.
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

    private int days;

    Election(int methods, int daysAheadMax, double halfLifeDays, double power, int firstScoredDay) {
        this.daysAheadMax = daysAheadMax;
        this.power = power;
        this.firstScoredDay = firstScoredDay;
        remembered = Math.pow(0.5, 1 / halfLifeDays);
        expectations = new double[daysAheadMax + 1][methods][daysAheadMax];
        losses = new double[daysAheadMax][methods];
    }

    /** Scores what was expected of this day, and returns where to write what each method expects of the days after it. */
    double[][] score(double census) {
        for (int ahead = 1; ahead <= daysAheadMax && days - ahead >= firstScoredDay; ahead++) {
            double[] loss = losses[ahead - 1];
            double[][] then = expectations[(days - ahead) % expectations.length];
            for (int i = 0; i < loss.length; i++) {
                loss[i] = loss[i] * remembered + Math.abs(then[i][ahead - 1] - census);
            }
        }
        days++;
        return expectations[(days - 1) % expectations.length];
    }

    Result result(int daysAhead) {
        double[] loss = losses[daysAhead - 1];
        double[][] now = expectations[(days - 1) % expectations.length];
        double least = Double.POSITIVE_INFINITY;
        for (double each : loss) {
            least = Math.min(least, each + NO_LOSS);
        }
        double weights = 0;
        double sum = 0;
        double squares = 0;
        double origin = now[0][daysAhead - 1];
        for (int i = 0; i < loss.length; i++) {
            double weight = Math.pow(least / (loss[i] + NO_LOSS), power);
            double distance = now[i][daysAhead - 1] - origin;
            weights += weight;
            sum += weight * distance;
            squares += weight * distance * distance;
        }
        double mean = sum / weights;
        return new Result(origin + mean, Math.sqrt(Math.max(0, squares / weights - mean * mean)));
    }
}
