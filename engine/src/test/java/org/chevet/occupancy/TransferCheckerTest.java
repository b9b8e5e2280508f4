package org.chevet.occupancy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.chevet.event.Anomaly;
import org.chevet.event.BedEvent;
import org.chevet.event.Command;
import org.chevet.event.Ending;
import org.chevet.event.MovementKind;
import org.chevet.event.Origin;
import org.chevet.event.PatientClass;
import org.chevet.event.Recorded;
import org.chevet.event.StatedPapers;
import org.chevet.event.TransferSide;
import org.chevet.event.TransferStep;
import org.chevet.event.Whereabouts;
import org.chevet.hospital.BedId;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.HospitalId;
import org.chevet.hospital.Patient;
import org.chevet.hospital.Sex;
import org.chevet.hospital.StayId;
import org.chevet.hospital.TransferId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Walks what can happen to a transfer between two hospitals. A hospital hears of the other's steps in their order, and of any number of them at
 * once: to lose a message, to have it late, or to have the sender die before or after it was heard of, is to hear later; to have it twice must
 * change nothing, which is tried wherever a walk comes by. So every order of what people do on both sides, and of what each side has heard when,
 * is every crash point there is. Wherever it stops, once the courier has carried what is left, both hospitals must say the same, one bed must be
 * held or lain in, and the patient must be in one hospital or told to be on the way.
 */
class TransferCheckerTest {
    private static final HospitalId SENDING = new HospitalId("NORD");
    private static final HospitalId RECEIVING = new HospitalId("SUD");
    private static final StayId STAY = new StayId("N1");
    private static final StayId STAY_THERE = new StayId("S1");
    private static final Patient PATIENT = new Patient("ipp-7", "MARTIN", "Rose", Sex.FEMALE, LocalDate.of(1950, 2, 3));
    private static final Instant NOON = SmallHospital.NOON;
    private static final Duration HELD = Duration.ofHours(1);

    private static final int STORM_SEEDS = Integer.getInteger("chevet.seeds", 40);
    private static final int STORM_STEPS = 60;

    /** One hospital's journal. Its live state is read back from it each time, as after a restart. */
    private static final class Journal {
        final List<Recorded> events;
        private @Nullable HospitalView view;

        Journal(List<Recorded> events) {
            this.events = events;
        }

        private Occupancy fold() {
            Occupancy occupancy = new Occupancy();
            events.forEach(occupancy::apply);
            return occupancy;
        }

        HospitalView view() {
            HospitalView shown = view == null ? fold().view() : view;
            view = shown;
            return shown;
        }

        /** Null when it is refused, and then nothing is written. */
        @Nullable
        Journal with(Command command, Instant now) {
            Occupancy occupancy = fold();
            if (!(occupancy.decide(command, now) instanceof Decision.Accepted accepted)) {
                return null;
            }
            if (accepted.events().isEmpty()) {
                return this;
            }
            List<Recorded> longer = new ArrayList<>(events);
            long act = occupancy.sequence() + 1;
            Origin origin = command instanceof Command.Act ? Ward.NURSE : new Origin.Engine();
            for (BedEvent event : accepted.events()) {
                Recorded recorded = new Recorded(longer.size() + 1, act, now, origin, event);
                occupancy.apply(recorded);
                longer.add(recorded);
            }
            assertThat(occupancy.breach()).isNull();
            assertThat(occupancy.breaches()).isEmpty();
            return new Journal(longer);
        }
    }

    /** What is on its way: steps to the other side, or the answer to them. */
    private record Message(TransferSide to, Command command, boolean answer) {
        @Override
        public String toString() {
            return switch (command) {
                case Command.ReportTransferSteps told ->
                    to + " is told " + told.steps().size();
                default -> to + " is answered";
            };
        }
    }

    /** @param network what the courier has sent and is not heard yet */
    private record World(Map<TransferSide, Journal> journals, List<Message> network, Set<String> done, Instant now) {
        Journal journal(TransferSide side) {
            return Objects.requireNonNull(journals.get(side));
        }

        World with(TransferSide side, Journal journal) {
            Map<TransferSide, Journal> changed = new TreeMap<>(journals);
            changed.put(side, journal);
            return new World(changed, network, done, now);
        }

