package org.chevet.occupancy;

import static org.chevet.occupancy.BedChecks.refuse;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.chevet.event.Anomaly;
import org.chevet.event.Barrier;
import org.chevet.event.BedCondition;
import org.chevet.event.BedEvent;
import org.chevet.event.BedRequest;
import org.chevet.event.Command;
import org.chevet.event.CounterProposal;
import org.chevet.event.Location;
import org.chevet.event.Movement;
import org.chevet.event.Recorded;
import org.chevet.event.Refusal;
import org.chevet.event.TransferStep;
import org.chevet.hospital.BedId;
import org.chevet.hospital.Patient;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;

/** Takes an act back by the opposite events, as long as nothing was built on it since. */
final class Undo {
    private final LiveState live;
    private final StayActs stayActs;
    private final TensionActs tensionActs;
    private final DrillActs drillActs;
    private final BedChecks checks;

    Undo(LiveState live, StayActs stayActs, TensionActs tensionActs, DrillActs drillActs) {
        this.live = live;
        this.stayActs = stayActs;
        this.tensionActs = tensionActs;
        this.drillActs = drillActs;
        this.checks = new BedChecks(live);
    }

    Decision undo(Command.UndoAct act, Instant now) {
        Decision.Refused wrong = BedActs.wrongText(act.reason(), true);
        if (wrong != null) {
            return wrong;
        }
        List<Recorded> kept = live.recentActs.stream()
                .filter(recorded -> recorded.act() == act.act())
                .toList();
        // Of the oldest, only the end may be kept: half of an act is not taken back.
        boolean whole = !kept.isEmpty() && kept.getFirst().sequence() == act.act();
        List<BedEvent> done = new ArrayList<>();
        kept.forEach(recorded -> done.add(recorded.event()));
        if (!whole) {
            return refuse(Rule.UNKNOWN_ACT, "act", act.act());
        }
        Collections.reverse(done);
        done.removeIf(event -> drillActs.goesOn(event, done.getLast()));
        List<BedEvent> events = new ArrayList<>();
        events.add(new BedEvent.ActUndone(now, act.act(), act.reason()));
        for (BedEvent event : done) {
            switch (opposite(event, act, now, events)) {
                case Decision.Accepted accepted -> accepted.events().forEach(next -> addOnce(next, events));
                case Decision.Refused refused -> {
                    return refused;
                }
            }
        }
        return new Decision.Accepted(events);
    }

    /** A contradiction that comes back keeps the time it was first seen; a request that two events open again is opened once. */
    private static void addOnce(BedEvent event, List<BedEvent> events) {
        boolean again = events.stream().anyMatch(before -> switch (before) {
            case BedEvent.AnomalyRaised other ->
                event instanceof BedEvent.AnomalyRaised raised
                        && other.anomaly().key().equals(raised.anomaly().key());
            case BedEvent.BedRequested other ->
                event instanceof BedEvent.BedRequested requested
                        && other.request().id().equals(requested.request().id());
            default -> false;
        });
        if (!again) {
            events.add(event);
        }
    }

