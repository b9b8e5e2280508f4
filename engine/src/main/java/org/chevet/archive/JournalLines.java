package org.chevet.archive;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.ChevetJson;
import org.chevet.journal.StoredEvent;
import org.jspecify.annotations.Nullable;

/**
 * A journal as lines of JSON. Each hospital is a header, its events in sequence, and a footer; one hospital follows the other.
 * Events stand there as the journal keeps them, in the version they were written in, each with its checksum; the footer has the
 * digest of the state that they fold to.
 */
final class JournalLines {
    static final String FORMAT = "chevet-journal";
    static final int VERSION = 1;

    private static final JsonMapper MAPPER = ChevetJson.mapper();
    private static final ObjectReader READER = MAPPER.reader();

    /** What a line says. */
    sealed interface Line {}

    /** @param events how many follow */
    record Header(HospitalId hospital, long events) implements Line {}

    record Event(StoredEvent stored) implements Line {}

    record Footer(HospitalId hospital, long events, String digest) implements Line {}

    /** @param how what is wrong with it, quoting nothing of it */
    record Bad(String how) implements Line {}

    private JournalLines() {}

    static String header(HospitalId hospital, long events) {
        return line(json -> {
            json.writeStringField("format", FORMAT);
            json.writeNumberField("version", VERSION);
            json.writeStringField("hospital", hospital.value());
            json.writeNumberField("events", events);
        });
    }

    static String event(StoredEvent event) {
        return line(json -> {
            json.writeNumberField("seq", event.sequence());
            json.writeNumberField("act", event.act());
            json.writeStringField("at", event.at());
            json.writeStringField("recordedAt", event.recordedAt());
            json.writeFieldName("origin");
            json.writeRawValue(event.origin());
            json.writeStringField("type", event.type());
            json.writeNumberField("version", event.version());
            if (event.idempotencyKey() != null) {
                json.writeStringField("idempotencyKey", event.idempotencyKey());
            }
            json.writeFieldName("event");
            json.writeRawValue(event.event());
            json.writeNumberField("checksum", event.checksum());
        });
    }

    static String footer(HospitalId hospital, long events, long digest) {
        return line(json -> {
            json.writeStringField("end", hospital.value());
            json.writeNumberField("events", events);
            json.writeStringField("digest", Digests.text(digest));
        });
    }

    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private static String line(Fields fields) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = MAPPER.createGenerator(text)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** @param hospital whose events follow at this place, null where a header is due */
    static Line read(String text, @Nullable HospitalId hospital) {
        try {
            JsonNode line = READER.readTree(text);
            if (!line.isObject()) {
                return new Bad("is no JSON object");
            }
            if (line.has("format")) {
                return header(line);
            }
            if (line.has("end")) {
                return footer(line);
            }
            return hospital == null ? new Bad("comes before any header") : event(line, hospital);
        } catch (JsonProcessingException e) {
            return new Bad("is not JSON, at column " + e.getLocation().getColumnNr());
        } catch (IllegalArgumentException e) {
            return new Bad("names no possible hospital");
        }
    }

    private static Line header(JsonNode line) {
        if (!line.path("format").asText().equals(FORMAT)) {
            return new Bad("is the header of another format than " + FORMAT);
        }
        if (line.path("version").asInt() != VERSION) {
            return new Bad("is the header of version " + line.path("version").asInt() + "; this release reads version "
                    + VERSION);
        }
        if (!line.path("hospital").isTextual() || !line.path("events").isIntegralNumber()) {
            return new Bad("is a header without hospital or number of events");
        }
        return new Header(
                new HospitalId(line.path("hospital").asText()),
                line.path("events").asLong());
    }

    private static Line footer(JsonNode line) {
        if (!line.path("events").isIntegralNumber() || !line.path("digest").isTextual()) {
            return new Bad("is a footer without number of events or digest");
        }
        return new Footer(
                new HospitalId(line.path("end").asText()),
                line.path("events").asLong(),
                line.path("digest").asText());
    }

    private static Line event(JsonNode line, HospitalId hospital) {
        Set<String> missing = new TreeSet<>();
        for (String number : new String[] {"seq", "act", "version", "checksum"}) {
            if (!line.path(number).isIntegralNumber()) {
                missing.add(number);
            }
        }
        for (String text : new String[] {"at", "recordedAt", "type"}) {
            if (!line.path(text).isTextual()) {
                missing.add(text);
            }
        }
        for (String object : new String[] {"origin", "event"}) {
            if (!line.path(object).isObject()) {
                missing.add(object);
            }
        }
        if (!missing.isEmpty()) {
            return new Bad("is no event: " + String.join(", ", missing) + " missing or of another kind");
        }
        StoredEvent stored = new StoredEvent(
                hospital,
                line.path("seq").asLong(),
                line.path("act").asLong(),
                line.path("at").asText(),
                line.path("recordedAt").asText(),
                line.path("origin").toString(),
                line.path("type").asText(),
                line.path("version").asInt(),
                line.has("idempotencyKey") ? line.path("idempotencyKey").asText() : null,
                line.path("event").toString());
        return line.path("checksum").asInt() == stored.checksum()
                ? new Event(stored)
                : new Bad(
                        "is event " + stored.sequence() + " and does not fit its checksum: it was changed or damaged");
    }
}
