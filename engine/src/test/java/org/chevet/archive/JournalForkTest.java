package org.chevet.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import org.chevet.event.Recorded;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.JdbcJournal;
import org.chevet.journal.Journal;
import org.chevet.journal.PostgresServer;
import org.chevet.journal.TestPostgres;
import org.chevet.occupancy.EventfulLife;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.Occupancy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalForkTest {
    private static final HospitalId REAL = new HospitalId("north");
    private static final HospitalId DRILL = REAL.drill(1);
    private static final int COMMANDS = 700;

    private final long seed = System.nanoTime();
    private final List<Recorded> life = EventfulLife.journal(seed, COMMANDS);
    private final JdbcJournal journal;

    JournalForkTest(@TempDir Path directory) {
        System.out.println("JournalForkTest seed " + seed);
        journal = JdbcJournal.sqlite(directory);
        journal.append(List.of(new Journal.Batch(
                REAL,
                life.stream()
                        .map(recorded -> new Journal.Entry(recorded, "key-" + recorded.sequence()))
                        .toList())));
    }

    @AfterEach
    void close() {
        journal.close();
    }

    @Test
    void shouldCopyThePastEventForEventAndLeaveTheRealStreamAsItIs() throws IOException {
        String before = export(REAL);
        List<Long> told = new ArrayList<>();

        fork(told::add);

        assertThat(export(REAL)).isEqualTo(before);
        assertThat(told).isSorted().endsWith((long) life.size());
        assertThat(told.size()).isGreaterThan(life.size() / JournalFork.BATCH_EVENTS);
        HospitalView real = fold(REAL).view();
        HospitalView copy = fold(DRILL).view();
        assertThat(copy.hospital().id()).isEqualTo(DRILL);
        assertThat(copy.hospital().name())
                .isEqualTo("EXERCICE · " + real.hospital().name());
        assertThat(copy.hospital().services()).isEqualTo(real.hospital().services());
        assertThat(copy.stays()).isEqualTo(real.stays());
        assertThat(copy.requests()).isEqualTo(real.requests());
        assertThat(copy.recordedAt()).isEqualTo(real.recordedAt());
        assertThat(JournalVerification.verify(journal).problems()).isEmpty();
    }

    @Test
    void shouldNotCopyTheNumbersOfActsAndSoKnowAWholeDrillByItsFirst() {
        fork(copied -> {});
        assertThat(JournalFork.isWhole(journal, DRILL)).isFalse();

        Recorded next = new Recorded(
                life.size() + 1,
                life.size() + 1,
                life.getLast().recordedAt(),
                life.getLast().origin(),
                life.getLast().event());
        journal.append(List.of(new Journal.Batch(DRILL, List.of(new Journal.Entry(next, "drill")))));
        assertThat(JournalFork.isWhole(journal, DRILL)).isTrue();
    }

    @Test
    void shouldFindTheLastEventOfAnyMinute() {
        assertThat(JournalFork.lastSequenceAt(journal, REAL, Instant.MIN)).isZero();
        assertThat(JournalFork.lastSequenceAt(journal, REAL, Instant.MAX)).isEqualTo(life.size());
        for (Recorded recorded : life.subList(0, 40)) {
            long expected = life.stream()
                    .filter(other -> !other.recordedAt().isAfter(recorded.recordedAt()))
                    .count();
            assertThat(JournalFork.lastSequenceAt(journal, REAL, recorded.recordedAt()))
                    .isEqualTo(expected);
        }
    }

    @Test
    void shouldForgetADrillAndNothingElse() throws IOException {
        String before = export(REAL);
        fork(copied -> {});
        journal.saveSnapshot(new Journal.Snapshot(DRILL, life.size(), 0, new byte[] {1}));

        journal.forgetDrill(DRILL);

        assertThat(journal.hospitals()).containsExactly(REAL);
        assertThat(journal.snapshots(DRILL)).isEmpty();
        assertThat(export(REAL)).isEqualTo(before);
        // The id can be used again.
        fork(copied -> {});
        assertThat(journal.lastSequence(DRILL)).isEqualTo(life.size());
    }

    @Test
    void shouldNeitherForgetNorFillARealHospital() throws IOException {
        String before = export(REAL);
        assertThatThrownBy(() -> journal.forgetDrill(REAL)).isInstanceOf(IllegalArgumentException.class);
        HospitalId other = new HospitalId("south");
        assertThatThrownBy(() -> JournalFork.copy(journal, REAL, 3, other, copied -> {}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(export(REAL)).isEqualTo(before);
        assertThat(journal.hospitals()).containsExactly(REAL);
    }

    @Test
    void shouldKnowADrillByItsId() {
        assertThat(DRILL.isDrill()).isTrue();
        assertThat(DRILL.drill(12).isDrill()).isTrue();
        assertThat(new HospitalId("x".repeat(64)).drill(1).value()).hasSize(64).endsWith("-exercice-1");
        for (String real : List.of("north", "-exercice-1", "north-exercice-", "north-exercice-1b", "exercice-1")) {
            assertThat(new HospitalId(real).isDrill()).as(real).isFalse();
        }
    }

    @Test
    void shouldNotBeginWhereAnythingIs() {
        fork(copied -> {});
        assertThat(JournalFork.begin(journal, life.getFirst(), DRILL)).isFalse();
        assertThat(journal.lastSequence(DRILL)).isEqualTo(life.size());

        HospitalId left = REAL.drill(2);
        journal.saveSnapshot(new Journal.Snapshot(left, 40, 0, new byte[] {1}));
        assertThat(JournalFork.begin(journal, life.getFirst(), left)).isFalse();
        journal.forgetDrill(left);
        assertThat(JournalFork.begin(journal, life.getFirst(), left)).isTrue();
    }

    @Test
    void shouldLetOneOfTwoMembersBeginADrillOfTheSameSecond() throws Exception {
        PostgresServer shared = TestPostgres.create();
        try (JdbcJournal one = JdbcJournal.postgresql(shared);
                JdbcJournal other = JdbcJournal.postgresql(shared);
                ExecutorService members = Executors.newFixedThreadPool(2)) {
            CyclicBarrier start = new CyclicBarrier(2);
            for (int second = 1; second <= 20; second++) {
                HospitalId drill = REAL.drill(second);
                List<Future<Boolean>> begun = new ArrayList<>();
                for (Journal of : List.of(one, other)) {
                    begun.add(members.submit(() -> {
                        start.await();
                        return JournalFork.begin(of, life.getFirst(), drill);
                    }));
                }
                assertThat(begun.get(0).get() ^ begun.get(1).get())
                        .as("one of the two began drill %s", second)
                        .isTrue();
                assertThat(one.lastSequence(drill)).isEqualTo(1);
            }
        }
    }

    @Test
    void shouldForgetNothingWhoseIdAloneIsADrills() {
        HospitalId real = REAL.drill(3);
        journal.append(List.of(new Journal.Batch(real, List.of(new Journal.Entry(life.getFirst(), null)))));
        journal.saveSnapshot(new Journal.Snapshot(real, 1, 0, new byte[] {1}));

        assertThatThrownBy(() -> journal.forgetDrill(real)).isInstanceOf(IllegalArgumentException.class);

        assertThat(journal.lastSequence(real)).isEqualTo(1);
        assertThat(journal.snapshots(real)).hasSize(1);
    }

    private void fork(LongConsumer progress) {
        assertThat(JournalFork.begin(journal, life.getFirst(), DRILL)).isTrue();
        JournalFork.copy(journal, REAL, life.size(), DRILL, progress);
    }

    private Occupancy fold(HospitalId hospital) {
        Occupancy occupancy = new Occupancy();
        journal.read(hospital, 0, occupancy::apply);
        return occupancy;
    }

    private String export(HospitalId hospital) throws IOException {
        StringWriter out = new StringWriter();
        JournalExport.write(journal, List.of(hospital), out);
        return out.toString();
    }
}
