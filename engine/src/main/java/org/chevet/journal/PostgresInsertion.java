package org.chevet.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** All rows in one statement that is always the same, so that the server plans it once: a column is an array. */
final class PostgresInsertion implements Insertion {
    private static final String INSERT = """
            INSERT INTO event
                (hospital, seq, act, at, recorded_at, origin, type, version, idempotency_key, event, checksum)
            SELECT hospital, seq, act, at, recorded_at, origin::json, type, version, idempotency_key, event::json, checksum
            FROM unnest(?::text[], ?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::integer[],
                        ?::text[], ?::text[], ?::integer[])
                AS given (hospital, seq, act, at, recorded_at, origin, type, version, idempotency_key, event, checksum)
            """;

    private final PreparedStatement insert;

    PostgresInsertion(Connection connection) throws SQLException {
        insert = connection.prepareStatement(INSERT);
    }

    @Override
    public void insert(List<ChecksummedEvent> rows) throws SQLException {
        insert.setObject(1, texts(rows, event -> event.hospital().value()));
        insert.setObject(2, longs(rows, StoredEvent::sequence));
        insert.setObject(3, longs(rows, StoredEvent::act));
        insert.setObject(4, texts(rows, StoredEvent::at));
        insert.setObject(5, texts(rows, StoredEvent::recordedAt));
        insert.setObject(6, texts(rows, StoredEvent::origin));
        insert.setObject(7, texts(rows, StoredEvent::type));
        insert.setObject(8, ints(rows, row -> row.event().version()));
        insert.setObject(9, texts(rows, StoredEvent::idempotencyKey));
        insert.setObject(10, texts(rows, StoredEvent::event));
        insert.setObject(11, ints(rows, ChecksummedEvent::checksum));
        insert.executeUpdate();
    }

    private static @Nullable String[] texts(
            List<ChecksummedEvent> rows, Function<StoredEvent, @Nullable String> column) {
        return rows.stream().map(row -> column.apply(row.event())).toArray(String[]::new);
    }

    private static long[] longs(List<ChecksummedEvent> rows, ToLongFunction<StoredEvent> column) {
        return rows.stream().mapToLong(row -> column.applyAsLong(row.event())).toArray();
    }

    private static int[] ints(List<ChecksummedEvent> rows, ToIntFunction<ChecksummedEvent> column) {
        return rows.stream().mapToInt(column).toArray();
    }
}
