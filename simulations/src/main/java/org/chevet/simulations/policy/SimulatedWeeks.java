package org.chevet.simulations.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.chevet.event.BedEvent;
import org.chevet.event.Command;
import org.chevet.event.Ending;
import org.chevet.event.Location;
import org.chevet.event.Origin;
import org.chevet.event.PatientClass;
import org.chevet.event.Recorded;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.BedId;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.Patient;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.Decision;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.Occupancy;
import org.chevet.placement.Fit;
import org.chevet.placement.PlacementWorld;
import org.chevet.placement.Proposals;
import org.jspecify.annotations.Nullable;

/**
 * Weeks of a hospital whose beds one policy chooses, on the live state that runs in a house. Patients leave by day, their beds are cleaned,
 * those of intensive care step down to a ward once they are well enough and once there is a bed for them. Who waits too long is sent elsewhere.
 */
final class SimulatedWeeks {
    private static final Origin ORIGIN = new Origin.Engine();
    private static final Duration EMERGENCY_PATIENCE = Duration.ofHours(24);
    private static final Duration ELECTIVE_PATIENCE = Duration.ofHours(10);
    private static final Duration BETWEEN_ROUNDS = Duration.ofMinutes(10);
    private static final int INTERNAL_PRIORITY = 3;
    private static final LocalTime LEAVES_FROM = LocalTime.of(10, 0);
    private static final LocalTime LEAVES_UNTIL = LocalTime.of(18, 0);
    private static final LocalTime DAY_IS_PLANNED = LocalTime.of(8, 30);
    private static final LocalTime CLEANED_FROM = LocalTime.of(7, 0);
    private static final LocalTime CLEANED_UNTIL = LocalTime.of(21, 0);

