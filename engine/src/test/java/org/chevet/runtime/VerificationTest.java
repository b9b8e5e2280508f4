package org.chevet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chevet.runtime.SmallHospital.CLAIRE;
import static org.chevet.runtime.SmallHospital.START;
import static org.chevet.runtime.SmallHospital.register;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.chevet.journal.JdbcJournal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was not looked at before the doors opened is looked at afterwards. */
@Timeout(60)
class VerificationTest {
    private static final int ACTS = 5;

    private final Path directory;
    private final Subscription hushed = Hushed.logsOf(ReadOnly.class, Verification.class);
    private final FaultyJournal journal;
    private final Engine engine;
    private final HospitalWriter writer;
    private final Verification verification;

    VerificationTest(@TempDir Path directory) {
        this.directory = directory;
        journal = new FaultyJournal(JdbcJournal.sqlite(directory));
        engine = new Engine(journal);
        writer = engine.open(SmallHospital.hospital(), new AdjustableClock(START, 1));
        verification = new Verification(journal, Duration.ofMillis(1));
        for (int i = 0; i < ACTS; i++) {
            assertThat(submit("S" + i)).isInstanceOf(Answer.Done.class);
        }
    }

    @AfterEach
    void close() {
        verification.close();
        engine.close();
        journal.close();
        hushed.close();
    }

    @Test
    void shouldSayNothingOfASoundJournal() {
        verify(verification);

        assertThat(submit("S9")).isInstanceOf(Answer.Done.class);
    }

    @Test
    void shouldMakeTheHospitalReadOnlyWhenAnEventIsDamaged() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("chevet.db"));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE event SET event = replace(event, 'S1', 'S7') WHERE seq = 3");
        }
        verify(verification);

        assertThat(writer.status().condition()).isEqualTo(WriterStatus.Condition.READ_ONLY);
        assertThat(writer.status().reason()).contains("event 3 of hospital small");
        assertThat(submit("S9")).isInstanceOf(Answer.Unavailable.class);
        assertThat(writer.view().stays()).hasSize(ACTS);
    }

    @Test
    void shouldWaitForADatabaseThatIsAway() {
        journal.away = true;
        CompletableFuture<Void> verified = CompletableFuture.runAsync(() -> verify(verification));
        assertThat(verified).isNotDone();
        journal.away = false;
        verified.orTimeout(30, TimeUnit.SECONDS).join();

        assertThat(writer.status().writable()).isTrue();
    }

    @Test
    void shouldStopWhileItWaits() {
        journal.away = true;
        Verification patient = new Verification(journal, Duration.ofDays(1));
        CompletableFuture<Void> verified = CompletableFuture.runAsync(() -> verify(patient));
        patient.close();

        verified.orTimeout(30, TimeUnit.SECONDS).join();
        assertThat(writer.status().writable()).isTrue();
    }

    private void verify(Verification by) {
        by.verify(writer.id(), ACTS, writer::damaged, () -> true);
    }

    private Answer submit(String stay) {
        return writer.submit(register(stay), CLAIRE, null)
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }
}
