package org.chevet.feed.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.chevet.event.Anomaly;
import org.chevet.event.Command;
import org.chevet.event.Ending;
import org.chevet.event.Location;
import org.chevet.event.Movement;
import org.chevet.event.MovementKind;
import org.chevet.event.Origin;
import org.chevet.event.PatientClass;
import org.chevet.event.StatedBedStatus;
import org.chevet.hospital.BedId;
import org.chevet.hospital.Patient;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.Sex;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.Stay;
import org.chevet.occupancy.StayStatus;
import org.chevet.runtime.Answer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdtFeedTest {
    private static final StayId V1 = new StayId("V1");
    private static final Location CARDIO_12P = new Location(new ServiceId("CARDIO"), new BedId("12P"));
    private static final Location CARDIO_12F = new Location(new ServiceId("CARDIO"), new BedId("12F"));
    private static final Location CARDIO = new Location(new ServiceId("CARDIO"), null);

    private final TestHospital hospital = new TestHospital();
    private final AdtFeed feed = new AdtFeed("pas", hospital, AdtFeedOptions.defaults());

    @Test
    void shouldRegisterAndAdmitOnA01() {
        assertThat(receive(Adt.of("A01").at("CARD^CH12^P").occurred("20240306110000")))
                .contains("MSA|AA|M1");

        assertThat(hospital.lastReported()).hasSize(2);
        assertThat(hospital.lastReported().getFirst()).isInstanceOfSatisfying(Command.ReportStay.class, stay -> {
            assertThat(stay.papers().patient())
                    .isEqualTo(new Patient("000003^^^CHU", "DURAND", "Anne", Sex.FEMALE, LocalDate.of(1950, 3, 28)));
            assertThat(stay.papers().patientClass()).isEqualTo(PatientClass.INPATIENT);
            assertThat(stay.papers().assumedSpecialty()).isEqualTo("CAR");
        });
        assertThat(hospital.lastReported().getLast())
                .isEqualTo(new Command.ReportMovement(
                        V1,
                        new Movement(
                                "ADMISSION.20240306T100000Z.CARD",
                                MovementKind.ADMISSION,
                                Instant.parse("2024-03-06T10:00:00Z"),
                                CARDIO_12P,
                                PatientClass.INPATIENT,
                                Instant.parse("2024-03-06T10:11:54Z"),
                                null),
                        null));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "CARD^CH12^P, CARDIO, 12P, -", // as the hospital's file says
                "CARD^12^P, CARDIO, 12P, -", // room and label
                "CARD^^12P, CARDIO, 12P, -", // the bed's own number
                "card^^12-P, CARDIO, 12P, -",
                "6268^12^12F, CARDIO, 12F, -", // by the unit's other code
                "CARDIO^^12F, CARDIO, 12F, -", // by the service's number
                "CARD^14, CARDIO, 14, -", // a single room
                "^^31F, GERIATRIE, 31F, -", // a bed's number alone
                "CARD^12, CARDIO, -, -", // no bed yet
                "CARD, CARDIO, -, -",
                "CARD^12^X, CARDIO, -, CARD^12^X",
                "CARD^99, CARDIO, -, CARD^99^", // no such room
                "DERMATO^1^A, -, -, DERMATO^1^A",
                "DERMATO^1^31F, -, -, DERMATO^1^31F", // a bed's number does not count in another unit
                "'', -, -, -"
            })
    void shouldFindThePlaceOfTheHospitalsFile(
            String stated, @Nullable String service, @Nullable String bed, @Nullable String unmapped) {
        receive(Adt.of("A01").at(stated));

        Command.ReportMovement report =
                (Command.ReportMovement) hospital.lastReported().getLast();
        assertThat(report.movement().to())
                .isEqualTo(new Location(
                        service == null ? null : new ServiceId(service), bed == null ? null : new BedId(bed)));
        assertThat(report.unmapped()).isEqualTo(unmapped);
    }

    @Test
    void shouldFindTheUnitInTheMovementSegmentWhenTheLocationIsEmpty() {
        receive(Adt.of("A01")
                .zbe("312^CHU-X^000897406", "20240306110000", "INSERT", "", "Chir V^^^^^CHU-X&1&N^UF^^^6268"));

        Movement movement = ((Command.ReportMovement) hospital.lastReported().getLast()).movement();
        assertThat(movement.id()).isEqualTo("312.CHU-X");
        assertThat(movement.to()).isEqualTo(CARDIO);
    }

    @Test
    void shouldTransferOnA02() {
        receive(Adt.of("A01").at("CARD^CH12^P"));
        receive(Adt.of("A02").at("CARD^CH12^F").stated("20240307080000"));

        assertThat(stay().location()).isEqualTo(CARDIO_12F);
        assertThat(hospital.lastReported()).hasSize(1);
        assertThat(receive(Adt.of("A02").stated("20240307090000")))
                .contains("MSA|AE|")
                .contains("ERR||PV1^1^3|101^");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, -, false, DISCHARGED",
                "01, -, -, false, DISCHARGED",
                "3, -, -, false, DISCHARGED", // French: on medical advice, not to a nursing home
                "02, -, -, false, TRANSFERRED_OUT",
                "20, -, -, false, DIED",
                "-, 750000018, -, false, TRANSFERRED_OUT",
                "-, -, 9, false, DIED",
                "-, -, 7, false, TRANSFERRED_OUT",
                "-, -, 8, false, DISCHARGED",
                "01, -, -, true, DIED"
            })
    void shouldSayHowAStayEnded(
            @Nullable String disposition, @Nullable String to, @Nullable String mode, boolean dead, Ending ending) {
        receive(Adt.of("A01").at("CARD^CH12^P"));
        Adt message = Adt.of("A03")
                .stated("20240308090000")
                .pv1(36, disposition == null ? "" : disposition)
                .pv1(37, to == null ? "" : to)
                .segment("ZFM||" + (mode == null ? "" : mode));
        receive(dead ? message.dead() : message);

        assertThat(stay().status()).isEqualTo(StayStatus.ENDED);
        assertThat(stay().ending()).isEqualTo(ending);
    }

    @Test
    void shouldRegisterOnlyWhenAnOutpatientGoesToAPlaceWithoutBeds() {
        receive(Adt.of("A04").at("CONSULT").pv1(2, "O"));
        assertThat(hospital.lastReported()).hasSize(1).first().isInstanceOf(Command.ReportStay.class);

        assertThat(receive(Adt.of("A03").pv1(2, "O").stated("20240306150000"))).contains("MSA|AA|");
        assertThat(stay().status()).isEqualTo(StayStatus.EXPECTED);
        assertThat(hospital.view().anomalies()).isEmpty();
    }

    @Test
    void shouldAdmitToTheEmergencyDepartmentOnA04() {
        receive(Adt.of("A04").at("URG").pv1(2, "E"));

        assertThat(stay().status()).isEqualTo(StayStatus.PRESENT);
        assertThat(stay().currentClass()).isEqualTo(PatientClass.EMERGENCY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A06", "A02", "A01"})
    void shouldKnowWhoIsAtAnEmergencyDepartmentThatIsNoService(String hospitalised) {
        receive(Adt.of("A04").at("SAU").pv1(2, "E"));
        receive(Adt.of("A04").at("SAU").pv1(2, "E").pv1(19, "V2"));
        receive(Adt.of("A04").at("SAU").pv1(19, "V3"));

        assertThat(hospital.view().elsewhere()).extracting(Stay::id).containsExactly(V1, new StayId("V2"));
        assertThat(stay().currentClass()).isEqualTo(PatientClass.EMERGENCY);
        assertThat(hospital.view().anomalies()).isEmpty();
        assertThat(hospital.stay("V3").status())
                .as("nobody said that they are an emergency")
                .isEqualTo(StayStatus.EXPECTED);

        receive(Adt.of(hospitalised).at("CARD^CH12^P").pv1(6, "SAU").stated("20240306140000"));
        receive(Adt.of("A03").at("SAU").pv1(2, "E").pv1(19, "V2").stated("20240306150000"));

        assertThat(stay().location()).isEqualTo(CARDIO_12P);
        assertThat(stay().currentClass()).isEqualTo(PatientClass.INPATIENT);
        assertThat(hospital.stay("V2").status()).isEqualTo(StayStatus.ENDED);
        assertThat(hospital.view().elsewhere()).isEmpty();
        assertThat(hospital.view().anomalies()).isEmpty();
    }

    @Test
    void shouldAwaitAPreadmittedPatientUntilTheAdmissionOrItsCancellation() {
        receive(Adt.of("A05").at("CARD").pv2(8, "20240310080000"));
        assertThat(stay().expectedArrival()).isEqualTo(Instant.parse("2024-03-10T07:00:00Z"));
        receive(Adt.of("A01").at("CARD^CH12^P").stated("20240310081500"));
        assertThat(stay().status()).isEqualTo(StayStatus.PRESENT);

        receive(Adt.of("A11").at("CARD^CH12^P").stated("20240310090000"));
        assertThat(stay().status()).isEqualTo(StayStatus.CANCELLED);

        receive(Adt.of("A05").pv1(19, "V2").planned("20240312"));
        assertThat(hospital.stay("V2").expectedArrival()).isEqualTo(Instant.parse("2024-03-12T11:00:00Z"));
        receive(Adt.of("A38").pv1(19, "V2").stated("20240310100000"));
        assertThat(hospital.stay("V2").status()).isEqualTo(StayStatus.CANCELLED);
    }

    @Test
    void shouldChangeToInpatientAndBack() {
        receive(Adt.of("A04").at("URG").pv1(2, "E"));
        receive(Adt.of("A06").at("CARD^CH12^P").pv1(6, "URG").stated("20240306140000"));
        assertThat(stay().currentClass()).isEqualTo(PatientClass.INPATIENT);
        assertThat(stay().location()).isEqualTo(CARDIO_12P);

        receive(Adt.of("A07").at("CONSULT").pv1(2, "O").stated("20240307140000"));
        assertThat(stay().currentClass()).isEqualTo(PatientClass.OUTPATIENT);
        assertThat(stay().location()).isEqualTo(Location.ELSEWHERE);
        assertThat(hospital.bed("12P").occupants()).isEmpty();
    }

    @Test
    void shouldReadTheActionAndNotTheEventAloneWhenAnA06IsCancelled() {
        receive(Adt.of("A04").at("URG").pv1(2, "E").zbe("1^PAS", "20240306110000", "INSERT", "", ""));
        receive(Adt.of("A06")
                .at("CARD^CH12^P")
                .pv1(6, "URG")
                .stated("20240306140000")
                .zbe("2^PAS", "20240306140000", "INSERT", "", ""));
        receive(Adt.of("A07")
                .at("URG")
                .pv1(2, "E")
                .stated("20240306150000")
                .zbe("2^PAS", "20240306140000", "CANCEL", "A06", ""));

        assertThat(stay().location()).isEqualTo(new Location(new ServiceId("UHCD"), null));
        assertThat(stay().currentClass()).isEqualTo(PatientClass.EMERGENCY);
        assertThat(hospital.lastReported())
                .containsExactly(new Command.ReportCancellation(
                        V1,
                        "2.PAS",
                        List.of(MovementKind.TRANSFER, MovementKind.ADMISSION),
                        Instant.parse("2024-03-06T13:00:00Z"),
                        Instant.parse("2024-03-06T14:00:00Z")));
    }

    @Test
    void shouldCorrectAMovementByItsNumberOnZ99() {
        receive(Adt.of("A01").at("CARD").zbe("1^PAS", "20240306110000", "INSERT", "", ""));
        assertThat(stay().location()).isEqualTo(CARDIO);

        receive(Adt.of("Z99")
                .at("CARD^CH12^P")
                .stated("20240306120000")
                .zbe("1^PAS", "20240306103000", "UPDATE", "A01", ""));

        assertThat(hospital.lastReported()).hasSize(2).last().isInstanceOf(Command.ReportCorrection.class);
        assertThat(stay().location()).isEqualTo(CARDIO_12P);
        assertThat(stay().timeline().movements())
                .hasSize(1)
                .first()
                .satisfies(movement -> assertThat(movement.at()).isEqualTo(Instant.parse("2024-03-06T09:30:00Z")));
    }

    @Test
    void shouldKeepThePlaceWhenACorrectionDoesNotNameOne() {
        receive(Adt.of("A01").at("CARD^CH12^P").zbe("1^PAS", "20240306110000", "INSERT", "", ""));
        receive(Adt.of("Z99").stated("20240306120000").zbe("1^PAS", "20240306103000", "UPDATE", "A01", ""));

        assertThat(stay().location()).isEqualTo(CARDIO_12P);
    }

    @Test
    void shouldCorrectAMovementOfUnstatedKindByWhatIsKnown() {
        receive(Adt.of("A01").at("CARD^CH12^P").zbe("1^PAS", "20240306110000", "INSERT", "", ""));
        receive(Adt.of("A03").stated("20240308110000").zbe("2^PAS", "20240308110000", "INSERT", "", ""));
        receive(Adt.of("Z99").stated("20240308120000").zbe("2^PAS", "20240308100000", "UPDATE", "", ""));

        assertThat(stay().status()).isEqualTo(StayStatus.ENDED);
        assertThat(stay().timeline().movements().getLast().at()).isEqualTo(Instant.parse("2024-03-08T09:00:00Z"));
    }

    @Test
    void shouldUpdateTheStayOnAZ99WithoutAMovement() {
        receive(Adt.of("A01").at("CARD^CH12^P"));
        receive(Adt.of("Z99")
                .patient("000003^^^CHU^PI||DUPOND^Anne||19500328|F")
                .stated("20240306120000"));

        assertThat(stay().knownPatient().familyName()).isEqualTo("DUPOND");
        assertThat(receive(Adt.of("Z99").zbe("9^PAS", "20240306120000", "CANCEL", "A02", "")))
                .contains("MSA|AE|");
    }

    @Test
    void shouldCancelATransferAndADischarge() {
        receive(Adt.of("A01").at("CARD^CH12^P"));
        receive(Adt.of("A02").at("CARD^CH12^F").stated("20240307080000"));
        receive(Adt.of("A03").stated("20240308080000"));
        assertThat(stay().status()).isEqualTo(StayStatus.ENDED);
        receive(Adt.of("A13").stated("20240308090000").at("CARD^CH12^F"));
        assertThat(stay().location()).isEqualTo(CARDIO_12F);
        receive(Adt.of("A12").stated("20240308100000").at("CARD^CH12^P"));
        assertThat(stay().location()).isEqualTo(CARDIO_12P);
    }

    @Test
    void shouldPlanAndWithdrawADischarge() {
        receive(Adt.of("A01").at("CARD^CH12^P"));
        receive(Adt.of("A16").planned("20240309").stated("20240307080000"));
        assertThat(stay().expectedDischarge()).isEqualTo(Instant.parse("2024-03-09T11:00:00Z"));
        receive(Adt.of("A16").pv2(9, "20240310150000").stated("20240307090000"));
        assertThat(stay().expectedDischarge()).isEqualTo(Instant.parse("2024-03-10T14:00:00Z"));
        receive(Adt.of("A25").stated("20240307100000"));
        assertThat(stay().expectedDischarge()).isNull();
        assertThat(receive(Adt.of("A16").numbered("M9"))).contains("MSA|AE|M9|EVN-3");
    }

    @Test
    void shouldTakeTheExpectedDischargeFromAnAdmissionToo() {
        receive(Adt.of("A01").at("CARD^CH12^P").pv2(9, "20240310080000"));

        assertThat(stay().expectedDischarge()).isEqualTo(Instant.parse("2024-03-10T07:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({"C, CLOSED", "H, HOUSEKEEPING", "K, CONTAMINATED", "U, UNOCCUPIED", "O, OCCUPIED", "I, ISOLATED"})
    void shouldReportBedStatusOnA20(String code, StatedBedStatus status) {
        String answer = receive(Adt.of("A20").withoutVisit().segment("NPU|CARD^CH12^P|" + code));

        assertThat(answer).contains("MSA|AA|");
        assertThat(hospital.lastReported())
                .containsExactly(
                        new Command.ReportBedStatus(new BedId("12P"), status, Instant.parse("2024-03-06T10:11:54Z")));
    }

    @Test
    void shouldReadTheSitesOwnBedStatusCodes() {
        AdtFeed own = new AdtFeed(
                "pas",
                hospital,
                AdtFeedOptions.defaults().withBedStatusCodes(Map.of("SALE", StatedBedStatus.CONTAMINATED)));
        assertThat(receive(
                        own,
                        Adt.of("A20")
                                .withoutVisit()
                                .segment("NPU|CARD^CH12^P|SALE")
                                .bytes()))
                .contains("MSA|AA|");
        assertThat(receive(
                        own,
                        Adt.of("A20")
                                .withoutVisit()
                                .segment("NPU|CARD^CH12^P|U")
                                .bytes()))
                .contains("MSA|AE|")
                .contains("ERR||NPU^1^2|103^");
        assertThat(receive(
                        own,
                        Adt.of("A20")
                                .withoutVisit()
                                .segment("NPU|CARD^CH99^P|SALE")
                                .bytes()))
                .contains("ERR||NPU^1^1|204^");
    }

    @Test
    void shouldMergeVisits() {
        receive(Adt.of("A01").at("CARD^CH12^P").pv1(19, "V0"));
        receive(Adt.of("A42").segment("MRG|||||V0"));
        assertThat(hospital.lastReported())
                .containsExactly(new Command.ReportMerge(new StayId("V0"), V1, Instant.parse("2024-03-06T10:11:54Z")));
    }

    @Test
    void shouldIgnoreAndAcknowledgeWhatDoesNotConcernBeds() {
        assertThat(receive(Adt.of("A28").withoutVisit())).contains("MSA|AA|M1");
        assertThat(receive(Adt.of("A54"))).contains("MSA|AA|M1");
        String result = "MSH|^~\\&|LAB|CHU|||20240306||ORU^R01|7|P|2.3\rPID|1\r";
        assertThat(receive(result))
                .contains("MSA|AA|7")
                .contains("|ACK^R01^ACK|")
                .contains("|2.3\r");
        assertThat(hospital.reported).isEmpty();
        assertThat(feed.status().ignored()).isEqualTo(3);
    }

    @Test
    void shouldTakeTheSpecialtyFromTheMessageWhenTheHospitalHasIt() {
        receive(Adt.of("A01").at("CARD^CH12^P").pv1(10, "GER"));
        assertThat(stay().needs().specialty()).isEqualTo("GER");
        receive(Adt.of("A08").pv1(10, "XXX").stated("20240306120000"));
        assertThat(stay().needs().specialty()).isEqualTo("GER");
        receive(Adt.of("A08").pv1(10, "CAR").stated("20240306130000"));
        assertThat(stay().needs().specialty()).isEqualTo("CAR");
    }

    static Stream<Adt> everyTrigger() {
        String numbered = "PAS";
        return Stream.of(
                Adt.of("A01").at("CARD^CH12^P"),
                Adt.of("A02").at("CARD^CH12^F"),
                Adt.of("A03").pv1(36, "02"),
                Adt.of("A04").at("URG").pv1(2, "E"),
                Adt.of("A05").pv2(8, "20240310080000"),
                Adt.of("A06").at("CARD^CH12^P"),
                Adt.of("A07").at("CONSULT").pv1(2, "O"),
                Adt.of("A08"),
                Adt.of("A11"),
                Adt.of("A12"),
                Adt.of("A13"),
                Adt.of("A16").planned("20240320"),
                Adt.of("A20").withoutVisit().segment("NPU|CARD^CH12^F|K"),
                Adt.of("A21"),
                Adt.of("A22"),
                Adt.of("A25"),
                Adt.of("A31"),
                Adt.of("A38"),
                Adt.of("A42").segment("MRG|||||V0"),
                Adt.of("A01").at("CARD").zbe("7^" + numbered, "20240306110000", "INSERT", "", ""),
                Adt.of("A12").at("CARD").zbe("7^" + numbered, "20240306110000", "CANCEL", "A02", ""),
                Adt.of("A07").at("CARD").zbe("7^" + numbered, "20240306110000", "CANCEL", "A06", ""),
                Adt.of("Z99").at("CARD^CH12^F").zbe("7^" + numbered, "20240306110000", "UPDATE", "A02", ""),
                Adt.of("Z99"));
    }

    @ParameterizedTest
    @MethodSource("everyTrigger")
    void shouldChangeNothingWhenAMessageIsSentAgain(Adt message) {
        // A stay with a past, so that each event has something to act on, and something left to act on once more.
        receive(Adt.of("A01").at("CARD^CH14").stated("20240301080000").numbered("a"));
        receive(Adt.of("A02").at("CARD^CH12^P").stated("20240302080000").numbered("b"));
        receive(Adt.of("A02").at("GERI^CH31^P").stated("20240303080000").numbered("c"));
        receive(Adt.of("A02").at("GERI^CH31^F").stated("20240304080000").numbered("d"));
        String answer = receive(message.numbered("M1").stated("20240306111154"));
        assertThat(answer).contains("MSA|AA|M1");
        long digest = hospital.occupancy.digest();

        assertThat(receive(message)).contains("MSA|AA|M1");
        assertThat(hospital.occupancy.digest()).isEqualTo(digest);
        assertThat(receive(message.numbered("M2"))).contains("MSA|AA|M2");
        assertThat(hospital.occupancy.digest()).isEqualTo(digest);
        hospital.keys.clear();
        assertThat(receive(message.numbered("M1"))).contains("MSA|AA|M1");
        assertThat(hospital.occupancy.digest()).isEqualTo(digest);
    }

    @Test
    void shouldNotTakeANewMessageForAnOldOneWhenASenderCountsAnew() {
        receive(Adt.of("A01").at("CARD^CH12^P").numbered("1"));
        receive(Adt.of("A02").at("CARD^CH12^F").numbered("1").stated("20240307080000"));

        assertThat(stay().location()).isEqualTo(CARDIO_12F);
    }

    @Test
    void shouldGiveTheSameStateInAnyOrderOfArrival() {
        receive(Adt.of("A03").stated("20240308080000").zbe("3^PAS", "20240308080000", "INSERT", "", ""));
        receive(Adt.of("A02")
                .at("CARD^CH12^F")
                .stated("20240307080000")
                .zbe("2^PAS", "20240307080000", "INSERT", "", ""));
        receive(Adt.of("A13").stated("20240308090000").zbe("3^PAS", "20240308080000", "CANCEL", "A03", ""));
        receive(Adt.of("A01")
                .at("CARD^CH12^P")
                .stated("20240306080000")
                .zbe("1^PAS", "20240306080000", "INSERT", "", ""));

        assertThat(stay().location()).isEqualTo(CARDIO_12F);
        assertThat(hospital.view().anomalies()).isEmpty();
    }

    @Test
    void shouldQuarantineWhatItCannotApplyAndSayWhy() {
        String answer = receive(Adt.of("A01").pv1(19, "").at("CARD^CH12^P"));

        assertThat(answer)
                .contains("MSA|AE|M1|PV1-19 and PID-18 are empty")
                .contains("ERR||PV1^1^19|101^Required field missing^HL70357|E|")
                .doesNotContain("DURAND");
        HospitalView.QuarantineEntry kept = hospital.view().quarantine().getFirst();
        assertThat(kept.messageId()).isEqualTo("M1");
        assertThat(kept.feed()).isEqualTo("pas");
        assertThat(kept.reason()).startsWith("PV1-19 and PID-18 are empty");
        assertThat(((Command.QuarantineMessage) hospital.lastReported().getFirst())
                        .message()
                        .text())
                .contains("DURAND");
        assertThat(feed.status().quarantined()).isEqualTo(1);
    }

    static Stream<String> unreadable() {
        return Stream.of(
                "",
                "hello",
                "MSH",
                "MSH|",
                "MSH|^~\\&|||||||ADT^A01|1\rPV1",
                "MSH|^~\\&|||||||ADT|1|P|2.5\rPV1|1|I|||||||||||||||||V1",
                "MSH|^~\\&|||||||ADT^A01|1|P|2.5\rEVN||yesterday\rPV1|1|I|||||||||||||||||V1",
                "MSH|^~\\&|||||20240101||ADT^A01|1|P|2.5\rPV1|1|I|||||||||||||||||not a number",
                "MSH|^~\\&|||||20240101||ADT^A20|1|P|2.5\r",
                "PID|1\rMSH|^~\\&|||||20240101||ADT^A01|1|P|2.5\r");
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void shouldAnswerWhateverComes(String text) {
        String answer = receive(text);

        boolean ignored = text.contains("ADT|1");
        assertThat(answer).startsWith("MSH|").contains(ignored ? "\rMSA|AA|" : "\rMSA|AE|");
        assertThat(hospital.view().quarantine()).hasSize(ignored ? 0 : 1);
    }

    @ParameterizedTest
    @CsvSource({"-1, AA", "0, AA", "1, AE"})
    void shouldKeepTheLimitOfASegmentThatIsRead(int tooMany, String code) {
        String text = Adt.of("A01").at("CARD^^^").text();
        String segment = text.substring(text.indexOf("PV1"), text.indexOf("\rPV2"));
        String filler = "x".repeat(AdtReader.SEGMENT_CHARS_MAX - segment.length() + tooMany);

        assertThat(receive(text.replace("CARD^^^", "CARD^^^" + filler))).contains("MSA|" + code + "|");
        assertThat(receive(text + "OBX|" + filler.repeat(50))).contains("MSA|AA|");
    }

    @ParameterizedTest
    @CsvSource({"-1, AA", "0, AA", "1, AE"})
    void shouldKeepTheLimitOfSubcomponents(int tooMany, String code) {
        String filler = "&".repeat(AdtReader.SEGMENT_SUBCOMPONENTS_MAX + tooMany);

        assertThat(receive(Adt.of("A01").at("CARD^^^" + filler))).contains("MSA|" + code + "|");
    }

    @Test
    void shouldAskToSendAgainWhenNothingCanBeKept() {
        hospital.instead =
                CompletableFuture.completedFuture(new Answer.Unavailable("the journal fails", "Try again soon"));
        assertThat(receive(Adt.of("A01").at("CARD"))).contains("MSA|AR|M1|the journal fails. Try again soon");
        assertThat(receive(Adt.of("A01").pv1(19, ""))).contains("MSA|AR|M1|");
        hospital.instead = CompletableFuture.failedFuture(new IllegalStateException("DURAND"));
        assertThat(receive(Adt.of("A01").at("CARD"))).contains("MSA|AR|M1|").doesNotContain("DURAND");
        hospital.instead = null;
        assertThat(receive(Adt.of("A01").at("CARD"))).contains("MSA|AA|M1");
    }

    @Test
    void shouldNotLetOneMessageThatAlwaysFailsHoldUpAllOthers() {
        TestHospital sound = new TestHospital();
        AdtFeed patient = new AdtFeed("pas", new FailingDoor(sound), AdtFeedOptions.defaults());
        byte[] message = Adt.of("A01").at("CARD").bytes();
        for (int i = 1; i < Delivery.REJECTIONS_MAX; i++) {
            assertThat(receive(patient, message)).contains("MSA|AR|M1");
        }
        assertThat(receive(patient, message)).contains("MSA|AE|M1");
        assertThat(sound.view().quarantine()).hasSize(1);
    }

    @Test
    void shouldNotSetAsideWhatCameWhileNothingCouldBeWritten() {
        TestHospital sound = new TestHospital();
        FailingDoor door = new FailingDoor(sound);
        AdtFeed patient = new AdtFeed("pas", door, AdtFeedOptions.defaults());
        byte[] message = Adt.of("A01").at("CARD").bytes();

        door.writable = false;
        // The outage ends at the moment of the last: its message is not taken any more, what comes after it is.
        for (int i = 1; i <= Delivery.REJECTIONS_MAX; i++) {
            assertThat(receive(patient, message)).contains("MSA|AR|M1");
        }
        assertThat(sound.view().quarantine()).isEmpty();

        door.writable = true;
        door.poisoned = false;
        assertThat(receive(patient, message)).contains("MSA|AA|M1");
    }

    /** Takes everything but movements. */
    private static final class FailingDoor implements FactDoor {
        private final TestHospital sound;
        boolean writable = true;
        boolean poisoned = true;

        FailingDoor(TestHospital sound) {
            this.sound = sound;
        }

        @Override
        public CompletionStage<Answer> report(List<Command.Fact> facts, Origin.Feed origin, @Nullable String key) {
            boolean poison = poisoned && facts.getLast() instanceof Command.ReportMovement;
            return poison
                    ? CompletableFuture.completedFuture(new Answer.Unavailable("it failed", "Try again"))
                    : sound.report(facts, origin, key);
        }

        @Override
        public boolean isWritable() {
            return writable;
        }

        @Override
        public HospitalView view() {
            return sound.view();
        }

        @Override
        public Instant now() {
            return sound.now();
        }
    }

    @Test
    void shouldReplayAQuarantinedMessageOnceTheCauseIsMended() {
        AdtFeed strict = new AdtFeed(
                "pas", hospital, AdtFeedOptions.defaults().withBedStatusCodes(Map.of("X", StatedBedStatus.CLOSED)));
        byte[] message =
                Adt.of("A20").withoutVisit().segment("NPU|CARD^CH12^P|K").bytes();
        receive(strict, message);
        Command.QuarantineMessage kept =
                (Command.QuarantineMessage) hospital.lastReported().getFirst();

        assertThat(strict.replay(kept.message().id(), kept.message().text())
                        .toCompletableFuture()
                        .join())
                .isInstanceOf(AdtFeed.Replay.StillWrong.class);
        assertThat(hospital.view().quarantine()).hasSize(1);
        assertThat(feed.replay(kept.message().id(), kept.message().text())
                        .toCompletableFuture()
                        .join())
                .isInstanceOf(AdtFeed.Replay.Answered.class);

        assertThat(hospital.view().quarantine()).isEmpty();
        assertThat(hospital.bed("12P").status().contaminated()).isTrue();
    }

    @Test
    void shouldApplyAMessageSentAgainAfterTheCauseWasMended() {
        AdtFeed strict = new AdtFeed(
                "pas", hospital, AdtFeedOptions.defaults().withBedStatusCodes(Map.of("X", StatedBedStatus.CLOSED)));
        byte[] message =
                Adt.of("A20").withoutVisit().segment("NPU|CARD^CH12^P|K").bytes();
        assertThat(receive(strict, message)).contains("MSA|AE|");
        assertThat(receive(feed, message)).contains("MSA|AA|");

        assertThat(hospital.bed("12P").status().contaminated()).isTrue();
    }

    @Test
    void shouldRaiseAnAnomalyForAPlaceThatIsNotInTheHospitalsFile() {
        receive(Adt.of("A01").at("DERMATO^1^A"));

        assertThat(hospital.view().anomalies()).extracting(Anomaly::kind).containsExactly(Anomaly.Kind.UNKNOWN_SERVICE);
    }

    @ParameterizedTest
    @CsvSource({
        "8859/15, ISO-8859-15",
        "8859/1, ISO-8859-1",
        "UNICODE UTF-8, UTF-8",
        "'', ISO-8859-15",
        "KLINGON, ISO-8859-15"
    })
    void shouldDecodeAsTheMessageSays(String declared, String charset) {
        String name = charset.equals("ISO-8859-1") ? "HÉLÈNE" : "HÉLÈNE€";
        String text = Adt.of("A01").patient("1||" + name + "^Zoë").text().replace("UNICODE UTF-8", declared);

        String answer = receive(feed, text.getBytes(Charset.forName(charset)));

        assertThat(answer).contains("MSA|AA|");
        assertThat(stay().knownPatient().familyName()).isEqualTo(name);
        assertThat(stay().knownPatient().givenName()).isEqualTo("Zoë");
    }

    @Test
    void shouldSurviveACharsetThatIsALie() {
        String text = Adt.of("A01").patient("1||HÉLÈNE").text();
        assertThat(receive(feed, text.getBytes(StandardCharsets.ISO_8859_1))).contains("MSA|AA|");
        assertThat(stay().knownPatient().familyName()).isEqualTo("HÉLÈNE");
        String ascii = text.replace("UNICODE UTF-8", "ASCII").replace("V1^", "V2^");
        receive(feed, ascii.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(hospital.stay("V2").knownPatient().familyName()).isEqualTo("HÉLÈNE");
    }

    @ParameterizedTest
    @CsvSource({"'\n'", "'\r\n'", "'\r'"})
    void shouldReadEveryLineEndAndAByteOrderMark(String lineEnd) {
        String text = "\uFEFF" + Adt.of("A01").at("CARD^CH12^P").text().replace("\r", lineEnd);

        assertThat(receive(feed, text.getBytes(StandardCharsets.UTF_8)))
                .startsWith("MSH|")
                .contains("MSA|AA|");
        assertThat(stay().location()).isEqualTo(CARDIO_12P);
    }

    @Test
    void shouldReadEscapes() {
        receive(Adt.of("A01").patient("1||A\\T\\B\\S\\C\\F\\D\\E\\\\R\\E^\\XC389\\LODIE \\E\\XC9\\E\\"));

        assertThat(stay().knownPatient().familyName()).isEqualTo("A&B^C|D\\~E");
        assertThat(stay().knownPatient().givenName()).isEqualTo("ÉLODIE \\XC9\\");
    }

    @Test
    void shouldUseTheHospitalsZoneUnlessTheMessageGivesAnOffset() {
        assertThat(Hl7Time.instant("20240306110000", TestHospital.PARIS))
                .isEqualTo(Instant.parse("2024-03-06T10:00:00Z"));
        assertThat(Hl7Time.instant("20240306110000.25+0215", TestHospital.PARIS))
                .isEqualTo(Instant.parse("2024-03-06T08:45:00.25Z"));
        assertThat(Hl7Time.instant("202403", TestHospital.PARIS)).isEqualTo(Instant.parse("2024-02-29T23:00:00Z"));
        assertThat(Hl7Time.instant("20240332", TestHospital.PARIS)).isNull();
        assertThat(Hl7Time.instant("2024-03-06", TestHospital.PARIS)).isNull();
        // The hour that the clocks skip, and the one that they show twice.
        assertThat(Hl7Time.instant("20240331023000", TestHospital.PARIS))
                .isEqualTo(Instant.parse("2024-03-31T01:30:00Z"));
        assertThat(Hl7Time.instant("20241027023000", TestHospital.PARIS))
                .isEqualTo(Instant.parse("2024-10-27T00:30:00Z"));
    }

    @Test
    void shouldAnswerInTheSendersDelimitersAndSwapTheParties() {
        String text = "MSH*%~\\&*PAS*CHU%1*CHEVET*HOP*20240101**ADT%A28*77*T*2.3.1******8859/15\r";

        assertThat(receive(text))
                .startsWith("MSH*%~\\&*CHEVET*HOP*PAS*CHU%1*20240312090000+0100**ACK%A28%ACK*")
                .contains("*T*2.3.1******8859/15\rMSA*AA*77\r");
    }

    @Test
    void shouldAnswerInEnhancedModeWhenAsked() {
        String asked = Adt.of("A01").at("CARD").text().replace("|P|2.5|||||", "|P|2.5|||AL|NE|");
        assertThat(receive(asked)).contains("MSA|CA|M1").doesNotContain("MSA|AA");
        // Safely kept, and not understood: nothing is to be sent again, somebody should read why.
        assertThat(receive(asked.replace("V1^", "^")))
                .contains("MSA|CA|M1|PV1-19")
                .contains("^HL70357|W|");
    }

    @Test
    void shouldSayWhenItIsSilent() {
        assertThat(feed.status().silent()).isFalse();
        assertThat(feed.status().lastMessageAt()).isNull();
        hospital.now = hospital.now.plus(AdtFeedOptions.SILENT_AFTER);
        assertThat(feed.status().silent()).isFalse();
        hospital.now = hospital.now.plus(Duration.ofMillis(1));
        assertThat(feed.status().silent()).isTrue();
        receive(Adt.of("A28"));
        assertThat(feed.status().silent()).isFalse();
        assertThat(feed.status().lastMessageAt()).isEqualTo(hospital.now);
    }

    private Stay stay() {
        return hospital.stay("V1");
    }

    private String receive(Adt message) {
        return receive(feed, message.bytes());
    }

    private String receive(String text) {
        return receive(feed, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String receive(AdtFeed feed, byte[] payload) {
        byte[] answer = feed.receive(payload).toCompletableFuture().join();
        return new String(answer, StandardCharsets.UTF_8);
    }
}
