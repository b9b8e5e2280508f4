package org.chevet.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** What a factor knows little of, it takes from a wider one, through as many as there are. */
class FactorTest {
    private static final int BLOCK = 4;
    private static final int CLASSES = 5 * BLOCK;
    private static final int FAR = 3 * BLOCK + 1;

    @Test
    void shouldLeanOnWhatOnlyTheWidestHasSeen() {
        Factor widest = seen(FAR);
        Factor group = factor();
        Factor own = seen(0);

        widest.settleAroundOne(factor(), 1);
        group.settleAroundOne(widest, 8);
        own.settleAroundOne(group, 8);

        assertThat(widest.value[FAR]).isGreaterThan(1.2);
        assertThat(own.value[FAR]).isCloseTo(widest.value[FAR], within(1e-12));
    }

    @Test
    void shouldLeanOnTheGroupThatItHasNow() {
        Factor first = seen(FAR);
        first.settleAroundOne(factor(), 1);
        Factor own = factor();
        own.settleAroundOne(first, 8);
        assertThat(own.value[FAR]).isGreaterThan(1.2);

        Factor second = factor();
        second.settleAroundOne(factor(), 1);
        own.settleAroundOne(second, 8);
        assertThat(own.value[FAR]).isEqualTo(1);
    }

    @Test
    void shouldForgetAndAddUpWhatItWasToldOfAnyClass() {
        Factor one = seen(FAR);
        one.forget(0.5);
        Factor sum = factor();
        sum.add(one);
        sum.add(seen(FAR));
        assertThat(sum.observed[FAR]).isEqualTo(60);
        assertThat(sum.expected[FAR]).isEqualTo(30);

        sum.clear();
        assertThat(sum.observed).containsOnly(0);
        sum.add(one);
        assertThat(sum.observed[FAR]).isEqualTo(20);
    }

    private static Factor factor() {
        return new Factor(CLASSES, BLOCK, 1);
    }

    /** Twice as often as was to be expected in one class, and as often in another. */
    private static Factor seen(int place) {
        Factor factor = factor();
        factor.use(place);
        factor.observed[place] = 40;
        factor.expected[place] = 20;
        factor.use(2 * BLOCK);
        factor.observed[2 * BLOCK] = 100;
        factor.expected[2 * BLOCK] = 100;
        return factor;
    }
}
