package org.chevet.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;

/** Several rows a statement: starting one costs SQLite as much as the row itself. */
final class SqliteInsertion implements Insertion {
    private static final int COLUMNS = 11;

    /** More gain nothing. */
    private static final int ROWS_PER_STATEMENT = 8;

    private final PreparedStatement one;
    private final PreparedStatement several;

    SqliteInsertion(Connection connection) throws SQLException {
        one = connection.prepareStatement(sql(1));
        several = connection.prepareStatement(sql(ROWS_PER_STATEMENT));
    }

    private static String sql(int rows) {
        return """
                INSERT INTO event
                    (hospital, seq, act, at, recorded_at, origin, type, version, idempotency_key, event, checksum)
                VALUES""" + String.join(",", Collections.nCopies(rows, " (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
    }

    @Override
    public void insert(List<ChecksummedEvent> rows) throws SQLException {
        int inSeveral = rows.size() - rows.size() % ROWS_PER_STATEMENT;
        insert(several, ROWS_PER_STATEMENT, rows.subList(0, inSeveral));
        insert(one, 1, rows.subList(inSeveral, rows.size()));
    }

    private static void insert(PreparedStatement insert, int rowsPerStatement, List<ChecksummedEvent> rows)
            throws SQLException {
        int bound = 0;
        for (ChecksummedEvent row : rows) {
            bind(insert, bound * COLUMNS, row);
            bound++;
            if (bound == rowsPerStatement) {
                insert.addBatch();
                bound = 0;
            }
        }
        insert.executeBatch();
    }

    private static void bind(PreparedStatement insert, int before, ChecksummedEvent row) throws SQLException {
        StoredEvent event = row.event();
        insert.setString(before + 1, event.hospital().value());
        insert.setLong(before + 2, event.sequence());
        insert.setLong(before + 3, event.act());
        insert.setString(before + 4, event.at());
        insert.setString(before + 5, event.recordedAt());
        insert.setString(before + 6, event.origin());
        insert.setString(before + 7, event.type());
        insert.setInt(before + 8, event.version());
        insert.setString(before + 9, event.idempotencyKey());
        insert.setString(before + 10, event.event());
        insert.setInt(before + 11, row.checksum());
    }
}
