package org.chevet.simulations.census;

import java.util.List;
import java.util.stream.IntStream;
import org.chevet.forecast.CensusForecast;
import org.chevet.forecast.CensusForecast.Foreseen;
import org.chevet.forecast.CensusForecaster;
import org.chevet.forecast.CountDistribution;
import org.chevet.forecast.Scores;

/** Forecasts on each day of a series with what was known then, judged by what came. */
public final class CensusBacktest {
    /** Days ahead of the published figures. */
    public static final List<Integer> DAYS_AHEAD = List.of(1, 3, 7, 14);

    private static final double[] LEVELS =
            IntStream.range(1, 40).mapToDouble(i -> i / 40.0).toArray();

    private CensusBacktest() {}

    /**
     * What forecasts of so many days ahead came to.
     *
     * @param abstained days on which the forecaster knew too little
     * @param error mean absolute error of the median, in beds
     * @param crps twice the mean pinball loss over the levels 1/40 … 39/40, in beds
     * @param coverage80 share of what came within the band from 10 to 90 %
     * @param coverage95 share of what came within the band from 2.5 to 97.5 %
     * @param persistenceError mean absolute error of "as today", in beds
     */
    public record Result(
            int forecasts,
            int abstained,
            double error,
            double crps,
            double coverage80,
            double coverage95,
            double persistenceError) {}

    /** All series together, each forecast counting the same; by {@link #DAYS_AHEAD}. */
    public static List<Result> run(List<Panel.Series> series) {
        List<Sums> sums = DAYS_AHEAD.stream().map(days -> new Sums()).toList();
        for (Panel.Series each : series) {
            judge(each, sums);
        }
        return sums.stream().map(Sums::result).toList();
    }

    private static void judge(Panel.Series series, List<Sums> sums) {
        CensusForecaster forecaster = new CensusForecaster();
        int[] values = series.values();
        for (int today = 0; today < values.length; today++) {
            forecaster.observe(values[today]);
            for (int i = 0; today >= series.firstOrigin() && i < sums.size(); i++) {
                int day = today + DAYS_AHEAD.get(i);
                if (day < values.length) {
                    sums.get(i).add(forecaster.forecast(DAYS_AHEAD.get(i)), values[today], values[day]);
                }
            }
        }
    }

    private static final class Sums {
        private int forecasts;
        private int abstained;
        private double error;
        private double crps;
        private int within80;
        private int within95;
        private double persistenceError;

        void add(CensusForecast forecast, int today, int came) {
            switch (forecast) {
                case CensusForecast.TooLittleHistory tooLittle -> abstained++;
                case Foreseen foreseen -> add(foreseen.census(), today, came);
            }
        }

        private void add(CountDistribution census, int today, int came) {
            forecasts++;
            error += Math.abs(came - census.quantile(0.5));
            persistenceError += Math.abs(came - today);
            double pinball = 0;
            for (double level : LEVELS) {
                pinball += Scores.pinball(level, census.quantile(level), came);
            }
            crps += 2 * pinball / LEVELS.length;
            within80 += census.quantile(0.1) <= came && came <= census.quantile(0.9) ? 1 : 0;
            within95 += census.quantile(0.025) <= came && came <= census.quantile(0.975) ? 1 : 0;
        }

        Result result() {
            double count = forecasts;
            return new Result(
                    forecasts,
                    abstained,
                    error / count,
                    crps / count,
                    within80 / count,
                    within95 / count,
                    persistenceError / count);
        }
    }
}
