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

    /** It is known of so many classes together, which follow each other, whether anything was ever seen in any of them. */
    private final int block;

    /** The blocks in which something was, a bit each: in all others there are zeros. */
    private long used;

    /** The blocks that may have other values than at first: the used ones and those of the groups that were leant on. */
    private long settled;

    Factor(int classes, double initial) {
        this(classes, classes, initial);
        used = 1;
    }

    /**
     * One of many classes, of which most are never seen.
     *
     * @param block as many are in use together, see {@link #use}; at most 64 blocks
     */
    Factor(int classes, int block, double initial) {
        this.block = block;
        observed = new double[classes];
        expected = new double[classes];
        value = new double[classes];
        Arrays.fill(value, initial);
    }

    /** Before something is written to a class. */
    void use(int ofClass) {
        used |= 1L << ofClass / block;
    }

    void forget(double kept) {
        multiply(observed, kept);
        multiply(expected, kept);
    }

    /** One array in each loop, and in {@link #settleAroundOne} no branch: then several classes are reckoned at once. */
    private void multiply(double[] values, double by) {
        for (long left = used; left != 0; left &= left - 1) {
            int from = Long.numberOfTrailingZeros(left) * block;
            for (int i = from; i < from + block; i++) {
                values[i] *= by;
            }
        }
    }

    void add(Factor part) {
        used |= part.used;
        add(observed, part.observed, part.used);
        add(expected, part.expected, part.used);
    }

    private void add(double[] sums, double[] parts, long blocks) {
        for (long left = blocks; left != 0; left &= left - 1) {
            int from = Long.numberOfTrailingZeros(left) * block;
            for (int i = from; i < from + block; i++) {
                sums[i] += parts[i];
            }
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
            double wider = group.value[i] * (seen[i] + strengthEvents) / (awaited[i] + strengthEvents);
            value[i] = wider * (observed[i] + strengthEvents) / (wider * expected[i] + strengthEvents);
        }
    }

    /** As multiples of a mean that is reckoned elsewhere. */
    void settleAroundOne(Factor group, double strengthEvents) {
        double level = (1 + sum(observed)) / (1 + sum(expected));
        settled |= used | group.settled;
        for (long left = settled; left != 0; left &= left - 1) {
            int from = Long.numberOfTrailingZeros(left) * block;
            for (int i = from; i < from + block; i++) {
                double wider = group.value[i];
                value[i] = wider * (observed[i] + strengthEvents) / (wider * expected[i] * level + strengthEvents);
            }
        }
    }

    private double sum(double[] values) {
        double sum = 0;
        for (long left = used; left != 0; left &= left - 1) {
            int from = Long.numberOfTrailingZeros(left) * block;
            sum += sum(values, from, from + block);
        }
        return sum;
    }

    /** As four sums: no addition waits for the one before. */
    private static double sum(double[] values, int from, int end) {
        double one = 0;
        double two = 0;
        double three = 0;
        double four = 0;
        int i = from;
        for (; i + 3 < end; i += 4) {
            one += values[i];
            two += values[i + 1];
            three += values[i + 2];
            four += values[i + 3];
        }
        for (; i < end; i++) {
            one += values[i];
        }
        return one + two + three + four;
    }
}