    /** @param undone of the undo so far */
    private Decision opposite(BedEvent event, Command.UndoAct act, Instant now, List<BedEvent> undone) {
        return switch (event) {
            case BedEvent.StayRegistered e -> {
                Stay stay = known(e.stay());
                yield stay.id().equals(e.stay()) && stay.timeline().isEmpty()
                        ? one(new BedEvent.RegistrationCancelled(now, e.stay()))
                        : tooLate(act, UndoObstacle.STAY_IN_USE);
            }
            case BedEvent.RegistrationCancelled e -> {
                Stay stay = known(e.stay());
                yield stay.id().equals(e.stay()) && stay.registrationCancelledAt() != null
                        ? one(new BedEvent.StayRegistered(
                                now,
                                e.stay(),
                                stay.patient(),
                                stay.needs(),
                                stay.patientClass(),
                                stay.expectedArrival(),
                                null))
                        : tooLate(act, UndoObstacle.STAY_IN_USE);
            }
            case BedEvent.PatientUpdated e -> {
                Stay stay = known(e.stay());
                Instant at = live.persons.timeOfCorrection(stay, e.patient(), now);
                Stay corrected = live.persons.in(stay.withPatient(e.patient(), e.expectedArrival(), at, now));
                if (!stay.knownPatient().equals(corrected.knownPatient())) {
                    yield tooLate(act, UndoObstacle.CHANGED_AGAIN);
                }
                yield new Decision.Accepted(uncorrected(stay, e, now));
            }
            case BedEvent.NeedsChanged e ->
                known(e.stay()).needs().equals(e.needs())
                        ? stayActs.changeNeeds(known(e.stay()), e.previous(), now)
                        : tooLate(act, UndoObstacle.CHANGED_AGAIN);
            case BedEvent.MovementRecorded e -> stayActs.cancel(known(e.stay()), e.movement(), act.reason(), now);
            case BedEvent.MovementCancelled e ->
                // The request that was for it is opened again.
                PendingTransfers.isNumber(e.movement()) ? nothing() : restate(e, act, now);
            case BedEvent.StaysSwapped e -> swapBack(e, act, now);
            case BedEvent.DischargePlanned e ->
                Objects.equals(known(e.stay()).expectedDischarge(), e.expected())
                        ? one(StayActs.planned(known(e.stay()), e.previous(), now))
                        : tooLate(act, UndoObstacle.CHANGED_AGAIN);
            case BedEvent.MedicalReadinessChanged e ->
                (known(e.stay()).medicallyReadyAt() != null) == e.ready()
                        ? one(new BedEvent.MedicalReadinessChanged(
                                now, known(e.stay()).id(), !e.ready()))
                        : tooLate(act, UndoObstacle.CHANGED_AGAIN);
            case BedEvent.AdministrativeClosureChanged e ->
                (known(e.stay()).administrativelyClosedAt() != null) == e.closed()
                        ? one(new BedEvent.AdministrativeClosureChanged(
                                now, known(e.stay()).id(), !e.closed()))
                        : tooLate(act, UndoObstacle.CHANGED_AGAIN);
            case BedEvent.BarrierSet e -> unset(e, act, now);
            case BedEvent.BarrierLifted e -> {
                Stay stay = live.stay(e.stay());
                yield stay != null && stay.barrier(e.barrier().kind()) == null
                        ? one(new BedEvent.BarrierSet(now, stay.id(), e.barrier(), null))
                        : tooLate(act, UndoObstacle.CHANGED_AGAIN);
            }
            case BedEvent.BedRequested e -> {
                BedRequest request = live.requests.get(e.request().id());
                if (request == null) {
                    yield tooLate(act, UndoObstacle.REQUEST_CLOSED);
                }
                List<BedEvent> events = new ArrayList<>();
                BedId reserved = live.bedOfRequest(e.request().id());
                if (reserved != null) {
                    new Contradictions(live, now, events)
                            .release(reserved, BedEvent.ReservationReleased.Cause.REQUEST_CANCELLED);
                }
                events.add(new BedEvent.BedRequestCancelled(now, request, act.reason()));
                yield new Decision.Accepted(events);
            }
            case BedEvent.BedRequestCancelled e -> requestAgain(e.request(), act, now);
            case BedEvent.BedRequestFulfilled e -> requestAgain(e.request(), act, now);
            case BedEvent.BedReserved e -> {
                BedStatus.Reservation reservation = bed(e.bed()).reservation();
                yield reservation != null && reservation.request().equals(e.request())
                        ? one(new BedEvent.ReservationReleased(
                                now,
                                e.bed(),
                                e.request(),
                                e.until(),
                                BedEvent.ReservationReleased.Cause.RELEASED,
                                reservation.acceptance()))
                        : tooLate(act, UndoObstacle.RESERVATION_GONE);
            }
            case BedEvent.ReservationReleased e -> {
                boolean opened = undone.stream()
                        .anyMatch(before -> before instanceof BedEvent.BedOpened bed
                                && bed.bed().equals(e.bed()));
                yield reserveAgain(e, opened, act, now);
            }
            case BedEvent.BedRefused e -> unrefuse(e, act, now);
            case BedEvent.BedCounterProposed e -> uncounter(e, act, now);
            case BedEvent.CounterProposalSettled e -> {
                BedRequest request = live.requests.get(e.request());
                yield request == null || request.counterProposal() != null
                        ? tooLate(act, UndoObstacle.REQUEST_MOVED_ON)
                        : one(new BedEvent.BedCounterProposed(now, e.request(), e.proposal(), null));
            }
            case BedEvent.RulesOverridden e -> nothing();
            case BedEvent.CleaningRequested e ->
                recondition(e.bed(), BedCondition.TO_CLEAN, e.previous(), e.previouslyContaminated(), act, now);
            case BedEvent.CleaningStarted e ->
                recondition(
                        e.bed(),
                        BedCondition.CLEANING,
                        e.previous(),
                        bed(e.bed()).contaminated(),
                        act,
                        now);
            case BedEvent.CleaningFinished e ->
                recondition(e.bed(), BedCondition.CLEAN, e.previous(), e.previouslyContaminated(), act, now);
            case BedEvent.BedBlocked e -> {
                BedStatus bed = bed(e.bed());
                BedStatus.Block block = bed.block();
                // It may be blocked again, for something else.
                if (block == null || !block.equals(new BedStatus.Block(e.reason(), e.note(), e.expectedEnd()))) {
                    yield tooLate(act, UndoObstacle.BED_CHANGED);
                }
                List<BedEvent> events = new ArrayList<>();
                new Contradictions(live, now, events).unblock(bed, block);
                yield new Decision.Accepted(events);
            }
            case BedEvent.BedUnblocked e ->
                isIdle(e.bed()) && bed(e.bed()).block() == null
                        ? one(new BedEvent.BedBlocked(now, e.bed(), e.reason(), e.note(), e.expectedEnd()))
                        : tooLate(act, UndoObstacle.BED_CHANGED);
            case BedEvent.BedClosed e -> {
                BedStatus bed = bed(e.bed());
                if (bed.open()) {
                    yield tooLate(act, UndoObstacle.BED_CHANGED);
                }
                List<BedEvent> events = new ArrayList<>();
                new Contradictions(live, now, events).open(bed, now);
                yield new Decision.Accepted(events);
            }
            case BedEvent.BedOpened e ->
                isIdle(e.bed()) && bed(e.bed()).open()
                        ? one(new BedEvent.BedClosed(now, e.bed()))
                        : tooLate(act, UndoObstacle.BED_CHANGED);
            case BedEvent.StaffedCapacityChanged e ->
                live.staffed(live.layout().service(e.service())) == e.beds()
                        ? one(new BedEvent.StaffedCapacityChanged(now, e.service(), e.previous(), e.beds()))
                        : tooLate(act, UndoObstacle.CHANGED_AGAIN);
            case BedEvent.AnomalyResolved e -> contradictAgain(e, act, now);
            // Raised by the act itself: taking the act back settles it.
            case BedEvent.AnomalyRaised e -> nothing();
            case BedEvent.InterhospitalTransferOpened e -> {
                InterhospitalTransfer transfer = live.transfers.get(e.transfer());
                yield transfer == null || !isUndecided(transfer.state())
                        ? tooLate(act, UndoObstacle.TRANSFER_DECIDED)
                        : one(new BedEvent.InterhospitalTransferStepped(
                                now,
                                e.transfer(),
                                transfer.side(),
                                TransferStep.cancelled(transfer.nextStep(), now, act.reason(), null, null)));
            }
            case BedEvent.InterhospitalTransferStepped e -> {
                if (e.step().kind() == TransferStep.Kind.CANCELLED && e.step().cause() != null) {
                    // Taken back by Chevet because of the act: it stays so.
                    yield nothing();
                }
                if (e.step().kind() == TransferStep.Kind.ARRIVAL_TAKEN_BACK) {
                    // Who is here again has arrived again, by a step of its own.
                    yield nothing();
                }
                InterhospitalTransfer transfer = live.transfers.get(e.transfer());
                boolean open = transfer != null && transfer.state().isOpen();
                yield tooLate(act, open ? UndoObstacle.OTHER_HOSPITAL_TOLD : UndoObstacle.OTHER_HOSPITAL_TOLD_AND_OVER);
            }
            case BedEvent.ActionCardChanged e -> {
                Decision opposite = tensionActs.undo(e, now);
                yield opposite == null ? tooLate(act, UndoObstacle.CHANGED_AGAIN) : opposite;
            }
            case BedEvent.AlertSnoozed e -> {
                Decision opposite = tensionActs.undo(e, now);
                yield opposite == null ? tooLate(act, UndoObstacle.CHANGED_AGAIN) : opposite;
            }
            case BedEvent.InjectPlanned e -> orTooLate(drillActs.undo(e, now), act);
            case BedEvent.InjectWithdrawn e -> orTooLate(drillActs.undo(e, now), act);
            case BedEvent.SimulatedRolesChanged e -> orTooLate(drillActs.undo(e, now), act);
            case BedEvent.InjectDone e ->
                e.effect() == null
                        ? tooLate(act, UndoObstacle.CHANGED_AGAIN)
                        : new Decision.Accepted(drillActs.undo(e, e.effect(), now));
            case BedEvent.InjectEnded e -> tooLate(act, UndoObstacle.CHANGED_AGAIN);
            case BedEvent.DrillBegun e -> tooLate(act, UndoObstacle.NO_ACT_OF_A_PERSON);
            case BedEvent.CardsShown e -> tooLate(act, UndoObstacle.NO_ACT_OF_A_PERSON);
            case BedEvent.StaysMerged e -> tooLate(act, UndoObstacle.STAYS_MERGED);
            case BedEvent.QuarantineClosed e -> tooLate(act, UndoObstacle.MESSAGE_SETTLED);
            case BedEvent.ActUndone e -> tooLate(act, UndoObstacle.WAS_AN_UNDO);
            // Of needs that are changed back: the service may refuse again.
            case BedEvent.BedRefusalWithdrawn e -> nothing();
            case BedEvent.ActRefused e -> nothing();
            case BedEvent.HospitalDefined e -> tooLate(act, UndoObstacle.NO_ACT_OF_A_PERSON);
            case BedEvent.MovementCorrected e -> tooLate(act, UndoObstacle.NO_ACT_OF_A_PERSON);
            case BedEvent.MovementAwaited e -> tooLate(act, UndoObstacle.NO_ACT_OF_A_PERSON);
            case BedEvent.PapersStated e -> tooLate(act, UndoObstacle.NO_ACT_OF_A_PERSON);
            case BedEvent.PersonStated e -> tooLate(act, UndoObstacle.NO_ACT_OF_A_PERSON);
            case BedEvent.StayArchived e -> tooLate(act, UndoObstacle.NO_ACT_OF_A_PERSON);
            case BedEvent.InterhospitalTransferAcknowledged e -> tooLate(act, UndoObstacle.NO_ACT_OF_A_PERSON);
            case BedEvent.InterhospitalTransferArchived e -> tooLate(act, UndoObstacle.NO_ACT_OF_A_PERSON);
            case BedEvent.MessageQuarantined e -> tooLate(act, UndoObstacle.NO_ACT_OF_A_PERSON);
        };
    }

