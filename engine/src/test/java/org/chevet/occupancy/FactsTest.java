package org.chevet.occupancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chevet.event.MovementKind.ADMISSION;
import static org.chevet.event.MovementKind.DISCHARGE;
import static org.chevet.event.MovementKind.TRANSFER;
import static org.chevet.occupancy.Ward.fact;
import static org.chevet.occupancy.Ward.movement;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.chevet.event.Command;
import org.chevet.event.RequestOrigin;
import org.chevet.event.StatedBedStatus;
import org.chevet.event.StatedPapers;
import org.chevet.hospital.BedId;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.LevelOfCare;
import org.chevet.hospital.Patient;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.Sex;
import org.chevet.hospital.SingleRoom;
import org.chevet.hospital.StayId;
import org.junit.jupiter.api.Test;

/** What feeds state is applied, in whatever order it comes, and what contradicts it is shown. */
class FactsTest {
    private static final Instant NOON = SmallHospital.NOON;
    private static final Instant ONE = NOON.plus(Duration.ofHours(1));
    private static final Instant TWO = NOON.plus(Duration.ofHours(2));

    private final Ward ward = new Ward();

    private void known(String stay, Sex sex) {
        ward.accepted(new Command.ReportStay(
                new StayId(stay), StatedPapers.ofPatient(new Patient(null, "N", "P", sex, null)), NOON));
    }

    @Test
    void shouldPutTwoStaysInOneBedWhenTheWorldDoesAndShoutIt() {
        known("A", Sex.FEMALE);
        known("B", Sex.FEMALE);
        ward.accepted(fact("A", "1", ADMISSION, NOON, "CARDIO", "103"));

        ward.accepted(fact("B", "2", ADMISSION, ONE, "CARDIO", "103"));

        assertThat(ward.bed("103").occupants()).containsExactly(new StayId("A"), new StayId("B"));
        assertThat(ward.anomalies()).containsExactly("DOUBLE_OCCUPANCY");

        ward.accepted(fact("A", "3", DISCHARGE, ONE, null, null));
        assertThat(ward.anomalies()).isEmpty();
        assertThat(ward.state("103")).isEqualTo(BedState.OCCUPIED);
    }

    @Test
    void shouldAdmitWhoIsDischargedBeforeBeingAnnounced() {
        ward.accepted(fact("A", "2", DISCHARGE, ONE, null, null));
        assertThat(ward.anomalies()).containsExactly("UNKNOWN_STAY");
        assertThat(ward.occupancy.view().census()).isEqualTo(new Census(1, 0, 1, 0, 0));

        known("A", Sex.MALE);
        ward.accepted(fact("A", "1", ADMISSION, NOON, "CARDIO", "103"));

        assertThat(ward.anomalies()).isEmpty();
        assertThat(ward.stay("A").status()).isEqualTo(StayStatus.ENDED);
        assertThat(ward.state("103")).isEqualTo(BedState.READY);
        assertThat(ward.occupancy.occupants(new BedId("103"), NOON.plusSeconds(60)))
                .containsExactly(new StayId("A"));
    }

    @Test
    void shouldInsertALateMovementIntoThePastOnly() {
        known("A", Sex.FEMALE);
        ward.accepted(fact("A", "1", ADMISSION, NOON, "CARDIO", "103"));
        ward.accepted(fact("A", "3", TRANSFER, TWO, "REA", "301"));

        ward.accepted(fact("A", "2", TRANSFER, ONE, "CARDIO", "101P"));

        assertThat(ward.bed("301").occupants()).containsExactly(new StayId("A"));
        assertThat(ward.state("101P")).isEqualTo(BedState.READY);
        assertThat(ward.occupancy.occupants(new BedId("101P"), ONE.plusSeconds(1)))
                .containsExactly(new StayId("A"));
        assertThat(ward.occupancy.occupants(new BedId("103"), ONE.plusSeconds(1)))
                .isEmpty();
        assertThat(ward.occupancy.occupants(new BedId("103"), NOON)).containsExactly(new StayId("A"));
    }

