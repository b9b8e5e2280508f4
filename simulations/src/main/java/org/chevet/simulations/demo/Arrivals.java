package org.chevet.simulations.demo;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chevet.event.Ending;
import org.chevet.event.PatientClass;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.LevelOfCare;
import org.chevet.hospital.Patient;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.SingleRoom;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.BedView;
import org.chevet.occupancy.ServiceView;
import org.chevet.simulations.demand.ArrivalProfile;
import org.chevet.simulations.demand.CareProfile;
import org.chevet.simulations.demand.Precautions;
import org.chevet.simulations.demo.AdtMessages.Action;
import org.chevet.simulations.demo.AdtMessages.Movement;
import org.chevet.simulations.demo.AdtMessages.Place;
import org.chevet.simulations.demo.Emergencies.Visitor;
import org.jspecify.annotations.Nullable;

/**
 * Who comes, when: by hour and weekday, more to services that have room. Per service and day, target occupancy × beds / mean length
 * of stay people come, corrected by how full the service is.
 */
final class Arrivals {
    private static final Duration PLANNED_AHEAD = Duration.ofDays(2);
    private static final int HOURS_PER_DAY = 24;

    /** How strongly a service that is fuller or emptier than it aims at turns patients away or takes them in. */
    private static final double REGULATION = 8;

    private static final double ELECTIVE_REGULATION = 4;

    private static final double OUTPATIENTS_PER_WEEKDAY = 300;

    private static final double[] OUTPATIENTS_BY_HOUR = {
        0, 0, 0, 0, 0, 0, 0, 2, 12, 14, 14, 8, 4, 10, 14, 12, 8, 2, 0, 0, 0, 0, 0, 0
    };

    private final World world;
    private final Stays stays;
    private final Emergencies emergencies;
    private final Dice dice;

    Arrivals(World world, Stays stays, Emergencies emergencies) {
        this.world = world;
        this.stays = stays;
        this.emergencies = emergencies;
        this.dice = world.dice;
    }

    /** From now on people come to a hospital that stood empty, hour by hour. */
    void begin(Instant now) {
        ZonedDateTime hour = hourOf(now);
        for (int ahead = 0; ahead < PLANNED_AHEAD.toHours(); ahead++) {
            ZonedDateTime planned = hour.plusHours(ahead);
            world.agenda.add(now, moment -> planElective(moment, planned));
        }
        world.agenda.add(hour.plusHours(1).toInstant(), this::hour);
    }

    /** From now on people go on coming; those called in for the next days are in the view. */
    void goOn(Instant now) {
        world.agenda.add(now, this::come);
        world.agenda.add(hourOf(now).plusHours(1).toInstant(), this::hour);
    }

    private void hour(Moment moment) {
        ZonedDateTime hour = hourOf(moment.at());
        world.agenda.add(hour.plusHours(1).toInstant(), this::hour);
        come(moment);
        planElective(moment, hour.plus(PLANNED_AHEAD));
    }

    private ZonedDateTime hourOf(Instant time) {
        return world.local(time).withMinute(0).withSecond(0).withNano(0);
    }

    /** Those who come unplanned until the hour is over. */
    private void come(Moment moment) {
        ZonedDateTime hour = hourOf(moment.at());
        comeDuring(moment, emergencies.expected(hour), this::toEmergency);
        Map<ServiceId, Integer> awaited = awaitedPerService(moment.at());
        for (ServiceView view : moment.view().services()) {
            Service service = view.service();
            CareProfile profile = CareProfile.of(service);
            double daily =
                    dailyEntries(service, profile) * regulation(view, profile, awaited.getOrDefault(service.id(), 0));
            double direct = 1 - profile.fromEmergency() - profile.elective();
            comeDuring(
                    moment,
                    daily * profile.fromEmergency() * share(ArrivalProfile.EMERGENCY, hour),
                    at -> fromEmergency(at, service, profile));
            comeDuring(
                    moment, daily * direct * share(ArrivalProfile.DIRECT, hour), at -> directly(at, service, profile));
        }
        if (world.tellsAll(moment.at())) {
            outpatients(moment, hour);
            comeDuring(moment, Mistakes.MALFORMED_PER_DAY / HOURS_PER_DAY, this::sendMalformed);
        }
    }

