package org.chevet.simulations.full;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.chevet.event.Command;
import org.chevet.event.Ending;
import org.chevet.event.PatientClass;
import org.chevet.event.RefusalReason;
import org.chevet.event.RequestOrigin;
import org.chevet.event.RuleOverride;
import org.chevet.hospital.BedId;
import org.chevet.hospital.Patient;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.StayId;
import org.chevet.simulations.demand.Draws;
import org.chevet.simulations.demand.Leaving;
import org.chevet.simulations.full.Agenda.Due;
import org.chevet.simulations.full.Person.Chance;
import org.jspecify.annotations.Nullable;

/** What becomes of each person, from the door to the door. */
final class Stays {
    private static final long SECONDS_PER_DAY = 86_400;
    private static final double SECONDS_PER_HOUR = SimulatedDays.SECONDS_PER_HOUR;
    private static final long CALLED_IN_BEFORE_SECONDS = SECONDS_PER_DAY / 2;
    private static final long REFUSED_FOR_SECONDS = 1_800;
    private static final Duration HELD_FOR = Duration.ofHours(12);
    private static final double TRANSPORT_HOURS_MAX = 6;
    private static final double EMERGENCY_STAY_SPREAD = 0.5;
    private static final double TRANSPORT_SPREAD = 0.5;
    private static final double EXPECTED_LENGTH_SPREAD = 0.3;
    private static final double DAY_IS_PLANNED_HOUR = 8.5;
    private static final long PAPERS_BEFORE_SECONDS = 2_400;
    private static final int INTERNAL_PRIORITY = 3;
    private static final int REFUSALS_MAX = 3;

    private final FullModel model;
    private final Ground ground;
    private final Agenda agenda;
    private final Ledger ledger;
    private final Draws draws;
    private final Newcomers newcomers;
    private final Cleaning cleaning;
    private final Crisis crisis;
    private final Witness witness;
    private final Map<StayId, Person> people = new LinkedHashMap<>();
    private final ContinuousSampler gaussian;
    private final ContinuousSampler[] lengths;
    private final ContinuousSampler[] remainders;
    private final Map<Cause, ContinuousSampler> lengthsOfCauses = new LinkedHashMap<>();
    private final List<BedId> becameReady = new ArrayList<>();
    private boolean roundIsDue;
    private boolean isAllNew;
    private int inBeds;

    /** How many wait for a bed to be chosen. */
    private int asked;

    Stays(
            FullModel model,
            Ground ground,
            Agenda agenda,
            Ledger ledger,
            Draws draws,
            Newcomers newcomers,
            Crisis crisis,
            Witness witness) {
        this.model = model;
        this.ground = ground;
        this.agenda = agenda;
        this.ledger = ledger;
        this.draws = draws;
        this.newcomers = newcomers;
        this.crisis = crisis;
        this.witness = witness;
        cleaning = new Cleaning(model, ground, agenda, ledger, draws);
        gaussian = ZigguratSampler.NormalizedGaussian.of(draws);
        lengths = new ContinuousSampler[model.services.size()];
        remainders = new ContinuousSampler[lengths.length];
        for (int service = 0; service < lengths.length; service++) {
            lengths[service] = model.care[service].lengthOfStay().whole(draws);
            remainders[service] = model.care[service].lengthOfStay().remaining(draws);
        }
        for (Cause cause : model.causes) {
            if (cause.lengthOfStay() != null) {
                lengthsOfCauses.put(cause, cause.lengthOfStay().whole(draws));
            }
        }
    }

    Person person(StayId stay) {
        return Objects.requireNonNull(people.get(stay), "somebody who is here");
    }

    int present() {
        return inBeds;
    }

    /** In the order in which they were registered. */
    Collection<Person> all() {
        return people.values();
    }

    /** When the next of a stream is to be dealt with: those who are called in are known before they come. */
    void await(Newcomers.Stream stream) {
        long ahead = stream.cause.origin() == RequestOrigin.ELECTIVE ? CALLED_IN_BEFORE_SECONDS : 0;
        if (stream.next < model.end) {
            agenda.add(Math.max(ground.now(), stream.next - ahead), Due.ARRIVAL, stream);
        }
    }

