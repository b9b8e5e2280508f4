package org.chevet.simulations.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chevet.event.Ending;
import org.chevet.event.PatientClass;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Patient;
import org.chevet.hospital.Service;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.Stay;
import org.chevet.simulations.demand.ArrivalProfile;
import org.chevet.simulations.demand.CareProfile;
import org.chevet.simulations.demo.AdtMessages.Action;
import org.chevet.simulations.demo.AdtMessages.Movement;
import org.chevet.simulations.demo.AdtMessages.Place;
import org.chevet.simulations.demo.AdtMessages.Visit;
import org.jspecify.annotations.Nullable;

/**
 * The emergency department, which the hospital's file does not have: it has no beds. Most who come go home; when a ward is to take somebody in, it is one of
 * those who have been here for a while. Sizes are made up, but of what French departments report: a quarter of the visits children, a sixth 75 or older, half
 * of those who go home gone after three hours.
 */
final class Emergencies {
    /** For each patient whom the services would take in from here on an average day. */
    private static final double VISITS_PER_ADMISSION = 3.6;

    /** Days differ by more than chance: the standard deviation of what they have in common, as a share. */
    private static final double DAYS_DIFFER = 0.08;

    private static final ArrivalProfile COMING = ArrivalProfile.EMERGENCY.inSeason(
            new double[] {1.06, 1.05, 1.03, 0.99, 0.98, 0.98, 0.97, 0.95, 0.97, 1.0, 1.0, 1.04});

    private static final String UNIT = "2100";
    private static final String CHILDREN_UNIT = "2101";

    private static final int ADULT_YEARS = 16;
    private static final int OLD_YEARS = 75;
    private static final int AGE_YEARS_MAX = 103;
    private static final double CHILDREN = 0.25;
    private static final double OLD = 0.17;

    private static final double HOURS_CHILDREN = 2.4;
    private static final double HOURS_ADULTS = 3.4;
    private static final double HOURS_OLD = 5.2;
    private static final double HOURS_SPREAD = 0.6;
    private static final double HOURS_MIN = 0.3;
    private static final double NOT_SEEN = 0.05;
    private static final double TRANSFERRED_OUT = 0.01;

    /** Nobody is said to need a bed before. */
    private static final Duration SEEN_AFTER = Duration.ofHours(1);

    /** Who is in no way like those whom a service takes is not sent there: below that, all together, somebody else is brought. */
    private static final double FIT_MIN = 0.3;

    /** Somebody in the department, of whom nobody knows yet that they will be admitted. */
    record Visitor(StayId stay, Patient patient, int ageYears, Movement arrival) {
        Visit visit() {
            return new Visit(stay, patient, PatientClass.EMERGENCY, null);
        }

        Place place() {
            return new Place(arrival.unit(), "", "");
        }
    }

    private final World world;
    private final Dice dice;
    private final double visitsPerDay;
    private final Map<StayId, Visitor> present = new LinkedHashMap<>();

    Emergencies(World world) {
        this.world = world;
        this.dice = world.dice;
        double admissions = 0;
        for (Service service : world.hospital.services()) {
            CareProfile profile = CareProfile.of(service);
            admissions += Arrivals.dailyEntries(service, profile) * profile.fromEmergency();
        }
        this.visitsPerDay = VISITS_PER_ADMISSION * admissions;
    }

    /** How many come in that hour, on average. */
    double expected(ZonedDateTime hour) {
        double day = world.diceOf(hour.toLocalDate()).normal(1, DAYS_DIFFER);
        return visitsPerDay
                * Math.max(0, day)
                * COMING.share(hour.getHour(), hour.getDayOfWeek().getValue() - 1, hour.getMonthValue() - 1);
    }

    /** Somebody comes on their own account. */
    Visitor visitor(Instant at) {
        double draw = dice.uniform(0, 1);
        double age = draw < CHILDREN
                ? ADULT_YEARS * Math.pow(dice.uniform(0, 1), 1.6)
                : draw < CHILDREN + OLD
                        ? OLD_YEARS + Math.abs(dice.normal(0, 11))
                        : dice.uniform(ADULT_YEARS, OLD_YEARS);
        return visitor(at, world.people.patient((int) Math.min(age, AGE_YEARS_MAX), at));
    }

