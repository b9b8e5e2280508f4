package org.chevet.simulations.demand;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;

/** On which weekdays, and at which hours, those whose stay is over are let go. Immutable. */
public final class Leaving {
    private static final int HOURS = 24;
    private static final int WEEKDAYS = 7;

    /** Discharges by weekday and hour: the published ward of the yardstick. */
    public static final Leaving USUAL = new Leaving(
            new double[] {0, 0, 0, 0, 0, 0, 0, 0, 0, .04, .11, .16, .08, .09, .17, .16, .10, .06, .03, 0, 0, 0, 0, 0},
            new double[] {.86, 1.09, 1.17, 1.16, 1.23, .87, .61});

    /** As soon as the stay is over. */
    public static final Leaving ANYTIME = new Leaving(new double[] {1}, new double[] {1}, true);

    private final double[] shareByHour;
    private final int lastHour;
    private final double[] byWeekday;
    private final double bestWeekday;
    private final boolean anytime;

    /**
     * @param byHour weights from midnight on
     * @param byWeekday weights from Monday on: how many of those who could leave on such a day are let go, the day with the most letting all go
     */
    public Leaving(double[] byHour, double[] byWeekday) {
        this(byHour, byWeekday, false);
        ArrivalProfile.check("hours", byHour, HOURS);
        ArrivalProfile.check("weekdays", byWeekday, WEEKDAYS);
    }

    private Leaving(double[] byHour, double[] byWeekday, boolean anytime) {
        double sum = Arrays.stream(byHour).sum();
        shareByHour = Arrays.stream(byHour).map(weight -> weight / sum).toArray();
        int last = byHour.length - 1;
        while (last > 0 && byHour[last] == 0) {
            last--;
        }
        lastHour = last;
        this.byWeekday = byWeekday.clone();
        bestWeekday = Arrays.stream(byWeekday).max().orElse(1);
        this.anytime = anytime;
    }

    public boolean isAnytime() {
        return anytime;
    }

    /** Weights from midnight on. */
    public double[] byHour() {
        return shareByHour.clone();
    }

    /** Weights from Monday on. */
    public double[] byWeekday() {
        return byWeekday.clone();
    }

    /**
     * Whether somebody is let go on such a day.
     *
     * @param weekday from 0, Monday
     */
    public boolean letsGo(int weekday, UniformRandomProvider random) {
        return random.nextDouble() * bestWeekday < byWeekday[weekday];
    }

    /** When on that day, in hours since midnight. */
    public double hour(UniformRandomProvider random) {
        double drawn = random.nextDouble();
        int hour = 0;
        while (hour < lastHour && drawn >= shareByHour[hour]) {
            drawn -= shareByHour[hour++];
        }
        return hour + random.nextDouble();
    }
}
