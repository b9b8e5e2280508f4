package org.chevet.simulations.calibration;

import java.time.LocalDate;
import java.util.Arrays;

/**
 * Patients by month, times an average month. A month is believed to differ from what is usual by the part of the difference that is no chance: with
 *
 * <pre>
 * r(m) = seen / expected were this month as usual,   v(m) = φ / expected,   φ = Σ over weeks (seen − expected)² / expected / (weeks − 12), 1 at least
 * s² = the mean of (r(m) − 1)² − v(m), 0 at least,   factor(m) = usual(m) · (1 + s² / (s² + v(m)) · (r(m) − 1))
 * </pre>
 *
 * What a week differs from its month by, more than chance of single patients would bring, is so taken for what months differ by as well.
 */
final class Season {
    static final int MONTHS = 12;

    /** Each month was seen whole. */
    static final int DAYS_MIN = 365;

    private static final int WEEK = 7;

    private Season() {}

    /**
     * All months alike as long as nothing else is seen.
     *
     * @param byDay patients of each day from the first on, {@link #DAYS_MIN} at least
     */
    static double[] of(LocalDate first, int[] byDay) {
        double[] alike = new double[MONTHS];
        Arrays.fill(alike, 1);
        return of(first, byDay, alike);
    }

    /** @param usual times an average month, as long as nothing else is seen; all above 0 */
    static double[] of(LocalDate first, int[] byDay, double[] usual) {
        double[] seen = new double[MONTHS];
        double[] days = new double[MONTHS];
        for (int day = 0; day < byDay.length; day++) {
            int month = month(first, day);
            seen[month] += byDay[day];
            days[month] += usual[month];
        }
        double perDay = Arrays.stream(seen).sum() / Arrays.stream(days).sum();
        double[] ratio = new double[MONTHS];
        Arrays.setAll(ratio, month -> perDay == 0 ? 1 : seen[month] / (perDay * days[month]));
        double[] expected = new double[MONTHS];
        Arrays.setAll(expected, month -> perDay * usual[month] * ratio[month]);
        double dispersion = dispersion(first, byDay, expected);
        double[] chance = new double[MONTHS];
        Arrays.setAll(chance, month -> dispersion / (perDay * days[month]));
        double beyond = 0;
        for (int month = 0; month < MONTHS; month++) {
            beyond += ((ratio[month] - 1) * (ratio[month] - 1) - chance[month]) / MONTHS;
        }
        double differs = Math.max(0, beyond);
        double[] factors = new double[MONTHS];
        Arrays.setAll(
                factors,
                month -> usual[month]
                        * (differs == 0 ? 1 : 1 + differs / (differs + chance[month]) * (ratio[month] - 1)));
        double mean = Arrays.stream(factors).average().orElse(1);
        return Arrays.stream(factors).map(factor -> factor / mean).toArray();
    }

    private static double dispersion(LocalDate first, int[] byDay, double[] perDay) {
        double squares = 0;
        int weeks = byDay.length / WEEK;
        for (int week = 0; week < weeks; week++) {
            double seen = 0;
            double expected = 0;
            for (int day = week * WEEK; day < (week + 1) * WEEK; day++) {
                seen += byDay[day];
                expected += perDay[month(first, day)];
            }
            squares += expected == 0 ? 0 : (seen - expected) * (seen - expected) / expected;
        }
        return Math.max(1, squares / (weeks - MONTHS));
    }

    static int month(LocalDate first, int day) {
        return first.plusDays(day).getMonthValue() - 1;
    }
}