    /** Somebody comes who is known to be this patient. */
    Visitor visitor(Instant at, Patient patient) {
        int age = ageYears(patient, at);
        return new Visitor(
                world.numbers.stay(at), patient, age, new Movement(world.numbers.movement(at), at, "A04", unit(age)));
    }

    void register(Moment moment, Visitor visitor) {
        tell(moment, visitor, "A04", visitor.arrival(), Action.INSERT, false);
    }

    /** They stay until they go home, unless a service takes them in. */
    void stay(Moment moment, Visitor visitor) {
        if (world.tellsAll(moment.at()) && dice.chance(Mistakes.ADMISSION_CANCELLED)) {
            world.agenda.add(
                    moment.at().plus(dice.minutes(5, 40)),
                    later -> tell(later, visitor, "A11", visitor.arrival(), Action.CANCEL, false));
            return;
        }
        present.put(visitor.stay(), visitor);
        Dice lots = lots(visitor);
        correct(moment.at().plus(dice.minutes(1, 20)), 0.4, visitor);
        world.agenda.add(moment.at().plus(length(visitor, lots)), later -> leave(later, visitor, lots));
    }

    /** Somebody who came before a restart: they leave when they were to leave, or soon when that is past. */
    void find(Stay stay, Instant now) {
        Instant cameAt = stay.timeline().movements().getFirst().at();
        int age = ageYears(stay.knownPatient(), cameAt);
        // Nothing is said of the arrival any more: its own number is not needed.
        Movement arrival = new Movement(world.numbers.movement(now), cameAt, "A04", unit(age));
        Visitor visitor = new Visitor(stay.id(), stay.knownPatient(), age, arrival);
        present.put(visitor.stay(), visitor);
        Dice lots = lots(visitor);
        Instant leavesAt = cameAt.plus(length(visitor, lots));
        Instant soon = now.plus(dice.minutes(1, 20));
        world.agenda.add(leavesAt.isAfter(soon) ? leavesAt : soon, later -> leave(later, visitor, lots));
    }

    /** Whom this service is to take in, one of those it usually sees: they go home no longer. Null when there is nobody. */
    @Nullable
    Visitor chooseFor(Moment moment, Service service, CareProfile profile) {
        List<Visitor> seen = new ArrayList<>();
        double sum = 0;
        for (Visitor visitor : present.values()) {
            double fit = fit(visitor, service, profile, moment.at());
            if (fit > 0 && !moment.touches(visitor.stay())) {
                sum += fit;
                seen.add(visitor);
            }
        }
        double draw = dice.uniform(0, sum);
        for (Visitor visitor : sum < FIT_MIN ? List.<Visitor>of() : seen) {
            draw -= fit(visitor, service, profile, moment.at());
            if (draw < 0) {
                return take(visitor.stay());
            }
        }
        return null;
    }

    /** Who is found to be waiting for a bed goes home no longer. */
    @Nullable
    Visitor take(StayId stay) {
        return present.remove(stay);
    }

    /** From now on a bed of that service is waited for. */
    Journey awaitBed(Visitor visitor, Service service, CareNeeds needs) {
        Journey journey = new Journey(visitor.stay(), visitor.patient(), needs, service, Journey.Phase.AWAITED);
        journey.patientClass = PatientClass.EMERGENCY;
        journey.place = visitor.place();
        world.journeys.put(journey.stay, journey);
        return journey;
    }

    /** By age, and the more likely the longer they have been here. */
    private static double fit(Visitor visitor, Service service, CareProfile profile, Instant now) {
        Duration stayed = Duration.between(visitor.arrival().at(), now);
        boolean taken = service.ages().contains(visitor.ageYears())
                && service.sexPolicy().admits(visitor.patient().sex());
        if (!taken || stayed.compareTo(SEEN_AFTER) < 0) {
            return 0;
        }
        double off = (visitor.ageYears() - profile.ageYears()) / profile.ageYearsSpread();
        double hours = stayed.toMinutes() / 60.0;
        return Math.exp(-off * off / 2) * hours * hours;
    }

