package org.chevet.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.chevet.event.BedEvent;
import org.chevet.event.Origin;
import org.chevet.hospital.HospitalId;

/** Events as versioned JSON. The type is the record's simple name, which therefore can never change. Thread-safe. */
final class EventCodec {
    private static final JsonMapper MAPPER = ChevetJson.mapper();

    private static final Map<String, ObjectReader> READERS = Arrays.stream(BedEvent.class.getPermittedSubclasses())
            .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, MAPPER::readerFor));

    private static final ObjectReader ORIGINS = MAPPER.readerFor(Origin.class);

    private final Upcasters upcasters;

    EventCodec(Upcasters upcasters) {
        this.upcasters = upcasters;
    }

    /** Where a row comes from, so that what is wrong with it can be said. */
    record Row(HospitalId hospital, long sequence, String type, int version) {
        @Override
        public String toString() {
            return "event " + sequence + " of hospital " + hospital + " (" + type + ", version " + version + ")";
        }
    }

    String type(BedEvent event) {
        return event.getClass().getSimpleName();
    }

    int version(BedEvent event) {
        return upcasters.currentVersion(type(event));
    }

    String encode(Object eventOrOrigin) {
        try {
            return MAPPER.writeValueAsString(eventOrOrigin);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "no JSON for " + eventOrOrigin.getClass().getName(), e);
        }
    }

    /** @throws JournalException when another release wrote what this one cannot read */
    void checkKnown(Row row) {
        if (!READERS.containsKey(row.type())) {
            throw new JournalException(
                    row + " is of a type that this Chevet does not know",
                    "It was written by another release: run that release, or a later one.",
                    null);
        }
        int current = upcasters.currentVersion(row.type());
        if (row.version() < 1 || row.version() > current) {
            throw new JournalException(
                    row + " is of a version that this Chevet does not know; the latest it knows is " + current,
                    "It was written by a later release: run that release, or a later one.",
                    null);
        }
    }

    BedEvent decode(Row row, String json) {
        checkKnown(row);
        ObjectReader reader = Objects.requireNonNull(READERS.get(row.type()));
        int current = upcasters.currentVersion(row.type());
        try {
            BedEvent event = (BedEvent)
                    (row.version() == current
                            ? reader.readValue(json)
                            : reader.treeToValue(
                                    upcasters.upcast(
                                            row.type(), row.version(), MAPPER.readValue(json, ObjectNode.class)),
                                    reader.getValueType().getRawClass()));
            if (event == null) {
                throw damaged(row, "it is null");
            }
            return event;
        } catch (JsonProcessingException e) {
            throw unreadable(row, e);
        }
    }

    Origin decodeOrigin(Row row, String json) {
        try {
            return ORIGINS.readValue(json);
        } catch (JsonProcessingException e) {
            throw unreadable(row, e);
        }
    }

    Instant decodeInstant(Row row, String text) {
        Instant time = InstantText.read(text);
        if (time != null) {
            return time;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw damaged(row, "'" + text + "' is no time");
        }
    }

    /** Jackson's own message quotes values, which may be a patient's; the place it points at is enough. */
    private static JournalException unreadable(Row row, JsonProcessingException e) {
        String path = e instanceof JsonMappingException mapping ? mapping.getPathReference() : "";
        int column = e.getLocation() == null ? -1 : e.getLocation().getColumnNr();
        return damaged(
                row,
                e.getClass().getSimpleName()
                        + (path.isEmpty() ? "" : " at " + path)
                        + (column < 0 ? "" : ", column " + column));
    }

    private static JournalException damaged(Row row, String how) {
        return new JournalException(
                row + " cannot be read: " + how, "The journal is damaged here: restore it from a backup.", null);
    }
}
