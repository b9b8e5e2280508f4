package org.chevet.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.chevet.event.BedEvent;
import org.chevet.event.BlockReason;
import org.chevet.event.PatientClass;
import org.chevet.hospital.BedId;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.HospitalId;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.LevelOfCare;
import org.chevet.hospital.Patient;
import org.chevet.hospital.Sex;
import org.chevet.hospital.SingleRoom;
import org.chevet.hospital.StayId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventCodecTest {
    private static final HospitalId HOSPITAL = new HospitalId("chu");

    private final EventCodec codec = new EventCodec(new Upcasters());

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Object[] events() {
        return Samples.events().toArray();
    }

    @ParameterizedTest
    @MethodSource("events")
    void shouldReadBackWhatItWrote(BedEvent event) {
        EventCodec.Row row = new EventCodec.Row(HOSPITAL, 1, codec.type(event), codec.version(event));

        assertThat(codec.decode(row, utf8(codec.encode(event)))).isEqualTo(event);
    }

    @Test
    void shouldWriteWhatAnAnalystCanRead() {
        BedEvent event = new BedEvent.StayRegistered(
                Instant.parse("2026-03-29T01:30:00Z"),
                new StayId("25000123"),
                new Patient("8012^^^CHU", "MARTIN", null, Sex.FEMALE, LocalDate.of(1931, 2, 28)),
                new CareNeeds(
                        "CARDIO",
                        LevelOfCare.ACUTE,
                        Isolation.NONE,
                        Sex.UNKNOWN,
                        null,
                        List.of(),
                        List.of(),
                        SingleRoom.INDIFFERENT),
                PatientClass.INPATIENT,
                null,
                null);

        assertThat(codec.encode(event))
                .isEqualTo("{\"at\":\"2026-03-29T01:30:00Z\",\"stay\":\"25000123\","
                        + "\"patient\":{\"identifier\":\"8012^^^CHU\",\"familyName\":\"MARTIN\",\"sex\":\"FEMALE\","
                        + "\"birthDate\":\"1931-02-28\"},"
                        + "\"needs\":{\"specialty\":\"CARDIO\",\"levelOfCare\":\"ACUTE\",\"isolation\":\"NONE\","
                        + "\"sex\":\"UNKNOWN\",\"equipmentRequired\":[],\"equipmentPreferred\":[],"
                        + "\"singleRoom\":\"INDIFFERENT\"},\"patientClass\":\"INPATIENT\"}");
    }

    @Test
    void shouldReadAnOldVersionThroughItsUpcasters() {
        EventCodec today = new EventCodec(new Upcasters()
                .add(BedEvent.BedBlocked.class, 1, old -> {
                    old.set("reason", old.remove("why"));
                    return old;
                })
                .add(BedEvent.BedBlocked.class, 2, old -> old.put("note", "from version 2")));
        String first = "{\"at\":\"2026-03-29T01:30:00Z\",\"bed\":\"101\",\"why\":\"STAFF\"}";
        BedEvent.BedBlocked event = new BedEvent.BedBlocked(
                Instant.parse("2026-03-29T01:30:00Z"), new BedId("101"), BlockReason.STAFF, "from version 2", null);

        assertThat(today.decode(new EventCodec.Row(HOSPITAL, 7, "BedBlocked", 1), utf8(first)))
                .isEqualTo(event);
        assertThat(today.version(event)).isEqualTo(3);
        assertThat(today.version(new BedEvent.BedClosed(Samples.TIME, new BedId("101"))))
                .isEqualTo(1);
    }

    @Test
    void shouldRefuseAnUpcasterOutOfOrder() {
        assertThatThrownBy(() -> new Upcasters().add(BedEvent.BedBlocked.class, 2, old -> old))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("BedBlocked from version 2")
                .hasMessageContaining("from version 1");
    }

    @Test
    void shouldNameAnEventOfUnknownType() {
        assertThatThrownBy(() -> codec.decode(new EventCodec.Row(HOSPITAL, 42, "BedTeleported", 1), utf8("{}")))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("event 42 of hospital chu (BedTeleported, version 1)")
                .hasMessageContaining("type");
    }

    @Test
    void shouldNameAnEventOfLaterVersion() {
        assertThatThrownBy(() -> codec.decode(new EventCodec.Row(HOSPITAL, 42, "BedClosed", 2), utf8("{}")))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("event 42 of hospital chu (BedClosed, version 2)")
                .hasMessageContaining("the latest it knows is 1");
    }

    @Test
    void shouldPointAtWhatItCannotReadWithoutQuotingIt() {
        String json = "{\"at\":\"2026-03-29T01:30:00Z\",\"bed\":\"101\",\"reason\":\"MARTIN\"}";

        assertThatThrownBy(() -> codec.decode(new EventCodec.Row(HOSPITAL, 42, "BedBlocked", 1), utf8(json)))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("event 42 of hospital chu")
                .hasMessageContaining("reason")
                .hasMessageNotContaining("MARTIN")
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{\"at\":\"2026-03-29T01:30:00Z\",\"bed\":\"101\"",
                "{\"at\":\"2026-03-29T01:30:00Z\"}",
                "{\"at\":\"2026-03-29T01:30:00Z\",\"bed\":null}",
                "{\"at\":\"2026-03-29T01:30:00Z\",\"bed\":\"101\",\"colour\":\"red\"}",
                "{\"at\":\"2026-03-29T01:30:00Z\",\"bed\":\"101\",\"bed\":\"102\"}",
                "{\"at\":\"2026-03-29T01:30:00Z\",\"bed\":\"101\"} x"
            })
    void shouldNotTakeDamageForAnEvent(String json) {
        assertThatThrownBy(() -> codec.decode(new EventCodec.Row(HOSPITAL, 42, "BedClosed", 1), utf8(json)))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("event 42 of hospital chu (BedClosed, version 1) cannot be read");
    }
}
