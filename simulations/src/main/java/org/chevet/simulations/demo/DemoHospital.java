package org.chevet.simulations.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.chevet.event.Movement;
import org.chevet.event.MovementKind;
import org.chevet.event.PatientClass;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.BedId;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.BedView;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.HospitalView.OpenRequest;
import org.chevet.occupancy.ServiceView;
import org.chevet.occupancy.Stay;
import org.chevet.occupancy.StayStatus;
import org.chevet.simulations.demand.CareProfile;
import org.jspecify.annotations.Nullable;

/**
 * The life of a hospital that does not exist: a discrete-event simulation in the hospital's own time, from one seed. It reads no
 * clock and sends nothing: given the time and the hospital's view, it says what its people and machines do. What happened is the
 * view's to know; here are only intentions, rebuilt from the view after a restart.
 *
 * <p>Not thread-safe.
 */
public final class DemoHospital {
    /** Nobody is taken for part of the demo until their movement is that old: it may be one of the demo's own, on its way. */
    private static final Duration FOUND_AFTER = Duration.ofHours(1);

    /** A hospital with a smaller share of its patients than this is filled first. */
    private static final double EMPTY_SHARE_MAX = 0.6;

    private final World world;
    private final Stays stays;
    private final Emergencies emergencies;
    private final Arrivals arrivals;
    private final BedOffice bedOffice;
    private final Housekeeping housekeeping;
    private final Capacity capacity;

    /** @param lived how many events there are already: who is here goes on as intended, chance does not begin anew */
    public DemoHospital(Hospital hospital, long seed, long lived) {
        this.world = new World(hospital, seed, lived);
        this.stays = new Stays(world);
        this.emergencies = new Emergencies(world);
        this.arrivals = new Arrivals(world, stays, emergencies);
        this.bedOffice = new BedOffice(world, stays);
        this.housekeeping = new Housekeeping(world);
        this.capacity = new Capacity(world);
    }

    /** Begins a life, all of which is told. */
    public void begin(Instant now, HospitalView view) {
        begin(now, view, Instant.MIN);
    }

    /**
     * Begins a life: with the patients the view shows, or, when it shows few or none, with a hospital's worth of new ones.
     *
     * @param wholeTrafficFrom before that, messages that are not about beds are left out
     */
    public void begin(Instant now, HospitalView view, Instant wholeTrafficFrom) {
        world.tellAllFrom(wholeTrafficFrom);
        boolean empty = isStillEmpty(view);
        bedOffice.begin(now, empty);
        findPatients(now, view, Duration.ZERO);
        if (empty) {
            world.agenda.add(now.plus(World.SLICE), this::fill);
            arrivals.begin(now.plus(World.SLICE));
        } else {
            arrivals.goOn(now);
        }
        housekeeping.begin(now);
        capacity.begin(now);
        // Nobody else acts in a long past.
        Instant othersActFrom = wholeTrafficFrom.isAfter(now) ? wholeTrafficFrom : now;
        world.agenda.add(othersActFrom.plus(FOUND_AFTER), this::lookAround);
    }

    /** When something happens next. */
    public Instant nextAt() {
        return Objects.requireNonNull(world.agenda.nextAt(), "the demo hospital always has something to do");
    }

    /** All that happens up to a time, against one view of the hospital. */
    public List<Deed> until(Instant time, HospitalView view) {
        Moment moment = new Moment(nextAt(), view);
        world.chooser.forgetBefore(moment.at());
        boolean more = true;
        while (more) {
            more = world.agenda.runNext(time, moment);
        }
        return moment.deeds();
    }

    /** Nobody came yet, or the first start was cut short while the patients of the first day were told. */
    private static boolean isStillEmpty(HospitalView view) {
        int occupied = 0;
        int wanted = 0;
        for (ServiceView service : view.services()) {
            occupied += service.counts().occupied();
            wanted += wantedAtFirst(service.service());
        }
        return occupied < wanted * EMPTY_SHARE_MAX;
    }

    private static int wantedAtFirst(Service service) {
        return (int) Math.round(CareProfile.of(service).targetOccupancy() * service.staffedBeds());
    }