    /** @param mean of the whole hour: of one that began already, the rest is left */
    private void comeDuring(Moment moment, double mean, Agenda.Plan arrival) {
        double minutesLeft =
                Duration.between(moment.at(), hourOf(moment.at()).plusHours(1)).toSeconds() / 60.0;
        for (int i = dice.poisson(mean * minutesLeft / 60); i > 0; i--) {
            world.agenda.add(moment.at().plus(dice.minutes(0, minutesLeft)), arrival);
        }
    }

    /** How many enter a service a day while it is as full as it aims to be. */
    static double dailyEntries(Service service, CareProfile profile) {
        return profile.targetOccupancy() * service.staffedBeds() / profile.meanLengthDays();
    }

    private static double regulation(ServiceView view, CareProfile profile, int awaited) {
        double staffed = Math.max(1, view.counts().staffed());
        double load = (view.counts().occupied() + view.counts().withoutBed() + awaited) / staffed;
        return Math.clamp(1 + REGULATION * (profile.targetOccupancy() - load), 0.05, 2.5);
    }

    /** Patients who want a bed there now. */
    private Map<ServiceId, Integer> awaitedPerService(Instant now) {
        Map<ServiceId, Integer> awaited = new HashMap<>();
        for (Journey journey : world.journeys.values()) {
            boolean waits = journey.phase == Journey.Phase.AWAITED && !journey.waitingSince.isAfter(now);
            if (journey.phase == Journey.Phase.MOVING && !journey.target.id().equals(journey.service.id())) {
                awaited.merge(journey.target.id(), 1, Integer::sum);
                awaited.merge(journey.service.id(), -1, Integer::sum);
            } else if (waits) {
                awaited.merge(journey.service.id(), 1, Integer::sum);
            }
        }
        return awaited;
    }

    /** The share of a day's arrivals that falls into this hour. */
    private static double share(double[] byHour, ZonedDateTime hour) {
        double sum = 0;
        for (double weight : byHour) {
            sum += weight;
        }
        return byHour[hour.getHour()] / sum;
    }

    private static double share(ArrivalProfile profile, ZonedDateTime hour) {
        return profile.share(hour.getHour(), hour.getDayOfWeek().getValue() - 1, hour.getMonthValue() - 1);
    }

    private void planElective(Moment moment, ZonedDateTime hour) {
        for (Service service : world.hospital.services()) {
            CareProfile profile = CareProfile.of(service);
            double mean = dailyEntries(service, profile)
                    * profile.elective()
                    * outlook(moment, service, profile)
                    * share(ArrivalProfile.ELECTIVE, hour);
            for (int i = dice.poisson(mean); i > 0; i--) {
                Instant arrivesAt = hour.toInstant().plus(dice.minutes(0, 60));
                if (arrivesAt.isAfter(moment.at().plus(Duration.ofMinutes(30)))) {
                    announceElective(moment, service, profile, arrivesAt);
                }
            }
        }
    }

    /** Fewer are called in when the service is over-full already. */
    private static double outlook(Moment moment, Service service, CareProfile profile) {
        ServiceView view = moment.view().service(service.id());
        if (view == null || view.counts().occupied() == 0) {
            return 1;
        }
        double load =
                view.counts().occupied() / (double) Math.max(1, view.counts().staffed());
        return Math.clamp(1 + ELECTIVE_REGULATION * (profile.targetOccupancy() - load), 0.5, 1.2);
    }

