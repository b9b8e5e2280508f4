package org.chevet.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.chevet.hospital.HospitalId;

/** The statements about the snapshots. */
final class SnapshotTable {
    private SnapshotTable() {}

    static void save(Connection connection, Journal.Snapshot snapshot) throws SQLException {
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
            forget.setInt(3, Journal.SNAPSHOTS_KEPT);
            forget.executeUpdate();
        }
    }

    static void forget(Connection connection, HospitalId hospital) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM snapshot WHERE hospital = ?")) {
            delete.setString(1, hospital.value());
            delete.executeUpdate();
        }
    }

    /** The newest first. */
    static List<Journal.Snapshot> read(Connection connection, HospitalId hospital) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT seq, digest, state FROM snapshot WHERE hospital = ? ORDER BY seq DESC")) {
            select.setString(1, hospital.value());
            List<Journal.Snapshot> snapshots = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    snapshots.add(new Journal.Snapshot(hospital, row.getLong(1), row.getLong(2), row.getBytes(3)));
                }
            }
            return snapshots;
        }
    }

    /** Sequence of the newest, 0 without one. */
    static long newest(Connection connection, HospitalId hospital) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT max(seq) FROM snapshot WHERE hospital = ?")) {
            select.setString(1, hospital.value());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