    @Test
    void shouldMoveThePatientWhenTheMovementIsCorrected() {
        known("A", Sex.FEMALE);
        ward.accepted(fact("A", "1", ADMISSION, NOON, "CARDIO", "103"));

        ward.accepted(new Command.ReportCorrection(
                new StayId("A"), movement("1", TRANSFER, NOON, "CARDIO", "101P", ONE), null, true));

        assertThat(ward.bed("101P").occupants()).containsExactly(new StayId("A"));
        assertThat(ward.state("103")).as("nobody ever lay there").isEqualTo(BedState.READY);
        assertThat(ward.stay("A").timeline().movements().getFirst().kind())
                .as("its nature stays")
                .isEqualTo(ADMISSION);
    }

    @Test
    void shouldIgnoreAnOlderStatementOfACorrectedMovement() {
        known("A", Sex.FEMALE);
        ward.accepted(new Command.ReportMovement(
                new StayId("A"), movement("1", ADMISSION, NOON, "CARDIO", "101P", TWO), null));

        ward.accepted(new Command.ReportMovement(
                new StayId("A"), movement("1", ADMISSION, NOON, "CARDIO", "103", ONE), null));

        assertThat(ward.bed("101P").occupants()).containsExactly(new StayId("A"));
    }

    @Test
    void shouldBringThePatientBackWhenATransferIsCancelled() {
        known("A", Sex.FEMALE);
        ward.accepted(fact("A", "1", ADMISSION, NOON, "CARDIO", "103"));
        ward.accepted(fact("A", "2", TRANSFER, ONE, "REA", "301"));

        ward.accepted(new Command.ReportCancellation(new StayId("A"), "2", List.of(TRANSFER), TWO, TWO));

        assertThat(ward.bed("103").occupants()).containsExactly(new StayId("A"));
        assertThat(ward.state("301")).isEqualTo(BedState.READY);
    }

    @Test
    void shouldHoldACancellationAgainstTheMovementItOvertook() {
        known("A", Sex.FEMALE);
        ward.accepted(new Command.ReportCancellation(new StayId("A"), "1", List.of(ADMISSION), ONE, ONE));
        assertThat(ward.anomalies()).containsExactly("UNKNOWN_MOVEMENT");

        ward.accepted(fact("A", "1", ADMISSION, NOON, "CARDIO", "103"));

        assertThat(ward.state("103")).isEqualTo(BedState.READY);
        assertThat(ward.anomalies()).isEmpty();
    }

    @Test
    void shouldCancelTheLastMovementOfItsKindWhenItHasNoNumber() {
        known("A", Sex.FEMALE);
        ward.accepted(fact("A", "1", ADMISSION, NOON, "CARDIO", "103"));
        ward.accepted(fact("A", "2", DISCHARGE, ONE, null, null));

        ward.accepted(new Command.ReportCancellation(new StayId("A"), null, List.of(DISCHARGE), TWO, TWO));

        assertThat(ward.bed("103").occupants()).containsExactly(new StayId("A"));
    }

    @Test
    void shouldForgetAnAdmissionThatWasCancelled() {
        known("A", Sex.FEMALE);
        ward.accepted(fact("A", "1", ADMISSION, NOON, "CARDIO", "103"));

        ward.accepted(new Command.ReportCancellation(new StayId("A"), "1", List.of(ADMISSION), ONE, ONE));

        assertThat(ward.stay("A").status()).isEqualTo(StayStatus.CANCELLED);
        assertThat(ward.occupancy.view().census()).isEqualTo(Census.EMPTY);
        assertThat(ward.state("103")).isEqualTo(BedState.READY);
    }