    private void announceElective(Moment moment, Service service, CareProfile profile, Instant arrivesAt) {
        Journey journey = newJourney(moment, service, profile, RequestOrigin.ELECTIVE, 4);
        journey.waitingSince = arrivesAt;
        register(moment, journey, arrivesAt, 0.95);
        Instant calledOff = calledOffAt(journey, arrivesAt);
        if (calledOff != null) {
            world.step(calledOff, journey, later -> cancelPreAdmission(later, journey));
            return;
        }
        if (dice.chance(0.25)) {
            Instant asked = arrivesAt.minus(dice.minutes(60, 180));
            world.step(asked, journey, later -> journey.waitingSince = later.at());
        }
        world.step(arrivesAt, journey, later -> comeElective(later, journey));
    }

    /** When it is said that they will not come, null of most. */
    private @Nullable Instant calledOffAt(Journey journey, Instant arrivesAt) {
        Dice lots = world.diceOf(journey.stay, World.Lot.CALLED_OFF, 0);
        return lots.chance(Mistakes.PRE_ADMISSION_CANCELLED) ? arrivesAt.minus(lots.minutes(60, 900)) : null;
    }

    /** Announced before a restart: they come when they were to come, or soon when that is past. */
    void expect(Journey journey, Instant expected, Instant now) {
        Instant calledOff = calledOffAt(journey, expected);
        // Of whom it would be past nobody said so: they were not called in, but brought.
        if (calledOff != null && calledOff.isAfter(now)) {
            world.step(calledOff, journey, later -> cancelPreAdmission(later, journey));
            return;
        }
        Instant soon = now.plus(dice.minutes(2, 40));
        world.step(expected.isAfter(soon) ? expected : soon, journey, moment -> comeElective(moment, journey));
    }

    /** At the admission desk: to the bed reserved, to a free one, or to the waiting room. */
    private void comeElective(Moment moment, Journey journey) {
        if (journey.phase != Journey.Phase.AWAITED || journey.moveArranged) {
            return;
        }
        BedView bed =
                journey.request == null ? world.chooser.choose(moment, journey.service.id(), journey.needs) : null;
        if (bed != null) {
            stays.admit(moment, journey, bed);
        } else {
            journey.waitingSince = journey.waitingSince.isBefore(moment.at()) ? journey.waitingSince : moment.at();
        }
    }

    private void cancelPreAdmission(Moment moment, Journey journey) {
        if (journey.phase == Journey.Phase.AWAITED && !journey.moveArranged) {
            stays.cancelRegistration(moment, journey);
        }
    }

    private void toEmergency(Moment moment) {
        Visitor visitor = emergencies.visitor(moment.at());
        registerAtEmergency(moment, visitor);
        emergencies.stay(moment, visitor);
    }

    private void registerAtEmergency(Moment moment, Visitor visitor) {
        tellIdentity(moment, visitor.stay(), visitor.patient(), 0.6);
        emergencies.register(moment, visitor);
    }

    /** A service takes in one of those in the department, or somebody whom an ambulance brings for it. */
    private void fromEmergency(Moment moment, Service service, CareProfile profile) {
        int priority = service.levelOfCare().compareTo(LevelOfCare.INTERMEDIATE) >= 0 ? 1 : dice.chance(0.3) ? 2 : 3;
        Visitor visitor = emergencies.chooseFor(moment, service, profile);
        if (visitor == null) {
            visitor = emergencies.visitor(moment.at(), world.people.patient(service, profile, moment.at()));
            registerAtEmergency(moment, visitor);
        }
        Journey journey = emergencies.awaitBed(visitor, service, needs(service, visitor.patient(), moment.at()));
        journey.origin = RequestOrigin.EMERGENCY_DEPARTMENT;
        journey.priority = priority;
        journey.waitingSince = moment.at();
    }

