package org.chevet.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FactorTest {
    private static final int CLASSES = 7;
    private static final Factor ALIKE = new Factor(CLASSES, 1);

    @Test
    void shouldNotTakeChanceForAWeeksRhythm() {
        SplittableRandom random = new SplittableRandom(1);
        double squares = 0;
        double squaresOfChance = 0;
        for (int trial = 0; trial < 200; trial++) {
            Factor factor = new Factor(CLASSES, 1);
            Arrays.fill(factor.expected, 40);
            for (int i = 0; i < CLASSES; i++) {
                factor.observed[i] = poisson(random, 40);
            }

            factor.settleByLikeness(ALIKE);

            double level = factor.allObserved() / factor.allExpected();
            for (int i = 0; i < CLASSES; i++) {
                squares += Math.pow(factor.value[i] - 1, 2);
                squaresOfChance += Math.pow(factor.observed[i] / (level * factor.expected[i]) - 1, 2);
            }
        }

        assertThat(squares).isLessThan(0.3 * squaresOfChance);
    }

    @Test
    void shouldBelieveARhythmThatChanceDoesNotMake() {
        double[] rhythm = {0.86, 1.09, 1.17, 1.16, 1.23, 0.87, 0.61};
        Factor factor = new Factor(CLASSES, 1);
        Arrays.fill(factor.expected, 200);
        Arrays.setAll(factor.observed, i -> 200 * rhythm[i]);

        factor.settleByLikeness(ALIKE);

        for (int i = 0; i < CLASSES; i++) {
            assertThat(factor.value[i]).isCloseTo(rhythm[i], within(0.05));
        }
    }

    private static int poisson(SplittableRandom random, double mean) {
        int count = -1;
        for (double time = 0; time < mean; time += -Math.log(1 - random.nextDouble())) {
            count++;
        }
        return count;
    }
}
