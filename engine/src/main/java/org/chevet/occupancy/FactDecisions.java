package org.chevet.occupancy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.chevet.event.Anomaly;
import org.chevet.event.BedEvent;
import org.chevet.event.Command;
import org.chevet.event.Location;
import org.chevet.event.Movement;
import org.chevet.event.MovementKind;
import org.chevet.event.PatientClass;
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

    FactDecisions(LiveState live) {
        this.live = live;
    }

    List<BedEvent> decide(Command.Fact fact, Instant now) {
        List<BedEvent> events = new ArrayList<>();
        switch (fact) {
            case Command.ReportStay f -> reportStay(f, now, events);
            case Command.ReportPatient f -> reportPatient(f, now, events);
            case Command.ReportRegistrationCancelled f -> reportRegistrationCancelled(f, events);
            case Command.ReportMerge f -> reportMerge(f, now, events);
            case Command.ReportMovement f -> reportMovement(f.stay(), f.movement(), f.unmapped(), now, events);
            case Command.ReportCorrection f -> reportCorrection(f, now, events);
            case Command.ReportCancellation f -> reportCancellation(f, now, events);
            case Command.ReportDischargePlan f -> reportDischargePlan(f, events);
            case Command.ReportPendingTransfer f -> new BedFacts(live, now, events).pendingTransfer(f);
            case Command.ReportPendingTransferCancelled f -> new BedFacts(live, now, events).cancelPendingTransfer(f);
            case Command.ReportBedStatus f -> new BedFacts(live, now, events).status(f);
            case Command.QuarantineMessage f -> events.add(new BedEvent.MessageQuarantined(now, f.message()));
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
            state(known, fact.papers(), fact.at(), true, now, events);
        }
    }

    private void reportPatient(Command.ReportPatient fact, Instant now, List<BedEvent> events) {
        StatedPapers papers = StatedPapers.ofPatient(fact.patient());
        for (StayId stay : live.staysOf(fact.identifier())) {
            state(live.known(stay), papers, fact.at(), false, now, events);
        }
    }

    private void state(
            Stay known, StatedPapers papers, Instant at, boolean registers, Instant now, List<BedEvent> events) {
        Papers before = known.papers();
        Papers after = before.with(Papers.of(papers, at, registers));
        if (!after.equals(before)) {
            events.add(new BedEvent.PapersStated(at, known.id(), papers, registers));
            new Contradictions(live, now, events).afterPapersChange(known, known.withPapers(after, now));
        }
    }

    private void register(Command.ReportStay fact, @Nullable Stay known, Instant now, List<BedEvent> events) {
        StatedPapers papers = fact.papers();
        CareNeeds needs = known == null ? CareNeeds.UNSPECIFIED : known.needs();
        events.add(new BedEvent.StayRegistered(
                fact.at(),
                known == null ? fact.stay() : known.id(),
                papers.patient(),
                papers.specialty() == null ? needs : needs.withSpecialty(papers.specialty()),
                papers.patientClass(),
                papers.expectedArrival(),
                papers.assumedSpecialty()));
        if (papers.wholePatient()) {
            events.add(new BedEvent.PapersStated(
                    fact.at(), known == null ? fact.stay() : known.id(), papers, true));
        }
        if (known != null) {
            Contradictions contradictions = new Contradictions(live, now, events);
            contradictions.resolve("stay:" + known.id());
            Instant cancelledAt = known.registrationCancelledAt();
            if (cancelledAt != null) {
                events.add(new BedEvent.RegistrationCancelled(cancelledAt, known.id()));
            }
            contradictions.afterPapersChange(
                    known, known.withPapers(known.papers().with(Papers.of(papers, fact.at(), true)), now));
        }
    }

    private void reportRegistrationCancelled(Command.ReportRegistrationCancelled fact, List<BedEvent> events) {
        cancelRegistration(stayOrNew(fact.stay()), fact.at(), events);
    }

    private static void cancelRegistration(Stay known, Instant statedAt, List<BedEvent> events) {
        Instant cancelledAt = known.registrationCancelledAt();
        if (cancelledAt == null || cancelledAt.isBefore(statedAt)) {
            events.add(new BedEvent.RegistrationCancelled(statedAt, known.id()));
        }
    }

    private void reportMerge(Command.ReportMerge fact, Instant now, List<BedEvent> events) {
        Stay into = live.stay(fact.into());
        StayId intoId = into == null ? fact.into() : into.id();
        Stay from = live.stay(fact.from());
        StayId fromId = from == null ? fact.from() : from.id();
        if (!fromId.equals(intoId)) {
            mergeStays(live, fromId, intoId, fact.at(), now, events);
        }
    }

    static void mergeStays(
            LiveState live, StayId fromId, StayId intoId, Instant at, Instant now, List<BedEvent> events) {
        events.add(new BedEvent.StaysMerged(at, fromId, intoId));
        Stay from = Objects.requireNonNullElseGet(live.stay(fromId), () -> Stay.unannounced(fromId));
        Stay into = Objects.requireNonNullElseGet(live.stay(intoId), () -> Stay.unannounced(intoId));
        Stay merged = into.joined(from, now);
        Contradictions contradictions = new Contradictions(live, now, events);
        contradictions.afterMoves(List.of(from, into), List.of(from.withMergedInto(intoId, now), merged), null);
        contradictions.resolve("stay:" + fromId);
        contradictions.afterTimelineChange(into, merged, true);
        contradictions.afterPapersChange(into, merged);
    }

    private void reportMovement(
            StayId stay, Movement stated, @Nullable String unmapped, Instant now, List<BedEvent> events) {
        Stay before = stayOrNew(stay);
        Movement movement = withPlaceIfStated(stated, unmapped);
        Movement same = before.timeline().find(movement.id());
        if (same != null) {
            correct(before, same, same.with(movement, false), unmapped, now, events);
        } else {
            record(before, new Timeline.Awaiting(movement, false), unmapped, now, events);
        }
    }

    private void reportCorrection(Command.ReportCorrection fact, Instant now, List<BedEvent> events) {
        Stay before = stayOrNew(fact.stay());
        Movement stated =
                withPlaceIfStated(fact.movement(), fact.unmapped()).withoutNature();
        Movement same = before.timeline().find(stated.id());
        if (same != null) {
            // Of two statements of one second, the correction is the later.
            correct(before, same, same.with(stated, true), fact.unmapped(), now, events);
            return;
        }
        boolean saysWhere = switch (stated.kind()) {
            case ADMISSION, TRANSFER -> stated.to().service() != null;
            case LEAVE, RETURN, DISCHARGE -> true;
        };
        // It overtook what it corrects. Being the later statement, it will hold against it.
        boolean waits = !saysWhere || !fact.natureStated();
        record(before, new Timeline.Awaiting(stated, waits), fact.unmapped(), now, events);
    }

    /** A movement whose number is new. */
    private void record(
            Stay before, Timeline.Awaiting stated, @Nullable String unmapped, Instant now, List<BedEvent> events) {
        Timeline timeline = before.timeline();
        String number = stated.movement().id();
        if (timeline.isCancelled(number, stated.movement().statedAt())) {
            new Contradictions(live, now, events).resolve("movement:" + before.id() + ":" + number);
            return;
        }
        Timeline.Awaiting known = timeline.awaited(number);
        Timeline.Awaiting early = stated.with(known);
        Movement movement = early.movement();
        if (early.correction() || timeline.isEmpty() && Timeline.passesBy(movement)) {
            if (!early.equals(known)) {
                events.add(new BedEvent.MovementAwaited(before.id(), movement, early.correction()));
            }
            return;
        }
        events.add(new BedEvent.MovementRecorded(before.id(), movement));
        follow(before, before.withTimeline(timeline.with(movement), now), movement, unmapped, now, events);
    }

    private void correct(
            Stay before,
            Movement previous,
            Movement movement,
            @Nullable String unmapped,
            Instant now,
            List<BedEvent> events) {
        if (!movement.equals(previous)) {
            events.add(new BedEvent.MovementCorrected(before.id(), movement, previous));
            boolean placed = !movement.to().equals(previous.to());
            Stay after = before.withTimeline(before.timeline().with(movement), now);
            follow(before, after, movement, placed ? unmapped : null, now, events);
        }
    }

    /** Who names no place, mapped or not, does not say where the patient is. */
    private static Movement withPlaceIfStated(Movement stated, @Nullable String unmapped) {
        boolean placeStated = !stated.to().equals(Location.ELSEWHERE) || unmapped != null;
        return switch (stated.kind()) {
            case ADMISSION, TRANSFER, RETURN -> placeStated ? stated : stated.withoutPlace();
            case LEAVE, DISCHARGE -> stated;
        };
    }

    private void follow(
            Stay before, Stay after, Movement movement, @Nullable String unmapped, Instant now, List<BedEvent> events) {
        Contradictions contradictions = new Contradictions(live, now, events);
        contradictions.resolve("movement:" + after.id() + ":" + movement.id());
        contradictions.afterTimelineChange(before, after, false);
        contradictions.afterMove(before, after, null);
        contradictions.afterHistoricInsert(after, movement);
        boolean placedNow = after.location() != null && after.location().equals(movement.to());
        if (unmapped != null && placedNow && movement.patientClass() != PatientClass.OUTPATIENT) {
            contradictions.raise(
                    movement.to().service() == null ? Anomaly.Kind.UNKNOWN_SERVICE : Anomaly.Kind.UNKNOWN_BED,
                    "location:" + after.id(),
                    after.id(),
                    null,
                    null,
                    unmapped);
        } else if (unmapped == null && placedNow) {
            contradictions.afterKnownPlacement(after.id(), movement.to());
        }
    }

    private void reportCancellation(Command.ReportCancellation fact, Instant now, List<BedEvent> events) {
        Stay before = stayOrNew(fact.stay());
        Movement stated = fact.movement() != null
                ? before.timeline().find(fact.movement())
                : before.timeline().lastOf(fact.kinds());
        Contradictions contradictions = new Contradictions(live, now, events);
        if (stated == null) {
            cancelUnknown(fact, before, contradictions, events);
            return;
        }
        if (stated.statedAt().isAfter(fact.statedAt())) {
            return;
        }
        events.add(new BedEvent.MovementCancelled(fact.at(), before.id(), stated.id(), fact.statedAt(), stated, null));
        Stay after = before.withTimeline(before.timeline().without(stated.id(), fact.statedAt()), now);
        if (isOfAdmission(fact)) {
            cancelRegistration(before, fact.statedAt(), events);
        }
        contradictions.afterTimelineChange(before, after, true);
        contradictions.afterMove(before, after, null);
    }

    private static void cancelUnknown(
            Command.ReportCancellation fact, Stay before, Contradictions contradictions, List<BedEvent> events) {
        String movement = fact.movement();
        boolean outdated = movement != null
                && (before.timeline().isCancelled(movement, fact.statedAt())
                        || before.timeline().awaitsSince(movement, fact.statedAt()));
        if (outdated) {
            return;
        }
        if (movement != null) {
            events.add(new BedEvent.MovementCancelled(fact.at(), before.id(), movement, fact.statedAt(), null, null));
        }
        if (isOfAdmission(fact)) {
            cancelRegistration(before, fact.statedAt(), events);
        }
        // Who comes to a consultation was registered, and has no movement to cancel.
        boolean registeredOnly = isOfAdmission(fact)
                && before.announced()
                && before.timeline().isEmpty()
                && (movement == null || before.patientClass() != PatientClass.INPATIENT);
        boolean awaited = movement != null && before.timeline().awaited(movement) != null;
        if (!registeredOnly && !awaited) {
            contradictions.raise(
                    Anomaly.Kind.UNKNOWN_MOVEMENT,
                    "movement:" + before.id() + ":" + (movement == null ? fact.kinds() : movement),
                    before.id(),
                    null,
                    null,
                    movement == null ? fact.kinds().toString() : movement);
        }
    }

    /** PAM-FR: a visit number is not used again after its admission was cancelled. It counts once no movement is left. */
    private static boolean isOfAdmission(Command.ReportCancellation fact) {
        return fact.kinds().equals(List.of(MovementKind.ADMISSION));
    }

    private void reportDischargePlan(Command.ReportDischargePlan fact, List<BedEvent> events) {
        Stay stay = stayOrNew(fact.stay());
        DischargePlan plan = new DischargePlan(fact.at(), fact.expected());
        if (!DischargePlan.with(stay.plans(), plan).equals(stay.plans())) {
            events.add(new BedEvent.DischargePlanned(fact.at(), stay.id(), fact.expected(), stay.expectedDischarge()));
        }
    }

    private Stay stayOrNew(StayId id) {
        Stay stay = live.stay(id);
        return stay != null ? stay : Stay.unannounced(id);
    }
}