    /** Births, other hospitals: the bed is found on the telephone before they come, or with a request. */
    private void directly(Moment moment, Service service, CareProfile profile) {
        Journey journey = newJourney(moment, service, profile, RequestOrigin.OTHER_HOSPITAL, 3);
        BedView bed = world.chooser.choose(moment, service.id(), journey.needs);
        if (bed != null && (CareProfile.turnsDayAndNight(service) || dice.chance(0.7))) {
            tellIdentity(moment, journey.stay, journey.patient, 0.9);
            stays.admit(moment, journey, bed);
        } else {
            journey.waitingSince = moment.at();
            register(moment, journey, moment.at().plus(Duration.ofHours(3)), 0.9);
        }
    }

    /** The admission office writes the patient down: identity, then pre-admission. */
    private void register(Moment moment, Journey journey, Instant expected, double unknownBefore) {
        tellIdentity(moment, journey.stay, journey.patient, unknownBefore);
        Movement movement =
                new Movement(world.numbers.movement(moment.at()), expected, "A05", AdtMessages.code(journey.service));
        journey.registration = movement;
        moment.tell(journey.stay, world.messages.preAdmission(journey.visit(), movement, expected, moment.at()));
    }

    private void tellIdentity(Moment moment, StayId stay, Patient patient, double unknownBefore) {
        if (world.tellsAll(moment.at()) && dice.chance(unknownBefore)) {
            moment.tell(stay, world.messages.identity("A28", patient, moment.at()));
            // Checked against the identity card a little later, for some.
            if (dice.chance(0.18)) {
                Instant checked = moment.at().plus(dice.minutes(10, 200));
                String text = world.messages.identity("A31", patient, checked);
                world.agenda.add(checked, later -> later.tell(stay, text));
            }
        }
    }

    Journey newJourney(Moment moment, Service service, CareProfile profile, RequestOrigin origin, int priority) {
        Patient patient = world.people.patient(service, profile, moment.at());
        Journey journey = new Journey(
                world.numbers.stay(moment.at()),
                patient,
                needs(service, patient, moment.at()),
                service,
                Journey.Phase.AWAITED);
        journey.origin = origin;
        journey.priority = priority;
        journey.waitingSince = Instant.MAX;
        world.journeys.put(journey.stay, journey);
        return journey;
    }

    private CareNeeds needs(Service service, Patient patient, Instant at) {
        LocalDate today = world.local(at).toLocalDate();
        int age = patient.birthDate() == null
                ? 0
                : Period.between(patient.birthDate(), today).getYears();
        List<String> specialties = service.specialties();
        String specialty = dice.chance(0.75) ? specialties.getFirst() : dice.pick(specialties);
        Isolation isolation = Precautions.of(specialty, dice.uniform(0, 1));
        // Whoever needs a kind of room is not sent to a service that has none.
        boolean possible = service.rooms().stream().anyMatch(room -> isolation.isMetBy(room.isolation()));
        return new CareNeeds(
                specialty,
                service.levelOfCare(),
                possible ? isolation : Isolation.NONE,
                patient.sex(),
                age,
                List.of(),
                List.of(),
                dice.chance(0.15) ? SingleRoom.PREFERRED : SingleRoom.INDIFFERENT);
    }

    private void outpatients(Moment moment, ZonedDateTime hour) {
        boolean weekend = hour.getDayOfWeek() == DayOfWeek.SATURDAY || hour.getDayOfWeek() == DayOfWeek.SUNDAY;
        double mean = OUTPATIENTS_PER_WEEKDAY * (weekend ? 0.05 : 1) * share(OUTPATIENTS_BY_HOUR, hour);
        comeDuring(moment, mean, this::outpatient);
    }

