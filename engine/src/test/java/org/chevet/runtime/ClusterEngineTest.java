package org.chevet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chevet.runtime.Eventually.eventually;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.chevet.cluster.MemberId;
import org.chevet.event.BedEvent;
import org.chevet.event.Command;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.Journal;
import org.chevet.occupancy.Rule;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Members that write one hospital one after the other, over one database, on a network that fails. */
@Timeout(60)
class ClusterEngineTest {
    private static final Limits LIMITS =
            new Limits(1_000, 16, 8, 2, 1_000, 25, Duration.ofMillis(1), Duration.ofMillis(20));
    private final Subscription hushed = Hushed.logsOf(
            JournalThread.class,
            WriterLoop.class,
            SharedHospital.class,
            Snapshots.class,
            ReadOnly.class,
            JournalWatch.class);
    private final SharedMemory database = new SharedMemory();
    private final LocalNetwork network = new LocalNetwork();
    private final List<Member> members = new ArrayList<>();
    private final AdjustableClock clock = new AdjustableClock(SmallHospital.START, 1);

    /** A process of the cluster. */
    private final class Member {
        final LocalNetwork.Node node;
        final SharedMemory.Door door = database.new Door();
        final Engine engine = new Engine(door, LIMITS);
        final ClusterEngine cluster;
        final SharedHospital hospital;
        final List<Long> seen = new CopyOnWriteArrayList<>();

        Member(String name) {
            this(name, LocalNetwork.PATIENCE);
        }

        Member(String name, Patience patience) {
            node = network.join(name);
            cluster = new ClusterEngine(engine, node, node, patience);
            hospital = cluster.open(SmallHospital.hospital(), clock);
            cluster.takePart();
            hospital.subscribe(view -> seen.add(view.sequence()));
            members.add(this);
        }

        boolean writes() {
            return hospital.writing() != null;
        }

        /** As the kernel sees it: nothing of it says or writes anything any more. */
        void kill() {
            door.cut = true;
            network.leave(node.self());
        }

        Answer.Done done(String stay) {
            Answer answer = join(hospital.submit(SmallHospital.register(stay), SmallHospital.CLAIRE, stay));
            assertThat(answer).isInstanceOf(Answer.Done.class);
            return (Answer.Done) answer;
        }
    }

    @AfterEach
    void stop() {
        members.forEach(member -> {
            member.door.damaged.countDown();
            member.cluster.close();
            member.engine.close();
        });
        network.close();
        hushed.close();
    }

    @Test
    void shouldDoWhatIsAskedOfAnyMemberOnceAndShowItThere() {
        List<Member> all = List.of(new Member("a"), new Member("b"), new Member("c"));

        for (Member member : all) {
            Answer.Done done = member.done("at-" + member.node.self());

            assertThat(member.hospital.view().sequence()).isGreaterThanOrEqualTo(done.sequence());
        }

        assertThat(all.stream().filter(Member::writes)).hasSize(1);
        assertThat(registered()).hasSize(3);
        all.forEach(member -> eventually(() -> member.hospital.view().stays().size() == 3));
    }

    @Test
    void shouldAnswerARepeatedActAlikeWhereverItIsAsked() {
        Member one = new Member("a");
        Member other = new Member("b");

        Answer.Done first = one.done("S1");
        Answer.Done again = other.done("S1");

        assertThat(again).isEqualTo(new Answer.Done(first.act(), first.sequence(), true));
    }

    @Test
    void shouldGoOnElsewhereWhenTheWriterIsKilled() {
        List<Member> all = List.of(new Member("a"), new Member("b"), new Member("c"));
        Member killed = writer();
        Member asked =
                all.stream().filter(member -> member != killed).findFirst().orElseThrow();
        asked.done("before");

        killed.kill();
        asked.done("after");

        assertThat(registered()).containsOnlyKeys("before", "after");
        assertThat(asked.done("before").repeated())
                .as("the new writer knows what was done")
                .isTrue();
    }

    @Test
    void shouldFindOutByTheJournalThatAnotherWrites() {
        Member one = new Member("a");
        Member other = new Member("b");
        Member old = writer();
        Member successor = old == one ? other : one;

        old.node.freeze();
        successor.done("S1");
        // It wakes, still believing that the hospital is its own.
        old.node.thaw();
        CompletableFuture<Answer> late = old.hospital.submit(SmallHospital.register("S2"), SmallHospital.CLAIRE, "S2");
        network.changed();

        assertThat(join(late)).isInstanceOf(Answer.Done.class);
        assertThat(old.hospital.following().losses()).isPositive();
        assertThat(registered()).containsOnlyKeys("S1", "S2");
    }

