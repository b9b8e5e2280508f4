package org.chevet.simulations.census;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.chevet.simulations.census.CensusBacktest.Result;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CensusBacktestTest {
    private static final Set<Panel> CALM = EnumSet.of(Panel.SINGAPORE, Panel.ENGLAND_WINTERS, Panel.ENGLAND_DISCHARGES);

    private static final int METHOD = 1;
    private static final int DAYS_AHEAD = 2;
    private static final int ERROR = 4;

    @ParameterizedTest
    @EnumSource
    void shouldBeNoWorseThanTheBestUsualMethodOnTheSameForecasts(Panel panel) throws IOException {
        List<Result> results = CensusBacktest.run(panel.read(folder()));

        assertThat(results).extracting(Result::abstained).containsOnly(0);
        for (int i = 0; i < results.size(); i++) {
            Result result = results.get(i);
            List<String[]> published = published(panel, CensusBacktest.DAYS_AHEAD.get(i));
            double persistence = published.stream()
                    .filter(method -> method[METHOD].equals("persist"))
                    .mapToDouble(method -> Double.parseDouble(method[ERROR]))
                    .findFirst()
                    .orElseThrow();
            double best = published.stream()
                    .mapToDouble(method -> Double.parseDouble(method[ERROR]))
                    .min()
                    .orElseThrow();
            // Persistence needs no forecaster: its published error says that days and origins are the same.
            assertThat(result.persistenceError()).isCloseTo(persistence, within(0.0005));
            assertThat(result.error()).isLessThanOrEqualTo(best);
            assertThat(result.coverage80()).isBetween(CALM.contains(panel) ? 0.77 : 0.78, 0.87);
            assertThat(result.coverage95()).isBetween(CALM.contains(panel) ? 0.92 : 0.9, 0.975);
        }
    }

    private static List<String[]> published(Panel panel, int daysAhead) throws IOException {
        return Files.readAllLines(folder().resolve("baselines.csv")).stream()
                .map(line -> line.split(",", -1))
                .filter(fields ->
                        fields[0].equals(panel.published()) && fields[DAYS_AHEAD].equals(Integer.toString(daysAhead)))
                .toList();
    }

    private static Path folder() {
        Path folder = Path.of(System.getProperty("chevet.data", ""), "forecast");
        assumeTrue(
                Files.isDirectory(folder), () -> "no published series: there is no folder " + folder.toAbsolutePath());
        return folder;
    }
}
