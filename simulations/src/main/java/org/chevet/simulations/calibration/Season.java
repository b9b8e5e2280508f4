package org.chevet.simulations.calibration;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Patients by month, times an average month, beside what is usual. A month is believed to differ from it by the part of the difference that is no chance:
 *
 * <pre>
 * r(m) = seen / expected were this month as usual,   v(m) = φ / expected,   φ = Σ over weeks (seen − expected)² / expected / (weeks − 12), 1 at least
 * s² = (Σ ((r(m) − 1)² / v(m) − 1) − √Σ (2 + v(m))) / Σ 1 / v(m), 0 at least, the sums over months and over all who are looked at together
 * factor(m) = usual(m) · (1 + s² / (s² + v(m)) · (r(m) − 1))
 * </pre>
 *
 * What a week differs from its month by, more than chance of single patients would bring, is so taken for what months differ by as well. The root is the
 * standard deviation of the sum before it were all as usual, counts being Poisson's: twelve ratios of a few patients tell little of how much months differ.
 *
 * @param usual times an average month
 * @param ratio r
 * @param chance v
 */
record Season(double[] usual, double[] ratio, double[] chance) {
    static final int MONTHS = 12;

    /** Each month was seen whole. */
    static final int DAYS_MIN = 365;

    private static final int WEEK = 7;

    /**
     * The factors of patients who are looked at alone, all months being usually alike.
     *
     * @param byDay patients of each day from the first on, {@link #DAYS_MIN} at least
     */
    static double[] alone(LocalDate first, int[] byDay) {
        double[] alike = new double[MONTHS];
        Arrays.fill(alike, 1);
        Season season = of(first, byDay, alike);
        return season.factors(differing(List.of(season)));
    }

    /**
     * @param byDay patients of each day from the first on, {@link #DAYS_MIN} at least
     * @param usual times an average month; all above 0
     */
    static Season of(LocalDate first, int[] byDay, double[] usual) {
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
        return new Season(usual, ratio, chance);
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

    /** s², of all of these together: services of many patients tell most of it. */
    static double differing(Collection<Season> seasons) {
        double beyond = 0;
        double variance = 0;
        double weight = 0;
        for (Season season : seasons) {
            for (int month = 0; month < MONTHS; month++) {
                double apart = season.ratio[month] - 1;
                beyond += apart * apart / season.chance[month] - 1;
                variance += 2 + season.chance[month];
                weight += 1 / season.chance[month];
            }
        }
        return Math.max(0, (beyond - Math.sqrt(variance)) / weight);
    }

    /** @param differing s² */
    double[] factors(double differing) {
        double[] factors = IntStream.range(0, MONTHS)
                .mapToDouble(month -> usual[month] * (1 + differing / (differing + chance[month]) * (ratio[month] - 1)))
                .toArray();
        double mean = Arrays.stream(factors).average().orElse(1);
        return Arrays.stream(factors).map(factor -> factor / mean).toArray();
    }

    static int month(LocalDate first, int day) {
        return first.plusDays(day).getMonthValue() - 1;
    }
}
