package org.chevet.feed.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.chevet.event.BedEvent;
import org.chevet.event.QuarantineCause;
import org.chevet.event.QuarantineCause.Code;
import org.chevet.event.StatedBedStatus;
import org.chevet.hospital.BedId;
import org.chevet.journal.ChevetJson;
import org.chevet.occupancy.HospitalView.QuarantineEntry;
import org.chevet.occupancy.Stay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class QuarantineTest {
    private final TestHospital hospital = new TestHospital();
    private final AdtFeed feed = new AdtFeed("pas", hospital, AdtFeedOptions.defaults());

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of(
                        Code.FIELD_MISSING,
                        Map.of("field", "PV1-19", "trigger", "A01"),
                        Adt.of("A01").pv1(19, "")),
                Arguments.of(Code.FIELD_MISSING, Map.of("field", "PV1-3", "trigger", "A02"), Adt.of("A02")),
                Arguments.of(Code.FIELD_MISSING, Map.of("field", "EVN-3", "trigger", "A16"), Adt.of("A16")),
                Arguments.of(
                        Code.VISIT_NUMBER_NOT_VALID,
                        Map.of("field", "PV1-19", "length", "10"),
                        Adt.of("A01").pv1(19, "a b c d ef")),
                Arguments.of(
                        Code.VISIT_NUMBER_NOT_VALID,
                        Map.of("field", "MRG-5", "length", "3"),
                        Adt.of("A42").segment("MRG|||||a b")),
                Arguments.of(
                        Code.TIME_NOT_READABLE,
                        Map.of("field", "EVN-2"),
                        Adt.of("A01").stated("hier")),
                Arguments.of(Code.ACTION_UNKNOWN, Map.of(), Adt.of("A01").zbe("1", "20240306", "REPLACE", "", "")),
                Arguments.of(
                        Code.Z99_CANNOT_CANCEL,
                        Map.of("instead", ""),
                        Adt.of("Z99").zbe("1", "20240306", "CANCEL", "", "")),
                Arguments.of(Code.SWAP_NOT_READ, Map.of(), Adt.of("A17")),
                Arguments.of(Code.SEGMENT_MISSING, Map.of("segment", "NPU", "trigger", "A20"), Adt.of("A20")),
                Arguments.of(
                        Code.BED_STATUS_UNKNOWN,
                        Map.of("status", "X"),
                        Adt.of("A20").segment("NPU|CARD^CH12^P|X")),
                Arguments.of(
                        Code.BED_UNKNOWN,
                        Map.of("location", "CARD^9^9"),
                        Adt.of("A20").segment("NPU|CARD^9^9|U")));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void shouldKeepTheCauseForPrograms(Code code, Map<String, String> details, Adt message) {
        receive(feed, message);

        assertThat(hospital.view().quarantine())
                .singleElement()
                .satisfies(kept -> assertThat(kept.cause()).isEqualTo(new QuarantineCause(code, details)));
    }

    @Test
    void shouldReplayAllOfAFeedTheOldestFirstAndSayWhatBecameOfEach() {
        AdtFeed strict = new AdtFeed(
                "pas", hospital, AdtFeedOptions.defaults().withBedStatusCodes(Map.of("X", StatedBedStatus.CLOSED)));
        AdtFeed other = new AdtFeed(
                "bionet", hospital, AdtFeedOptions.defaults().withBedStatusCodes(Map.of("X", StatedBedStatus.CLOSED)));
        receive(strict, bedStatus("1", "K"));
        receive(strict, bedStatus("2", "?"));
        receive(strict, bedStatus("3", "U"));
        receive(other, bedStatus("4", "K"));

        Map<String, AdtFeed.Replay> answers = feed.replayAll(hospital.view().quarantine(), this::text)
                .toCompletableFuture()
                .join();

        assertThat(answers.values())
                .hasSize(3)
                .element(1)
                .isInstanceOfSatisfying(
                        AdtFeed.Replay.StillWrong.class,
                        wrong -> assertThat(wrong.cause().code()).isEqualTo(Code.BED_STATUS_UNKNOWN));
        assertThat(hospital.view().quarantine())
                .extracting(QuarantineEntry::messageId)
                .containsExactly("2", "4");
        // Contaminated first, then said clean.
        assertThat(hospital.bed("12P").status().contaminated()).isFalse();
    }

    @Test
    void shouldReplayAMessageWhoseVisitWentOn() {
        receive(
                feed,
                Adt.of("A02")
                        .numbered("lost")
                        .stated("20240307080000")
                        .zbe("2^PAS", "20240307080000", "INSERT", "", ""));
        QuarantineEntry kept = hospital.view().quarantine().getFirst();
        receive(feed, Adt.of("A01").at("CARD^CH12^P").zbe("1^PAS", "20240306080000", "INSERT", "", ""));
        receive(
                feed,
                Adt.of("A02")
                        .at("CARD^CH12^F")
                        .stated("20240308080000")
                        .zbe("3^PAS", "20240308080000", "INSERT", "", ""));

        String mended = text(kept).replace("|INSERT|N|||", "|INSERT|N||GERI|");
        assertThat(feed.replay(kept.id(), mended).toCompletableFuture().join())
                .isInstanceOf(AdtFeed.Replay.Answered.class);

        Stay stay = hospital.stay("V1");
        assertThat(stay.timeline().movements()).hasSize(3);
        assertThat(stay.location()).isNotNull();
        assertThat(stay.location().bed()).isEqualTo(new BedId("12F"));
        assertThat(hospital.view().quarantine()).isEmpty();
    }

    @Test
    void shouldReadJournalsThatKeptNoCause() throws Exception {
        String old =
                "{\"at\":\"2024-03-06T10:00:00Z\",\"message\":{\"id\":\"Q-1\",\"feed\":\"pas\",\"messageId\":\"1\","
                        + "\"receivedAt\":\"2024-03-06T10:00:00Z\",\"reason\":\"no MSH segment\",\"text\":\"hello\"}}";

        BedEvent.MessageQuarantined read = ChevetJson.mapper().readValue(old, BedEvent.MessageQuarantined.class);

        assertThat(read.message().cause()).isNull();
        assertThat(read.message().reason()).isEqualTo("no MSH segment");
    }

    private static Adt bedStatus(String id, String status) {
        return Adt.of("A20").numbered(id).withoutVisit().segment("NPU|CARD^CH12^P|" + status);
    }

    private String text(QuarantineEntry entry) {
        return hospital.events.stream()
                .filter(BedEvent.MessageQuarantined.class::isInstance)
                .map(event -> ((BedEvent.MessageQuarantined) event).message())
                .filter(message -> message.id().equals(entry.id()))
                .findFirst()
                .orElseThrow()
                .text();
    }

    private static void receive(AdtFeed feed, Adt message) {
        byte[] answer = feed.receive(message.bytes()).toCompletableFuture().join();
        assertThat(new String(answer, StandardCharsets.UTF_8)).contains("MSA|");
    }
}
