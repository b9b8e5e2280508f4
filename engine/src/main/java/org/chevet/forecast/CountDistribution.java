package org.chevet.forecast;

import java.util.Arrays;

/**
 * The probabilities of the values that a count can take: beds occupied, entries, exits; a difference of such counts may be below zero.
 * Immutable. They sum to 1 within rounding. Values further out than where less than {@value #TAIL} of probability is left on a side are
 * not kept apart: what is left there counts for the outermost value kept, so that sums of hundreds of beds stay short enough to be added
 * up term by term, which is exact in both tails where a Fourier transform is not.
 */
public final class CountDistribution {
    /** Probability on each side below which values are no longer told apart. */
    static final double TAIL = 1e-13;

    /** Largest mean of arrivals. */
    static final double MEAN_MAX = 1e6;

    /** Largest variance of arrivals divided by their mean: the tail has some fifty times as many values. */
    static final double DISPERSION_MAX = 1_000;

    /** Weight beside the most probable count's at which a tail is left off: all that follows is less than {@link #TAIL}. */
    private static final double NEGLIGIBLE = 1e-20;

    /** So many events are added one by one. */
    private static final int FEW_CHANCES = 16;

    private final int lowest;
    private final double[] probabilities;

    private CountDistribution(int lowest, double[] probabilities) {
        this.lowest = lowest;
        this.probabilities = probabilities;
    }

