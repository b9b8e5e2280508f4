package org.chevet.forecast;

import java.util.ArrayList;
import java.util.List;

/**
 * Exponential smoothing whose parameters are not fitted but elected: all of a grid run side by side, and for each number of days ahead those that
 * erred least lately decide. So a day costs always the same, and what is good one day ahead need not be so for fourteen.
 */
final class SmoothedTrends implements CensusMethod {
    private static final double[] ALPHAS = {0.03, 0.1, 0.25, 0.5, 0.75, 1};
    private static final double[] TREND_SHARES = {0.03, 0.1, 0.3};
    private static final double[] GAMMAS = {0.02, 0.1};
    private static final double[] DAMPINGS = {0.85, 0.95, 0.98};

    /** An error counts half after these days; a method that errs 10 % more than the best has a weight of 15 %. */
    private static final double ELECTION_HALF_LIFE_DAYS = 120;

    private static final double ELECTION_POWER = 20;

    private final Scale scale;
    private final List<DampedTrend> candidates = new ArrayList<>();
    private final Election election;

    SmoothedTrends(Scale scale, int daysAheadMax) {
        this.scale = scale;
        for (double alpha : ALPHAS) {
            for (double gamma : GAMMAS) {
                candidates.add(new DampedTrend(alpha, 0, gamma, 1));
                for (double share : TREND_SHARES) {
                    for (double damping : DAMPINGS) {
                        candidates.add(new DampedTrend(alpha, alpha * share, gamma, damping));
                    }
                }
            }
        }
        election = new Election(candidates.size(), daysAheadMax, ELECTION_HALF_LIFE_DAYS, ELECTION_POWER, WEEK);
    }

    @Override
    public void observe(double census) {
        double[][] expectations = election.score(census);
        double value = scale.of(census);
        for (int i = 0; i < expectations.length; i++) {
            candidates.get(i).observe(value);
            candidates.get(i).expect(expectations[i]);
            for (int j = 0; j < expectations[i].length; j++) {
                expectations[i][j] = scale.census(expectations[i][j]);
            }
        }
    }

    @Override
    public void expect(double[] ahead) {
        for (int i = 0; i < ahead.length; i++) {
            ahead[i] = election.result(i + 1).mean();
        }
    }
}
