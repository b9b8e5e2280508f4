package org.chevet.forecast;

/** The last values of a daily series. Day 0 is the first ever given. */
final class RecentValues {
    /** More than the longest look back of any method: four weeks, from fourteen days ago. */
    private static final int KEPT_DAYS = 64;

    private final double[] values = new double[KEPT_DAYS];
    private int days;

    void add(double value) {
        values[days % KEPT_DAYS] = value;
        days++;
    }

    int lastDay() {
        return days - 1;
    }

    /** Before day 0, all was as on day 0. */
    double on(int day) {
        return values[Math.max(0, day) % KEPT_DAYS];
    }

    /** Of so many days up to this one, or of those known. */
    double mean(int lastDay, int length) {
        int last = Math.max(0, lastDay);
        int first = Math.max(0, last - length + 1);
        double sum = 0;
        for (int day = first; day <= last; day++) {
            sum += on(day);
        }
        return sum / (last - first + 1);
    }
}
