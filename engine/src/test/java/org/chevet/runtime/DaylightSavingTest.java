package org.chevet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chevet.runtime.SmallHospital.CLAIRE;
import static org.chevet.runtime.SmallHospital.requestBed;
import static org.chevet.runtime.SmallHospital.reserve;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.chevet.event.Command;
import org.chevet.event.Recorded;
import org.chevet.hospital.BedId;
import org.chevet.journal.JdbcJournal;
import org.chevet.journal.Journal;
import org.chevet.occupancy.BedState;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The night that has 25 hours and the one that has 23: deadlines are moments, not readings of a clock on the wall. */
@Timeout(60)
class DaylightSavingTest {
    /** Two hours on the wall before the change is one hour, or three, of somebody's life. */
    @ParameterizedTest(name = "from {0}")
    @CsvSource({
        "2026-10-25T00:30:00Z", // 02:30, an hour later 02:30 again
        "2026-03-29T00:30:00Z" // 01:30, an hour later 03:30
    })
    void shouldReleaseAReservationWhenItsTimeIsUp(Instant start, @TempDir Path directory) {
        AdjustableClock clock = new AdjustableClock(start, 1);
        clock.pause();
        Duration held = Duration.ofMinutes(90);
        try (Journal journal = JdbcJournal.sqlite(directory);
                Engine engine = new Engine(journal)) {
            HospitalWriter writer = engine.open(SmallHospital.hospital(), clock);
            done(writer.submit(requestBed("Q1"), CLAIRE, null));
            done(writer.submit(reserve("Q1", "B1", start.plus(held)), CLAIRE, null));

            clock.advanceTo(start.plus(held).minusSeconds(1));
            done(writer.submit(new Command.CloseBed(new BedId("B2")), CLAIRE, null));
            assertThat(state(writer, "B1")).isEqualTo(BedState.RESERVED);
            clock.advanceTo(start.plus(held));
            done(writer.submit(new Command.OpenBed(new BedId("B2")), CLAIRE, null));
            assertThat(state(writer, "B1")).isEqualTo(BedState.READY);

            List<Recorded> events = new ArrayList<>();
            journal.read(SmallHospital.ID, 0, events::add);
            assertThat(events).extracting(Recorded::recordedAt).isSorted();
        }
    }

    private static BedState state(HospitalWriter writer, String bed) {
        return Objects.requireNonNull(writer.view().bed(new BedId(bed)))
                .status()
                .state();
    }

    private static void done(CompletableFuture<Answer> answer) {
        assertThat(answer.orTimeout(30, TimeUnit.SECONDS).join()).isInstanceOf(Answer.Done.class);
    }
}
