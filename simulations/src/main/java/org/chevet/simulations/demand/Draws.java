package org.chevet.simulations.demand;

import org.apache.commons.rng.UniformRandomProvider;

/**
 * Chance as a function: what is drawn depends on who it is about and what for, never on what was drawn before. So two policies, or two
 * plans, meet the same people, who stay as long and are as late, however differently they fare. Not thread-safe.
 */
public final class Draws implements UniformRandomProvider {
    private static final long STEP = 0x9E3779B97F4A7C15L;

    private long state;

    /** What is drawn from now on is about this. */
    public Draws about(long person, int purpose, int index) {
        state = mixed(person + (((long) purpose << 32) + index) * STEP);
        return this;
    }

    @Override
    public long nextLong() {
        state += STEP;
        return finished(state);
    }

    /** Neighbouring numbers become numbers that have nothing in common (SplitMix64: Steele, Lea, Flood 2014). */
    public static long mixed(long value) {
        return finished(value + STEP);
    }

    private static long finished(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
