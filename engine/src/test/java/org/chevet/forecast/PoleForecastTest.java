package org.chevet.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.chevet.forecast.FlowForecast.Ahead;
import org.chevet.forecast.FlowForecast.Drivers;
import org.chevet.forecast.FlowForecast.Foreseen;
import org.chevet.forecast.FlowForecast.Series;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.ServiceId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PoleForecastTest {
    private static final Map<ServiceId, String> POLES = Map.of(
            SimulatedJournal.MEDICINE,
            "Médecine",
            SimulatedJournal.SMALL,
            "Médecine",
            SimulatedJournal.SURGERY,
            "Bloc");

    private static Series series(@Nullable ServiceId service, int patients, int beds, CountDistribution... ahead) {
        List<Ahead> all = IntStream.range(0, ahead.length)
                .mapToObj(i -> new Ahead(i + 1, ahead[i], ahead[i], ahead[i], 0, 0))
                .toList();
        return new Series(service, patients, beds, beds, null, new Drivers(0, 0, 0, 0, 0), all);
    }

    private static Hospital hospital() {
        return SimulatedJournal.hospital(POLES);
    }

    @Test
    void shouldAddUpTheServicesOfAPole() {
        CountDistribution coin = CountDistribution.of(0, 0.5, 0.5);
        CountDistribution three = CountDistribution.certain(3);
        Foreseen foreseen = new Foreseen(
                Instant.EPOCH,
                series(null, 9, 30, coin, coin),
                List.of(
                        series(SimulatedJournal.EMERGENCY, 1, 10, three, three),
                        series(SimulatedJournal.MEDICINE, 2, 20, coin, three),
                        series(SimulatedJournal.SURGERY, 3, 5, coin, coin),
                        series(SimulatedJournal.SMALL, 4, 6, coin, coin)));

        List<PoleForecast> poles = PoleForecast.of(foreseen, hospital());

        assertThat(poles).extracting(PoleForecast::pole).containsExactly("Médecine", "Bloc");
        PoleForecast medicine = poles.getFirst();
        assertThat(medicine.services()).containsExactly(SimulatedJournal.MEDICINE, SimulatedJournal.SMALL);
        assertThat(medicine.patients()).isEqualTo(6);
        assertThat(medicine.beds()).isEqualTo(26);
        assertThat(medicine.thresholdBeds()).isEqualTo(26);
        assertThat(medicine.fullAfterHours()).isNull();
        assertThat(medicine.ahead().getFirst().probability(1)).isCloseTo(0.5, within(1e-12));
        assertThat(medicine.ahead().getFirst().probability(2)).isCloseTo(0.25, within(1e-12));
        assertThat(medicine.ahead().get(1).probability(4)).isCloseTo(0.5, within(1e-12));
        assertThat(PoleForecast.of(foreseen, SimulatedJournal.hospital())).isEmpty();
    }

    @Test
    void shouldSayWhenAPoleIsFull() {
        CountDistribution coin = CountDistribution.of(0, 0.5, 0.5);
        CountDistribution one = CountDistribution.certain(1);
        Series whole = series(null, 1, 4, coin);

        List<PoleForecast> poles = PoleForecast.of(
                new Foreseen(
                        Instant.EPOCH,
                        whole,
                        List.of(
                                series(SimulatedJournal.MEDICINE, 0, 1, coin, coin, one),
                                series(SimulatedJournal.SMALL, 1, 1, coin, one, one),
                                series(SimulatedJournal.SURGERY, 2, 2, coin, coin, coin))),
                hospital());

        assertThat(poles)
                .extracting(PoleForecast::fullAfterHours)
                .as("of two beds both are needed with 1/4, then 1/2; the other has two patients for two beds now")
                .containsExactly(2, 0);
    }
}
