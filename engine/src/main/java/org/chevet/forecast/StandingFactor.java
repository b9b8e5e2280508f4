package org.chevet.forecast;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How much more often patients leave by what was known of their departure, and how long before ({@link Standing}): the factors of all that can be known, around one
 * mean. Most of it is never known of anybody in a service, so there is a factor only where something was seen; elsewhere the group's values hold.
 */
final class StandingFactor {
    /** Of what nobody has seen. */
    private static final double[] ONES = ones();

    /** By what was known; null where nothing was ever seen. */
    private final @Nullable Factor[] seen = new Factor[Standing.WHATS];

    /** That was leant on last. */
    private @Nullable StandingFactor group;

    private static double[] ones() {
        double[] ones = new double[Standing.CLASSES_OF_WHAT];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** To be written to; its classes are {@link Standing#ofWhat}. */
    Factor use(int what) {
        Factor used = seen[what];
        if (used == null) {
            used = new Factor(Standing.CLASSES_OF_WHAT, 1);
            // Until it is settled it is what it was.
            System.arraycopy(values(what), 0, used.value, 0, used.value.length);
            seen[what] = used;
        }
        return used;
    }

    /** Of the classes of what was known, to be read only. */
    double[] values(int what) {
        for (StandingFactor next = this; next != null; next = next.group) {
            Factor known = next.seen[what];
            if (known != null) {
                return known.value;
            }
        }
        return ONES;
    }

    double observed(int what, int ofWhat) {
        Factor known = seen[what];
        return known == null ? 0 : known.observed[ofWhat];
    }

    double expected(int what, int ofWhat) {
        Factor known = seen[what];
        return known == null ? 0 : known.expected[ofWhat];
    }

    void forget(double kept) {
        for (Factor known : seen) {
            if (known != null) {
                known.forget(kept);
            }
        }
    }

    void add(StandingFactor part) {
        for (int what = 0; what < seen.length; what++) {
            Factor known = part.seen[what];
            if (known != null) {
                use(what).add(known);
            }
        }
    }

    void clear() {
        for (Factor known : seen) {
            if (known != null) {
                known.clear();
            }
        }
    }

    /** As multiples of a mean that is reckoned elsewhere. */
    void settleAroundOne(StandingFactor wider, double strengthEvents) {
        group = wider;
        double observed = 0;
        double expected = 0;
        for (Factor known : seen) {
            if (known != null) {
                observed += known.allObserved();
                expected += known.allExpected();
            }
        }
        double level = (1 + observed) / (1 + expected);
        for (int what = 0; what < seen.length; what++) {
            Factor known = seen[what];
            if (known != null) {
                known.settleAround(level, wider.values(what), strengthEvents);
            }
        }
    }
}
