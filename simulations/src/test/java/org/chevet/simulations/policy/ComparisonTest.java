package org.chevet.simulations.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.chevet.hospital.Hospital;
import org.chevet.simulations.demo.DemoLayout;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final Hospital HOSPITAL = DemoLayout.neighbourOf(DemoLayout.read());

    @Test
    void shouldLetTheSamePeopleComeWhateverThePolicy() {
        LocalDate first = LocalDate.of(2026, 3, 2);
        List<Arrival> arrivals = Demand.of(HOSPITAL, first, 14, 0.9, 1);
        assertThat(arrivals)
                .isEqualTo(Demand.of(HOSPITAL, first, 14, 0.9, 1))
                .isNotEqualTo(Demand.of(HOSPITAL, first, 14, 0.9, 2))
                .hasSizeGreaterThan(200)
                .isSortedAccordingTo((one, other) -> one.at().compareTo(other.at()));
    }

    @Test
    void shouldLoseNobody() {
        Instant begin = Instant.parse("2026-03-01T23:00:00Z");
        List<Arrival> arrivals = Demand.of(HOSPITAL, LocalDate.of(2026, 3, 2), 14, 0.9, 1);
        for (BedPolicy policy : List.of(ReadyBeds.firstFit(), ReadyBeds.rankGreedy(), new Proposed())) {
            Outcome outcome =
                    SimulatedWeeks.run(HOSPITAL, arrivals, policy, begin, begin, begin.plus(Duration.ofDays(60)), 1);
            long stepsDown = arrivals.stream()
                    .filter(arrival -> arrival.afterwards() != null)
                    .count();
            assertThat(outcome.placed + outcome.refused).as(policy.name()).isBetween(arrivals.size(), (int)
                    (arrivals.size() + stepsDown));
            assertThat(outcome.refusedByTheRules).as(policy.name()).isZero();
        }
    }

    @Test
    void shouldShelterFewerPatientsOutsideTheirSpecialtyThanWhoeverTakesTheFirstBed() {
        Map<String, List<Double>> outliers =
                Objects.requireNonNull(new Comparison(HOSPITAL, 2, 0.9).run(1).get("outliers, % of those placed"));
        assertThat(outliers).containsOnlyKeys("first fit", "rank greedy", "Chevet");
        List<Double> chevet = Objects.requireNonNull(outliers.get("Chevet"));
        assertThat(chevet.getFirst())
                .isLessThan(Objects.requireNonNull(outliers.get("first fit")).getFirst());
    }
}
