package org.chevet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chevet.runtime.SmallHospital.CLAIRE;
import static org.chevet.runtime.SmallHospital.START;
import static org.chevet.runtime.SmallHospital.message;
import static org.chevet.runtime.SmallHospital.register;
import static org.chevet.runtime.SmallHospital.reportStay;
import static org.chevet.runtime.SmallHospital.requestBed;
import static org.chevet.runtime.SmallHospital.reserve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.chevet.hospital.StayId;
import org.chevet.journal.JdbcJournal;
import org.chevet.journal.JournalException;
import org.chevet.occupancy.Breach;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.Occupancy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What follows a live state that contradicts itself: nothing of it is written, and everything can still be read. */
@Timeout(120)
class ReadOnlyTest {
    private static final int PATIENCE_SECONDS = 60;
    private static final int SNAPSHOT_EVERY = 6;
    private static final Limits LIMITS =
            new Limits(100, 100, 50, 2, 100, SNAPSHOT_EVERY, Duration.ofMillis(1), Duration.ofMillis(10));
    private static final StayId CURSED = new StayId("CURSED");

    /** Finds fault with whatever state knows the cursed stay. */
    private static class Superstitious implements Soundness {
        @Override
        public @Nullable Breach sinceMade(Occupancy occupancy) {
            return ofEverything(occupancy).stream().findFirst().orElse(null);
        }

        @Override
        public List<Breach> ofEverything(Occupancy occupancy) {
            boolean cursed = occupancy.state().stays().stream()
                    .anyMatch(stay -> stay.id().equals(CURSED));
            return cursed
                    ? List.of(new Breach(Breach.Invariant.OCCUPANTS, occupancy.sequence(), "a test says so"))
                    : List.of();
        }
    }

    /** Does not look at single acts. */
    private static final class Drowsy extends Superstitious {
        @Override
        public @Nullable Breach sinceMade(Occupancy occupancy) {
            return null;
        }
    }

    private final Path directory;
    private final Path breaches;
    private final AdjustableClock clock = new AdjustableClock(START, 1);
    private final Subscription hushed =
            Hushed.logsOf(ReadOnly.class, JournalThread.class, Breaches.class, WriterLoop.class);
    private FaultyJournal journal;
    private Engine engine;
    private HospitalWriter writer;

    ReadOnlyTest(@TempDir Path directory) {
        this.directory = directory;
        breaches = directory.resolve("breaches");
        clock.pause();
        journal = new FaultyJournal(JdbcJournal.sqlite(directory));
        engine = new Engine(journal, LIMITS, new Superstitious(), breaches);
        writer = engine.open(SmallHospital.hospital(), clock);
    }

    @AfterEach
    void close() {
        engine.close();
        journal.close();
        hushed.close();
    }

    private void restart(Soundness soundness) {
        engine.close();
        journal.close();
        journal = new FaultyJournal(JdbcJournal.sqlite(directory));
        engine = new Engine(journal, LIMITS, soundness, breaches);
        writer = engine.open(SmallHospital.hospital(), clock);
    }

    @Test
    void shouldWriteNothingOfTheActThatBreaksAnInvariant() {
        List<CompletableFuture<Answer>> before = new ArrayList<>();
        List<CompletableFuture<Answer>> fromThen = new ArrayList<>();
        try (Subscription held = journal.hold()) {
            before.add(writer.submit(register("S1"), CLAIRE, "k1"));
            before.add(writer.submit(register("S2"), CLAIRE, null));
            fromThen.add(writer.report(List.of(reportStay("S3"), reportStay("CURSED")), message("1"), "k2"));
            fromThen.add(writer.submit(register("S4"), CLAIRE, null));
        }
        before.forEach(answer -> assertThat(await(answer)).isInstanceOf(Answer.Done.class));
        fromThen.forEach(answer -> assertReadOnly(await(answer)));

        assertThat(journal.lastSequence(SmallHospital.ID)).isEqualTo(3);
        assertThat(writer.view().stays()).containsOnlyKeys(new StayId("S1"), new StayId("S2"));
        assertReadOnly(await(writer.submit(register("S5"), CLAIRE, null)));
        assertReadOnly(await(writer.submit(register("S1"), CLAIRE, "k1")));
        assertThat(journal.lastSequence(SmallHospital.ID)).isEqualTo(3);
    }

