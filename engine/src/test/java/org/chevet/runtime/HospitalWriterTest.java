package org.chevet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.chevet.runtime.SmallHospital.CLAIRE;
import static org.chevet.runtime.SmallHospital.START;
import static org.chevet.runtime.SmallHospital.admit;
import static org.chevet.runtime.SmallHospital.message;
import static org.chevet.runtime.SmallHospital.poison;
import static org.chevet.runtime.SmallHospital.register;
import static org.chevet.runtime.SmallHospital.reportStay;
import static org.chevet.runtime.SmallHospital.requestBed;
import static org.chevet.runtime.SmallHospital.reserve;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.chevet.event.BedEvent;
import org.chevet.event.Command;
import org.chevet.event.OverrideReason;
import org.chevet.event.Recorded;
import org.chevet.event.RuleOverride;
import org.chevet.hospital.BedId;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.HospitalId;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.StayId;
import org.chevet.journal.JdbcJournal;
import org.chevet.journal.Journal;
import org.chevet.occupancy.BedState;
import org.chevet.occupancy.Breach;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.Occupancy;
import org.chevet.occupancy.Rule;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Timeout(60)
@Isolated("reads what its package logs")
class HospitalWriterTest {
    private static final Limits LIMITS =
            new Limits(20, 20, 5, 2, 4, 1_000_000, Duration.ofMillis(1), Duration.ofMillis(10));
    private static final int PATIENCE_SECONDS = 60;

    private final Path directory;
    private final AdjustableClock clock = new AdjustableClock(START, 1);
    private final Subscription hushed = Hushed.logsOf(JournalThread.class);
    private FaultyJournal journal;
    private Engine engine;
    private HospitalWriter writer;

    HospitalWriterTest(@TempDir Path directory) {
        this.directory = directory;
        clock.pause();
        journal = new FaultyJournal(JdbcJournal.sqlite(directory));
        engine = new Engine(journal, LIMITS);
        writer = engine.open(SmallHospital.hospital(), clock);
    }

    @AfterEach
    void close() {
        hushed.close();
        engine.close();
        // Whatever a test did: what the journal folds to is what was shown.
        Occupancy replayed = new Occupancy();
        journal.read(SmallHospital.ID, 0, replayed::apply);
        Occupancy live = new Snapshots(journal).restore(SmallHospital.ID).occupancy();
        assertThat(live.digest()).isEqualTo(replayed.digest());
        assertThat(writer.view().sequence()).isEqualTo(replayed.sequence());
        journal.close();
    }

    private void restart() {
        engine.close();
        journal.close();
        journal = new FaultyJournal(JdbcJournal.sqlite(directory));
        engine = new Engine(journal, LIMITS);
        writer = engine.open(SmallHospital.hospital(), clock);
    }

    @Test
    void shouldHaveOnDiskWhatItAnsweredDone() throws SQLException {
        Answer.Done done = done(writer.submit(register("S1"), CLAIRE, null));

        assertThat(done.act()).isEqualTo(done.sequence());
        assertThat(done.repeated()).isFalse();
        try (Connection other =
                        DriverManager.getConnection("jdbc:sqlite:file:" + directory.resolve("chevet.db") + "?mode=ro");
                Statement statement = other.createStatement();
                ResultSet row = statement.executeQuery("SELECT type, origin FROM event ORDER BY seq DESC LIMIT 1")) {
            assertThat(row.getString("type")).isEqualTo("StayRegistered");
            assertThat(row.getString("origin"))
                    .isEqualTo("{\"type\":\"person\",\"name\":\"Claire Aubert\",\"role\":\"BED_MANAGER\"}");
        }
    }