    private Decision unset(BedEvent.BarrierSet set, Command.UndoAct act, Instant now) {
        Stay stay = known(set.stay());
        Barrier previous = set.previous();
        if (!set.barrier().equals(stay.barrier(set.barrier().kind()))) {
            return tooLate(act, UndoObstacle.CHANGED_AGAIN);
        }
        return one(
                previous == null
                        ? new BedEvent.BarrierLifted(now, stay.id(), set.barrier())
                        : new BedEvent.BarrierSet(now, stay.id(), previous, set.barrier()));
    }

    private static Decision orTooLate(@Nullable BedEvent opposite, Command.UndoAct act) {
        return opposite == null ? tooLate(act, UndoObstacle.CHANGED_AGAIN) : new Decision.Accepted(List.of(opposite));
    }

    private static boolean isUndecided(TransferState state) {
        return state == TransferState.ASKED || state == TransferState.OFFERED;
    }

    private List<BedEvent> uncorrected(Stay stay, BedEvent.PatientUpdated done, Instant now) {
        Patient previous = done.previous();
        Instant arrival = done.previousExpectedArrival();
        Instant at = live.persons.timeOfCorrection(stay, previous, now);
        List<BedEvent> events = new ArrayList<>();
        events.add(
                new BedEvent.PatientUpdated(at, stay.id(), previous, arrival, done.patient(), done.expectedArrival()));
        new Contradictions(live, now, events)
                .afterPapersChange(stay, live.persons.in(stay.withPatient(previous, arrival, at, now)));
        return events;
    }

