package org.chevet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chevet.runtime.Eventually.eventually;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.chevet.event.BedEvent;
import org.chevet.event.Command;
import org.chevet.event.Origin;
import org.chevet.event.Recorded;
import org.chevet.event.TransferSide;
import org.chevet.event.TransferStep;
import org.chevet.event.Whereabouts;
import org.chevet.hospital.BedId;
import org.chevet.hospital.HospitalId;
import org.chevet.hospital.StayId;
import org.chevet.journal.JdbcJournal;
import org.chevet.journal.Journal;
import org.chevet.occupancy.InterhospitalTransfer;
import org.chevet.occupancy.Stay;
import org.chevet.occupancy.TransferState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transfers between two hospitals, carried by the real courier over journals and a network that fail. */
@Timeout(120)
class TransferCourierTest {
    private static final HospitalId NORTH = new HospitalId("NORD");
    private static final HospitalId SOUTH = new HospitalId("SUD");
    private static final Limits LIMITS =
            new Limits(64, 1_000, 8, 2, 1_000, 25, Duration.ofMillis(1), Duration.ofMillis(20));
    private static final int PATIENTS = 6;

    private final AdjustableClock clock = new AdjustableClock(SmallHospital.START, 1);
    private final Subscription hushed = Hushed.logsOf(
            JournalThread.class, WriterLoop.class, SharedHospital.class, Snapshots.class, TransferCourier.class);

    @AfterEach
    void unhush() {
        hushed.close();
    }

    @Test
    void shouldCarryEachStepAndNoteThatItWasHeard(@TempDir Path directory) {
        try (JdbcJournal journal = JdbcJournal.sqlite(directory);
                Engine engine = new Engine(journal, LIMITS)) {
            HospitalWriter north = engine.open(SmallHospital.hospital(NORTH), clock);
            HospitalWriter south = engine.open(SmallHospital.hospital(SOUTH), clock);
            InterhospitalTransfer asked = ask(north, "N1", "B1");
            eventually(() -> south.view().transfers().size() == 1);
            done(south, offer(asked, "B2"));
            eventually(() -> only(north).state() == TransferState.OFFERED);
            done(north, new Command.AcceptInterhospitalTransfer(asked.id()));
            done(north, new Command.RecordInterhospitalDeparture(asked.id(), null));
            eventually(() -> only(south).state() == TransferState.DEPARTED);
            done(south, new Command.RecordInterhospitalArrival(asked.id(), new StayId("S1"), null, null));

            eventually(() -> isSettled(north) && isSettled(south) && only(north).state() == TransferState.ARRIVED);

            assertThat(only(south).receiving()).isEqualTo(only(north).receiving());
            Stay arrived = Objects.requireNonNull(south.view().stays().get(new StayId("S1")));
            assertThat(arrived.knownPatient().familyName()).isEqualTo(SmallHospital.FAMILY_NAME);
            List<Recorded> heard = new ArrayList<>();
            journal.read(SOUTH, 0, recorded -> {
                if (recorded.origin() instanceof Origin.OtherHospital) {
                    heard.add(recorded);
                }
            });
            assertThat(heard.getFirst().origin()).isEqualTo(new Origin.OtherHospital(NORTH));
        }
    }

    @Test
    void shouldTellAgainWhatADoorThrewBack(@TempDir Path directory) {
        try (JdbcJournal northern = JdbcJournal.sqlite(directory.resolve("north"));
                JdbcJournal southern = JdbcJournal.sqlite(directory.resolve("south"));
                Engine northernEngine = new Engine(northern, LIMITS);
                Engine southernEngine = new Engine(southern, LIMITS)) {
            HospitalWriter north = northernEngine.open(SmallHospital.hospital(NORTH), clock);
            HospitalWriter south = southernEngine.open(SmallHospital.hospital(SOUTH), clock);
            ask(north, "N1", "B1");
            AtomicInteger thrown = new AtomicInteger();
            TransferDoor from = new TransferDoor(north, () -> true, north::take);
            TransferDoor to = new TransferDoor(south, () -> true, submission -> {
                if (thrown.incrementAndGet() == 1) {
                    throw new IllegalStateException("a bug of this test");
                }
                return south.take(submission);
            });
            try (TransferCourier courier = new TransferCourier(() -> List.of(from, to), LIMITS)) {
                courier.hospitalOpened();

                eventually(() -> isSettled(north));
            }
            assertThat(only(south).id()).isEqualTo(only(north).id());
        }
    }

    @Test
    void shouldCarryAfterARestartWhatItCouldNotBefore(@TempDir Path directory) {
        try (JdbcJournal journal = JdbcJournal.sqlite(directory)) {
            try (Engine engine = new Engine(journal, LIMITS)) {
                HospitalWriter north = engine.open(SmallHospital.hospital(NORTH), clock);
                ask(north, "N1", "B1");
                assertThat(only(north).isAcknowledged())
                        .as("nobody is there to hear it")
                        .isFalse();
            }
            try (Engine engine = new Engine(journal, LIMITS)) {
                HospitalWriter north = engine.open(SmallHospital.hospital(NORTH), clock);
                HospitalWriter south = engine.open(SmallHospital.hospital(SOUTH), clock);

                eventually(() -> south.view().transfers().size() == 1 && isSettled(north));
            }
        }
    }