    private Dice lots(Visitor visitor) {
        return world.diceOf(visitor.stay(), World.Lot.VISIT, 0);
    }

    private static Duration length(Visitor visitor, Dice lots) {
        double median = visitor.ageYears() < ADULT_YEARS
                ? HOURS_CHILDREN
                : visitor.ageYears() < OLD_YEARS ? HOURS_ADULTS : HOURS_OLD;
        double hours = lots.logNormal(median, HOURS_SPREAD);
        return Stays.hours(Math.max(HOURS_MIN, lots.chance(NOT_SEEN) ? hours / 2 : hours));
    }

    /** @param lots what is left of them */
    private void leave(Moment moment, Visitor visitor, Dice lots) {
        Stay known = moment.view().stays().get(visitor.stay());
        boolean inService = known != null && moment.view().serviceOf(known) != null;
        if (take(visitor.stay()) == null || inService) {
            return;
        }
        Ending ending = lots.chance(TRANSFERRED_OUT) ? Ending.TRANSFERRED_OUT : Ending.DISCHARGED;
        Instant left = moment.at();
        if (!world.tellsAll(left)) {
            tellGone(moment, visitor, left, ending);
            return;
        }
        Duration delay = lots.chance(Mistakes.DISCHARGE_LATE) ? lots.minutes(30, 200) : Duration.ZERO;
        world.agenda.add(left.plus(delay), later -> {
            Movement gone = tellGone(later, visitor, left, ending);
            if (delay.isZero() && lots.chance(Mistakes.DISCHARGE_CANCELLED)) {
                world.agenda.add(later.at().plus(lots.minutes(5, 20)), noticed -> stillHere(noticed, visitor, gone));
            }
        });
        correct(left.plus(delay).plus(dice.minutes(5, 400)), 0.7, visitor);
    }

    private Movement tellGone(Moment moment, Visitor visitor, Instant left, Ending ending) {
        Movement gone = new Movement(
                world.numbers.movement(moment.at()),
                left,
                "A03",
                visitor.arrival().unit());
        moment.tell(
                visitor.stay(),
                world.messages.discharge(
                        visitor.visit(),
                        gone,
                        ending,
                        left.isBefore(moment.at()),
                        dice.chance(0.3) ? visitor.place() : Place.UNSAID,
                        moment.at()));
        return gone;
    }

    /** Written off too early: the patient waits for a result. */
    private void stillHere(Moment moment, Visitor visitor, Movement gone) {
        tell(moment, visitor, "A13", gone, Action.CANCEL, false);
        Instant leavesAt = moment.at().plus(dice.minutes(20, 90));
        world.agenda.add(leavesAt, later -> tellGone(later, visitor, leavesAt, Ending.DISCHARGED));
    }

    /** Billing corrects the visit. */
    private void correct(Instant from, double mean, Visitor visitor) {
        if (!world.tellsAll(from)) {
            return;
        }
        Instant at = from;
        for (int i = dice.poisson(mean); i > 0; i--) {
            boolean history = Duration.between(visitor.arrival().at(), at).toHours() > 1;
            world.agenda.add(at, moment -> tell(moment, visitor, "Z99", visitor.arrival(), Action.UPDATE, history));
            at = at.plus(dice.minutes(1, 30));
        }
    }

    private void tell(
            Moment moment, Visitor visitor, String trigger, Movement movement, Action action, boolean history) {
        moment.tell(
                visitor.stay(),
                world.messages.movement(
                        trigger, visitor.visit(), movement, action, history, visitor.place(), null, moment.at()));
    }

    private int ageYears(Patient patient, Instant at) {
        LocalDate birth = patient.birthDate();
        return birth == null
                ? ADULT_YEARS
                : Period.between(birth, world.local(at).toLocalDate()).getYears();
    }

    private static String unit(int ageYears) {
        return ageYears < ADULT_YEARS ? CHILDREN_UNIT : UNIT;
    }
}
