package org.chevet.simulations.demo;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import org.chevet.event.Command;
import org.chevet.event.Ending;
import org.chevet.event.Location;
import org.chevet.event.PatientClass;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.Bed;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.chevet.occupancy.BedView;
import org.chevet.occupancy.ServiceView;
import org.chevet.occupancy.Stay;
import org.chevet.occupancy.Timeline;
import org.chevet.simulations.demand.CareProfile;
import org.chevet.simulations.demo.AdtMessages.Action;
import org.chevet.simulations.demo.AdtMessages.Movement;
import org.chevet.simulations.demo.AdtMessages.Place;
import org.jspecify.annotations.Nullable;

/** What becomes of a patient once a bed is found: admission, plans, moves, departure; and what is told of it, rightly or not. */
final class Stays {
    private static final double PLANNED_BY_MESSAGE = 0.05;
    private static final double NEVER_PLANNED = 0.1;
    private static final Duration LENGTH_MIN = Duration.ofHours(4);
    private static final int LENGTHS_TRIED_MAX = 500;

    /** A departure is told that late at most: who is here for longer than that after it was not let go. */
    private static final Duration DEPARTURE_UNTOLD_MAX = Duration.ofHours(6);

    private static final double POSTPONED = 0.15;
    private static final double TRANSFERRED_OUT = 0.03;
    private static final double ISOLATED_LATER = 0.03;

    private final World world;
    private final Dice dice;
    private final Barriers barriers;

    Stays(World world) {
        this.world = world;
        this.dice = world.dice;
        this.barriers = new Barriers(world);
    }

    /** The patient comes, to a bed, or to the service for want of one. */
    void admit(Moment moment, Journey journey, @Nullable BedView bed) {
        Service service = journey.service;
        boolean fromEmergency = journey.patientClass == PatientClass.EMERGENCY;
        Movement movement = movement(moment.at(), fromEmergency ? "A06" : "A01", service);
        Place before = fromEmergency ? journey.place : null;
        Place unit = Place.unit(service);
        Place right = bed == null ? unit : World.place(bed.bed());
        Place told = right;
        Duration delay = Duration.ZERO;
        Duration untilCorrected = Duration.ZERO;
        if (bed != null) {
            if (dice.chance(Mistakes.UNKNOWN_BED_CODE)) {
                told = new Place(unit.unit(), bed.room().id().value(), "X" + dice.whole(1, 9));
                untilCorrected = dice.minutes(240, 900);
            } else if (dice.chance(Mistakes.WRONG_BED)) {
                told = occupiedBed(moment, service, right);
                untilCorrected = dice.minutes(20, 180);
            } else if (dice.chance(Mistakes.ADMITTED_WITHOUT_BED)) {
                told = unit;
                untilCorrected = bedDelay();
            } else if (dice.chance(Mistakes.ADMISSION_LATE)) {
                delay = dice.minutes(30, 200);
            }
            world.chooser.claim(
                    bed.bed().id(),
                    journey.patient.sex(),
                    moment.at().plus(delay).plus(untilCorrected).plus(World.SLICE));
        }
        journey.phase = Journey.Phase.PRESENT;
        journey.patientClass = PatientClass.INPATIENT;
        journey.admission = movement;
        journey.last = movement;
        journey.place = told;
        journey.admissionPlace = right;
        world.send(
                moment,
                journey,
                delay,
                world.messages.movement(
                        movement.trigger(),
                        journey.visit(),
                        movement,
                        Action.INSERT,
                        !delay.isZero(),
                        told,
                        before,
                        moment.at().plus(delay)));
        if (bed != null && !told.equals(right)) {
            Bed given = bed.bed();
            if (untilCorrected.isZero()) {
                correctPlace(moment, journey, given, movement);
            } else {
                world.step(
                        moment.at().plus(untilCorrected),
                        journey,
                        later -> correctPlace(later, journey, given, movement));
            }
        }
        settle(journey, moment.at(), moment.at());
        if (bed == null) {
            wantBed(journey, service, journey.origin, journey.priority, journey.waitingSince);
        } else if (dice.chance(Mistakes.ADMISSION_CANCELLED) && delay.isZero() && untilCorrected.isZero()) {
            world.step(
                    moment.at().plus(dice.minutes(20, 90)), journey, later -> cancelAdmission(later, journey, before));
        }
    }