    void arrive(Person person) {
        if (crisis.isKeptAway(person)) {
            return;
        }
        boolean calledIn = person.cause.origin() == RequestOrigin.ELECTIVE;
        register(person, calledIn && person.comes > ground.now() ? model.days.instant(person.comes) : null);
        if (calledIn) {
            agenda.add(person.comes, Due.COMES, person);
        } else if (person.cause.origin() == RequestOrigin.EMERGENCY_DEPARTMENT
                && model.plan.routine().emergencyStayHours() > 0) {
            Chance.EMERGENCY_STAY.of(draws, person, 0);
            double hours =
                    model.plan.routine().emergencyStayHours() * Math.exp(EMERGENCY_STAY_SPREAD * gaussian.sample());
            // Who is in vital danger is not examined at length first.
            double share = person.priority == 1 ? 0.2 : 1;
            agenda.add(after(hours * share * SECONDS_PER_HOUR), Due.NEED, person);
        } else {
            need(person);
        }
    }

    /** Somebody who lies there when the history begins, in the middle of the stay. */
    void fill(Person person) {
        register(person, null);
        person.lay = true;
        person.refusals = REFUSALS_MAX;
        ask(person, RequestOrigin.OTHER_HOSPITAL);
    }

    private void register(Person person, @Nullable Instant expected) {
        people.put(person.stay, person);
        Patient patient = new Patient(null, null, null, person.needs.sex(), null);
        ground.must(new Command.RegisterStay(person.stay, patient, person.needs, PatientClass.INPATIENT, expected));
    }

    /** Those who were called in come, or do not. */
    void comes(Person person) {
        boolean cancels = Chance.CANCELS.of(draws, person, 0).nextDouble()
                < model.plan.routine().cancellations();
        if (cancels || crisis.isPutOff(person)) {
            if (!cancels && ledger.isCounted(ground.now())) {
                ledger.putOff++;
            }
            ground.must(new Command.CancelRegistration(person.stay));
            forget(person);
        } else {
            need(person);
        }
    }

    void need(Person person) {
        ask(person, person.cause.origin());
        boolean calledIn = person.cause.origin() == RequestOrigin.ELECTIVE;
        double patience = calledIn
                ? model.plan.routine().electivePatienceHours()
                : model.plan.routine().emergencyPatienceHours();
        if (patience < Double.POSITIVE_INFINITY) {
            agenda.add(after(patience * SECONDS_PER_HOUR), Due.GIVES_UP, person);
        }
    }

    private void ask(Person person, RequestOrigin origin) {
        RequestId request = new RequestId("R" + person.stay.value() + "-" + person.requests++);
        person.request = request;
        person.askedAt = ground.now();
        asked++;
        ledger.asks(person, 1);
        ground.must(new Command.RequestBed(
                request,
                person.stay,
                null,
                origin,
                person.needs,
                person.priority,
                ground.instant(),
                Duration.ofSeconds(
                        (long) (model.care[person.service].lengthOfStay().meanDays() * SECONDS_PER_DAY)),
                null));
        choose();
    }

    void givesUp(Person person) {
        if (person.request == null || person.bed != null || person.held != null || person.gone) {
            return;
        }
        boolean calledIn = person.cause.origin() == RequestOrigin.ELECTIVE;
        if (ledger.isCounted(person.askedAt)) {
            ledger.refused += calledIn ? 0 : 1;
            ledger.putOff += calledIn ? 1 : 0;
        }
        goElsewhere(person);
    }

    /** Who has no bed yet is gone. */
    void goElsewhere(Person person) {
        asked--;
        ledger.asks(person, -1);
        ground.must(new Command.CancelBedRequest(Objects.requireNonNull(person.request), null));
        ground.must(new Command.CancelRegistration(person.stay));
        forget(person);
    }

    private void forget(Person person) {
        person.gone = true;
        people.remove(person.stay);
    }

    /** Soon: whoever gives beds looks every few minutes, and only when something changed. */
    void choose() {
        if (!roundIsDue) {
            roundIsDue = true;
            agenda.add(after(crisis.minutesBetweenRounds() * 60), Due.ROUND, null);
        }
    }

    /** As {@link #choose}, and so much changed that everybody is to be looked for again. */
    void chooseForAll() {
        isAllNew = true;
        choose();
    }

    /** @return whether anybody waits */
    boolean roundBegins() {
        roundIsDue = false;
        return asked > 0;
    }

    void roundEnds() {
        becameReady.clear();
        isAllNew = false;
    }

    List<BedId> becameReady() {
        return becameReady;
    }

    boolean isAllNew() {
        return isAllNew;
    }

    /** @return whether the bed is theirs now */
    boolean give(BedPolicy.Choice choice) {
        Person person = people.get(choice.stay());
        if (person == null) {
            throw new IllegalStateException(choice + " is for somebody who is not here");
        }
        if (person.request == null || person.held != null || ground.now() < person.notBefore) {
            return false;
        }
        if (ledger.isCounted(ground.now())) {
            ledger.offers++;
        }
        return !isRefused(person, choice) && hold(person, choice.bed());
    }

