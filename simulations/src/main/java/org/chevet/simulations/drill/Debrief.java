package org.chevet.simulations.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.chevet.event.BedEvent;
import org.chevet.event.Command;
import org.chevet.event.Inject;
import org.chevet.event.Origin;
import org.chevet.event.Recorded;
import org.chevet.event.Role;
import org.chevet.event.SimulatedRole;
import org.chevet.hospital.BedId;
import org.chevet.hospital.HospitalId;
import org.chevet.hospital.TensionPolicy;
import org.chevet.journal.Journal;
import org.chevet.occupancy.BedState;
import org.chevet.occupancy.Counts;
import org.chevet.occupancy.Decision;
import org.chevet.occupancy.DrillLog;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.Occupancy;
import org.chevet.occupancy.OccupancyState;
import org.chevet.occupancy.ServiceView;
import org.chevet.placement.Demand;
import org.chevet.placement.PlacementWorld;
import org.chevet.placement.Proposal;
import org.chevet.placement.Proposals;
import org.jspecify.annotations.Nullable;

/**
 * What players made of a drill, beside two other lives of the same drill: from the same state, with the same injects at the same times and
 * the same lots drawn. In one, every request gets Chevet's first proposal that is ready; in the other, nobody gives a bed. In both,
 * everybody else is simulated, arrivals while they were in the drill. They are lived in memory; the journal is only read.
 *
 * @param players what people did
 * @param proposals with the proposals taken as they come
 * @param nothing without anybody who gives beds
 * @param cards that the screens asked for or players took on, the first first
 * @param course how full services were as people played, the first first
 */
