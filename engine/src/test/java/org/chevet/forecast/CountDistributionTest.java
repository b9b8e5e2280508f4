package org.chevet.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CountDistributionTest {
    private static final double ROUNDING = 1e-12;

    @Test
    void shouldAgreeWithTheGoldenVectors() throws IOException {
        JsonNode golden = GoldenVectors.read();
        CountDistribution leaving =
                CountDistribution.poissonBinomial(GoldenVectors.numbers(golden.at("/poisson_binomial/p")));
        requireProbabilities(leaving, GoldenVectors.numbers(golden.at("/poisson_binomial/pmf")));
        CountDistribution all = leaving.plus(
                CountDistribution.poisson(golden.at("/pb_plus_poisson/lambda").asDouble()));
        requireProbabilities(all, GoldenVectors.numbers(golden.at("/pb_plus_poisson/pmf_0_15")));
    }

    private static void requireProbabilities(CountDistribution distribution, double... expected) {
        for (int count = 0; count < expected.length; count++) {
            assertThat(distribution.probability(count)).as("of " + count).isCloseTo(expected[count], within(ROUNDING));
        }
    }

    @Test
    void shouldKnowHandComputedCases() {
        CountDistribution two = CountDistribution.poissonBinomial(0.5, 0.2);

        requireProbabilities(two, 0.4, 0.5, 0.1);
        assertThat(two.mean()).isCloseTo(0.7, within(ROUNDING));
        assertThat(two.variance()).isCloseTo(0.41, within(ROUNDING));
        assertThat(two.atLeast(1)).isCloseTo(0.6, within(ROUNDING));
        assertThat(two.atLeast(-3)).isEqualTo(1);
        assertThat(two.atLeast(3)).isZero();
        assertThat(two.atMost(-1)).isZero();
        assertThat(two.quantile(0.39)).isZero();
        assertThat(two.quantile(0.41)).isEqualTo(1);
        assertThat(two.quantile(0.91)).isEqualTo(2);
        assertThat(CountDistribution.certain(7).plus(two.negated()).quantile(0.5))
                .isEqualTo(6);
        assertThat(CountDistribution.poissonBinomial()).isEqualTo(CountDistribution.certain(0));
        assertThat(CountDistribution.poisson(0)).isEqualTo(CountDistribution.certain(0));
    }

    @Test
    void shouldHaveTheMomentsAskedForAndSumToOne() {
        for (double mean : new double[] {0.001, 0.5, 3.7, 42, 1_000, 50_000}) {
            requireMoments(CountDistribution.poisson(mean), mean, mean);
            for (double dispersion : new double[] {1.05, 1.95, 20}) {
                requireMoments(CountDistribution.negativeBinomial(mean, dispersion * mean), mean, dispersion * mean);
            }
        }
        assertThat(CountDistribution.negativeBinomial(5, 4)).isEqualTo(CountDistribution.poisson(5));
    }

    private static void requireMoments(CountDistribution distribution, double mean, double variance) {
        double sum = IntStream.rangeClosed(distribution.lowest(), distribution.highest())
                .mapToDouble(distribution::probability)
                .sum();
        assertThat(sum).isCloseTo(1, within(ROUNDING));
        assertThat(distribution.mean()).isCloseTo(mean, within(1e-9 * (1 + mean)));
        assertThat(distribution.variance()).isCloseTo(variance, within(1e-7 * (1 + variance)));
    }

    @Test
    void shouldAddUpToTheSameWhicheverWayAHospitalIsSplit() {
        for (long seed = 0; seed < 50; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double[] chances = random.doubles(random.nextInt(1, 300)).toArray();
            int cut = random.nextInt(chances.length);
            CountDistribution whole = CountDistribution.poissonBinomial(chances);
            CountDistribution parts = CountDistribution.poissonBinomial(Arrays.copyOf(chances, cut))
                    .plus(CountDistribution.poissonBinomial(Arrays.copyOfRange(chances, cut, chances.length)));
            for (int count = -1; count <= chances.length + 1; count++) {
                assertThat(parts.probability(count))
                        .as("seed " + seed + ", count " + count)
                        .isCloseTo(whole.probability(count), within(ROUNDING));
            }
        }
    }

    @Test
    void shouldBeWiderAndNoOtherOnTheMeanWhenTheMeanIsNotKnownForSure() {
        for (double variance : new double[] {0, 0.01, 1.5, 80}) {
            CountDistribution uncertain = CountDistribution.poisson(120).uncertain(variance);
            assertThat(uncertain.mean()).isCloseTo(120, within(1e-9));
            assertThat(uncertain.variance()).isCloseTo(120 + variance, within(1e-6));
        }
        CountDistribution few = CountDistribution.poissonBinomial(0.1, 0.2).uncertain(0.05);
        assertThat(few.lowest()).isZero();
        assertThat(few.mean()).as("what would be below 0 is 0").isCloseTo(0.3, within(0.03));
        assertThat(IntStream.rangeClosed(0, few.highest())
                        .mapToDouble(few::probability)
                        .sum())
                .isCloseTo(1, within(ROUNDING));
    }

    @Test
    void shouldBeNarrowerAboutTheSameMeanHoweverSmall() {
        for (double mean : new double[] {0.2, 0.3, 0.5, 0.7, 1, 1.5, 2}) {
            CountDistribution poisson = CountDistribution.poisson(mean);
            for (int above : new int[] {0, 7}) {
                for (double factor : new double[] {0.1, 0.25, 0.5, 0.8}) {
                    CountDistribution narrow = poisson.shifted(above).stretched(factor);
                    String what = "Poisson(" + mean + ") + " + above + ", " + factor;
                    assertThat(narrow.mean()).as(what).isCloseTo(above + mean, within(1e-9));
                    assertThat(narrow.lowest()).as(what).isNotNegative();
                    assertThat(narrow.variance()).as(what).isLessThan(mean);
                    assertThat(IntStream.rangeClosed(narrow.lowest(), narrow.highest())
                                    .mapToDouble(narrow::probability)
                                    .sum())
                            .as(what)
                            .isCloseTo(1, within(ROUNDING));
                }
            }
        }
    }

    @Test
    void shouldKeepTheSmallChanceOfAFullHospital() {
        CountDistribution present = CountDistribution.poisson(400);
        CountDistribution whole = present.plus(CountDistribution.poisson(500));

        assertThat(whole.atLeast(1_100) / CountDistribution.poisson(900).atLeast(1_100))
                .as("one in ten thousand million, relative to the exact sum")
                .isCloseTo(1, within(1e-3));
    }

    @Test
    void shouldAgreeWithDirectSimulation() {
        long seed = 20;
        SplittableRandom random = new SplittableRandom(seed);
        double[] chances = random.doubles(60).toArray();
        CountDistribution leaving = CountDistribution.poissonBinomial(chances);
        int[] seen = new int[chances.length + 1];
        int rounds = 100_000;
        for (int round = 0; round < rounds; round++) {
            int count = 0;
            for (double chance : chances) {
                count += random.nextDouble() < chance ? 1 : 0;
            }
            seen[count]++;
        }
        for (int count = 0; count < seen.length; count++) {
            double expected = leaving.probability(count);
            double noise = 5 * Math.sqrt(expected * (1 - expected) / rounds) + 1e-4;
            assertThat((double) seen[count] / rounds).as("count " + count).isCloseTo(expected, within(noise));
        }
    }

    @Test
    void shouldRefuseWhatIsNoProbability() {
        assertThatIllegalArgumentException().isThrownBy(() -> CountDistribution.poissonBinomial(0.5, 1.1));
        assertThatIllegalArgumentException().isThrownBy(() -> CountDistribution.poissonBinomial(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> CountDistribution.poisson(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> CountDistribution.poisson(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> CountDistribution.negativeBinomial(1, 1e9));
        assertThatIllegalArgumentException().isThrownBy(() -> CountDistribution.of(0));
        assertThatIllegalArgumentException().isThrownBy(() -> CountDistribution.of(0, 1, -1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CountDistribution.certain(1).quantile(1));
    }
}