        World network(List<Message> messages) {
            return new World(journals, List.copyOf(messages), done, now);
        }

        World done(String what) {
            Set<String> more = new TreeSet<>(done);
            more.add(what);
            return new World(journals, network, more, now);
        }

        World at(Instant later) {
            return new World(journals, network, done, later);
        }

        /** Equal for worlds from which the same can happen. */
        Object essence() {
            List<Object> essence = new ArrayList<>();
            for (TransferSide side : TransferSide.values()) {
                HospitalView view = journal(side).view();
                view.transfers().forEach(transfer -> essence.add(List.of(transfer.sending(), transfer.receiving())));
                view.requests().forEach(open -> essence.add(open.toString()));
                view.anomalies().forEach(anomaly -> essence.add(anomaly.key()));
                for (StayId stay : List.of(STAY, STAY_THERE)) {
                    Stay known = view.stays().get(stay);
                    essence.add(known == null ? "unknown" : known.status() + " " + known.location());
                }
            }
            essence.add(done);
            return essence;
        }
    }

    private record Choice(String what, World world) {}

    // ---- the two hospitals

    private static World beginning() {
        Map<TransferSide, Journal> journals = new TreeMap<>();
        journals.put(TransferSide.SENDING, journal(SENDING));
        journals.put(TransferSide.RECEIVING, journal(RECEIVING));
        World world = new World(journals, List.of(), Set.of(), NOON);
        for (Command command : List.of(
                new Command.RegisterStay(STAY, PATIENT, CareNeeds.UNSPECIFIED, PatientClass.INPATIENT, null),
                Ward.admission(STAY.value(), "301"),
                new Command.AskInterhospitalTransfer(STAY, RECEIVING, null, null, 2, null, null))) {
            world = must(world, TransferSide.SENDING, command);
        }
        return world;
    }

    private static Journal journal(HospitalId id) {
        Hospital like = SmallHospital.hospital();
        Journal journal = new Journal(List.of())
                .with(
                        new Command.DefineHospital(new Hospital(
                                id, id.value(), like.zone(), like.specialties(), like.equipment(), like.services())),
                        NOON);
        assertThat(journal).isNotNull();
        return journal;
    }

    private static World must(World world, TransferSide side, Command command) {
        Journal longer = world.journal(side).with(command, world.now());
        assertThat(longer).as("%s", command).isNotNull();
        return world.with(side, longer);
    }

    private static @Nullable InterhospitalTransfer transfer(World world, TransferSide side) {
        List<InterhospitalTransfer> known = world.journal(side).view().transfers();
        return known.isEmpty() ? null : known.getFirst();
    }

    private static final TransferId ID = TransferId.of(SENDING, 4);

    // ---- what people do

