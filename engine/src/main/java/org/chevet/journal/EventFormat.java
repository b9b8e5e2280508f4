package org.chevet.journal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.chevet.event.BedEvent;
import org.chevet.event.Recorded;

/** Events as they are kept and as they are told to other members, and back. Thread-safe. */
public final class EventFormat {
    /** Of this release. */
    public static final EventFormat CURRENT = new EventFormat(Upcasters.CURRENT);

    private final EventCodec codec;

    EventFormat(Upcasters upcasters) {
        codec = new EventCodec(upcasters);
    }

    public EncodedBatch encode(Journal.Batch batch) {
        List<ChecksummedEvent> rows = new ArrayList<>(batch.entries().size());
        for (Journal.Entry entry : batch.entries()) {
            Recorded recorded = entry.recorded();
            BedEvent event = recorded.event();
            rows.add(new ChecksummedEvent(new StoredEvent(
                    batch.hospital(),
                    recorded.sequence(),
                    recorded.act(),
                    InstantText.write(event.at()),
                    InstantText.write(recorded.recordedAt()),
                    codec.encode(recorded.origin()),
                    codec.type(event),
                    codec.version(event),
                    entry.idempotencyKey(),
                    codec.encode(event))));
        }
        return new EncodedBatch(batch.hospital(), rows);
    }

    /** @throws JournalException when it is damaged, or of a release that this one does not know */
    public Journal.Entry decode(StoredEvent event) {
        return entry(EventRow.of(event));
    }

    Journal.Entry entry(EventRow row) {
        byte[] key = row.idempotencyKey();
        return new Journal.Entry(recorded(row), key == null ? null : new String(key, StandardCharsets.UTF_8));
    }

    Recorded recorded(EventRow row) {
        EventCodec.Row place = place(row);
        return new Recorded(
                row.sequence(),
                row.act(),
                codec.decodeInstant(place, row.recordedAt()),
                codec.decodeOrigin(place, row.origin()),
                codec.decode(place, row.event()));
    }

    /** @throws JournalException when another release wrote what this one cannot read */
    void checkKnown(EventRow row) {
        codec.checkKnown(place(row));
    }

    private static EventCodec.Row place(EventRow row) {
        return new EventCodec.Row(
                row.hospital(), row.sequence(), new String(row.type(), StandardCharsets.UTF_8), row.version());
    }
}
