package org.chevet.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ScoresTest {
    @Test
    void shouldAgreeWithTheGoldenVector() throws IOException {
        JsonNode golden = GoldenVectors.read();
        CountDistribution forecast = CountDistribution.poissonBinomial(
                        GoldenVectors.numbers(golden.at("/poisson_binomial/p")))
                .plus(CountDistribution.poisson(
                        golden.at("/pb_plus_poisson/lambda").asDouble()));

        // The vector's sum ends at 15, where the distribution does not.
        assertThat(Scores.crps(forecast, golden.at("/crps_pmf/y").asInt()))
                .isCloseTo(golden.at("/crps_pmf/crps_sum_F_minus_1_sq").asDouble(), within(1e-6));
    }

    @Test
    void shouldBeTheDistanceWhenTheForecastIsOneNumber() {
        assertThat(Scores.crps(CountDistribution.certain(5), 5)).isZero();
        assertThat(Scores.crps(CountDistribution.certain(5), 9)).isEqualTo(4);
        assertThat(Scores.crps(CountDistribution.certain(5), 2)).isEqualTo(3);
        assertThat(Scores.pinball(0.9, 10, 13)).isCloseTo(2.7, within(1e-12));
        assertThat(Scores.pinball(0.9, 10, 7)).isCloseTo(0.3, within(1e-12));
    }

    @Test
    void shouldBeTwiceTheMeanPinballOverAllLevels() {
        CountDistribution forecast = CountDistribution.negativeBinomial(20, 45);
        int levels = 20_000;
        double sum = 0;
        for (int i = 0; i < levels; i++) {
            double level = (i + 0.5) / levels;
            sum += Scores.pinball(level, forecast.quantile(level), 27);
        }

        assertThat(2 * sum / levels).isCloseTo(Scores.crps(forecast, 27), within(1e-4));
    }

    @Test
    void shouldSpreadTheTransformEvenlyWhenTheForecastIsRight() {
        SplittableRandom random = new SplittableRandom(4);
        CountDistribution forecast = CountDistribution.poissonBinomial(0.3, 0.6, 0.2);
        int[] tenths = new int[10];
        int rounds = 20_000;
        for (int round = 0; round < rounds; round++) {
            int observed = forecast.quantile(random.nextDouble(1e-9, 1));
            double place = Scores.probabilityIntegralTransform(forecast, observed, random.nextDouble());
            tenths[(int) Math.min(9, 10 * place)]++;
        }
        for (int tenth : tenths) {
            assertThat(tenth).isBetween(1_800, 2_200);
        }
    }
}