    private Decision restate(BedEvent.MovementCancelled cancelled, Command.UndoAct act, Instant now) {
        Movement previous = cancelled.previous();
        Stay stay = known(cancelled.stay());
        if (previous == null || !stay.timeline().wouldBeLast(previous)) {
            return tooLate(act, UndoObstacle.STAY_MOVED);
        }
        Movement restated = new Movement(
                previous.id(),
                previous.kind(),
                previous.at(),
                previous.to(),
                previous.patientClass(),
                now,
                previous.ending());
        Stay after = stay.withTimeline(stay.timeline().with(restated), now);
        Location to = after.location();
        int bed = to == null ? Layout.NONE : live.layout().bedAt(to);
        if (bed != Layout.NONE && !live.bed(bed).occupants().contains(stay.id())) {
            Decision.Refused refused = checks.refusal(bed, checks.candidate(stay, null, now));
            if (refused != null) {
                return refused;
            }
        }
        List<BedEvent> events = new ArrayList<>();
        events.add(new BedEvent.MovementRecorded(stay.id(), restated));
        Contradictions contradictions = new Contradictions(live, now, events);
        contradictions.afterTimelineChange(stay, after, true);
        contradictions.afterMove(stay, after, null);
        return new Decision.Accepted(events);
    }

    private Decision swapBack(BedEvent.StaysSwapped swap, Command.UndoAct act, Instant now) {
        Stay first = known(swap.first());
        Stay second = known(swap.second());
        if (!swap.firstMovement().equals(first.timeline().last())
                || !swap.secondMovement().equals(second.timeline().last())) {
            return tooLate(act, UndoObstacle.STAY_MOVED);
        }
        String idOfFirst = swap.firstMovement().id();
        String idOfSecond = swap.secondMovement().id();
        List<BedEvent> events = new ArrayList<>();
        events.add(new BedEvent.MovementCancelled(now, first.id(), idOfFirst, now, swap.firstMovement(), act.reason()));
        events.add(
                new BedEvent.MovementCancelled(now, second.id(), idOfSecond, now, swap.secondMovement(), act.reason()));
        new Contradictions(live, now, events)
                .afterMoves(
                        List.of(first, second),
                        List.of(
                                first.withTimeline(first.timeline().without(idOfFirst, now), now),
                                second.withTimeline(second.timeline().without(idOfSecond, now), now)),
                        null);
        return new Decision.Accepted(events);
    }