    private enum Deed {
        ACCEPT(TransferSide.SENDING, world -> new Command.AcceptInterhospitalTransfer(ID)),
        ACCEPT_AGAIN(TransferSide.SENDING, world -> new Command.AcceptInterhospitalTransfer(ID)),
        DEPART(TransferSide.SENDING, world -> new Command.RecordInterhospitalDeparture(ID, null)),
        GIVE_UP(TransferSide.SENDING, world -> new Command.CancelInterhospitalTransfer(ID, "autre choix", null)),
        CALL_BACK(
                TransferSide.SENDING,
                world -> new Command.CancelInterhospitalTransfer(ID, "demi-tour", Whereabouts.SENDING_HOSPITAL)),
        TAKE_BACK_DEPARTURE(TransferSide.SENDING, world -> takeBackLast(world, TransferSide.SENDING, STAY)),
        DIE(TransferSide.SENDING, world -> new Command.DischargeStay(STAY, Ending.DIED, null)),
        OFFER(
                TransferSide.RECEIVING,
                world -> new Command.OfferInterhospitalTransfer(
                        ID, new BedId("301"), world.now().plus(HELD))),
        OFFER_ANOTHER(
                TransferSide.RECEIVING,
                world -> new Command.OfferInterhospitalTransfer(
                        ID, new BedId("302"), world.now().plus(HELD))),
        RELEASE(TransferSide.RECEIVING, world -> new Command.ReleaseReservation(new BedId("301"))),
        DECLINE(TransferSide.RECEIVING, world -> new Command.DeclineInterhospitalTransfer(ID, "complet")),
        REFUSE(TransferSide.RECEIVING, world -> new Command.CancelInterhospitalTransfer(ID, "panne", null)),
        SEND_BACK(
                TransferSide.RECEIVING,
                world -> new Command.CancelInterhospitalTransfer(ID, "panne", Whereabouts.SENDING_HOSPITAL)),
        SEND_ELSEWHERE(
                TransferSide.RECEIVING,
                world -> new Command.CancelInterhospitalTransfer(ID, "panne", Whereabouts.ELSEWHERE)),
        ARRIVE(TransferSide.RECEIVING, world -> new Command.RecordInterhospitalArrival(ID, STAY_THERE, null, null)),
        ARRIVE_IN_ANOTHER(
                TransferSide.RECEIVING,
                world -> new Command.RecordInterhospitalArrival(ID, STAY_THERE, new BedId("303"), null)),
        FEED_ADMITS(
                TransferSide.RECEIVING,
                world -> Ward.fact(STAY_THERE.value(), "m1", MovementKind.ADMISSION, world.now(), "REA", "301")),
        TAKE_BACK_ARRIVAL(TransferSide.RECEIVING, world -> takeBackLast(world, TransferSide.RECEIVING, STAY_THERE)),
        ADMIT_ANEW(TransferSide.RECEIVING, world -> Ward.admission(STAY_THERE.value(), "303")),
        DEADLINE(TransferSide.RECEIVING, world -> new Command.PassTime());

        private final TransferSide side;
        private final Function<World, Command> command;

        Deed(TransferSide side, Function<World, Command> command) {
            this.side = side;
            this.command = command;
        }
    }

    /** That they left the one hospital, or that they came into the other. */
    private static Command takeBackLast(World world, TransferSide side, StayId id) {
        Stay stay = world.journal(side).view().stays().get(id);
        String last = "none";
        if (stay != null && (side == TransferSide.SENDING ? stay.status() == StayStatus.ENDED : stay.isHere())) {
            last = stay.timeline().movements().getLast().id();
        }
        return new Command.CancelMovement(id, last, "erreur");
    }

    private static @Nullable World done(World world, Deed deed) {
        World then = deed == Deed.DEADLINE ? world.at(world.now().plus(HELD)) : world;
        Journal before = then.journal(deed.side);
        if (deed == Deed.FEED_ADMITS) {
            if (!isOnTheWay(world)) {
                return null;
            }
            before = before.with(
                    new Command.ReportStay(STAY_THERE, StatedPapers.ofPatient(PATIENT), then.now()), then.now());
            assertThat(before).isNotNull();
        }
        Journal after = before.with(deed.command.apply(then), then.now());
        return after == null ? null : then.with(deed.side, after).done(deed.name());
    }

    /** A feed says what is: the patient is not where they have not gone. */
    private static boolean isOnTheWay(World world) {
        InterhospitalTransfer transfer = transfer(world, TransferSide.SENDING);
        Stay stay = world.journal(TransferSide.SENDING).view().stays().get(STAY);
        return transfer != null && transfer.hasDeparted() && stay != null && !stay.isHere();
    }

    // ---- what the courier does

    private static @Nullable Message due(World world, TransferSide side) {
        InterhospitalTransfer transfer = transfer(world, side);
        return transfer == null || transfer.isAcknowledged()
                ? null
                : message(transfer, transfer.ownSteps().size());
    }

    private static Message message(InterhospitalTransfer transfer, int steps) {
        TransferSide side = transfer.side();
        return new Message(
                side.other(),
                new Command.ReportTransferSteps(
                        transfer.id(),
                        side == TransferSide.SENDING ? SENDING : RECEIVING,
                        side,
                        transfer.wish(),
                        transfer.ownSteps().subList(0, steps)),
                false);
    }

