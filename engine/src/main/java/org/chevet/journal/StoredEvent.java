package org.chevet.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.chevet.hospital.HospitalId;
import org.jspecify.annotations.Nullable;

/**
 * An event as the database keeps it, column by column.
 *
 * @param at when it took effect, ISO 8601 in UTC, for analysts: the event says it too
 * @param recordedAt when Chevet learned of it, likewise
 * @param origin who or what said so, as JSON
 * @param type simple name of the event's record
 * @param version of the type's shape
 * @param event the event itself, as JSON
 */
public record StoredEvent(
        HospitalId hospital,
        long sequence,
        long act,
        String at,
        String recordedAt,
        String origin,
        String type,
        int version,
        @Nullable String idempotencyKey,
        String event) {
    private static final int ABSENT = -1;

    /**
     * CRC-32C over every column: the numbers in big-endian order, each text as its length in bytes and its UTF-8, length -1
     * for none. It finds every flipped bit and nearly every other damage; it is no protection against somebody who wants to
     * deceive.
     */
    public int checksum() {
        CRC32C crc = new CRC32C();
        add(crc, hospital.value());
        ByteBuffer numbers = ByteBuffer.allocate(2 * Long.BYTES + Integer.BYTES)
                .putLong(sequence)
                .putLong(act)
                .putInt(version)
                .flip();
        crc.update(numbers);
        add(crc, at);
        add(crc, recordedAt);
        add(crc, origin);
        add(crc, type);
        add(crc, idempotencyKey);
        add(crc, event);
        return (int) crc.getValue();
    }

    private static void add(CRC32C crc, @Nullable String text) {
        byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        crc.update(ByteBuffer.allocate(Integer.BYTES)
                .putInt(text == null ? ABSENT : bytes.length)
                .flip());
        crc.update(bytes);
    }
}
