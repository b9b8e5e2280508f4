package org.chevet.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.chevet.event.BedEvent;
import org.chevet.event.Origin;
import org.chevet.hospital.HospitalId;
import org.jspecify.annotations.Nullable;

/** Events as versioned JSON. The type is the record's simple name, which therefore can never change. Thread-safe. */
final class EventCodec {
    private static final JsonMapper MAPPER = ChevetJson.mapper();

    private static final Map<String, Class<? extends BedEvent>> TYPES = Arrays.stream(
                    BedEvent.class.getPermittedSubclasses())
            .map(type -> type.asSubclass(BedEvent.class))
            .collect(Collectors.toUnmodifiableMap(Class::getSimpleName, type -> type));

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
        if (!TYPES.containsKey(row.type())) {
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

    BedEvent decode(Row row, byte[] json) {
        checkKnown(row);
        Class<? extends BedEvent> type = Objects.requireNonNull(TYPES.get(row.type()));
        try {
            if (row.version() == upcasters.currentVersion(row.type())) {
                return read(row, json, type);
            }
            ObjectNode old = MAPPER.readValue(json, ObjectNode.class);
            return present(row, MAPPER.treeToValue(upcasters.upcast(row.type(), row.version(), old), type));
        } catch (IOException e) {
            throw unreadable(row, e);
        }
    }

    Origin decodeOrigin(Row row, byte[] json) {
        try {
            return read(row, json, Origin.class);
        } catch (IOException e) {
            throw unreadable(row, e);
        }
    }

    private static <T> T read(Row row, byte[] json, Class<T> type) throws IOException {
        T written = WrittenJson.read(json, type);
        return written != null ? written : present(row, MAPPER.readValue(json, type));
    }

    private static <T> T present(Row row, @Nullable T read) {
        if (read == null) {
            throw damaged(row, "it is null");
        }
        return read;
    }

    Instant decodeInstant(Row row, byte[] utf8) {
        Instant time = InstantText.read(utf8, 0, utf8.length);
        if (time != null) {
            return time;
        }
        String text = new String(utf8, StandardCharsets.UTF_8);
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw damaged(row, "'" + text + "' is no time");
        }
    }

    /** Jackson's own message quotes values, which may be a patient's; the place it points at is enough. */
    private static JournalException unreadable(Row row, IOException e) {
        String path = e instanceof JsonMappingException mapping ? mapping.getPathReference() : "";
        int column = e instanceof JsonProcessingException json && json.getLocation() != null
                ? json.getLocation().getColumnNr()
                : -1;
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
