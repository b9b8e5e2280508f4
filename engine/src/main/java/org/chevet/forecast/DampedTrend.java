package org.chevet.forecast;

/**
 * Exponential smoothing with a trend that fades and a weekday effect, ETS(A,Ad,A): with the error e of the day, level ← level + φ·trend + α·e,
 * trend ← φ·trend + β·e, weekday ← weekday + γ·e; expected h days ahead: level + (φ + … + φ^h)·trend + weekday. While little is known, level and weekdays
 * follow the mean of what is known instead.
 */
final class DampedTrend {
    /** Days during which a slope is no more than the noise of the level. */
    private static final int NO_TREND_DAYS = 4;

    private static final double FIRST_WEEK_GAIN = 0.3;

    private final double alpha;
    private final double beta;
    private final double gamma;
    private final double phi;
    private double level;
    private double trend;
    private final double[] weekdays = new double[CensusMethod.WEEK];
    private int days;

    DampedTrend(double alpha, double beta, double gamma, double phi) {
        this.alpha = alpha;
        this.beta = beta;
        this.gamma = gamma;
        this.phi = phi;
    }

    /** As if just told the last day of a week, whose weekday effects are given from the oldest. */
    void resume(double level, double trend, double... weekdays) {
        this.level = level;
        this.trend = trend;
        System.arraycopy(weekdays, 0, this.weekdays, 0, CensusMethod.WEEK);
        days = CensusMethod.WEEK;
    }

    void observe(double value) {
        if (days == 0) {
            level = value;
            days = 1;
            return;
        }
        int weekday = days % CensusMethod.WEEK;
        double expected = level + phi * trend;
        double error = value - expected - weekdays[weekday];
        level = expected + Math.max(alpha, 1.0 / (days + 1)) * error;
        trend = phi * trend + (days < NO_TREND_DAYS ? 0 : beta * error);
        int weeks = days / CensusMethod.WEEK;
        weekdays[weekday] += (weeks == 0 ? FIRST_WEEK_GAIN : Math.max(gamma, 1.0 / (weeks + 3))) * error;
        days++;
        if (days % CensusMethod.WEEK == 0) {
            centre();
        }
    }

    /** Weekday effects sum to 0; what they have in common belongs to the level. */
    private void centre() {
        double sum = 0;
        for (double effect : weekdays) {
            sum += effect;
        }
        double mean = sum / CensusMethod.WEEK;
        for (int i = 0; i < CensusMethod.WEEK; i++) {
            weekdays[i] -= mean;
        }
        level += mean;
    }

    void expect(double[] ahead) {
        double power = 1;
        double slopes = 0;
        for (int i = 0; i < ahead.length; i++) {
            power *= phi;
            slopes += power;
            ahead[i] = level + slopes * trend + weekdays[(days + i) % CensusMethod.WEEK];
        }
    }
}
