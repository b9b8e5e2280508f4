package org.chevet.forecast;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.chevet.forecast.FlowRecord.Quantity;
import org.chevet.forecast.Outlooks.Outlook;

/**
 * How much wider or narrower a hospital's forecasts should have been, by their squared errors and the variances that they expected. Series are the whole hospital
 * first, then each service by the number that the history gives it. Owned by one thread.
 */
final class BandWidths {
    /** Between two forecasts that teach: no divisor of a week's hours, so that after five weeks they were made in each of them. */
    private static final int TEACHING_HOURS = 5;

    /** What is leant on counts as so many forecasts. */
    private static final double STRENGTH_FORECASTS = 10;

    /** Past errors of so many days are remembered, the older the less. */
    private static final double REMEMBERED_DAYS = 150;

    /** Distances of whole days; how need changes within one has to do with its hours. */
    private static final int TREND_FROM_HOURS = 24;

    /** Bands a third as wide: a hospital that takes in fewer when it is full has fewer patients too many than chance alone would bring. */
    private static final double FACTOR_MIN = 0.1;

    private static final double FACTOR_MAX = 4;

    /** Patients of variance below which nothing is learned of it: hardly anything ever happens. */
    private static final double VARIANCE_MIN = 0.05;

    private static final DuePlaces PLACES = new DuePlaces(TEACHING_HOURS);
    private static final int QUANTITIES = Quantity.values().length;

    private final List<Series> series = new ArrayList<>();

    /** What past errors needed, by quantity, place in {@link #series} and horizon. */
    private final Map<Quantity, double[][]> factors = new EnumMap<>(Quantity.class);

    private static final class Series {
        /** By place: the hour in which the forecast was made that is kept there, and whether it was shown. */
        private final long[] madeHour = new long[PLACES.size()];

        private final boolean[] wasShown = new boolean[PLACES.size()];

        /** By quantity and place, as they were before past errors stretched them. */
        private final double[][] mean = new double[QUANTITIES][PLACES.size()];

        private final double[][] variance = new double[QUANTITIES][PLACES.size()];

        /** By quantity and horizon, of forecasts that were shown, and of those before. */
        private final Errors[][] shown = new Errors[QUANTITIES][FlowRecord.HOURS.size()];

        private final Errors[][] early = new Errors[QUANTITIES][FlowRecord.HOURS.size()];

        Series() {
            dropDue();
            for (int quantity = 0; quantity < QUANTITIES; quantity++) {
                Arrays.fill(shown[quantity], Errors.NONE);
                Arrays.fill(early[quantity], Errors.NONE);
            }
        }

        void dropDue() {
            Arrays.fill(madeHour, Long.MIN_VALUE);
        }

        void need(int horizon, int place, Quantity quantity, int truth) {
            double expectedVariance = variance[quantity.ordinal()][place];
            if (expectedVariance < VARIANCE_MIN) {
                return;
            }
            double distance = truth - mean[quantity.ordinal()][place];
            // Forecasts made one after the other share most of the hours that they look ahead: few tell something new.
            double news = Math.min(1, 2.0 * TEACHING_HOURS / FlowRecord.HOURS.get(horizon));
            double remembered = 1 - TEACHING_HOURS / 24.0 / REMEMBERED_DAYS;
            Errors[] errors = (wasShown[place] ? shown : early)[quantity.ordinal()];
            errors[horizon] =
                    new Errors(news * distance * distance / expectedVariance, news).plus(errors[horizon], remembered);
        }
    }

    /** Whether forecasts of this hour are to be {@linkplain #expect told}. */
    static boolean teaches(long hour) {
        return Math.floorMod(hour, (long) TEACHING_HOURS) == 0;
    }

    /**
     * @param place in the series
     * @param shown whether somebody could see it
     */
    void expect(int place, int horizon, long hour, Outlook outlook, boolean shown) {
        while (series.size() <= place) {
            series.add(new Series());
        }
        Series of = series.get(place);
        int kept = PLACES.of(horizon, hour);
        of.madeHour[kept] = hour;
        of.wasShown[kept] = shown;
        for (Quantity quantity : Quantity.values()) {
            Parts parts = outlook.of(quantity);
            of.mean[quantity.ordinal()][kept] = parts.mean();
            of.variance[quantity.ordinal()][kept] = parts.variance();
        }
    }

    /** @param counted of each series, this hour among what they counted */
    void learn(long hour, List<Map<Quantity, CountRecord>> counted) {
        boolean learned = false;
        for (int i = 0; i < series.size(); i++) {
            Series of = series.get(i);
            for (int horizon = 0; horizon < FlowRecord.HOURS.size(); horizon++) {
                int hoursAhead = FlowRecord.HOURS.get(horizon);
                int kept = PLACES.of(horizon, hour - hoursAhead);
                if (of.madeHour[kept] == hour - hoursAhead) {
                    learned = true;
                    for (Map.Entry<Quantity, CountRecord> one : counted.get(i).entrySet()) {
                        of.need(horizon, kept, one.getKey(), one.getValue().truth(hour, hoursAhead));
                    }
                }
            }
        }
        if (learned) {
            settle();
        }
    }

