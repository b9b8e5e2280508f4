package org.chevet.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.chevet.hospital.HospitalId;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;

/**
 * Gives every row of an SQLite journal a checksum. Rows from before get theirs from what they say now: damage that is older
 * than this cannot be told by it. Flyway takes version and description from the name.
 */
final class V2__Checksums extends BaseJavaMigration {
    private static final int CHUNK_ROWS = 10_000;

    /** What the SQLite schema is made of beside its SQL files. */
    static final List<V2__Checksums> MIGRATIONS = List.of(new V2__Checksums());

    @Override
    public void migrate(Context context) throws SQLException {
        Connection connection = context.getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("ALTER TABLE event ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0");
        }
        try (PreparedStatement select = connection.prepareStatement("""
                        SELECT rowid, hospital, seq, act, at, recorded_at, origin, type, version, idempotency_key, event
                        FROM event WHERE rowid > ? ORDER BY rowid LIMIT ?
                        """);
                PreparedStatement update =
                        connection.prepareStatement("UPDATE event SET checksum = ? WHERE rowid = ?")) {
            long done = Long.MIN_VALUE;
            int rows;
            do {
                rows = 0;
                select.setLong(1, done);
                select.setInt(2, CHUNK_ROWS);
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        rows++;
                        done = row.getLong(1);
                        update.setInt(1, stored(row).checksum());
                        update.setLong(2, done);
                        update.addBatch();
                    }
                }
                update.executeBatch();
            } while (rows == CHUNK_ROWS);
        }
    }

    private static StoredEvent stored(ResultSet row) throws SQLException {
        return new StoredEvent(
                new HospitalId(row.getString(2)),
                row.getLong(3),
                row.getLong(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getInt(9),
                row.getString(10),
                row.getString(11));
    }
}
