package org.chevet.forecast;

import java.util.Arrays;

/**
 * Direct ridge regression, one for each number of days ahead h: y(t+h) − y(t) on y − MA7, Δ1, Δ7, MA7 − MA28, the acceleration MA7(t) − 2·MA7(t−7) + MA7(t−14)
 * and the weekday. Slopes and the mean growth lean on 0 as if {@value #GROWTH_PENALTY_DAYS} days on which nothing grew had been seen as well, weekdays' slopes as if others had. Only sums are
 * kept, in which older days fade.
 */
final class GrowthRidge implements CensusMethod {
    private static final double GROWTH_PENALTY_DAYS = 20;
    /** Times the root mean square of past growths: a regression knows nothing of what is far outside of what it has seen, such as a ward that closes. */
    private static final double GROWTHS_BELIEVED = 3;

    private static final int MONTH = 28;
    private static final int GROWTHS = 5;
    private static final int FEATURES = GROWTHS + WEEK;

    /** Days before this one have no week behind them. */
    private static final int FIRST_DAY = WEEK;

    private final Fit[] fits;
    private final RecentValues values = new RecentValues();
    /** By day modulo its length. */
    private final double[][] described;

    /**
     * @param halfLifeDays after which a day counts half
     * @param weekdayPenaltyDays days by which the weekdays' slopes lean on 0
     * @param perWindow whether the days by which the others do are {@value #GROWTH_PENALTY_DAYS} times h/2: of windows of h days that begin on following days,
     *     one in h/2 tells something new, which a short memory has to mind
     */
    GrowthRidge(double halfLifeDays, double weekdayPenaltyDays, boolean perWindow, int daysAheadMax) {
        double remembered = Math.pow(0.5, 1 / halfLifeDays);
        fits = new Fit[daysAheadMax];
        Arrays.setAll(fits, i -> {
            double windows = perWindow ? Math.max(1, (i + 1) / 2.0) : 1;
            return new Fit(remembered, GROWTH_PENALTY_DAYS * windows, weekdayPenaltyDays);
        });
        described = new double[daysAheadMax + 1][];
    }

    @Override
    public void observe(double value) {
        values.add(value);
        int today = values.lastDay();
        described[today % described.length] = describe(today);
        for (int ahead = 1; ahead <= fits.length && today - ahead >= FIRST_DAY; ahead++) {
            int then = today - ahead;
            fits[ahead - 1].add(described[then % described.length], values.on(today) - values.on(then));
        }
    }

    private double[] describe(int day) {
        double[] description = new double[FEATURES];
        double value = values.on(day);
        double week = values.mean(day, WEEK);
        description[0] = value - week;
        description[1] = value - values.on(day - 1);
        description[2] = value - values.on(day - WEEK);
        description[3] = week - values.mean(day, MONTH);
        description[4] = week - 2 * values.mean(day - WEEK, WEEK) + values.mean(day - 2 * WEEK, WEEK);
        description[GROWTHS + day % WEEK] = 1;
        return description;
    }

    @Override
    public void expect(double[] ahead) {
        int today = values.lastDay();
        for (int i = 0; i < ahead.length; i++) {
            ahead[i] = values.on(today) + fits[i].expect(described[today % described.length]);
        }
    }

    /** Weighted sums of one regression. */
    private static final class Fit {
        private final double remembered;
        private final double growthPenaltyDays;
        private final double weekdayPenaltyDays;
        /** Of each with those up to itself. */
        private final double[][] products = new double[FEATURES][];

        private final double[] targetProducts = new double[FEATURES];
        private final double[] sums = new double[FEATURES];
        private double targetSum;
        private double targetSquares;
        private double weight;

        Fit(double remembered, double growthPenaltyDays, double weekdayPenaltyDays) {
            this.remembered = remembered;
            this.growthPenaltyDays = growthPenaltyDays;
            this.weekdayPenaltyDays = weekdayPenaltyDays;
            Arrays.setAll(products, i -> new double[i + 1]);
        }

        void add(double[] description, double target) {
            weight = weight * remembered + 1;
            targetSum = targetSum * remembered + target;
            targetSquares = targetSquares * remembered + target * target;
            for (int i = 0; i < description.length; i++) {
                sums[i] = sums[i] * remembered + description[i];
                targetProducts[i] = targetProducts[i] * remembered + description[i] * target;
                for (int j = 0; j <= i; j++) {
                    products[i][j] = products[i][j] * remembered + description[i] * description[j];
                }
            }
        }

        double expect(double[] description) {
            if (weight == 0) {
                return 0;
            }
            double[] slopes = slopes();
            double sum = targetSum / (weight + growthPenaltyDays);
            for (int i = 0; i < slopes.length; i++) {
                sum += slopes[i] * (description[i] - sums[i] / weight);
            }
            double believed = GROWTHS_BELIEVED * Math.sqrt(targetSquares / weight);
            return Math.clamp(sum, -believed, believed);
        }

        private double[] slopes() {
            double[][] matrix = new double[FEATURES][FEATURES];
            double[] slopes = new double[FEATURES];
            for (int i = 0; i < FEATURES; i++) {
                for (int j = 0; j <= i; j++) {
                    matrix[i][j] = products[i][j] - sums[i] * sums[j] / weight;
                }
                // What never varied has no say; the little that is added keeps the matrix positive.
                double penaltyDays = i < GROWTHS ? growthPenaltyDays : weekdayPenaltyDays;
                matrix[i][i] += penaltyDays * matrix[i][i] / weight + 1e-9 * (1 + products[i][i] / weight);
                slopes[i] = targetProducts[i] - sums[i] * targetSum / weight;
            }
            solve(matrix, slopes);
            return slopes;
        }

        /** Cholesky: what is in {@code right} becomes the solution. */
        private static void solve(double[][] matrix, double[] right) {
            int size = right.length;
            for (int i = 0; i < size; i++) {
                for (int j = 0; j <= i; j++) {
                    double sum = matrix[i][j];
                    for (int k = 0; k < j; k++) {
                        sum -= matrix[i][k] * matrix[j][k];
                    }
                    matrix[i][j] = i == j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / matrix[j][j];
                }
            }
            for (int i = 0; i < size; i++) {
                for (int k = 0; k < i; k++) {
                    right[i] -= matrix[i][k] * right[k];
                }
                right[i] /= matrix[i][i];
            }
            for (int i = size - 1; i >= 0; i--) {
                for (int k = i + 1; k < size; k++) {
                    right[i] -= matrix[k][i] * right[k];
                }
                right[i] /= matrix[i][i];
            }
        }
    }
}
