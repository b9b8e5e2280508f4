package org.chevet.occupancy;

import static org.chevet.occupancy.BedChecks.refuse;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.chevet.event.Barrier;
import org.chevet.event.BarrierKind;
import org.chevet.event.BedEvent;
import org.chevet.event.Command;
import org.chevet.event.Ending;
import org.chevet.event.Location;
import org.chevet.event.Movement;
import org.chevet.event.MovementKind;
import org.chevet.event.PatientClass;
import org.chevet.hospital.BedId;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Patient;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;

/** What people ask about stays: granted as events, or refused with the rule that stands in the way. */
final class StayActs {
    /** How far ahead an arrival or a departure may be planned. */
    static final Duration PLAN_AHEAD_MAX = Duration.ofDays(365);

    private final LiveState live;
    private final BedChecks checks;

    StayActs(LiveState live) {
        this.live = live;
        this.checks = new BedChecks(live);
    }

    Decision register(Command.RegisterStay act, Instant now) {
        Stay known = live.stay(act.stay());
        if (known != null && known.announced() && known.status() != StayStatus.CANCELLED) {
            return refuse(Rule.STAY_EXISTS, "stay", act.stay());
        }
        Decision.Refused wrong = wrongNeeds(live, act.needs());
        if (wrong == null && act.expectedArrival() != null) {
            wrong = notAhead(act.expectedArrival(), now);
        }
        if (wrong != null) {
            return wrong;
        }
        StayId id = live.stays.standingNumber(act.stay());
        List<BedEvent> events = new ArrayList<>();
        BedEvent.StayRegistered registered = new BedEvent.StayRegistered(
                now, id, act.patient(), act.needs(), act.patientClass(), act.expectedArrival(), null);
        events.add(registered);
        if (known != null) {
            Contradictions contradictions = new Contradictions(live, now, events);
            contradictions.anomalies().resolve("stay:", id);
            Stay after = known.withRegistration(Papers.of(registered), act.needs(), now);
            contradictions.afterPapersChange(known, live.persons.in(after));
        }
        return new Decision.Accepted(events);
    }

    Decision update(Command.UpdatePatient act, Instant now) {
        Stay stay = live.stay(act.stay());
        if (stay == null) {
            return refuse(Rule.UNKNOWN_STAY, "stay", act.stay());
        }
        Patient known = stay.knownPatient();
        if (known.equals(act.patient())) {
            return refuse(Rule.NOTHING_CHANGES);
        }
        Instant arrival = stay.expectedArrival();
        Instant at = live.persons.timeOfCorrection(stay, act.patient(), now);
        List<BedEvent> events = new ArrayList<>();
        events.add(new BedEvent.PatientUpdated(at, stay.id(), act.patient(), arrival, known, arrival));
        new Contradictions(live, now, events)
                .afterPapersChange(stay, live.persons.in(stay.withPatient(act.patient(), arrival, at, now)));
        return new Decision.Accepted(events);
    }

    Decision cancelRegistration(Command.CancelRegistration act, Instant now) {
        Stay stay = live.stay(act.stay());
        if (stay == null || stay.status() == StayStatus.CANCELLED) {
            return refuse(Rule.UNKNOWN_STAY, "stay", act.stay());
        }
        return stay.timeline().isEmpty()
                ? accept(new BedEvent.RegistrationCancelled(
                        notBefore(now, stay.times().registered()), stay.id()))
                : refuse(Rule.STAY_HAS_MOVEMENTS, "stay", act.stay());
    }

    Decision merge(Command.MergeStays act, Instant now) {
        Stay from = live.stay(act.from());
        Stay into = live.stay(act.into());
        if (from == null || into == null) {
            return refuse(Rule.UNKNOWN_STAY, "stay", from == null ? act.from() : act.into());
        }
        if (from.id().equals(into.id())) {
            return refuse(Rule.SAME_STAY, "stay", act.from());
        }
        List<BedEvent> events = new ArrayList<>();
        FactDecisions.mergeStays(live, from.id(), into.id(), now, now, events);
        return new Decision.Accepted(events);
    }

    Decision admit(Command.AdmitStay act, Instant now, PlacementCheck check) {
        Stay stay = live.stay(act.stay());
        if (stay == null) {
            return refuse(Rule.UNKNOWN_STAY, "stay", act.stay());
        }
        Location here = stay.location();
        if (here != null) {
            return refuse(Rule.STAY_PRESENT, "stay", stay.id(), "place", place(here));
        }
        if (stay.status() == StayStatus.ENDED) {
            return refuse(Rule.STAY_ENDED, "stay", stay.id());
        }
        return move(
                stay,
                MovementKind.ADMISSION,
                act.service(),
                act.bed(),
                act.at(),
                act.request(),
                new BedChecks.Means(act.override(), check),
                now);
    }

