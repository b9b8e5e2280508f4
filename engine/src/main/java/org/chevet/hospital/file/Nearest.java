package org.chevet.hospital.file;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Guesses what was meant. */
public final class Nearest {
    private static final int LISTED_MAX = 12;

    private Nearest() {}

    /** "Maybe 'x'." when something is near; otherwise the choice, when it is short enough to be read. */
    public static String advice(String written, Collection<String> choices) {
        String nearest = find(written, choices);
        if (nearest != null) {
            return "Maybe '" + nearest + "'.";
        }
        if (choices.isEmpty()) {
            return "None is defined.";
        }
        return choices.size() <= LISTED_MAX
                ? "Write one of " + String.join(", ", choices) + "."
                : "Write one of the " + choices.size() + " known ones, such as "
                        + choices.iterator().next() + ".";
    }

    /** The choice with the fewest typing mistakes between it and what was written, if they are few. */
    public static @Nullable String find(String written, Collection<String> choices) {
        String wanted = written.toLowerCase(Locale.ROOT);
        String nearest = null;
        int mistakesMin = Math.max(1, written.length() / 3) + 1;
        for (String choice : choices) {
            int mistakes = distance(wanted, choice.toLowerCase(Locale.ROOT));
            if (mistakes < mistakesMin) {
                mistakesMin = mistakes;
                nearest = choice;
            }
        }
        return nearest;
    }

    /** Letters to insert, delete, replace or exchange with their neighbour (optimal string alignment). */
    private static int distance(String a, String b) {
        int[] beforePrevious = new int[b.length() + 1];
        int[] previous = new int[b.length() + 1];
        int[] current = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    current[j] = Math.min(current[j], beforePrevious[j - 2] + 1);
                }
            }
            int[] recycled = beforePrevious;
            beforePrevious = previous;
            previous = current;
            current = recycled;
        }
        return previous[b.length()];
    }
}
