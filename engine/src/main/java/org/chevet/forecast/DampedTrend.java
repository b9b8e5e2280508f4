package org.chevet.forecast;

/**
 * Exponential smoothing with a trend that fades and a weekday effect, ETS(A,Ad,A): with the error e of the day, level ← level + φ·trend + α·e,
 * trend ← φ·trend + β·e, weekday ← weekday + γ·e; expected h days ahead: level + (φ + … + φ^h)·trend + weekday. While little is known, level and weekdays
 * follow the mean of what is known instead.
 *
 * <p>A level without trend may be robust: of an error it believes no more than {@value #ERRORS_BELIEVED} times the mean absolute error (Gelper, Fried &amp; Croux 2010), so that a
 * bank holiday does not drag it down.
 */
final class DampedTrend implements CensusMethod {
    /** Days during which a slope is no more than the noise of the level. */
    private static final int NO_TREND_DAYS = 4;

    private static final double FIRST_WEEK_GAIN = 0.3;
    private static final double WEEKDAY_GAIN = 0.1;

    private static final double ERRORS_BELIEVED = 1.5;

    /** Before, every error is believed: they tell how large one usually is. */
    private static final int FIRST_ROBUST_DAY = 14;

    private static final double ERROR_GAIN = 0.05;

    /** Smaller errors are usual, however still a series was: two beds of 400, half a bed of 40. */
    private static final double MEAN_ERROR_MIN = 0.05;

    private final double alpha;
    private final double beta;
    private final double gamma;
    private final double phi;
    private final boolean robust;
    private double level;
    private double trend;
    private final double[] weekdays = new double[WEEK];
    private double meanError;
    private int days;

    DampedTrend(double alpha, double beta, double gamma, double phi) {
        this(alpha, beta, gamma, phi, false);
    }

    private DampedTrend(double alpha, double beta, double gamma, double phi, boolean robust) {
        this.alpha = alpha;
        this.beta = beta;
        this.gamma = gamma;
        this.phi = phi;
        this.robust = robust;
    }

    static DampedTrend robustLevel(double alpha) {
        return new DampedTrend(alpha, 0, WEEKDAY_GAIN, 1, true);
    }

    static DampedTrend level(double alpha) {
        return new DampedTrend(alpha, 0, WEEKDAY_GAIN, 1);
    }

    static DampedTrend trend(double alpha, double beta, double phi) {
        return new DampedTrend(alpha, beta, WEEKDAY_GAIN, phi);
    }

    /** As if just told the last day of a week, whose weekday effects are given from the oldest. */
    void resume(double level, double trend, double... weekdays) {
        this.level = level;
        this.trend = trend;
        System.arraycopy(weekdays, 0, this.weekdays, 0, WEEK);
        days = WEEK;
    }

    @Override
    public void observe(double value) {
        if (days == 0) {
            level = value;
            days = 1;
            return;
        }
        int weekday = days % WEEK;
        double expected = level + phi * trend;
        double error = believed(value - expected - weekdays[weekday]);
        level = expected + Math.max(alpha, 1.0 / (days + 1)) * error;
        trend = phi * trend + (days < NO_TREND_DAYS ? 0 : beta * error);
        int weeks = days / WEEK;
        weekdays[weekday] += (weeks == 0 ? FIRST_WEEK_GAIN : Math.max(gamma, 1.0 / (weeks + 3))) * error;
        days++;
        if (days % WEEK == 0) {
            centre();
        }
    }

    private double believed(double error) {
        if (!robust) {
            return error;
        }
        double size = Math.abs(error);
        if (days < FIRST_ROBUST_DAY) {
            meanError += (size - meanError) / days;
            return error;
        }
        double limit = ERRORS_BELIEVED * Math.max(MEAN_ERROR_MIN, meanError);
        // Twice the limit, or a series that suddenly wavers more would be disbelieved for ever.
        meanError += ERROR_GAIN * (Math.min(size, 2 * limit) - meanError);
        return Math.clamp(error, -limit, limit);
    }

    /** Weekday effects sum to 0; what they have in common belongs to the level. */
    private void centre() {
        double sum = 0;
        for (double effect : weekdays) {
            sum += effect;
        }
        double mean = sum / WEEK;
        for (int i = 0; i < WEEK; i++) {
            weekdays[i] -= mean;
        }
        level += mean;
    }

    @Override
    public void expect(double[] ahead) {
        double power = 1;
        double slopes = 0;
        for (int i = 0; i < ahead.length; i++) {
            power *= phi;
            slopes += power;
            ahead[i] = level + slopes * trend + weekdays[(days + i) % WEEK];
        }
    }
}
