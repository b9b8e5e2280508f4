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
import org.chevet.simulations.scenario.Indicator;
import org.chevet.simulations.scenario.Inject;
import org.jspecify.annotations.Nullable;

/**
 * One history of a hospital, event by event, on the live state that runs in a house; or, at the flow level, on beds that are only counted, with the same
 * people. Deterministic for a model, a policy, a seed and the
 * number of the replication; the same people come whatever the policy. Used once, by one thread.
 */
public final class FullSimulation {
    private static final long SECONDS_PER_DAY = 86_400;
    private static final ArrivalCurve NOBODY = new ArrivalCurve(new double[0]);

    private final FullModel model;
    private final boolean checked;
    private final Draws draws = new Draws();
    private final Agenda agenda = new Agenda();
    private final Ground ground;
    private final Runnable givesBeds;
    private final Ledger ledger;
    private final Newcomers newcomers;
    private final Crisis crisis;
    private final Stays stays;

    private final class Desk implements BedPolicy.Desk {
        private final House house;

        Desk(House house) {
            this.house = house;
        }

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

    private FullSimulation(
            FullModel model,
            Level level,
            Policy policy,
            long seed,
            long replication,
            boolean checked,
            Witness witness) {
        this.model = model;
        this.checked = checked;
        ground = level == Level.FULL ? new House(model) : new CountedBeds(model);
        ledger = new Ledger(model);
        newcomers = new Newcomers(model, draws);
        crisis = new Crisis(model, ground, agenda, ledger, draws);
        stays = new Stays(model, ground, agenda, ledger, draws, newcomers, crisis, witness);
        givesBeds = switch (ground) {
            case House house -> chooses(policy.make(), new Desk(house), crisis, stays);
            case CountedBeds counted -> () -> counted.give(stays);
        };
        for (Cause cause : model.causes) {
            stays.await(newcomers.stream(cause, seed, replication));
        }
        fill(seed, replication);
        agenda.add(0, Due.HOUR, null);
        agenda.add(SECONDS_PER_DAY, Due.DAY, null);
    }

    private static Runnable chooses(BedPolicy policy, Desk desk, Crisis crisis, Stays stays) {
        return () -> {
            policy.choose(desk);
            crisis.cohort(desk.house, stays);
        };
    }

    /** One history. */
    public static Outcome run(FullModel model, Policy policy, long seed, long replication) {
        return run(model, Level.FULL, policy, seed, replication, Witness.NONE);
    }

    /**
     * One history.
     *
     * @param policy at the full level; at the flow level there are no beds to choose from
     * @param witness is told of everybody
     * @return with NaN for what the level does not answer
     */
    public static Outcome run(
            FullModel model, Level level, Policy policy, long seed, long replication, Witness witness) {
        Outcome outcome = new FullSimulation(model, level, policy, seed, replication, false, witness).run();
        for (Indicator indicator : Indicator.values()) {
            if (!level.answers(indicator)) {
                outcome.indicators()[indicator.ordinal()] = Double.NaN;
            }
        }
        return outcome;
    }

    /**
     * As {@link #run}; after every event the whole state is checked, and that nobody is lost.
     *
     * @throws IllegalStateException at the first contradiction
     */
    public static Outcome runChecked(FullModel model, Level level, Policy policy, long seed, long replication) {
        return new FullSimulation(model, level, policy, seed, replication, true, Witness.NONE).run();
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
            ground.goOnTo(agenda.second());
            agenda.removeFirst();
            happens(due, subject);
            if (checked) {
                ground.check(stays.present());
            }
        }
        ground.goOnTo(model.end);
        for (Person person : stays.all()) {
            if (person.bed != null) {
                ledger.bedDays(person, model.end);
            }
        }
        stays.tellThoseWhoStay();
        return ledger.outcome(model.end, ground.events());
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
            givesBeds.run();
        }
        stays.roundEnds();
    }

    private void hour() {
        int staffed = crisis.staffed();
        ledger.hour(staffed, ground.now());
        crisis.hour(staffed, stays);
        int hourOfDay = model.days.hourOfDay(ground.now());
        if (Cleaning.isShiftHour(hourOfDay)) {
            stays.cleaningShift();
        }
        if (hourOfDay == Ledger.NO_BED_HOUR) {
            ledger.morning(ground.now());
        }
        agenda.add(ground.now() + SimulatedDays.SECONDS_PER_HOUR, Due.HOUR, null);
    }

    /** Those who left long ago are archived, as in a house. */
    private void day() {
        ground.must(new Command.PassTime());
        agenda.add(ground.now() + SECONDS_PER_DAY, Due.DAY, null);
    }
}