public record Debrief(
        Instant from,
        Instant until,
        Outcome players,
        Outcome proposals,
        Outcome nothing,
        List<Victim> victims,
        List<CardDelays.Delay> cards,
        List<DrillCourse.Sample> course,
        DrillRecord record) {
    /** By the drill's clock, from its beginning: every minute of it is lived twice more. */
    public static final Duration LASTS_MAX = Duration.ofDays(14);

    private static final Duration STEP = Duration.ofMinutes(1);
    private static final Duration GIVES_BEDS_EVERY = Duration.ofMinutes(5);
    private static final Duration HOLDS_FOR = Duration.ofHours(3);

    /** What is done in one minute may make more due in it. */
    private static final int ROUNDS_PER_STEP_MAX = 10;

    private static final Origin.Person CHEVET = new Origin.Person("Propositions de Chevet", Role.BED_MANAGER);

    /**
     * Reads the drill's journal and lives the two others. Blocks for as long as that takes: seconds, of a drill no longer than {@link
     * #LASTS_MAX}.
     *
     * @param now by the drill's clock
     */
    public static Debrief of(Journal journal, HospitalId id, DrillLog drill, Instant now) {
        Occupancy played = new Occupancy();
        long start = drill.drill().startSequence();
        journal.read(id, 0, start, played::apply);
        TensionPolicy policy = played.view().hospital().tensionPolicy();
        OccupancyState base = played.state();
        DrillRecord record = new DrillRecord();
        CardDelays cards = new CardDelays(played.view().crisis().cards(), policy);
        Peak peak = new Peak();
        DrillCourse course = new DrillCourse(drill.begunAt(), now);
        List<BedEvent.SimulatedRolesChanged> changes = new ArrayList<>();
        journal.read(id, start, Long.MAX_VALUE, recorded -> {
            if (recorded.event() instanceof BedEvent.SimulatedRolesChanged change) {
                changes.add(change);
            }
            course.before(recorded.recordedAt(), played);
            played.apply(recorded);
            cards.accept(recorded, policy);
            record.accept(recorded);
            peak.look(recorded.recordedAt(), played);
        });
        HospitalView view = played.view();
        DrillLog log = Objects.requireNonNull(view.drill(), "what follows the past of a drill is a drill");
        List<Victim> victims = record.victims(view);
        return new Debrief(
                drill.begunAt(),
                now,
                Outcome.of(record, victims, now, peak.percent),
                new Life(base, log, changes, true).until(now),
                new Life(base, log, changes, false).until(now),
                victims,
                cards.all(),
                course.all(played),
                record);
    }

    /** The highest occupancy seen, looked at every few minutes. */
    private static final class Peak {
        double percent;
        private Instant next = Instant.MIN;

        void look(Instant at, Occupancy occupancy) {
            if (at.isBefore(next)) {
                return;
            }
            next = at.plus(GIVES_BEDS_EVERY);
            Counts counts = Counts.NONE;
            for (ServiceView service : occupancy.view().services()) {
                counts = counts.plus(service.counts());
            }
            percent = counts.open() == 0 ? percent : Math.max(percent, 100.0 * counts.occupied() / counts.open());
        }
    }

    /** A life of the drill that was not played. */
    private static final class Life {
        private final Occupancy occupancy;
        private final boolean proposing;
        private final Deque<BedEvent.SimulatedRolesChanged> changes;
        private final OrdinaryLife ordinary = new OrdinaryLife();

        /** When something begins or ends. */
        private final TreeSet<Instant> injectsAt = new TreeSet<>();

        /** Those that were ended, and have not been here. */
        private final Map<String, Instant> ends = new LinkedHashMap<>();

        private final Set<String> done = new HashSet<>();
        private final DrillRecord record = new DrillRecord();
        private final Peak peak = new Peak();
        private @Nullable PlacementWorld world;
        private Instant now;

        Life(OccupancyState base, DrillLog played, List<BedEvent.SimulatedRolesChanged> changes, boolean proposing) {
            occupancy = new Occupancy(base);
            this.changes = new ArrayDeque<>(changes);
            this.proposing = proposing;
            now = played.begunAt();
            apply(new Origin.Engine(), new BedEvent.DrillBegun(now, played.drill()));
            simulate(false);
            changeRoles(now);
            for (DrillLog.Planned planned : played.injects()) {
                if (planned.doneAt() != null) {
                    plan(planned.inject().at(planned.doneAt()), planned);
                }
            }
        }

        /** It ends when it did, or by the same rule. */
        private void plan(Inject inject, DrillLog.Planned played) {
            Instant ended = played.endedAt();
            apply(new Origin.Engine(), new BedEvent.InjectPlanned(now, ended == null ? inject : inject.untilEnded()));
            injectsAt.add(inject.due());
            if (ended != null) {
                ends.put(inject.id(), ended);
            }
            Instant until = ended == null ? played.until() : ended;
            if (until != null) {
                injectsAt.add(until);
            }
        }

        /** Everybody is simulated, but arrivals only when they were in the drill: in all its lives the same patients come. */
        private void simulate(boolean arrivals) {
            List<SimulatedRole> roles = Arrays.stream(SimulatedRole.values())
                    .filter(role -> arrivals || role != SimulatedRole.ARRIVALS)
                    .toList();
            apply(new Origin.Engine(), new BedEvent.SimulatedRolesChanged(now, roles, List.of()));
        }

        /** @param until whoever was to come until then, that minute included, has come */
        private void changeRoles(Instant until) {
            while (!changes.isEmpty() && !changes.getFirst().at().isAfter(until)) {
                simulate(changes.removeFirst().roles().contains(SimulatedRole.ARRIVALS));
            }
        }

        Outcome until(Instant end) {
            Instant givesBeds = now;
            while (now.isBefore(end)) {
                changeRoles(now);
                now = next(end);
                submit(new Command.PassTime(), new Origin.Engine());
                for (int round = 0; round < ROUNDS_PER_STEP_MAX && letHappen(); round++) {}
                if (proposing && !now.isBefore(givesBeds)) {
                    giveBeds();
                    givesBeds = now.plus(GIVES_BEDS_EVERY);
                }
                peak.look(now, occupancy);
            }
            return Outcome.of(record, record.victims(occupancy.view()), now, peak.percent);
        }

        /** In a minute, or when an inject begins or ends: what follows from that time is the same in all lives. */
        private Instant next(Instant end) {
            Instant step = now.plus(STEP);
            Instant inject = injectsAt.higher(now);
            Instant next = inject != null && inject.isBefore(step) ? inject : step;
            return next.isBefore(end) ? next : end;
        }

        /** @return whether something happened */
        private boolean letHappen() {
            boolean happened = false;
            for (String inject : List.copyOf(ends.keySet())) {
                if (!Objects.requireNonNull(ends.get(inject)).isAfter(now)
                        && submit(new Command.EndInject(inject), Unplayed.DIRECTION)) {
                    ends.remove(inject);
                    happened = true;
                }
            }
            for (Deed deed : Unplayed.due(occupancy.view(), ordinary, now)) {
                if (!done.contains(deed.key()) && submit(deed)) {
                    done.add(deed.key());
                    happened = true;
                }
            }
            return happened;
        }

        private boolean submit(Deed deed) {
            return switch (deed) {
                case Deed.Act act -> submit(act.act(), act.actor());
                case Deed.Facts facts ->
                    facts.facts().stream()
                            .allMatch(fact -> submit(fact, new Origin.Feed(Unplayed.SOURCE, facts.key())));
            };
        }

        private void giveBeds() {
            Set<BedId> kept = new HashSet<>();
            // The most urgent first, as the view has them.
            for (HospitalView.OpenRequest open : occupancy.view().requests()) {
                if (open.bed() == null) {
                    giveBed(open, kept);
                }
            }
        }

        private void giveBed(HospitalView.OpenRequest open, Set<BedId> kept) {
            HospitalView view = occupancy.view();
            world = PlacementWorld.renewed(world, view, now);
            Demand demand = Demand.of(view, open.request(), now);
            for (Proposal proposal :
                    new Proposals(world).rank(demand, kept.size() + 1).proposals()) {
                if (kept.add(proposal.bed())) {
                    if (Objects.requireNonNull(view.bed(proposal.bed()))
                                    .status()
                                    .state()
                            == BedState.READY) {
                        submit(
                                new Command.ReserveBed(open.request().id(), proposal.bed(), now.plus(HOLDS_FOR)),
                                CHEVET);
                    }
                    return;
                }
            }
        }

        private boolean submit(Command command, Origin origin) {
            if (occupancy.decide(command, now) instanceof Decision.Accepted accepted) {
                accepted.events().forEach(event -> apply(origin, event));
                return !accepted.events().isEmpty();
            }
            return false;
        }

        private void apply(Origin origin, BedEvent event) {
            long sequence = occupancy.sequence() + 1;
            Recorded recorded = new Recorded(sequence, sequence, now, origin, event);
            occupancy.apply(recorded);
            record.accept(recorded);
        }
    }
}