    /** Somebody who was there before the demo began: told as history. */
    void resume(Moment moment, Journey journey, BedView bed, Instant admittedAt) {
        Movement movement = movement(admittedAt, "A01", journey.service);
        Place place = World.place(bed.bed());
        journey.phase = Journey.Phase.PRESENT;
        journey.admission = movement;
        journey.last = movement;
        journey.place = place;
        journey.admissionPlace = place;
        world.chooser.claim(bed.bed().id(), journey.patient.sex(), moment.at().plus(World.SLICE));
        moment.tell(
                journey.stay,
                world.messages.movement(
                        "A01", journey.visit(), movement, Action.INSERT, true, place, null, moment.at()));
        journey.stretch = 1;
        journey.leavesAt = departure(journey, admittedAt, moment.at().plus(World.SLICE));
        chooseWhatFollows(journey);
        scheduleRest(journey, moment.at(), admittedAt);
    }

    /** Somebody found in the view: after a restart, where they go on as they would have without it, or put there by people. */
    void adopt(Journey journey, Instant now, Stay stay) {
        Instant cameAt = now;
        ServiceId before = null;
        for (Timeline.Stretch stretch : stay.timeline().stretches()) {
            ServiceId service = stretch.location().service();
            if (service != null && !service.equals(before)) {
                journey.stretch++;
                cameAt = stretch.from();
                before = service;
            }
        }
        journey.foundReady = stay.medicallyReadyAt() != null;
        Instant leavesAt = departure(journey, cameAt, now.minus(DEPARTURE_UNTOLD_MAX));
        journey.leavesAt = leavesAt.isAfter(now) ? leavesAt : now.plus(dice.minutes(5, 90));
        chooseWhatFollows(journey);
        scheduleRest(journey, now, cameAt);
        barriers.liftBeforeLeaving(journey, stay);
        Location location = stay.location();
        if (location != null && location.bed() == null) {
            wantBed(journey, journey.service, RequestOrigin.INTERNAL, 2, now);
        }
    }

    /**
     * When somebody leaves the service they came to then: the first of their lots that is late enough, so it is the same whenever it is asked, and of
     * those found here it has the law of stays that last so long already.
     */
    private Instant departure(Journey journey, Instant cameAt, Instant notBefore) {
        CareProfile profile = CareProfile.of(journey.service);
        for (int i = 0; i < LENGTHS_TRIED_MAX; i++) {
            Dice lots = world.diceOf(journey.stay, World.Lot.LENGTH, journey.stretch * LENGTHS_TRIED_MAX + i);
            double days = lots.logNormal(profile.lengthDays(), profile.lengthSpread());
            Instant leavesAt =
                    atDischargeTime(journey, cameAt.plus(hours(Math.max(3, days * 24))), cameAt.plus(LENGTH_MIN), lots);
            if (leavesAt.isAfter(notBefore)) {
                return leavesAt;
            }
        }
        return notBefore.plus(hours(profile.meanLengthDays() * 24));
    }

    private Duration bedDelay() {
        if (dice.chance(Mistakes.BED_HOURS_LATER)) {
            return dice.minutes(60, 420);
        }
        return dice.chance(Mistakes.BED_MINUTES_LATER) ? dice.minutes(8, 60) : Duration.ZERO;
    }

    private Place occupiedBed(Moment moment, Service service, Place right) {
        ServiceView view = moment.view().service(service.id());
        if (view != null) {
            for (BedView bed : view.beds()) {
                if (!bed.occupants().isEmpty() && dice.chance(0.1)) {
                    return World.place(bed.bed());
                }
            }
        }
        return right;
    }

    private void correctPlace(Moment moment, Journey journey, Bed given, Movement movement) {
        BedView now = moment.bed(given.id());
        boolean taken = now != null
                && !now.occupants().isEmpty()
                && !now.occupants().getFirst().id().equals(journey.stay);
        BedView bed = taken ? world.chooser.choose(moment, journey.service.id(), journey.needs) : now;
        if (bed == null || journey.last != movement) {
            return;
        }
        world.chooser.claim(bed.bed().id(), journey.patient.sex(), moment.at().plus(World.SLICE));
        journey.place = World.place(bed.bed());
        journey.admissionPlace = journey.place;
        moment.tell(
                journey.stay,
                world.messages.movement(
                        "Z99", journey.visit(), movement, Action.UPDATE, false, journey.place, null, moment.at()));
    }

    /** @param before where the patient was in the emergency department, null of whoever did not come from there */
    private void cancelAdmission(Moment moment, Journey journey, @Nullable Place before) {
        Movement admission = journey.admission;
        if (admission == null || journey.last != admission) {
            return;
        }
        if (before != null) {
            returnToEmergency(moment, journey, admission, before);
            return;
        }
        moment.tell(
                journey.stay,
                world.messages.movement(
                        "A11", journey.visit(), admission, Action.CANCEL, false, journey.place, null, moment.at()));
        cancelRegistration(moment, journey);
    }

