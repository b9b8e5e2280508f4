package org.chevet.simulations.benchmark;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.chevet.event.BedEvent;
import org.chevet.event.Command;
import org.chevet.event.Origin;
import org.chevet.event.Recorded;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.JdbcJournal;
import org.chevet.journal.PostgresServer;
import org.chevet.journal.SqliteFiles;
import org.chevet.journal.StoredEvent;
import org.chevet.occupancy.Decision;
import org.chevet.occupancy.Occupancy;
import org.chevet.runtime.AdjustableClock;
import org.chevet.runtime.Answer;
import org.chevet.runtime.Engine;
import org.chevet.runtime.HospitalWriter;
import org.chevet.runtime.JournalFigures;
import org.chevet.runtime.Limits;

/**
 * Durable commands against what the database does on its own: the same rows in transactions of the same size, by the driver's batch
 * of INSERTs, on the same disk, in turn. Arguments: {@code commands=20000 rounds=3 lone=200 beds=1000}, and {@code
 * postgres=URL,USER} for an empty database other than one of its own.
 */
public final class DurableFigure {
    private static final int[] BATCH_COMMANDS = {128, 1_024, 1};

    /** Before the first round, of Chevet and of the database alone: the compiler is to be done by then. */
    private static final int WARM_UP_COMMANDS = 200_000;

    /** A batch of one costs an fsync: fewer of them are enough. */
    private static final int SINGLE_COMMANDS_PER_COMMANDS = 40;

    /** Batches that wait to be decided while others are on their way: never idle. */
    private static final int BATCHES_IN_FLIGHT = 4;

    private static final Origin.Feed FEED = new Origin.Feed("figure", "1");

    private final int commands;
    private final int rounds;
    private final int lone;
    private final int beds;

    /** @param eventsPerTransaction as it came about, for the raw database to do the same */
    private record Rate(double eventsPerSecond, double eventsPerTransaction) {}

    /** A database under test, by both ways in. */
    private interface Database {
        String name();

        JdbcJournal open();

        Connection connect() throws SQLException;
    }

    private DurableFigure(int commands, int rounds, int lone, int beds) {
        this.commands = commands;
        this.rounds = rounds;
        this.lone = lone;
        this.beds = beds;
    }

    public static void main(String[] arguments) throws Exception {
        int commands = 20_000;
        int rounds = 3;
        int lone = 200;
        int beds = 1_000;
        String postgres = "";
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            switch (parts[0]) {
                case "commands" -> commands = Integer.parseInt(parts[1]);
                case "rounds" -> rounds = Integer.parseInt(parts[1]);
                case "lone" -> lone = Integer.parseInt(parts[1]);
                case "beds" -> beds = Integer.parseInt(parts[1]);
                case "postgres" -> postgres = parts[1];
                default ->
                    throw new IllegalArgumentException(
                            "'" + argument + "' is unknown; commands, rounds, lone, beds and postgres are known");
            }
        }
        DurableFigure figure = new DurableFigure(commands, rounds, lone, beds);
        Path directory = Files.createTempDirectory(Path.of(""), "durable-figure-");
        try {
            figure.run(new Sqlite(directory));
            if (!postgres.isEmpty()) {
                String[] server = postgres.split(",", 2);
                figure.run(new Postgres(new PostgresServer(server[0], server[1], null)));
            } else {
                try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .setServerConfig("full_page_writes", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setDataDirectory(directory.resolve("postgres"))
                        .start()) {
                    figure.run(new Postgres(
                            new PostgresServer(server.getJdbcUrl("postgres", "postgres"), "postgres", null)));
                }
            }
        } finally {
            delete(directory);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private record Sqlite(Path directory) implements Database {
        @Override
        public String name() {
            return "SQLite";
        }

        @Override
        public JdbcJournal open() {
            return JdbcJournal.sqlite(directory);
        }

        @Override
        public Connection connect() throws SQLException {
            Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve(SqliteFiles.FILE));
            try (Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA journal_mode = WAL");
                statement.execute("PRAGMA synchronous = FULL");
            }
            return connection;
        }
    }

    private record Postgres(PostgresServer server) implements Database {
        @Override
        public String name() {
            return "PostgreSQL";
        }

        @Override
        public JdbcJournal open() {
            return JdbcJournal.postgresql(server);
        }