    /** It is done where it is to be done, and that is answered. */
    private static World arrived(World world, Message message) {
        World after = must(world, message.to(), message.command());
        if (message.answer() || !(message.command() instanceof Command.ReportTransferSteps told)) {
            return after;
        }
        List<Message> network = new ArrayList<>(after.network());
        network.add(new Message(
                told.by(),
                new Command.AcknowledgeTransferSteps(
                        told.transfer(), told.steps().size()),
                true));
        return after.network(network);
    }

    private static List<Choice> deeds(World world, Set<Deed> menu) {
        List<Choice> choices = new ArrayList<>();
        for (Deed deed : menu) {
            World after = done(world, deed);
            if (after != null) {
                choices.add(new Choice(deed.name(), after));
            }
        }
        return choices;
    }

    /** Each side may hear any more of the other's steps; to hear again what it has heard changes nothing. */
    private static List<Choice> hearings(World world) {
        List<Choice> choices = new ArrayList<>();
        for (TransferSide by : TransferSide.values()) {
            InterhospitalTransfer told = transfer(world, by);
            InterhospitalTransfer known = transfer(world, by.other());
            int heard = known == null ? 0 : known.steps(by).size();
            for (int steps = 1; told != null && steps <= told.ownSteps().size(); steps++) {
                Message message = message(told, steps);
                World after = must(world, message.to(), message.command());
                if (steps > heard) {
                    choices.add(new Choice(by.other() + " hears " + steps, after));
                } else {
                    assertThat(after.journal(by.other()))
                            .as("%s hears %d of %d again", by.other(), steps, heard)
                            .isSameAs(world.journal(by.other()));
                }
            }
        }
        return choices;
    }

    // ---- the walk

    private enum Story {
        CANCELLED(
                Deed.OFFER,
                Deed.ACCEPT,
                Deed.DEPART,
                Deed.ARRIVE,
                Deed.GIVE_UP,
                Deed.CALL_BACK,
                Deed.REFUSE,
                Deed.SEND_BACK,
                Deed.SEND_ELSEWHERE),
        BED_LOST(
                Deed.OFFER,
                Deed.ACCEPT,
                Deed.DEPART,
                Deed.DEADLINE,
                Deed.OFFER_ANOTHER,
                Deed.ACCEPT_AGAIN,
                Deed.RELEASE,
                Deed.ARRIVE,
                Deed.ARRIVE_IN_ANOTHER),
        DECLINED(Deed.OFFER, Deed.DECLINE, Deed.ACCEPT, Deed.DEPART, Deed.GIVE_UP, Deed.CALL_BACK, Deed.ARRIVE),
        FED(Deed.OFFER, Deed.ACCEPT, Deed.DEPART, Deed.FEED_ADMITS, Deed.ARRIVE, Deed.GIVE_UP, Deed.REFUSE),
        TURNED_BACK(
                Deed.OFFER,
                Deed.ACCEPT,
                Deed.DEPART,
                Deed.TAKE_BACK_DEPARTURE,
                Deed.DIE,
                Deed.SEND_ELSEWHERE,
                Deed.ARRIVE,
                Deed.OFFER_ANOTHER),
        NEVER_CAME(
                Deed.OFFER,
                Deed.ACCEPT,
                Deed.DEPART,
                Deed.GIVE_UP,
                Deed.ARRIVE,
                Deed.TAKE_BACK_ARRIVAL,
                Deed.ADMIT_ANEW,
                Deed.TAKE_BACK_DEPARTURE);

        private final Set<Deed> menu;

        Story(Deed... menu) {
            this.menu = new TreeSet<>(List.of(menu));
        }
    }

    /** A world and how it came about. */
    private record Visit(World world, @Nullable Visit before, String what) {
        @Override
        public String toString() {
            return (before == null ? "" : before + "\n  ") + what;
        }
    }