    Decision transfer(Command.TransferStay act, Instant now, PlacementCheck check) {
        return whenHere(act.stay(), stay -> {
            if (stay.status() == StayStatus.ON_LEAVE) {
                return refuse(Rule.STAY_ON_LEAVE, "stay", stay.id());
            }
            return move(
                    stay,
                    MovementKind.TRANSFER,
                    act.service(),
                    act.bed(),
                    act.at(),
                    act.request(),
                    new BedChecks.Means(act.override(), check),
                    now);
        });
    }

    Decision move(
            Stay stay,
            MovementKind kind,
            @Nullable ServiceId service,
            @Nullable BedId bed,
            @Nullable Instant statedTime,
            @Nullable RequestId answered,
            BedChecks.Means means,
            Instant now) {
        Instant at = statedTime == null ? now : statedTime;
        Decision.Refused wrong = wrongTime(stay, at, now);
        if (wrong == null) {
            wrong = wrongPlace(live.layout(), service, bed);
        }
        if (wrong == null && answered != null && live.requests.get(answered) == null) {
            wrong = refuse(Rule.UNKNOWN_REQUEST, "request", answered);
        }
        if (wrong != null) {
            return wrong;
        }
        Location to = to(service, bed);
        if (to.equals(stay.location())) {
            return refuse(Rule.SAME_PLACE, "stay", stay.id());
        }
        int index = live.layout().bedAt(to);
        List<BedEvent> events = new ArrayList<>();
        if (index != Layout.NONE) {
            BedChecks.Verdict verdict = checks.judge(index, checks.candidate(stay, answered, now), means);
            if (verdict.refused() != null) {
                return verdict.refused();
            }
            override(stay, index, verdict, now, events);
        }
        Movement movement = new Movement(nextMovement(), kind, at, to, classAfterMove(stay), now, null);
        return follow(stay, movement, answered, now, events);
    }

    /** Who comes to a service from an emergency department that is none of them, or from a consultation, is hospitalised. */
    private PatientClass classAfterMove(Stay stay) {
        boolean hospitalised = stay.currentClass() == PatientClass.OUTPATIENT
                || stay.isHere() && live.layout().serviceAt(stay.location()) == Layout.NONE;
        return hospitalised ? PatientClass.INPATIENT : stay.currentClass();
    }

    private void override(Stay stay, int bed, BedChecks.Verdict verdict, Instant now, List<BedEvent> events) {
        if (verdict.override() != null) {
            events.add(
                    new BedEvent.RulesOverridden(now, stay.id(), live.bed(bed).bed(), verdict.override()));
        }
    }

    Decision swap(Command.SwapStays act, Instant now, PlacementCheck check) {
        BedChecks.Means means = new BedChecks.Means(act.override(), check);
        return whenHere(act.first(), first -> whenHere(act.second(), second -> swap(first, second, means, now)));
    }

    private Decision swap(Stay first, Stay second, BedChecks.Means means, Instant now) {
        if (first.id().equals(second.id())) {
            return refuse(Rule.SAME_STAY, "stay", first.id());
        }
        int bedOfFirst = live.layout().bedAt(Objects.requireNonNull(first.location()));
        int bedOfSecond = live.layout().bedAt(Objects.requireNonNull(second.location()));
        if (bedOfFirst == Layout.NONE || bedOfSecond == Layout.NONE) {
            return refuse(Rule.STAY_WITHOUT_BED, "stay", bedOfFirst == Layout.NONE ? first.id() : second.id());
        }
        if (bedOfFirst == bedOfSecond) {
            return refuse(Rule.SAME_PLACE, "stay", first.id());
        }
        BedChecks.Verdict ofFirstThere =
                checks.judgeRules(bedOfSecond, checks.candidate(first, null, now), second.id(), means);
        BedChecks.Verdict ofSecondThere =
                checks.judgeRules(bedOfFirst, checks.candidate(second, null, now), first.id(), means);
        if (ofFirstThere.refused() != null || ofSecondThere.refused() != null) {
            return Objects.requireNonNull(
                    ofFirstThere.refused() != null ? ofFirstThere.refused() : ofSecondThere.refused());
        }
        Movement ofFirst = swapped(nextMovement(), first, second, now);
        // The two stays may turn out to be one: no number may name two movements then.
        Movement ofSecond = swapped(nextMovement() + "-2", second, first, now);
        List<BedEvent> events = new ArrayList<>();
        override(first, bedOfSecond, ofFirstThere, now, events);
        override(second, bedOfFirst, ofSecondThere, now, events);
        events.add(new BedEvent.StaysSwapped(now, first.id(), ofFirst, second.id(), ofSecond));
        new Contradictions(live, now, events)
                .afterMoves(
                        List.of(first, second),
                        List.of(
                                first.withTimeline(first.timeline().with(ofFirst), now),
                                second.withTimeline(second.timeline().with(ofSecond), now)),
                        null);
        return new Decision.Accepted(events);
    }

