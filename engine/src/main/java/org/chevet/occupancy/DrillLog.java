package org.chevet.occupancy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.chevet.event.Drill;
import org.chevet.event.Inject;
import org.chevet.event.SimulatedRole;
import org.jspecify.annotations.Nullable;

/**
 * A drill as it stands. Immutable.
 *
 * @param begunAt by the drill's clock
 * @param injects those to come and those done, the first due first
 * @param roles who is not played, in the order of {@link SimulatedRole}
 */
public record DrillLog(Drill drill, Instant begunAt, List<Planned> injects, List<SimulatedRole> roles) {
    /** @param doneAt null while it is to come */
    public record Planned(Inject inject, @Nullable Instant doneAt) {}

    public DrillLog {
        injects = List.copyOf(injects);
        roles = List.copyOf(roles);
    }

    public @Nullable Planned inject(String id) {
        for (Planned planned : injects) {
            if (planned.inject().id().equals(id)) {
                return planned;
            }
        }
        return null;
    }

    /** The next to come, null when none is planned. */
    public @Nullable Inject next() {
        for (Planned planned : injects) {
            if (planned.doneAt() == null) {
                return planned.inject();
            }
        }
        return null;
    }

    public boolean simulates(SimulatedRole role) {
        return roles.contains(role);
    }

    DrillLog with(Planned changed) {
        List<Planned> all = new ArrayList<>(without(changed.inject().id()).injects);
        all.add(changed);
        all.sort(Comparator.comparing((Planned planned) -> planned.inject().due())
                .thenComparing(planned -> planned.inject().id()));
        return new DrillLog(drill, begunAt, all, roles);
    }

    DrillLog without(String inject) {
        List<Planned> left = new ArrayList<>(injects);
        left.removeIf(planned -> planned.inject().id().equals(inject));
        return new DrillLog(drill, begunAt, left, roles);
    }

    DrillLog with(List<SimulatedRole> changed) {
        return new DrillLog(drill, begunAt, injects, changed);
    }
}