    /** What a person set aside must still be so; others may have left since. */
    private Decision contradictAgain(BedEvent.AnomalyResolved resolved, Command.UndoAct act, Instant now) {
        Anomaly anomaly = resolved.anomaly();
        boolean setAside = resolved.note() != null;
        if (live.anomalies.get(anomaly.key()) != null || !setAside && isOfWhoLiesThere(anomaly.kind())) {
            return nothing();
        }
        return !setAside || new Contradictions(live, now, new ArrayList<>()).isStillSo(anomaly)
                ? one(new BedEvent.AnomalyRaised(now, anomaly))
                : tooLate(act, UndoObstacle.CONTRADICTION_GONE);
    }

    /** Found anew, if they are there, as who was moved is put back. */
    private static boolean isOfWhoLiesThere(Anomaly.Kind kind) {
        return kind == Anomaly.Kind.DOUBLE_OCCUPANCY
                || kind == Anomaly.Kind.BED_NOT_USABLE
                || kind == Anomaly.Kind.SEX_MIXED;
    }

    private Decision requestAgain(BedRequest request, Command.UndoAct act, Instant now) {
        return live.requests.get(request.id()) == null
                ? one(new BedEvent.BedRequested(now, request))
                : tooLate(act, UndoObstacle.REQUEST_MOVED_ON);
    }

