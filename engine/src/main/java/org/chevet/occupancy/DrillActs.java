package org.chevet.occupancy;

import static org.chevet.occupancy.BedChecks.refuse;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.chevet.event.BedEvent;
import org.chevet.event.BlockReason;
import org.chevet.event.Command;
import org.chevet.event.Inject;
import org.chevet.event.InjectEffect;
import org.chevet.event.InjectKind;
import org.chevet.event.Share;
import org.chevet.event.SimulatedRole;
import org.chevet.event.Victims;
import org.chevet.hospital.BedId;
import org.chevet.hospital.Identifiers;
import org.chevet.hospital.ServiceId;
import org.jspecify.annotations.Nullable;

/** What the director of a drill does. In a hospital that is real, all of it is refused. */
final class DrillActs {
    static final int INJECTS_MAX = 500;

    private final LiveState live;

    DrillActs(LiveState live) {
        this.live = live;
    }

    Decision plan(Command.PlanInject act, Instant now) {
        DrillLog drill = live.drill();
        if (drill == null) {
            return refuse(Rule.NOT_A_DRILL);
        }
        Inject inject = act.inject();
        if (!Identifiers.isValid(inject.id())) {
            return refuse(Rule.INJECT_INCOMPLETE, "inject", inject.id(), "member", "id");
        }
        if (drill.inject(inject.id()) != null) {
            return refuse(Rule.INJECT_EXISTS, "inject", inject.id());
        }
        if (drill.injects().size() >= INJECTS_MAX) {
            return refuse(Rule.TOO_MANY_INJECTS, "max", INJECTS_MAX);
        }
        Decision.Refused wrong = wrong(inject);
        return wrong != null ? wrong : new Decision.Accepted(List.of(new BedEvent.InjectPlanned(now, inject)));
    }

    private Decision.@Nullable Refused wrong(Inject inject) {
        Decision.Refused wrongText = BedActs.wrongText(inject.text(), false);
        if (wrongText != null) {
            return wrongText;
        }
        if (inject.service() != null && live.layout().service(inject.service()) == Layout.NONE) {
            return refuse(Rule.UNKNOWN_SERVICE, "service", inject.service());
        }
        Victims victims = inject.victims();
        for (Share share : victims == null ? List.<Share>of() : victims.services()) {
            if (!Identifiers.isValid(share.of()) || live.layout().service(new ServiceId(share.of())) == Layout.NONE) {
                return refuse(Rule.UNKNOWN_SERVICE, "service", share.of());
            }
        }
        String missing = missing(inject);
        return missing == null ? null : refuse(Rule.INJECT_INCOMPLETE, "inject", inject.id(), "member", missing);
    }

    /** What its kind needs and it has not, or has and its kind does not need. */
    private @Nullable String missing(Inject inject) {
        boolean told = inject.text() != null && !inject.text().isBlank();
        if (inject.ordinary() != null && !inject.ordinary().isPossible()) {
            return "ordinary";
        }
        Integer minutes = inject.minutes();
        if (minutes != null && (!inject.kind().lasts() || minutes < 1 || minutes > Inject.MINUTES_MAX)) {
            return "minutes";
        }
        return switch (inject.kind()) {
            case MESSAGE -> told ? surplus(inject) : "text";
            case VICTIMS -> inject.victims() == null || !inject.victims().isPossible() ? "victims" : null;
            case WARD_CLOSED -> inject.service() == null ? "service" : surplus(inject);
            case STAFF_SHORTAGE ->
                inject.service() == null ? "service" : inject.beds() == null || inject.beds() < 0 ? "beds" : null;
            case OUTAGE -> inject.service() == null && !told ? "text" : surplus(inject);
        };
    }

    private static @Nullable String surplus(Inject inject) {
        return inject.victims() != null ? "victims" : inject.beds() != null ? "beds" : null;
    }

    Decision withdraw(Command.WithdrawInject act, Instant now) {
        return open(act.inject(), planned -> List.of(new BedEvent.InjectWithdrawn(now, planned)));
    }

    /** In one act, so that nothing of it is left half done, and all of it is taken back at once. */
    Decision complete(Command.CompleteInject act, Instant now) {
        return open(act.inject(), planned -> {
            List<BedEvent> events = new ArrayList<>();
            InjectEffect effect = effect(planned, now, events);
            // The first: whoever may take an act back is told by its first event.
            events.addFirst(new BedEvent.InjectDone(now, planned.id(), effect));
            return events;
        });
    }