    @ParameterizedTest
    @EnumSource(Story.class)
    void shouldAgreeWhereverItStops(Story story) {
        Set<Object> seen = new HashSet<>();
        Set<TransferState> ends = new TreeSet<>();
        Deque<Visit> left = new ArrayDeque<>();
        left.add(new Visit(beginning(), null, "asked"));
        while (!left.isEmpty()) {
            Visit visit = left.removeLast();
            World world = visit.world();
            try {
                ends.add(check(quiet(world)));
                Set<Deed> menu = new TreeSet<>(story.menu);
                menu.removeIf(deed -> world.done().contains(deed.name()));
                for (Choice choice : concat(deeds(world, menu), hearings(world))) {
                    if (seen.add(choice.world().essence())) {
                        left.add(new Visit(choice.world(), visit, choice.what()));
                    }
                }
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(visit + "\n" + e.getMessage(), e);
            }
        }
        assertThat(ends).hasSizeGreaterThan(3);
    }

    private static List<Choice> concat(List<Choice> some, List<Choice> others) {
        List<Choice> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    /** Everything at once, again and again, over a network that loses, doubles and delays, between processes that die. */
    @Test
    void shouldAgreeAfterAnyStorm() {
        long first = Long.getLong("chevet.seed", 1);
        Set<TransferState> ends = new TreeSet<>();
        for (long seed = first; seed < first + STORM_SEEDS; seed++) {
            Random random = new Random(seed);
            Visit visit = new Visit(beginning(), null, "asked");
            try {
                for (int step = 0; step < STORM_STEPS; step++) {
                    World world = visit.world();
                    List<Choice> choices = random.nextBoolean() ? deeds(world, some(random)) : carried(world, random);
                    if (!choices.isEmpty()) {
                        Choice choice = choices.get(random.nextInt(choices.size()));
                        visit = new Visit(choice.world(), visit, choice.what());
                    }
                }
                ends.add(check(quiet(visit.world())));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + "\n" + visit + "\n" + e.getMessage(), e);
            }
        }
        assertThat(ends).contains(TransferState.ARRIVED, TransferState.CANCELLED, TransferState.DEPARTED);
    }

    /** What ends a transfer comes seldom: a storm is to be long. */
    private static Set<Deed> some(Random random) {
        Set<Deed> some = new TreeSet<>(List.of(Deed.values()));
        if (random.nextInt(12) > 0) {
            some.removeAll(List.of(Deed.GIVE_UP, Deed.DECLINE, Deed.REFUSE, Deed.DIE, Deed.CALL_BACK));
            some.removeAll(List.of(Deed.SEND_BACK, Deed.SEND_ELSEWHERE, Deed.TAKE_BACK_DEPARTURE));
        }
        return some;
    }

    private static List<Choice> carried(World world, Random random) {
        List<Choice> choices = new ArrayList<>();
        for (TransferSide side : TransferSide.values()) {
            Message due = due(world, side);
            if (due != null) {
                List<Message> network = new ArrayList<>(world.network());
                network.add(due);
                choices.add(new Choice(side + " tells", world.network(network)));
            }
        }
        if (!world.network().isEmpty()) {
            Message message = world.network().get(random.nextInt(world.network().size()));
            List<Message> rest = new ArrayList<>(world.network());
            rest.remove(message);
            choices.add(new Choice("heard: " + message, arrived(world.network(rest), message)));
            choices.add(new Choice("heard, and again later: " + message, arrived(world, message)));
            choices.add(new Choice("lost: " + message, world.network(rest)));
        }
        return choices;
    }

    /** Nothing goes wrong any more, and the courier carries what is left. */
    private static World quiet(World start) {
        World world = start;
        for (int round = 0; round < 300; round++) {
            if (!world.network().isEmpty()) {
                Message next = world.network().getFirst();
                world = arrived(
                        world.network(world.network().subList(1, world.network().size())), next);
                continue;
            }
            Message due = due(world, TransferSide.RECEIVING);
            due = due == null ? due(world, TransferSide.SENDING) : due;
            if (due == null) {
                return world;
            }
            world = world.network(List.of(due));
        }
        throw new AssertionError("the courier does not come to rest");
    }

