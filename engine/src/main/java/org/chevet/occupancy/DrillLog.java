package org.chevet.occupancy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.chevet.event.AskedCard;
import org.chevet.event.Drill;
import org.chevet.event.Inject;
import org.chevet.event.SimulatedRole;
import org.chevet.hospital.AddedLater;
import org.jspecify.annotations.Nullable;

/**
 * A drill as it stands. Immutable.
 *
 * @param begunAt by the drill's clock
 * @param injects those to come and those done, the first due first
 * @param roles who is not played, in the order of {@link SimulatedRole}
 * @param cards that the screens ask for
 */
public record DrillLog(
        Drill drill,
        Instant begunAt,
        List<Planned> injects,
        List<SimulatedRole> roles,
        @AddedLater @Nullable List<AskedCard> cards) {
    /** @param doneAt null while it is to come */
    public record Planned(Inject inject, @Nullable Instant doneAt) {}

    public DrillLog {
        injects = List.copyOf(injects);
        roles = List.copyOf(roles);
        cards = cards == null ? List.of() : List.copyOf(cards);
    }

    /** As it begins. */
    public DrillLog(Drill drill, Instant begunAt) {
        this(drill, begunAt, List.of(), List.of(), List.of());
    }

    @Override
    public List<AskedCard> cards() {
        return Objects.requireNonNull(cards, "made by the constructor when there was none");
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
        return new DrillLog(drill, begunAt, all, roles, cards);
    }

    DrillLog without(String inject) {
        List<Planned> left = new ArrayList<>(injects);
        left.removeIf(planned -> planned.inject().id().equals(inject));
        return new DrillLog(drill, begunAt, left, roles, cards);
    }

    DrillLog with(List<SimulatedRole> changed) {
        return new DrillLog(drill, begunAt, injects, changed, cards);
    }

    DrillLog showing(List<AskedCard> changed) {
        return new DrillLog(drill, begunAt, injects, roles, changed);
    }

    /** Whether the screens ask for these cards, since whenever. */
    public boolean shows(List<AskedCard> asked) {
        return cards().stream()
                .map(AskedCard::card)
                .toList()
                .equals(asked.stream().map(AskedCard::card).toList());
    }
}