    @Test
    void shouldEndATransferWithAHospitalThatIsGone(@TempDir Path directory) {
        try (JdbcJournal journal = JdbcJournal.sqlite(directory);
                Engine engine = new Engine(journal, LIMITS)) {
            HospitalWriter north = engine.open(SmallHospital.hospital(NORTH), clock);
            InterhospitalTransfer asked = ask(north, "N1", "B1");

            done(north, new Command.CancelInterhospitalTransfer(asked.id(), "plus personne", null));

            assertThat(only(north).state()).isEqualTo(TransferState.CANCELLED);
            assertThat(only(north).isAcknowledged()).isFalse();
        }
    }

    /** Journals that fail before and after they have written, while people on both sides do what comes to their minds. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void shouldAgreeOnceTheStormIsOver(long seed, @TempDir Path directory) {
        Random random = new Random(seed);
        FaultyJournal journal = new FaultyJournal(JdbcJournal.sqlite(directory));
        for (int life = 0; life < 3; life++) {
            journal.faults = () -> FaultyJournal.Fault.NONE;
            try (Engine engine = new Engine(journal, LIMITS)) {
                HospitalWriter north = engine.open(SmallHospital.hospital(NORTH), clock);
                HospitalWriter south = engine.open(SmallHospital.hospital(SOUTH), clock);
                Random faults = new Random(seed);
                journal.faults = () -> switch (faults.nextInt(8)) {
                    case 0 -> FaultyJournal.Fault.BEFORE_COMMIT;
                    case 1 -> FaultyJournal.Fault.AFTER_COMMIT;
                    default -> FaultyJournal.Fault.NONE;
                };
                for (int patient = 0; life == 0 && patient < PATIENTS; patient++) {
                    submit(north, SmallHospital.register("N" + patient));
                    submit(north, SmallHospital.admit("N" + patient, "B" + (patient + 1)));
                }
                for (int act = 0; act < 80; act++) {
                    boolean ofNorth = random.nextBoolean();
                    submit(ofNorth ? north : south, any(ofNorth ? north : south, random));
                }
                if (life == 2) {
                    journal.faults = () -> FaultyJournal.Fault.NONE;
                    eventually(() -> isSettled(north) && isSettled(south));
                    assertAgree(north, south);
                }
            }
        }
        assertStepsOnce(journal);
        journal.close();
    }

    private static Command.Act any(HospitalAccess hospital, Random random) {
        List<InterhospitalTransfer> known = hospital.view().transfers();
        boolean north = hospital.id().equals(NORTH);
        if (known.isEmpty() || random.nextInt(8) == 0) {
            return new Command.AskInterhospitalTransfer(
                    new StayId((north ? "N" : "S") + random.nextInt(PATIENTS)),
                    north ? SOUTH : NORTH,
                    null,
                    null,
                    3,
                    null,
                    null);
        }
        InterhospitalTransfer transfer = known.get(random.nextInt(known.size()));
        if (random.nextInt(10) == 0) {
            return new Command.CancelInterhospitalTransfer(
                    transfer.id(), "change", transfer.hasDeparted() ? Whereabouts.values()[random.nextInt(2)] : null);
        }
        if (transfer.side() == TransferSide.SENDING) {
            return transfer.state() == TransferState.OFFERED
                    ? new Command.AcceptInterhospitalTransfer(transfer.id())
                    : new Command.RecordInterhospitalDeparture(transfer.id(), null);
        }
        return transfer.state() == TransferState.ASKED
                ? offer(transfer, "B" + (1 + random.nextInt(10)))
                : new Command.RecordInterhospitalArrival(
                        transfer.id(),
                        new StayId("A" + transfer.id()),
                        random.nextBoolean() ? null : new BedId("B" + (1 + random.nextInt(10))),
                        null);
    }

    private static void assertAgree(HospitalAccess north, HospitalAccess south) {
        assertThat(north.view().transfers()).hasSameSizeAs(south.view().transfers());
        TreeSet<TransferState> states = new TreeSet<>();
        for (InterhospitalTransfer here : north.view().transfers()) {
            InterhospitalTransfer there = south.view().transfers().stream()
                    .filter(one -> one.id().equals(here.id()))
                    .findFirst()
                    .orElseThrow();
            assertThat(there.sending()).isEqualTo(here.sending());
            assertThat(there.receiving()).isEqualTo(here.receiving());
            assertThat(there.state()).isEqualTo(here.state());
            states.add(here.state());
        }
        assertThat(states).contains(TransferState.ARRIVED);
        Stream.of(north, south)
                .forEach(hospital -> hospital.view()
                        .services()
                        .getFirst()
                        .beds()
                        .forEach(bed -> assertThat(bed.occupants())
                                .as("%s of %s", bed.bed().id(), hospital.id())
                                .hasSizeLessThan(2)));
    }

    private static void assertStepsOnce(Journal journal) {
        for (HospitalId hospital : List.of(NORTH, SOUTH)) {
            List<String> steps = new ArrayList<>();
            journal.read(hospital, 0, recorded -> {
                if (recorded.event() instanceof BedEvent.InterhospitalTransferStepped stepped) {
                    TransferStep step = stepped.step();
                    steps.add(stepped.transfer() + " " + stepped.by() + " " + step.number());
                }
            });
            assertThat(steps).as("%s", hospital).doesNotHaveDuplicates().isNotEmpty();
        }
    }

    /** A member dies at every step of a transfer; another one carries on. */
    @Test
    void shouldCarryOnInAClusterWhoseMembersDie() {
        SharedMemory database = new SharedMemory();
        List<Member> members = new ArrayList<>();
        try (LocalNetwork network = new LocalNetwork()) {
            for (String name : List.of("a", "b", "c", "d")) {
                members.add(new Member(name, network, database.new Door(), clock));
            }
            InterhospitalTransfer asked = ask(members.getFirst().north, "N1", "B1");
            kill(members, network);
            eventually(() -> members.getFirst().south.view().transfers().size() == 1);
            done(members.getFirst().south, offer(asked, "B2"));
            kill(members, network);
            eventually(() -> only(members.getFirst().north).state() == TransferState.OFFERED);
            done(members.getFirst().north, new Command.AcceptInterhospitalTransfer(asked.id()));
            done(members.getFirst().north, new Command.RecordInterhospitalDeparture(asked.id(), null));
            kill(members, network);
            eventually(() -> only(members.getFirst().south).state() == TransferState.DEPARTED);
            done(
                    members.getFirst().south,
                    new Command.RecordInterhospitalArrival(asked.id(), new StayId("S1"), null, null));

            eventually(() -> only(members.getFirst().north).state() == TransferState.ARRIVED
                    && isSettled(members.getFirst().north)
                    && isSettled(members.getFirst().south));
            assertStepsOnce(members.getFirst().door);
        } finally {
            members.forEach(Member::close);
        }
    }

