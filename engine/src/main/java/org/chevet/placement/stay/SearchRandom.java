package org.chevet.placement.stay;

/** The search's own source of chance (xorshift64*, Vigna 2014): the same numbers for a seed, whatever the Java version. */
final class SearchRandom {
    private static final int EXPONENTIALS = 1 << 12;
    private static final double[] EXPONENTIAL = new double[EXPONENTIALS];

    static {
        for (int i = 0; i < EXPONENTIALS; i++) {
            EXPONENTIAL[i] = -StrictMath.log((i + 0.5) / EXPONENTIALS);
        }
    }

    private long state;

    SearchRandom(long seed) {
        long mixed = (seed + 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
        state = (mixed ^ (mixed >>> 31)) | 1;
    }

    private int next() {
        state ^= state >>> 12;
        state ^= state << 25;
        state ^= state >>> 27;
        return (int) ((state * 0x2545F4914F6CDD1DL) >>> 32);
    }

    /** From 0 to {@code bound - 1}. */
    int below(int bound) {
        return (int) (((next() & 0xFFFFFFFFL) * bound) >>> 32);
    }

    /** From 0 to {@code bound - 1}, the first ones more often: the k-th with a chance like 1/√k. */
    int lowBelow(int bound) {
        long chance = next() & 0xFFFFFFFFL;
        return (int) ((((chance * chance) >>> 32) * bound) >>> 32);
    }

    /** Exponentially distributed, mean 1. */
    double exponential() {
        return EXPONENTIAL[next() >>> 20];
    }
}
