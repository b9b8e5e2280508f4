package org.chevet.simulations.demo;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/** All the chance there is in the demo: one seed, one life. */
final class Dice {
    private final Random random;

    Dice(long seed) {
        this.random = new Random(seed);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    double uniform(double from, double to) {
        return from + (to - from) * random.nextDouble();
    }

    int whole(int from, int to) {
        return from + random.nextInt(to - from + 1);
    }

    double normal(double mean, double deviation) {
        return mean + deviation * random.nextGaussian();
    }

    /** @param spread standard deviation of the logarithm */
    double logNormal(double median, double spread) {
        return median * Math.exp(spread * random.nextGaussian());
    }

    Duration minutes(double from, double to) {
        return Duration.ofSeconds(Math.round(uniform(from, to) * 60));
    }

    /** How many of something that happens {@code mean} times on average (Knuth: for small means). */
    int poisson(double mean) {
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        int count = 0;
        while (product > limit) {
            count++;
            product *= random.nextDouble();
        }
        return count;
    }

    <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