    private @Nullable InjectEffect effect(Inject inject, Instant now, List<BedEvent> events) {
        int service = inject.service() == null ? Layout.NONE : live.layout().service(inject.service());
        if (service == Layout.NONE) {
            return null;
        }
        return switch (inject.kind()) {
            case WARD_CLOSED -> close(service, now, events);
            case OUTAGE -> block(inject, service, now, events);
            case STAFF_SHORTAGE -> {
                int beds = Math.min(Objects.requireNonNullElse(inject.beds(), 0), live.staffed(service));
                InjectEffect.Staffing staffing = new InjectEffect.Staffing(beds, live.staffed(service));
                staff(service, beds, now, events);
                yield new InjectEffect(List.of(), List.of(), staffing);
            }
            case MESSAGE, VICTIMS -> null;
        };
    }

    /** Nothing is held there for anybody any more, be it for when whoever lies there has left. */
    private InjectEffect close(int service, Instant now, List<BedEvent> events) {
        List<BedId> closed = new ArrayList<>();
        List<BedId> awaited = new ArrayList<>();
        for (BedStatus bed : beds(service)) {
            if (!bed.open()) {
                continue;
            }
            new Contradictions(live, now, events).release(bed.bed(), BedEvent.ReservationReleased.Cause.OVERRIDDEN);
            if (bed.occupants().isEmpty()) {
                events.add(new BedEvent.BedClosed(now, bed.bed()));
                closed.add(bed.bed());
            } else {
                awaited.add(bed.bed());
            }
        }
        return new InjectEffect(closed, awaited, null);
    }

    private InjectEffect block(Inject inject, int service, Instant now, List<BedEvent> events) {
        Instant until = new DrillLog.Planned(inject, now).until();
        List<BedId> blocked = new ArrayList<>();
        List<BedId> awaited = new ArrayList<>();
        for (BedStatus bed : beds(service)) {
            if (bed.state() == BedState.READY) {
                events.add(new BedEvent.BedBlocked(now, bed.bed(), BlockReason.EQUIPMENT, inject.text(), until));
                blocked.add(bed.bed());
            } else if (bed.open() && bed.block() == null) {
                awaited.add(bed.bed());
            }
        }
        return new InjectEffect(blocked, awaited, null);
    }

    private void staff(int service, int beds, Instant now, List<BedEvent> events) {
        int before = live.staffed(service);
        if (beds != before) {
            ServiceId id = live.layout().services.get(service).id();
            events.add(new BedEvent.StaffedCapacityChanged(now, id, beds, before));
        }
    }

    private List<BedStatus> beds(int service) {
        int first = live.layout().firstBedOfService(service);
        return IntStream.range(first, first + bedsOf(service))
                .mapToObj(live::bed)
                .toList();
    }

    private int bedsOf(int service) {
        return live.layout().endOfService(service) - live.layout().firstBedOfService(service);
    }

    Decision end(Command.EndInject act, Instant now) {
        DrillLog drill = live.drill();
        if (drill == null) {
            return refuse(Rule.NOT_A_DRILL);
        }
        DrillLog.Planned planned = drill.inject(act.inject());
        if (planned == null) {
            return refuse(Rule.UNKNOWN_INJECT, "inject", act.inject());
        }
        if (!planned.isInForce()) {
            return refuse(Rule.INJECT_NOT_IN_FORCE, "inject", act.inject());
        }
        List<BedEvent> events = new ArrayList<>();
        events.add(new BedEvent.InjectEnded(now, act.inject()));
        InjectEffect effect = planned.effect();
        if (effect != null && drill.heir(planned) == null) {
            int service = live.layout()
                    .service(Objects.requireNonNull(planned.inject().service()));
            InjectEffect.Staffing staffing = effect.staffing();
            if (service != Layout.NONE && staffing != null && live.staffed(service) == staffing.beds()) {
                int atMost = Math.min(drill.staffAtMost(planned), bedsOf(service));
                staff(service, Math.min(staffing.before(), atMost), now, events);
            }
            putBack(planned.inject().kind(), effect.beds(), now, events);
        }
        return new Decision.Accepted(events);
    }

