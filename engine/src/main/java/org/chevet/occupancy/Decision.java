package org.chevet.occupancy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chevet.event.BedEvent;

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

        /** What was journaled, by a release that may have rules which this one has not. */
        public static Refused of(BedEvent.ActRefused kept) {
            return Arrays.stream(Rule.values())
                    .filter(rule -> rule.name().equals(kept.rule()))
                    .findFirst()
                    .map(rule -> new Refused(rule, kept.about()))
                    .orElseGet(() -> new Refused(Rule.REFUSED_BEFORE, Map.of("rule", kept.rule())));
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