    @Test
    void shouldSayThatItIsReadOnly() {
        breach();

        WriterStatus status = writer.status();
        assertThat(status.writable()).isFalse();
        assertThat(status.condition()).isEqualTo(WriterStatus.Condition.READ_ONLY);
        assertThat(status.reason())
                .contains("hospital small is read-only since " + clock.now(), "OCCUPANTS after event 2");
        assertThat(status.advice())
                .contains("started again", breaches.toString(), "patients' data")
                .doesNotContain(SmallHospital.FAMILY_NAME);
    }

    @Test
    void shouldGoOnShowingTheLastSoundView() {
        done(writer.submit(register("S1"), CLAIRE, null));
        HospitalView sound = writer.view();
        List<HospitalView> shown = new ArrayList<>();
        Subscription listening = writer.subscribe(shown::add);
        breach();

        assertThat(writer.view()).isSameAs(sound);
        assertThat(shown).isEmpty();
        listening.close();
    }

    @Test
    void shouldLeaveOtherHospitalsAlone() {
        HospitalWriter other = engine.open(SmallHospital.hospital(new org.chevet.hospital.HospitalId("other")), clock);
        breach();

        done(other.submit(register("S1"), CLAIRE, null));
        assertThat(other.status().writable()).isTrue();
    }

    @Test
    void shouldNotReleaseReservationsWhileItIsReadOnly() {
        done(writer.submit(requestBed("Q1"), CLAIRE, null));
        done(writer.submit(reserve("Q1", "B1", START.plusSeconds(60)), CLAIRE, null));
        breach();
        long last = journal.lastSequence(SmallHospital.ID);
        clock.advanceTo(START.plusSeconds(120));
        assertReadOnly(await(writer.submit(register("S9"), CLAIRE, null)));
        engine.close();

        assertThat(journal.lastSequence(SmallHospital.ID)).isEqualTo(last);
    }

    @Test
    void shouldGoOnAfterARestartOnASoundJournal() {
        done(writer.submit(register("S1"), CLAIRE, null));
        breach();
        restart(new Superstitious());

        assertThat(writer.status().writable()).isTrue();
        assertThat(writer.view().stays()).containsOnlyKeys(new StayId("S1"));
        done(writer.submit(register("S2"), CLAIRE, null));
    }

    @Test
    void shouldBeReadOnlyFromTheStartWhenItsJournalFoldsToAContradiction() {
        restart(Soundness.OWN);
        done(writer.submit(register("CURSED"), CLAIRE, null));
        long last = writer.view().sequence();
        restart(new Superstitious());

        assertThat(writer.status().condition()).isEqualTo(WriterStatus.Condition.READ_ONLY);
        assertThat(writer.view().sequence()).isEqualTo(last);
        assertReadOnly(await(writer.submit(register("S1"), CLAIRE, null)));
        restart(Soundness.OWN);
        done(writer.submit(register("S1"), CLAIRE, null));
    }

    @Test
    void shouldCheckTheWholeStateBeforeASnapshot() throws IOException {
        restart(new Drowsy());
        done(writer.submit(register("S1"), CLAIRE, null));
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        try (Subscription held = journal.hold()) {
            answers.add(writer.submit(register("CURSED"), CLAIRE, null));
            for (int i = 2; i < 2 * SNAPSHOT_EVERY; i++) {
                answers.add(writer.submit(register("S" + i), CLAIRE, null));
            }
        }
        assertReadOnly(await(answers.getLast()));

        assertThat(writer.status().condition()).isEqualTo(WriterStatus.Condition.READ_ONLY);
        assertThat(keptFiles()).hasSize(1);
        long inJournal = journal.lastSequence(SmallHospital.ID);
        long told = answers.stream()
                .map(ReadOnlyTest::await)
                .filter(Answer.Done.class::isInstance)
                .count();
        assertThat(inJournal).isEqualTo(2 + told);
    }

