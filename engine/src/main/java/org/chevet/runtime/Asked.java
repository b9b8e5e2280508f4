package org.chevet.runtime;

import java.time.Instant;
import java.util.List;
import org.chevet.event.BedEvent;
import org.chevet.event.Command;
import org.chevet.event.Origin;
import org.chevet.event.Recorded;
import org.chevet.occupancy.Decision;
import org.chevet.occupancy.Occupancy;
import org.chevet.occupancy.PlacementCheck;
import org.jspecify.annotations.Nullable;

/** Commands decided in one piece, and the hospital's time then. All that a decision rests on beside the state. */
record Asked(List<Command> commands, Origin origin, Instant now) {
    Asked {
        commands = List.copyOf(commands);
    }

    /**
     * Decides them and applies what comes of them.
     *
     * @param judge of the rules that people may override
     * @param events receives each event before it is applied
     * @return why they are refused, null when they are not
     */
    Decision.@Nullable Refused applyTo(Occupancy occupancy, PlacementJudge judge, List<Recorded> events) {
        long act = occupancy.sequence() + 1;
        PlacementCheck check = judge.of(occupancy, now);
        for (Command command : commands) {
            switch (occupancy.decide(command, now, check)) {
                case Decision.Accepted accepted -> {
                    for (BedEvent event : accepted.events()) {
                        Recorded recorded = new Recorded(occupancy.sequence() + 1, act, now, origin, event);
                        events.add(recorded);
                        occupancy.apply(recorded);
                    }
                }
                case Decision.Refused refused -> {
                    if (command instanceof Command.Fact) {
                        throw new IllegalStateException("a fact was refused, by rule " + refused.rule());
                    }
                    return refused;
                }
            }
        }
        return null;
    }
}