    /** Of two numbers for one movement either may be the one that is cancelled, in whatever order they come. */
    @Test
    void shouldKeepAMovementThatIsStatedUnderTwoNumbersUntilBothAreCancelled() {
        known("A", Sex.FEMALE);
        ward.accepted(fact("A", "1", ADMISSION, NOON, "CARDIO", "103"));
        ward.accepted(fact("A", "other", ADMISSION, NOON, "CARDIO", "103"));
        assertThat(ward.occupancy.view().census()).isEqualTo(new Census(1, 1, 0, 0, 0));

        ward.accepted(new Command.ReportCancellation(new StayId("A"), "1", List.of(ADMISSION), ONE, ONE));
        assertThat(ward.bed("103").occupants()).containsExactly(new StayId("A"));

        ward.accepted(new Command.ReportCancellation(new StayId("A"), "other", List.of(ADMISSION), TWO, TWO));
        assertThat(ward.stay("A").status()).isEqualTo(StayStatus.CANCELLED);
    }

    @Test
    void shouldNotRegisterAgainWhomAnOldMessageSentAgainSpeaksOf() {
        known("A", Sex.FEMALE);
        ward.accepted(fact("A", "1", ADMISSION, NOON, "CARDIO", "103"));
        ward.accepted(new Command.ReportCancellation(new StayId("A"), "1", List.of(ADMISSION), ONE, ONE));

        known("A", Sex.FEMALE);
        ward.accepted(fact("A", "1", ADMISSION, NOON, "CARDIO", "103"));

        assertThat(ward.stay("A").status()).isEqualTo(StayStatus.CANCELLED);
    }

    @Test
    void shouldRegisterAgainWhomALaterMessageSpeaksOf() {
        ward.accepted(new Command.ReportRegistrationCancelled(new StayId("A"), NOON.minusSeconds(1)));

        known("A", Sex.FEMALE);

        assertThat(ward.stay("A").status()).isEqualTo(StayStatus.EXPECTED);
    }

    @Test
    void shouldHoldTheCancellationOfAnAdmissionAgainstTheRegistrationItOvertook() {
        ward.accepted(new Command.ReportCancellation(new StayId("A"), "1", List.of(ADMISSION), ONE, ONE));

        known("A", Sex.FEMALE);
        ward.accepted(fact("A", "1", ADMISSION, NOON, "CARDIO", "103"));

        assertThat(ward.stay("A").status()).isEqualTo(StayStatus.CANCELLED);
        assertThat(ward.stay("A").announced()).isTrue();
    }

    @Test
    void shouldKeepTheRegistrationWhenAMovementThatCameFirstIsCancelled() {
        known("A", Sex.FEMALE);
        ward.accepted(fact("A", "2", TRANSFER, ONE, "CARDIO", "103"));

        ward.accepted(new Command.ReportCancellation(new StayId("A"), "2", List.of(TRANSFER), TWO, TWO));

        assertThat(ward.stay("A").status()).isEqualTo(StayStatus.EXPECTED);
    }

    @Test
    void shouldHoldTheLaterOfTwoCancellationsAfterAMerge() {
        known("A", Sex.FEMALE);
        known("B", Sex.FEMALE);
        ward.accepted(new Command.ReportCancellation(new StayId("A"), "1", List.of(TRANSFER), ONE, ONE));
        ward.accepted(new Command.ReportCancellation(new StayId("B"), "1", List.of(TRANSFER), TWO, TWO));
        ward.accepted(new Command.ReportMerge(new StayId("A"), new StayId("B"), TWO));

        ward.accepted(new Command.ReportMovement(
                new StayId("B"), movement("1", TRANSFER, NOON, "CARDIO", "103", ONE.plusSeconds(60)), null));

        assertThat(ward.state("103")).isEqualTo(BedState.READY);
    }

    @Test
    void shouldPlaceWhoIsInAnUnknownBedInTheServiceAndSayWhatWasStated() {
        known("A", Sex.FEMALE);

        ward.accepted(new Command.ReportMovement(
                new StayId("A"), movement("1", ADMISSION, NOON, "CARDIO", null, NOON), "CARDIO^999^P"));

        assertThat(ward.occupancy.view().services().getFirst().withoutBed()).hasSize(1);
        assertThat(ward.occupancy.view().anomalies().getFirst().detail()).isEqualTo("CARDIO^999^P");
        assertThat(ward.anomalies()).containsExactly("UNKNOWN_BED");

        ward.accepted(fact("A", "2", TRANSFER, ONE, "CARDIO", "103"));
        assertThat(ward.anomalies()).isEmpty();
    }

