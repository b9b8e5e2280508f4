package org.chevet.occupancy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.chevet.event.BedEvent;
import org.chevet.event.Command;
import org.chevet.event.StatedPapers;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;

/**
 * Facts are never refused (architecture, rule 2): what is stated is applied, what contradicts it becomes an anomaly, and
 * what was stated already changes nothing. The result does not depend on the order in which statements arrive.
 */
final class FactDecisions {
    private final LiveState live;
    private final BedStatusDecisions bedStatuses;

    FactDecisions(LiveState live) {
        this.live = live;
        this.bedStatuses = new BedStatusDecisions(live);
    }

    List<BedEvent> decide(Command.Fact fact, Instant now) {
        List<BedEvent> events = new ArrayList<>();
        switch (fact) {
            case Command.ReportStay f -> reportStay(f, now, events);
            case Command.ReportPatient f -> reportPatient(f, now, events);
            case Command.ReportRegistrationCancelled f -> reportRegistrationCancelled(f, events);
            case Command.ReportMerge f -> reportMerge(f, now, events);
            case Command.ReportMovement f -> new MovementDecisions(live, now, events).report(f);
            case Command.ReportCorrection f -> new MovementDecisions(live, now, events).correct(f);
            case Command.ReportCancellation f -> new MovementDecisions(live, now, events).cancel(f);
            case Command.ReportDischargePlan f -> reportDischargePlan(f, events);
            case Command.ReportPendingTransfer f ->
                new Contradictions(live, now, events).pendingTransfers().ask(f);
            case Command.ReportPendingTransferCancelled f ->
                new Contradictions(live, now, events).pendingTransfers().cancel(f);
            case Command.ReportBedStatus f -> bedStatuses.decide(f, now, events);
            case Command.QuarantineMessage f -> events.add(new BedEvent.MessageQuarantined(now, f.message()));
            case Command.ReportTransferSteps f ->
                new Contradictions(live, now, events)
                        .transfers()
                        .hear(f.transfer(), f.from(), f.by(), f.wish(), f.steps());
            case Command.ReportReplayed f -> {
                if (live.quarantine.containsKey(f.message())) {
                    events.add(new BedEvent.QuarantineClosed(now, f.message(), true, "replayed"));
                }
            }
        }
        return events;
    }

    private void reportStay(Command.ReportStay fact, Instant now, List<BedEvent> events) {
        Stay known = live.stay(fact.stay());
        if (known == null || !known.announced()) {
            register(fact, known, now, events);
        } else {
            state(known, fact.papers(), fact.at(), now, events);
        }
    }

    private void reportPatient(Command.ReportPatient fact, Instant now, List<BedEvent> events) {
        Persons.Change change = live.persons.stated(fact.identifier(), fact.patient(), fact.at());
        if (change.isNothing()) {
            return;
        }
        events.add(new BedEvent.PersonStated(fact.at(), fact.identifier(), fact.patient()));
        List<Stay> before = live.stays.ofPatients(change.numbers());
        List<Stay> after = before.stream().map(change::in).toList();
        new Contradictions(live, now, events).afterPapersChanges(before, after);
    }

    private void state(Stay known, StatedPapers papers, Instant at, Instant now, List<BedEvent> events) {
        Papers before = known.papers();
        Papers after = before.with(Papers.of(papers, at, true));
        if (!after.equals(before)) {
            events.add(new BedEvent.PapersStated(at, known.id(), papers, true));
            new Contradictions(live, now, events)
                    .afterPapersChange(known, live.persons.in(known.withPapers(after, now)));
        }
    }

    private void register(Command.ReportStay fact, @Nullable Stay known, Instant now, List<BedEvent> events) {
        StatedPapers papers = fact.papers();
        CareNeeds needs = known == null ? CareNeeds.UNSPECIFIED : known.needs();
        StayId number = live.stays.standingNumber(fact.stay());
        events.add(new BedEvent.StayRegistered(
                fact.at(),
                number,
                papers.patient(),
                papers.specialty() == null ? needs : needs.withSpecialty(papers.specialty()),
                papers.patientClass(),
                papers.expectedArrival(),
                papers.assumedSpecialty()));
        if (papers.wholePatient()) {
            events.add(new BedEvent.PapersStated(fact.at(), number, papers, true));
        }
        if (known != null) {
            Contradictions contradictions = new Contradictions(live, now, events);
            contradictions.anomalies().resolve("stay:", known.id());
            Instant cancelledAt = known.registrationCancelledAt();
            if (cancelledAt != null) {
                events.add(new BedEvent.RegistrationCancelled(cancelledAt, known.id()));
            }
            Papers after = known.papers().with(Papers.of(papers, fact.at(), true));
            contradictions.afterPapersChange(known, live.persons.in(known.withPapers(after, now)));
        }
    }

    private void reportRegistrationCancelled(Command.ReportRegistrationCancelled fact, List<BedEvent> events) {
        cancelRegistration(known(live, fact.stay()), fact.at(), events);
    }

    static void cancelRegistration(Stay known, Instant statedAt, List<BedEvent> events) {
        Instant cancelledAt = known.registrationCancelledAt();
        if (cancelledAt == null || cancelledAt.isBefore(statedAt)) {
            events.add(new BedEvent.RegistrationCancelled(statedAt, known.id()));
        }
    }

    private void reportMerge(Command.ReportMerge fact, Instant now, List<BedEvent> events) {
        StayId intoId = live.stays.standingNumber(fact.into());
        StayId fromId = live.stays.standingNumber(fact.from());
        if (!fromId.equals(intoId)) {
            mergeStays(live, fromId, intoId, fact.at(), now, events);
        }
    }

    static void mergeStays(
            LiveState live, StayId fromId, StayId intoId, Instant at, Instant now, List<BedEvent> events) {
        events.add(new BedEvent.StaysMerged(at, fromId, intoId));
        Stay from = Objects.requireNonNullElseGet(live.stay(fromId), () -> Stay.unannounced(fromId));
        Stay into = Objects.requireNonNullElseGet(live.stay(intoId), () -> Stay.unannounced(intoId));
        Stay merged = live.persons.in(into.joined(from, now));
        Contradictions contradictions = new Contradictions(live, now, events);
        contradictions.anomalies().passOn(from, into, merged);
        contradictions.afterMoves(List.of(from, into), List.of(from.withMergedInto(intoId, now), merged), null);
        contradictions.afterTimelineChange(into, merged, true);
        contradictions.transfers().afterTimelineChange(fromId, from, merged, true);
        contradictions.afterPapersChange(into, merged);
    }

    private void reportDischargePlan(Command.ReportDischargePlan fact, List<BedEvent> events) {
        Stay stay = known(live, fact.stay());
        DischargePlan plan = new DischargePlan(fact.at(), fact.expected());
        if (!DischargePlan.with(stay.plans(), plan).equals(stay.plans())) {
            events.add(new BedEvent.DischargePlanned(fact.at(), stay.id(), fact.expected(), stay.expectedDischarge()));
        }
    }

    /** What is known of a stay, which may be nothing. */
    static Stay known(LiveState live, StayId id) {
        Stay stay = live.stay(id);
        return stay != null ? stay : Stay.unannounced(live.stays.standingNumber(id));
    }
}
