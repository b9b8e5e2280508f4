package org.chevet.simulations.census;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.chevet.simulations.census.CensusBacktest.Result;
import org.junit.jupiter.api.Test;

class CensusBacktestTest {
    @Test
    void shouldBeBetterInTheWavesThanTheBestUsualMethodOnTheSameForecasts() throws IOException {
        List<Result> results = CensusBacktest.run(Panel.FRANCE_ICU.read(folder()));
        // Persistence needs no forecaster: its published error says that days and origins are the same.
        double[] persistence = {3.870, 7.915, 15.372, 27.952};
        double[] bestCrps = {2.849, 5.340, 10.023, 19.584};

        assertThat(results).extracting(Result::forecasts).containsExactly(1128, 1116, 1092, 1050);
        assertThat(results).extracting(Result::abstained).containsOnly(0);
        for (int i = 0; i < bestCrps.length; i++) {
            assertThat(results.get(i).persistenceError()).isCloseTo(persistence[i], within(0.0005));
            assertThat(results.get(i).crps()).isLessThanOrEqualTo(bestCrps[i]);
            assertThat(results.get(i).coverage80()).isBetween(0.78, 0.86);
        }
    }

    private static Path folder() {
        Path folder = Path.of(System.getProperty("chevet.data", ""), "forecast");
        assumeTrue(
                Files.isDirectory(folder), () -> "no published series: there is no folder " + folder.toAbsolutePath());
        return folder;
    }
}
