package org.chevet.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.chevet.cluster.MemberId;
import org.chevet.event.BedEvent;
import org.chevet.event.Command;
import org.chevet.event.RefusalReason;
import org.chevet.hospital.BedId;
import org.chevet.hospital.RequestId;
import org.chevet.journal.Journal;
import org.chevet.occupancy.Occupancy;
import org.junit.jupiter.api.Test;

/**
 * Clusters of one process on a network of which every message's fate is the seed's: lost, late, doubled, overtaken; while members are cut
 * from each other and from the database, freeze, die and are replaced. People ask at any of them and ask again. Longer by {@code
 * -Dchevet.seeds=2000}, from {@code -Dchevet.seed} on.
 */
class ClusterStormTest {
    private static final int SEEDS = Integer.getInteger("chevet.seeds", 12);
    private static final int STORMS_AT_A_TIME = 4;
    private static final int MEMBERS = 3;
    private static final int PEOPLE = 4;
    private static final int ACTS_EACH = 25;
    private static final int LULL_MILLIS_MAX = 120;
    private static final Duration ASK_AGAIN_AFTER = Duration.ofMillis(20);
    private static final String BED = "B1";

    /** For which everybody has a request. */
    private static final String WANTED = "B2";

    private static final String PROPOSED = "B3";

    private static final Limits LIMITS =
            new Limits(64, 1_000, 8, 2, 1_000, 25, Duration.ofMillis(1), Duration.ofMillis(20));

    @Test
    void shouldLoseAndDoubleNothingWhateverTheNetworkDoes() throws Exception {
        long first = Long.getLong("chevet.seed", System.nanoTime());
        System.out.println("ClusterStormTest: -Dchevet.seed=" + first + ", " + SEEDS + " seeds");
        Subscription hushed = Hushed.logsOf(
                JournalThread.class,
                WriterLoop.class,
                SharedHospital.class,
                Snapshots.class,
                ReadOnly.class,
                JournalWatch.class,
                ClusterEngine.class);
        try (ExecutorService storms = Executors.newFixedThreadPool(STORMS_AT_A_TIME)) {
            List<Future<?>> running = new ArrayList<>();
            LongStream.range(first, first + SEEDS)
                    .forEach(seed -> running.add(storms.submit(() -> new Storm(seed).run())));
            for (Future<?> storm : running) {
                storm.get();
            }
        } finally {
            hushed.close();
        }
    }

    /** How many in a hundred. */
    private record Roughness(int lost, int doubled, int late) implements LocalNetwork.Weather {
        static final int LATE_MILLIS_MAX = 60;

        static Roughness of(Random random) {
            return new Roughness(random.nextInt(15), random.nextInt(15), random.nextInt(40));
        }

        @Override
        public LocalNetwork.Fate fate(MemberId from, MemberId to, long number) {
            Random dice = new Random(31L * (31L * from.hashCode() + to.hashCode()) + number);
            if (dice.nextInt(100) < lost) {
                return LocalNetwork.Fate.LOST;
            }
            List<Duration> delays = new ArrayList<>();
            int times = dice.nextInt(100) < doubled ? 2 : 1;
            for (int i = 0; i < times; i++) {
                delays.add(Duration.ofMillis(dice.nextInt(100) < late ? 1 + dice.nextInt(LATE_MILLIS_MAX) : 0));
            }
            return new LocalNetwork.Fate(delays);
        }
    }

    /** @param lengthBefore of the journal, when it was asked; {@code lengthAfter} when it was answered */
    private record Told(Command.Act act, Answer answer, long lengthBefore, long lengthAfter) {}

    private static final class Storm {
        private final long seed;
        private final Random random;
        private final SharedMemory database = new SharedMemory();
        private final LocalNetwork network;
        private final AdjustableClock clock = new AdjustableClock(SmallHospital.START, 1);
        private final List<Member> members = new CopyOnWriteArrayList<>();
        private final List<Member> dead = new ArrayList<>();
        private final Queue<Told> told = new ConcurrentLinkedQueue<>();
        private final AtomicInteger names = new AtomicInteger();

        Storm(long seed) {
            this.seed = seed;
            random = new Random(seed);
            network = new LocalNetwork(Roughness.of(random));
        }

        private final class Member {
            final LocalNetwork.Node node = network.join("m" + names.incrementAndGet());
            final SharedMemory.Door door = database.new Door();
            final Engine engine = new Engine(door, LIMITS);
            final ClusterEngine cluster = new ClusterEngine(engine, node, node, LocalNetwork.PATIENCE);
            final SharedHospital hospital;
            final List<Long> seen = new CopyOnWriteArrayList<>();

