package org.chevet.simulations.drill;

import java.time.Duration;
import org.chevet.simulations.demand.Draws;

/**
 * What is drawn by lot in a drill: from its seed and the name of what is drawn, never from what was drawn before. So it is the same in
 * every life of the drill, whatever its players do.
 */
record Lot(long seed) {
    private static final long MIX = 0x9E3779B97F4A7C15L;

    /** From 0 to below 1. */
    double draw(String name) {
        return (hash(name) >>> 11) * 0x1.0p-53;
    }

    /** For all that is drawn about one thing. */
    Draws chance(String name) {
        return new Draws().about(hash(name), 0, 0);
    }

    private long hash(String name) {
        long hash = seed * MIX;
        for (int i = 0; i < name.length(); i++) {
            hash = (hash ^ name.charAt(i)) * 0x100000001B3L;
        }
        hash = (hash ^ (hash >>> 30)) * 0xBF58476D1CE4E5B9L;
        hash = (hash ^ (hash >>> 27)) * 0x94D049BB133111EBL;
        return hash ^ (hash >>> 31);
    }

    /** A time between two, in whole seconds. */
    Duration between(String name, Duration least, Duration most) {
        return least.plusSeconds(Math.round(draw(name) * most.minus(least).toSeconds()));
    }
}
