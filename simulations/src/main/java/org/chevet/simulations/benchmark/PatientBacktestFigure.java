package org.chevet.simulations.benchmark;

import java.nio.file.Path;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.chevet.simulations.patient.KnownWard;
import org.chevet.simulations.patient.PatientBacktest;
import org.chevet.simulations.patient.PatientBacktest.Published;
import org.chevet.simulations.patient.PatientBacktest.Result;
import org.chevet.simulations.patient.Trajectories;

/**
 * Forecasts from single patients, every midnight with what was known then: on the real trajectories of 1,050 patients, beside "as today" with the band of
 * its own past errors; and on ten draws of the ward that the forecast data describes, beside what is published of it
 * and beside whoever knows the ward's laws: that is the best there is. Beside both the published methods themselves, from the same midnights: ratios below 1 are
 * in our favour, with the standard error of the paired scores (by blocks of four weeks on the trajectories, by ward on the wards).
 *
 * <p>{@code mvn -q compile exec:exec@figure -Dfigure=PatientBacktest -Dfigure.args="FOLDER"}: the folder of trajectories.
 */
public final class PatientBacktestFigure {
    private static final int TEACHING_DAYS = 180;
    private static final int TRAJECTORY_DAYS = 580;

    /** As many origins as the published figures have. */
    private static final int WARD_DAYS = 200 + 359 + 14;

    private static final int WARDS = 10;
    private static final double[] PUBLISHED = {3.98, 6.00, 7.24, 7.72};
    private static final double[] PUBLISHED_WEEKDAY = {4.40, 7.03, 9.06, 10.39};

    private PatientBacktestFigure() {}

    public static void main(String[] arguments) {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("no folder of trajectories is given: -Dfigure.args=\"FOLDER\"");
        }
        System.out.println("trajectories  days  forecasts   CRPS  as today  better  standard error  80 %   95 %");
        List<Result> real =
                PatientBacktest.run(Trajectories.read(Path.of(arguments[0])), TEACHING_DAYS, TRAJECTORY_DAYS);
        for (int i = 0; i < real.size(); i++) {
            Result result = real.get(i);
            System.out.printf(
                    Locale.ROOT,
                    "%18d  %9d  %5.3f  %8.3f  %5.1f%%  %13.1f%%  %5.3f  %5.3f%n",
                    PatientBacktest.DAYS_AHEAD.get(i),
                    result.forecasts(),
                    result.crps(),
                    result.persistenceCrps(),
                    100 * (1 - result.crps() / result.persistenceCrps()),
                    100 * result.ratioError(),
                    result.coverage80(),
                    result.coverage95());
        }
        System.out.println(
                "\nward          days  forecasts   CRPS  of single wards  published  ratio  80 %   95 %   as today but for the weekday  published  laws known");
        List<List<Result>> wards = LongStream.rangeClosed(1, WARDS)
                .mapToObj(seed -> PatientBacktest.run(Trajectories.ward(seed, WARD_DAYS), 200, WARD_DAYS))
                .toList();
        for (int i = 0; i < PUBLISHED.length; i++) {
            int horizon = i;
            List<Result> results = wards.stream().map(ward -> ward.get(horizon)).toList();
            double known = LongStream.rangeClosed(1, WARDS)
                    .mapToDouble(seed -> KnownWard.crps(
                            Trajectories.ward(seed, WARD_DAYS),
                            200,
                            WARD_DAYS,
                            PatientBacktest.DAYS_AHEAD.get(horizon)))
                    .average()
                    .orElseThrow();
            double crps = results.stream().mapToDouble(Result::crps).average().orElseThrow();
            System.out.printf(
                    Locale.ROOT,
                    "%18d  %9d  %5.2f  %7.2f to %4.2f  %9.2f  %5.3f  %5.3f  %5.3f  %28.2f  %9.2f  %10.2f%n",
                    PatientBacktest.DAYS_AHEAD.get(i),
                    results.stream().mapToInt(Result::forecasts).sum(),
                    crps,
                    results.stream().mapToDouble(Result::crps).min().orElseThrow(),
                    results.stream().mapToDouble(Result::crps).max().orElseThrow(),
                    PUBLISHED[i],
                    crps / PUBLISHED[i],
                    results.stream().mapToDouble(Result::coverage80).average().orElseThrow(),
                    results.stream().mapToDouble(Result::coverage95).average().orElseThrow(),
                    results.stream().mapToDouble(Result::weekdayCrps).average().orElseThrow(),
                    PUBLISHED_WEEKDAY[i],
                    known);
        }
        System.out.println(
                "\ntrajectories                                 days   CRPS  better than as today  80 %   ours / its  standard error");
        forEachMethod(real, (days, method) -> {
            Published published = real.get(days).published().get(method);
            System.out.printf(
                    Locale.ROOT,
                    "%-43s  %4d  %5.3f  %19.1f%%  %5.3f  %10.4f  %14.4f%n",
                    published.method(),
                    PatientBacktest.DAYS_AHEAD.get(days),
                    published.crps(),
                    100 * (1 - published.crps() / real.get(days).persistenceCrps()),
                    published.coverage80(),
                    published.ratio(),
                    published.ratioError());
        });
        System.out.println(
                "\nwards                                        days   CRPS  80 %   ours / its  standard error  wards where ours is better");
        forEachMethod(wards.getFirst(), (days, method) -> {
            List<Published> ofWards = wards.stream()
                    .map(ward -> ward.get(days).published().get(method))
                    .toList();
            DoubleSummaryStatistics ratios =
                    ofWards.stream().mapToDouble(Published::ratio).summaryStatistics();
            double squares = ofWards.stream()
                    .mapToDouble(ward -> Math.pow(ward.ratio() - ratios.getAverage(), 2))
                    .sum();
            System.out.printf(
                    Locale.ROOT,
                    "%-43s  %4d  %5.3f  %5.3f  %10.4f  %14.4f  %26d%n",
                    ofWards.getFirst().method(),
                    PatientBacktest.DAYS_AHEAD.get(days),
                    ofWards.stream().mapToDouble(Published::crps).average().orElseThrow(),
                    ofWards.stream()
                            .mapToDouble(Published::coverage80)
                            .average()
                            .orElseThrow(),
                    ratios.getAverage(),
                    Math.sqrt(squares / (WARDS - 1) / WARDS),
                    ofWards.stream().filter(ward -> ward.ratio() < 1).count());
        });
    }

    private interface Cell {
        void print(int days, int method);
    }

    private static void forEachMethod(List<Result> results, Cell cell) {
        for (int method = 0; method < results.getFirst().published().size(); method++) {
            for (int days = 0; days < results.size(); days++) {
                cell.print(days, method);
            }
        }
    }
}
