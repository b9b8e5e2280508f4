package org.chevet.occupancy;

import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.chevet.event.Acceptance;
import org.chevet.event.Author;
import org.chevet.event.Barrier;
import org.chevet.event.BedCondition;
import org.chevet.event.BedEvent;
import org.chevet.event.BedRequest;
import org.chevet.event.BlockReason;
import org.chevet.event.InjectEffect;
import org.chevet.event.InjectKind;
import org.chevet.event.Origin;
import org.chevet.event.Recorded;
import org.chevet.hospital.BedId;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;

/** What each event does to the state. Never refuses: what was decided, or journaled, has happened. */
final class Fold {
    private final LiveState live;

    Fold(LiveState live) {
        this.live = live;
    }

    void apply(Recorded recorded) {
        if (recorded.sequence() != live.sequence + 1) {
            throw new IllegalStateException("event " + recorded.sequence() + " does not follow event " + live.sequence
                    + ". Maybe the journal has a gap: verify it.");
        }
        live.sequence = recorded.sequence();
        live.recordedAt = recorded.recordedAt();
        Author author = recorded.origin() instanceof Origin.Person person ? Author.of(person) : null;
        apply(recorded.event(), recorded.recordedAt(), author);
        if (live.isDefined()) {
            live.tallies.count(recorded.event(), live.layout(), 1);
        }
        if (recorded.event() instanceof BedEvent.ActUndone undone) {
            for (Recorded past : live.recentActs) {
                if (past.act() == undone.undone()) {
                    live.tallies.count(past.event(), live.layout(), -1);
                }
            }
            live.recentActs.removeIf(past -> past.act() == undone.undone());
        }
        if (recorded.origin() instanceof Origin.Person && !(recorded.event() instanceof BedEvent.ActRefused)) {
            live.rememberAct(recorded);
        }
        if (recorded.event() instanceof BedEvent.MessageQuarantined quarantined) {
            var message = quarantined.message();
            live.quarantine.put(
                    message.id(),
                    new HospitalView.QuarantineEntry(
                            message.id(),
                            message.feed(),
                            message.messageId(),
                            message.receivedAt(),
                            message.reason(),
                            recorded.sequence(),
                            message.cause()));
            live.marks.quarantine();
        }
    }