    private static TransferState check(World world) {
        InterhospitalTransfer there = transfer(world, TransferSide.RECEIVING);
        InterhospitalTransfer here = transfer(world, TransferSide.SENDING);
        assertThat(here).isNotNull();
        assertThat(there).isNotNull();
        assertThat(there.sending()).isEqualTo(here.sending());
        assertThat(there.receiving()).isEqualTo(here.receiving());
        assertThat(there.state()).isEqualTo(here.state());
        for (TransferSide side : TransferSide.values()) {
            for (TransferSide by : TransferSide.values()) {
                assertThat(stepsOf(world.journal(side), by))
                        .as("steps of %s in the journal of %s", by, side)
                        .isEqualTo(here.steps(by));
            }
        }
        checkBeds(world, there);
        checkPatient(world, here);
        return here.state();
    }

    private static List<TransferStep> stepsOf(Journal journal, TransferSide by) {
        List<TransferStep> steps = new ArrayList<>();
        for (Recorded recorded : journal.events) {
            switch (recorded.event()) {
                case BedEvent.InterhospitalTransferOpened opened -> {
                    if (by == TransferSide.SENDING) {
                        steps.add(TransferStep.asked(opened.at()));
                    }
                }
                case BedEvent.InterhospitalTransferStepped stepped -> {
                    if (stepped.by() == by) {
                        steps.add(stepped.step());
                    }
                }
                default -> {}
            }
        }
        return steps;
    }

    private static void checkBeds(World world, InterhospitalTransfer transfer) {
        HospitalView view = world.journal(TransferSide.RECEIVING).view();
        List<BedId> held = new ArrayList<>();
        List<BedId> lainIn = new ArrayList<>();
        for (ServiceView service : view.services()) {
            for (BedView bed : service.beds()) {
                if (bed.status().reservation() != null) {
                    held.add(bed.bed().id());
                }
                if (!bed.status().occupants().isEmpty()) {
                    assertThat(bed.status().occupants()).containsExactly(STAY_THERE);
                    lainIn.add(bed.bed().id());
                }
            }
        }
        TransferStep offer = transfer.offer();
        assertThat(held).isEqualTo(offer == null ? List.of() : List.of(offer.bed()));
        assertThat(lainIn.size()).as("%s", lainIn).isLessThan(2);
        if (transfer.state() == TransferState.ARRIVED) {
            assertThat(lainIn).hasSize(transfer.isArrivalTakenBack() ? 0 : 1);
        }
        assertThat(view.requests()).hasSize(transfer.state().isOpen() ? 1 : 0);
    }

    private static void checkPatient(World world, InterhospitalTransfer transfer) {
        HospitalView sending = world.journal(TransferSide.SENDING).view();
        HospitalView receiving = world.journal(TransferSide.RECEIVING).view();
        Stay here = sending.stays().get(STAY);
        Stay there = receiving.stays().get(STAY_THERE);
        assertThat(here).isNotNull();
        boolean told = Stream.concat(sending.anomalies().stream(), receiving.anomalies().stream())
                .anyMatch(anomaly -> anomaly.kind() == Anomaly.Kind.TRANSFER_CONTRADICTED
                        || anomaly.kind() == Anomaly.Kind.RESERVATION_OVERRIDDEN);
        boolean isHere = here.isHere();
        boolean isThere = there != null && there.isHere();
        // A feed admitted somebody of whom this hospital was not told yet, and a person then said that they are
        // elsewhere.
        boolean unknown = world.done().contains(Deed.FEED_ADMITS.name()) && transfer.state() != TransferState.ARRIVED;
        if (isHere && isThere && !unknown) {
            assertThat(told).as("in both hospitals, and nobody is told").isTrue();
        }
        if (!isHere && !isThere) {
            boolean onTheWay = transfer.state() == TransferState.DEPARTED;
            boolean elsewhere = transfer.whereabouts() == Whereabouts.ELSEWHERE;
            boolean toldBoth = isTold(sending) && isTold(receiving);
            assertThat(onTheWay || elsewhere || here.ending() == Ending.DIED || toldBoth)
                    .as("in neither hospital: %s", transfer)
                    .isTrue();
        }
        if (transfer.state() == TransferState.DEPARTED) {
            assertThat(isHere).isFalse();
        }
    }

    private static boolean isTold(HospitalView view) {
        return view.anomalies().stream().anyMatch(anomaly -> anomaly.kind() == Anomaly.Kind.TRANSFER_CONTRADICTED);
    }
}