    /** A consultation: much said of it, no bed. */
    private void outpatient(Moment moment) {
        Service service = dice.pick(world.hospital.services());
        if (service.levelOfCare() != LevelOfCare.ACUTE || CareProfile.turnsDayAndNight(service)) {
            return;
        }
        Patient patient = world.people.patient(service, CareProfile.of(service), moment.at());
        Journey journey = new Journey(
                world.numbers.stay(moment.at()),
                patient,
                needs(service, patient, moment.at()),
                service,
                Journey.Phase.PRESENT);
        journey.patientClass = PatientClass.OUTPATIENT;
        tellIdentity(moment, journey.stay, journey.patient, 0.95);
        Place place = new Place(AdtMessages.outpatientCode(service), "", "");
        Movement visit = new Movement(world.numbers.movement(moment.at()), moment.at(), "A04", place.unit());
        if (dice.chance(0.45)) {
            Movement announced = new Movement(world.numbers.movement(moment.at()), moment.at(), "A05", place.unit());
            moment.tell(
                    journey.stay, world.messages.preAdmission(journey.visit(), announced, moment.at(), moment.at()));
        }
        tellVisit(moment.at(), journey, "A04", visit, Action.INSERT, false, place);
        correctVisit(moment.at().plus(dice.minutes(1, 20)), 1.3, journey, visit, false, place);
        Instant leavesAt = moment.at().plus(dice.minutes(40, 200));
        outpatientLeaves(leavesAt, journey, visit, place);
    }

    /** A consultation that was under way before a restart. */
    void endVisit(Journey journey, Instant now) {
        Movement visit = journey.last;
        if (visit != null) {
            Place place = new Place(AdtMessages.outpatientCode(journey.service), "", "");
            outpatientLeaves(now.plus(dice.minutes(1, 120)), journey, visit, place);
        }
    }

    private void outpatientLeaves(Instant leavesAt, Journey journey, Movement visit, Place place) {
        Movement gone = new Movement(world.numbers.movement(leavesAt), leavesAt, "A03", place.unit());
        tellVisit(leavesAt, journey, "A03", gone, Action.INSERT, dice.chance(0.3), Place.UNSAID);
        if (dice.chance(Mistakes.VISIT_END_CANCELLED)) {
            Instant noticed = leavesAt.plus(dice.minutes(3, 30));
            tellVisit(noticed, journey, "A13", gone, Action.CANCEL, false, place);
            outpatientLeaves(noticed.plus(dice.minutes(10, 60)), journey, visit, place);
            return;
        }
        correctVisit(leavesAt.plus(dice.minutes(5, 400)), 1.4, journey, visit, true, place);
    }

    /** Billing corrects the visit, sometimes several times. */
    private void correctVisit(
            Instant from, double mean, Journey journey, Movement visit, boolean history, Place place) {
        Instant at = from;
        for (int i = dice.poisson(mean); i > 0; i--) {
            tellVisit(at, journey, "Z99", visit, Action.UPDATE, history, place);
            at = at.plus(dice.minutes(1, 30));
        }
    }

    private void tellVisit(
            Instant at,
            Journey journey,
            String trigger,
            Movement movement,
            Action action,
            boolean history,
            Place place) {
        world.agenda.add(
                at,
                moment -> moment.tell(
                        journey.stay,
                        trigger.equals("A03")
                                ? world.messages.discharge(
                                        journey.visit(), movement, Ending.DISCHARGED, history, place, moment.at())
                                : world.messages.movement(
                                        trigger,
                                        journey.visit(),
                                        movement,
                                        action,
                                        history,
                                        place,
                                        null,
                                        moment.at())));
    }

    /** An interface engine's bad day: a movement of nobody. */
    private void sendMalformed(Moment moment) {
        Service service = dice.pick(world.hospital.services());
        Patient patient = world.people.patient(service, CareProfile.of(service), moment.at());
        Journey journey = new Journey(
                world.numbers.stay(moment.at()),
                patient,
                needs(service, patient, moment.at()),
                service,
                Journey.Phase.OVER);
        Movement movement =
                new Movement(world.numbers.movement(moment.at()), moment.at(), "A01", AdtMessages.code(service));
        String whole = world.messages.movement(
                "A01", journey.visit(), movement, Action.INSERT, false, Place.unit(service), null, moment.at());
        moment.tell(journey.stay, whole.replaceAll("\\Q" + journey.stay + "\\E\\^\\^\\^CHU-DEMO\\^(AN|VN)", ""));
    }
}