    @Test
    void shouldFreeTheBedOfWhoGoesToAnUnknownUnit() {
        known("A", Sex.FEMALE);
        ward.accepted(fact("A", "1", ADMISSION, NOON, "CARDIO", "103"));

        ward.accepted(
                new Command.ReportMovement(new StayId("A"), movement("2", TRANSFER, ONE, null, null, ONE), "XRAY^^"));

        assertThat(ward.state("103")).isEqualTo(BedState.TO_CLEAN);
        assertThat(ward.occupancy.view().elsewhere()).hasSize(1);
        assertThat(ward.anomalies()).containsExactly("UNKNOWN_SERVICE");
    }

    @Test
    void shouldOverrideAReservationAndKeepTheRequestOpen() {
        ward.register("R", Sex.FEMALE);
        ward.accepted(new Command.RequestBed(
                new RequestId("R1"),
                new StayId("R"),
                null,
                RequestOrigin.ELECTIVE,
                CareNeeds.UNSPECIFIED,
                2,
                null,
                null,
                null));
        ward.accepted(
                new Command.ReserveBed(new RequestId("R1"), new BedId("103"), ward.now.plus(Duration.ofHours(2))));
        known("A", Sex.FEMALE);

        ward.accepted(fact("A", "1", ADMISSION, NOON, "CARDIO", "103"));

        assertThat(ward.anomalies()).containsExactly("RESERVATION_OVERRIDDEN");
        assertThat(ward.bed("103").reservation()).isNull();
        assertThat(ward.occupancy.view().requests()).hasSize(1);
    }

    @Test
    void shouldShoutWhenARoomOfOneSexHoldsBoth() {
        known("A", Sex.FEMALE);
        known("B", Sex.MALE);
        ward.accepted(fact("A", "1", ADMISSION, NOON, "CARDIO", "101P"));
        ward.accepted(fact("B", "2", ADMISSION, NOON, "CARDIO", "101F"));
        assertThat(ward.anomalies()).containsExactly("SEX_MIXED");

        ward.accepted(fact("B", "3", TRANSFER, ONE, "REA", "301"));
        assertThat(ward.anomalies()).isEmpty();
    }

    @Test
    void shouldShoutWhenTheSexOfWhoLiesThereBecomesKnownLate() {
        ward.accepted(fact("A", "1", ADMISSION, NOON, "CARDIO", "101P"));
        ward.accepted(fact("B", "2", ADMISSION, NOON, "CARDIO", "101F"));
        known("A", Sex.FEMALE);
        assertThat(ward.anomalies()).containsExactly("UNKNOWN_STAY");

        known("B", Sex.MALE);

        assertThat(ward.anomalies()).containsExactly("SEX_MIXED");
    }

    @Test
    void shouldReadTheSexFromTheNeedsWhileThePapersDoNotSay() {
        known("A", Sex.FEMALE);
        known("B", Sex.UNKNOWN);
        ward.accepted(fact("A", "1", ADMISSION, NOON, "CARDIO", "101P"));
        ward.accepted(fact("B", "2", ADMISSION, NOON, "CARDIO", "101F"));

        ward.accepted(new Command.ChangeNeeds(new StayId("B"), needsOf(Sex.MALE)));
        assertThat(ward.anomalies()).containsExactly("SEX_MIXED");

        ward.accepted(Ward.undo(ward.lastAct()));
        assertThat(ward.anomalies()).isEmpty();
    }

    private static CareNeeds needsOf(Sex sex) {
        return new CareNeeds(
                null, LevelOfCare.ACUTE, Isolation.NONE, sex, null, List.of(), List.of(), SingleRoom.INDIFFERENT);
    }

