package org.chevet.journal;

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
    /**
     * CRC-32C over every column: the numbers in big-endian order, each text as its length in bytes and its UTF-8, length -1
     * for none. It finds every flipped bit and nearly every other damage; it is no protection against somebody who wants to
     * deceive.
     */
    public int checksum() {
        return EventRow.of(this).checksum();
    }
}