    @Test
    void shouldAskPlacementBeforeAPersonGivesABed() {
        done(writer.submit(register("S1"), CLAIRE, null));
        CareNeeds needs = CareNeeds.UNSPECIFIED.withIsolation(Isolation.AIRBORNE);
        done(writer.submit(new Command.ChangeNeeds(new StayId("S1"), needs), CLAIRE, null));

        assertThat(writer.submit(SmallHospital.admit("S1", "B1"), CLAIRE, null).join())
                .isInstanceOfSatisfying(Answer.Refused.class, refused -> {
                    assertThat(refused.refusal().rule()).isEqualTo(Rule.PLACEMENT_RULES_BROKEN);
                    assertThat(refused.refusal().about()).containsEntry("rules", "isolation");
                });
        RuleOverride override = new RuleOverride(OverrideReason.CRISIS, null, List.of("isolation"));
        done(writer.submit(
                new Command.AdmitStay(new StayId("S1"), null, new BedId("B1"), null, null, override), CLAIRE, null));
        assertThat(writer.view().tallies()).hasSize(1);
    }

    @Test
    void shouldShowWhatItAnsweredDone() {
        for (int i = 0; i < 50; i++) {
            done(writer.submit(register("S" + i), CLAIRE, null));
            assertThat(writer.view().stays()).containsKey(new StayId("S" + i));
        }
    }