    @Test
    void shouldNotKeepAContradictionLongerThanTheStayItIsAbout() {
        ward.accepted(fact("A", "1", DISCHARGE, NOON, null, null));
        assertThat(ward.anomalies()).containsExactly("UNKNOWN_STAY");

        ward.pass(Departures.STAY_RETENTION);

        assertThat(ward.occupancy.view().stays()).isEmpty();
        assertThat(ward.anomalies()).isEmpty();
    }

    @Test
    void shouldStopShoutingAboutAClosedBedOnceItIsEmpty() {
        ward.accepted(new Command.CloseBed(new BedId("103")));
        known("A", Sex.FEMALE);
        ward.accepted(fact("A", "1", ADMISSION, NOON, "CARDIO", "103"));
        assertThat(ward.anomalies()).containsExactly("BED_NOT_USABLE");

        ward.accepted(fact("A", "2", DISCHARGE, ONE, null, null));

        assertThat(ward.anomalies()).isEmpty();
    }

    @Test
    void shouldKeepTheRequestForAnotherServiceThanTheOneThePatientComesTo() {
        known("A", Sex.FEMALE);
        ward.accepted(new Command.RequestBed(
                new RequestId("R"),
                new StayId("A"),
                new ServiceId("REA"),
                RequestOrigin.INTERNAL,
                CareNeeds.UNSPECIFIED,
                2,
                null,
                null,
                null));

        ward.accepted(fact("A", "1", ADMISSION, NOON, "CARDIO", "103"));
        assertThat(ward.occupancy.view().requests()).hasSize(1);
        ward.accepted(fact("A", "2", TRANSFER, ONE, "REA", "301"));

        assertThat(ward.occupancy.view().requests()).isEmpty();
    }

    @Test
    void shouldGoOnShoutingAboutABedWhenWhoItBeganWithIsArchived() {
        ward.accepted(new Command.CloseBed(new BedId("103")));
        known("A", Sex.FEMALE);
        known("B", Sex.FEMALE);
        ward.accepted(fact("A", "1", ADMISSION, NOON, "CARDIO", "103"));
        ward.accepted(fact("B", "2", ADMISSION, NOON, "CARDIO", "103"));
        ward.accepted(fact("A", "3", DISCHARGE, ONE, null, null));

        ward.pass(Departures.STAY_RETENTION);

        assertThat(ward.occupancy.view().stays()).containsOnlyKeys(new StayId("B"));
        assertThat(ward.anomalies()).containsExactly("BED_NOT_USABLE");
    }

    @Test
    void shouldTellMovementsOfOneMomentInTheirNaturalOrder() {
        known("A", Sex.FEMALE);
        ward.accepted(new Command.ReportMovement(
                new StayId("A"), movement("2", TRANSFER, NOON, "REA", "301", NOON.minusSeconds(9)), null));

        ward.accepted(fact("A", "1", ADMISSION, NOON, "CARDIO", "103"));

        assertThat(ward.bed("301").occupants()).containsExactly(new StayId("A"));
        assertThat(ward.state("103")).isEqualTo(BedState.READY);
    }

    @Test
    void shouldOverrideWhatIsReservedForAnotherThoughTheRequestOfWhoComesIsAnswered() {
        for (String stay : List.of("R", "A")) {
            ward.register(stay, Sex.FEMALE);
            ward.accepted(new Command.RequestBed(
                    new RequestId("R-" + stay),
                    new StayId(stay),
                    null,
                    RequestOrigin.ELECTIVE,
                    CareNeeds.UNSPECIFIED,
                    2,
                    null,
                    null,
                    null));
        }
        Instant until = ward.now.plus(Duration.ofHours(2));
        ward.accepted(new Command.ReserveBed(new RequestId("R-R"), new BedId("103"), until));
        ward.accepted(new Command.ReserveBed(new RequestId("R-A"), new BedId("301"), until));

        ward.accepted(fact("A", "1", ADMISSION, NOON, "CARDIO", "103"));

        assertThat(ward.anomalies()).containsExactly("RESERVATION_OVERRIDDEN");
        assertThat(ward.bed("103").reservation()).isNull();
        assertThat(ward.bed("301").reservation()).isNull();
    }