            /** What people see of its end: their connections break. */
            final CompletableFuture<Answer> gone = new CompletableFuture<>();

            Member() {
                hospital = cluster.open(SmallHospital.hospital(), clock);
                hospital.subscribe(view -> seen.add(view.sequence()));
                cluster.takePart();
            }

            void kill() {
                gone.complete(new Answer.Unavailable("the member was killed", "Ask another one."));
                door.cut = true;
                network.leave(node.self());
            }

            void end() {
                cluster.close();
                engine.close();
            }
        }

        void run() {
            try {
                for (int i = 0; i < MEMBERS; i++) {
                    members.add(new Member());
                }
                blow();
                check();
            } catch (Throwable failure) {
                throw new AssertionError("-Dchevet.seed=" + seed + " -Dchevet.seeds=1", failure);
            } finally {
                members.forEach(Member::end);
                dead.forEach(Member::end);
                network.close();
            }
        }

        private void blow() {
            List<CompletableFuture<Void>> people = new ArrayList<>();
            for (int i = 0; i < PEOPLE; i++) {
                String name = "P" + i;
                long own = random.nextLong();
                people.add(CompletableFuture.runAsync(() -> ask(name, new Random(own)), Thread::startVirtualThread));
            }
            CompletableFuture<Void> all = CompletableFuture.allOf(people.toArray(CompletableFuture[]::new));
            while (!all.isDone()) {
                Member victim = members.get(random.nextInt(MEMBERS));
                switch (random.nextInt(5)) {
                    case 0 ->
                        network.cut(
                                victim.node.self(),
                                members.get((members.indexOf(victim) + 1) % MEMBERS)
                                        .node
                                        .self());
                    case 1 -> victim.node.freeze();
                    case 2 -> victim.door.cut = true;
                    case 3 -> replace(victim);
                    default -> {}
                }
                lull();
                members.forEach(member -> {
                    member.node.thaw();
                    member.door.cut = false;
                });
                if (random.nextBoolean()) {
                    network.heal();
                }
                lull();
            }
            network.heal();
            all.orTimeout(60, TimeUnit.SECONDS).join();
        }

        /** A process dies, and the machine starts another one. */
        private void replace(Member victim) {
            victim.kill();
            dead.add(victim);
            network.heal();
            members.set(members.indexOf(victim), new Member());
        }

        private void lull() {
            LockSupport.parkNanos(
                    Duration.ofMillis(random.nextInt(LULL_MILLIS_MAX)).toNanos());
        }

        private void ask(String name, Random dice) {
            for (int i = 0; i < ACTS_EACH; i++) {
                String key = name + "-" + i;
                Command.Act act = i == 0 ? SmallHospital.requestBed(name) : act(name, key, dice);
                long before = length();
                Answer answer = answer(act, key, dice);
                told.add(new Told(act, answer, before, length()));
            }
        }

        private static Command.Act act(String name, String key, Random dice) {
            RequestId own = new RequestId(name);
            return switch (dice.nextInt(7)) {
                case 0 -> SmallHospital.block(BED);
                case 1 -> SmallHospital.unblock(BED);
                case 2 ->
                    new Command.ReserveBed(
                            own,
                            new BedId(WANTED),
                            SmallHospital.START.plus(Duration.ofHours(6)),
                            SmallHospital.START.plus(Duration.ofHours(12)),
                            null);
                case 3 -> new Command.ReleaseReservation(new BedId(WANTED));
                case 4 -> new Command.RefuseBedRequest(own, null, new BedId(WANTED), RefusalReason.NO_STAFF, key);
                case 5 -> new Command.CounterProposeBed(own, new BedId(PROPOSED), null, key);
                default -> SmallHospital.register(key);
            };
        }

        /** Asks anywhere until somebody answers. */
        private Answer answer(Command.Act act, String key, Random dice) {
            while (true) {
                Member asked = members.get(dice.nextInt(MEMBERS));
                Answer answer = asked.hospital
                        .submit(act, SmallHospital.CLAIRE, key)
                        .applyToEither(asked.gone, either -> either)
                        .orTimeout(60, TimeUnit.SECONDS)
                        .join();
                if (!(answer instanceof Answer.Unavailable)) {
                    return answer;
                }
                LockSupport.parkNanos(ASK_AGAIN_AFTER.toNanos());
            }
        }

        private int length() {
            return database.all(SmallHospital.ID).size();
        }