    /** Not admitted after all: from the emergency department home. */
    private void returnToEmergency(Moment moment, Journey journey, Movement admission, Place before) {
        journey.patientClass = PatientClass.EMERGENCY;
        journey.admission = null;
        journey.place = before;
        moment.tell(
                journey.stay,
                world.messages.movement(
                        "A07", journey.visit(), admission, Action.CANCEL, false, before, null, moment.at()));
        world.step(moment.at().plus(dice.minutes(20, 90)), journey, later -> depart(later, journey, Ending.DISCHARGED));
    }

    /** They will not come. */
    void cancelRegistration(Moment moment, Journey journey) {
        Movement registration = journey.registration;
        if (registration != null) {
            moment.tell(
                    journey.stay,
                    world.messages.movement(
                            "A38",
                            journey.visit(),
                            registration,
                            Action.CANCEL,
                            false,
                            Place.UNSAID,
                            null,
                            moment.at()));
        }
        world.forget(journey);
    }

    /** How long they will be in the service they just came to, and what happens meanwhile. */
    private void settle(Journey journey, Instant cameAt, Instant now) {
        journey.stretch++;
        journey.leavesAt = departure(journey, cameAt, cameAt);
        chooseWhatFollows(journey);
        scheduleRest(journey, now, cameAt);
    }

    private void chooseWhatFollows(Journey journey) {
        journey.onward = null;
        double draw =
                world.diceOf(journey.stay, World.Lot.ONWARD, journey.stretch).uniform(0, 1);
        for (CareProfile.Onward onward : CareProfile.of(journey.service).onward()) {
            draw -= onward.probability();
            if (draw < 0) {
                Service next = world.service(onward.service());
                Integer age = journey.needs.ageYears();
                if (next != null && (age == null || next.ages().contains(age))) {
                    journey.onward = next;
                }
                return;
            }
        }
    }

    private void scheduleRest(Journey journey, Instant now, Instant cameAt) {
        Instant leavesAt = journey.leavesAt;
        world.step(leavesAt, journey, moment -> leave(moment, journey, leavesAt));
        Dice lots = world.diceOf(journey.stay, World.Lot.PLANS, journey.stretch);
        Instant isolated = cameAt.plus(lots.minutes(600, 4000));
        if (lots.chance(ISOLATED_LATER) && isolated.isAfter(now)) {
            world.step(isolated, journey, moment -> isolate(moment, journey));
        }
        Instant ready = leavesAt.minus(lots.minutes(90, 300));
        boolean saidReady = lots.chance(0.55) && ready.isAfter(now);
        boolean held = journey.foundReady || barriers.hold(journey, cameAt, now);
        if (saidReady && !held) {
            world.step(ready, journey, moment -> sayReady(moment, journey, leavesAt));
        }
        if (journey.onward == null) {
            scheduleFirstPlan(journey, now, leavesAt, lots);
        }
    }

    /** Most departures are known the day before, some earlier, some on the day, a few by nobody. */
    private void scheduleFirstPlan(Journey journey, Instant now, Instant leavesAt, Dice lots) {
        double draw = lots.uniform(0, 1);
        int daysAhead = draw < 0.1 ? 0 : draw < 0.32 ? 1 : draw < 0.68 ? 2 : lots.whole(3, 7);
        if (lots.chance(NEVER_PLANNED)) {
            return;
        }
        Instant round = world.local(leavesAt)
                .minusDays(daysAhead)
                .withHour(8)
                .withMinute(30)
                .toInstant()
                .plus(lots.minutes(0, daysAhead == 0 ? 60 : 480));
        Instant soon = now.plus(dice.minutes(60, 600));
        Instant first = round.isAfter(now) ? round : soon;
        world.step(first, journey, moment -> planDischarge(moment, journey, leavesAt));
    }

