package org.chevet.simulations.full;

import java.time.Instant;
import java.util.List;
import org.chevet.event.Command;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.BedId;
import org.chevet.hospital.ServiceId;
import org.chevet.occupancy.HospitalView;
import org.chevet.placement.Proposals;
import org.chevet.simulations.demand.ArrivalCurve;
import org.chevet.simulations.demand.Draws;
import org.chevet.simulations.full.Agenda.Due;
import org.chevet.simulations.scenario.Inject;
import org.jspecify.annotations.Nullable;

/**
 * One history of a hospital, event by event, on the live state that runs in a house. Deterministic for a model, a policy, a seed and the
 * number of the replication; the same people come whatever the policy. Used once, by one thread.
 */
public final class FullSimulation {
    private static final long SECONDS_PER_DAY = 86_400;
    private static final ArrivalCurve NOBODY = new ArrivalCurve(new double[0]);

    private final FullModel model;
    private final BedPolicy policy;
    private final boolean checked;
    private final Draws draws = new Draws();
    private final Agenda agenda = new Agenda();
    private final House house;
    private final Ledger ledger;
    private final Newcomers newcomers;
    private final Crisis crisis;
    private final Stays stays;
    private final Desk desk = new Desk();

    private final class Desk implements BedPolicy.Desk {
        @Override
        public HospitalView view() {
            return house.view();
        }

        @Override
        public Instant now() {
            return house.instant();
        }

        @Override
        public Proposals proposals() {
            return house.proposals();
        }

        @Override
        public List<BedId> becameReady() {
            return stays.becameReady();
        }

        @Override
        public boolean isAllNew() {
            return stays.isAllNew();
        }

        @Override
        public boolean give(BedPolicy.Choice choice) {
            return stays.give(choice);
        }
    }

    private FullSimulation(FullModel model, Policy policy, long seed, long replication, boolean checked) {
        this.model = model;
        this.policy = policy.make();
        this.checked = checked;
        house = new House(model);
        ledger = new Ledger(model);
        newcomers = new Newcomers(model, draws);
        crisis = new Crisis(model, house, agenda, ledger, draws);
        stays = new Stays(model, house, agenda, ledger, draws, newcomers, crisis);
        for (Cause cause : model.causes) {
            stays.await(newcomers.stream(cause, seed, replication));
        }
        fill(seed, replication);
        agenda.add(0, Due.HOUR, null);
        agenda.add(SECONDS_PER_DAY, Due.DAY, null);
    }

    /** One history. */
    public static Outcome run(FullModel model, Policy policy, long seed, long replication) {
        return new FullSimulation(model, policy, seed, replication, false).run();
    }

    /**
     * As {@link #run}; after every event the whole state is checked, and that nobody is lost.
     *
     * @throws IllegalStateException at the first contradiction
     */
    public static Outcome runChecked(FullModel model, Policy policy, long seed, long replication) {
        return new FullSimulation(model, policy, seed, replication, true).run();
    }

    /** The hospital begins with as many as usually lie in it, each somewhere in their stay. */
    private void fill(long seed, long replication) {
        for (int service = 0; service < model.services.size(); service++) {
            ServiceId id = model.services.get(service).id();
            Cause lay = new Cause(
                    id + "/lay",
                    service,
                    RequestOrigin.OTHER_HOSPITAL,
                    3,
                    NOBODY,
                    null,
                    model.care[service].profile().ageYears(),
                    model.care[service].profile().ageYearsSpread(),
                    null,
                    null);
            long stream =
                    Draws.mixed(Draws.mixed(seed) + replication) + lay.name().hashCode();
            for (int i = model.usuallyPresent(service); i > 0; i--) {
                stays.fill(newcomers.person(lay, Draws.mixed(stream + i), 0));
                round();
            }
        }
    }

    private Outcome run() {
        while (agenda.second() < model.end) {
            Due due = agenda.due();
            @Nullable Object subject = agenda.subject();
            house.goOnTo(agenda.second());
            agenda.removeFirst();
            happens(due, subject);
            if (checked) {
                house.check(stays.present());
            }
        }
        house.goOnTo(model.end);
        for (Person person : stays.all()) {
            if (person.bed != null) {
                ledger.bedDays(person, model.end);
            }
        }
        return ledger.outcome(model.end, house.events());
    }

    @SuppressWarnings("NullAway") // Each kind has the subject that it was added with.
    private void happens(Due due, @Nullable Object subject) {
        switch (due) {
            case ARRIVAL -> arrival((Newcomers.Stream) subject);
            case COMES -> stays.comes((Person) subject);
            case NEED -> stays.need((Person) subject);
            case GIVES_UP -> stays.givesUp((Person) subject);
            case ROUND -> round();
            case MOVE -> stays.move((Person) subject);
            case STRETCH_ENDS -> stays.stretchEnds((Person) subject);
            case PLAN -> stays.plan((Person) subject);
            case PAPERS -> stays.papers((Person) subject);
            case LEAVE -> stays.leave((Person) subject);
            case CLEANED -> stays.cleaned((BedId) subject);
            case HOUR -> hour();
            case DAY -> day();
            case INJECT -> crisis.begin((Inject) subject, stays);
            case INJECT_ENDS -> crisis.end((Inject) subject, stays);
        }
    }

    private void arrival(Newcomers.Stream stream) {
        Person person = stream.take();
        stays.await(stream);
        stays.arrive(person);
    }

    private void round() {
        if (stays.roundBegins()) {
            policy.choose(desk);
            crisis.cohort(stays);
        }
        stays.roundEnds();
    }

    private void hour() {
        int staffed = crisis.staffed();
        ledger.hour(staffed, house.now());
        crisis.hour(staffed, stays);
        int hourOfDay = model.days.hourOfDay(house.now());
        if (Cleaning.isShiftHour(hourOfDay)) {
            stays.cleaningShift();
        }
        if (hourOfDay == Ledger.NO_BED_HOUR) {
            ledger.morning(stays.all(), house.now());
        }
        agenda.add(house.now() + SimulatedDays.SECONDS_PER_HOUR, Due.HOUR, null);
    }

    /** Those who left long ago are archived, as in a house. */
    private void day() {
        house.must(new Command.PassTime());
        agenda.add(house.now() + SECONDS_PER_DAY, Due.DAY, null);
    }
}
