package org.chevet.journal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.chevet.event.BedEvent;
import org.chevet.event.Recorded;
import org.chevet.hospital.HospitalId;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/**
 * The journal in a relational database. One connection writes, under this object's lock; every read has its own, so that a
 * long one holds nobody up.
 */
public final class JdbcJournal implements Journal {
    /** What a probe writes: about what a large group of events takes. */
    private static final int PROBE_BYTES = 64 * 1024;

    private static final String EVENT_COLUMNS = "seq, act, recorded_at, origin, type, version, event";

    private final Dialect dialect;
    private final EventCodec codec;

    /** Null until the first write, and again after a failed one: what that connection thinks is true is not known. */
    private @Nullable Connection writer;

    /** Last sequences as this connection has written them; forgotten with it. */
    private final Map<HospitalId, Long> lastAppended = new HashMap<>();

    private boolean closed;

    JdbcJournal(Dialect dialect, Upcasters upcasters) {
        this.dialect = dialect;
        codec = new EventCodec(upcasters);
        try {
            migrate();
            checkSequences();
        } catch (RuntimeException e) {
            dialect.close();
            throw e;
        }
    }

    /** The embedded journal: {@code chevet.db} in a directory that is created if need be. */
    public static Journal sqlite(Path dataDirectory) {
        return sqlite(dataDirectory, Upcasters.CURRENT);
    }

    static Journal sqlite(Path dataDirectory, Upcasters upcasters) {
        return new JdbcJournal(new SqliteDialect(dataDirectory), upcasters);
    }

    private void migrate() {
        try {
            Flyway.configure()
                    .dataSource(dialect.dataSource())
                    .locations(dialect.migrations())
                    // A schema from a later release is not ours to write to; by default Flyway lets it pass.
                    .ignoreMigrationPatterns(new String[0])
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new JournalException(
                    "the schema of journal " + dialect + " cannot be brought up to date (" + e.getMessage() + ")",
                    "Maybe the file is no journal, the disk is full, or a later release of Chevet has written it.",
                    e);
        }
    }

    /** Sequences are checked whole, from the key alone. Contents are checked as they are read. */
    private void checkSequences() {
        reading("check", connection -> {
            try (PreparedStatement streams = connection.prepareStatement(
                            "SELECT hospital, count(*), max(seq) FROM event GROUP BY hospital");
                    ResultSet row = streams.executeQuery()) {
                while (row.next()) {
                    if (row.getLong(2) != row.getLong(3)) {
                        throw missing(new HospitalId(row.getString(1)), firstMissing(connection, row.getString(1)));
                    }
                }
            }
            try (PreparedStatement ahead = connection.prepareStatement("""
                            SELECT hospital, seq FROM snapshot s
                            WHERE seq > (SELECT coalesce(max(seq), 0) FROM event e WHERE e.hospital = s.hospital)
                            """);
                    ResultSet row = ahead.executeQuery()) {
                if (row.next()) {
                    throw missing(new HospitalId(row.getString(1)), row.getLong(2));
                }
            }
        });
    }

    private static long firstMissing(Connection connection, String hospital) throws SQLException {
        try (PreparedStatement gap = connection.prepareStatement("""
                SELECT min(seq) FROM (SELECT seq, row_number() OVER (ORDER BY seq) AS place FROM event WHERE hospital = ?)
                WHERE seq <> place
                """)) {
            gap.setString(1, hospital);
            try (ResultSet row = gap.executeQuery()) {
                row.next();
                long after = row.getLong(1);
                return lastBefore(connection, hospital, after) + 1;
            }
        }
    }