    private final Hospital hospital;
    private final BedPolicy policy;
    private final Instant countedFrom;
    private final SplittableRandom chores;
    private final Occupancy occupancy = new Occupancy();
    private final PriorityQueue<Due> agenda =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::number));
    private final Map<StayId, Person> people = new HashMap<>();
    private final Outcome outcome = new Outcome();
    private @Nullable PlacementWorld world;
    private @Nullable Proposals proposals;
    private long dues;
    private boolean aRoundIsDue;
    private Instant now;

    private record Due(Instant at, long number, Runnable what) {}

    /** Somebody who came and is not gone. */
    private static final class Person {
        final StayId stay;
        final Arrival arrival;

        @Nullable
        RequestId request;

        Instant askedAt;
        boolean steppedDown;

        @Nullable
        Instant inBedSince;

        boolean outlier;

        Person(Arrival arrival) {
            this.arrival = arrival;
            stay = new StayId("P" + arrival.number());
            askedAt = arrival.at();
        }

        CareNeeds needs() {
            return steppedDown && arrival.afterwards() != null
                    ? arrival.afterwards().needs()
                    : arrival.needs();
        }

        Duration length() {
            return steppedDown && arrival.afterwards() != null
                    ? arrival.afterwards().length()
                    : arrival.length();
        }
    }

    private SimulatedWeeks(Hospital hospital, BedPolicy policy, Instant begin, Instant countedFrom, long seed) {
        this.hospital = hospital;
        this.policy = policy;
        this.countedFrom = countedFrom;
        chores = new SplittableRandom(seed);
        now = begin;
    }

    /**
     * @param countedFrom what is asked for before fills the hospital and is not counted
     * @param seed of the time that cleaning takes
     */
    static Outcome run(
            Hospital hospital,
            List<Arrival> arrivals,
            BedPolicy policy,
            Instant begin,
            Instant countedFrom,
            Instant end,
            long seed) {
        SimulatedWeeks weeks = new SimulatedWeeks(hospital, policy, begin, countedFrom, seed);
        weeks.apply(new BedEvent.HospitalDefined(begin, hospital));
        for (Arrival arrival : arrivals) {
            weeks.at(arrival.at(), () -> weeks.arrive(new Person(arrival)));
        }
        weeks.passTime();
        weeks.live(end);
        return weeks.outcome;
    }

    /** Those who left long ago are archived, as in a house. */
    private void passTime() {
        must(new Command.PassTime());
        at(now.plus(Duration.ofDays(1)), this::passTime);
    }

    private void live(Instant end) {
        while (!agenda.isEmpty() && agenda.peek().at().isBefore(end)) {
            Due due = agenda.remove();
            now = due.at();
            due.what().run();
        }
        for (Person person : people.values()) {
            leftBed(person);
        }
    }

    private void at(Instant time, Runnable what) {
        agenda.add(new Due(time, dues++, what));
    }

    private void arrive(Person person) {
        people.put(person.stay, person);
        CareNeeds needs = person.needs();
        Patient patient = new Patient(null, null, null, needs.sex(), null);
        must(new Command.RegisterStay(person.stay, patient, needs, PatientClass.INPATIENT, null));
        ask(person, person.arrival.origin(), person.arrival.priority(), person.arrival.expectedLength());
        Duration patience = person.arrival.origin() == RequestOrigin.ELECTIVE ? ELECTIVE_PATIENCE : EMERGENCY_PATIENCE;
        at(now.plus(patience), () -> giveUp(person));
        choose();
    }

    private void ask(Person person, RequestOrigin origin, int priority, Duration expectedLength) {
        RequestId request = new RequestId("R" + person.arrival.number() + (person.steppedDown ? "-DOWN" : ""));
        person.request = request;
        person.askedAt = now;
        must(new Command.RequestBed(
                request, person.stay, null, origin, person.needs(), priority, now, expectedLength, null));
    }

    private void giveUp(Person person) {
        if (person.request == null || person.inBedSince != null) {
            return;
        }
        must(new Command.CancelBedRequest(person.request, null));
        must(new Command.CancelRegistration(person.stay));
        people.remove(person.stay);
        if (isCounted(person)) {
            outcome.refused++;
            outcome.waited(
                    person.arrival.priority(),
                    person.needs().isolation() != Isolation.NONE,
                    hours(person.askedAt, now));
        }
    }

    /** Soon: whoever gives beds looks every few minutes. */
    private void choose() {
        if (!aRoundIsDue) {
            aRoundIsDue = true;
            at(now.plus(BETWEEN_ROUNDS), this::round);
        }
    }

    private void round() {
        aRoundIsDue = false;
        policy.choose(new BedPolicy.Desk() {
            @Override
            public HospitalView view() {
                return occupancy.view();
            }

            @Override
            public Instant now() {
                return now;
            }

            @Override
            public Proposals proposals() {
                PlacementWorld known = world;
                if (known == null) {
                    known = new PlacementWorld(view(), now);
                    world = known;
                    proposals = new Proposals(known);
                } else {
                    known.renew(view(), now);
                }
                return Objects.requireNonNull(proposals);
            }

            @Override
            public boolean give(BedPolicy.Choice choice) {
                return place(choice);
            }
        });
    }

    private boolean place(BedPolicy.Choice choice) {
        Person person = people.get(choice.stay());
        if (person == null) {
            throw new IllegalStateException(policy.name() + " chose a bed for " + choice.stay() + " who is not here");
        }
        boolean moves = person.inBedSince != null;
        Command command = moves
                ? new Command.TransferStay(choice.stay(), null, choice.bed(), null, choice.request())
                : new Command.AdmitStay(choice.stay(), null, choice.bed(), null, choice.request());
        BedId before = moves ? bedOf(choice.stay()) : null;
        if (!does(command)) {
            outcome.refusedByTheRules++;
            return false;
        }
        placed(person, choice, before);
        return true;
    }

    private void placed(Person person, BedPolicy.Choice choice, @Nullable BedId before) {
        leftBed(person);
        clean(before);
        person.request = null;
        inBed(person);
        if (isCounted(person)) {
            outcome.placed++;
            outcome.outliers += person.outlier ? 1 : 0;
            outcome.nightMoves += before != null && isNight() ? 1 : 0;
            outcome.waited(
                    person.steppedDown ? INTERNAL_PRIORITY : person.arrival.priority(),
                    person.needs().isolation() != Isolation.NONE,
                    hours(person.askedAt, now));
        }
        Instant well = now.plus(person.length());
        boolean stepsDown = person.arrival.afterwards() != null && !person.steppedDown;
        Instant over = stepsDown ? well : inTheDay(well, LEAVES_FROM, LEAVES_UNTIL);
        // Refused when it says what is known.
        does(new Command.PlanDischarge(choice.stay(), laterThanNow(expectedEnd(person))));
        Instant known = over.atZone(hospital.zone()).with(DAY_IS_PLANNED).toInstant();
        at(known.isAfter(now) ? known : now, () -> plan(person, over));
        at(over, stepsDown ? () -> stepDown(person) : () -> leave(person));
    }

    /** What was thought at first is put right on the morning of the day. */
    private void plan(Person person, Instant leaves) {
        if (people.containsKey(person.stay) && leaves.isAfter(now)) {
            does(new Command.PlanDischarge(person.stay, leaves));
        }
    }

    private Instant expectedEnd(Person person) {
        double error = person.arrival.expectedLength().toSeconds()
                / (double) person.arrival.length().toSeconds();
        Instant end = now.plusSeconds(Math.round(person.length().toSeconds() * error));
        return inTheDay(end, LEAVES_FROM, LEAVES_UNTIL);
    }

    private Instant laterThanNow(Instant time) {
        return time.isAfter(now) ? time : now.plus(Duration.ofHours(1));
    }

    private void stepDown(Person person) {
        person.steppedDown = true;
        must(new Command.ChangeNeeds(person.stay, person.needs()));
        ask(person, RequestOrigin.INTERNAL, INTERNAL_PRIORITY, person.length());
        choose();
    }

    private void leave(Person person) {
        BedId bed = bedOf(person.stay);
        must(new Command.DischargeStay(person.stay, Ending.DISCHARGED, null));
        leftBed(person);
        people.remove(person.stay);
        clean(bed);
        choose();
    }

    private void clean(@Nullable BedId bed) {
        if (bed != null) {
            Instant begin = inTheDay(now.plus(Duration.ofMinutes(chores.nextInt(15, 75))), CLEANED_FROM, CLEANED_UNTIL);
            at(begin.plus(Duration.ofMinutes(chores.nextInt(30, 60))), () -> {
                must(new Command.FinishCleaning(bed));
                choose();
            });
        }
    }

    private void inBed(Person person) {
        person.inBedSince = now;
        person.outlier = isOutlier(person);
    }

    private void leftBed(Person person) {
        Instant since = person.inBedSince;
        if (since != null && now.isAfter(countedFrom)) {
            double days = hours(since.isAfter(countedFrom) ? since : countedFrom, now) / 24;
            outcome.patientDays += days;
            outcome.outlierDays += person.outlier ? days : 0;
        }
    }

    /** domain.md: the responsible specialty is not one that the service accepts. */
    private boolean isOutlier(Person person) {
        HospitalView view = occupancy.view();
        int service = view.layout().serviceOfBed(view.layout().bed(bedOf(person.stay)));
        return !view.services()
                .get(service)
                .service()
                .specialties()
                .contains(person.needs().specialty());
    }

    private BedId bedOf(StayId stay) {
        Location location =
                Objects.requireNonNull(occupancy.view().stays().get(stay)).location();
        return Objects.requireNonNull(Objects.requireNonNull(location).bed());
    }

    private boolean isCounted(Person person) {
        return !person.askedAt.isBefore(countedFrom);
    }

    private boolean isNight() {
        LocalTime time = now.atZone(hospital.zone()).toLocalTime();
        return !time.isBefore(Fit.NIGHT_FROM) || time.isBefore(Fit.NIGHT_TO);
    }

    private static double hours(Instant from, Instant to) {
        return Duration.between(from, to).toSeconds() / 3_600.0;
    }

    /** The first moment not before it that lies between two times of a day. */
    private Instant inTheDay(Instant time, LocalTime from, LocalTime until) {
        ZonedDateTime local = time.atZone(hospital.zone());
        if (local.toLocalTime().isBefore(from)) {
            return local.with(from).toInstant();
        }
        return local.toLocalTime().isBefore(until)
                ? time
                : local.plusDays(1).with(from).toInstant();
    }

    private void must(Command command) {
        if (!does(command)) {
            throw new IllegalStateException("refused: " + occupancy.decide(command, now) + " of " + command);
        }
    }

    private boolean does(Command command) {
        if (occupancy.decide(command, now) instanceof Decision.Accepted accepted) {
            accepted.events().forEach(this::apply);
            return true;
        }
        return false;
    }

    private void apply(BedEvent event) {
        long sequence = occupancy.sequence() + 1;
        occupancy.apply(new Recorded(sequence, sequence, now, ORIGIN, event));
    }
}
