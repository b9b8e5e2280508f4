package org.chevet.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.chevet.hospital.HospitalId;
import org.jspecify.annotations.Nullable;

/** The statements about what was imported of the time before the journal. Each line is held against its checksum before anybody sees it. */
final class PastTable {
    /** Lines handed to the database at a time, and fetched from it. */
    private static final int CHUNK_LINES = 1_000;

    static final String BY_TIME = "begins, entry, line";

    static final String BY_STAY = "stay, entry, line";

    private PastTable() {}

    static Journal.@Nullable Past find(Connection connection, HospitalId hospital) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT kind, imported_at, lines, from_at, until_at FROM past WHERE hospital = ?")) {
            select.setString(1, hospital.value());
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? new Journal.Past(
                                Journal.PastKind.valueOf(row.getString(1)),
                                Instant.parse(row.getString(2)),
                                row.getLong(3),
                                Instant.parse(row.getString(4)),
                                Instant.parse(row.getString(5)))
                        : null;
            }
        }
    }

    static void delete(Connection connection, HospitalId hospital) throws SQLException {
        for (String table : new String[] {"past_line", "past"}) {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM " + table + " WHERE hospital = ?")) {
                delete.setString(1, hospital.value());
                delete.executeUpdate();
            }
        }
    }

    /** Before its lines, so that whoever imports at the same time waits. */
    static void insert(Connection connection, HospitalId hospital, Journal.PastKind kind, Instant now)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO past (hospital, kind, imported_at, from_at, until_at, lines) VALUES (?, ?, ?, ?, ?, 0)")) {
            insert.setString(1, hospital.value());
            insert.setString(2, kind.name());
            insert.setString(3, InstantText.write(now));
            insert.setString(4, "");
            insert.setString(5, "");
            insert.executeUpdate();
        }
    }

    static void complete(Connection connection, HospitalId hospital, Instant from, Instant until, long lines)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE past SET from_at = ?, until_at = ?, lines = ? WHERE hospital = ?")) {
            update.setString(1, InstantText.write(from));
            update.setString(2, InstantText.write(until));
            update.setLong(3, lines);
            update.setString(4, hospital.value());
            update.executeUpdate();
        }
    }

    /** Adds lines, of one connection within one transaction. */
    static final class Adder implements AutoCloseable {
        private final HospitalId hospital;
        private final PreparedStatement insert;
        private long added;

        Adder(Connection connection, HospitalId hospital) throws SQLException {
            this.hospital = hospital;
            insert = connection.prepareStatement(
                    "INSERT INTO past_line (hospital, line, begins, entry, stay, said, checksum)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?)");
        }

        void add(long line, String begins, String entry, String stay, Object said) throws SQLException {
            String text = written(said);
            insert.setString(1, hospital.value());
            insert.setLong(2, line);
            insert.setString(3, begins);
            insert.setString(4, entry);
            insert.setString(5, stay);
            insert.setString(6, text);
            insert.setInt(7, checksum(hospital, line, text.getBytes(StandardCharsets.UTF_8)));
            insert.addBatch();
            if (++added % CHUNK_LINES == 0) {
                insert.executeBatch();
            }
        }

        /** Hands over the rest. */
        long finish() throws SQLException {
            insert.executeBatch();
            return added;
        }

        @Override
        public void close() throws SQLException {
            insert.close();
        }
    }

    /**
     * All lines, in an order.
     *
     * @return how many there are
     * @throws DamagedPastException naming one that is damaged
     */
    static <T> long read(Connection connection, HospitalId hospital, String order, Class<T> type, Consumer<T> reader)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT line, said, checksum FROM past_line WHERE hospital = ? ORDER BY " + order)) {
            select.setFetchSize(CHUNK_LINES);
            select.setString(1, hospital.value());
            long count = 0;
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    count++;
                    long line = row.getLong(1);
                    byte[] said = row.getBytes(2);
                    if (said == null || row.getInt(3) != checksum(hospital, line, said)) {
                        throw damaged(hospital, "line " + line + " of what was imported");
                    }
                    reader.accept(read(hospital, line, said, type));
                }
            }
            return count;
        }
    }

    private static <T> T read(HospitalId hospital, long line, byte[] said, Class<T> type) {
        try {
            return ChevetJson.mapper().readValue(said, type);
        } catch (IOException e) {
            throw new DamagedPastException(
                    "line " + line + " of what was imported for hospital " + hospital + " is of another release",
                    "Import the file again, with --replace.");
        }
    }

    static DamagedPastException damaged(HospitalId hospital, String what) {
        return new DamagedPastException(
                what + " for hospital " + hospital + " is damaged or missing",
                "Import the file again, with --replace, or restore the journal from a backup.");
    }

    private static String written(Object said) {
        try {
            return ChevetJson.mapper().writeValueAsString(said);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a line cannot be written as JSON", e);
        }
    }

    private static int checksum(HospitalId hospital, long line, byte[] said) {
        byte[] id = hospital.value().getBytes(StandardCharsets.UTF_8);
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(id.length + Long.BYTES)
                .put(id)
                .putLong(line)
                .array());
        crc.update(said);
        return (int) crc.getValue();
    }
}