    private void fill(Moment moment) {
        for (Service service : world.hospital.services()) {
            CareProfile profile = CareProfile.of(service);
            ServiceView view = moment.view().service(service.id());
            int patients =
                    wantedAtFirst(service) - (view == null ? 0 : view.counts().occupied());
            for (int i = 0; i < patients; i++) {
                Journey journey = arrivals.newJourney(moment, service, profile, RequestOrigin.OTHER_HOSPITAL, 3);
                BedView bed = world.chooser.choose(moment, service.id(), journey.needs);
                if (bed == null) {
                    world.forget(journey);
                    continue;
                }
                // Whoever is found in a bed on some day is so more likely the longer they stay.
                double spread = profile.lengthSpread();
                double hours = 24 * world.dice.logNormal(profile.lengthDays() * Math.exp(spread * spread), spread);
                double elapsed = hours * world.dice.uniform(0.02, 0.98);
                stays.resume(moment, journey, bed, moment.at().minus(Stays.hours(elapsed)));
            }
        }
    }

    private void lookAround(Moment moment) {
        world.agenda.add(moment.at().plus(FOUND_AFTER), this::lookAround);
        findPatients(moment.at(), moment.view(), FOUND_AFTER);
        world.journeys.values().stream()
                .filter(journey -> endedWithoutUs(journey, moment))
                .toList()
                .forEach(world::forget);
    }

    /** People discharged, cancelled or merged the stay in Chevet itself. */
    private static boolean endedWithoutUs(Journey journey, Moment moment) {
        Stay stay = moment.view().stays().get(journey.stay);
        return stay != null
                && !moment.touches(journey.stay)
                && moment.at().isAfter(journey.inFlightUntil.plus(World.SLICE))
                && switch (stay.status()) {
                    case CANCELLED, MERGED -> true;
                    case ENDED ->
                        journey.last == null || !journey.last.trigger().equals("A03");
                    case EXPECTED, PRESENT, ON_LEAVE -> false;
                };
    }

    private void findPatients(Instant now, HospitalView view, Duration presentFor) {
        for (ServiceView service : view.services()) {
            for (BedView bed : service.beds()) {
                for (Stay stay : bed.occupants()) {
                    find(now, stay, view, presentFor);
                }
            }
            for (Stay stay : service.withoutBed()) {
                find(now, stay, view, presentFor);
            }
        }
        if (presentFor.isZero()) {
            for (Stay stay : view.stays().values().stream()
                    .sorted(Comparator.comparing(Stay::id))
                    .toList()) {
                findAwaited(now, stay);
                findVisit(now, stay, view);
                if (stay.status() == StayStatus.PRESENT
                        && stay.currentClass() == PatientClass.EMERGENCY
                        && serviceOf(stay, view) == null) {
                    emergencies.find(stay, now);
                }
            }
            for (OpenRequest open : view.requests()) {
                findRequest(now, open);
            }
        }
    }

    private void find(Instant now, Stay stay, HospitalView view, Duration presentFor) {
        Movement last = stay.timeline().last();
        if (last == null
                || world.journeys.containsKey(stay.id())
                || stay.currentClass() == PatientClass.OUTPATIENT
                || last.at().isAfter(now.minus(presentFor))) {
            return;
        }
        Service service = serviceOf(stay, view);
        if (service == null) {
            return;
        }
        Journey journey =
                new Journey(stay.id(), stay.knownPatient(), withAge(stay, now), service, Journey.Phase.PRESENT);
        journey.patientClass = stay.currentClass();
        journey.place = placeOf(stay, view, service);
        journey.admissionPlace = journey.place;
        String trigger = last.kind() == MovementKind.ADMISSION ? "A01" : "A02";
        // Only the last movement's number is needed; that of the admission is not, for what is over is left as it is.
        journey.last = new AdtMessages.Movement(ownNumber(last.id()), last.at(), trigger, AdtMessages.code(service));
        world.journeys.put(journey.stay, journey);
        stays.adopt(journey, now, stay);
    }

    /** A consultation under way. */
    private void findVisit(Instant now, Stay stay, HospitalView view) {
        Movement last = stay.timeline().last();
        Service service = serviceOf(stay, view);
        if (stay.status() != StayStatus.PRESENT
                || stay.currentClass() != PatientClass.OUTPATIENT
                || last == null
                || service == null) {
            return;
        }
        Journey journey =
                new Journey(stay.id(), stay.knownPatient(), withAge(stay, now), service, Journey.Phase.PRESENT);
        journey.patientClass = PatientClass.OUTPATIENT;
        journey.last =
                new AdtMessages.Movement(ownNumber(last.id()), last.at(), "A04", AdtMessages.outpatientCode(service));
        arrivals.endVisit(journey, now);
    }

