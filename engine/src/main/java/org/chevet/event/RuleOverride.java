package org.chevet.event;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A person puts somebody where rules of placement forbid it, and says why.
 *
 * @param text more of why, null when the reason says it
 * @param rules codes of the rules that are overridden, sorted
 */
public record RuleOverride(OverrideReason reason, @Nullable String text, List<String> rules) {
    public RuleOverride {
        rules = List.copyOf(new TreeSet<>(rules));
    }

    /** The same reason, for these rules. */
    public RuleOverride of(Collection<String> others) {
        return new RuleOverride(reason, text, List.copyOf(others));
    }
}