    /** Departures peak late in the morning and in the afternoon, and are few at weekends. */
    private Instant atDischargeTime(Journey journey, Instant raw, Instant earliest, Dice lots) {
        if (CareProfile.turnsDayAndNight(journey.service) && lots.chance(0.35)) {
            return raw;
        }
        ZonedDateTime day = world.local(raw);
        boolean weekend = day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
        if (weekend && lots.chance(0.5)) {
            int forward = day.getDayOfWeek() == DayOfWeek.SATURDAY ? 2 : 1;
            day = lots.chance(0.55) ? day.plusDays(forward) : day.minusDays(3L - forward);
        }
        double hour = lots.chance(0.55) ? lots.normal(11.3, 1.2) : lots.normal(15.2, 1.5);
        int minute = (int) Math.clamp(Math.round(hour * 60), 8 * 60, 20 * 60);
        ZonedDateTime leaves = day.withHour(minute / 60)
                .withMinute(minute % 60)
                .withSecond(lots.whole(0, 59))
                .withNano(0);
        while (leaves.toInstant().isBefore(earliest)) {
            leaves = leaves.plusDays(1);
        }
        return leaves.toInstant();
    }

    private void planDischarge(Moment moment, Journey journey, Instant leavesAt) {
        Duration left = Duration.between(moment.at(), leavesAt);
        if (!journey.leavesAt.equals(leavesAt) || journey.phase != Journey.Phase.PRESENT || left.toHours() < 1) {
            return;
        }
        // The further ahead, the less anybody knows: the date drifts until the day before, and sometimes on it.
        double errorDays = left.toHours() >= 26
                ? dice.normal(0, 0.22 * left.toHours() / 24)
                : left.toHours() >= 14 && dice.chance(POSTPONED) ? -1 : 0;
        ZonedDateTime expected = world.local(leavesAt.plus(hours(errorDays * 24)))
                .withHour(14)
                .withMinute(0)
                .withSecond(0)
                .withNano(0);
        while (!expected.toInstant().isAfter(moment.at().plus(Duration.ofHours(1)))) {
            expected = expected.plusDays(1);
        }
        Movement last = journey.last;
        if (last != null && dice.chance(PLANNED_BY_MESSAGE)) {
            Movement planned = movement(moment.at(), "A16", journey.service);
            moment.tell(
                    journey.stay,
                    world.messages.expectedDischarge(
                            journey.visit(), planned, expected.toInstant(), journey.place, moment.at()));
        } else {
            moment.ask(
                    dice.chance(0.5) ? People.PHYSICIAN : People.NURSE_MANAGER,
                    new Command.PlanDischarge(journey.stay, expected.toInstant()));
        }
        Duration untilReview = left.toHours() < 50 ? Duration.ofDays(1) : Duration.ofDays(dice.whole(1, 3));
        world.step(moment.at().plus(untilReview), journey, later -> planDischarge(later, journey, leavesAt));
    }

    private void sayReady(Moment moment, Journey journey, Instant leavesAt) {
        if (journey.leavesAt.equals(leavesAt)) {
            moment.ask(People.PHYSICIAN, new Command.SetMedicallyReady(journey.stay, true));
        }
    }

    private void isolate(Moment moment, Journey journey) {
        if (journey.phase != Journey.Phase.PRESENT || journey.needs.isolation() != Isolation.NONE) {
            return;
        }
        journey.needs = journey.needs.withIsolation(dice.chance(0.8) ? Isolation.CONTACT : Isolation.DROPLET);
        moment.ask(People.PHYSICIAN, new Command.ChangeNeeds(journey.stay, journey.needs));
        if (Duration.between(moment.at(), journey.leavesAt).toHours() > 24 && dice.chance(0.7)) {
            wantBed(journey, journey.service, RequestOrigin.INTERNAL, 2, moment.at());
        }
    }

    /** From now on a bed of that service is looked for; a request under way for them goes on. */
    void wantBed(Journey journey, Service target, RequestOrigin origin, int priority, Instant now) {
        journey.phase = Journey.Phase.MOVING;
        journey.target = target;
        journey.origin = origin;
        journey.priority = priority;
        journey.waitingSince = now;
        journey.moveArranged = false;
    }

    private void leave(Moment moment, Journey journey, Instant leavesAt) {
        if (!journey.leavesAt.equals(leavesAt) || journey.phase == Journey.Phase.AWAITED) {
            return;
        }
        if (journey.phase == Journey.Phase.MOVING) {
            // They wait for another bed of this service: no longer.
            journey.phase = Journey.Phase.PRESENT;
            journey.request = null;
        }
        Service next = journey.onward;
        if (next != null) {
            boolean urgent = CareProfile.turnsDayAndNight(journey.service) || CareProfile.turnsDayAndNight(next);
            wantBed(journey, next, RequestOrigin.INTERNAL, urgent ? 2 : 4, moment.at());
            return;
        }
        depart(moment, journey, ending(journey));
    }

