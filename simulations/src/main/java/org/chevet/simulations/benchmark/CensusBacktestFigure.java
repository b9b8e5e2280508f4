package org.chevet.simulations.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.chevet.simulations.census.CensusBacktest;
import org.chevet.simulations.census.CensusBacktest.Result;
import org.chevet.simulations.census.Panel;

/**
 * Forecasts of the census on published series, beside the best that usual methods reached on exactly these (each figure of a line may be another
 * method's). The ratio is ours / the best: at most 1 is the aim. Below, the series that nothing was chosen by, beside those that things were
 * chosen by; what usual methods reached on either alone is not published, so both are measured by persistence.
 *
 * <p>{@code mvn -q compile exec:exec@figure -Dfigure=CensusBacktest -Dfigure.args="FOLDER"}: the folder of series and of
 * {@code baselines.csv}.
 */
public final class CensusBacktestFigure {
    private CensusBacktestFigure() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("no folder of series is given: -Dfigure.args=\"FOLDER\"");
        }
        Path folder = Path.of(arguments[0]);
        List<String> baselines = Files.readAllLines(folder.resolve("baselines.csv"));
        System.out.println(
                "panel                days  forecasts (none)     MAE    best  ratio     CRPS    best  ratio  80 %   95 %");
        for (Panel panel : Panel.values()) {
            List<Result> results = CensusBacktest.run(panel.read(folder));
            for (int i = 0; i < results.size(); i++) {
                print(panel, CensusBacktest.DAYS_AHEAD.get(i), results.get(i), baselines);
            }
        }
        System.out.println("\nMAE / persistence's, CRPS / persistence's MAE, coverage of the bands of 80 and 95 %");
        System.out.println("panel                days  chosen by                     kept aside");
        for (Panel panel : Panel.values()) {
            List<Panel.Series> series = panel.read(folder);
            List<Result> chosenBy = CensusBacktest.run(
                    series.stream().filter(each -> !each.keptAside()).toList());
            List<Result> keptAside = CensusBacktest.run(
                    series.stream().filter(Panel.Series::keptAside).toList());
            for (int i = 0; i < chosenBy.size(); i++) {
                System.out.printf(
                        Locale.ROOT,
                        "%-20s %4d  %s    %s%n",
                        panel,
                        CensusBacktest.DAYS_AHEAD.get(i),
                        relative(chosenBy.get(i)),
                        relative(keptAside.get(i)));
            }
        }
    }

    private static void print(Panel panel, int daysAhead, Result result, List<String> baselines) {
        double error = Double.POSITIVE_INFINITY;
        double crps = Double.POSITIVE_INFINITY;
        for (String line : baselines) {
            String[] fields = line.split(",", -1);
            if (fields[0].equals(panel.published()) && fields[2].equals(Integer.toString(daysAhead))) {
                error = Math.min(error, Double.parseDouble(fields[4]));
                crps = Math.min(crps, Double.parseDouble(fields[5]));
                if (!fields[8].isEmpty()) {
                    crps = Math.min(crps, Double.parseDouble(fields[8]));
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%-20s %4d  %9d %6d %7.2f %7.2f  %5.3f  %7.2f %7.2f  %5.3f  %5.3f  %5.3f%n",
                panel,
                daysAhead,
                result.forecasts(),
                result.abstained(),
                result.error(),
                error,
                result.error() / error,
                result.crps(),
                crps,
                result.crps() / crps,
                result.coverage80(),
                result.coverage95());
    }

    private static String relative(Result result) {
        return String.format(
                Locale.ROOT,
                "%5.3f  %5.3f  %5.3f  %5.3f",
                result.error() / result.persistenceError(),
                result.crps() / result.persistenceError(),
                result.coverage80(),
                result.coverage95());
    }
}