    private static long lastBefore(Connection connection, String hospital, long sequence) throws SQLException {
        try (PreparedStatement last =
                connection.prepareStatement("SELECT max(seq) FROM event WHERE hospital = ? AND seq < ?")) {
            last.setString(1, hospital);
            last.setLong(2, sequence);
            try (ResultSet row = last.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private JournalException missing(HospitalId hospital, long sequence) {
        return new JournalException(
                "event " + sequence + " of hospital " + hospital + " is missing in journal " + dialect,
                "The journal is damaged: restore it from a backup.",
                null);
    }

    @Override
    public void append(List<Batch> batches) {
        writing("append", connection -> {
            try (PreparedStatement insert = connection.prepareStatement("""
                    INSERT INTO event
                        (hospital, seq, act, at, recorded_at, origin, type, version, idempotency_key, event)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """)) {
                for (Batch batch : batches) {
                    for (Entry entry : batch.entries()) {
                        checkNext(connection, batch.hospital(), entry.recorded().sequence());
                        insert(insert, batch.hospital(), entry);
                    }
                }
                insert.executeBatch();
            }
        });
    }

    /** The key refuses a sequence twice; this refuses to leave one out. */
    private void checkNext(Connection connection, HospitalId hospital, long sequence) throws SQLException {
        Long last = lastAppended.get(hospital);
        if (last == null) {
            last = lastBefore(connection, hospital.value(), Long.MAX_VALUE);
        }
        if (sequence != last + 1) {
            throw new JournalException(
                    "event " + sequence + " of hospital " + hospital + " does not follow event " + last + " in journal "
                            + dialect,
                    "Maybe another process writes this hospital: stop one of the two.",
                    null);
        }
        lastAppended.put(hospital, sequence);
    }

    private void insert(PreparedStatement insert, HospitalId hospital, Entry entry) throws SQLException {
        Recorded recorded = entry.recorded();
        BedEvent event = recorded.event();
        insert.setString(1, hospital.value());
        insert.setLong(2, recorded.sequence());
        insert.setLong(3, recorded.act());
        insert.setString(4, event.at().toString());
        insert.setString(5, recorded.recordedAt().toString());
        insert.setString(6, codec.encode(recorded.origin()));
        insert.setString(7, codec.type(event));
        insert.setInt(8, codec.version(event));
        if (entry.idempotencyKey() == null) {
            insert.setNull(9, Types.VARCHAR);
        } else {
            insert.setString(9, entry.idempotencyKey());
        }
        insert.setString(10, codec.encode(event));
        insert.addBatch();
    }

    @Override
    public void read(HospitalId hospital, long afterSequence, Consumer<Recorded> reader) {
        reading("read", connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT " + EVENT_COLUMNS + " FROM event WHERE hospital = ? AND seq > ? ORDER BY seq")) {
                select.setString(1, hospital.value());
                select.setLong(2, afterSequence);
                long expected = afterSequence;
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        expected++;
                        if (row.getLong("seq") != expected) {
                            throw missing(hospital, expected);
                        }
                        reader.accept(recorded(hospital, row));
                    }
                }
            }
        });
    }

    @Override
    public @Nullable Recorded find(HospitalId hospital, long sequence) {
        Optional<Recorded> found = query("read", connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT " + EVENT_COLUMNS + " FROM event WHERE hospital = ? AND seq = ?")) {
                select.setString(1, hospital.value());
                select.setLong(2, sequence);
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(recorded(hospital, row)) : Optional.<Recorded>empty();
                }
            }
        });
        return found.orElse(null);
    }

    private Recorded recorded(HospitalId hospital, ResultSet row) throws SQLException {
        EventCodec.Row place =
                new EventCodec.Row(hospital, row.getLong("seq"), row.getString("type"), row.getInt("version"));
        return new Recorded(
                place.sequence(),
                row.getLong("act"),
                codec.decodeInstant(place, row.getString("recorded_at")),
                codec.decodeOrigin(place, row.getString("origin")),
                codec.decode(place, row.getString("event")));
    }

    @Override
    public long lastSequence(HospitalId hospital) {
        return query("read", connection -> lastBefore(connection, hospital.value(), Long.MAX_VALUE));
    }

    @Override
    public List<KeyedAct> recentKeyedActs(HospitalId hospital, int countMax) {
        return query("read", connection -> {
            try (PreparedStatement select = connection.prepareStatement("""
                    SELECT idempotency_key, act, seq FROM event
                    WHERE hospital = ? AND idempotency_key IS NOT NULL ORDER BY seq DESC LIMIT ?
                    """)) {
                select.setString(1, hospital.value());
                select.setInt(2, countMax);
                List<KeyedAct> acts = new ArrayList<>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        acts.add(new KeyedAct(row.getString(1), row.getLong(2), row.getLong(3)));
                    }
                }
                return acts.reversed();
            }
        });
    }

    @Override
    public void saveSnapshot(Snapshot snapshot) {
        writing("keep a snapshot", connection -> {
            try (PreparedStatement insert = connection.prepareStatement("""
                            INSERT INTO snapshot (hospital, seq, digest, state) VALUES (?, ?, ?, ?)
                            ON CONFLICT (hospital, seq) DO UPDATE SET digest = excluded.digest, state = excluded.state
                            """);
                    PreparedStatement forget = connection.prepareStatement("""
                            DELETE FROM snapshot WHERE hospital = ? AND seq NOT IN
                                (SELECT seq FROM snapshot WHERE hospital = ? ORDER BY seq DESC LIMIT ?)
                            """)) {
                insert.setString(1, snapshot.hospital().value());
                insert.setLong(2, snapshot.sequence());
                insert.setLong(3, snapshot.digest());
                insert.setBytes(4, snapshot.state());
                insert.executeUpdate();
                forget.setString(1, snapshot.hospital().value());
                forget.setString(2, snapshot.hospital().value());
                forget.setInt(3, SNAPSHOTS_KEPT);
                forget.executeUpdate();
            }
        });
    }

    @Override
    public List<Snapshot> snapshots(HospitalId hospital) {
        return query("read the snapshots", connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT seq, digest, state FROM snapshot WHERE hospital = ? ORDER BY seq DESC")) {
                select.setString(1, hospital.value());
                List<Snapshot> snapshots = new ArrayList<>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        snapshots.add(new Snapshot(hospital, row.getLong(1), row.getLong(2), row.getBytes(3)));
                    }
                }
                return snapshots;
            }
        });
    }

    @Override
    public void probe() {
        writing("write a probe", connection -> {
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT OR REPLACE INTO probe (id, bytes) VALUES (1, ?)")) {
                insert.setBytes(1, new byte[PROBE_BYTES]);
                insert.executeUpdate();
            }
        });
        writing("remove a probe", connection -> {
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM probe")) {
                delete.executeUpdate();
            }
        });
    }

    @Override
    public synchronized void close() {
        closed = true;
        dropWriter();
        dialect.close();
    }

    private interface Work {
        void with(Connection connection) throws SQLException;
    }

    private interface Query<T> {
        T with(Connection connection) throws SQLException;
    }

    /**
     * A failed write is never tried again on the same connection: after a failed fsync the system may have dropped the
     * pages and would report the next one as good. The next write starts from what the file then says.
     */
    private synchronized void writing(String what, Work work) {
        boolean done = false;
        try {
            Connection connection = writer();
            connection.setAutoCommit(false);
            work.with(connection);
            connection.setAutoCommit(true); // commits, and unlike commit() leaves no transaction open behind it
            done = true;
        } catch (SQLException e) {
            throw failure(what, e);
        } finally {
            if (!done) {
                dropWriter();
            }
        }
    }

    private void reading(String what, Work work) {
        try (Connection connection = dialect.dataSource().getConnection()) {
            work.with(connection);
        } catch (SQLException e) {
            throw failure(what, e);
        }
    }

    private <T> T query(String what, Query<T> query) {
        try (Connection connection = dialect.dataSource().getConnection()) {
            return query.with(connection);
        } catch (SQLException e) {
            throw failure(what, e);
        }
    }

    private Connection writer() throws SQLException {
        if (closed) {
            throw new IllegalStateException("journal " + dialect + " is closed");
        }
        Connection connection = writer;
        if (connection == null) {
            connection = dialect.dataSource().getConnection();
            writer = connection;
        }
        return connection;
    }

    private void dropWriter() {
        lastAppended.clear();
        Connection connection = writer;
        writer = null;
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException ignored) {
                // It is not used again, whatever state it is in.
            }
        }
    }

    private JournalException failure(String what, SQLException e) {
        return new JournalException(
                "cannot " + what + " in journal " + dialect + " (" + e.getMessage() + ")", dialect.advice(e), e);
    }
}
