package org.chevet.occupancy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chevet.event.BedEvent;
import org.jspecify.annotations.Nullable;

/** What comes of a command. */
public sealed interface Decision {
    /** @param events what is to be applied, in order; none when the command says what is already so */
    record Accepted(List<BedEvent> events) implements Decision {
        public Accepted {
            events = List.copyOf(events);
        }
    }

    /**
     * @param about the values the rule's texts name, by the names in their braces
     */
    record Refused(Rule rule, Map<String, String> about) implements Decision {
        public Refused {
            about = Map.copyOf(about);
        }

        /** What was journaled; null when this release has no such rule any more. */
        public static @Nullable Refused of(BedEvent.ActRefused kept) {
            return Arrays.stream(Rule.values())
                    .filter(rule -> rule.name().equals(kept.rule()))
                    .findFirst()
                    .map(rule -> new Refused(rule, kept.about()))
                    .orElse(null);
        }

        /** With one value more. */
        Refused with(String name, String value) {
            Map<String, String> more = new HashMap<>(about);
            more.put(name, value);
            return new Refused(rule, more);
        }

        public String detail() {
            return rule.explain(about);
        }
    }
}
