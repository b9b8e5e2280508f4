package org.chevet.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.chevet.hospital.HospitalId;
import org.jspecify.annotations.Nullable;

/**
 * A {@link StoredEvent} as it is read: every text in UTF-8, as the database has it. The checksum is over these bytes, and what is
 * decoded is decoded from them.
 */
record EventRow(
        HospitalId hospital,
        long sequence,
        long act,
        byte[] at,
        byte[] recordedAt,
        byte[] origin,
        byte[] type,
        int version,
        byte @Nullable [] idempotencyKey,
        byte[] event) {
    private static final int ABSENT = -1;

    /** What the checksum is over beside the texts: the length of each of the seven, two long numbers, one short. */
    private static final int NUMBER_BYTES = 7 * Integer.BYTES + 2 * Long.BYTES + Integer.BYTES;

    static EventRow of(StoredEvent event) {
        String key = event.idempotencyKey();
        return new EventRow(
                event.hospital(),
                event.sequence(),
                event.act(),
                bytes(event.at()),
                bytes(event.recordedAt()),
                bytes(event.origin()),
                bytes(event.type()),
                event.version(),
                key == null ? null : bytes(key),
                bytes(event.event()));
    }

    StoredEvent stored() {
        return new StoredEvent(
                hospital,
                sequence,
                act,
                text(at),
                text(recordedAt),
                text(origin),
                text(type),
                version,
                idempotencyKey == null ? null : text(idempotencyKey),
                text(event));
    }

    /** @see StoredEvent#checksum */
    int checksum() {
        byte[] id = bytes(hospital.value());
        int keyLength = idempotencyKey == null ? 0 : idempotencyKey.length;
        ByteBuffer all = ByteBuffer.allocate(NUMBER_BYTES
                + id.length
                + at.length
                + recordedAt.length
                + origin.length
                + type.length
                + keyLength
                + event.length);
        put(all, id);
        all.putLong(sequence).putLong(act).putInt(version);
        put(all, at);
        put(all, recordedAt);
        put(all, origin);
        put(all, type);
        put(all, idempotencyKey);
        put(all, event);
        CRC32C crc = new CRC32C();
        crc.update(all.array(), 0, all.position());
        return (int) crc.getValue();
    }

    private static void put(ByteBuffer all, byte @Nullable [] text) {
        if (text == null) {
            all.putInt(ABSENT);
        } else {
            all.putInt(text.length).put(text);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
