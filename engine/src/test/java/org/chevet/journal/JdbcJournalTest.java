package org.chevet.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.chevet.journal.Events.NORTH;
import static org.chevet.journal.Events.SOUTH;
import static org.chevet.journal.Events.batch;
import static org.chevet.journal.Events.event;
import static org.chevet.journal.Events.read;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.chevet.event.BedEvent;
import org.chevet.event.BlockReason;
import org.chevet.event.Origin;
import org.chevet.event.PastStretch;
import org.chevet.event.Recorded;
import org.chevet.event.Role;
import org.chevet.hospital.BedId;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds whatever the database. */
@Order(4)
@ParameterizedClass
@EnumSource(TestDatabase.Product.class)
class JdbcJournalTest {
    private final TestDatabase database;

    JdbcJournalTest(TestDatabase.Product product, @TempDir Path directory) {
        database = product.create(directory);
    }

    @Test
    void shouldReadBackEveryKindOfEventAfterAReopening() {
        List<Recorded> written = new ArrayList<>();
        List<Origin> origins = List.of(
                new Origin.Person("Claire Aubert", Role.BED_MANAGER),
                new Origin.Feed("adt", "MSG00001"),
                new Origin.Engine());
        for (BedEvent event : Samples.events().toList()) {
            long sequence = written.size() + 1;
            Origin origin = origins.get(written.size() % origins.size());
            written.add(new Recorded(sequence, Math.max(1, sequence - 1), Samples.TIME, origin, event));
        }
        try (Journal journal = database.open()) {
            journal.append(List.of(batch(NORTH, written.toArray(Recorded[]::new))));
        }
        try (Journal journal = database.open()) {
            assertThat(read(journal, NORTH, 0)).isEqualTo(written);
            assertThat(read(journal, NORTH, written.size() - 1)).containsExactly(written.getLast());
            assertThat(read(journal, SOUTH, 0)).isEmpty();
            assertThat(journal.find(NORTH, 3)).isEqualTo(written.get(2));
            assertThat(journal.find(NORTH, written.size() + 1)).isNull();
            assertThat(journal.lastSequence(NORTH)).isEqualTo(written.size());
            assertThat(journal.lastSequence(SOUTH)).isZero();
            assertThat(journal.lastSequences()).containsExactly(Map.entry(NORTH, (long) written.size()));
            journal.append(List.of(batch(SOUTH, event(1)), batch(SOUTH, event(2))));
            assertThat(journal.lastSequences())
                    .containsExactly(Map.entry(NORTH, (long) written.size()), Map.entry(SOUTH, 2L));
            assertThat(journal.hospitals()).containsExactly(NORTH, SOUTH);
        }
    }

    @Test
    void shouldKeepGroupsOfAnySizeWhateverTheirTextsSay() {
        List<String> texts = List.of("NULL", "{}", "a,b", "\"'\\\\\"", "\\u0041\n\t", "é 😷", " ", "");
        List<Recorded> written = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        try (Journal journal = database.open()) {
            for (int size = 1; size <= 20; size++) {
                List<Journal.Entry> entries = new ArrayList<>();
                for (int i = 0; i < size; i++) {
                    String text = texts.get(written.size() % texts.size());
                    Recorded recorded = said(written.size() + 1, text);
                    written.add(recorded);
                    String key = i % 2 == 0 ? text : null;
                    entries.add(new Journal.Entry(recorded, key));
                    if (key != null) {
                        keys.add(key);
                    }
                }
                journal.append(List.of(new Journal.Batch(NORTH, entries)));
            }

            assertThat(read(journal, NORTH, 0)).isEqualTo(written);
            assertThat(journal.recentKeyedActs(NORTH, written.size()))
                    .extracting(Journal.KeyedAct::idempotencyKey)
                    .isEqualTo(keys);
        }
    }

    private static Recorded said(long sequence, String text) {
        return new Recorded(
                sequence,
                sequence,
                Samples.TIME,
                new Origin.Feed(text, text),
                new BedEvent.BedBlocked(Samples.TIME, new BedId("B"), BlockReason.STAFF, text, null));
    }

    @Test
    void shouldKeepAllBatchesOfAGroupOrNone() {
        try (Journal journal = database.open()) {
            journal.append(List.of(batch(NORTH, event(1)), batch(SOUTH, event(1), event(2))));

            assertThatThrownBy(() -> journal.append(List.of(batch(NORTH, event(2)), batch(SOUTH, event(2)))))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("event 2 of hospital south does not follow event 2");
            assertThat(journal.lastSequence(NORTH)).isEqualTo(1);
            journal.append(List.of(batch(NORTH, event(2)), batch(SOUTH, event(3))));
            assertThat(journal.lastSequence(NORTH)).isEqualTo(2);
        }
    }