    private Ending ending(Journey journey) {
        double draw = dice.uniform(0, 1);
        double death = CareProfile.of(journey.service).death();
        return draw < death ? Ending.DIED : draw < death + TRANSFERRED_OUT ? Ending.TRANSFERRED_OUT : Ending.DISCHARGED;
    }

    void depart(Moment moment, Journey journey, Ending ending) {
        Duration delay = dice.chance(Mistakes.DISCHARGE_LATE) ? dice.minutes(40, 300) : Duration.ZERO;
        Movement gone = movement(moment.at(), "A03", journey.service);
        Place told = dice.chance(0.2) ? journey.place : Place.UNSAID;
        world.send(
                moment,
                journey,
                delay,
                world.messages.discharge(
                        journey.visit(),
                        gone,
                        ending,
                        !delay.isZero(),
                        told,
                        moment.at().plus(delay)));
        journey.last = gone;
        if (delay.isZero() && ending == Ending.DISCHARGED && dice.chance(Mistakes.DISCHARGE_CANCELLED)) {
            Instant noticed = moment.at().plus(dice.minutes(6, 15));
            world.step(noticed, journey, later -> cancelDeparture(later, journey, gone));
            return;
        }
        correctLater(moment, journey);
        world.forget(journey);
    }

    /** Not gone yet after all: waiting for the ambulance. */
    private void cancelDeparture(Moment moment, Journey journey, Movement gone) {
        moment.tell(
                journey.stay,
                world.messages.movement(
                        "A13", journey.visit(), gone, Action.CANCEL, false, journey.place, null, moment.at()));
        world.step(
                moment.at().plus(dice.minutes(45, 150)), journey, later -> depart(later, journey, Ending.DISCHARGED));
    }

    /** The coding office mends the admission after the patient left: a correction that goes back in time. */
    private void correctLater(Moment moment, Journey journey) {
        Movement admission = journey.admission;
        if (admission != null && dice.chance(0.4)) {
            Instant at = moment.at().plus(dice.minutes(360, 1500));
            String text = world.messages.movement(
                    "Z99", journey.visit(), admission, Action.UPDATE, true, journey.admissionPlace, null, at);
            world.agenda.add(at, later -> later.tell(journey.stay, text));
        }
    }

    /** The patient goes to a bed of another service, or of the same. */
    void transfer(Moment moment, Journey journey, BedView bed, Service to) {
        boolean sameService = to.id().equals(journey.service.id());
        Movement movement = movement(moment.at(), "A02", to);
        Place before = journey.place;
        Place after = World.place(bed.bed());
        world.chooser.claim(bed.bed().id(), journey.patient.sex(), moment.at().plus(World.SLICE));
        world.send(
                moment,
                journey,
                Duration.ZERO,
                world.messages.movement(
                        "A02", journey.visit(), movement, Action.INSERT, false, after, before, moment.at()));
        journey.last = movement;
        journey.place = after;
        journey.service = to;
        journey.phase = Journey.Phase.PRESENT;
        journey.request = null;
        if (dice.chance(Mistakes.TRANSFER_CANCELLED)) {
            world.step(
                    moment.at().plus(dice.minutes(10, 30)),
                    journey,
                    later -> undoTransfer(later, journey, movement, before, after));
        }
        if (sameService) {
            chooseWhatFollows(journey);
            Instant leavesAt = journey.leavesAt.isAfter(moment.at())
                    ? journey.leavesAt
                    : moment.at().plus(hours(20));
            journey.leavesAt = leavesAt;
            world.step(leavesAt, journey, later -> leave(later, journey, leavesAt));
        } else {
            settle(journey, moment.at(), moment.at());
        }
    }

    /** Stated too early: cancelled, then stated again when it took place. */
    private void undoTransfer(Moment moment, Journey journey, Movement movement, Place before, Place after) {
        if (journey.last != movement) {
            return;
        }
        moment.tell(
                journey.stay,
                world.messages.movement(
                        "A12", journey.visit(), movement, Action.CANCEL, false, before, null, moment.at()));
        Movement again = new Movement(world.numbers.movement(moment.at()), moment.at(), "A02", movement.unit());
        journey.last = again;
        moment.tell(
                journey.stay,
                world.messages.movement(
                        "A02", journey.visit(), again, Action.INSERT, false, after, before, moment.at()));
    }

    private Movement movement(Instant at, String trigger, Service service) {
        return new Movement(world.numbers.movement(at), at, trigger, AdtMessages.code(service));
    }

    static Duration hours(double hours) {
        return Duration.ofSeconds(Math.round(hours * 3600));
    }
}