    private static Movement swapped(String number, Stay stay, Stay with, Instant now) {
        return new Movement(
                number,
                MovementKind.TRANSFER,
                now,
                Objects.requireNonNull(with.location()),
                stay.currentClass(),
                now,
                null);
    }

    Decision startLeave(Command.StartLeave act, Instant now) {
        return whenHere(act.stay(), stay -> {
            if (stay.status() == StayStatus.ON_LEAVE) {
                return refuse(Rule.STAY_ON_LEAVE, "stay", stay.id());
            }
            return simple(stay, MovementKind.LEAVE, null, act.at(), now);
        });
    }

    Decision endLeave(Command.EndLeave act, Instant now) {
        Stay stay = live.stay(act.stay());
        if (stay == null) {
            return refuse(Rule.UNKNOWN_STAY, "stay", act.stay());
        }
        if (stay.status() != StayStatus.ON_LEAVE) {
            return refuse(Rule.STAY_NOT_ON_LEAVE, "stay", stay.id());
        }
        return simple(stay, MovementKind.RETURN, null, act.at(), now);
    }

    Decision discharge(Command.DischargeStay act, Instant now) {
        return whenHere(act.stay(), stay -> {
            return simple(stay, MovementKind.DISCHARGE, act.ending(), act.at(), now);
        });
    }

    /** A movement that names no place. */
    private Decision simple(
            Stay stay, MovementKind kind, @Nullable Ending ending, @Nullable Instant statedTime, Instant now) {
        Instant at = statedTime == null ? now : statedTime;
        Decision.Refused wrong = wrongTime(stay, at, now);
        if (wrong != null) {
            return wrong;
        }
        return follow(
                stay,
                new Movement(nextMovement(), kind, at, Location.ELSEWHERE, stay.currentClass(), now, ending),
                null,
                now,
                new ArrayList<>());
    }

    private Decision follow(
            Stay stay, Movement movement, @Nullable RequestId answered, Instant now, List<BedEvent> events) {
        events.add(new BedEvent.MovementRecorded(stay.id(), movement));
        Stay after = stay.withTimeline(stay.timeline().with(movement), now);
        Contradictions contradictions = new Contradictions(live, now, events);
        contradictions.afterTimelineChange(stay, after, false);
        contradictions.afterMove(stay, after, answered);
        contradictions.afterKnownPlacement(stay.id(), movement.to());
        return new Decision.Accepted(events);
    }

    Decision cancelMovement(Command.CancelMovement act, Instant now) {
        Stay stay = live.stay(act.stay());
        if (stay == null) {
            return refuse(Rule.UNKNOWN_STAY, "stay", act.stay());
        }
        Movement movement = stay.timeline().find(act.movement());
        if (movement == null) {
            return refuse(Rule.UNKNOWN_MOVEMENT, "stay", stay.id(), "movement", act.movement());
        }
        Decision.Refused wrong = BedActs.wrongText(act.reason(), true);
        return wrong != null ? wrong : cancel(stay, movement, act.reason(), now);
    }

    /** Takes back the last movement, provided the bed the patient goes back to is still theirs to have. */
    Decision cancel(Stay stay, Movement movement, String reason, Instant now) {
        if (!movement.equals(stay.timeline().last())) {
            return refuse(Rule.NOT_LAST_MOVEMENT, "stay", stay.id(), "movement", movement.id());
        }
        Stay after = stay.withTimeline(stay.timeline().without(movement.id(), now), now);
        Location back = after.location();
        int bed = back == null ? Layout.NONE : live.layout().bedAt(back);
        if (bed != Layout.NONE && !live.bed(bed).occupants().contains(stay.id())) {
            Decision.Refused refused = checks.refusalToReturn(bed, checks.candidate(stay, null, now));
            if (refused != null) {
                return refused;
            }
        }
        List<BedEvent> events = new ArrayList<>();
        events.add(new BedEvent.MovementCancelled(now, stay.id(), movement.id(), now, movement, reason));
        Contradictions contradictions = new Contradictions(live, now, events);
        contradictions.afterTimelineChange(stay, after, true);
        contradictions.afterMove(stay, after, null);
        return new Decision.Accepted(events);
    }

