package org.chevet.forecast;

/**
 * All stays as it is, but for the day of the week: y(t) + p(weekday of t + h) − p(weekday of t). The profile p is how far each weekday lies
 * from the mean of the week around it, recent weeks counting more; one week's worth of zero keeps it small until more is known.
 */
final class WeekdayPersistence implements CensusMethod {
    /** By how much a weekday counts less than the same weekday one week later: half after twelve weeks. */
    private static final double REMEMBERED = Math.pow(0.5, 1.0 / 12);

    private final RecentValues values = new RecentValues();
    private final double[] profile = new double[WEEK];
    private final double[] weights = new double[WEEK];

    @Override
    public void observe(double census) {
        values.add(census);
        int today = values.lastDay();
        if (today < WEEK - 1) {
            return;
        }
        int centre = today - WEEK / 2;
        int weekday = centre % WEEK;
        weights[weekday] = weights[weekday] * REMEMBERED + 1;
        double distance = values.on(centre) - values.mean(today, WEEK);
        profile[weekday] += (distance - profile[weekday]) / (weights[weekday] + 1);
    }

    @Override
    public void expect(double[] ahead) {
        int today = values.lastDay();
        for (int days = 1; days <= ahead.length; days++) {
            ahead[days - 1] = values.on(today) + profile[(today + days) % WEEK] - profile[today % WEEK];
        }
    }
}
