package org.chevet.simulations.census;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.chevet.simulations.census.CensusBacktest.Result;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class CensusBacktestTest {
    /** Of persistence, which needs no forecaster, so that it tells whether days and origins are the same; and of the best usual method of each distance. */
    private record Published(
            Panel panel, double[] persistenceError, double[] bestError, double[] bestCrps, double... coverage80) {}

    private static final List<Published> PUBLISHED = List.of(
            new Published(
                    Panel.FRANCE_ICU,
                    new double[] {3.870, 7.915, 15.372, 27.952},
                    new double[] {3.744, 6.984, 12.571, 23.401},
                    new double[] {2.849, 5.340, 10.023, 19.584},
                    0.78,
                    0.86),
            new Published(
                    Panel.ENGLAND_DISCHARGES,
                    new double[] {45.802, 77.205, 21.822, 24.358},
                    new double[] {17.474, 17.841, 18.199, 18.783},
                    new double[] {13.637, 14.191, 14.577, 15.853},
                    0.77,
                    0.86));

    @ParameterizedTest
    @FieldSource("PUBLISHED")
    void shouldBeNoWorseThanTheBestUsualMethodOnTheSameForecasts(Published published) throws IOException {
        List<Result> results = CensusBacktest.run(published.panel().read(folder()));

        assertThat(results).extracting(Result::abstained).containsOnly(0);
        for (int i = 0; i < results.size(); i++) {
            Result result = results.get(i);
            assertThat(result.persistenceError()).isCloseTo(published.persistenceError()[i], within(0.0005));
            assertThat(result.error()).isLessThanOrEqualTo(published.bestError()[i]);
            assertThat(result.crps()).isLessThanOrEqualTo(published.bestCrps()[i]);
            assertThat(result.coverage80())
                    .isBetween(published.coverage80()[0], published.coverage80()[1]);
        }
    }

    private static Path folder() {
        Path folder = Path.of(System.getProperty("chevet.data", ""), "forecast");
        assumeTrue(
                Files.isDirectory(folder), () -> "no published series: there is no folder " + folder.toAbsolutePath());
        return folder;
    }
}