    @Test
    void shouldHoldAnAnnouncedMoveAgainstACancellationStatedBeforeIt() {
        RequestId request = new RequestId("P");
        known("A", Sex.FEMALE);
        ward.accepted(fact("A", "1", ADMISSION, NOON, "CARDIO", "103"));
        ward.accepted(new Command.ReportPendingTransfer(
                request, new StayId("A"), new ServiceId("REA"), TWO, NOON.plusSeconds(2)));

        assertThat(ward.accepted(
                        new Command.ReportPendingTransferCancelled(request, new StayId("A"), NOON.plusSeconds(1))))
                .isEmpty();
        ward.accepted(new Command.ReportPendingTransferCancelled(request, new StayId("A"), NOON.plusSeconds(2)));

        assertThat(ward.occupancy.view().requests()).isEmpty();
    }

    @Test
    void shouldSayWhoLayInABedFromTheMomentTheyCameUntilTheyLeft() {
        BedId bed = new BedId("103");
        ward.accepted(fact("A", "1", ADMISSION, NOON, "CARDIO", "103"));
        ward.accepted(fact("A", "2", TRANSFER, ONE, "REA", "301"));
        ward.accepted(fact("A", "3", TRANSFER, TWO, "CARDIO", "103"));

        assertThat(ward.occupancy.occupants(bed, NOON.minusNanos(1))).isEmpty();
        assertThat(ward.occupancy.occupants(bed, NOON)).containsExactly(new StayId("A"));
        assertThat(ward.occupancy.occupants(bed, ONE.minusNanos(1))).containsExactly(new StayId("A"));
        assertThat(ward.occupancy.occupants(bed, ONE)).isEmpty();
        assertThat(ward.occupancy.occupants(bed, TWO)).containsExactly(new StayId("A"));
    }

    @Test
    void shouldTellAnOverlapOfMoreThanWhatIsForgivenOnly() {
        Instant forgiven = TWO.minus(Contradictions.OVERLAP_TOLERANCE);
        known("A", Sex.FEMALE);
        known("B", Sex.FEMALE);
        ward.accepted(fact("A", "1", ADMISSION, NOON, "CARDIO", "103"));
        ward.accepted(fact("A", "2", DISCHARGE, TWO, null, null));
        ward.accepted(fact("B", "3", TRANSFER, TWO.plusSeconds(600), "REA", "301"));

        ward.accepted(fact("B", "4", ADMISSION, forgiven, "CARDIO", "103"));
        assertThat(ward.anomalies()).isEmpty();
        ward.accepted(new Command.ReportMovement(
                new StayId("B"), Ward.movement("4", ADMISSION, forgiven.minusSeconds(1), "CARDIO", "103", TWO), null));

        assertThat(ward.anomalies()).containsExactly("OVERLAPPING_MOVEMENTS");
    }

    @Test
    void shouldShoutWhenAHistoryOverlapsAnother() {
        known("A", Sex.FEMALE);
        known("B", Sex.FEMALE);
        ward.accepted(fact("A", "1", ADMISSION, NOON, "CARDIO", "103"));
        ward.accepted(fact("A", "2", DISCHARGE, TWO, null, null));
        ward.accepted(fact("B", "3", TRANSFER, TWO.plusSeconds(600), "REA", "301"));

        ward.accepted(fact("B", "4", ADMISSION, ONE, "CARDIO", "103"));

        assertThat(ward.anomalies()).containsExactly("OVERLAPPING_MOVEMENTS");
    }

    @Test
    void shouldSayWhenAStayGoesOnAfterItsEnd() {
        known("A", Sex.FEMALE);
        ward.accepted(fact("A", "1", ADMISSION, NOON, "CARDIO", "103"));
        ward.accepted(fact("A", "2", DISCHARGE, ONE, null, null));

        ward.accepted(fact("A", "3", TRANSFER, TWO, "REA", "301"));

        assertThat(ward.anomalies()).containsExactly("MOVEMENT_AFTER_END");
        assertThat(ward.bed("301").occupants()).containsExactly(new StayId("A"));
    }

