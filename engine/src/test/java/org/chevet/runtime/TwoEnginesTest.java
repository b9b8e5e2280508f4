package org.chevet.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.chevet.event.BedEvent;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.JdbcJournal;
import org.chevet.journal.Journal;
import org.chevet.journal.PostgresServer;
import org.chevet.journal.TestPostgres;
import org.chevet.occupancy.Occupancy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two processes that each believe a hospital theirs, over one database: the journal's key keeps them apart. */
@Timeout(180)
class TwoEnginesTest {
    private static final Limits LIMITS =
            new Limits(16, 16, 4, 2, 1_000, 25, Duration.ofMillis(1), Duration.ofMillis(20));
    private static final int SENDERS_EACH = 2;
    private static final int ACTS_PER_SENDER = 20;
    private static final int PATIENCE_SECONDS = 150;

    /** Who asks again at once keeps the processor from those who would answer. */
    private static final Duration ASK_AGAIN_AFTER = Duration.ofMillis(1);

    private final Subscription hushed = Hushed.logsOf(JournalThread.class, WriterLoop.class);
    private final PostgresServer database = TestPostgres.create();
    private final AdjustableClock clock = new AdjustableClock(SmallHospital.START, 1);

    @AfterEach
    void unhush() {
        hushed.close();
    }

    @Test
    void shouldLoseAndDoubleNothing() {
        Map<String, Answer.Done> told = new HashMap<>();
        long conflicts;
        try (Journal oneJournal = JdbcJournal.postgresql(database);
                Journal otherJournal = JdbcJournal.postgresql(database);
                Engine one = new Engine(oneJournal, LIMITS);
                Engine other = new Engine(otherJournal, LIMITS)) {
            List<HospitalWriter> writers =
                    List.of(one.open(SmallHospital.hospital(), clock), other.open(SmallHospital.hospital(), clock));
            List<CompletableFuture<Map<String, Answer.Done>>> senders = new ArrayList<>();
            for (int i = 0; i < writers.size() * SENDERS_EACH; i++) {
                HospitalWriter writer = writers.get(i % writers.size());
                String prefix = "S" + i + "-";
                senders.add(inBackground(() -> send(writer, prefix)));
            }
            senders.forEach(sent -> told.putAll(
                    sent.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join()));
            conflicts =
                    one.journalFigures().conflicts() + other.journalFigures().conflicts();
        }

        assertThat(told).hasSize(2 * SENDERS_EACH * ACTS_PER_SENDER);
        assertThat(conflicts).as("they got in each other's way").isPositive();
        Map<String, Long> registered = new HashMap<>();
        Occupancy replayed = new Occupancy();
        try (Journal journal = JdbcJournal.postgresql(database)) {
            journal.read(SmallHospital.ID, 0, recorded -> {
                replayed.apply(recorded);
                if (recorded.event() instanceof BedEvent.StayRegistered event) {
                    assertThat(registered.put(event.stay().value(), recorded.sequence()))
                            .isNull();
                }
            });
        }
        assertThat(registered).hasSameSizeAs(told);
        told.forEach((stay, done) -> assertThat(registered).containsEntry(stay, done.act()));
        assertThat(replayed.breaches()).isEmpty();
    }

    /** Nothing of a group is written when one of its hospitals loses; the others are not told so, they are written. */
    @Test
    void shouldNotMakeOneHospitalPayForAnothersConflict() {
        HospitalId otherHospital = new HospitalId("other");
        try (Journal oneJournal = JdbcJournal.postgresql(database);
                FaultyJournal journal = new FaultyJournal(JdbcJournal.postgresql(database));
                Engine one = new Engine(oneJournal, LIMITS);
                Engine loser = new Engine(journal, LIMITS)) {
            HospitalWriter contested = loser.open(SmallHospital.hospital(), clock);
            HospitalWriter bystander = loser.open(SmallHospital.hospital(otherHospital), clock);
            HospitalWriter winner = one.open(SmallHospital.hospital(), clock);
            assertThat(join(winner.submit(SmallHospital.register("S1"), SmallHospital.CLAIRE, null)))
                    .isInstanceOf(Answer.Done.class);
            CompletableFuture<Answer> plug;
            CompletableFuture<Answer> lost;
            CompletableFuture<Answer> written;
            try (Subscription held = journal.hold()) {
                // What waits behind the first goes in one transaction.
                plug = bystander.submit(SmallHospital.register("S0"), SmallHospital.CLAIRE, null);
                while (bystander.status().queued() > 0) {
                    Thread.onSpinWait();
                }
                lost = contested.submit(SmallHospital.register("S2"), SmallHospital.CLAIRE, "k2");
                written = bystander.submit(SmallHospital.register("S3"), SmallHospital.CLAIRE, null);
                while (contested.status().queued() + bystander.status().queued() > 0) {
                    Thread.onSpinWait();
                }
            }
            assertThat(join(plug)).isInstanceOf(Answer.Done.class);
            assertThat(join(written)).isInstanceOf(Answer.Done.class);
            assertThat(join(lost))
                    .isInstanceOfSatisfying(
                            Answer.Unavailable.class,
                            answer -> assertThat(answer.detail()).contains("event 2 of hospital small"));

            assertThat(askUntilAnswered(contested, "S2", "k2")).isEqualTo(new Answer.Done(3, 3, false));
            assertThat(contested.view().stays()).hasSize(2);
        }
    }

    private static Map<String, Answer.Done> send(HospitalWriter writer, String prefix) {
        Map<String, Answer.Done> told = new HashMap<>();
        for (int i = 0; i < ACTS_PER_SENDER; i++) {
            String stay = prefix + i;
            Answer answer = askUntilAnswered(writer, stay, stay);
            assertThat(answer).as(stay).isInstanceOf(Answer.Done.class);
            told.put(stay, (Answer.Done) answer);
        }
        return told;
    }

    private static Answer askUntilAnswered(HospitalWriter writer, String stay, String key) {
        Answer answer = join(writer.submit(SmallHospital.register(stay), SmallHospital.CLAIRE, key));
        while (answer instanceof Answer.Unavailable) {
            LockSupport.parkNanos(ASK_AGAIN_AFTER.toNanos());
            answer = join(writer.submit(SmallHospital.register(stay), SmallHospital.CLAIRE, key));
        }
        return answer;
    }

    private static <T> CompletableFuture<T> inBackground(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, Executors.newVirtualThreadPerTaskExecutor());
    }

    private static Answer join(CompletableFuture<Answer> answer) {
        return answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
}
