package org.chevet.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.chevet.event.BedEvent;
import org.chevet.event.Origin;
import org.chevet.hospital.HospitalId;
import org.junit.jupiter.api.Test;

/**
 * The JSON that each version of each event type was written in, as samples: one with everything said and one with nothing said
 * that may be left out. A shape that rows are kept in may never change: it gets a version beside it.
 */
class EventShapeTest {
    private static final Path FILE = Path.of("src/test/resources/org/chevet/journal/shapes.ndjson");
    private static final JsonMapper JSON = new JsonMapper();
    private static final boolean WRITE = System.getProperty("chevet.shapes.write") != null;

    private static final String WHAT_TO_DO = """
            The JSON of %1$s is no longer what journals have as its version %2$d.
              1. Add to Upcasters.CURRENT a step for %1$s from version %2$d, which turns the old JSON into the new
                 (UnaryOperator.identity() where something was only added that may be left out).
              2. Keep the new shape: mvn test -pl engine -Dtest=EventShapeTest -Dtest.jvm.args=-Dchevet.shapes.write=yes
                 adds it to shapes.ndjson. Lines that are there stay as they are.
              3. Write another golden journal: see GoldenJournalTest.
            """;

    private final EventCodec codec = new EventCodec(Upcasters.CURRENT);

    /** @param version of an event's type; 0 for an origin, which has none */
    private record Shape(String type, int version) {}

    @Test
    void shouldWriteEachVersionAsItAlwaysDid() throws IOException {
        Map<Shape, List<String>> kept = kept();
        List<String> added = new ArrayList<>();
        for (Class<?> type : BedEvent.class.getPermittedSubclasses()) {
            Shape shape = new Shape(type.getSimpleName(), Upcasters.CURRENT.currentVersion(type.getSimpleName()));
            List<String> written = samples(type);
            if (WRITE && !kept.containsKey(shape)) {
                written.forEach(sample -> added.add(line(shape, sample)));
            } else {
                assertThat(kept.get(shape))
                        .as(WHAT_TO_DO, shape.type(), shape.version())
                        .isEqualTo(written);
            }
        }
        for (Class<?> type : Origin.class.getPermittedSubclasses()) {
            Shape shape = new Shape(type.getSimpleName(), 0);
            if (WRITE && !kept.containsKey(shape)) {
                samples(type).forEach(sample -> added.add(line(shape, sample)));
            } else {
                assertThat(kept.get(shape))
                        .as(
                                "An origin has no version: what is added to %s must be @Nullable, and nothing may go. Then add"
                                        + " its new samples to shapes.ndjson below the old ones.",
                                shape.type())
                        .endsWith(samples(type).toArray(String[]::new));
            }
        }
        if (!added.isEmpty()) {
            Files.write(FILE, added, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    @Test
    void shouldReadEverythingThatWasEverWritten() throws IOException {
        HospitalId hospital = new HospitalId("h");
        kept().forEach((shape, samples) -> samples.forEach(sample -> {
            EventCodec.Row row = new EventCodec.Row(hospital, 1, shape.type(), shape.version());
            byte[] json = sample.getBytes(StandardCharsets.UTF_8);
            Object read = shape.version() == 0 ? codec.decodeOrigin(row, json) : codec.decode(row, json);
            assertThat(read.getClass().getSimpleName()).isEqualTo(shape.type());
        }));
    }

    private List<String> samples(Class<?> type) {
        return Stream.of(true, false)
                .map(full -> codec.encode(Samples.sample(type, full)))
                .toList();
    }

    private static Map<Shape, List<String>> kept() throws IOException {
        Map<Shape, List<String>> kept = new LinkedHashMap<>();
        for (String line : Files.exists(FILE) ? Files.readAllLines(FILE) : List.<String>of()) {
            JsonNode node = JSON.readTree(line);
            kept.computeIfAbsent(
                            new Shape(
                                    node.path("type").asText(),
                                    node.path("version").asInt()),
                            shape -> new ArrayList<>())
                    .add(node.path("json").asText());
        }
        return kept;
    }

    private static String line(Shape shape, String sample) {
        ObjectNode node = JSON.createObjectNode();
        return node.put("type", shape.type())
                .put("version", shape.version())
                .put("json", sample)
                .toString();
    }
}