        @Override
        public Connection connect() throws SQLException {
            String separator = server.url().contains("?") ? "&" : "?";
            Connection connection = DriverManager.getConnection(
                    server.url() + separator + "reWriteBatchedInserts=true", server.user(), null);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET synchronous_commit = on");
            }
            return connection;
        }
    }

    private void run(Database database) throws Exception {
        System.out.printf(
                Locale.ROOT,
                "%s, %,d beds, %,d commands a round, %d rounds; events per second%n",
                database.name(),
                beds,
                commands,
                rounds);
        try (JdbcJournal journal = database.open();
                Raw raw = new Raw(database.connect())) {
            Traffic traffic = new Traffic(GeneratedLayout.ofBeds(beds));
            try (Engine engine = new Engine(journal, limits(1_000), null)) {
                traffic.fill(open(engine, traffic));
            }
            warmUp(journal, traffic, raw);
            for (int batch : BATCH_COMMANDS) {
                rounds(journal, traffic, raw, batch);
            }
            lone(journal, traffic, raw);
        }
    }

    private void warmUp(JdbcJournal journal, Traffic traffic, Raw raw) throws SQLException {
        long before = journal.lastSequence(traffic.id());
        try (Engine engine = new Engine(journal, limits(BATCH_COMMANDS[0]), null)) {
            chevet(engine, open(engine, traffic), traffic.next(WARM_UP_COMMANDS), BATCH_COMMANDS[0]);
        }
        raw.insert(rows(journal, traffic.id(), before), BATCH_COMMANDS[0]);
    }

    /** By one engine, as in a house: when it was opened is past. */
    private void rounds(JdbcJournal journal, Traffic traffic, Raw raw, int batch) throws SQLException {
        List<Double> chevets = new ArrayList<>();
        List<Double> raws = new ArrayList<>();
        List<Double> rawsBesideWork = new ArrayList<>();
        double perTransaction = 0;
        int count = batch == 1 ? Math.max(1, commands / SINGLE_COMMANDS_PER_COMMANDS) : commands;
        try (Engine engine = new Engine(journal, limits(batch), null)) {
            AdjustableClock clock = new AdjustableClock(traffic.now(), 1);
            HospitalWriter writer = engine.open(traffic.hospital(), clock);
            for (int round = 0; round <= rounds; round++) {
                clock.advanceTo(traffic.now());
                long before = journal.lastSequence(traffic.id());
                Rate chevet = chevet(engine, writer, traffic.next(count), batch);
                perTransaction = chevet.eventsPerTransaction();
                List<StoredEvent> rows = rows(journal, traffic.id(), before);
                long group = Math.max(1, Math.round(perTransaction));
                double alone = raw.insert(rows, group);
                double besideWork = besideWork(traffic.hospital(), raw, rows, group);
                if (round > 0) { // the first fills the queues and the caches
                    chevets.add(chevet.eventsPerSecond());
                    raws.add(alone);
                    rawsBesideWork.add(besideWork);
                }
            }
        }
        System.out.printf(
                Locale.ROOT,
                "  %,5d commands a batch (%,7.1f events a transaction): Chevet %,9.0f, raw %,9.0f, ratio %3.0f %%; raw beside a core that decides %,9.0f, ratio %3.0f %%%n",
                batch,
                perTransaction,
                median(chevets),
                median(raws),
                100 * median(chevets) / median(raws),
                median(rawsBesideWork),
                100 * median(chevets) / median(rawsBesideWork));
    }

    /** The database once more, while another thread decides: two cores share caches and clock, so one alone is faster than beside the other. */
    private static double besideWork(Hospital hospital, Raw raw, List<StoredEvent> rows, long group)
            throws SQLException {
        Traffic other = new Traffic(hospital);
        AtomicBoolean stopped = new AtomicBoolean();
        Thread decides = Thread.ofPlatform().start(() -> {
            while (!stopped.get()) {
                other.advance();
            }
        });
        try {
            return raw.insert(rows, group);
        } finally {
            stopped.set(true);
            join(decides);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Keeps a writer of that batch size busy. */
    private static Rate chevet(Engine engine, HospitalWriter writer, List<Command.Fact> facts, int batch) {
        JournalFigures before = engine.journalFigures();
        long start = System.nanoTime();
        ArrayDeque<CompletableFuture<Answer>> inFlight = new ArrayDeque<>();
        for (Command.Fact fact : facts) {
            if (inFlight.size() == batch * BATCHES_IN_FLIGHT) {
                done(inFlight.remove());
            }
            inFlight.add(writer.report(List.of(fact), FEED, null));
        }
        inFlight.forEach(DurableFigure::done);
        double seconds = (System.nanoTime() - start) / 1e9;
        JournalFigures after = engine.journalFigures();
        long events = after.events() - before.events();
        return new Rate(events / seconds, (double) events / (after.transactions() - before.transactions()));
    }

    /** One command at a time, and one row at a time: what a sender waits. */
    private void lone(JdbcJournal journal, Traffic traffic, Raw raw) throws SQLException {
        Histogram chevet = new Histogram(3);
        Histogram alone = new Histogram(3);
        List<StoredEvent> rows = rows(journal, traffic.id(), Math.max(0, journal.lastSequence(traffic.id()) - lone));
        try (Engine engine = new Engine(journal, Limits.DEFAULT, null)) {
            HospitalWriter writer = open(engine, traffic);
            for (Command.Fact fact : traffic.next(lone)) {
                long start = System.nanoTime();
                done(writer.report(List.of(fact), FEED, null));
                chevet.recordValue(System.nanoTime() - start);
                start = System.nanoTime();
                raw.insert(List.of(rows.get((int) alone.getTotalCount() % rows.size())), 1);
                alone.recordValue(System.nanoTime() - start);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "  a lone command: median %.2f ms, p99 %.2f ms; a lone row: median %.2f ms, p99 %.2f ms%n",
                chevet.getValueAtPercentile(50) / 1e6,
                chevet.getValueAtPercentile(99) / 1e6,
                alone.getValueAtPercentile(50) / 1e6,
                alone.getValueAtPercentile(99) / 1e6);
    }

    private static Limits limits(int batch) {
        Limits normal = Limits.DEFAULT;
        return new Limits(
                normal.mailboxCommandsMax(),
                normal.unansweredCommandsMax(),
                batch,
                normal.batchesAheadMax(),
                normal.idempotencyKeysMax(),
                normal.snapshotEveryEvents(),
                normal.probeAfterMin(),
                normal.probeAfterMax());
    }

    private static HospitalWriter open(Engine engine, Traffic traffic) {
        return engine.open(traffic.hospital(), new AdjustableClock(traffic.now(), 1));
    }

    private static void done(CompletableFuture<Answer> answer) {
        if (!(answer.join() instanceof Answer.Done)) {
            throw new IllegalStateException("a command was not done: " + answer.join());
        }
    }

    private static List<StoredEvent> rows(JdbcJournal journal, HospitalId hospital, long after) {
        List<StoredEvent> rows = new ArrayList<>();
        journal.readStored(hospital, Long.MAX_VALUE, (stored, recorded) -> {
            if (stored.sequence() > after) {
                rows.add(stored);
            }
        });
        return rows;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    /** The commands of one life after the other, decided once beforehand so that the life knows of its deadlines. */
    private static final class Traffic {
        private final Hospital hospital;
        private final GeneratedTraffic generated;
        private final Occupancy occupancy = new Occupancy();

        Traffic(Hospital hospital) {
            this.hospital = hospital;
            generated = new GeneratedTraffic(hospital);
        }

        HospitalId id() {
            return hospital.id();
        }

        Hospital hospital() {
            return hospital;
        }

        Instant now() {
            return generated.now();
        }

        void fill(HospitalWriter writer) {
            List<CompletableFuture<Answer>> answers = new ArrayList<>();
            while (!generated.isFilled()) {
                if (advance() instanceof Command.Fact fact) {
                    answers.add(writer.report(List.of(fact), FEED, null));
                }
            }
            answers.forEach(DurableFigure::done);
        }

        List<Command.Fact> next(int count) {
            List<Command.Fact> facts = new ArrayList<>(count);
            while (facts.size() < count) {
                if (advance() instanceof Command.Fact fact) {
                    facts.add(fact);
                }
            }
            return facts;
        }

        private Command advance() {
            Command command = generated.next(occupancy);
            if (occupancy.decide(command, generated.now()) instanceof Decision.Accepted accepted) {
                for (BedEvent event : accepted.events()) {
                    long sequence = occupancy.sequence() + 1;
                    occupancy.apply(new Recorded(sequence, sequence, generated.now(), FEED, event));
                }
            }
            return command;
        }
    }

    /** The database without Chevet. */
    private static final class Raw implements AutoCloseable {
        private static final String HOSPITAL = "RAW-TABLE";

        private final Connection connection;
        private long sequence;

        Raw(Connection connection) {
            this.connection = connection;
        }

        /** @return rows per second */
        double insert(List<StoredEvent> rows, long rowsPerTransaction) throws SQLException {
            long start = System.nanoTime();
            for (int from = 0; from < rows.size(); from += (int) rowsPerTransaction) {
                List<StoredEvent> group = rows.subList(from, (int) Math.min(rows.size(), from + rowsPerTransaction));
                connection.setAutoCommit(false);
                try (PreparedStatement insert = connection.prepareStatement("""
                        INSERT INTO event
                            (hospital, seq, act, at, recorded_at, origin, type, version, idempotency_key, event, checksum)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)) {
                    for (StoredEvent row : group) {
                        insert.setString(1, HOSPITAL);
                        insert.setLong(2, ++sequence);
                        insert.setLong(3, row.act());
                        insert.setString(4, row.at());
                        insert.setString(5, row.recordedAt());
                        insert.setObject(6, row.origin(), Types.OTHER);
                        insert.setString(7, row.type());
                        insert.setInt(8, row.version());
                        insert.setString(9, row.idempotencyKey());
                        insert.setObject(10, row.event(), Types.OTHER);
                        insert.setInt(11, 0);
                        insert.addBatch();
                    }
                    insert.executeBatch();
                }
                connection.setAutoCommit(true); // commits
            }
            return rows.size() / (Math.max(1, System.nanoTime() - start) / 1e9);
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