    private void putBack(InjectKind kind, List<BedId> beds, Instant now, List<BedEvent> events) {
        Contradictions contradictions = new Contradictions(live, now, events);
        for (BedId id : beds) {
            int bed = live.layout().bed(id);
            if (bed == Layout.NONE) {
                continue;
            }
            BedStatus status = live.bed(bed);
            if (kind == InjectKind.WARD_CLOSED && !status.open()) {
                contradictions.open(status, now);
            } else if (kind == InjectKind.OUTAGE && status.block() != null) {
                contradictions.unblock(status, status.block());
            }
        }
    }

    private interface Change {
        List<BedEvent> of(Inject planned);
    }

    private Decision open(String id, Change change) {
        DrillLog drill = live.drill();
        if (drill == null) {
            return refuse(Rule.NOT_A_DRILL);
        }
        DrillLog.Planned planned = drill.inject(id);
        if (planned == null) {
            return refuse(Rule.UNKNOWN_INJECT, "inject", id);
        }
        return planned.doneAt() != null
                ? refuse(Rule.INJECT_DONE, "inject", id)
                : new Decision.Accepted(change.of(planned.inject()));
    }

    Decision simulate(Command.SimulateRoles act, Instant now) {
        DrillLog drill = live.drill();
        if (drill == null) {
            return refuse(Rule.NOT_A_DRILL);
        }
        List<SimulatedRole> roles = Arrays.stream(SimulatedRole.values())
                .filter(act.roles()::contains)
                .toList();
        return roles.equals(drill.roles())
                ? refuse(Rule.NOTHING_CHANGES)
                : new Decision.Accepted(List.of(new BedEvent.SimulatedRolesChanged(now, roles, drill.roles())));
    }

    /** Null when it is done, or gone, already. */
    @Nullable
    BedEvent undo(BedEvent.InjectPlanned done, Instant now) {
        DrillLog.Planned known = planned(done.inject().id());
        return known == null || known.doneAt() != null ? null : new BedEvent.InjectWithdrawn(now, known.inject());
    }

    /** Null when another has its id meanwhile. */
    @Nullable
    BedEvent undo(BedEvent.InjectWithdrawn done, Instant now) {
        return planned(done.inject().id()) != null ? null : new BedEvent.InjectPlanned(now, done.inject());
    }

    /**
     * Whether another inject goes on doing what one did at once that is taken back: that stays as it is.
     *
     * @param event of its act
     * @param first of the act
     */
    boolean goesOn(BedEvent event, BedEvent first) {
        DrillLog drill = live.drill();
        DrillLog.Planned known = first instanceof BedEvent.InjectDone done ? planned(done.inject()) : null;
        if (drill == null || known == null || !known.isInForce()) {
            return false;
        }
        return switch (event) {
            case BedEvent.BedClosed e -> drill.isHeldByAnother(known, e.bed());
            case BedEvent.BedBlocked e -> drill.isHeldByAnother(known, e.bed());
            case BedEvent.ReservationReleased e -> drill.isHeldByAnother(known, e.bed());
            case BedEvent.StaffedCapacityChanged e -> drill.heir(known) != null || drill.staffAtMost(known) <= e.beds();
            default -> false;
        };
    }

    /** It is over, with what it did since; what it did at once is taken back by the other events of its act. */
    List<BedEvent> undo(BedEvent.InjectDone done, InjectEffect atOnce, Instant now) {
        DrillLog drill = live.drill();
        DrillLog.Planned known = planned(done.inject());
        List<BedEvent> events = new ArrayList<>();
        if (drill != null && known != null && known.isInForce()) {
            if (known.effect() != null && drill.heir(known) == null) {
                List<BedId> since = known.effect().beds().stream()
                        .filter(bed -> !atOnce.beds().contains(bed))
                        .toList();
                putBack(known.inject().kind(), since, now, events);
            }
            events.add(new BedEvent.InjectEnded(now, done.inject()));
        }
        return events;
    }

    /** Null when they were changed again. */
    @Nullable
    BedEvent undo(BedEvent.SimulatedRolesChanged done, Instant now) {
        DrillLog drill = live.drill();
        return drill == null || !drill.roles().equals(done.roles())
                ? null
                : new BedEvent.SimulatedRolesChanged(now, done.previous(), done.roles());
    }

    private DrillLog.@Nullable Planned planned(String inject) {
        DrillLog drill = live.drill();
        return drill == null ? null : drill.inject(inject);
    }
}
