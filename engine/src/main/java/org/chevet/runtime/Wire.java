package org.chevet.runtime;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.chevet.cluster.MemberId;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.StoredEvent;
import org.jspecify.annotations.Nullable;

/** What members say to each other about hospitals, as JSON. */
final class Wire {
    /** Asked of a hospital's writer; answered by {@link Heard}. */
    static final String SUBMISSIONS = "submissions";

    /** Told by writers: {@link Events}. */
    static final String EVENTS = "events";

    /** Told by every member, over and over: {@link News}. */
    static final String NEWS = "news";

    private static final JsonMapper MAPPER = CommandJson.MAPPER
            .rebuild()
            .addMixIn(Answer.class, TypedAnswer.class)
            .registerSubtypes(Arrays.stream(Answer.class.getPermittedSubclasses())
                    .map(type -> new NamedType(type, type.getSimpleName()))
                    .toArray(NamedType[]::new))
            .build();

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    private interface TypedAnswer {}

    private Wire() {}

    record Submitted(HospitalId hospital, Submission submission) {}

    /** @param answer null when the member that was asked does not write the hospital */
    record Heard(@Nullable Answer answer) {}

    /** Durable events of one hospital, in sequence. */
    record Events(HospitalId hospital, List<StoredEvent> events) {
        Events {
            events = List.copyOf(events);
        }

        long first() {
            return events.getFirst().sequence();
        }

        long last() {
            return events.getLast().sequence();
        }
    }

    /**
     * @param writing the hospitals that this member writes
     * @param feeds what comes to this member's doors
     */
    record News(MemberId member, List<Writing> writing, List<FeedNews> feeds) {
        News {
            writing = List.copyOf(writing);
            feeds = List.copyOf(feeds);
        }
    }

    record Writing(HospitalId hospital, WriterStatus status) {}

    static byte[] encode(Object message) {
        try {
            return MAPPER.writeValueAsBytes(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON for " + message.getClass().getName(), e);
        }
    }

    /** @throws UncheckedIOException when it is of a release with another shape of it */
    static <T> T decode(byte[] bytes, Class<T> type) {
        try {
            return MAPPER.readValue(bytes, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