    @Test
    void shouldWaitForWhoeverReadsWhenItIsClosedAndTellThem() throws Exception {
        JdbcJournal journal = database.open();
        journal.append(List.of(batch(NORTH, event(1), event(2))));
        List<Recorded> read = new ArrayList<>();
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            List<Future<?>> closing = new ArrayList<>();
            assertThatThrownBy(() -> journal.readStored(NORTH, 2, (stored, recorded) -> {
                        read.add(recorded);
                        closing.add(thread.submit(journal::close));
                        assertThatThrownBy(() -> closing.getFirst().get(200, TimeUnit.MILLISECONDS))
                                .isInstanceOf(TimeoutException.class);
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageEndingWith(" is closed");
            closing.getFirst().get();
        }
        assertThat(read).containsExactly(event(1));
        assertThatThrownBy(() -> journal.lastSequence(NORTH)).hasMessageEndingWith(" is closed");
        assertThatThrownBy(() -> journal.past(NORTH)).hasMessageEndingWith(" is closed");
        assertThatThrownBy(() -> journal.saveSnapshot(new Journal.Snapshot(NORTH, 2, 0, new byte[0])))
                .hasMessageEndingWith(" is closed");
    }

    @Test
    void shouldRefuseToLeaveASequenceOut() {
        try (Journal journal = database.open()) {
            assertThatThrownBy(() -> journal.append(List.of(batch(NORTH, event(2)))))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("event 2 of hospital north does not follow event 0");
        }
    }

    @Test
    void shouldRefuseASequenceThatAnotherWriterTook() {
        try (JdbcJournal one = database.open();
                JdbcJournal other = JdbcJournal.open(database.shared(), Upcasters.CURRENT)) {
            one.append(List.of(batch(NORTH, event(1))));
            other.append(List.of(batch(NORTH, event(2), event(3)), batch(SOUTH, event(1))));

            // The first still thinks that event 1 is the last.
            assertThatThrownBy(() -> one.append(List.of(batch(SOUTH, event(2)), batch(NORTH, event(2)))))
                    .isInstanceOfSatisfying(JournalConflictException.class, conflict -> {
                        assertThat(conflict.hospital()).isEqualTo(NORTH);
                        assertThat(conflict.sequence()).isEqualTo(2);
                    })
                    .hasMessageContaining("event 2 of hospital north is in journal");
            // After the loss it asks, and knows without trying.
            assertThatThrownBy(() -> one.append(List.of(batch(NORTH, event(3)))))
                    .isInstanceOf(JournalConflictException.class)
                    .hasMessageContaining("event 3 of hospital north");
            assertThat(one.lastSequence(SOUTH)).isEqualTo(1);
            one.append(List.of(batch(NORTH, event(4))));
            assertThat(read(other, NORTH, 0)).hasSize(4);
        }
    }

    @Test
    void shouldRememberTheNewestKeyedActs() {
        try (Journal journal = database.open()) {
            journal.append(List.of(new Journal.Batch(
                    NORTH,
                    List.of(
                            new Journal.Entry(event(1), "first"),
                            new Journal.Entry(event(2), null),
                            new Journal.Entry(event(3, 3), null),
                            new Journal.Entry(event(4, 3), "second"),
                            new Journal.Entry(event(5), "third")))));
            journal.append(List.of(new Journal.Batch(SOUTH, List.of(new Journal.Entry(event(1), "first")))));

            assertThat(journal.recentKeyedActs(NORTH, 2))
                    .containsExactly(new Journal.KeyedAct("second", 3, 4), new Journal.KeyedAct("third", 5, 5));
            assertThat(journal.recentKeyedActs(NORTH, 3)).hasSize(3);
            assertThat(journal.recentKeyedActs(NORTH, 4)).hasSize(3);
        }
    }

    @Test
    void shouldKeepTheLastTwoSnapshots() {
        try (Journal journal = database.open()) {
            journal.append(List.of(batch(NORTH, event(1), event(2), event(3))));
            for (int sequence = 1; sequence <= 3; sequence++) {
                journal.saveSnapshot(
                        new Journal.Snapshot(NORTH, sequence, -sequence, new byte[] {(byte) sequence, 0, -1}));
            }
            journal.saveSnapshot(new Journal.Snapshot(NORTH, 3, Long.MIN_VALUE, new byte[] {9}));

            List<Journal.Snapshot> kept = journal.snapshots(NORTH);
            assertThat(kept).extracting(Journal.Snapshot::sequence).containsExactly(3L, 2L);
            assertThat(kept.getFirst().digest()).isEqualTo(Long.MIN_VALUE);
            assertThat(kept.getLast().state()).isEqualTo(new byte[] {2, 0, -1});
            assertThat(journal.snapshots(SOUTH)).isEmpty();
        }
    }

    @Test
    void shouldRefuseAJournalWithAGap() throws SQLException {
        try (Journal journal = database.open()) {
            journal.append(List.of(batch(NORTH, event(1), event(2), event(3), event(4)), batch(SOUTH, event(1))));
        }
        database.execute("DELETE FROM event WHERE hospital = 'north' AND seq = 3");

        assertRefusedToOpen("event 3 of hospital north is missing");
    }

    @Test
    void shouldRefuseAJournalWithoutItsBeginning() throws SQLException {
        try (Journal journal = database.open()) {
            journal.append(List.of(batch(NORTH, event(1), event(2), event(3))));
        }
        database.execute("DELETE FROM event WHERE seq < 3");

        assertRefusedToOpen("event 1 of hospital north is missing");
    }

    @Test
    void shouldRefuseAJournalThatEndsBeforeItsSnapshot() throws SQLException {
        try (Journal journal = database.open()) {
            journal.append(List.of(batch(NORTH, event(1), event(2))));
            journal.saveSnapshot(new Journal.Snapshot(NORTH, 2, 0, new byte[0]));
        }
        database.execute("DELETE FROM event WHERE seq = 2");

        assertRefusedToOpen("event 2 of hospital north is missing");
    }

    @Test
    void shouldNameARowThatIsDamaged() throws SQLException {
        try (Journal journal = database.open()) {
            journal.append(List.of(batch(NORTH, event(1), event(2))));
            database.execute("UPDATE event SET event = '{}' WHERE seq = 2");

            assertThatThrownBy(() -> read(journal, NORTH, 0))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("event 2 of hospital north is damaged")
                    .hasMessageContaining("backup");
            database.execute("UPDATE event SET recorded_at = 'yesterday' WHERE seq = 1");
            assertThatThrownBy(() -> read(journal, NORTH, 0))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("event 1 of hospital north");
        }
    }

    @Test
    void shouldNameAnEventOfALaterRelease() {
        Upcasters later = new Upcasters();
        for (int version = 1; version < 99; version++) {
            later.add(BedEvent.BedClosed.class, version, UnaryOperator.identity());
        }
        database.open().close();
        try (Journal journal = JdbcJournal.open(database.shared(), later)) {
            journal.append(List.of(batch(NORTH, event(1))));
        }

        assertRefusedToOpen(
                "event 1 of hospital north (BedClosed, version 99) is of a version that this Chevet does not know");
    }

    @Test
    void shouldKnowWhereItsMigrationsLead() throws SQLException {
        database.open().close();
        database.execute("UPDATE flyway_schema_history SET version = 'elsewhere' WHERE version = '" + Schema.VERSION
                + "' AND installed_rank = (SELECT max(installed_rank) FROM flyway_schema_history)");

        assertRefusedToOpen("elsewhere");
    }

    @Test
    void shouldRefuseASchemaFromALaterRelease() throws SQLException {
        database.open().close();
        database.execute(
                "INSERT INTO flyway_schema_history SELECT 99, '99', 'later', type, 'V99__later.sql', 1, installed_by,"
                        + " installed_on, 1, success FROM flyway_schema_history WHERE version = '2'");

        assertRefusedToOpen("later release");
    }

    @Test
    void shouldKeepWhatIsImportedOfThePastWholeOrNotAtAll() throws SQLException {
        Instant now = Instant.parse("2026-03-01T10:00:00Z");
        PastStretch late = stretch(2, "S1", "2026-02-02T10:00:00Z", "2026-02-03T10:00:00Z");
        PastStretch early = stretch(3, "S2", "2026-02-01T10:00:00Z", null);
        Journal.Past expected = new Journal.Past(Journal.PastKind.STAYS, now, 2, late.begins(), now);
        try (JdbcJournal journal = database.open()) {
            assertThat(journal.past(NORTH)).isNull();
            assertThatThrownBy(() -> importing(
                            journal,
                            now,
                            () -> {
                                throw new IllegalStateException("half of it");
                            },
                            late))
                    .hasMessage("half of it");
            assertThat(journal.past(NORTH)).isNull();
            importing(journal, now, () -> {}, late, early);
        }
        try (JdbcJournal journal = database.open()) {
            assertThat(journal.past(NORTH)).isEqualTo(expected);
            assertThat(journal.past(SOUTH)).isNull();
            assertThat(past(journal)).containsExactly(early, late);

            database.execute("UPDATE past_line SET said = replace(said, '02-02', '02-03') WHERE line = 2");
            assertThatThrownBy(() -> past(journal))
                    .isInstanceOf(JournalException.class)
                    .hasMessageContaining("line 2 of what was imported for hospital north is damaged");
            database.execute("DELETE FROM past_line WHERE line = 2");
            assertThatThrownBy(() -> past(journal)).hasMessageContaining("--replace");
        }
    }

    private static PastStretch stretch(long line, String stay, String entry, @Nullable String exit) {
        return new PastStretch(
                line,
                new StayId(stay),
                new ServiceId("A"),
                Instant.parse(entry),
                exit == null ? null : Instant.parse(exit),
                false,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static void importing(JdbcJournal journal, Instant now, Runnable then, PastStretch... stretches) {
        journal.importPast(NORTH, Journal.PastKind.STAYS, now, false, to -> {
            List.of(stretches).forEach(to::add);
            then.run();
            return new JdbcJournal.PastPeriod(stretches[0].begins(), now);
        });
    }

    private static List<PastStretch> past(Journal journal) {
        List<PastStretch> past = new ArrayList<>();
        journal.readPastStays(NORTH, past::add);
        return past;
    }

    private void assertRefusedToOpen(String detail) {
        assertThatThrownBy(database::open).isInstanceOf(JournalException.class).hasMessageContaining(detail);
    }
}
