package org.chevet.simulations.demand;

import java.util.Arrays;

/** How arrivals are spread over the hours of a day, the days of a week and the months of a year. */
public final class ArrivalProfile {
    private static final int HOURS = 24;
    private static final int WEEKDAYS = 7;
    private static final int MONTHS = 12;
    private static final double[] EVERY_DAY = {1, 1, 1, 1, 1, 1, 1};

    public static final ArrivalProfile FLAT = new ArrivalProfile(filled(HOURS), EVERY_DAY);

    /** Hours nearly those of an emergency department in Iowa, 2013 to 2016 ({@code iowa_ed_hourly_arrivals_2013_2016.csv}). */
    public static final ArrivalProfile EMERGENCY = new ArrivalProfile(
            new double[] {
                3, 2.5, 2, 1.6, 1.4, 1.4, 1.6, 2, 3, 4.2, 5.2, 5.8, 5.8, 5.6, 5.8, 6, 6.2, 6.4, 6.4, 6, 5.6, 5.2, 4.4,
                3.6
            },
            new double[] {1.12, 1.0, 0.98, 0.98, 1.02, 0.95, 0.95});

    public static final ArrivalProfile ELECTIVE = new ArrivalProfile(
            new double[] {0, 0, 0, 0, 0, 0, 1, 12, 22, 18, 9, 4, 2, 5, 10, 10, 5, 2, 0, 0, 0, 0, 0, 0},
            new double[] {1.35, 1.3, 1.25, 1.2, 0.8, 0.1, 1.0});

    /** Births, and those whom other hospitals send. */
    public static final ArrivalProfile DIRECT = new ArrivalProfile(
            new double[] {2, 2, 2, 2, 2, 2, 2, 3, 4, 5, 6, 6, 5, 6, 7, 7, 6, 5, 5, 4, 3, 3, 3, 2}, EVERY_DAY);

    private final double[] shareByHour;
    private final double[] byWeekday;
    private final double[] byMonth;

    /**
     * @param byHour weights from midnight on
     * @param byWeekday times an average day, from Monday on
     */
    public ArrivalProfile(double[] byHour, double[] byWeekday) {
        this(byHour, byWeekday, filled(MONTHS));
    }

    private ArrivalProfile(double[] byHour, double[] byWeekday, double[] byMonth) {
        check("hours", byHour, HOURS);
        check("weekdays", byWeekday, WEEKDAYS);
        check("months", byMonth, MONTHS);
        double sum = Arrays.stream(byHour).sum();
        shareByHour = Arrays.stream(byHour).map(weight -> weight / sum).toArray();
        this.byWeekday = byWeekday.clone();
        this.byMonth = byMonth.clone();
    }

    /** The share of a day's arrivals by hour, from midnight on. */
    public double[] byHour() {
        return shareByHour.clone();
    }

    /** Times an average day, from Monday on. */
    public double[] byWeekday() {
        return byWeekday.clone();
    }

    /** @param months times what the same month was before, from January on */
    public ArrivalProfile inSeason(double[] months) {
        check("months", months, MONTHS);
        double[] both = new double[MONTHS];
        Arrays.setAll(both, month -> byMonth[month] * months[month]);
        return new ArrivalProfile(shareByHour, byWeekday, both);
    }

    /**
     * The share of an average day's arrivals that falls into one hour.
     *
     * @param weekday from 0, Monday
     * @param month from 0, January
     */
    public double share(int hourOfDay, int weekday, int month) {
        return shareByHour[hourOfDay] * byWeekday[weekday] * byMonth[month];
    }

    static void check(String what, double[] weights, int count) {
        if (weights.length != count
                || Arrays.stream(weights).anyMatch(weight -> !(weight >= 0 && Double.isFinite(weight)))
                || Arrays.stream(weights).sum() == 0) {
            throw new IllegalArgumentException("a profile's " + what + " are " + Arrays.toString(weights)
                    + ", they must be " + count + " numbers of 0 or more, one of them above 0");
        }
    }

    private static double[] filled(int count) {
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        return ones;
    }
}
