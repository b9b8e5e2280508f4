package org.chevet.simulations.run;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.chevet.simulations.full.Outcome;
import org.chevet.simulations.scenario.Indicator;

/** Results for other programs: indicators and hours as CSV, replications as NDJSON. Numbers have a point, times are hours from the beginning. */
final class Exports {
    private static final double[] SHARES = {0.05, 0.25, 0.5, 0.75, 0.95};

    private Exports() {}

    static void write(Path folder, List<Results> all) throws IOException {
        Files.createDirectories(folder);
        try (BufferedWriter indicators = Files.newBufferedWriter(folder.resolve("indicators.csv"));
                BufferedWriter series = Files.newBufferedWriter(folder.resolve("series.csv"));
                BufferedWriter replications = Files.newBufferedWriter(folder.resolve("replications.ndjson"))) {
            indicators.write("run,indicator,unit,mean,half_95,replications\n");
            series.write("run,series,hour,p05,p25,p50,p75,p95\n");
            for (Results results : all) {
                writeIndicators(indicators, results);
                writeSeries(series, results);
                writeReplications(replications, results);
            }
        }
    }

    private static void writeIndicators(BufferedWriter out, Results results) throws IOException {
        for (Indicator indicator : results.indicators()) {
            Estimate estimate = results.estimate(indicator);
            out.write("%s,%s,%s,%s,%s,%d\n"
                    .formatted(
                            results.label(),
                            indicator.code(),
                            indicator.unit(),
                            number(estimate.mean()),
                            number(estimate.half()),
                            estimate.count()));
        }
    }

    private static void writeSeries(BufferedWriter out, Results results) throws IOException {
        for (Outcome.Series series : Outcome.Series.values()) {
            double[][] quantiles = results.quantiles(series, SHARES);
            for (int hour = 0; hour < results.hours(); hour++) {
                out.write(results.label() + "," + series.code() + "," + hour);
                for (double[] quantile : quantiles) {
                    out.write("," + number(quantile[hour]));
                }
                out.write("\n");
            }
        }
    }

    private static void writeReplications(BufferedWriter out, Results results) throws IOException {
        for (int replication = 0; replication < results.outcomes().size(); replication++) {
            Outcome outcome = results.outcomes().get(replication);
            out.write(
                    "{\"run\":\"%s\",\"scenario\":\"%s\",\"level\":\"%s\",\"policy\":\"%s\",\"seed\":%d,\"replication\":%d,\"events\":%d"
                            .formatted(
                                    results.label(),
                                    results.scenario().code(),
                                    results.level().code(),
                                    results.policy().code(),
                                    results.seed(),
                                    replication,
                                    outcome.events()));
            for (Indicator indicator : Indicator.values()) {
                double value = outcome.of(indicator);
                out.write(",\"" + indicator.code() + "\":" + (Double.isFinite(value) ? number(value) : "null"));
            }
            out.write("}\n");
        }
    }

    private static String number(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4f", value) : "";
    }
}