    @Test
    void shouldKeepWhatIsNeededToReproduceIt() throws IOException {
        done(writer.submit(register("S1"), CLAIRE, null));
        assertReadOnly(await(writer.report(List.of(reportStay("S2"), reportStay("CURSED")), message("1"), "k1")));

        List<Path> files = keptFiles();
        assertThat(files).hasSize(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(breaches)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.getFirst())))
                .isEqualTo("rw-------");
        BreachReplay replay = BreachReplay.of(files.getFirst());
        assertThat(replay.asked()).containsExactly("ReportStay", "ReportStay");
        assertThat(replay.events()).containsExactly("StayRegistered", "StayRegistered");
        assertThat(replay.sameEvents()).isTrue();
        assertThat(replay.then()).extracting(Breach::detail).containsExactly("a test says so");
        assertThat(replay.now()).as("the real check finds nothing").isEmpty();
    }

    @Test
    void shouldKeepSoManyFilesAndNoMore() throws IOException {
        for (int i = 0; i < Breaches.FILES_MAX + 2; i++) {
            clock.advanceTo(START.plusSeconds(i));
            breach();
            restart(new Superstitious());
        }
        assertThat(keptFiles()).hasSize(Breaches.FILES_MAX);
        assertThat(keptFiles().getFirst().getFileName().toString()).startsWith("20260328T080002.000Z-small");
    }

    @Test
    void shouldBeReadOnlyWithoutTheFileWhenItCannotBeKept() throws IOException {
        Files.writeString(breaches, "in the way");
        breach();

        assertThat(writer.status().condition()).isEqualTo(WriterStatus.Condition.READ_ONLY);
        assertThat(writer.status().advice()).contains("The log says more");
    }

    @Test
    void shouldBeReadOnlyWhenTheJournalFailsAtTheSameTime() {
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        try (Subscription held = journal.hold()) {
            answers.add(writer.submit(register("S1"), CLAIRE, null));
            answers.add(writer.submit(register("CURSED"), CLAIRE, null));
            answers.add(writer.submit(register("S2"), CLAIRE, null));
            journal.fault = FaultyJournal.Fault.BEFORE_COMMIT;
        }
        answers.forEach(answer -> assertThat(await(answer)).isInstanceOf(Answer.Unavailable.class));
        journal.fault = FaultyJournal.Fault.NONE;

        assertThat(journal.lastSequence(SmallHospital.ID)).isEqualTo(1);
    }

    @Test
    void shouldBeReadOnlyOnceItsJournalIsFoundDamaged() {
        done(writer.submit(register("S1"), CLAIRE, null));
        writer.damaged(new JournalException("event 2 of hospital small is damaged", "Restore it from a backup.", null));

        assertReadOnly(await(writer.submit(register("S2"), CLAIRE, null)));
        assertThat(writer.status().reason()).contains("event 2 of hospital small is damaged");
        assertThat(writer.status().advice()).contains("sound journal", "Restore it from a backup.");
        assertThat(writer.view().stays()).containsOnlyKeys(new StayId("S1"));
    }

    private void breach() {
        assertReadOnly(await(writer.submit(register("CURSED"), CLAIRE, null)));
    }

    private List<Path> keptFiles() throws IOException {
        try (Stream<Path> files = Files.list(breaches)) {
            return files.sorted().toList();
        }
    }

    private static void assertReadOnly(Answer answer) {
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Unavailable.class,
                        unavailable -> assertThat(unavailable.detail()).contains("is read-only since"));
    }

    private static void done(CompletableFuture<Answer> answer) {
        assertThat(await(answer)).isInstanceOf(Answer.Done.class);
    }

    private static Answer await(CompletableFuture<Answer> answer) {
        return answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
}
