package org.chevet.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.chevet.journal.Events.NORTH;
import static org.chevet.journal.Events.batch;
import static org.chevet.journal.Events.event;
import static org.chevet.journal.Events.read;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.chevet.event.BedEvent;
import org.chevet.event.Origin;
import org.chevet.event.Recorded;
import org.chevet.hospital.BedId;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several processes that each believe a hospital theirs, on one database. */
@Timeout(120)
class FenceTest {
    private static final int WRITERS = 3;
    private static final int ATTEMPTS = 40;
    private static final int BATCH_EVENTS_MAX = 3;

    /** What one writer was told is durable, by sequence. */
    private record Told(Map<Long, String> beds, int conflicts) {}

    @ParameterizedTest
    @EnumSource(TestDatabase.Product.class)
    void shouldLetWriterAfterWriterGoOnWhereTheOtherEnded(TestDatabase.Product product, @TempDir Path directory) {
        TestDatabase database = product.create(directory);
        try (Journal one = database.open();
                Journal other = JdbcJournal.open(database.shared(), Upcasters.CURRENT)) {
            one.append(List.of(batch(NORTH, event(1))));
            other.append(List.of(batch(NORTH, event(2))));

            assertThatThrownBy(() -> one.append(List.of(batch(NORTH, event(2)))))
                    .isInstanceOf(JournalConflictException.class);
            one.append(List.of(batch(NORTH, event(3))));
            other.append(List.of(batch(NORTH, event(4))));

            assertThat(read(one, NORTH, 0)).hasSize(4);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.Product.class)
    void shouldGiveEachSequenceToOneWriterAndTellTheOthers(TestDatabase.Product product, @TempDir Path directory)
            throws Exception {
        long seed = System.nanoTime();
        System.out.println("FenceTest seed " + seed);
        TestDatabase database = product.create(directory);
        List<JdbcJournal> journals = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
            journals.add(database.open());
            for (int i = 1; i < WRITERS; i++) {
                journals.add(JdbcJournal.open(database.shared(), Upcasters.CURRENT));
            }
            CyclicBarrier start = new CyclicBarrier(WRITERS);
            List<Callable<Told>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                JdbcJournal journal = journals.get(i);
                String name = "W" + i;
                Random random = new Random(seed + i);
                writers.add(() -> {
                    start.await(60, TimeUnit.SECONDS);
                    return write(journal, name, random);
                });
            }
            Map<Long, String> told = new HashMap<>();
            int conflicts = 0;
            for (Future<Told> writer : threads.invokeAll(writers)) {
                for (Map.Entry<Long, String> event : writer.get().beds().entrySet()) {
                    assertThat(told.put(event.getKey(), event.getValue()))
                            .as("event %s was called durable once, seed %s", event.getKey(), seed)
                            .isNull();
                }
                conflicts += writer.get().conflicts();
            }

            Map<Long, String> kept = new HashMap<>();
            for (Recorded recorded : read(journals.getLast(), NORTH, 0)) {
                kept.put(
                        recorded.sequence(),
                        ((BedEvent.BedClosed) recorded.event()).bed().value());
            }
            assertThat(kept).as("seed %s", seed).isEqualTo(told);
            assertThat(conflicts)
                    .as("they did get in each other's way, seed %s", seed)
                    .isPositive();
        } finally {
            journals.forEach(JdbcJournal::close);
        }
    }

    /** Goes on from what it last knew for as long as it can, and asks only once it has lost. */
    private static Told write(JdbcJournal journal, String name, Random random) {
        Map<Long, String> beds = new HashMap<>();
        int conflicts = 0;
        long last = 0;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            List<Journal.Entry> entries = new ArrayList<>();
            Map<Long, String> wanted = new HashMap<>();
            for (int i = 1 + random.nextInt(BATCH_EVENTS_MAX); i > 0; i--) {
                long sequence = last + wanted.size() + 1;
                String bed = name + "-" + attempt;
                wanted.put(sequence, bed);
                entries.add(new Journal.Entry(
                        new Recorded(
                                sequence,
                                sequence,
                                Samples.TIME,
                                new Origin.Engine(),
                                new BedEvent.BedClosed(Samples.TIME, new BedId(bed))),
                        null));
            }
            try {
                journal.append(List.of(new Journal.Batch(NORTH, entries)));
                beds.putAll(wanted);
                last += wanted.size();
            } catch (JournalConflictException conflict) {
                assertThat(conflict.hospital()).isEqualTo(NORTH);
                assertThat(wanted).containsKey(conflict.sequence());
                conflicts++;
                last = journal.lastSequence(NORTH);
            }
        }
        return new Told(beds, conflicts);
    }
}