    Decision planDischarge(Command.PlanDischarge act, Instant now) {
        return whenHere(act.stay(), stay -> {
            if (Objects.equals(stay.expectedDischarge(), act.expected())) {
                return refuse(Rule.NOTHING_CHANGES);
            }
            Decision.Refused wrong = act.expected() == null ? null : notAhead(act.expected(), now);
            return wrong != null ? wrong : accept(planned(stay, act.expected(), now));
        });
    }

    static BedEvent planned(Stay stay, @Nullable Instant expected, Instant now) {
        Instant last = stay.plans().isEmpty() ? null : stay.plans().getLast().statedAt();
        return new BedEvent.DischargePlanned(notBefore(now, last), stay.id(), expected, stay.expectedDischarge());
    }

    /** A sender's clock may run ahead of ours; what a person does now comes after all that was stated. */
    private static Instant notBefore(Instant now, @Nullable Instant stated) {
        return stated == null || stated.isBefore(now) ? now : stated;
    }

    Decision setMedicallyReady(Command.SetMedicallyReady act, Instant now) {
        return whenHere(act.stay(), stay -> {
            return (stay.medicallyReadyAt() != null) == act.ready()
                    ? refuse(Rule.NOTHING_CHANGES)
                    : accept(new BedEvent.MedicalReadinessChanged(now, stay.id(), act.ready()));
        });
    }

    Decision setAdministrativelyClosed(Command.SetAdministrativelyClosed act, Instant now) {
        Stay stay = live.stay(act.stay());
        if (stay == null) {
            return refuse(Rule.UNKNOWN_STAY, "stay", act.stay());
        }
        return (stay.administrativelyClosedAt() != null) == act.closed()
                ? refuse(Rule.NOTHING_CHANGES)
                : accept(new BedEvent.AdministrativeClosureChanged(now, stay.id(), act.closed()));
    }

    Decision setBarrier(Command.SetBarrier act, Instant now) {
        Decision.Refused wrong = BedActs.wrongText(act.note(), act.kind() == BarrierKind.OTHER);
        if (wrong == null) {
            wrong = BedActs.wrongText(act.owner(), false);
        }
        if (wrong != null) {
            return wrong;
        }
        return whenHere(act.stay(), stay -> {
            Barrier known = stay.barrier(act.kind());
            Instant end = act.expectedEnd();
            Decision.Refused past =
                    end == null || known != null && isSameMinute(end, known.expectedEnd()) ? null : notAhead(end, now);
            if (past != null) {
                return past;
            }
            Barrier barrier = new Barrier(
                    act.kind(), known == null ? now : known.since(), act.owner(), act.note(), act.expectedEnd());
            return barrier.equals(known)
                    ? refuse(Rule.NOTHING_CHANGES)
                    : accept(new BedEvent.BarrierSet(now, stay.id(), barrier, known));
        });
    }

    /** Forms leave out the seconds of a time that they leave as it was. */
    private static boolean isSameMinute(Instant one, @Nullable Instant other) {
        return other != null && one.truncatedTo(ChronoUnit.MINUTES).equals(other.truncatedTo(ChronoUnit.MINUTES));
    }

    Decision liftBarrier(Command.LiftBarrier act, Instant now) {
        return whenHere(act.stay(), stay -> {
            Barrier known = stay.barrier(act.kind());
            return known == null
                    ? refuse(Rule.NO_BARRIER, "stay", stay.id(), "barrier", act.kind())
                    : accept(new BedEvent.BarrierLifted(now, stay.id(), known));
        });
    }

    Decision changeNeeds(Command.ChangeNeeds act, Instant now) {
        Stay stay = live.stay(act.stay());
        if (stay == null) {
            return refuse(Rule.UNKNOWN_STAY, "stay", act.stay());
        }
        if (stay.needs().equals(act.needs())) {
            return refuse(Rule.NOTHING_CHANGES);
        }
        Decision.Refused wrong = wrongNeeds(live, act.needs());
        return wrong != null ? wrong : changeNeeds(stay, act.needs(), now);
    }