    @Test
    void shouldAnswerAndShowNothingBeforeItIsOnDisk() {
        CompletableFuture<Answer> accepted;
        CompletableFuture<Answer> refused;
        long before = writer.view().sequence();
        try (Subscription held = journal.hold()) {
            accepted = writer.submit(register("S1"), CLAIRE, null);
            refused = writer.submit(register("S1"), CLAIRE, null);
            assertThat(writer.view().sequence()).isEqualTo(before);
            assertThat(accepted).isNotDone();
            assertThat(refused).isNotDone();
        }
        done(accepted);
        assertThat(await(refused))
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        answer -> assertThat(answer.refusal().rule()).isEqualTo(Rule.STAY_EXISTS));
    }

    @Test
    void shouldShareTransactions() {
        JournalFigures before = engine.journalFigures();
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        try (Subscription held = journal.hold()) {
            for (int i = 0; i < LIMITS.mailboxCommandsMax(); i++) {
                answers.add(writer.submit(register("S" + i), CLAIRE, null));
            }
        }
        answers.forEach(HospitalWriterTest::done);

        JournalFigures after = engine.journalFigures();
        assertThat(after.events() - before.events()).isEqualTo(LIMITS.mailboxCommandsMax());
        assertThat(after.transactions() - before.transactions()).isBetween(1L, 8L);
        assertThat(after.lastAppendNanos()).isPositive();
        assertThat(writer.status().lastAppendNanos()).isPositive();
    }

    @Test
    void shouldShareTransactionsBetweenHospitals() {
        HospitalWriter other = engine.open(SmallHospital.hospital(new HospitalId("other")), clock);
        CompletableFuture<Answer> first;
        CompletableFuture<Answer> second;
        try (Subscription held = journal.hold()) {
            first = writer.submit(register("S1"), CLAIRE, null);
            second = other.submit(register("S1"), CLAIRE, null);
        }
        done(first);
        done(second);

        assertThat(engine.hospitals()).containsExactly(other, writer);
        assertThat(engine.hospital(other.id())).isSameAs(other);
        assertThat(other.view().stays()).containsKey(new StayId("S1"));
    }

    @Test
    void shouldRefuseWhatItsMailboxCannotHold() {
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        // Held at the disk, and as far ahead of it as it may run, the writer takes no more out of its mailbox.
        try (Subscription held = journal.hold()) {
            for (int i = 0; i < LIMITS.batchesAheadMax(); i++) {
                answers.add(writer.submit(register("A" + i), CLAIRE, null));
                awaitQueued(0);
            }
            for (int i = 1; i <= LIMITS.mailboxCommandsMax(); i++) {
                CompletableFuture<Answer> answer = writer.submit(register("S" + i), CLAIRE, null);
                assertThat(answer).as("command %s", i).isNotDone();
                answers.add(answer);
                if (i == LIMITS.mailboxCommandsMax() - 1) {
                    assertThat(writer.status().queued()).isEqualTo(i);
                }
            }
            assertThat(await(writer.submit(register("S21"), CLAIRE, null)))
                    .isInstanceOfSatisfying(
                            Answer.Unavailable.class,
                            answer -> assertThat(answer.detail())
                                    .isEqualTo("hospital small has 20 commands waiting, the most it takes"));
        }
        answers.forEach(HospitalWriterTest::done);
        done(writer.submit(register("S21"), CLAIRE, null));
    }

    private void awaitQueued(int count) {
        while (writer.status().queued() != count) {
            Thread.onSpinWait();
        }
    }

    @Test
    void shouldReportAllFactsOfAMessageAsOneAct() {
        Answer.Done done = done(writer.report(List.of(reportStay("S1"), reportStay("S2")), message("1"), "adt:1"));

        assertThat(done.sequence()).isEqualTo(done.act() + 1);
        assertThat(journal.recentKeyedActs(SmallHospital.ID, 1))
                .containsExactly(new Journal.KeyedAct("adt:1", done.act(), done.sequence()));
    }

    @Test
    void shouldAnswerAFactThatChangesNothing() {
        Answer.Done first = done(writer.report(List.of(reportStay("S1")), message("1"), null));
        Answer.Done second = done(writer.report(List.of(reportStay("S1")), message("2"), null));

        assertThat(second).isEqualTo(new Answer.Done(0, first.sequence(), false));
    }

    @Test
    void shouldDoAKeyedActOnce() {
        Answer.Done first = done(writer.submit(register("S1"), CLAIRE, "k1"));
        Answer.Done second = done(writer.submit(register("S1"), CLAIRE, "k1"));

        assertThat(second).isEqualTo(new Answer.Done(first.act(), first.sequence(), true));
    }

    @Test
    void shouldNotCallAnotherActDoneBecauseItsKeyWasUsed() {
        done(writer.submit(register("S1"), CLAIRE, "k1"));

        assertThat(done(writer.submit(register("S2"), CLAIRE, "k1")).repeated()).isFalse();
        assertThat(writer.view().stays()).containsKeys(new StayId("S1"), new StayId("S2"));
    }

    @Test
    void shouldDoAKeyedActOnceWhileItIsUnderWay() {
        CompletableFuture<Answer> first;
        CompletableFuture<Answer> second;
        try (Subscription held = journal.hold()) {
            first = writer.submit(register("S1"), CLAIRE, "k1");
            second = writer.submit(register("S1"), CLAIRE, "k1");
        }
        assertThat(done(second))
                .isEqualTo(new Answer.Done(done(first).act(), done(first).sequence(), true));
    }

    @Test
    void shouldDoAKeyedActOnceAcrossARestart() {
        Answer.Done first = done(writer.report(List.of(reportStay("S1"), reportStay("S2")), message("1"), "k1"));
        restart();

        assertThat(done(writer.report(List.of(reportStay("S1"), reportStay("S2")), message("1"), "k1")))
                .isEqualTo(new Answer.Done(first.act(), first.sequence(), true));
    }

    /** However slow the machine is: the time between two snapshots only grows with it. */
    @Test
    void shouldRestAfterASnapshotForSoLongAsItTook() {
        engine.close();
        SlowCheck check = new SlowCheck();
        engine = new Engine(
                journal, new Limits(20, 20, 5, 2, 4, 1, Duration.ofMillis(1), Duration.ofMillis(10)), check, null);
        writer = engine.open(SmallHospital.hospital(), clock);
        done(writer.submit(register("S"), CLAIRE, null));
        check.ends.clear();

        for (int i = 0; check.ends.size() < 2; i++) {
            done(writer.submit(register("S" + i), CLAIRE, null));
        }

        assertThat(check.ends.get(1) - check.ends.get(0))
                .isGreaterThanOrEqualTo(WriterLoop.SNAPSHOT_REST * SlowCheck.NANOS);
    }

    /** The whole state is checked with each snapshot; here that takes a while. */
    private static final class SlowCheck implements Soundness {
        static final long NANOS = TimeUnit.MILLISECONDS.toNanos(5);

        /** When each was over. */
        final List<Long> ends = new CopyOnWriteArrayList<>();

        @Override
        public @Nullable Breach sinceMade(Occupancy occupancy) {
            return null;
        }

        @Override
        public List<Breach> ofEverything(Occupancy occupancy) {
            long end = System.nanoTime() + NANOS;
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            ends.add(end);
            return List.of();
        }
    }

    @Test
    void shouldForgetTheOldestKeys() {
        for (int i = 0; i < LIMITS.idempotencyKeysMax(); i++) {
            done(writer.submit(register("S" + i), CLAIRE, "k" + i));
        }
        assertThat(done(writer.submit(register("S0"), CLAIRE, "k0")).repeated()).isTrue();
        done(writer.submit(register("S9"), CLAIRE, "k9"));

        assertThat(done(writer.submit(register("S0"), CLAIRE, "k0")).repeated()).isTrue();
        assertThat(await(writer.submit(register("S1"), CLAIRE, "k1"))).isInstanceOf(Answer.Refused.class);
    }

    @Test
    void shouldNotDoWhatItRefusedBefore() {
        Answer refused = await(writer.submit(admit("S1", "B1"), CLAIRE, "k1"));
        assertThat(refused).isInstanceOf(Answer.Refused.class);
        done(writer.submit(register("S1"), CLAIRE, null));

        assertThat(await(writer.submit(admit("S1", "B1"), CLAIRE, "k1"))).isEqualTo(refused);
        assertThat(done(writer.submit(admit("S1", "B1"), CLAIRE, "k2")).repeated())
                .isFalse();
    }

    @Test
    void shouldRefuseAKeyThatIsTooLong() {
        String longest = "k".repeat(HospitalAccess.IDEMPOTENCY_KEY_CHARS_MAX);
        done(writer.submit(register("S1"), CLAIRE, longest.substring(1)));
        done(writer.submit(register("S2"), CLAIRE, longest));

        assertThatThrownBy(() -> writer.submit(register("S3"), CLAIRE, longest + "k"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("256");
    }

    @Test
    void shouldTellListenersOfEachStateInOrder() {
        List<Long> heard = new CopyOnWriteArrayList<>();
        Subscription failing = writer.subscribe(view -> {
            throw new IllegalStateException(SmallHospital.FAMILY_NAME);
        });
        Subscription subscription = writer.subscribe(view -> heard.add(view.sequence()));
        long start = writer.view().sequence();
        List<ILoggingEvent> logged = logOf(() -> {
            for (int i = 1; i <= 3; i++) {
                done(writer.submit(register("S" + i), CLAIRE, null));
            }
        });
        subscription.close();
        failing.close();
        done(writer.submit(register("S4"), CLAIRE, null));

        assertThat(heard).containsExactly(start + 1, start + 2, start + 3);
        assertThat(logged).hasSize(3).allSatisfy(HospitalWriterTest::assertAnonymous);
    }

    @Test
    void shouldAnswerWhateverAListenerDoes() {
        Subscription failing = writer.subscribe(view -> {
            throw new AssertionError("a listener's own");
        });

        done(writer.submit(register("S1"), CLAIRE, null));
        failing.close();
    }

    @Test
    void shouldReleaseAReservationWhenItsTimeComes() {
        done(writer.submit(requestBed("Q1"), CLAIRE, null));
        done(writer.submit(reserve("Q1", "B1", START.plusSeconds(3_600)), CLAIRE, null));
        assertThat(stateOf("B1", writer.view())).isEqualTo(BedState.RESERVED);
        CompletableFuture<HospitalView> released = view(view -> stateOf("B1", view) == BedState.READY);

        clock.advanceTo(START.plusSeconds(3_599));
        done(writer.submit(register("S1"), CLAIRE, null));
        assertThat(released).isNotDone();
        clock.advanceTo(START.plusSeconds(3_600));

        assertThat(await(released).recordedAt()).isEqualTo(START.plusSeconds(3_600));
    }

    @Test
    void shouldReleaseAReservationWhenTheClockRuns() {
        done(writer.submit(requestBed("Q1"), CLAIRE, null));
        done(writer.submit(reserve("Q1", "B1", START.plusSeconds(600)), CLAIRE, null));
        CompletableFuture<HospitalView> released = view(view -> stateOf("B1", view) == BedState.READY);

        clock.setSpeed(AdjustableClock.SPEED_MAX);
        clock.resume();

        assertThat(await(released).recordedAt()).isAfterOrEqualTo(START.plusSeconds(600));
        clock.pause();
    }

    @Test
    void shouldReleaseWhatRanOutWhileItWasDown() {
        done(writer.submit(requestBed("Q1"), CLAIRE, null));
        done(writer.submit(reserve("Q1", "B1", START.plusSeconds(600)), CLAIRE, null));
        clock.advanceTo(START.plusSeconds(700));
        restart();
        done(writer.submit(register("S1"), CLAIRE, null));

        assertThat(stateOf("B1", writer.view())).isEqualTo(BedState.READY);
    }

    @Test
    void shouldNeverRecordATimeBeforeTheLast() {
        clock.advanceTo(START.plusSeconds(1_000));
        done(writer.submit(register("S1"), CLAIRE, null));
        engine.close();
        engine = new Engine(journal, LIMITS);
        writer = engine.open(SmallHospital.hospital(), new AdjustableClock(START, 1));
        done(writer.submit(register("S2"), CLAIRE, null));

        List<Recorded> events = new ArrayList<>();
        journal.read(SmallHospital.ID, 0, events::add);
        assertThat(events).extracting(Recorded::recordedAt).isSorted();
        assertThat(events.getLast().recordedAt()).isEqualTo(START.plusSeconds(1_000));
    }

    @Test
    void shouldRefuseWritesWhileTheJournalFailsAndGoOnAfterwards() {
        done(writer.submit(register("S1"), CLAIRE, null));
        HospitalView shown = writer.view();
        journal.fault = FaultyJournal.Fault.BEFORE_COMMIT;

        assertUnavailable(writer.submit(register("S2"), CLAIRE, "k2"), "the test's disk fails");
        assertUnavailable(writer.submit(register("S3"), CLAIRE, null), "fails");
        assertThat(writer.status().writable()).isFalse();
        assertThat(writer.status().reason()).contains("fails");
        assertThat(writer.view()).isSameAs(shown);
        assertThat(engine.journalFigures().failures()).isEqualTo(1);

        journal.fault = FaultyJournal.Fault.NONE;
        awaitWritable();
        assertThat(writer.status().reason()).isNull();
        assertThat(done(writer.submit(register("S2"), CLAIRE, "k2")).repeated()).isFalse();
        assertThat(writer.view().stays()).hasSize(2);
    }

    @Test
    void shouldAnswerEverythingThatWasBuiltOnWhatTheJournalLost() {
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        try (Subscription held = journal.hold()) {
            for (int i = 0; i < LIMITS.mailboxCommandsMax(); i++) {
                answers.add(writer.submit(register("S" + i), CLAIRE, null));
            }
            journal.fault = FaultyJournal.Fault.BEFORE_COMMIT;
        }
        answers.forEach(answer -> assertThat(await(answer)).isInstanceOf(Answer.Unavailable.class));

        journal.fault = FaultyJournal.Fault.NONE;
        awaitWritable();
        assertThat(writer.view().stays()).isEmpty();
        done(writer.submit(register("S1"), CLAIRE, null));
    }

    /** A repeat and a refusal bring no events: nothing but what they rest on tells that they must not be given. */
    @Test
    void shouldGiveNoAnswerThatRestsOnWhatTheJournalLost() {
        CompletableFuture<Answer> first;
        List<CompletableFuture<Answer>> resting = new ArrayList<>();
        try (Subscription held = journal.hold()) {
            first = writer.submit(register("S1"), CLAIRE, "k1");
            for (int i = 1; i < LIMITS.mailboxCommandsMax(); i++) {
                resting.add(writer.submit(register("S1"), CLAIRE, i % 2 == 0 ? "k1" : null));
            }
            journal.fault = FaultyJournal.Fault.BEFORE_COMMIT;
        }
        assertThat(await(first)).isInstanceOf(Answer.Unavailable.class);
        resting.forEach(answer -> assertThat(await(answer)).isInstanceOf(Answer.Unavailable.class));

        journal.fault = FaultyJournal.Fault.NONE;
        awaitWritable();
    }

    @Test
    void shouldFindOutWhatAFailedSyncKept() {
        CompletableFuture<HospitalView> found = view(view -> view.stays().containsKey(new StayId("S1")));
        journal.fault = FaultyJournal.Fault.AFTER_COMMIT;
        assertUnavailable(writer.submit(register("S1"), CLAIRE, "k1"), "the test's sync fails");

        journal.fault = FaultyJournal.Fault.NONE;
        awaitWritable();
        await(found);
        assertThat(done(writer.submit(register("S1"), CLAIRE, "k1")).repeated()).isTrue();
    }

    @Test
    void shouldCloseWhileTheJournalFails() {
        journal.fault = FaultyJournal.Fault.BEFORE_COMMIT;
        assertUnavailable(writer.submit(register("S1"), CLAIRE, null), "fails");
        engine.close();

        assertThat(await(writer.submit(register("S2"), CLAIRE, null))).isInstanceOf(Answer.Unavailable.class);
        assertThat(journal.snapshots(SmallHospital.ID)).isEmpty();
    }

    @Test
    void shouldSurviveACommandThatCannotBeDecided() {
        List<ILoggingEvent> logged = logOf(() -> assertUnavailable(
                writer.report(List.of(poison()), message("1"), "k1"), "failed inside Chevet, reference"));

        assertThat(logged).hasSize(1);
        assertThat(logged.getFirst().getFormattedMessage()).contains("hospital small", "[ReportMerge]", "reference");
        done(writer.submit(register("S1"), CLAIRE, null));
    }

    @Test
    void shouldDropWhatAFailingMessageHadHalfApplied() {
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        List<ILoggingEvent> logged = logOf(() -> {
            try (Subscription held = journal.hold()) {
                answers.add(writer.submit(register("S1"), CLAIRE, "k1"));
                answers.add(writer.submit(register("S2"), CLAIRE, null));
                answers.add(writer.report(List.of(reportStay("S3"), poison()), message("3"), "k3"));
                answers.add(writer.submit(register("S4"), CLAIRE, null));
            }
            answers.forEach(HospitalWriterTest::await);
        });

        assertThat(answers.get(2).join()).isInstanceOf(Answer.Unavailable.class);
        List.of(0, 1, 3).forEach(i -> done(answers.get(i)));
        assertThat(writer.view().stays()).containsOnlyKeys(new StayId("S1"), new StayId("S2"), new StayId("S4"));
        assertThat(done(writer.submit(register("S1"), CLAIRE, "k1")).repeated()).isTrue();
        assertThat(done(writer.report(List.of(reportStay("S3")), message("3"), "k3"))
                        .repeated())
                .isFalse();
        assertThat(logged).hasSize(1);
        assertAnonymous(logged.getFirst());
    }

    private static void assertAnonymous(ILoggingEvent event) {
        assertThat(event.getFormattedMessage() + ThrowableProxyUtil.asString(event.getThrowableProxy()))
                .contains("at org.chevet")
                .doesNotContain(SmallHospital.FAMILY_NAME);
    }

    @Test
    void shouldAnswerABatchInItsOrder() {
        List<Integer> followed = new CopyOnWriteArrayList<>();
        List<CompletableFuture<?>> following = new ArrayList<>();
        try (Subscription held = journal.hold()) {
            // As many batches as may be ahead of the disk; what comes after them waits, and goes in one.
            for (int i = 0; i < LIMITS.batchesAheadMax(); i++) {
                writer.submit(register("A" + i), CLAIRE, null);
                while (writer.status().queued() > 0) {
                    Thread.onSpinWait();
                }
            }
            for (int i = 0; i < LIMITS.batchCommandsMax(); i++) {
                int place = i;
                following.add(writer.submit(register("S" + i), CLAIRE, null).thenRun(() -> followed.add(place)));
            }
        }
        following.forEach(HospitalWriterTest::await);

        assertThat(followed).isSorted().hasSize(LIMITS.batchCommandsMax());
    }

    @Test
    void shouldLetWhatFollowsAnAnswerBlock() {
        CompletableFuture<Answer> second = writer.submit(register("S1"), CLAIRE, null)
                .thenApply(first -> writer.submit(register("S2"), CLAIRE, null).join());

        done(second);
    }

    @Test
    void shouldFinishWhatItTookBeforeItStops() {
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < LIMITS.mailboxCommandsMax(); i++) {
            answers.add(writer.submit(register("S" + i), CLAIRE, null));
        }
        engine.close();

        answers.forEach(HospitalWriterTest::done);
        assertUnavailable(writer.submit(register("S99"), CLAIRE, null), "is not served here any more");
        assertThat(writer.status().writable()).isFalse();
    }

    @Test
    void shouldRefuseToOpenAHospitalTwice() {
        assertThatThrownBy(() -> engine.open(SmallHospital.hospital(), clock))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("hospital small")
                .hasMessageContaining("open already");
    }

    @Test
    void shouldDefineTheHospitalOnce() {
        long before = writer.view().sequence();
        restart();

        assertThat(writer.view().sequence()).isEqualTo(before).isEqualTo(1);
        assertThat(journal.find(SmallHospital.ID, 1))
                .extracting(Recorded::event)
                .isInstanceOf(BedEvent.HospitalDefined.class);
    }

    private CompletableFuture<HospitalView> view(Predicate<HospitalView> wanted) {
        CompletableFuture<HospitalView> seen = new CompletableFuture<>();
        Subscription unused = writer.subscribe(view -> {
            if (wanted.test(view)) {
                seen.complete(view);
            }
        });
        return seen;
    }

    private void awaitWritable() {
        while (!writer.status().writable()) {
            Thread.onSpinWait();
        }
    }

    private static BedState stateOf(String bed, HospitalView view) {
        return Objects.requireNonNull(view.bed(new BedId(bed))).status().state();
    }

    private static Answer.Done done(CompletableFuture<Answer> answer) {
        assertThat(await(answer)).isInstanceOf(Answer.Done.class);
        return (Answer.Done) await(answer);
    }

    private static void assertUnavailable(CompletableFuture<Answer> answer, String detail) {
        assertThat(await(answer))
                .isInstanceOfSatisfying(
                        Answer.Unavailable.class,
                        unavailable -> assertThat(unavailable.detail()).contains(detail));
    }

    private static <T> T await(CompletableFuture<T> future) {
        return future.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    private static List<ILoggingEvent> logOf(Runnable work) {
        Logger logger = Hushed.logger("org.chevet.runtime");
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        logger.addAppender(appender);
        logger.setAdditive(false);
        try {
            work.run();
        } finally {
            logger.setAdditive(true);
            logger.detachAppender(appender);
        }
        return List.copyOf(appender.list);
    }
}