    /** What was foreseen so far teaches nothing. */
    void dropDue() {
        series.forEach(Series::dropDue);
    }

    /** The same of one. */
    void dropDue(int place) {
        if (place < series.size()) {
            series.get(place).dropDue();
        }
    }

    /**
     * By how much a variance must be multiplied so that past forecasts of such a distance would have been as wide as needed: the mean of squared errors by the
     * variances expected. It changes evenly between the distances that are scored.
     *
     * @param place in the series
     */
    double factor(Quantity quantity, int place, int hours) {
        double[][] all = factors.get(quantity);
        if (all == null || place >= all.length) {
            return 1;
        }
        double[] known = all[place];
        int next = 0;
        while (FlowRecord.HOURS.get(next) < hours) {
            next++;
        }
        if (next == 0 || FlowRecord.HOURS.get(next) == hours) {
            return known[next];
        }
        int before = FlowRecord.HOURS.get(next - 1);
        double share = (hours - before) / (double) (FlowRecord.HOURS.get(next) - before);
        return known[next - 1] + share * (known[next] - known[next - 1]);
    }

    private void settle() {
        for (Quantity quantity : Quantity.values()) {
            double[][] all = new double[series.size()][FlowRecord.HOURS.size()];
            double[] ofHospital = needed(series.subList(0, 1), quantity);
            double[] ofServices = needed(series.subList(1, series.size()), quantity);
            for (int horizon = 0; horizon < FlowRecord.HOURS.size(); horizon++) {
                all[0][horizon] = Math.clamp(ofHospital[horizon], FACTOR_MIN, FACTOR_MAX);
                for (int i = 1; i < all.length; i++) {
                    double own = needed(series.subList(i, i + 1), quantity, horizon, ofServices[horizon]);
                    all[i][horizon] = Math.clamp(own, FACTOR_MIN, FACTOR_MAX);
                }
            }
            factors.put(quantity, all);
        }
    }

    /**
     * By distance. While few errors are known for one, it leans on what the next shorter one needed, which is known sooner, and on how that changed from day to
     * day so far: where a full hospital takes in fewer, need falls with the distance.
     */
    private static double[] needed(List<Series> together, Quantity quantity) {
        double[] needed = new double[FlowRecord.HOURS.size()];
        Trend trend = new Trend();
        double leantOn = 1;
        for (int horizon = 0; horizon < needed.length; horizon++) {
            double distance = Math.log(FlowRecord.HOURS.get(horizon));
            if (horizon > 0) {
                double shorter = Math.log(FlowRecord.HOURS.get(horizon - 1));
                leantOn = needed[horizon - 1] * Math.exp(trend.slope() * (distance - shorter));
            }
            needed[horizon] = needed(together, quantity, horizon, leantOn);
            if (FlowRecord.HOURS.get(horizon) >= TREND_FROM_HOURS) {
                trend.add(
                        distance,
                        Math.log(needed[horizon]),
                        errors(together, quantity, horizon).forecasts());
            }
        }
        return needed;
    }

    /** A service leans on all of them. */
    private static double needed(List<Series> together, Quantity quantity, int horizon, double leantOn) {
        Errors errors = errors(together, quantity, horizon);
        return (STRENGTH_FORECASTS * leantOn + errors.squares()) / (STRENGTH_FORECASTS + errors.forecasts());
    }

    /** Those of before anything was shown give way to those of what was. */
    private static Errors errors(List<Series> together, Quantity quantity, int horizon) {
        Errors shown = Errors.NONE;
        Errors early = Errors.NONE;
        for (Series one : together) {
            shown = shown.plus(one.shown[quantity.ordinal()][horizon], 1);
            early = early.plus(one.early[quantity.ordinal()][horizon], 1);
        }
        return shown.plus(early, Math.max(0, 1 - shown.forecasts() / STRENGTH_FORECASTS));
    }

    /**
     * @param squares sum of squared errors, each by the variance expected
     * @param forecasts how many told something new
     */
    private record Errors(double squares, double forecasts) {
        static final Errors NONE = new Errors(0, 0);

        Errors plus(Errors other, double times) {
            return new Errors(squares + times * other.squares, forecasts + times * other.forecasts);
        }
    }

    /**
     * The line through logarithms of need by logarithms of hours, by least squares: the logarithm of a mean of n squared errors has the variance 2/n. Beforehand the
     * slope is 0 ± {@value #SLOPE_DEVIATION}.
     */
    private static final class Trend {
        private static final double SLOPE_DEVIATION = 0.5;

        /** The same days lie behind all distances: beyond this, more forecasts make none of them surer beside the others. */
        private static final double FORECASTS_MAX = 100;

        private double weights;
        private double distances;
        private double needs;
        private double squares;
        private double products;

        void add(double distance, double need, double forecasts) {
            double weight = Math.min(FORECASTS_MAX, forecasts) / 2;
            weights += weight;
            distances += weight * distance;
            needs += weight * need;
            squares += weight * distance * distance;
            products += weight * distance * need;
        }

        double slope() {
            if (weights == 0) {
                return 0;
            }
            double spread = squares - distances * distances / weights;
            return (products - distances * needs / weights) / (spread + 1 / (SLOPE_DEVIATION * SLOPE_DEVIATION));
        }
    }
}
