package org.chevet.journal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.chevet.event.PastDay;
import org.chevet.event.PastStretch;
import org.chevet.event.Recorded;
import org.chevet.hospital.HospitalId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal in a relational database. One connection writes, one thread at a time; every read has its own, so that a
 * long one holds nobody up.
 */
public final class JdbcJournal implements Journal {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcJournal.class);

    /** What a probe writes: about what a large group of events takes. */
    private static final int PROBE_BYTES = 64 * 1024;

    /** Verified in one query, so that nothing long holds the database's own housekeeping up. */
    private static final int VERIFY_CHUNK_EVENTS = 10_000;

    /** Handed to the database at a time while loading. */
    private static final int LOAD_CHUNK_EVENTS = 1_000;

    /** As many as a drill's copy appends at a time: another hospital's acts wait for some milliseconds. */
    private static final int FORGET_CHUNK_EVENTS = 500;

    /** A query that answers nothing for so long is left to itself. */
    private static final long CLOSE_SECONDS_MAX = 5;

    private final Dialect dialect;
    private final EventFormat format;
    private final EventTable events;

    /**
     * Held while the database writes; a monitor would hold a processor's thread as well before JDK 24. Fair: who copies or forgets part
     * after part lets in between whoever waits.
     */
    private final ReentrantLock writerLock = new ReentrantLock(true);

    /** Null until the first write, and again after a failed one: what its connection thinks is true is not known. */
    private @Nullable Writer writer;

    private record Writer(Connection connection, Insertion insertion) {}

    /** Last sequences as this connection has written them; forgotten with it. */
    private final Map<HospitalId, Long> lastAppended = new HashMap<>();

    /** One for everybody beside the writer; who closes takes all of them, and keeps them. */
    private final Semaphore users = new Semaphore(Integer.MAX_VALUE);

    private volatile boolean closed;

    private JdbcJournal(Dialect dialect, Upcasters upcasters) {
        this.dialect = dialect;
        format = new EventFormat(upcasters);
        events = new EventTable(dialect.toString());
    }

    /** The embedded journal: {@code chevet.db} in a directory that is created if need be, and that is then ours alone. */
    public static JdbcJournal sqlite(Path dataDirectory) {
        return open(SqliteDialect.claiming(dataDirectory), Upcasters.CURRENT);
    }

    /** A journal in a database that exists, and that other processes may use as well. */
    public static JdbcJournal postgresql(PostgresServer server) {
        return open(new PostgresDialect(server), Upcasters.CURRENT);
    }

    /**
     * An embedded journal that another process may be writing, to be read beside it.
     *
     * @throws JournalException also when it was written by another release
     */
    public static JdbcJournal besideSqlite(Path dataDirectory) {
        return openBeside(SqliteDialect.beside(dataDirectory));
    }

    /** Likewise for PostgreSQL. */
    public static JdbcJournal besidePostgresql(PostgresServer server) {
        return openBeside(new PostgresDialect(server));
    }

    static JdbcJournal open(Dialect dialect, Upcasters upcasters) {
        try {
            Schema.bringUpToDate(dialect);
            JdbcJournal journal = new JdbcJournal(dialect, upcasters);
            journal.verifyNewest();
            return journal;
        } catch (RuntimeException e) {
            dialect.close();
            throw e;
        }
    }

    private static JdbcJournal openBeside(Dialect dialect) {
        try {
            Schema.check(dialect);
            return new JdbcJournal(dialect, Upcasters.CURRENT);
        } catch (RuntimeException e) {
            dialect.close();
            throw e;
        }
    }

    private void verifyNewest() {
        for (HospitalId hospital : hospitals()) {
            long last = lastSequence(hospital);
            long snapshot = reading("check", connection -> SnapshotTable.newest(connection, hospital));
            if (snapshot > last) {
                throw events.missing(hospital, last + 1);
            }
            verify(hospital, Math.max(0, last - EVENTS_VERIFIED_AT_OPENING), last);
        }
    }

    @Override
    public EncodedBatch encode(Batch batch) {
        return format.encode(batch);
    }

    @Override
    public void appendEncoded(List<EncodedBatch> batches) {
        List<ChecksummedEvent> rows =
                batches.stream().flatMap(batch -> batch.rows().stream()).toList();
        writing("append", to -> {
            for (ChecksummedEvent row : rows) {
                checkNext(to.connection(), row.event().hospital(), row.event().sequence());
            }
            try {
                to.insertion().insert(rows);
            } catch (SQLException e) {
                if (dialect.isConflict(e)) {
                    throw conflict(rows, e);
                }
                throw e;
            }
        });
    }

    /** The key refuses a sequence twice; this refuses to leave one out. */
    private void checkNext(Connection connection, HospitalId hospital, long sequence) throws SQLException {
        Long own = lastAppended.get(hospital);
        // Another member may have written since.
        long last = own != null && sequence == own + 1 ? own : events.lastSequence(connection, hospital);
        if (sequence != last + 1) {
            if (sequence <= last && (own == null || sequence > own)) {
                throw new JournalConflictException(hospital, sequence, dialect.toString());
            }
            throw new JournalException(
                    "event " + sequence + " of hospital " + hospital + " does not follow event " + last + " in journal "
                            + dialect,
                    "Maybe the database was put back to an earlier state below a running Chevet: restart it.",
                    null);
        }
        lastAppended.put(hospital, sequence);
    }

    /** The database names the key of the first row that was refused only in a text for people, so it is asked. */
    private JournalException conflict(List<ChecksummedEvent> rows, SQLException refusal) {
        return reading("look for the conflict", connection -> {
            for (ChecksummedEvent row : rows) {
                StoredEvent event = row.event();
                if (event.sequence() <= events.lastSequence(connection, event.hospital())) {
                    return new JournalConflictException(event.hospital(), event.sequence(), dialect.toString());
                }
            }
            return failure("append", refusal);
        });
    }

    @Override
    public void read(HospitalId hospital, long afterSequence, long upToSequence, Consumer<Recorded> reader) {
        ReadAhead.read(
                rows -> reading(
                        "read",
                        connection -> events.read(connection, hospital, afterSequence, upToSequence, whileOpen(rows))),
                row -> reader.accept(format.recorded(row)));
    }

    @Override
    public void readEntries(HospitalId hospital, long afterSequence, Consumer<Entry> reader) {
        reading(
                "read",
                connection -> events.read(
                        connection,
                        hospital,
                        afterSequence,
                        Long.MAX_VALUE,
                        whileOpen(row -> reader.accept(format.entry(row)))));
    }

    /** An event both ways. */
    public interface StoredReader {
        void accept(StoredEvent stored, Recorded recorded);
    }

    /** Hands over a hospital's events up to a sequence, in order, one at a time, as they are kept. */
    public void readStored(HospitalId hospital, long upToSequence, StoredReader reader) {
        reading(
                "read",
                connection -> events.read(
                        connection,
                        hospital,
                        0,
                        upToSequence,
                        whileOpen(row -> reader.accept(row.stored(), format.recorded(row)))));
    }

    /** Takes events as they were kept elsewhere. */
    public final class Loader {
        private final Writer to;
        private final List<ChecksummedEvent> waiting = new ArrayList<>();

        private Loader(Writer to) {
            this.to = to;
        }

        /** @throws JournalException when it cannot be read, or does not follow what is there */
        public Recorded add(StoredEvent event) {
            Recorded recorded = format.recorded(EventRow.of(event));
            try {
                checkNext(to.connection(), event.hospital(), event.sequence());
                waiting.add(new ChecksummedEvent(event));
                if (waiting.size() == LOAD_CHUNK_EVENTS) {
                    flush();
                }
            } catch (SQLException e) {
                throw failure("load", e);
            }
            return recorded;
        }

        private void flush() throws SQLException {
            to.insertion().insert(waiting);
            waiting.clear();
        }
    }

    /** Everything that is loaded in one transaction, durable on return. An exception of the loading leaves nothing behind. */
    public void load(Consumer<Loader> loading) {
        writing("load", to -> {
            dialect.beginLoading(to.connection());
            Loader loader = new Loader(to);
            loading.accept(loader);
            loader.flush();
        });
    }

    @Override
    public @Nullable Recorded find(HospitalId hospital, long sequence) {
        List<Recorded> found = new ArrayList<>();
        reading(
                "read",
                connection -> events.read(
                        connection, hospital, sequence - 1, sequence, row -> found.add(format.recorded(row))));
        return found.isEmpty() ? null : found.getFirst();
    }

    @Override
    public void verify(HospitalId hospital, long afterSequence, long upToSequence) {
        for (long after = afterSequence; after < upToSequence; after += VERIFY_CHUNK_EVENTS) {
            long from = after;
            long to = Math.min(upToSequence, from + VERIFY_CHUNK_EVENTS);
            long last = reading(
                    "verify", connection -> events.read(connection, hospital, from, to, row -> format.checkKnown(row)));
            if (last < to) {
                throw events.missing(hospital, last + 1);
            }
        }
    }

    @Override
    public Map<HospitalId, Long> lastSequences() {
        return beside("read", dialect::openWatcher, events::lastSequences);
    }

    @Override
    public long lastSequence(HospitalId hospital) {
        return reading("read", connection -> events.lastSequence(connection, hospital));
    }

    @Override
    public long lastSequenceBeforeAppending(HospitalId hospital) {
        long[] last = new long[1];
        writing("read", to -> last[0] = events.lastSequence(to.connection(), hospital));
        return last[0];
    }

    @Override
    public List<KeyedAct> recentKeyedActs(HospitalId hospital, int countMax) {
        return reading("read", connection -> events.recentKeyedActs(connection, hospital, countMax));
    }

    @Override
    public void forgetDrill(HospitalId drill) {
        long last = lastSequence(drill);
        if (!drill.isDrill() || (last > 0 && !isDrill(drill))) {
            throw new IllegalArgumentException("hospital " + drill + " is no drill: its journal stays");
        }
        // A snapshot of what is no longer there would be taken for damage.
        writing("forget the snapshots", to -> SnapshotTable.forget(to.connection(), drill));
        for (long left = last; left > 0; left -= FORGET_CHUNK_EVENTS) {
            long after = left - FORGET_CHUNK_EVENTS;
            writing("forget a drill", to -> {
                EventTable.forget(to.connection(), drill, after);
                SnapshotTable.forget(to.connection(), drill);
                lastAppended.remove(drill);
            });
        }
    }

    /** On a connection of its own: where a database lets two write at a time, no append waits for it. */
    @Override
    public void saveSnapshot(Snapshot snapshot) {
        beside("keep a snapshot", () -> dialect.dataSource().getConnection(), connection -> {
            connection.setAutoCommit(false);
            SnapshotTable.save(connection, snapshot);
            connection.setAutoCommit(true); // commits
            return snapshot;
        });
    }

    @Override
    public List<Snapshot> snapshots(HospitalId hospital) {
        return reading("read the snapshots", connection -> SnapshotTable.read(connection, hospital));
    }

    @Override
    public @Nullable Past past(HospitalId hospital) {
        return reading("read", connection -> Optional.ofNullable(PastTable.find(connection, hospital)))
                .orElse(null);
    }

    @Override
    public void readPastStays(HospitalId hospital, Consumer<PastStretch> reader) {
        readPast(hospital, PastStretch.class, reader);
    }

    @Override
    public void readPastCensus(HospitalId hospital, Consumer<PastDay> reader) {
        readPast(hospital, PastDay.class, reader);
    }

    private <T> void readPast(HospitalId hospital, Class<T> type, Consumer<T> reader) {
        reading("read what was imported", connection -> {
            Past past = PastTable.find(connection, hospital);
            long lines = PastTable.read(connection, hospital, PastTable.BY_TIME, type, whileOpen(reader));
            // One replaced meanwhile is found by whoever compares when it was imported.
            if (past != null && past.lines() != lines && past.equals(PastTable.find(connection, hospital))) {
                throw PastTable.damaged(hospital, "a line of what was imported");
            }
            return lines;
        });
    }

    /** From when until when what is imported tells of everybody. */
    public record PastPeriod(Instant from, Instant until) {}

    /** Takes what is imported of the time before a hospital's journal, line by line. */
    public final class PastWriter {
        private final Connection connection;
        private final HospitalId hospital;
        private final PastTable.Adder adder;

        private PastWriter(Connection connection, HospitalId hospital, PastTable.Adder adder) {
            this.connection = connection;
            this.hospital = hospital;
            this.adder = adder;
        }

        public void add(PastStretch stretch) {
            Instant entry = stretch.entry();
            add(
                    stretch.line(),
                    InstantText.write(stretch.begins()),
                    entry == null ? "" : InstantText.write(entry),
                    stretch.stay().value(),
                    stretch);
        }

        public void add(PastDay day) {
            add(day.line(), day.day().toString(), "", "", day);
        }

        private void add(long line, String begins, String entry, String stay, Object said) {
            try {
                adder.add(line, begins, entry, stay, said);
            } catch (SQLException e) {
                throw failure("import", e);
            }
        }

        /** What was added so far, the stretches of a stay together and in order. */
        public void readByStay(Consumer<PastStretch> reader) {
            try {
                adder.finish();
                PastTable.read(connection, hospital, PastTable.BY_STAY, PastStretch.class, reader);
            } catch (SQLException e) {
                throw failure("read what was imported", e);
            }
        }
    }

    /**
     * All that is written of the time before a hospital's journal in one transaction, durable on return. An exception of the writing leaves what was
     * there.
     *
     * @param replace whether it takes the place of what was imported before; otherwise that is an obstacle
     * @param writing also says of which time it tells
     */
    public void importPast(
            HospitalId hospital,
            PastKind kind,
            Instant now,
            boolean replace,
            Function<PastWriter, PastPeriod> writing) {
        writing("import", to -> {
            Connection connection = to.connection();
            dialect.beginLoading(connection);
            if (replace) {
                PastTable.delete(connection, hospital);
            }
            PastTable.insert(connection, hospital, kind, now);
            try (PastTable.Adder adder = new PastTable.Adder(connection, hospital)) {
                PastPeriod period = writing.apply(new PastWriter(connection, hospital, adder));
                PastTable.complete(connection, hospital, period.from(), period.until(), adder.finish());
            }
        });
    }

    @Override
    public void probe() {
        writing("write a probe", to -> {
            try (PreparedStatement insert = to.connection()
                    .prepareStatement(
                            "INSERT INTO probe (id, bytes) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET bytes = excluded.bytes")) {
                insert.setBytes(1, new byte[PROBE_BYTES]);
                insert.executeUpdate();
            }
        });
        writing("remove a probe", to -> {
            try (PreparedStatement delete = to.connection().prepareStatement("DELETE FROM probe")) {
                delete.executeUpdate();
            }
        });
    }

    /** What messages call it. */
    @Override
    public String toString() {
        return dialect.toString();
    }

    /** Whoever reads is told, and has let go when this returns: a directory is nobody else's while its file is open. */
    @Override
    public void close() {
        writerLock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            dropWriter();
        } finally {
            writerLock.unlock();
        }
        try {
            if (!users.tryAcquire(Integer.MAX_VALUE, CLOSE_SECONDS_MAX, TimeUnit.SECONDS)) {
                LOG.warn("journal {} is closed while somebody still waits for an answer of it", dialect);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        dialect.close();
    }

    private interface Work {
        void with(Writer to) throws SQLException;
    }

    private interface Query<T> {
        T with(Connection connection) throws SQLException;
    }

    private interface Opening {
        Connection open() throws SQLException;
    }

    /**
     * A failed write is never tried again on the same connection: after a failed fsync the system may have dropped the
     * pages and would report the next one as good. The next write starts from what the database then says.
     */
    private void writing(String what, Work work) {
        boolean done = false;
        writerLock.lock();
        try {
            Writer to = writer();
            to.connection().setAutoCommit(false);
            work.with(to);
            to.connection().setAutoCommit(true); // commits, and unlike commit() leaves no transaction open behind it
            done = true;
        } catch (SQLException e) {
            throw failure(what, e);
        } finally {
            if (!done) {
                dropWriter();
            }
            writerLock.unlock();
        }
    }

    private <T> T reading(String what, Query<T> query) {
        return beside(what, dialect::openReader, query);
    }

    /** On a connection of its own. */
    private <T> T beside(String what, Opening opening, Query<T> query) {
        checkOpen();
        if (!users.tryAcquire()) {
            throw closedBefore();
        }
        try (Connection connection = opening.open()) {
            return query.with(connection);
        } catch (SQLException e) {
            throw failure(what, e);
        } finally {
            users.release();
        }
    }

    /** Nobody who closes is to wait until a long journal was read. */
    private <T> Consumer<T> whileOpen(Consumer<T> reader) {
        return read -> {
            checkOpen();
            reader.accept(read);
        };
    }

    private void checkOpen() {
        if (closed) {
            throw closedBefore();
        }
    }

    private IllegalStateException closedBefore() {
        return new IllegalStateException("journal " + dialect + " is closed");
    }

    private Writer writer() throws SQLException {
        checkOpen();
        Writer opened = writer;
        if (opened == null) {
            opened = openWriter();
            writer = opened;
        }
        return opened;
    }

    private Writer openWriter() throws SQLException {
        Connection connection = dialect.openWriter();
        try {
            return new Writer(connection, dialect.insertion(connection));
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private void dropWriter() {
        lastAppended.clear();
        Writer dropped = writer;
        writer = null;
        if (dropped != null) {
            try {
                dropped.connection().close();
            } catch (SQLException ignored) {
                // It is not used again, whatever state it is in.
            }
        }
    }

    private JournalException failure(String what, SQLException e) {
        return new JournalException(
                "cannot " + what + " in journal " + dialect + " (" + dialect.detail(e) + ")", dialect.advice(e), e);
    }
}
