package org.chevet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.chevet.runtime.Eventually.eventually;
import static org.chevet.runtime.SmallHospital.CLAIRE;
import static org.chevet.runtime.SmallHospital.START;
import static org.chevet.runtime.SmallHospital.admit;
import static org.chevet.runtime.SmallHospital.register;
import static org.chevet.runtime.SmallHospital.requestBed;
import static org.chevet.runtime.SmallHospital.reserve;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.chevet.archive.JournalFork;
import org.chevet.event.Command;
import org.chevet.hospital.BedId;
import org.chevet.hospital.HospitalId;
import org.chevet.hospital.StayId;
import org.chevet.journal.JdbcJournal;
import org.chevet.journal.Journal;
import org.chevet.journal.JournalException;
import org.chevet.occupancy.Occupancy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SnapshotsTest {
    private static final Limits OFTEN = new Limits(100, 100, 1, 2, 100, 3, Duration.ofMillis(1), Duration.ofMillis(10));

    private final Path directory;
    private final Subscription hushed = Hushed.logsOf(Snapshots.class);

    SnapshotsTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeEach
    void liveALittle() {
        AdjustableClock clock = new AdjustableClock(START, 1);
        try (Journal journal = JdbcJournal.sqlite(directory);
                Engine engine = new Engine(journal, OFTEN)) {
            HospitalWriter writer = engine.open(SmallHospital.hospital(), clock);
            for (int i = 1; i <= 5; i++) {
                submit(writer, register("S" + i));
                submit(writer, admit("S" + i, "B" + i));
            }
            submit(writer, requestBed("Q1"));
            submit(writer, reserve("Q1", "B9", START.plus(Duration.ofDays(1))));
            submit(writer, new Command.StartLeave(new StayId("S1"), null));
            submit(writer, new Command.CloseBed(new BedId("B10")));
            // None is taken while the last one is still being kept.
            while (journal.snapshots(SmallHospital.ID).size() < Journal.SNAPSHOTS_KEPT) {
                submit(writer, new Command.OpenBed(new BedId("B10")));
                submit(writer, new Command.CloseBed(new BedId("B10")));
            }
        }
    }

    @AfterEach
    void unhush() {
        hushed.close();
    }

    private static void submit(HospitalWriter writer, Command.Act act) {
        assertThat(writer.submit(act, CLAIRE, null).join()).isInstanceOf(Answer.Done.class);
    }

    @Test
    void shouldRestartFromTheNewest() {
        try (Journal journal = JdbcJournal.sqlite(directory);
                Snapshots snapshots = new Snapshots(journal)) {
            assertThat(journal.snapshots(SmallHospital.ID)).hasSize(Journal.SNAPSHOTS_KEPT);
            Snapshots.Restored restored = snapshots.restore(SmallHospital.ID);

            assertThat(restored.snapshot()).isEqualTo(journal.lastSequence(SmallHospital.ID));
            assertSameAsReplay(journal, restored.occupancy());
        }
    }

    @Test
    void shouldHaveKeptTheLastOfADrillOnceItIsClosed() {
        HospitalId drill = SmallHospital.ID.drill(1);
        try (FaultyJournal journal = new FaultyJournal(JdbcJournal.sqlite(directory));
                Engine engine = new Engine(journal, OFTEN)) {
            engine.open(JournalFork.of(SmallHospital.hospital(), drill), new AdjustableClock(START, 1));
            Subscription held = journal.holdSnapshots();
            CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> engine.close(drill));
            eventually(() -> journal.snapshotsAsked.get() > 0);
            held.close();
            closing.join();

            assertThat(journal.snapshots(drill).getFirst().sequence()).isEqualTo(journal.lastSequence(drill));
        }
    }

    @Test
    void shouldRestartFromTheOneBeforeWithItsTailWhenTheNewestIsDamaged() throws SQLException {
        execute("UPDATE snapshot SET state = substr(state, 1, 40) WHERE seq = (SELECT max(seq) FROM snapshot)");
        try (Journal journal = JdbcJournal.sqlite(directory);
                Snapshots snapshots = new Snapshots(journal)) {
            Snapshots.Restored restored = snapshots.restore(SmallHospital.ID);

            assertThat(restored.snapshot()).isPositive().isLessThan(journal.lastSequence(SmallHospital.ID));
            assertSameAsReplay(journal, restored.occupancy());
        }
    }

    @Test
    void shouldReplayFromZeroWhenNoDigestHolds() throws SQLException {
        execute("UPDATE snapshot SET digest = digest + 1");
        try (Journal journal = JdbcJournal.sqlite(directory);
                Snapshots snapshots = new Snapshots(journal)) {
            Snapshots.Restored restored = snapshots.restore(SmallHospital.ID);

            assertThat(restored.snapshot()).isZero();
            assertSameAsReplay(journal, restored.occupancy());
        }
    }

    @Test
    void shouldRefuseToOpenWhenAnEventIsDamagedThatTheSnapshotCovers() throws SQLException {
        execute("UPDATE event SET event = '{}' WHERE seq = 2");

        assertThatThrownBy(() -> JdbcJournal.sqlite(directory))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("event 2 of hospital small");
    }

    private static void assertSameAsReplay(Journal journal, Occupancy occupancy) {
        Occupancy replayed = new Occupancy();
        journal.read(SmallHospital.ID, 0, replayed::apply);
        assertThat(occupancy.state()).isEqualTo(replayed.state());
        assertThat(occupancy.digest()).isEqualTo(replayed.digest());
        assertThat(occupancy.view().sequence()).isEqualTo(replayed.sequence());
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("chevet.db"));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
