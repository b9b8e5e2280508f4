package org.chevet.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chevet.event.BedEvent;
import org.chevet.event.Recorded;
import org.chevet.event.Victims;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.JdbcJournal;
import org.chevet.journal.Journal;
import org.chevet.journal.StoredEvent;
import org.chevet.occupancy.EventfulLife;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Journals that former builds wrote, kept as they wrote them: every later build must read them to the same state. To add one,
 * after an event type came or changed its shape: {@code mvn test -pl engine -Dtest=GoldenJournalTest
 * -Dtest.jvm.args=-Dchevet.golden.write=v2}. Never change or delete one.
 */
class GoldenJournalTest {
    private static final Path FOLDER = Path.of("src/test/resources/org/chevet/archive/golden");
    private static final JsonMapper JSON = new JsonMapper();
    private static final HospitalId HOSPITAL = new HospitalId("golden");
    private static final long SEED = 20260101;
    private static final int SEEDS_MAX = 100_000;
    private static final int COMMANDS = 900;

    @TempDir
    private Path directory = Path.of("");

    static List<Path> journals() throws IOException {
        String name = System.getProperty("chevet.golden.write");
        if (name != null) {
            write(FOLDER.resolve(name + ".ndjson"));
        }
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".ndjson"))
                    .sorted()
                    .toList();
        }
    }

    private static void write(Path file) throws IOException {
        Path directory = Files.createTempDirectory("golden");
        try (JdbcJournal journal = JdbcJournal.sqlite(directory);
                Writer out = Files.newBufferedWriter(file)) {
            List<Journal.Entry> entries = new ArrayList<>();
            for (Recorded recorded : eventfulLife()) {
                boolean keyed = recorded.act() == recorded.sequence() && recorded.sequence() % 3 == 0;
                entries.add(new Journal.Entry(recorded, keyed ? "key-" + recorded.sequence() : null));
            }
            journal.append(List.of(new Journal.Batch(HOSPITAL, entries)));
            JournalExport.write(journal, List.of(HOSPITAL), out);
        }
    }

    /** The first life from the seed on in which everything happens; what has no type of event too: illness, wounds, routine. */
    private static List<Recorded> eventfulLife() {
        for (long seed = SEED; seed < SEED + SEEDS_MAX; seed++) {
            List<Recorded> life = EventfulLife.journal(seed, COMMANDS);
            if (types(life.stream().map(recorded -> recorded.event().getClass()))
                            .equals(types())
                    && has(life, victims -> victims.illness() != null)
                    && has(life, victims -> victims.wounds() != null)
                    && life.stream().anyMatch(recorded -> hasRoutine(recorded.event()))) {
                return EventfulLife.journalOfInjects(seed, COMMANDS);
            }
        }
        throw new AssertionError("no life of " + SEEDS_MAX
                + " has every type of event, an illness, wounds and a routine: look at RandomTraffic");
    }

    private static boolean has(List<Recorded> life, Predicate<Victims> victims) {
        return life.stream()
                .anyMatch(recorded -> recorded.event() instanceof BedEvent.InjectPlanned planned
                        && planned.inject().victims() != null
                        && victims.test(planned.inject().victims()));
    }

    private static boolean hasRoutine(BedEvent event) {
        return event instanceof BedEvent.DrillBegun begun && begun.drill().routine() != null;
    }

    private static Set<String> types() {
        return types(Arrays.stream(BedEvent.class.getPermittedSubclasses()));
    }

    private static Set<String> types(Stream<? extends Class<?>> types) {
        return types.map(Class::getSimpleName).collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @MethodSource("journals")
    void shouldFoldToTheDigestItHadWhenItWasWritten(Path file) throws IOException {
        try (JdbcJournal journal = JdbcJournal.sqlite(directory);
                BufferedReader lines = Files.newBufferedReader(file)) {
            assertThat(JournalImport.read(journal, lines))
                    .singleElement()
                    .satisfies(imported -> assertThat(imported.events()).isPositive());
            assertThat(JournalVerification.verify(journal).problems()).isEmpty();
        }
    }

    @Test
    void shouldFoldAlikeInAFileOfTheFirstSchema() throws Exception {
        List<String> lines = Files.readAllLines(FOLDER.resolve("v1.ndjson"));
        String url = "jdbc:sqlite:" + directory.resolve("chevet.db");
        Flyway.configure()
                .dataSource(url, null, null)
                .locations("classpath:org/chevet/journal/sqlite")
                .target("1")
                .load()
                .migrate();
        try (Connection connection = DriverManager.getConnection(url)) {
            connection.setAutoCommit(false);
            for (String line : lines) {
                if (JournalLines.read(line, HOSPITAL) instanceof JournalLines.Event event) {
                    insertWithoutChecksum(connection, event.stored());
                }
            }
            connection.commit();
        }

        try (JdbcJournal journal = JdbcJournal.sqlite(directory)) {
            JournalVerification.Result result = JournalVerification.verify(journal);
            assertThat(result.problems()).isEmpty();
            assertThat(result.records().getFirst().digestText())
                    .isEqualTo(JSON.readTree(lines.getLast()).path("digest").asText());
        }
    }

    private static void insertWithoutChecksum(Connection connection, StoredEvent event) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO event (hospital, seq, act, at, recorded_at, origin, type, version, idempotency_key, event)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)) {
            insert.setString(1, event.hospital().value());
            insert.setLong(2, event.sequence());
            insert.setLong(3, event.act());
            insert.setString(4, event.at());
            insert.setString(5, event.recordedAt());
            insert.setString(6, event.origin());
            insert.setString(7, event.type());
            insert.setInt(8, event.version());
            insert.setString(9, event.idempotencyKey());
            insert.setString(10, event.event());
            insert.executeUpdate();
        }
    }

    @Test
    void shouldHaveEveryTypeOfEvent() throws IOException {
        Set<String> kept = new TreeSet<>();
        for (Path file : journals()) {
            for (String line : Files.readAllLines(file)) {
                JsonNode event = JSON.readTree(line);
                if (event.has("type")) {
                    kept.add(event.path("type").asText());
                }
            }
        }
        Set<String> types = types();
        types.removeAll(kept);
        assertThat(types)
                .as("types of events that no golden journal has: let RandomTraffic bring them about, and write another"
                        + " journal as the comment of this class says")
                .isEmpty();
    }
}