    Decision changeNeeds(Stay stay, CareNeeds needs, Instant now) {
        List<BedEvent> events = new ArrayList<>();
        events.add(new BedEvent.NeedsChanged(now, stay.id(), needs, stay.needs()));
        withdrawRefusals(stay, now, events);
        new Contradictions(live, now, events).afterPapersChange(stay, stay.withNeeds(needs, now, now));
        return new Decision.Accepted(events);
    }

    /** A service that cannot give what was needed was not asked for what is needed now. */
    private void withdrawRefusals(Stay stay, Instant now, List<BedEvent> events) {
        for (RequestId id : live.requests.of(stay.id())) {
            Objects.requireNonNull(live.requests.get(id)).refusals().stream()
                    .filter(refusal -> refusal.reason().about().isLasting())
                    .forEach(refusal -> events.add(new BedEvent.BedRefusalWithdrawn(now, id, refusal)));
        }
    }

    static Decision.@Nullable Refused wrongNeeds(LiveState live, CareNeeds needs) {
        var hospital = live.layout().hospital;
        if (needs.specialty() != null && !hospital.specialties().containsKey(needs.specialty())) {
            return refuse(Rule.UNKNOWN_SPECIALTY, "specialty", needs.specialty());
        }
        for (List<String> codes : List.of(needs.equipmentRequired(), needs.equipmentPreferred())) {
            for (String code : codes) {
                if (!hospital.equipment().containsKey(code)) {
                    return refuse(Rule.UNKNOWN_EQUIPMENT, "equipment", code);
                }
            }
        }
        return null;
    }

    static Decision.@Nullable Refused wrongPlace(Layout layout, @Nullable ServiceId service, @Nullable BedId bed) {
        if (service == null && bed == null) {
            return refuse(Rule.LOCATION_MISSING);
        }
        if (service != null && layout.service(service) == Layout.NONE) {
            return refuse(Rule.UNKNOWN_SERVICE, "service", service);
        }
        if (bed != null && layout.bed(bed) == Layout.NONE) {
            return refuse(Rule.UNKNOWN_BED, "bed", bed);
        }
        if (service != null && bed != null) {
            ServiceId owner =
                    layout.services.get(layout.serviceOfBed(layout.bed(bed))).id();
            if (!owner.equals(service)) {
                return refuse(Rule.BED_OF_OTHER_SERVICE, "bed", bed, "owner", owner, "service", service);
            }
        }
        return null;
    }

    private Location to(@Nullable ServiceId service, @Nullable BedId bed) {
        Layout layout = live.layout();
        return bed == null
                ? new Location(service, null)
                : new Location(
                        layout.services
                                .get(layout.serviceOfBed(layout.bed(bed)))
                                .id(),
                        bed);
    }

    Decision whenHere(StayId id, Function<Stay, Decision> then) {
        Stay stay = live.stay(id);
        if (stay == null) {
            return refuse(Rule.UNKNOWN_STAY, "stay", id);
        }
        return switch (stay.status()) {
            case PRESENT, ON_LEAVE -> then.apply(stay);
            case ENDED -> refuse(Rule.STAY_ENDED, "stay", stay.id());
            case EXPECTED, CANCELLED, MERGED -> refuse(Rule.STAY_NOT_PRESENT, "stay", stay.id());
        };
    }

    private static Decision.@Nullable Refused wrongTime(Stay stay, Instant at, Instant now) {
        if (at.isAfter(now)) {
            return refuse(Rule.TIME_IN_FUTURE, "at", at);
        }
        Movement last = stay.timeline().last();
        return last != null && at.isBefore(last.at())
                ? refuse(Rule.TIME_BEFORE_LAST_MOVEMENT, "at", at, "last", last.at())
                : null;
    }

    static Decision.@Nullable Refused notAhead(Instant time, Instant now) {
        if (time.isBefore(now)) {
            return refuse(Rule.TIME_PASSED, "at", time);
        }
        return time.isAfter(now.plus(PLAN_AHEAD_MAX))
                ? refuse(Rule.TIME_TOO_FAR, "at", time, "days", PLAN_AHEAD_MAX.toDays())
                : null;
    }

    /** A number no feed gives, unique in the stay because a sequence is used once. */
    private String nextMovement() {
        return movementNumber(live);
    }

    static String movementNumber(LiveState live) {
        return "chevet-" + (live.sequence + 1);
    }

    private static String place(Location location) {
        return Objects.toString(location.bed() != null ? location.bed() : location.service(), "-");
    }

    static Decision accept(BedEvent event) {
        return new Decision.Accepted(List.of(event));
    }
}
