package org.chevet.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.chevet.hospital.HospitalId;
import org.jspecify.annotations.Nullable;

/** The questions about the events. Each row is held against its checksum before anybody sees it. */
final class EventTable {
    /** Rows fetched at a time where a result is streamed. */
    private static final int FETCH_ROWS = 1_000;

    private static final String SELECT = """
            SELECT seq, act, at, recorded_at, origin, type, version, idempotency_key, event, checksum FROM event
            WHERE hospital = ? AND seq > ? AND seq <= ? ORDER BY seq
            """;

    private static final byte[] NOTHING = {};

    /** What messages call the journal. */
    private final String journal;

    EventTable(String journal) {
        this.journal = journal;
    }

    /**
     * The events after one sequence up to another, in order.
     *
     * @return sequence of the last there is of them, the one they were to follow when there is none
     * @throws JournalException naming the first that is missing or damaged
     */
    long read(Connection connection, HospitalId hospital, long after, long upTo, Consumer<EventRow> reader)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setFetchSize(FETCH_ROWS);
            select.setString(1, hospital.value());
            select.setLong(2, after);
            select.setLong(3, upTo);
            long expected = after;
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    expected++;
                    if (row.getLong(1) != expected) {
                        throw missing(hospital, expected);
                    }
                    reader.accept(sound(hospital, row));
                }
            }
            return expected;
        }
    }

    /** Columns by their place in {@link #SELECT}: a replay reads millions, and each name would be looked up. */
    private static EventRow sound(HospitalId hospital, ResultSet row) throws SQLException {
        EventRow event = new EventRow(
                hospital,
                row.getLong(1),
                row.getLong(2),
                text(row, 3),
                text(row, 4),
                text(row, 5),
                text(row, 6),
                row.getInt(7),
                row.getBytes(8),
                text(row, 9));
        if (row.getInt(10) != event.checksum()) {
            throw new JournalException(
                    "event " + event.sequence() + " of hospital " + hospital + " is damaged: its checksum does not fit",
                    "Restore the journal from a backup.",
                    null);
        }
        return event;
    }

    /** Damage may have made it null; the checksum then tells. */
    private static byte[] text(ResultSet row, int column) throws SQLException {
        byte @Nullable [] text = row.getBytes(column);
        return text == null ? NOTHING : text;
    }

    /** 0 when the hospital has no event. */
    long lastSequence(Connection connection, HospitalId hospital) throws SQLException {
        try (PreparedStatement last = connection.prepareStatement("SELECT max(seq) FROM event WHERE hospital = ?")) {
            last.setString(1, hospital.value());
            try (ResultSet row = last.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** Jumps from one hospital to the next in the key: a {@code GROUP BY} would walk over every event. */
    Map<HospitalId, Long> lastSequences(Connection connection) throws SQLException {
        Map<HospitalId, Long> last = new LinkedHashMap<>();
        try (PreparedStatement select = connection.prepareStatement("""
                        WITH RECURSIVE known (hospital) AS (
                            SELECT min(hospital) FROM event
                            UNION ALL
                            SELECT (SELECT min(event.hospital) FROM event WHERE event.hospital > known.hospital)
                            FROM known WHERE known.hospital IS NOT NULL
                        )
                        SELECT hospital, (SELECT max(event.seq) FROM event WHERE event.hospital = known.hospital)
                        FROM known WHERE hospital IS NOT NULL
                        """);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                last.put(new HospitalId(row.getString(1)), row.getLong(2));
            }
        }
        return last;
    }

    List<Journal.KeyedAct> recentKeyedActs(Connection connection, HospitalId hospital, int countMax)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT idempotency_key, act, seq FROM event
                WHERE hospital = ? AND idempotency_key IS NOT NULL ORDER BY seq DESC LIMIT ?
                """)) {
            select.setFetchSize(FETCH_ROWS);
            select.setString(1, hospital.value());
            select.setInt(2, countMax);
            List<Journal.KeyedAct> acts = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    acts.add(new Journal.KeyedAct(row.getString(1), row.getLong(2), row.getLong(3)));
                }
            }
            return acts.reversed();
        }
    }

    /** Removes what follows a sequence. */
    static void forget(Connection connection, HospitalId hospital, long after) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM event WHERE hospital = ? AND seq > ?")) {
            delete.setString(1, hospital.value());
            delete.setLong(2, after);
            delete.executeUpdate();
        }
    }

    JournalException missing(HospitalId hospital, long sequence) {
        return new JournalException(
                "event " + sequence + " of hospital " + hospital + " is missing in journal " + journal,
                "The journal is damaged: restore it from a backup.",
                null);
    }
}
