package org.chevet.forecast;

import java.util.Arrays;

/**
 * How much more often something happens in each class (a weekday, an hour, a time since entry) than it would without the classes: observed / expected,
 * both fading with age. Where little was seen, it is what a wider group has: (observed + s) / (expected + s / group's), the mean of a
 * gamma distribution around the group's value that is worth s events.
 */
final class Factor {
    /** Events that a group's values may be worth: classes then differ from these by 35, 18, 9 or 4 %. */
    private static final double[] STRENGTHS = {8, 32, 128, 512};

    /** Events that the group's rate is worth as a whole: a ward of short stays and one of rehabilitation differ by tens. */
    private static final double LEVEL_STRENGTH_EVENTS = 1;

    final double[] observed;
    final double[] expected;
    final double[] value;
    private double strengthEvents = STRENGTHS[0];

    Factor(int classes, double initial) {
        observed = new double[classes];
        expected = new double[classes];
        value = new double[classes];
        Arrays.fill(value, initial);
    }

    void forget(double kept) {
        multiply(observed, kept);
        multiply(expected, kept);
    }

    /** One array in each loop, and in {@link #settleAroundOne} no branch: then several classes are reckoned at once. */
    private static void multiply(double[] values, double by) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= by;
        }
    }

    void add(Factor part) {
        add(observed, part.observed);
        add(expected, part.expected);
    }

    private static void add(double[] sums, double[] parts) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += parts[i];
        }
    }

    void expectTimes(double times) {
        multiply(expected, times);
    }

    void clear() {
        Arrays.fill(observed, 0);
        Arrays.fill(expected, 0);
    }

    /**
     * As rates of their own, of classes that follow each other from one on: by how much the others differ from the group is likely of each, half as likely with
     * every step between. Of the classes before that one nothing follows for those after it, nor the other way round.
     *
     * @param first the class from which on this holds
     */
    void settleAlong(Factor group, int first, double strengthEvents) {
        double[] seen = new double[observed.length];
        double[] awaited = new double[observed.length];
        double nearSeen = 0;
        double nearAwaited = 0;
        for (int i = first; i < observed.length; i++) {
            seen[i] = nearSeen;
            awaited[i] = nearAwaited;
            nearSeen = (nearSeen + observed[i]) / 2;
            nearAwaited = (nearAwaited + group.value[i] * expected[i]) / 2;
        }
        nearSeen = 0;
        nearAwaited = 0;
        for (int i = observed.length - 1; i >= first; i--) {
            seen[i] += nearSeen;
            awaited[i] += nearAwaited;
            nearSeen = (nearSeen + observed[i]) / 2;
            nearAwaited = (nearAwaited + group.value[i] * expected[i]) / 2;
        }
        for (int i = 0; i < observed.length; i++) {
            double wider = group.value[i] * (seen[i] + LEVEL_STRENGTH_EVENTS) / (awaited[i] + LEVEL_STRENGTH_EVENTS);
            value[i] = wider * (observed[i] + strengthEvents) / (wider * expected[i] + strengthEvents);
        }
    }

    /**
     * As multiples of a mean that is reckoned elsewhere, where the classes themselves say how many events the group's values are worth: the less they differ from
     * these, beside what chance alone would make of it, the more.
     */
    void settleByLikeness(Factor group) {
        strengthEvents = likelyStrength(group);
        settleAroundOne(group, strengthEvents);
    }

    /** Events that the group's values were last worth. */
    double strengthEvents() {
        return strengthEvents;
    }

    /** The mean of 1/s by Bayes, all of them as likely beforehand, of normal deviations. */
    private double likelyStrength(Factor group) {
        double all = 0;
        for (int i = 0; i < value.length; i++) {
            all += group.value[i] * expected[i];
        }
        double level = all == 0 ? 1 : allObserved() / all;
        double[] evidence = new double[STRENGTHS.length];
        double likeliest = Double.NEGATIVE_INFINITY;
        for (int s = 0; s < STRENGTHS.length; s++) {
            for (int i = 0; i < value.length; i++) {
                double awaited = group.value[i] * expected[i] * level;
                if (awaited > 0) {
                    double variance = awaited + awaited * awaited / STRENGTHS[s];
                    double distance = observed[i] - awaited;
                    evidence[s] -= (Math.log(variance) + distance * distance / variance) / 2;
                }
            }
            likeliest = Math.max(likeliest, evidence[s]);
        }
        double weights = 0;
        double relativeVariance = 0;
        for (int s = 0; s < STRENGTHS.length; s++) {
            double weight = Math.exp(evidence[s] - likeliest);
            weights += weight;
            relativeVariance += weight / STRENGTHS[s];
        }
        return weights / relativeVariance;
    }

    /** As multiples of a mean that is reckoned elsewhere. */
    void settleAroundOne(Factor group, double strengthEvents) {
        settleAround((1 + allObserved()) / (1 + allExpected()), group.value, strengthEvents);
    }

    /**
     * As multiples of a mean that is reckoned elsewhere, of which these classes are a part.
     *
     * @param level by how much that mean is off
     * @param widers the group's values
     */
    void settleAround(double level, double[] widers, double strengthEvents) {
        for (int i = 0; i < value.length; i++) {
            double wider = widers[i];
            value[i] = wider * (observed[i] + strengthEvents) / (wider * expected[i] * level + strengthEvents);
        }
    }

    double allObserved() {
        return sum(observed);
    }

    double allExpected() {
        return sum(expected);
    }

    /** As four sums: no addition waits for the one before. */
    private static double sum(double[] values) {
        double one = 0;
        double two = 0;
        double three = 0;
        double four = 0;
        int i = 0;
        for (; i + 3 < values.length; i += 4) {
            one += values[i];
            two += values[i + 1];
            three += values[i + 2];
            four += values[i + 3];
        }
        for (; i < values.length; i++) {
            one += values[i];
        }
        return one + two + three + four;
    }
}