    @Test
    void shouldFollowABedThroughHousekeeping() {
        BedId bed = new BedId("103");
        known("A", Sex.FEMALE);
        ward.accepted(fact("A", "1", ADMISSION, NOON, "CARDIO", "103"));
        ward.accepted(fact("A", "2", DISCHARGE, ONE, null, null));
        assertThat(ward.state("103")).isEqualTo(BedState.TO_CLEAN);

        ward.accepted(new Command.ReportBedStatus(bed, StatedBedStatus.HOUSEKEEPING, ONE));
        assertThat(ward.state("103")).isEqualTo(BedState.CLEANING);

        ward.accepted(new Command.ReportBedStatus(bed, StatedBedStatus.UNOCCUPIED, TWO));
        assertThat(ward.state("103")).isEqualTo(BedState.READY);
    }

    @Test
    void shouldSayWhenABedSaidEmptyIsNot() {
        known("A", Sex.FEMALE);
        ward.accepted(fact("A", "1", ADMISSION, NOON, "CARDIO", "103"));

        ward.accepted(new Command.ReportBedStatus(new BedId("103"), StatedBedStatus.UNOCCUPIED, ONE));

        assertThat(ward.anomalies()).containsExactly("BED_STATUS_CONTRADICTED");
        assertThat(ward.state("103")).isEqualTo(BedState.OCCUPIED);
    }

    @Test
    void shouldGiveTheMovementsOfAMergedNumberToTheOneThatStands() {
        known("A", Sex.FEMALE);
        known("B", Sex.FEMALE);
        ward.accepted(fact("A", "1", ADMISSION, NOON, "CARDIO", "103"));

        ward.accepted(new Command.ReportMerge(new StayId("A"), new StayId("B"), ONE));
        ward.accepted(fact("A", "2", TRANSFER, TWO, "REA", "301"));

        assertThat(ward.bed("301").occupants()).containsExactly(new StayId("B"));
        assertThat(ward.stay("A").status()).isEqualTo(StayStatus.MERGED);
        assertThat(ward.occupancy.view().census()).isEqualTo(new Census(1, 1, 0, 0, 0));
    }

    @Test
    void shouldFulfilTheRequestOfAMergedNumberForTheOneThatStands() {
        known("A", Sex.FEMALE);
        known("B", Sex.FEMALE);
        ward.accepted(new Command.RequestBed(
                new RequestId("R1"),
                new StayId("A"),
                null,
                RequestOrigin.ELECTIVE,
                CareNeeds.UNSPECIFIED,
                2,
                null,
                null,
                null));

        ward.accepted(new Command.ReportMerge(new StayId("A"), new StayId("B"), ONE));
        assertThat(ward.occupancy.view().requests().getFirst().request().stay()).isEqualTo(new StayId("B"));
        ward.accepted(fact("B", "1", ADMISSION, NOON, "CARDIO", "103"));

        assertThat(ward.occupancy.view().requests()).isEmpty();
    }

    @Test
    void shouldForgetAnUnknownPlaceOnceThePatientIsElsewhereOrGone() {
        known("A", Sex.FEMALE);
        known("B", Sex.FEMALE);
        for (String stay : List.of("A", "B")) {
            ward.accepted(new Command.ReportMovement(
                    new StayId(stay), movement("1", ADMISSION, NOON, null, null, NOON), "XRAY^^"));
        }
        assertThat(ward.anomalies()).containsExactly("UNKNOWN_SERVICE", "UNKNOWN_SERVICE");

        ward.accepted(fact("A", "2", TRANSFER, ONE, "CARDIO", null));
        ward.accepted(fact("B", "2", DISCHARGE, ONE, null, null));

        assertThat(ward.anomalies()).isEmpty();
    }
}
