package org.chevet.web;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.chevet.journal.ChevetJson;
import org.jspecify.annotations.Nullable;

/** JSON as the web contract has it: records by their components, times in ISO-8601. */
final class Json {
    /** Acts are read as strictly as the journal: what is missing, unknown or said twice is a mistake. */
    static final JsonMapper MAPPER = ChevetJson.mapper();

    @FunctionalInterface
    interface Body {
        void writeTo(JsonGenerator json) throws IOException;
    }

    private Json() {}

    /** One JSON object with the members that {@code body} writes. */
    static String object(Body body) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = MAPPER.createGenerator(text)) {
            json.writeStartObject();
            body.writeTo(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    /** The members of an object without its braces, to be put together with others. */
    static String members(Body body) {
        String object = object(body);
        return object.substring(1, object.length() - 1);
    }

    static void writeNullable(JsonGenerator json, String name, @Nullable Object value) throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else {
            json.writeStringField(name, value.toString());
        }
    }

    static void writeIfPresent(JsonGenerator json, String name, @Nullable Object value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value.toString());
        }
    }

    static void writeIfTrue(JsonGenerator json, String name, boolean value) throws IOException {
        if (value) {
            json.writeBooleanField(name, true);
        }
    }

    static void writeInstant(JsonGenerator json, String name, Instant value) throws IOException {
        json.writeStringField(name, value.toString());
    }
}