    /** Without an event there is no key that would refuse it. */
    @Test
    void shouldAnswerNothingByAStateThatIsPast() {
        Member one = new Member("a");
        Member other = new Member("b");
        Member old = writer();
        old.door.blind = true;
        Member successor = old == one ? other : one;
        assertThat(submitted(old, SmallHospital.block("B1"))).isInstanceOf(Answer.Done.class);

        old.node.freeze();
        assertThat(submitted(successor, SmallHospital.unblock("B1"))).isInstanceOf(Answer.Done.class);
        // It wakes, still believing that the hospital is its own and the bed blocked.
        old.node.thaw();
        CompletableFuture<Answer> again = old.hospital.submit(SmallHospital.block("B1"), SmallHospital.CLAIRE, "again");
        network.changed();

        assertThat(join(again)).isInstanceOf(Answer.Done.class);
    }

    @Test
    void shouldBeReadOnlyForDamageThatIsFoundAfterItLostTheHospitalAndGotItBack() {
        Member first = new Member("a");
        join(first.hospital.report(
                IntStream.rangeClosed(0, Journal.EVENTS_VERIFIED_AT_OPENING)
                        .<Command.Fact>mapToObj(number -> SmallHospital.reportClosed("B1", number % 2 == 0))
                        .toList(),
                SmallHospital.message("1"),
                null));
        first.kill();
        Member member = new Member("b");
        member.door.verification.acquireUninterruptibly();

        member.node.freeze();
        Member other = new Member("c");
        other.done("S1");
        other.kill();
        eventually(() -> member.hospital.following().losses() > 0 && member.writes());
        member.door.damaged.countDown();

        eventually(() -> member.hospital.status().condition() == WriterStatus.Condition.READ_ONLY);
    }

    @Test
    void shouldRefuseMoreThanItsLimitWhileNobodyWrites() {
        Member one = new Member("a");
        Member other = new Member("b");
        Member writer = writer();
        Member asked = writer == one ? other : one;
        asked.door.cut = true;
        writer.node.freeze();

        List<CompletableFuture<Answer>> waiting = new ArrayList<>();
        for (int number = 1; number <= LIMITS.unansweredCommandsMax(); number++) {
            String stay = "S" + number;
            waiting.add(asked.hospital.submit(SmallHospital.register(stay), SmallHospital.CLAIRE, stay));
        }
        Answer beyond = join(asked.hospital.submit(SmallHospital.register("beyond"), SmallHospital.CLAIRE, "beyond"));

        assertThat(beyond)
                .isInstanceOfSatisfying(
                        Answer.Unavailable.class,
                        full -> assertThat(full.detail())
                                .contains("16 commands at this member that wait for their answer"));
        assertThat(waiting).noneMatch(CompletableFuture::isDone);
        waiting.removeFirst().cancel(false);
        waiting.add(asked.hospital.submit(SmallHospital.register("in"), SmallHospital.CLAIRE, "in"));
        asked.door.cut = false;
        assertThat(waiting).allMatch(answer -> join(answer) instanceof Answer.Done);
        asked.done("beyond");
        assertThat(registered()).as("what its sender took back").doesNotContainKey("S1");
    }

    /** Two members that do not see each other, and an act that waits at one while its sender is refused by the other. */
    @Test
    void shouldNotDoWhatItsSenderWasRefusedElsewhere() {
        Member one = new Member("a");
        Member other = new Member("b");
        Member old = writer();
        Member successor = old == one ? other : one;
        old.door.appendable = new CountDownLatch(1);
        CompletableFuture<Answer> registered =
                old.hospital.submit(SmallHospital.register("S1"), SmallHospital.CLAIRE, "register");
        CompletableFuture<Answer> late =
                old.hospital.submit(SmallHospital.admit("S1", "B1"), SmallHospital.CLAIRE, "admit");

        network.cut(old.node.self(), successor.node.self());
        eventually(successor::writes);
        Answer refused =
                join(successor.hospital.submit(SmallHospital.admit("S1", "B1"), SmallHospital.CLAIRE, "admit"));
        assertThat(refused)
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        because -> assertThat(because.refusal().rule()).isEqualTo(Rule.UNKNOWN_STAY));
        old.door.appendable.countDown();

