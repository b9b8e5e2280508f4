package org.chevet.forecast;

/** How well what was said of a count agrees with what it became. All are proper: only who says what they believe scores best. */
public final class Scores {
    private Scores() {}

    /**
     * Continuous ranked probability score, in beds, 0 at best: Σ (F(k) − 1{k ≥ observed})². The mean distance for a forecast that is
     * one number; a band is paid for its width and for what it missed.
     */
    public static double crps(CountDistribution forecast, int observed) {
        double score = Math.max(0, (double) forecast.lowest() - observed);
        double below = 0;
        for (int count = forecast.lowest(); count < forecast.highest(); count++) {
            below += forecast.probability(count);
            double error = count >= observed ? 1 - below : below;
            score += error * error;
        }
        return score + Math.max(0, (double) observed - forecast.highest());
    }

    /** Pinball loss of a quantile of this level, in beds, 0 at best; twice its mean over all levels is the CRPS. */
    public static double pinball(double level, double quantile, double observed) {
        return observed >= quantile ? level * (observed - quantile) : (1 - level) * (quantile - observed);
    }

    /**
     * Where in the forecast the observation lies: evenly spread over 0 to 1 when the forecasts are calibrated.
     *
     * @param uniform a draw from 0 to 1, which spreads each count over its share of probability
     */
    public static double probabilityIntegralTransform(CountDistribution forecast, int observed, double uniform) {
        return forecast.atMost(observed - 1) + uniform * forecast.probability(observed);
    }
}