    private static void kill(List<Member> members, LocalNetwork network) {
        Member killed = members.removeFirst();
        killed.door.cut = true;
        network.leave(killed.node.self());
        killed.close();
    }

    private static final class Member {
        final LocalNetwork.Node node;
        final SharedMemory.Door door;
        final Engine engine;
        final ClusterEngine cluster;
        final SharedHospital north;
        final SharedHospital south;

        Member(String name, LocalNetwork network, SharedMemory.Door door, HospitalClock clock) {
            node = network.join(name);
            this.door = door;
            engine = new Engine(door, LIMITS);
            cluster = new ClusterEngine(engine, node, node, LocalNetwork.PATIENCE);
            north = cluster.open(SmallHospital.hospital(NORTH), clock);
            south = cluster.open(SmallHospital.hospital(SOUTH), clock);
        }

        void close() {
            cluster.close();
            engine.close();
        }
    }

    private static InterhospitalTransfer ask(HospitalAccess hospital, String stay, String bed) {
        done(hospital, SmallHospital.register(stay));
        done(hospital, SmallHospital.admit(stay, bed));
        done(hospital, new Command.AskInterhospitalTransfer(new StayId(stay), SOUTH, null, null, 2, null, null));
        return only(hospital);
    }

    private static Command.OfferInterhospitalTransfer offer(InterhospitalTransfer transfer, String bed) {
        return new Command.OfferInterhospitalTransfer(
                transfer.id(), new BedId(bed), SmallHospital.START.plus(Duration.ofHours(3)));
    }

    private static InterhospitalTransfer only(HospitalAccess hospital) {
        assertThat(hospital.view().transfers()).hasSize(1);
        return hospital.view().transfers().getFirst();
    }

    private static boolean isSettled(HospitalAccess hospital) {
        return hospital.view().transfers().stream().allMatch(InterhospitalTransfer::isAcknowledged);
    }

    private static void done(HospitalAccess hospital, Command.Act act) {
        assertThat(submit(hospital, act)).as("%s", act).isInstanceOf(Answer.Done.class);
    }

    /** Until it is done or refused, under one key. */
    private static Answer submit(HospitalAccess hospital, Command.Act act) {
        String key = Long.toString(System.nanoTime());
        @Nullable Answer answer;
        do {
            answer = hospital.submit(act, SmallHospital.CLAIRE, key)
                    .orTimeout(60, TimeUnit.SECONDS)
                    .join();
            Thread.onSpinWait();
        } while (answer instanceof Answer.Unavailable);
        return Objects.requireNonNull(answer);
    }
}
