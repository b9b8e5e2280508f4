package org.chevet.forecast;

import java.util.Arrays;

/**
 * How much more often something happens in each class (a weekday, an hour, a time since entry) than it would without the classes: observed / expected,
 * both fading with age. Where little was seen, it is what a wider group has: (observed + s) / (expected + s / group's), the mean of a
 * gamma distribution around the group's value that is worth s events.
 */
final class Factor {
    final double[] observed;
    final double[] expected;
    final double[] value;

    Factor(int classes, double initial) {
        observed = new double[classes];
        expected = new double[classes];
        value = new double[classes];
        Arrays.fill(value, initial);
    }

    void forget(double kept) {
        for (int i = 0; i < observed.length; i++) {
            observed[i] *= kept;
            expected[i] *= kept;
        }
    }

    void add(Factor part) {
        for (int i = 0; i < observed.length; i++) {
            observed[i] += part.observed[i];
            expected[i] += part.expected[i];
        }
    }

    void expectTimes(double times) {
        for (int i = 0; i < expected.length; i++) {
            expected[i] *= times;
        }
    }

    void clear() {
        Arrays.fill(observed, 0);
        Arrays.fill(expected, 0);
    }

    /** As rates of their own. */
    void settle(Factor group, double strengthEvents) {
        settle(group, strengthEvents, 1);
    }

    /** As multiples of a mean that is reckoned elsewhere. */
    void settleAroundOne(Factor group, double strengthEvents) {
        double all = 1;
        double allExpected = 1;
        for (int i = 0; i < observed.length; i++) {
            all += observed[i];
            allExpected += expected[i];
        }
        settle(group, strengthEvents, all / allExpected);
    }

    private void settle(Factor group, double strengthEvents, double level) {
        for (int i = 0; i < observed.length; i++) {
            double wider = group.value[i];
            value[i] = wider * (observed[i] + strengthEvents) / (wider * expected[i] * level + strengthEvents);
        }
    }
}
