package org.chevet.simulations.drill;

import java.util.List;
import org.chevet.event.Command;
import org.chevet.event.Origin;

/**
 * What somebody who is not played does, or the director of the drill through an inject.
 *
 * @param key the same for the same deed, so that it is done once
 */
sealed interface Deed {
    String key();

    /** Somebody acts in Chevet. */
    record Act(String key, Origin.Person actor, Command.Act act) implements Deed {}

    /** Something is so in the hospital. */
    record Facts(String key, List<Command.Fact> facts) implements Deed {
        public Facts {
            facts = List.copyOf(facts);
        }
    }
}
