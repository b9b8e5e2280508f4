package org.chevet.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.chevet.event.BedEvent;
import org.chevet.event.BlockReason;
import org.chevet.event.Origin;
import org.chevet.event.Recorded;
import org.chevet.hospital.BedId;
import org.chevet.occupancy.EventfulLife;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against Jackson, which alone says what is right. */
class WrittenJsonTest {
    private static final JsonMapper JACKSON = ChevetJson.mapper();
    private static final long SEED = 20260101;
    private static final int COMMANDS = 500;
    private static final int CHANGES = 20_000;
    private static final int REMOVED_BYTES_MAX = 40;
    private static final String SIGNS = "\"\\{}[],:0-.9 tTZn";

    private static Stream<Object> records() {
        List<Recorded> life = EventfulLife.journal(SEED, COMMANDS);
        return Stream.of(
                        Samples.events(),
                        Arrays.stream(Origin.class.getPermittedSubclasses()).map(type -> Samples.sample(type, true)),
                        life.stream().map(Recorded::event),
                        life.stream().map(Recorded::origin))
                .flatMap(some -> some);
    }

    /** As it is asked for: an event by its own type, which the row says, an origin by what all have in common. */
    private static Class<?> type(Object event) {
        return event instanceof Origin ? Origin.class : event.getClass();
    }

    @Test
    void shouldReadEverythingThatIsWritten() {
        assertThat(records())
                .allSatisfy(written -> assertThat(WrittenJson.read(JACKSON.writeValueAsBytes(written), type(written)))
                        .isEqualTo(written));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "",
                "é ü 床 🛏",
                "a \"quoted\" word",
                "C:\\temp",
                "one\r\ntwo\tthree\b\f",
                "\u0001\u007f\u2028\uFFFD"
            })
    void shouldReadAnyText(String note) throws IOException {
        BedEvent event = new BedEvent.BedBlocked(Samples.TIME, new BedId("101"), BlockReason.STAFF, note, null);

        BedEvent read = WrittenJson.read(JACKSON.writeValueAsBytes(event), BedEvent.BedBlocked.class);
        assertThat(read == null && note.contains("\uFFFD") ? event : read).isEqualTo(event);
    }

    @Test
    void shouldNeverReadWhatJacksonReadsOtherwise() throws IOException {
        Random random = new Random(SEED);
        List<Object> records = records().toList();
        for (int i = 0; i < CHANGES; i++) {
            Object record = records.get(random.nextInt(records.size()));
            byte[] changed = changed(JACKSON.writeValueAsBytes(record), random);
            Object read = WrittenJson.read(changed, type(record));
            if (read != null) {
                assertThat(JACKSON.readValue(changed, type(record)))
                        .as("seed %d: %s", SEED, new String(changed, StandardCharsets.UTF_8))
                        .isEqualTo(read);
            }
        }
    }

    /** A bit is another one, a sign is put in or takes a place, or something is gone or stands there twice. */
    private static byte[] changed(byte[] json, Random random) {
        int from = random.nextInt(json.length);
        int to = Math.min(json.length, from + random.nextInt(REMOVED_BYTES_MAX));
        ByteArrayOutputStream changed = new ByteArrayOutputStream();
        changed.write(json, 0, from);
        switch (random.nextInt(4)) {
            case 0 -> {
                changed.write(json[from] ^ 1 << random.nextInt(Byte.SIZE));
                to = from + 1;
            }
            case 1 -> {
                changed.write(SIGNS.charAt(random.nextInt(SIGNS.length())));
                to = from + random.nextInt(2);
            }
            case 2 -> to = Math.max(0, from - random.nextInt(REMOVED_BYTES_MAX));
            default -> {}
        }
        changed.write(json, to, json.length - to);
        return changed.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"bed\":\"101\",\"at\":\"2026-03-29T01:30:00Z\"}",
                "{ \"at\":\"2026-03-29T01:30:00Z\",\"bed\":\"101\"}",
                "{\"at\":\"2026-03-29T01:30:00Z\",\"bed\":\"101\"}\n",
                "{\"at\":\"2026-03-29T03:30:00+02:00\",\"bed\":\"101\"}",
                "{\"at\":\"2026-03-29T01:30:00Z\",\"bed\":\"no id\"}",
                "{\"at\":\"2026-03-29T01:30:00Z\"}",
                "{\"at\":\"2026-03-29T01:30:00Z\",\"bed\":null}",
                "{\"at\":\"2026-03-29T01:30:00Z\",\"bed\":\"101\"",
                "null",
                ""
            })
    void shouldLeaveEverythingElseToJackson(String json) {
        assertThat(WrittenJson.read(json.getBytes(StandardCharsets.UTF_8), BedEvent.BedClosed.class))
                .isNull();
    }

    private record Numbered(Map<Integer, String> texts) {}

    @Test
    void shouldNotTakeAnyGenericTypeForAMapOfTexts() {
        byte[] json = "{\"texts\":{\"1\":\"one\"}}".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> WrittenJson.read(json, Numbered.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.util.Map<java.lang.Integer");
    }

    @Test
    void shouldNotGuessAtBytesThatAreNoUtf8() {
        byte[] json = "{\"at\":\"2026-03-29T01:30:00Z\",\"bed\":\"101\",\"reason\":\"STAFF\",\"note\":\"?\"}"
                .getBytes(StandardCharsets.UTF_8);
        json[json.length - 3] = (byte) 0xE9;

        assertThat(WrittenJson.read(json, BedEvent.BedBlocked.class)).isNull();
    }
}
