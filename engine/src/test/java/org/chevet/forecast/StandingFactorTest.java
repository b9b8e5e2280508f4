package org.chevet.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** What a factor knows little of, it takes from a wider one, through as many as there are; what it knows nothing of, altogether. */
class StandingFactorTest {
    private static final int OFTEN = 2;
    private static final int RARE = 17;
    private static final int CLASS = 5;

    @Test
    void shouldLeanOnWhatOnlyTheWidestHasSeen() {
        StandingFactor widest = seen(RARE);
        StandingFactor group = new StandingFactor();
        StandingFactor own = seen(0);

        widest.settleAroundOne(new StandingFactor(), 1);
        group.settleAroundOne(widest, 8);
        own.settleAroundOne(group, 8);

        assertThat(value(widest, RARE)).isGreaterThan(1.2);
        assertThat(value(own, RARE)).isEqualTo(value(widest, RARE));
    }

    @Test
    void shouldLeanOnTheGroupThatItHasNow() {
        StandingFactor first = seen(RARE);
        first.settleAroundOne(new StandingFactor(), 1);
        StandingFactor own = new StandingFactor();
        own.settleAroundOne(first, 8);
        assertThat(value(own, RARE)).isGreaterThan(1.2);

        StandingFactor second = new StandingFactor();
        second.settleAroundOne(new StandingFactor(), 1);
        own.settleAroundOne(second, 8);
        assertThat(value(own, RARE)).isEqualTo(1);
    }

    /** During a day, what somebody has just left by is what it was at midnight. */
    @Test
    void shouldNotChangeWhereSomethingIsSeenUntilItIsSettled() {
        StandingFactor group = seen(RARE);
        group.settleAroundOne(new StandingFactor(), 1);
        StandingFactor own = new StandingFactor();
        own.settleAroundOne(group, 8);

        own.use(RARE).observed[CLASS] = 1_000;
        assertThat(value(own, RARE)).isEqualTo(value(group, RARE));

        own.settleAroundOne(group, 8);
        assertThat(value(own, RARE)).isGreaterThan(value(group, RARE));
    }

    /** As if all that can be known had been: the group's value, with nothing of one's own, is no more than itself. */
    @Test
    void shouldTellOfWhatNobodyHasSeenAsOfWhatWasSeenNever() {
        StandingFactor group = seen(RARE);
        group.settleAroundOne(new StandingFactor(), 1);
        StandingFactor own = seen(0);
        StandingFactor all = seen(0);
        for (int what = 0; what < Standing.WHATS; what++) {
            all.use(what);
        }

        own.settleAroundOne(group, 8);
        all.settleAroundOne(group, 8);

        for (int what = 0; what < Standing.WHATS; what++) {
            assertThat(own.values(what)).isEqualTo(all.values(what));
        }
    }

    @Test
    void shouldForgetAndAddUpWhatItWasToldOfAnyClass() {
        StandingFactor one = seen(RARE);
        one.forget(0.5);
        StandingFactor sum = new StandingFactor();
        sum.add(one);
        sum.add(seen(RARE));
        assertThat(sum.observed(RARE, CLASS)).isEqualTo(60);
        assertThat(sum.expected(RARE, CLASS)).isEqualTo(30);

        sum.clear();
        assertThat(sum.observed(RARE, CLASS)).isZero();
        sum.add(one);
        assertThat(sum.observed(RARE, CLASS)).isEqualTo(20);
    }

    @Test
    void shouldBeAroundTheMeanOfAll() {
        StandingFactor twice = new StandingFactor();
        for (int what : new int[] {OFTEN, RARE}) {
            twice.use(what).observed[CLASS] = 2_000_000;
            twice.use(what).expected[CLASS] = 1_000_000;
        }
        twice.settleAroundOne(new StandingFactor(), 1);
        assertThat(value(twice, OFTEN)).isCloseTo(1, within(1e-5));
        assertThat(value(twice, RARE)).isCloseTo(1, within(1e-5));
    }

    private static double value(StandingFactor factor, int what) {
        return factor.values(what)[CLASS];
    }

    /** Twice as often as was to be expected by one thing known, and as often by another. */
    private static StandingFactor seen(int what) {
        StandingFactor factor = new StandingFactor();
        factor.use(what).observed[CLASS] = 40;
        factor.use(what).expected[CLASS] = 20;
        factor.use(OFTEN).observed[CLASS] = 100;
        factor.use(OFTEN).expected[CLASS] = 100;
        return factor;
    }
}
