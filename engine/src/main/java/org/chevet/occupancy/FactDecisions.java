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
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Patient;
import org.chevet.hospital.Sex;
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
            case Command.ReportRegistrationCancelled f -> reportRegistrationCancelled(f, events);
            case Command.ReportMerge f -> reportMerge(f, now, events);
            case Command.ReportMovement f -> reportMovement(f.stay(), f.movement(), f.unmapped(), now, events);
            case Command.ReportCorrection f -> reportCorrection(f, now, events);
            case Command.ReportCancellation f -> reportCancellation(f, now, events);
            case Command.ReportDischargePlan f -> reportDischargePlan(f, events);
            case Command.ReportBedStatus f -> bedStatuses.decide(f, now, events);
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
        if (known == null
                || !known.announced()
                || known.status() == StayStatus.CANCELLED && !cancelledSince(known, fact.at())) {
            register(fact, known, now, events);
            return;
        }
        Patient patient = completed(known.patient(), fact.patient());
        Instant expected = fact.expectedArrival() != null ? fact.expectedArrival() : known.expectedArrival();
        if (!patient.equals(known.patient()) || !Objects.equals(expected, known.expectedArrival())) {
            events.add(new BedEvent.PatientUpdated(
                    fact.at(), known.id(), patient, expected, known.patient(), known.expectedArrival()));
        }
        CareNeeds needs = fact.needs() != null ? fact.needs() : known.needs();
        if (!needs.equals(known.needs())) {
            events.add(new BedEvent.NeedsChanged(fact.at(), known.id(), needs, known.needs()));
        }
        new Contradictions(live, now, events)
                .afterPapersChange(
                        known, known.withPatient(patient, expected, now).withNeeds(needs, now));
    }

    private void register(Command.ReportStay fact, @Nullable Stay known, Instant now, List<BedEvent> events) {
        CareNeeds needs = fact.needs();
        if (needs == null) {
            needs = known == null ? CareNeeds.UNSPECIFIED : known.needs();
        }
        events.add(new BedEvent.StayRegistered(
                fact.at(),
                live.stays.standingNumber(fact.stay()),
                fact.patient(),
                needs,
                fact.patientClass(),
                fact.expectedArrival()));
        if (known != null) {
            Contradictions contradictions = new Contradictions(live, now, events);
            contradictions.anomalies().resolve("stay:", known.id());
            Instant cancelledAt = known.registrationCancelledAt();
            if (cancelledAt != null && cancelledSince(known, fact.at())) {
                events.add(new BedEvent.RegistrationCancelled(cancelledAt, known.id()));
            }
            contradictions.afterPapersChange(
                    known,
                    known.withRegistration(fact.patient(), needs, fact.patientClass(), fact.expectedArrival(), now));
        }
    }

    /** Whether the registration was cancelled at this time or after it: what was stated before no longer holds. */
    private static boolean cancelledSince(Stay stay, Instant statedAt) {
        Instant cancelledAt = stay.registrationCancelledAt();
        return cancelledAt != null && !statedAt.isAfter(cancelledAt);
    }

    /** A message that leaves a field out does not erase it. */
    private static Patient completed(Patient known, Patient stated) {
        return new Patient(
                stated.identifier() != null ? stated.identifier() : known.identifier(),
                stated.familyName() != null ? stated.familyName() : known.familyName(),
                stated.givenName() != null ? stated.givenName() : known.givenName(),
                stated.sex() != Sex.UNKNOWN ? stated.sex() : known.sex(),
                stated.birthDate() != null ? stated.birthDate() : known.birthDate());
    }

    private void reportRegistrationCancelled(Command.ReportRegistrationCancelled fact, List<BedEvent> events) {
        Stay known = live.stay(fact.stay());
        if (known == null || known.registrationCancelledAt() == null) {
            events.add(new BedEvent.RegistrationCancelled(fact.at(), live.stays.standingNumber(fact.stay())));
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
        Stay named = into.announced() || !from.announced() ? into : into.named(from, now);
        Stay merged = named.withTimeline(into.timeline().merge(from.timeline()), now);
        Contradictions contradictions = new Contradictions(live, now, events);
        contradictions.anomalies().passOn(from, into, merged);
        contradictions.afterMoves(List.of(from, into), List.of(from.withMergedInto(intoId, now), merged), null);
        contradictions.afterTimelineChange(into, merged, true);
        contradictions.afterPapersChange(into, merged);
    }

    private void reportMovement(
            StayId stated, Movement movement, @Nullable String unmapped, Instant now, List<BedEvent> events) {
        Stay before = stayOrNew(stated);
        Timeline timeline = before.timeline();
        if (timeline.isCancelled(movement.id(), movement.statedAt())) {
            new Contradictions(live, now, events).anomalies().resolve("movement:" + before.id() + ":" + movement.id());
            return;
        }
        Movement same = timeline.find(movement.id());
        if (same != null) {
            if (!same.statedAt().isAfter(movement.statedAt())) {
                restate(before, same, movement, unmapped, now, events);
            }
            return;
        }
        events.add(new BedEvent.MovementRecorded(before.id(), movement));
        follow(before, before.withTimeline(timeline.with(movement), now), movement, unmapped, now, events);
    }

    private void reportCorrection(Command.ReportCorrection fact, Instant now, List<BedEvent> events) {
        Stay before = stayOrNew(fact.stay());
        Movement same = before.timeline().find(fact.movement().id());
        if (same == null) {
            // The correction overtook what it corrects; being the later statement, it will hold against it.
            reportMovement(fact.stay(), fact.movement(), fact.unmapped(), now, events);
            return;
        }
        if (same.statedAt().isAfter(fact.movement().statedAt())) {
            return;
        }
        Movement stated = fact.movement();
        boolean placeStated = !stated.to().equals(Location.ELSEWHERE) || fact.unmapped() != null;
        Movement corrected = new Movement(
                same.id(),
                same.kind(),
                stated.at(),
                placeStated ? stated.to() : same.to(),
                stated.patientClass(),
                stated.statedAt(),
                same.kind() == MovementKind.DISCHARGE && stated.ending() != null ? stated.ending() : same.ending());
        restate(before, same, corrected, fact.unmapped(), now, events);
    }

    private void restate(
            Stay before,
            Movement previous,
            Movement movement,
            @Nullable String unmapped,
            Instant now,
            List<BedEvent> events) {
        if (sameContent(previous, movement)) {
            new Contradictions(live, now, events).afterSamePlacement(before, movement, unmapped);
            return;
        }
        events.add(new BedEvent.MovementCorrected(before.id(), movement, previous));
        follow(before, before.withTimeline(before.timeline().with(movement), now), movement, unmapped, now, events);
    }

    private void follow(
            Stay before, Stay after, Movement movement, @Nullable String unmapped, Instant now, List<BedEvent> events) {
        Contradictions contradictions = new Contradictions(live, now, events);
        if (live.anomalies.name(after.id())) {
            contradictions.anomalies().resolve("movement:" + after.id() + ":" + movement.id());
        }
        contradictions.afterTimelineChange(before, after, false);
        contradictions.afterMove(before, after, null);
        contradictions.afterHistoricInsert(after, movement);
        contradictions.afterPlacement(after, movement, unmapped);
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
        if (after.timeline().isEmpty() && stated.kind() == MovementKind.ADMISSION) {
            // PAM-FR: a visit number is not used again after its admission was cancelled.
            events.add(new BedEvent.RegistrationCancelled(fact.statedAt(), before.id()));
        }
        contradictions.afterTimelineChange(before, after, true);
        contradictions.afterMove(before, after, null);
    }

    private static void cancelUnknown(
            Command.ReportCancellation fact, Stay before, Contradictions contradictions, List<BedEvent> events) {
        String movement = fact.movement();
        if (movement == null) {
            contradictions
                    .anomalies()
                    .raise(
                            Anomaly.Kind.UNKNOWN_MOVEMENT,
                            "movement:" + before.id() + ":" + fact.kinds(),
                            before.id(),
                            null,
                            null,
                            fact.kinds().toString());
        } else if (!before.timeline().isCancelled(movement, fact.statedAt())) {
            events.add(new BedEvent.MovementCancelled(fact.at(), before.id(), movement, fact.statedAt(), null, null));
            contradictions
                    .anomalies()
                    .raise(
                            Anomaly.Kind.UNKNOWN_MOVEMENT,
                            "movement:" + before.id() + ":" + movement,
                            before.id(),
                            null,
                            null,
                            movement);
            boolean admission = fact.kinds().equals(List.of(MovementKind.ADMISSION));
            if (admission && before.timeline().isEmpty() && before.registrationCancelledAt() == null) {
                events.add(new BedEvent.RegistrationCancelled(fact.statedAt(), before.id()));
            }
        }
    }

    private void reportDischargePlan(Command.ReportDischargePlan fact, List<BedEvent> events) {
        Stay stay = stayOrNew(fact.stay());
        if (!Objects.equals(stay.expectedDischarge(), fact.expected())) {
            events.add(new BedEvent.DischargePlanned(fact.at(), stay.id(), fact.expected(), stay.expectedDischarge()));
        }
    }

    private Stay stayOrNew(StayId id) {
        Stay stay = live.stay(id);
        return stay != null ? stay : Stay.unannounced(live.stays.standingNumber(id));
    }

    /** Whether two statements of one movement say the same, whenever they were made. */
    private static boolean sameContent(Movement one, Movement other) {
        return one.kind() == other.kind()
                && one.at().equals(other.at())
                && one.to().equals(other.to())
                && one.patientClass() == other.patientClass()
                && one.ending() == other.ending();
    }
}
