package org.chevet.feed.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.chevet.event.BedRequest;
import org.chevet.event.Location;
import org.chevet.event.MovementKind;
import org.chevet.event.PatientClass;
import org.chevet.feed.FeedCounts;
import org.chevet.hospital.BedId;
import org.chevet.hospital.Patient;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.Sex;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.Stay;
import org.chevet.occupancy.StayStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The triggers of IHE PAM and of its French profile, each with the one that takes it back. */
class PamProfileTest {
    private static final Location CARDIO = new Location(new ServiceId("CARDIO"), null);
    private static final Location CARDIO_12P = new Location(new ServiceId("CARDIO"), new BedId("12P"));
    private static final Location CARDIO_12F = new Location(new ServiceId("CARDIO"), new BedId("12F"));

    private final TestHospital hospital = new TestHospital();
    private final AdtFeed feed = new AdtFeed("pas", hospital, AdtFeedOptions.defaults());

    /** What the profile pairs, with ZBE: after the second nothing is left of the first. */
    @ParameterizedTest
    @CsvSource({
        "A02, A12",
        "A03, A13",
        "A06, A07",
        "A07, A06",
        "A15, A26",
        "A16, A25",
        "A21, A52",
        "A22, A53",
        "A54, A55",
        "A01, A11",
        "A04, A11",
        "A05, A38",
        "A14, A27"
    })
    void shouldTakeBackWhatWasStatedInEitherOrder(String insert, String cancel) {
        boolean opens = List.of("A01", "A04", "A05", "A14").contains(insert);
        Adt stated = Adt.of(insert)
                .at("CARD^CH12^F")
                .planned("20240320")
                .stated("20240307080000")
                .zbe("2^PAS", "20240307080000", "INSERT", "", "");
        Adt takenBack = Adt.of(cancel)
                .at("CARD^CH12^P")
                .stated("20240308080000")
                .zbe("2^PAS", "20240307080000", "CANCEL", insert, "");

        List<Object> before = new ArrayList<>();
        for (boolean inOrder : new boolean[] {true, false}) {
            TestHospital other = new TestHospital();
            AdtFeed its = new AdtFeed("pas", other, AdtFeedOptions.defaults());
            if (!opens) {
                receive(its, Adt.of("A01").at("CARD^CH12^P").zbe("1^PAS", "20240306080000", "INSERT", "", ""));
            }
            List<Object> known = opens ? List.of(StayStatus.CANCELLED) : seen(other);
            assertThat(receive(its, inOrder ? stated : takenBack)).contains("MSA|AA|");
            boolean moves = !List.of("A54", "A15").contains(insert) && inOrder;
            if (moves) {
                assertThat(opens ? List.of(other.stay("V1").status()) : seen(other))
                        .isNotEqualTo(known);
            }
            assertThat(receive(its, inOrder ? takenBack : stated)).contains("MSA|AA|");
            assertThat(opens ? List.of(other.stay("V1").status()) : seen(other)).isEqualTo(known);
            assertThat(other.view().requests()).isEmpty();
            before.addAll(known);
        }
        assertThat(before).isNotEmpty();
    }

    private static List<Object> seen(TestHospital hospital) {
        Stay stay = hospital.stay("V1");
        return List.of(
                stay.status(),
                String.valueOf(stay.location()),
                stay.currentClass(),
                String.valueOf(stay.expectedDischarge()),
                stay.timeline().movements());
    }

    @Test
    void shouldAwaitWhoIsToComeOnA14() {
        receive(Adt.of("A14").at("CARD").planned("20240312090000"));

        assertThat(stay().status()).isEqualTo(StayStatus.EXPECTED);
        assertThat(stay().expectedArrival()).isEqualTo(Instant.parse("2024-03-12T08:00:00Z"));
    }