        assertThat(join(registered)).isInstanceOf(Answer.Done.class);
        assertThat(join(late)).isEqualTo(refused);
        assertThat(database.all(SmallHospital.ID))
                .extracting(entry -> entry.recorded().event())
                .hasAtLeastOneElementOfType(BedEvent.StayRegistered.class)
                .doesNotHaveAnyElementsOfTypes(BedEvent.MovementRecorded.class);
    }

    /** Who writes next may have heard of it, or have read it. */
    @Test
    void shouldRefuseAgainWhatAFormerWriterRefused() {
        Member one = new Member("a");
        Member other = new Member("b");
        Member old = writer();
        Member follower = old == one ? other : one;
        Command.AdmitStay admit = SmallHospital.admit("S1", "B1");
        Answer refused = join(old.hospital.submit(admit, SmallHospital.CLAIRE, "admit"));
        assertThat(refused).isInstanceOf(Answer.Refused.class);
        eventually(
                () -> follower.hospital.view().sequence() == old.hospital.view().sequence());

        old.kill();
        follower.done("S1");
        assertThat(join(follower.hospital.submit(admit, SmallHospital.CLAIRE, "admit")))
                .isEqualTo(refused);
        follower.kill();
        Member newcomer = new Member("c");
        assertThat(join(newcomer.hospital.submit(admit, SmallHospital.CLAIRE, "admit")))
                .isEqualTo(refused);
        assertThat(join(newcomer.hospital.submit(admit, SmallHospital.CLAIRE, "again")))
                .isInstanceOf(Answer.Done.class);
    }

    /** However long it would keep off otherwise. */
    @Test
    void shouldWriteAgainSoonAfterALossForWhatAnotherMemberHandsOn() {
        Patience patience = LocalNetwork.patience(LocalNetwork.PATIENCE.askAgainAfter(), Duration.ofHours(1));
        Member one = new Member("a", patience);
        Member other = new Member("b", patience);
        Member old = writer();
        Member successor = old == one ? other : one;

        old.node.freeze();
        successor.done("S1");
        // It wakes, and is to write it as before: there is only itself for that.
        old.node.thaw();
        network.changed();
        eventually(() -> old.hospital.following().losses() > 0 && !successor.writes());

        successor.done("S2");
        assertThat(old.writes()).isTrue();
    }

    /** However long it would be until it is tried again. */
    @Test
    void shouldDoWhatWaitsAsSoonAsItWrites() {
        Member first = new Member("a");
        first.done("S1");
        first.kill();
        LocalNetwork.Node node = network.join("b");
        SharedMemory.Door door = database.new Door();
        door.cut = true;
        Patience patience = LocalNetwork.patience(Duration.ofHours(1), LocalNetwork.PATIENCE.holdOff());
        try (Engine engine = new Engine(door, LIMITS);
                ClusterEngine cluster = new ClusterEngine(engine, node, node, patience)) {
            CompletableFuture<SharedHospital> opened = CompletableFuture.supplyAsync(
                    () -> cluster.open(SmallHospital.hospital(), clock), Thread::startVirtualThread);
            eventually(() -> cluster.hospital(SmallHospital.ID) != null);
            CompletableFuture<Answer> waiting = Objects.requireNonNull(cluster.hospital(SmallHospital.ID))
                    .submit(SmallHospital.register("S2"), SmallHospital.CLAIRE, "S2");

            door.cut = false;

            assertThat(join(waiting)).isInstanceOf(Answer.Done.class);
            assertThat(opened).succeedsWithin(Duration.ofSeconds(20));
            door.damaged.countDown();
        }
    }

    /** The thread that brings answers has others to bring. */
    @Test
    void shouldLetWhatFollowsAnAnswerFromElsewhereTakeItsTime() {
        Member one = new Member("a");
        Member other = new Member("b");
        Member asked = writer() == one ? other : one;
        asked.done("S1");

        CompletableFuture<Answer> second = asked.hospital
                .submit(SmallHospital.register("S1"), SmallHospital.CLAIRE, "S1")
                .thenApply(
                        again -> join(asked.hospital.submit(SmallHospital.register("S2"), SmallHospital.CLAIRE, "S2")));

        assertThat(join(second)).isInstanceOf(Answer.Done.class);
    }

    @Test
    void shouldFollowByTheJournalWhenNobodyIsHeard() {
        Member one = new Member("a");
        Member other = new Member("b");
        Member writer = writer();
        Member follower = writer == one ? other : one;

        follower.node.deaf = true;
        writer.done("S1");

        eventually(() -> follower.hospital.view().stays().size() == 1);
        assertThat(follower.writes()).isFalse();
        assertThat(follower.hospital.status().condition()).isEqualTo(WriterStatus.Condition.WITHOUT_WRITER);
    }

    @Test
    void shouldSayThatItIsClosedWhateverTheWriterElsewhereSays() {
        Member one = new Member("a");
        Member other = new Member("b");
        Member follower = writer() == one ? other : one;
        eventually(() -> follower.hospital.status().writable());

        follower.cluster.close(SmallHospital.ID);

        assertThat(follower.hospital.status().condition()).isEqualTo(WriterStatus.Condition.CLOSED);
    }

    @Test
    void shouldDoOnceWhatHasNoNumberThoughTheAnswerIsLost() {
        Member one = new Member("a");
        Member other = new Member("b");
        Member follower = writer() == one ? other : one;

        follower.node.answersToLose.set(1);
        Answer answer = join(follower.hospital.submit(SmallHospital.requestBed("R1"), SmallHospital.CLAIRE, null));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Done.class, done -> assertThat(done.repeated()).isTrue());
        assertThat(database.all(SmallHospital.ID))
                .filteredOn(entry -> entry.recorded().event() instanceof BedEvent.BedRequested)
                .hasSize(1);
    }

    @Test
    void shouldRefuseWithoutDatabaseButGoOnShowing() {
        Member one = new Member("a");
        one.done("S1");

        one.door.cut = true;
        Answer refused = join(one.hospital.submit(SmallHospital.register("S2"), SmallHospital.CLAIRE, "S2"));

        assertThat(refused).isInstanceOf(Answer.Unavailable.class);
        assertThat(one.hospital.view().stays()).hasSize(1);
        one.door.cut = false;
        eventually(() -> join(one.hospital.submit(SmallHospital.register("S2"), SmallHospital.CLAIRE, "S2"))
                instanceof Answer.Done);
    }

    @Test
    void shouldLeaveHospitalsToMembersThatReachTheJournal() {
        Member one = new Member("a");
        Member other = new Member("b");
        Member cut = writer();
        Member successor = cut == one ? other : one;

        cut.door.cut = true;
        eventually(successor::writes);

        successor.done("S1");
        eventually(() -> join(cut.hospital.submit(SmallHospital.register("S2"), SmallHospital.CLAIRE, "S2"))
                instanceof Answer.Done);
        assertThat(cut.writes()).isFalse();
        cut.door.cut = false;
        eventually(cut::writes);
        assertThat(cut.done("S1").repeated()).isTrue();
    }

    @Test
    void shouldLeaveEveryHospitalWhereItIsWhenNobodyReachesTheJournal() {
        Member one = new Member("a");
        Member other = new Member("b");
        Member writer = writer();

        one.door.cut = true;
        other.door.cut = true;
        pause(3 * (int) LocalNetwork.PATIENCE.journalSilenceMax().toMillis());

        assertThat(writer.writes()).isTrue();
    }

    @Test
    void shouldAskTheJournalNoMoreOftenForMoreHospitals() {
        List<Member> all = List.of(new Member("a"), new Member("b"));
        List<CompletableFuture<?>> opened = new ArrayList<>();
        for (int number = 1; number <= 20; number++) {
            HospitalId id = new HospitalId("H" + number);
            all.forEach(member -> opened.add(CompletableFuture.runAsync(
                    () -> member.cluster.open(SmallHospital.hospital(id), clock), Thread::startVirtualThread)));
        }
        opened.forEach(CompletableFuture::join);
        for (SharedHospital hospital : all.getFirst().cluster.hospitals()) {
            eventually(() -> all.stream()
                            .filter(member -> Objects.requireNonNull(member.cluster.hospital(hospital.id()))
                                            .writing()
                                    != null)
                            .count()
                    == 1);
        }

        for (Member member : all) {
            int reads = member.door.reads.get();
            int looks = member.door.looks.get();
            eventually(() -> member.door.looks.get() >= looks + 10);
            assertThat(member.door.reads).hasValue(reads);
        }
    }

    private static Answer submitted(Member member, Command.Act act) {
        return join(member.hospital.submit(act, SmallHospital.CLAIRE, null));
    }

    /** Whom all name, and who knows it: while others join, another one may write for a last moment. */
    private Member writer() {
        Member first = members.getFirst();
        eventually(() -> first.node.writerOf(SmallHospital.ID) instanceof MemberId named
                && members.stream()
                        .allMatch(
                                member -> member.writes() == member.node.self().equals(named)));
        return members.stream().filter(Member::writes).findFirst().orElseThrow();
    }

    /** Who was registered by the journal, and by which act; each once. */
    private Map<String, Long> registered() {
        Map<String, Long> registered = new HashMap<>();
        for (Journal.Entry entry : database.all(SmallHospital.ID)) {
            if (entry.recorded().event() instanceof BedEvent.StayRegistered event) {
                assertThat(registered.put(event.stay().value(), entry.recorded().act()))
                        .isNull();
            }
        }
        return registered;
    }

    private static void pause(int millis) {
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
    }

    private static Answer join(CompletableFuture<Answer> answer) {
        return Objects.requireNonNull(answer.orTimeout(30, TimeUnit.SECONDS).join());
    }
}