    /** The number as this hospital's messages give it, without the authority the feed adds. */
    private static String ownNumber(String movement) {
        int authority = movement.indexOf('.');
        return authority < 0 ? movement : movement.substring(0, authority);
    }

    private @Nullable Service serviceOf(Stay stay, HospitalView view) {
        ServiceView service = view.serviceOf(stay);
        return service == null ? null : service.service();
    }

    private static AdtMessages.Place placeOf(Stay stay, HospitalView view, Service service) {
        BedId id = stay.location() == null ? null : stay.location().bed();
        BedView bed = id == null ? null : view.bed(id);
        return bed == null ? AdtMessages.Place.unit(service) : World.place(bed.bed());
    }

    private CareNeeds withAge(Stay stay, Instant now) {
        CareNeeds needs = stay.needs();
        LocalDate birth = stay.knownPatient().birthDate();
        Integer age = birth == null
                ? needs.ageYears()
                : Integer.valueOf(
                        Period.between(birth, world.local(now).toLocalDate()).getYears());
        return new CareNeeds(
                needs.specialty(),
                needs.levelOfCare(),
                needs.isolation(),
                stay.sex(),
                age,
                needs.equipmentRequired(),
                needs.equipmentPreferred(),
                needs.singleRoom());
    }

    /** A pre-admission from before the restart: nothing says to which service, but the specialty does. */
    private void findAwaited(Instant now, Stay stay) {
        Instant expected = stay.expectedArrival();
        if (stay.status() != StayStatus.EXPECTED
                || expected == null
                || expected.isBefore(now.minus(Duration.ofDays(1)))
                || stay.patientClass() == PatientClass.OUTPATIENT) {
            return;
        }
        Service service = serviceFor(stay);
        if (service == null) {
            return;
        }
        Journey journey =
                new Journey(stay.id(), stay.knownPatient(), withAge(stay, now), service, Journey.Phase.AWAITED);
        journey.origin = RequestOrigin.ELECTIVE;
        journey.priority = 4;
        journey.waitingSince = expected.isBefore(now) ? now : expected;
        // A cancellation is of the stay: the number of what it cancels is not needed.
        journey.registration =
                new AdtMessages.Movement(world.numbers.movement(now), expected, "A05", AdtMessages.code(service));
        world.journeys.put(journey.stay, journey);
        arrivals.expect(journey, expected, now);
    }

    /** Of those that call patients in, rather one whose first specialty it is. */
    private @Nullable Service serviceFor(Stay stay) {
        String specialty = stay.needs().specialty();
        Service other = null;
        for (Service service : world.hospital.services()) {
            if (service.specialties().contains(specialty)
                    && service.sexPolicy().admits(stay.sex())
                    && CareProfile.of(service).elective() > 0) {
                if (service.specialties().getFirst().equals(specialty)) {
                    return service;
                }
                other = other == null ? service : other;
            }
        }
        return other;
    }

    private void findRequest(Instant now, OpenRequest open) {
        StayId stay = open.request().stay();
        ServiceId id = open.request().service();
        Service target = id == null ? null : world.service(id.value());
        Journey journey =
                stay == null ? null : waiting(stay, target, open.request().needs());
        if (journey == null) {
            return;
        }
        if (journey.phase == Journey.Phase.PRESENT && target != null) {
            if (!target.equals(journey.service)) {
                // They left for it in thought: what was planned of a later departure is off.
                journey.leavesAt = now;
            }
            stays.wantBed(
                    journey, target, open.request().origin(), open.request().priority(), now);
        } else if (target != null) {
            journey.service = target;
            journey.target = target;
        }
        journey.request = open.request().id();
        journey.origin = open.request().origin();
        journey.priority = open.request().priority();
        journey.waitingSince = open.request().requestedAt();
    }

    private @Nullable Journey waiting(StayId stay, @Nullable Service target, CareNeeds needs) {
        Emergencies.Visitor visitor = target == null ? null : emergencies.take(stay);
        return visitor == null || target == null
                ? world.journeys.get(stay)
                : emergencies.awaitBed(visitor, target, needs);
    }
}