    private void apply(BedEvent event, Instant recordedAt, @Nullable Author author) {
        switch (event) {
            case BedEvent.HospitalDefined e -> live.define(e.hospital(), e.at());
            case BedEvent.StayRegistered e ->
                put(stay(e.stay()).withRegistration(Papers.of(e), e.needs(), recordedAt), e.at());
            case BedEvent.PapersStated e -> {
                Stay stay = stay(e.stay());
                Papers stated = Papers.of(e.papers(), e.at(), e.registers());
                put(stay.withPapers(stay.papers().with(stated), recordedAt), e.at());
            }
            case BedEvent.PersonStated e -> state(e, recordedAt);
            case BedEvent.RegistrationCancelled e ->
                put(stay(e.stay()).withRegistrationCancelled(e.at(), recordedAt), e.at());
            case BedEvent.PatientUpdated e ->
                put(stay(e.stay()).withPatient(e.patient(), e.expectedArrival(), e.at(), recordedAt), e.at());
            case BedEvent.StaysMerged e -> merge(e, recordedAt);
            case BedEvent.NeedsChanged e -> put(stay(e.stay()).withNeeds(e.needs(), e.at(), recordedAt), e.at());
            case BedEvent.MovementRecorded e -> {
                Stay stay = stay(e.stay());
                live.putStay(
                        stay.withTimeline(stay.timeline().with(e.movement()), recordedAt),
                        true,
                        e.movement().at());
            }
            case BedEvent.MovementAwaited e -> {
                Stay stay = stay(e.stay());
                Timeline.Awaiting early = new Timeline.Awaiting(e.movement(), e.correction());
                put(stay.withTimeline(stay.timeline().awaiting(early), recordedAt), recordedAt);
            }
            case BedEvent.MovementCorrected e -> {
                Stay stay = stay(e.stay());
                put(stay.withTimeline(stay.timeline().with(e.movement()), recordedAt), recordedAt);
            }
            case BedEvent.MovementCancelled e -> {
                Stay stay = stay(e.stay());
                put(stay.withTimeline(stay.timeline().without(e.movement(), e.statedAt()), recordedAt), e.at());
            }
            case BedEvent.StaysSwapped e -> {
                Stay first = stay(e.first());
                Stay second = stay(e.second());
                put(first.withTimeline(first.timeline().with(e.firstMovement()), recordedAt), e.at());
                put(second.withTimeline(second.timeline().with(e.secondMovement()), recordedAt), e.at());
            }
            case BedEvent.DischargePlanned e ->
                put(stay(e.stay()).withPlan(new DischargePlan(e.at(), e.expected()), recordedAt), e.at());
            case BedEvent.MedicalReadinessChanged e -> {
                Stay stay = stay(e.stay());
                put(
                        stay.withMilestones(e.ready() ? e.at() : null, stay.administrativelyClosedAt(), recordedAt),
                        e.at());
            }
            case BedEvent.AdministrativeClosureChanged e -> {
                Stay stay = stay(e.stay());
                put(stay.withMilestones(stay.medicallyReadyAt(), e.closed() ? e.at() : null, recordedAt), e.at());
            }
            case BedEvent.BarrierSet e -> {
                Stay stay = stay(e.stay());
                put(stay.withBarriers(Barrier.with(stay.barriers(), e.barrier()), recordedAt), e.at());
            }
            case BedEvent.BarrierLifted e -> {
                Stay stay = stay(e.stay());
                put(
                        stay.withBarriers(
                                Barrier.without(stay.barriers(), e.barrier().kind()), recordedAt),
                        e.at());
            }
            case BedEvent.StayArchived e -> live.archiveStay(e.stay());
            case BedEvent.BedRequested e -> live.requests.put(e.request());
            case BedEvent.BedRequestCancelled e ->
                live.requests.remove(e.request().id());
            case BedEvent.BedRequestFulfilled e ->
                live.requests.remove(e.request().id());
            case BedEvent.BedReserved e -> {
                Acceptance accepted =
                        e.acceptance() == null ? null : e.acceptance().signedBy(author);
                live.beds().reserve(bed(e.bed()), new BedStatus.Reservation(e.request(), e.until(), accepted), e.at());
            }
            case BedEvent.ReservationReleased e -> live.beds().reserve(bed(e.bed()), null, e.at());
            case BedEvent.BedRefused e ->
                live.putRequest(request(e.request()).with(e.refusal().signedBy(author)));
            case BedEvent.BedRefusalWithdrawn e ->
                live.putRequest(request(e.request()).without(e.refusal()));
            case BedEvent.BedCounterProposed e ->
                live.putRequest(
                        request(e.request()).withCounterProposal(e.proposal().signedBy(author)));
            case BedEvent.CounterProposalSettled e ->
                live.putRequest(request(e.request()).withCounterProposal(null));
            case BedEvent.CleaningRequested e ->
                live.beds().condition(bed(e.bed()), BedCondition.TO_CLEAN, e.contaminated(), e.at());
            case BedEvent.CleaningStarted e -> {
                int bed = bed(e.bed());
                live.beds().condition(bed, BedCondition.CLEANING, live.bed(bed).contaminated(), e.at());
            }
            case BedEvent.CleaningFinished e -> live.beds().condition(bed(e.bed()), BedCondition.CLEAN, false, e.at());
            case BedEvent.BedBlocked e -> {
                live.beds().block(bed(e.bed()), new BedStatus.Block(e.reason(), e.note(), e.expectedEnd()), e.at());
                // Blocked for something else, it is not the inject's.
                inInjects(
                        InjectKind.OUTAGE,
                        effect -> e.reason() == BlockReason.EQUIPMENT ? effect.with(e.bed()) : effect.without(e.bed()));
            }
            case BedEvent.BedUnblocked e -> {
                live.beds().block(bed(e.bed()), null, e.at());
                inInjects(InjectKind.OUTAGE, effect -> effect.without(e.bed()));
            }
            case BedEvent.BedClosed e -> {
                live.beds().open(bed(e.bed()), false, e.at());
                inInjects(InjectKind.WARD_CLOSED, effect -> effect.with(e.bed()));
            }
            case BedEvent.BedOpened e -> {
                live.beds().open(bed(e.bed()), true, e.at());
                inInjects(InjectKind.WARD_CLOSED, effect -> effect.without(e.bed()));
            }
            case BedEvent.StaffedCapacityChanged e ->
                live.setStaffed(live.layout().service(e.service()), e.beds());
            case BedEvent.InterhospitalTransferOpened e -> live.transfers.put(Transfers.opened(e, recordedAt));
            case BedEvent.InterhospitalTransferStepped e ->
                live.transfers.step(e.transfer(), e.by(), e.step(), recordedAt);
            case BedEvent.InterhospitalTransferAcknowledged e ->
                live.transfers.acknowledge(e.transfer(), e.steps(), recordedAt);
            case BedEvent.InterhospitalTransferArchived e -> live.transfers.archive(e.transfer());
            case BedEvent.AnomalyRaised e -> live.anomalies.put(e.anomaly());
            case BedEvent.AnomalyResolved e -> live.anomalies.remove(e.anomaly().key());
            case BedEvent.QuarantineClosed e -> {
                live.quarantine.remove(e.id());
                live.marks.quarantine();
            }
            case BedEvent.ActionCardChanged e ->
                live.putCrisis(live.crisis()
                        .with(
                                e.card(),
                                e.progress() == null ? null : e.progress().signedBy(author)));
            case BedEvent.AlertSnoozed e ->
                live.putCrisis(live.crisis()
                        .with(e.alert(), e.snooze() == null ? null : e.snooze().signedBy(author), e.at()));
            case BedEvent.DrillBegun e -> live.putDrill(new DrillLog(e.drill(), e.at()));
            case BedEvent.InjectPlanned e -> live.putDrill(drill().with(new DrillLog.Planned(e.inject(), null)));
            case BedEvent.InjectWithdrawn e ->
                live.putDrill(drill().without(e.inject().id()));
            case BedEvent.InjectDone e ->
                live.putDrill(
                        drill().with(new DrillLog.Planned(planned(e.inject()).inject(), e.at(), e.effect(), null)));
            case BedEvent.InjectEnded e -> live.putDrill(drill().ended(planned(e.inject()), e.at()));
            case BedEvent.SimulatedRolesChanged e -> live.putDrill(drill().with(e.roles()));
            case BedEvent.CardsShown e -> live.putDrill(drill().showing(e.cards()));
            // Counted above.
            case BedEvent.RulesOverridden e -> {}
            // Nothing was done.
            case BedEvent.ActRefused e -> {}
            // Both are folded above, where their sequence is known.
            case BedEvent.ActUndone e -> {}
            case BedEvent.MessageQuarantined e -> {}
        }
    }