    @Test
    void shouldAskForABedOnA15UntilThePatientHasMoved() {
        receive(Adt.of("A01").at("GERI^CH31^P"));
        receive(Adt.of("A15").pv1(42, "CARD").planned("20240307150000").stated("20240306150000"));
        assertThat(hospital.view().requests()).hasSize(1);
        BedRequest asked = hospital.view().requests().getFirst().request();
        assertThat(asked.stay()).isEqualTo(stay().id());
        assertThat(asked.service()).isEqualTo(new ServiceId("CARDIO"));
        assertThat(asked.neededAt()).isEqualTo(Instant.parse("2024-03-07T14:00:00Z"));

        receive(Adt.of("A15").pv1(42, "URG").planned("20240307160000").stated("20240306160000"));
        assertThat(hospital.view().requests()).hasSize(1);
        assertThat(hospital.view().requests().getFirst().request().service()).isEqualTo(new ServiceId("UHCD"));

        receive(Adt.of("A15").pv1(42, "CARD").planned("20240307150000").stated("20240306170000"));
        receive(Adt.of("A02").at("CARD^CH12^P").stated("20240307150500"));
        assertThat(hospital.view().requests()).isEmpty();
        receive(Adt.of("A15")
                .pv1(42, "CARD")
                .planned("20240307150000")
                .stated("20240306170000")
                .numbered("late"));
        assertThat(hospital.view().requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"A44", "A45"})
    void shouldGiveAVisitToAnotherPatientWhole(String trigger) {
        receive(Adt.of("A01").at("CARD^CH12^P"));
        receive(Adt.of(trigger)
                .patient("000009^^^CHU^PI||MARTIN")
                .stated("20240307080000")
                .segment("MRG|000003^^^CHU^PI"));

        assertThat(stay().knownPatient()).isEqualTo(new Patient("000009^^^CHU", "MARTIN", null, Sex.UNKNOWN, null));
        assertThat(stay().location()).isEqualTo(CARDIO_12P);
        receive(Adt.of("Z99").stated("20240306120000"));
        assertThat(stay().knownPatient().familyName()).isEqualTo("MARTIN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"A40", "A47", "A34", "A18"})
    void shouldKnowAPatientByTheNumberThatStands(String trigger) {
        receive(Adt.of("A01").at("CARD^CH12^P"));
        receive(Adt.of(trigger)
                .withoutVisit()
                .patient("000009^^^CHU^PI||DURANT^Anne||19500328|F")
                .stated("20240307080000")
                .segment("MRG|000003^^^CHU^PI"));

        assertThat(stay().knownPatient())
                .isEqualTo(new Patient("000009^^^CHU", "DURANT", "Anne", Sex.FEMALE, LocalDate.of(1950, 3, 28)));
    }

    @Test
    void shouldJoinBothPersonsAndVisitsWhenAMessageNamesBoth() {
        receive(Adt.of("A01").at("CARD^CH12^P").pv1(19, "V0"));
        receive(Adt.of("A05").pv1(19, "V2").planned("20240320"));
        receive(Adt.of("A40")
                .patient("000009^^^CHU^PI||DURANT^Anne||19500328|F")
                .stated("20240307080000")
                .segment("MRG|000003^^^CHU^PI||||V0"));

        assertThat(stay().location()).isEqualTo(CARDIO_12P);
        assertThat(hospital.stay("V2").knownPatient().identifier()).isEqualTo("000009^^^CHU");
        assertThat(hospital.stay("V2").knownPatient().familyName()).isEqualTo("DURANT");
    }

    @Test
    void shouldRenameThePatientOfEveryStayOnA31() {
        receive(Adt.of("A01").at("CARD^CH12^P"));
        receive(Adt.of("A05").pv1(19, "V2").planned("20240320"));
        receive(Adt.of("A01").pv1(19, "V3").at("CARD").patient("000005^^^CHU^PI||AUTRE"));
        receive(Adt.of("A31")
                .withoutVisit()
                .patient("000003^^^CHU^PI||DUPOND^Anne||19500328|F")
                .stated("20240307080000"));

        assertThat(stay().knownPatient().familyName()).isEqualTo("DUPOND");
        assertThat(hospital.stay("V2").knownPatient().familyName()).isEqualTo("DUPOND");
        assertThat(hospital.stay("V3").knownPatient().familyName()).isEqualTo("AUTRE");
        assertThat(hospital.stay("V2").status()).isEqualTo(StayStatus.EXPECTED);
    }

    @Test
    void shouldMergeVisitsByTheirAccountsWhereTheseAreVisits() {
        receive(Adt.of("A01").at("CARD^CH12^P").pv1(19, "V0"));
        receive(Adt.of("A41")
                .withoutVisit()
                .patient("000003^^^CHU^PI||DURAND^Anne||19500328|F||||||||||V1^^^CHU^AN")
                .segment("MRG|000003||V0"));

        assertThat(stay().location()).isEqualTo(CARDIO_12P);
    }

    @Test
    void shouldReadEveryMovementOfAMessage() {
        assertThat(receive(Adt.of("A02")
                        .at("CARD^CH12^F")
                        .stated("20240308080000")
                        .zbe("3^PAS", "20240308070000", "INSERT", "", "CARD")
                        .zbe("1^PAS", "20240306080000", "INSERT", "", "URG")
                        .zbe("2^PAS", "20240307080000", "INSERT", "", "GERI")))
                .contains("MSA|AA|");

        assertThat(stay().timeline().movements())
                .extracting(movement -> String.valueOf(movement.to().service()))
                .containsExactly("UHCD", "GERIATRIE", "CARDIO");
        assertThat(stay().location()).isEqualTo(CARDIO_12F);
    }

    @ParameterizedTest
    @CsvSource({"-1, AA", "0, AA", "1, AE"})
    void shouldKeepTheLimitOfMovements(int tooMany, String code) {
        Adt message = Adt.of("A02").at("CARD");
        for (int i = 0; i < AdtReader.MOVEMENTS_MAX + tooMany; i++) {
            message.zbe("m" + i, "202403060800" + (10 + i % 50), "INSERT", "", "CARD");
        }
        assertThat(receive(message)).contains("MSA|" + code + "|");
    }

    @Test
    void shouldInsertIntoThePastAndCorrectInTheMiddle() {
        receive(Adt.of("A01").at("URG").zbe("1^PAS", "20240306080000", "INSERT", "", ""));
        receive(Adt.of("A02")
                .at("CARD^CH12^F")
                .stated("20240308080000")
                .zbe("3^PAS", "20240308080000", "INSERT", "", ""));
        receive(Adt.of("A02")
                .at("GERI^CH31^P")
                .stated("20240308090000")
                .segment("ZBE|2^PAS|20240307080000||INSERT|Y||||HMS"));
        assertThat(stay().location()).isEqualTo(CARDIO_12F);
        receive(Adt.of("Z99")
                .at("GERI^CH31^F")
                .stated("20240308100000")
                .segment("ZBE|2^PAS|20240307090000||UPDATE|Y|A02|||HMS"));
        assertThat(stay().location()).isEqualTo(CARDIO_12F);
        assertThat(stay().timeline().movements().get(1).to().bed()).isEqualTo(new BedId("31F"));
        receive(Adt.of("A12")
                .at("URG")
                .stated("20240308110000")
                .segment("ZBE|2^PAS|20240307090000||CANCEL|Y|A02|||HMS"));
        assertThat(stay().timeline().movements()).hasSize(2);
        assertThat(stay().location()).isEqualTo(CARDIO_12F);
    }

    @Test
    void shouldKeepACorrectionThatDoesNotSayWhereUntilItsMovementComes() {
        receive(Adt.of("Z99").stated("20240306120000").zbe("1^PAS", "20240306103000", "UPDATE", "A01", ""));
        assertThat(stay().status()).isEqualTo(StayStatus.EXPECTED);
        receive(Adt.of("A01")
                .at("CARD^CH12^P")
                .stated("20240306110000")
                .zbe("1^PAS", "20240306110000", "INSERT", "", ""));

        assertThat(stay().location()).isEqualTo(CARDIO_12P);
        assertThat(stay().timeline().movements().getFirst().at()).isEqualTo(Instant.parse("2024-03-06T09:30:00Z"));
    }

    @Test
    void shouldNotGuessTheNatureOfAMovementThatACorrectionDoesNotName() {
        receive(Adt.of("A01").at("CARD^CH12^P").zbe("1^PAS", "20240306080000", "INSERT", "", ""));
        receive(Adt.of("Z99")
                .at("CARD^CH12^P")
                .stated("20240308120000")
                .zbe("2^PAS", "20240308100000", "UPDATE", "", ""));
        assertThat(stay().timeline().movements()).hasSize(1);
        receive(Adt.of("A03").stated("20240308110000").zbe("2^PAS", "20240308110000", "INSERT", "", ""));

        assertThat(stay().status()).isEqualTo(StayStatus.ENDED);
        assertThat(stay().timeline().movements().getLast().at()).isEqualTo(Instant.parse("2024-03-08T09:00:00Z"));
    }

    @Test
    void shouldTellMovementsOfTwoAuthoritiesApart() {
        receive(Adt.of("A01").at("URG").zbe("1^PAS", "20240306080000", "INSERT", "", ""));
        receive(Adt.of("A02").at("CARD").stated("20240307080000").zbe("1^OTHER", "20240307080000", "INSERT", "", ""));

        assertThat(stay().timeline().movements()).hasSize(2);
        assertThat(stay().location()).isEqualTo(CARDIO);
    }

    @Test
    void shouldTakeSeveralMessagesOfOneMovementForOne() {
        receive(Adt.of("A01").at("CARD").zbe("1^PAS", "20240306080000", "INSERT", "", ""));
        receive(Adt.of("A01")
                .at("CARD^CH12^P")
                .stated("20240306120000")
                .zbe("1^PAS", "20240306080000", "INSERT", "", ""));

        assertThat(stay().timeline().movements())
                .singleElement()
                .satisfies(movement -> assertThat(movement.kind()).isEqualTo(MovementKind.ADMISSION));
        assertThat(stay().location()).isEqualTo(CARDIO_12P);
    }

    @Test
    void shouldLeaveOutWhoOnlyComesToAConsultationUnlessTheyGetABed() {
        receive(Adt.of("A03").pv1(2, "O").stated("20240308090000").zbe("3^PAS", "20240308090000", "INSERT", "", ""));
        receive(Adt.of("A04").at("CONSULT").pv1(2, "O").zbe("1^PAS", "20240306080000", "INSERT", "", ""));
        receive(Adt.of("A02")
                .at("RADIO")
                .pv1(2, "O")
                .stated("20240306090000")
                .zbe("2^PAS", "20240306090000", "INSERT", "", ""));
        assertThat(stay().status()).isEqualTo(StayStatus.EXPECTED);
        assertThat(hospital.view().census().admitted()).isZero();
        assertThat(hospital.view().anomalies()).isEmpty();

        receive(Adt.of("A06")
                .at("CARD^CH12^P")
                .pv1(6, "RADIO")
                .stated("20240306100000")
                .zbe("4^PAS", "20240306100000", "INSERT", "", ""));
        assertThat(stay().status()).isEqualTo(StayStatus.ENDED);
        assertThat(hospital.view().census().admitted()).isEqualTo(1);
        receive(Adt.of("A07").at("RADIO").stated("20240308100000").zbe("4^PAS", "20240306100000", "CANCEL", "A06", ""));
        assertThat(stay().status()).isEqualTo(StayStatus.EXPECTED);
        assertThat(hospital.view().census().admitted()).isZero();
    }

    @Test
    void shouldKeepWhatAMessageLeavesOutOfThePapersWhateverTheirOrder() {
        receive(Adt.of("A08").patient("1||NEUVE").stated("20240308080000"));
        receive(Adt.of("A01").at("CARD").patient("1||ANCIEN^Zoë||19600101|F").stated("20240306080000"));
        receive(Adt.of("A08").patient("1||MOYEN^Léa||").stated("20240307080000"));

        assertThat(stay().knownPatient())
                .isEqualTo(new Patient("1", "NEUVE", "Léa", Sex.FEMALE, LocalDate.of(1960, 1, 1)));
        assertThat(stay().currentClass()).isEqualTo(PatientClass.INPATIENT);
    }

    @Test
    void shouldHoldTheLatestPlanWhateverTheirOrder() {
        receive(Adt.of("A16").planned("202403101200").stated("20240308080000"));
        receive(Adt.of("A16").planned("202403111200").stated("20240307080000"));
        receive(Adt.of("A16").planned("202403101200").stated("20240306080000"));

        assertThat(stay().expectedDischarge()).isEqualTo(Instant.parse("2024-03-10T11:00:00Z"));
        receive(Adt.of("A25").stated("20240307120000"));
        assertThat(stay().expectedDischarge()).isNotNull();
    }

    @Test
    void shouldCountByWhatBecameOfAMessage() {
        receive(Adt.of("A01").at("CARD"));
        receive(Adt.of("A01").at("CARD"));
        receive(Adt.of("A28").withoutVisit());
        receive(Adt.of("A54"));
        receive(Adt.of("A01").pv1(19, ""));
        receive(Adt.of("Z42"));
        for (String type : List.of("ORU^R01", "MDM^T02", "SIU^S12", "ORM^O01", "BAR^P01", "DFT^P03")) {
            assertThat(text(feed.receive(("MSH|^~\\&|X|Y|||20240306||" + type + "|" + type + "|P|2.5\rPID|1\r")
                                    .getBytes(StandardCharsets.UTF_8))
                            .toCompletableFuture()
                            .join()))
                    .contains("MSA|AA|");
        }

        FeedCounts counts = feed.status().counts();
        assertThat(counts)
                .isEqualTo(new FeedCounts(
                        12,
                        2,
                        1,
                        Map.of(
                                FeedCounts.Ignored.NO_BED,
                                2L,
                                FeedCounts.Ignored.UNKNOWN_TRIGGER,
                                1L,
                                FeedCounts.Ignored.OTHER_TYPE,
                                6L),
                        1,
                        Map.of("Z42", 1L)));
    }

    @ParameterizedTest
    @CsvSource({"-1, false", "0, false", "1, true"})
    void shouldNameOnlySoManyUnknownTriggers(int tooMany, boolean others) {
        for (int i = 0; i < FeedCounts.TRIGGERS_MAX + tooMany; i++) {
            receive(Adt.of("Y" + (10 + i)));
        }
        Map<String, Long> unknown = feed.status().counts().unknownTriggers();
        assertThat(unknown.containsKey(FeedCounts.OTHER_TRIGGERS)).isEqualTo(others);
        receive(Adt.of("not a trigger"));
        assertThat(feed.status().counts().unknownTriggers()).containsKey(FeedCounts.OTHER_TRIGGERS);
        assertThat(hospital.view().quarantine()).isEmpty();
    }

    @Test
    void shouldSayWhichEventCancelsWhatAZ99CannotCancel() {
        assertThat(receive(Adt.of("Z99").zbe("9^PAS", "20240306120000", "CANCEL", "A02", "")))
                .contains("MSA|AE|")
                .contains("send an A12 with ZBE-4 = CANCEL");
        HospitalView.QuarantineEntry kept = hospital.view().quarantine().getFirst();
        assertThat(kept.cause()).isNotNull();
        assertThat(kept.cause().details()).containsEntry("instead", "A12");
    }

    private Stay stay() {
        return hospital.stay("V1");
    }

    private String receive(Adt message) {
        return receive(feed, message);
    }

    private static String receive(AdtFeed feed, Adt message) {
        return text(feed.receive(message.bytes()).toCompletableFuture().join());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
