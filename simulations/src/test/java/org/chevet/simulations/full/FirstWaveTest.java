package org.chevet.simulations.full;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.chevet.hospital.ServiceId;
import org.chevet.simulations.scenario.Scenario;
import org.chevet.simulations.scenario.ScenarioFile;
import org.junit.jupiter.api.Test;

class FirstWaveTest {
    private static final ServiceId INTENSIVE = new ServiceId("REA");
    private static final int REPLICATIONS = 5;

    /** Of those present at 14:00, by days after 1 March 2020: {@code covid_icu} over {@code covid_hosp} in {@code france_wave_profile.csv}. */
    private static final Map<Integer, Double> REAL =
            new TreeMap<>(Map.of(25, 0.241, 32, 0.241, 44, 0.205, 60, 0.151, 80, 0.098, 100, 0.078));

    @Test
    void shouldHaveTheRealPartOfPatientsInIntensiveCareFromTheRiseToTheEnd() throws ScenarioFile.ScenarioException {
        Scenario scenario = ScenarioFile.read("france-first-wave", List.of());
        FullModel model = FullModel.of(scenario);
        Instant begins = scenario.begins()
                .atStartOfDay(scenario.hospital().zone())
                .toInstant()
                .plus(Duration.ofHours(14));
        Map<Integer, int[]> present = new TreeMap<>();
        REAL.keySet().forEach(day -> present.put(day, new int[2]));
        for (int replication = 0; replication < REPLICATIONS; replication++) {
            FullSimulation.run(
                    model,
                    Level.FLOW,
                    Policy.CHEVET,
                    1,
                    replication,
                    (stay, origin, needs, service, from, to, then) -> {
                        boolean intensive =
                                scenario.hospital().services().get(service).id().equals(INTENSIVE);
                        present.forEach((day, counts) -> {
                            Instant at = begins.plus(Duration.ofDays(day));
                            if (!from.isAfter(at) && to.isAfter(at)) {
                                counts[0]++;
                                counts[1] += intensive ? 1 : 0;
                            }
                        });
                    });
        }
        REAL.forEach((day, part) -> {
            int[] counts = Objects.requireNonNull(present.get(day));
            assertThat(counts[1] / (double) counts[0]).as("day %d", day).isCloseTo(part, within(0.025));
        });
    }
}