    /** Of {@code lowest}, {@code lowest + 1} … with these weights, which are made to sum to 1. */
    public static CountDistribution of(int lowest, double... weights) {
        double sum = 0;
        for (double weight : weights) {
            if (!(weight >= 0)) {
                throw new IllegalArgumentException("a weight is " + weight + ", not 0 or more");
            }
            sum += weight;
        }
        if (!(sum > 0 && sum < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the weights sum to " + sum + ". Maybe there are none?");
        }
        double[] probabilities = new double[weights.length];
        for (int i = 0; i < weights.length; i++) {
            probabilities[i] = weights[i] / sum;
        }
        return trimmed(lowest, probabilities, TAIL);
    }

    /** The count that is known. */
    public static CountDistribution certain(int count) {
        return new CountDistribution(count, new double[] {1});
    }

    /**
     * How many of independent events come true, each with its own probability, in time squared. Exact but for what is so improbable that no sum of
     * it could be seen beside {@link #TAIL}: that is not told apart.
     */
    public static CountDistribution poissonBinomial(double... chances) {
        for (double chance : chances) {
            if (!(chance >= 0 && chance <= 1)) {
                throw new IllegalArgumentException("a chance is " + chance + ", not within 0 and 1");
            }
        }
        CountDistribution sum = sumOf(chances, 0, chances.length);
        return trimmed(sum.lowest, sum.probabilities, TAIL);
    }

    /** Half and half, so that most of the work is the addition of long distributions, which is fast. */
    private static CountDistribution sumOf(double[] chances, int from, int to) {
        if (to - from > FEW_CHANCES) {
            int middle = (from + to) >>> 1;
            return sumOf(chances, from, middle).plus(sumOf(chances, middle, to), NEGLIGIBLE);
        }
        double[] probabilities = new double[to - from + 1];
        probabilities[0] = 1;
        for (int i = from; i < to; i++) {
            double chance = chances[i];
            for (int count = i - from + 1; count > 0; count--) {
                probabilities[count] = probabilities[count] * (1 - chance) + probabilities[count - 1] * chance;
            }
            probabilities[0] *= 1 - chance;
        }
        return trimmed(0, probabilities, NEGLIGIBLE);
    }

    /** Arrivals that do not know of each other. */
    public static CountDistribution poisson(double mean) {
        if (!(mean >= 0 && mean <= MEAN_MAX)) {
            throw new IllegalArgumentException("a mean is " + mean + ", not within 0 and " + MEAN_MAX);
        }
        return fromMode((int) mean, 0, mean);
    }

    /** Arrivals that come in bursts: their variance is above the mean. Where it is not, they are Poisson's. */
    public static CountDistribution negativeBinomial(double mean, double variance) {
        if (!(variance > mean) || !(mean > 0)) {
            return poisson(mean);
        }
        if (!(mean <= MEAN_MAX && variance / mean <= DISPERSION_MAX)) {
            throw new IllegalArgumentException(
                    "a mean is " + mean + " and the variance " + variance + "; the mean may be up to " + MEAN_MAX
                            + ", the variance up to " + DISPERSION_MAX + " times the mean");
        }
        double failure = 1 - mean / variance;
        double size = mean * (1 - failure) / failure;
        int mode = size > 1 ? (int) ((size - 1) * failure / (1 - failure)) : 0;
        return fromMode(mode, failure, (size - 1) * failure);
    }

    /**
     * Of Panjer's class, p(count) / p(count − 1) = a + b / count: weights relative to the most probable count's, so that nothing overflows and nothing is
     * lost in a tail.
     */
    private static CountDistribution fromMode(int mode, double a, double b) {
        double[] below = new double[mode + 1];
        double weight = 1;
        int lowest = mode;
        below[mode] = 1;
        while (lowest > 0 && weight > NEGLIGIBLE) {
            weight *= lowest / (a * lowest + b);
            lowest--;
            below[lowest] = weight;
        }
        double[] weights = Arrays.copyOfRange(below, lowest, 2 * mode - lowest + 16);
        int length = mode - lowest + 1;
        weight = 1;
        while (weight > NEGLIGIBLE) {
            int count = lowest + length;
            weight *= (a * count + b) / count;
            if (length == weights.length) {
                weights = Arrays.copyOf(weights, 2 * length);
            }
            weights[length] = weight;
            length++;
        }
        return of(lowest, Arrays.copyOf(weights, length));
    }

    /** @param tail probability on each side that is not told apart */
    private static CountDistribution trimmed(int lowest, double[] probabilities, double tail) {
        int from = 0;
        double below = 0;
        while (from < probabilities.length - 1 && below + probabilities[from] < tail) {
            below += probabilities[from];
            from++;
        }
        int to = probabilities.length - 1;
        double above = 0;
        while (to > from && above + probabilities[to] < tail) {
            above += probabilities[to];
            to--;
        }
        if (from == 0 && to == probabilities.length - 1) {
            return new CountDistribution(lowest, probabilities);
        }
        double[] kept = Arrays.copyOfRange(probabilities, from, to + 1);
        kept[0] += below;
        kept[to - from] += above;
        return new CountDistribution(lowest + from, kept);
    }

    /** The sum of this count and another that does not depend on it. */
    public CountDistribution plus(CountDistribution other) {
        return plus(other, TAIL);
    }

    private CountDistribution plus(CountDistribution other, double tail) {
        int sum = Math.addExact(lowest, other.lowest);
        return probabilities.length <= other.probabilities.length
                ? trimmed(sum, products(probabilities, other.probabilities), tail)
                : trimmed(sum, products(other.probabilities, probabilities), tail);
    }

    /** Of two polynomials. Four terms of the short one at once, since each sum is then fetched and put back once for four products. */
    private static double[] products(double[] few, double[] many) {
        double[] sums = new double[few.length + many.length - 1];
        int last = many.length;
        int first = 0;
        for (; first + 3 < few.length; first += 4) {
            double a = few[first];
            double b = few[first + 1];
            double c = few[first + 2];
            double d = few[first + 3];
            double one = 0;
            double two = 0;
            double three = 0;
            for (int i = 0; i < last; i++) {
                double now = many[i];
                sums[first + i] += (a * now + b * one) + (c * two + d * three);
                three = two;
                two = one;
                one = now;
            }
            sums[first + last] += b * one + c * two + d * three;
            sums[first + last + 1] += c * one + d * two;
            sums[first + last + 2] += d * one;
        }
        for (; first < few.length; first++) {
            double a = few[first];
            for (int i = 0; i < last; i++) {
                sums[first + i] += a * many[i];
            }
        }
        return sums;
    }

    /** This count below zero: entries plus the negated exits are the net flow. */
    public CountDistribution negated() {
        double[] mirrored = new double[probabilities.length];
        for (int i = 0; i < mirrored.length; i++) {
            mirrored[i] = probabilities[mirrored.length - 1 - i];
        }
        return new CountDistribution(-highest(), mirrored);
    }

    /** So many fewer, or more, in all cases. */
    CountDistribution shifted(int by) {
        return new CountDistribution(Math.addExact(lowest, by), probabilities);
    }

    /**
     * This count, which is not below 0, when its mean is not known for sure: with an error of this variance added. The error is the difference of two
     * Poisson numbers, so it is whole, and as often above as below.
     */
    CountDistribution uncertain(double variance) {
        CountDistribution half = poisson(variance / 2);
        CountDistribution sum = plus(half).plus(half.negated());
        if (sum.lowest >= 0) {
            return sum;
        }
        double[] kept = new double[Math.max(1, sum.highest() + 1)];
        for (int i = 0; i < sum.probabilities.length; i++) {
            kept[Math.max(0, sum.lowest + i)] += sum.probabilities[i];
        }
        return new CountDistribution(0, kept);
    }

    /**
     * The same count, as far from its mean as so many times its variance asks for, but never below 0: each probability is spread over the width of
     * one and stretched with it. Where 0 holds back what would be below, it is more often 0 by as much as leaves the mean what it was. What whole numbers
     * take from the mean, or add to it, is given back as one more, or one less, in so large a share of all cases: so a small count, whose variance cannot
     * be below that of one that is 0 or 1, is not narrowed further.
     */
    CountDistribution stretched(double varianceFactor) {
        if (varianceFactor == 1 || probabilities.length == 1) {
            return this;
        }
        double scale = Math.sqrt(varianceFactor);
        double mean = mean();
        int from = (int) Math.max(0, Math.floor(mean + (lowest - mean - 0.5) * scale));
        int to = (int) Math.max(from, Math.ceil(mean + (highest() - mean + 0.5) * scale));
        double[] weights = new double[to - from + 1];
        for (int i = 0; i < probabilities.length; i++) {
            double left = mean + (lowest + i - mean - 0.5) * scale;
            double right = left + scale;
            int last = (int) Math.floor(right + 0.5);
            for (int count = (int) Math.floor(left + 0.5); count <= last; count++) {
                double share = (Math.min(right, count + 0.5) - Math.max(left, count - 0.5)) / scale;
                weights[Math.clamp(count - from, 0, weights.length - 1)] += probabilities[i] * Math.max(0, share);
            }
        }
        CountDistribution stretched = of(from, weights);
        double missing = mean - stretched.mean();
        if (missing >= 0) {
            return stretched.plus(poissonBinomial(missing));
        }
        return stretched.lowest == 0
                ? stretched.moreOftenZero(mean / (mean - missing))
                : stretched.plus(poissonBinomial(-missing).negated());
    }

    /** This count, whose lowest is 0, in so large a share of all cases, and 0 in the others. */
    private CountDistribution moreOftenZero(double share) {
        double[] mixed = new double[probabilities.length];
        for (int i = 0; i < mixed.length; i++) {
            mixed[i] = share * probabilities[i];
        }
        mixed[0] += 1 - share;
        return new CountDistribution(0, mixed);
    }

    /** The lowest count told apart. */
    public int lowest() {
        return lowest;
    }

    /** The highest count told apart. */
    public int highest() {
        return lowest + probabilities.length - 1;
    }

    public double probability(int count) {
        return count < lowest || count > highest() ? 0 : probabilities[count - lowest];
    }

    /** The probability of this count or more; of no free bed, when the count is all beds. */
    public double atLeast(int count) {
        double sum = 0;
        for (int i = probabilities.length - 1; i >= Math.max(0, (long) count - lowest); i--) {
            sum += probabilities[i];
        }
        return Math.min(1, sum);
    }

    /** The probability of this count or less. */
    public double atMost(int count) {
        double sum = 0;
        for (int i = 0; i < probabilities.length && lowest + i <= count; i++) {
            sum += probabilities[i];
        }
        return Math.min(1, sum);
    }

    /** The smallest count that is not exceeded with at least this probability, above 0 and below 1. */
    public int quantile(double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("a level is " + level + ", not between 0 and 1");
        }
        double sum = 0;
        for (int i = 0; i < probabilities.length; i++) {
            sum += probabilities[i];
            if (sum >= level) {
                return lowest + i;
            }
        }
        return highest();
    }