    private void state(BedEvent.PersonStated stated, Instant recordedAt) {
        Persons.Change change = live.persons.stated(stated.identifier(), stated.patient(), stated.at());
        List<Stay> concerned = live.stays.ofPatients(change.numbers());
        change.apply(recordedAt, live.stays);
        for (Stay stay : concerned) {
            put(stay.recordedAgain(recordedAt), stated.at());
        }
    }

    private void merge(BedEvent.StaysMerged merge, Instant recordedAt) {
        Stay from = stay(merge.from());
        Stay into = stay(merge.into());
        put(from.withMergedInto(into.id(), recordedAt), merge.at());
        live.passRequests(from.id(), into.id());
        live.transfers.pass(from.id(), into.id());
        put(into.joined(from, recordedAt), merge.at());
    }

    /** Puts a stay whose bed, should it leave one, was not lain in by it: a correction, or a change of papers. */
    private void put(Stay stay, Instant at) {
        live.putStay(stay, false, at);
    }

    private Stay stay(StayId id) {
        @Nullable Stay known = live.stays.get(id);
        return known != null ? known : Stay.unannounced(id);
    }

    private DrillLog drill() {
        DrillLog drill = live.drill();
        if (drill == null) {
            throw new IllegalStateException("no drill has begun at event " + live.sequence);
        }
        return drill;
    }

    private DrillLog.Planned planned(String inject) {
        DrillLog.Planned planned = drill().inject(inject);
        if (planned == null) {
            throw new IllegalStateException("inject " + inject + " is not planned at event " + live.sequence);
        }
        return planned;
    }

    private void inInjects(InjectKind kind, UnaryOperator<InjectEffect> change) {
        DrillLog drill = live.drill();
        if (drill != null) {
            live.putDrill(drill.with(kind, change));
        }
    }

    private BedRequest request(RequestId id) {
        BedRequest request = live.requests.get(id);
        if (request == null) {
            throw new IllegalStateException("bed request " + id + " is not open at event " + live.sequence);
        }
        return request;
    }

    private int bed(BedId id) {
        int bed = live.layout().bed(id);
        if (bed == Layout.NONE) {
            throw new IllegalStateException("bed " + id + " is not in the layout at event " + live.sequence);
        }
        return bed;
    }
}