    private Decision unrefuse(BedEvent.BedRefused refused, Command.UndoAct act, Instant now) {
        BedRequest request = live.requests.get(refused.request());
        Refusal kept = request == null
                ? null
                : request.refusals().stream()
                        .filter(refusal -> refusal.equals(refused.refusal().signedBy(refusal.by())))
                        .findFirst()
                        .orElse(null);
        return kept == null
                ? tooLate(act, UndoObstacle.REQUEST_CLOSED)
                : one(new BedEvent.BedRefusalWithdrawn(now, refused.request(), kept));
    }

    private Decision uncounter(BedEvent.BedCounterProposed made, Command.UndoAct act, Instant now) {
        BedRequest request = live.requests.get(made.request());
        CounterProposal kept = request == null ? null : request.counterProposal();
        if (request == null || kept == null || !kept.equals(made.proposal().signedBy(kept.by()))) {
            return tooLate(act, UndoObstacle.REQUEST_MOVED_ON);
        }
        CounterProposal previous = made.previous();
        return one(
                previous != null
                        ? new BedEvent.BedCounterProposed(now, request.id(), previous, kept)
                        : BedActs.settled(request, kept, CounterProposal.Outcome.WITHDRAWN, act.reason(), now));
    }

    /** @param opened by the same undo */
    private Decision reserveAgain(
            BedEvent.ReservationReleased released, boolean opened, Command.UndoAct act, Instant now) {
        BedStatus bed = bed(released.bed());
        boolean ownAct = switch (released.cause()) {
            case RELEASED, REFUSED, REPLACED -> false;
            case EXPIRED, FULFILLED, REQUEST_CANCELLED, OVERRIDDEN -> true;
        };
        boolean replaced = released.cause() == BedEvent.ReservationReleased.Cause.REPLACED;
        // The act that used the request up or cancelled it opens it again.
        boolean wanted = switch (released.cause()) {
            case FULFILLED, REQUEST_CANCELLED -> true;
            case RELEASED, REFUSED, REPLACED, EXPIRED, OVERRIDDEN -> live.requests.get(released.request()) != null;
        };
        // What took its place is released by the same undo.
        boolean held = replaced
                ? bed.reservation() != null && !bed.reservation().request().equals(released.request())
                : live.bedOfRequest(released.request()) != null || bed.reservation() != null;
        boolean possible = wanted
                && !held
                && (bed.open() || opened)
                && bed.block() == null
                && released.until().isAfter(now)
                && (bed.occupants().isEmpty() || ownAct);
        if (possible) {
            return one(new BedEvent.BedReserved(
                    now, released.bed(), released.request(), released.until(), released.acceptance()));
        }
        return ownAct ? nothing() : tooLate(act, UndoObstacle.BED_NOT_TO_BE_HAD);
    }

    private Decision recondition(
            BedId id, BedCondition set, BedCondition previous, boolean contaminated, Command.UndoAct act, Instant now) {
        BedStatus bed = bed(id);
        if (bed.condition() != set || !bed.occupants().isEmpty()) {
            return tooLate(act, UndoObstacle.BED_CHANGED);
        }
        var requested = new BedEvent.CleaningRequested(now, id, contaminated, bed.condition(), bed.contaminated());
        return switch (previous) {
            case CLEAN -> one(new BedEvent.CleaningFinished(now, id, bed.condition(), bed.contaminated()));
            case TO_CLEAN -> one(requested);
            // The request first: it alone says whether the bed is contaminated.
            case CLEANING ->
                new Decision.Accepted(List.of(requested, new BedEvent.CleaningStarted(now, id, BedCondition.TO_CLEAN)));
        };
    }

    private boolean isIdle(BedId id) {
        BedStatus bed = bed(id);
        return bed.occupants().isEmpty() && bed.reservation() == null;
    }

    private BedStatus bed(BedId id) {
        return live.bed(live.layout().bed(id));
    }

    private Stay known(StayId id) {
        @Nullable Stay stay = live.stay(id);
        return stay != null ? stay : Stay.unannounced(id);
    }

    private static Decision one(BedEvent event) {
        return new Decision.Accepted(List.of(event));
    }

    private static Decision nothing() {
        return new Decision.Accepted(List.of());
    }

    private static Decision tooLate(Command.UndoAct act, UndoObstacle why) {
        return refuse(Rule.CANNOT_UNDO, "act", act.act(), "obstacle", why);
    }
}
