package org.chevet.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.chevet.event.BedEvent;
import org.chevet.event.Recorded;
import org.chevet.journal.JdbcJournal;
import org.chevet.occupancy.Occupancy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Senders that try again until they are told "done", over a journal that fails again and again. */
@Timeout(120)
class FaultStormTest {
    private static final Limits LIMITS =
            new Limits(16, 16, 4, 2, 1_000, 25, Duration.ofNanos(100_000), Duration.ofMillis(2));
    private static final int SENDERS = 4;
    private static final int ACTS_PER_SENDER = 12;

    private final Subscription hushed = Hushed.logsOf(JournalThread.class);

    @AfterEach
    void unhush() {
        hushed.close();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void shouldDoEveryActExactlyOnce(long seed, @TempDir Path directory) {
        Random random = new Random(seed);
        FaultyJournal journal = new FaultyJournal(JdbcJournal.sqlite(directory));
        AdjustableClock clock = new AdjustableClock(SmallHospital.START, 1);
        Map<String, Answer.Done> told = new HashMap<>();
        try (Engine engine = new Engine(journal, LIMITS)) {
            HospitalWriter writer = engine.open(SmallHospital.hospital(), clock);
            journal.faults = () -> switch (random.nextInt(6)) {
                case 0 -> FaultyJournal.Fault.BEFORE_COMMIT;
                case 1 -> FaultyJournal.Fault.AFTER_COMMIT;
                default -> FaultyJournal.Fault.NONE;
            };
            List<CompletableFuture<Map<String, Answer.Done>>> senders = new ArrayList<>();
            for (int sender = 0; sender < SENDERS; sender++) {
                String prefix = "S" + sender + "-";
                CompletableFuture<Map<String, Answer.Done>> sent = new CompletableFuture<>();
                senders.add(sent);
                Thread.ofPlatform().daemon().start(() -> sent.completeAsync(() -> send(writer, prefix), Runnable::run));
            }
            senders.forEach(
                    sent -> told.putAll(sent.orTimeout(100, TimeUnit.SECONDS).join()));
        }
        assertThat(told).hasSize(SENDERS * ACTS_PER_SENDER);
        assertJournalHolds(journal, told);
        journal.close();
    }

    private static Map<String, Answer.Done> send(HospitalWriter writer, String prefix) {
        Map<String, Answer.Done> told = new HashMap<>();
        for (int i = 0; i < ACTS_PER_SENDER; i++) {
            String stay = prefix + i;
            Answer answer;
            do {
                answer = writer.submit(SmallHospital.register(stay), SmallHospital.CLAIRE, stay)
                        .join();
                Thread.onSpinWait();
            } while (answer instanceof Answer.Unavailable);
            assertThat(answer).as(stay).isInstanceOf(Answer.Done.class);
            told.put(stay, (Answer.Done) answer);
        }
        return told;
    }

    private static void assertJournalHolds(FaultyJournal journal, Map<String, Answer.Done> told) {
        Map<String, Long> registered = new HashMap<>();
        Occupancy replayed = new Occupancy();
        journal.read(SmallHospital.ID, 0, recorded -> {
            replayed.apply(recorded);
            register(registered, recorded);
        });
        assertThat(registered).hasSameSizeAs(told);
        told.forEach((stay, done) -> assertThat(registered).containsEntry(stay, done.act()));
        try (Snapshots snapshots = new Snapshots(journal)) {
            assertThat(snapshots.restore(SmallHospital.ID).occupancy().digest()).isEqualTo(replayed.digest());
        }
    }

    private static void register(Map<String, Long> registered, Recorded recorded) {
        if (recorded.event() instanceof BedEvent.StayRegistered event) {
            assertThat(registered.put(event.stay().value(), recorded.sequence()))
                    .as("stay %s is registered once", event.stay())
                    .isNull();
        }
    }
}
