package org.chevet.occupancy;

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
