package org.chevet.simulations.patient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.chevet.simulations.patient.PatientBacktest.Result;
import org.junit.jupiter.api.Test;

class PatientBacktestTest {
    @Test
    void shouldForeseeRealTrajectoriesBetterThanIfAllStayedAsToday() {
        Path folder = Path.of(System.getProperty("chevet.data", ""), "forecast");
        assumeTrue(Files.isDirectory(folder), () -> "no trajectories: there is no folder " + folder.toAbsolutePath());
        double[] better = {0.08, 0.11, 0.16, 0.18};

        List<Result> results = PatientBacktest.run(Trajectories.read(folder), 180, 580);

        for (int i = 0; i < better.length; i++) {
            Result result = results.get(i);
            assertThat(1 - result.crps() / result.persistenceCrps()).isGreaterThan(better[i]);
            assertThat(result.coverage95()).isGreaterThan(0.92);
        }
    }

    /** A fifth of the figure's forecasts, of one ward: chance moves their mean score by a tenth, and by some hundredths beside another method's. */
    @Test
    void shouldForeseeAWardWhoseLawsAreKnown() {
        double[] published = {3.98, 6.00, 7.24, 7.72};

        List<Result> results = PatientBacktest.run(Trajectories.ward(2, 300), 140, 300);

        for (int i = 0; i < published.length; i++) {
            assertThat(results.get(i).crps()).isLessThan(1.15 * published[i]);
            assertThat(results.get(i).crps()).isLessThan(results.get(i).weekdayCrps());
            assertThat(results.get(i).coverage80()).isBetween(0.65, 0.95);
            assertThat(results.get(i).published())
                    .hasSize(4)
                    .allSatisfy(method -> assertThat(method.ratio()).isLessThan(1.08));
        }
    }
}
