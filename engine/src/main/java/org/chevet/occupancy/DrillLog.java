package org.chevet.occupancy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.chevet.event.AskedCard;
import org.chevet.event.Drill;
import org.chevet.event.Inject;
import org.chevet.event.InjectEffect;
import org.chevet.event.InjectKind;
import org.chevet.event.SimulatedRole;
import org.chevet.hospital.AddedLater;
import org.chevet.hospital.BedId;
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
    /**
     * @param doneAt null while it is to come
     * @param effect what it did and nobody has changed since, which its end is to put back, and what it is still to do; null where that is nothing
     * @param endedAt null before that, and always of a kind that does not last
     */
    public record Planned(
            Inject inject,
            @Nullable Instant doneAt,
            @AddedLater @Nullable InjectEffect effect,
            @AddedLater @Nullable Instant endedAt) {
        /** To come, or of a kind that leaves nothing behind. */
        public Planned(Inject inject, @Nullable Instant doneAt) {
            this(inject, doneAt, null, null);
        }

        /** Whether it goes on. In a drill of a former release, what an inject did to a service has no end. */
        public boolean isInForce() {
            return doneAt != null
                    && endedAt == null
                    && inject.kind().lasts()
                    && (effect != null || inject.service() == null);
        }

        /** When it is over, by what was planned; null when nobody has said. */
        public @Nullable Instant until() {
            Integer minutes = inject.minutes();
            return minutes == null
                    ? null
                    : Objects.requireNonNullElse(doneAt, inject.due()).plus(Duration.ofMinutes(minutes));
        }

        /** Beds that it closes, or blocks, once they are free. */
        public List<BedId> awaited() {
            return effect == null ? List.of() : effect.awaited();
        }

        Planned with(@Nullable InjectEffect changed) {
            return new Planned(inject, doneAt, changed, endedAt);
        }
    }

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

    /** When an inject's time comes next, or one is over; null when nothing is to come. */
    public @Nullable Instant nextAt() {
        Instant next = null;
        for (Planned planned : injects) {
            Instant at =
                    planned.doneAt() == null ? planned.inject().due() : planned.isInForce() ? planned.until() : null;
            if (at != null && (next == null || at.isBefore(next))) {
                next = at;
            }
        }
        return next;
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

    /** In which what injects of a kind did, and do, is something else by now. */
    DrillLog with(InjectKind kind, UnaryOperator<InjectEffect> change) {
        DrillLog changed = this;
        for (Planned planned : injects) {
            if (planned.effect() != null && planned.inject().kind() == kind) {
                InjectEffect effect = change.apply(planned.effect());
                if (!effect.equals(planned.effect())) {
                    changed = changed.with(planned.with(effect));
                }
            }
        }
        return changed;
    }

    /** What it did is the heir's, should it have one. */
    DrillLog ended(Planned over, Instant at) {
        DrillLog log = with(new Planned(over.inject(), over.doneAt(), null, at));
        Planned heir = heir(over);
        return heir == null || over.effect() == null
                ? log
                : log.with(heir.with(over.effect().takenOverBy(heir.effect())));
    }

    /** Another one that goes on doing the same in the same service, and puts back what this one did; null when there is none. */
    @Nullable
    Planned heir(Planned over) {
        InjectEffect effect = over.effect();
        return injects.stream()
                .filter(other -> effect != null && isLike(other, over) && effect.isTakenOverBy(other.effect()))
                .min(Comparator.comparing(other -> Objects.requireNonNull(other.doneAt())))
                .orElse(null);
    }

    private static boolean isLike(Planned other, Planned one) {
        return other.isInForce()
                && !other.inject().id().equals(one.inject().id())
                && other.inject().kind() == one.inject().kind()
                && Objects.equals(other.inject().service(), one.inject().service());
    }

    /** Whether another one would close, or block, what this one did at once: it began later, found the bed so and let it be. */
    boolean isHeldByAnother(Planned one, BedId bed) {
        Instant since = Objects.requireNonNull(one.doneAt());
        return injects.stream()
                .anyMatch(other -> isLike(other, one)
                        && (!Objects.requireNonNull(other.doneAt()).isBefore(since)
                                || other.effect() != null
                                        && other.effect().beds().contains(bed)));
    }

    /**
     * For how many beds other lacks of staff leave staff at most in the service of one, also of staff, that is over. Only those that began since: what it found when it
     * began has the earlier ones in it already, and what a player set in spite of them, which stands.
     */
    int staffAtMost(Planned over) {
        Instant since = Objects.requireNonNull(over.doneAt());
        return injects.stream()
                .filter(other -> isLike(other, over)
                        && !Objects.requireNonNull(other.doneAt()).isBefore(since))
                .mapToInt(other -> Objects.requireNonNullElse(other.inject().beds(), 0))
                .min()
                .orElse(Integer.MAX_VALUE);
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