    /**
     * The {@link #quantile} of each level.
     *
     * @param levels ascending
     */
    int[] quantiles(double... levels) {
        int[] quantiles = new int[levels.length];
        int place = 0;
        double sum = probabilities[0];
        for (int i = 0; i < levels.length; i++) {
            while (sum < levels[i] && place < probabilities.length - 1) {
                place++;
                sum += probabilities[place];
            }
            quantiles[i] = lowest + place;
        }
        return quantiles;
    }

    public double mean() {
        double sum = 0;
        for (int i = 0; i < probabilities.length; i++) {
            sum += probabilities[i] * i;
        }
        return lowest + sum;
    }

    public double variance() {
        double mean = mean();
        double sum = 0;
        for (int i = 0; i < probabilities.length; i++) {
            double distance = lowest + i - mean;
            sum += probabilities[i] * distance * distance;
        }
        return sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CountDistribution that
                && lowest == that.lowest
                && Arrays.equals(probabilities, that.probabilities);
    }

    @Override
    public int hashCode() {
        return 31 * lowest + Arrays.hashCode(probabilities);
    }

    /** The middle and the band of 95 %. */
    @Override
    public String toString() {
        return quantile(0.5) + " (" + quantile(0.025) + " to " + quantile(0.975) + ")";
    }
}
