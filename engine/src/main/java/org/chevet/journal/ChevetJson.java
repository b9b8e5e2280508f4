package org.chevet.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.AnnotationIntrospectorPair;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the domain's records are written as JSON, for people who analyse it and for machines that must notice damage: times
 * and durations in ISO 8601, nulls left out; a property that is unknown, named twice or missing is an error.
 */
public final class ChevetJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new SimpleModule()
                    .addSerializer(new InstantWriter())
                    .addDeserializer(Instant.class, new InstantReader()))
            // Records have methods like isSingle() that say more about them; only their components are data.
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .annotationIntrospector(
                    AnnotationIntrospectorPair.pair(new RequiredUnlessNullable(), new JacksonAnnotationIntrospector()))
            .build();

    private ChevetJson() {}

    /** Shared and immutable; {@code rebuild()} gives a variant. */
    public static JsonMapper mapper() {
        return MAPPER;
    }

    /** The same text, in a shorter way. */
    private static final class InstantWriter extends StdScalarSerializer<Instant> {
        private static final long serialVersionUID = 1;

        InstantWriter() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant time, JsonGenerator generator, SerializerProvider provider) throws IOException {
            generator.writeString(InstantText.write(time));
        }
    }

    /** What was written here is read in a shorter way. */
    private static final class InstantReader extends StdScalarDeserializer<Instant> {
        private static final long serialVersionUID = 1;

        InstantReader() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            Instant time = parser.hasToken(JsonToken.VALUE_STRING) ? InstantText.read(parser.getText()) : null;
            return time != null ? time : InstantDeserializer.INSTANT.deserialize(parser, context);
        }
    }

    /**
     * A record component is required unless it is {@code @Nullable}. Without this, a component added to an event without an
     * upcaster would be read from old events as null where nothing expects it.
     */
    private static final class RequiredUnlessNullable extends NopAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public @Nullable Boolean hasRequiredMarker(AnnotatedMember member) {
            return isRequired(member) ? Boolean.TRUE : null;
        }

        @Override
        public JsonSetter.Value findSetterInfo(Annotated annotated) {
            return isRequired(annotated) ? JsonSetter.Value.forValueNulls(Nulls.FAIL) : JsonSetter.Value.empty();
        }

        private static boolean isRequired(Annotated annotated) {
            return annotated instanceof AnnotatedParameter parameter
                    && parameter.getDeclaringClass().isRecord()
                    && !parameter
                            .getDeclaringClass()
                            .getRecordComponents()[parameter.getIndex()]
                            .getAnnotatedType()
                            .isAnnotationPresent(Nullable.class);
        }
    }
}