    private boolean isRefused(Person person, BedPolicy.Choice choice) {
        double refusals = model.plan.routine().refusals();
        if (refusals == 0
                || person.refusals >= REFUSALS_MAX
                || Chance.REFUSAL
                                .of(draws, person, person.refusals + REFUSALS_MAX * person.stretch)
                                .nextDouble()
                        >= refusals) {
            return false;
        }
        person.refusals++;
        ground.must(new Command.RefuseBedRequest(choice.request(), null, choice.bed(), RefusalReason.NO_STAFF, null));
        if (ledger.isCounted(ground.now())) {
            ledger.refusals++;
        }
        person.notBefore = ground.now() + REFUSED_FOR_SECONDS;
        agenda.add(person.notBefore, Due.ROUND, null);
        return true;
    }

    private boolean hold(Person person, BedId bed) {
        double minutes = model.plan.routine().transportMinutes();
        if (minutes == 0 || person.lay && person.bed == null) {
            return move(person, bed, null);
        }
        RequestId request = Objects.requireNonNull(person.request);
        if (!ground.does(new Command.ReserveBed(request, bed, ground.instant().plus(HELD_FOR)))) {
            return false;
        }
        person.held = bed;
        asked--;
        Chance.TRANSPORT.of(draws, person, person.requests);
        double hours = Math.min(TRANSPORT_HOURS_MAX, minutes / 60 * Math.exp(TRANSPORT_SPREAD * gaussian.sample()));
        agenda.add(after(hours * SECONDS_PER_HOUR), Due.MOVE, person);
        return true;
    }

    void move(Person person) {
        BedId bed = person.held;
        if (person.gone || bed == null) {
            return;
        }
        person.held = null;
        asked++;
        if (!move(person, bed, null)) {
            ground.does(new Command.ReleaseReservation(bed));
            chooseForAll();
        }
    }

    /** @param override rules that a person breaks knowingly, null for none */
    boolean move(Person person, BedId bed, @Nullable RuleOverride override) {
        BedId before = person.bed;
        RequestId request = Objects.requireNonNull(person.request);
        Command command = before == null
                ? new Command.AdmitStay(person.stay, null, bed, null, request, override)
                : new Command.TransferStay(person.stay, null, bed, null, request, override);
        if (!ground.does(command)) {
            return false;
        }
        asked--;
        ledger.asks(person, -1);
        person.request = null;
        if (before == null) {
            inBeds++;
        } else {
            leaveBed(person, before, Witness.Then.MOVES);
        }
        int service = ground.serviceOf(bed);
        person.bed = bed;
        person.inBedSince = ground.now();
        person.outlier = !model.services.get(service).specialties().contains(person.needs.specialty());
        ledger.entered(ground.index(bed), service, ground.now(), before == null);
        ledger.waited(person, ground.now());
        if (person.evacuated) {
            person.evacuated = false;
        } else {
            beginStretch(person);
        }
        return true;
    }

    private void leaveBed(Person person, BedId bed, Witness.Then then) {
        tell(person, bed, then);
        ledger.left(person, ground.index(bed), ground.serviceOf(bed), ground.now());
        boolean ready = cleaning.left(person, bed);
        crisis.emptied(bed);
        if (ready) {
            becameReady.add(bed);
            choose();
        }
    }

    /** Of those who are still there at the end. */
    void tellThoseWhoStay() {
        for (Person person : people.values()) {
            if (person.bed != null) {
                tell(person, person.bed, Witness.Then.STAYS);
            }
        }
    }

    private void tell(Person person, BedId bed, Witness.Then then) {
        witness.lay(
                person.stay,
                person.cause.origin(),
                person.needs,
                ground.serviceOf(bed),
                model.days.instant(person.inBedSince),
                ground.instant(),
                then);
    }

    private void beginStretch(Person person) {
        ContinuousSampler ofCause = person.stretch == 0 ? lengthsOfCauses.get(person.cause) : null;
        boolean lay = person.lay && person.stretch == 0;
        Chance chance = lay ? Chance.REMAINS : Chance.STAY;
        chance.of(draws, person, person.stretch);
        double days = ofCause != null ? ofCause.sample() : (lay ? remainders : lengths)[person.service].sample();
        long over = after(days * SECONDS_PER_DAY);
        int next = newcomers.next(person);
        if (next >= 0) {
            agenda.add(over, Due.STRETCH_ENDS, person);
            return;
        }
        person.leavesAt = person.isDead || model.leaving[person.service].isAnytime() ? over : leaving(person, over);
        agenda.add(person.leavesAt, Due.LEAVE, person);
        if (!model.plan.routine().aroundTheClock()) {
            planDischarge(person, days);
        }
    }