        private void check() {
            List<Journal.Entry> journal = database.all(SmallHospital.ID);
            Occupancy replayed = new Occupancy();
            boolean[] blocked = new boolean[journal.size() + 1];
            boolean[] reserved = new boolean[journal.size() + 1];
            Map<Long, List<BedEvent>> acts = new HashMap<>();
            Map<String, Integer> once = new HashMap<>();
            for (Journal.Entry entry : journal) {
                BedEvent event = entry.recorded().event();
                int sequence = (int) entry.recorded().sequence();
                replayed.apply(entry.recorded());
                acts.computeIfAbsent(entry.recorded().act(), act -> new ArrayList<>())
                        .add(event);
                blocked[sequence] = blocked[sequence - 1];
                reserved[sequence] = reserved[sequence - 1];
                switch (event) {
                    case BedEvent.BedBlocked blocking -> {
                        assertThat(blocked[sequence])
                                .as("blocked twice, %d", sequence)
                                .isFalse();
                        blocked[sequence] = true;
                    }
                    case BedEvent.BedUnblocked unblocking -> {
                        assertThat(blocked[sequence])
                                .as("unblocked twice, %d", sequence)
                                .isTrue();
                        blocked[sequence] = false;
                    }
                    case BedEvent.BedReserved reservation -> {
                        assertThat(reserved[sequence])
                                .as("reserved twice, %d", sequence)
                                .isFalse();
                        reserved[sequence] = true;
                    }
                    case BedEvent.ReservationReleased release -> reserved[sequence] = false;
                    case BedEvent.StayRegistered stay -> once.merge(stay.stay().value(), 1, Integer::sum);
                    case BedEvent.BedRequested request ->
                        once.merge(request.request().id().value(), 1, Integer::sum);
                    case BedEvent.BedRefused refused ->
                        once.merge("refused " + refused.refusal().text(), 1, Integer::sum);
                    case BedEvent.BedCounterProposed proposed ->
                        once.merge("proposed " + proposed.proposal().note(), 1, Integer::sum);
                    default -> {}
                }
            }
            assertThat(replayed.breaches()).isEmpty();
            assertThat(once)
                    .allSatisfy((what, times) -> assertThat(times).as(what).isEqualTo(1));
            told.forEach(one -> check(one, acts, blocked, reserved));
            members.forEach(member -> check(member, journal.size()));
        }

        private void check(Told one, Map<Long, List<BedEvent>> acts, boolean[] blocked, boolean[] reserved) {
            switch (one.answer()) {
                case Answer.Done done -> {
                    assertThat(done.act())
                            .as("%s was done while it was asked", one)
                            .isGreaterThan(one.lengthBefore())
                            .isLessThanOrEqualTo(one.lengthAfter());
                    assertThat(acts.get(done.act())).as("%s", one).anyMatch(eventOf(one.act())::isInstance);
                }
                case Answer.Refused refused -> {
                    assertThat(one.act())
                            .as("%s", one)
                            .isInstanceOfAny(
                                    Command.BlockBed.class,
                                    Command.UnblockBed.class,
                                    Command.ReserveBed.class,
                                    Command.ReleaseReservation.class);
                    boolean wanted = one.act() instanceof Command.BlockBed || one.act() instanceof Command.ReserveBed;
                    boolean[] was = isAboutReservation(one.act()) ? reserved : blocked;
                    assertThat(LongStream.rangeClosed(one.lengthBefore(), one.lengthAfter()))
                            .as("%s: at some moment it was to be refused", one)
                            .anyMatch(sequence -> was[Math.toIntExact(sequence)] == wanted);
                }
                case Answer.Unavailable unavailable -> throw new AssertionError(one);
            }
        }

        private static boolean isAboutReservation(Command.Act act) {
            return act instanceof Command.ReserveBed || act instanceof Command.ReleaseReservation;
        }

        private static Class<? extends BedEvent> eventOf(Command.Act act) {
            return switch (act) {
                case Command.RequestBed request -> BedEvent.BedRequested.class;
                case Command.ReserveBed reserve -> BedEvent.BedReserved.class;
                case Command.ReleaseReservation release -> BedEvent.ReservationReleased.class;
                case Command.RefuseBedRequest refuse -> BedEvent.BedRefused.class;
                case Command.CounterProposeBed propose -> BedEvent.BedCounterProposed.class;
                case Command.BlockBed block -> BedEvent.BedBlocked.class;
                case Command.UnblockBed unblock -> BedEvent.BedUnblocked.class;
                default -> BedEvent.StayRegistered.class;
            };
        }

        private static void check(Member member, long last) {
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (member.hospital.view().sequence() != last) {
                assertThat(System.nanoTime())
                        .as(
                                "%s shows all, %d of %d",
                                member.node.self(), member.hospital.view().sequence(), last)
                        .isLessThan(end);
                LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
            }
            assertThat(member.seen).as("what %s showed", member.node.self()).isSorted();
        }
    }
}