    /** What is thought at first is put right on the morning of the day. */
    private void planDischarge(Person person, double days) {
        Chance.ERROR.of(draws, person, person.stretch);
        double expected = days * Math.exp(EXPECTED_LENGTH_SPREAD * gaussian.sample());
        ground.does(new Command.PlanDischarge(
                person.stay, model.days.instant(after(Math.max(1 / 24.0, expected) * SECONDS_PER_DAY))));
        if (!person.isDead && person.leavesAt < model.end) {
            long morning = model.days.second(model.days.day(person.leavesAt), DAY_IS_PLANNED_HOUR);
            agenda.add(Math.max(ground.now(), morning), Due.PLAN, person);
            agenda.add(Math.max(ground.now(), person.leavesAt - PAPERS_BEFORE_SECONDS), Due.PAPERS, person);
        }
    }

    /** The ward round of the day on which they leave. */
    void plan(Person person) {
        if (isToLeave(person)) {
            ground.does(new Command.SetMedicallyReady(person.stay, true));
            ground.does(new Command.PlanDischarge(person.stay, model.days.instant(person.leavesAt)));
        }
    }

    void papers(Person person) {
        if (isToLeave(person)) {
            ground.does(new Command.SetAdministrativelyClosed(person.stay, true));
        }
    }

    private boolean isToLeave(Person person) {
        return !person.gone && person.leavesAt > ground.now() && person.leavesAt != Long.MAX_VALUE;
    }

    /** On the day on which the stay is over, or on one of the next: fewer leave at the end of a week. */
    private long leaving(Person person, long over) {
        if (over >= model.days.end()) {
            return Long.MAX_VALUE;
        }
        long earliest = ground.now() + (long) (2 * SECONDS_PER_HOUR);
        int day = model.days.day(over);
        Leaving leaving = model.leaving[person.service];
        for (int later = 0; ; later++) {
            long noon = model.days.second(day + later, 12);
            if (noon == Long.MAX_VALUE) {
                return Long.MAX_VALUE;
            }
            Chance.LEAVING_DAY.of(draws, person, later + 100 * person.stretch);
            boolean today = leaving.letsGo(model.days.weekday(noon), draws);
            long at = model.days.second(day + later, leaving.hour(draws));
            if (today && at >= earliest) {
                return at;
            }
        }
    }

    void stretchEnds(Person person) {
        if (person.gone) {
            return;
        }
        giveUpMoving(person);
        person.service = newcomers.next(person);
        person.stretch++;
        person.needs = newcomers.needsIn(person.service, person.needs);
        person.priority = INTERNAL_PRIORITY;
        ground.does(new Command.ChangeNeeds(person.stay, person.needs));
        ask(person, RequestOrigin.INTERNAL);
    }

    /** A move that was under way for another reason. */
    private void giveUpMoving(Person person) {
        if (person.request != null) {
            asked -= person.held == null ? 1 : 0;
            ledger.asks(person, -1);
            ground.must(new Command.CancelBedRequest(person.request, null));
            person.request = null;
            person.held = null;
            person.evacuated = false;
        }
    }

    /** Whose bed is to be left at once. */
    void evacuate(Person person) {
        if (person.request == null && person.bed != null) {
            person.evacuated = true;
            person.priority = 1;
            ask(person, RequestOrigin.INTERNAL);
        }
    }

    /** Those who leave before the time that was meant, which is theirs no more. */
    void leaveEarlier(Person person, long at) {
        person.leavesAt = at;
        agenda.add(at, Due.LEAVE, person);
    }

    void leave(Person person) {
        BedId bed = person.bed;
        if (person.gone || bed == null || person.leavesAt != ground.now()) {
            return;
        }
        giveUpMoving(person);
        ground.must(new Command.DischargeStay(person.stay, person.isDead ? Ending.DIED : Ending.DISCHARGED, null));
        inBeds--;
        leaveBed(person, bed, person.isDead ? Witness.Then.DIES : Witness.Then.LEAVES);
        ledger.departed(person, ground.now());
        forget(person);
    }

    void cleaned(BedId bed) {
        cleaning.cleaned(bed);
        becameReady.add(bed);
        choose();
    }

    void cleaningShift() {
        cleaning.begin();
    }

    List<Person> waiting() {
        List<Person> waiting = new ArrayList<>();
        for (Person person : people.values()) {
            if (person.request != null && person.held == null) {
                waiting.add(person);
            }
        }
        return waiting;
    }

    private long after(double seconds) {
        return ground.now() + Math.round(seconds);
    }
}
