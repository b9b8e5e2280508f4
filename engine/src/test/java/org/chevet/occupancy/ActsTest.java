package org.chevet.occupancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chevet.occupancy.Ward.admission;
import static org.chevet.occupancy.Ward.discharge;
import static org.chevet.occupancy.Ward.transfer;
import static org.chevet.occupancy.Ward.undo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.chevet.event.Anomaly;
import org.chevet.event.Barrier;
import org.chevet.event.BarrierKind;
import org.chevet.event.BedCondition;
import org.chevet.event.BedEvent;
import org.chevet.event.BlockReason;
import org.chevet.event.Command;
import org.chevet.event.Ending;
import org.chevet.event.Location;
import org.chevet.event.Movement;
import org.chevet.event.MovementKind;
import org.chevet.event.Origin;
import org.chevet.event.PatientClass;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.BedId;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.Patient;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.Sex;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What people may do, and what they are told when they may not. */
class ActsTest {
    private final Ward ward = new Ward();

    @Test
    void shouldRefuseABedThatIsTakenAndNameWhoHasIt() {
        ward.admit("A", Sex.FEMALE, "103").register("B", Sex.FEMALE);

        Decision.Refused refused = ward.refused(admission("B", "103"));

        assertThat(refused.rule()).isEqualTo(Rule.BED_OCCUPIED);
        assertThat(refused.about()).isEqualTo(Map.of("bed", "103", "other", "A"));
        assertThat(refused.detail()).isEqualTo("bed 103 is taken by stay A");
    }

    @Test
    void shouldJudgeWhoIsRegisteredByWhatTheRegistrationMakesOfThem() {
        StayId moved = new StayId("B");
        ward.admit("A", Sex.MALE, "102F");
        ward.accepted(new Command.ReportPatient("ipp5", new Patient("ipp5", null, null, Sex.MALE, null), ward.now));
        ward.accepted(new Command.ReportMovement(
                moved,
                new Movement(
                        "m1",
                        MovementKind.ADMISSION,
                        ward.now,
                        new Location(new ServiceId("CARDIO"), new BedId("102P")),
                        PatientClass.INPATIENT,
                        ward.now,
                        null),
                null));
        ward.pass(Duration.ofHours(1));

        ward.accepted(new Command.RegisterStay(
                moved,
                new Patient("ipp5", null, null, Sex.UNKNOWN, null),
                CareNeeds.UNSPECIFIED.of(Sex.FEMALE, null),
                PatientClass.INPATIENT,
                null));

        assertThat(ward.stay("B").sex()).isEqualTo(Sex.MALE);
        assertThat(ward.occupancy.view().anomalies()).extracting(Anomaly::kind).doesNotContain(Anomaly.Kind.SEX_MIXED);
    }

    private static Command.SetBarrier rehabilitation(@Nullable String owner, @Nullable Instant expectedEnd) {
        return new Command.SetBarrier(new StayId("A"), BarrierKind.REHABILITATION_BED, owner, null, expectedEnd);
    }

    @Test
    void shouldKnowSinceWhenABarrierIsThereWhateverIsSaidOfItLater() {
        ward.admit("A", Sex.FEMALE, "103");
        Instant first = ward.now;
        ward.accepted(rehabilitation(null, null));
        ward.accepted(new Command.SetBarrier(new StayId("A"), BarrierKind.FAMILY, null, "attend la fille", null));
        ward.pass(Duration.ofHours(30));
        Instant end = ward.now.plus(Duration.ofDays(2));

        ward.accepted(rehabilitation("Mme Petit", end));

        assertThat(ward.stay("A").barriers())
                .containsExactly(
                        new Barrier(BarrierKind.REHABILITATION_BED, first, "Mme Petit", null, end),
                        new Barrier(BarrierKind.FAMILY, first, null, "attend la fille", null));
        assertThat(ward.refused(rehabilitation("Mme Petit", end)).rule()).isEqualTo(Rule.NOTHING_CHANGES);

        ward.accepted(undo(ward.lastAct()));

        assertThat(ward.stay("A").barrier(BarrierKind.REHABILITATION_BED))
                .isEqualTo(new Barrier(BarrierKind.REHABILITATION_BED, first, null, null, null));
    }

    @Test
    void shouldChangeWhatElseIsKnownOfABarrierThatHasOutlivedItsDate() {
        ward.admit("A", Sex.FEMALE, "103");
        Instant end = ward.now.plus(Duration.ofDays(1)).plusSeconds(20);
        ward.accepted(rehabilitation(null, end));
        ward.pass(Duration.ofDays(3));

        ward.accepted(rehabilitation("Mme Petit", end.truncatedTo(ChronoUnit.MINUTES)));

        assertThat(ward.stay("A").barriers().getFirst().owner()).isEqualTo("Mme Petit");
        assertThat(ward.refused(rehabilitation("Mme Petit", end.plus(Duration.ofDays(1))))
                        .rule())
                .isEqualTo(Rule.TIME_PASSED);
    }

    @Test
    void shouldLiftABarrierOnceAndPutItBackAsItWas() {
        ward.admit("A", Sex.FEMALE, "103");
        ward.accepted(rehabilitation("Mme Petit", null));
        long set = ward.lastAct();
        Barrier barrier = ward.stay("A").barriers().getFirst();
        ward.pass(Duration.ofHours(5));
        Command.LiftBarrier lift = new Command.LiftBarrier(new StayId("A"), BarrierKind.REHABILITATION_BED);

        ward.accepted(lift);

        assertThat(ward.stay("A").barriers()).isEmpty();
        assertThat(ward.refused(lift).rule()).isEqualTo(Rule.NO_BARRIER);
        assertThat(ward.refused(undo(set)).rule()).isEqualTo(Rule.CANNOT_UNDO);

        ward.accepted(undo(ward.lastAct()));

        assertThat(ward.stay("A").barriers()).containsExactly(barrier);
    }

    @Test
    void shouldRefuseABarrierThatNobodyCouldActOn() {
        ward.admit("A", Sex.FEMALE, "103").register("B", Sex.FEMALE);

        assertThat(ward.refused(new Command.SetBarrier(new StayId("A"), BarrierKind.OTHER, null, " ", null))
                        .rule())
                .isEqualTo(Rule.TEXT_MISSING);
        assertThat(ward.refused(rehabilitation(null, ward.now.minusSeconds(1))).rule())
                .isEqualTo(Rule.TIME_PASSED);
        assertThat(ward.refused(rehabilitation("x".repeat(BedActs.TEXT_CHARS_MAX + 1), null))
                        .rule())
                .isEqualTo(Rule.TEXT_TOO_LONG);
        assertThat(ward.refused(new Command.SetBarrier(new StayId("B"), BarrierKind.FAMILY, null, null, null))
                        .rule())
                .isEqualTo(Rule.STAY_NOT_PRESENT);
    }

    @Test
    void shouldKeepTheBarriersOfBothNumbersOfAMergedStay() {
        ward.admit("A", Sex.FEMALE, "103").admit("B", Sex.FEMALE, "301");
        ward.accepted(rehabilitation(null, null));
        ward.accepted(new Command.SetBarrier(new StayId("B"), BarrierKind.FAMILY, null, null, null));
        ward.accepted(discharge("A"));

        ward.accepted(new Command.MergeStays(new StayId("A"), new StayId("B")));

        assertThat(ward.stay("B").barriers())
                .extracting(Barrier::kind)
                .containsExactly(BarrierKind.REHABILITATION_BED, BarrierKind.FAMILY);
    }

    @Test
    void shouldFreeABedAtThePhysicalDepartureAndNotBefore() {
        ward.admit("A", Sex.FEMALE, "103");
        ward.accepted(new Command.PlanDischarge(new StayId("A"), ward.now.plusSeconds(3_600)));
        ward.accepted(new Command.SetMedicallyReady(new StayId("A"), true));
        ward.accepted(new Command.SetAdministrativelyClosed(new StayId("A"), true));
        assertThat(ward.state("103")).isEqualTo(BedState.OCCUPIED);

        ward.accepted(discharge("A"));

        assertThat(ward.state("103")).isEqualTo(BedState.TO_CLEAN);
        assertThat(ward.stay("A").status()).isEqualTo(StayStatus.ENDED);
    }

    @Test
    void shouldNotGiveABedBeforeItIsClean() {
        ward.admit("A", Sex.FEMALE, "103");
        ward.accepted(discharge("A"));
        ward.register("B", Sex.MALE);
        assertThat(ward.refused(admission("B", "103")).rule()).isEqualTo(Rule.BED_NOT_CLEAN);

        ward.accepted(new Command.StartCleaning(new BedId("103")));
        assertThat(ward.state("103")).isEqualTo(BedState.CLEANING);
        assertThat(ward.refused(admission("B", "103")).rule()).isEqualTo(Rule.BED_NOT_CLEAN);

        ward.accepted(new Command.FinishCleaning(new BedId("103")));
        ward.accepted(admission("B", "103"));
        assertThat(ward.state("103")).isEqualTo(BedState.OCCUPIED);
    }

    @Test
    void shouldMarkTheBedOfAnIsolatedPatientContaminated() {
        ward.admit("A", Sex.FEMALE, "103");
        ward.accepted(new Command.ChangeNeeds(new StayId("A"), CareNeeds.UNSPECIFIED.withIsolation(Isolation.CONTACT)));

        ward.accepted(discharge("A"));

        assertThat(ward.bed("103").contaminated()).isTrue();
    }

    @Test
    void shouldGiveASharedRoomTheSexOfWhoLiesInIt() {
        ward.admit("A", Sex.FEMALE, "101P").register("B", Sex.MALE).register("C", Sex.FEMALE);
        assertThat(ward.refused(admission("B", "101F")).rule()).isEqualTo(Rule.SEX_OF_ROOM);
        ward.accepted(admission("C", "101F"));

        ward.accepted(discharge("A"));
        ward.accepted(discharge("C"));
        ward.accepted(new Command.FinishCleaning(new BedId("101P")));

        ward.accepted(admission("B", "101P"));
    }

    @Test
    void shouldRefuseAnAdultInPaediatrics() {
        ward.accepted(new Command.RegisterStay(
                new StayId("A"),
                new Patient(null, "N", "P", Sex.MALE, LocalDate.of(1980, 1, 1)),
                CareNeeds.UNSPECIFIED,
                PatientClass.INPATIENT,
                null));

        Decision.Refused refused = ward.refused(admission("A", "201P"));

        assertThat(refused.rule()).isEqualTo(Rule.AGE_OF_SERVICE);
        assertThat(refused.about()).containsEntry("age", "46");
    }

    @Test
    void shouldAdmitToAServiceWithoutABedAndCountIt() {
        ward.register("A", Sex.FEMALE);

        ward.accepted(new Command.AdmitStay(new StayId("A"), new ServiceId("CARDIO"), null, null, null));

        ServiceView cardio = ward.occupancy.view().services().getFirst();
        assertThat(cardio.withoutBed()).extracting(stay -> stay.id().value()).containsExactly("A");
        assertThat(cardio.counts().withoutBed()).isEqualTo(1);
        assertThat(cardio.counts().present()).isEqualTo(1);
        assertThat(cardio.counts().occupied()).isZero();
    }

    @Test
    void shouldSwapTwoPatientsWithoutEverEmptyingABed() {
        ward.admit("A", Sex.FEMALE, "103").admit("B", Sex.MALE, "301");

        ward.accepted(new Command.SwapStays(new StayId("A"), new StayId("B")));

        assertThat(ward.bed("301").occupants()).containsExactly(new StayId("A"));
        assertThat(ward.bed("103").occupants()).containsExactly(new StayId("B"));
        assertThat(ward.bed("103").condition()).isEqualTo(BedCondition.CLEAN);
    }

    @Test
    void shouldRefuseASwapThatWouldMixSexes() {
        ward.admit("A", Sex.FEMALE, "101P").admit("B", Sex.FEMALE, "101F").admit("C", Sex.MALE, "103");

        Decision.Refused refused = ward.refused(new Command.SwapStays(new StayId("A"), new StayId("C")));

        assertThat(refused.rule()).isEqualTo(Rule.SEX_OF_ROOM);
    }

    @Test
    void shouldKeepTheBedOfAPatientOnLeave() {
        ward.admit("A", Sex.FEMALE, "103");
        ward.accepted(new Command.StartLeave(new StayId("A"), null));
        assertThat(ward.state("103")).isEqualTo(BedState.OCCUPIED);
        assertThat(ward.refused(transfer("A", "301")).rule()).isEqualTo(Rule.STAY_ON_LEAVE);

        ward.pass(Duration.ofHours(20));
        ward.accepted(new Command.EndLeave(new StayId("A"), null));

        assertThat(ward.stay("A").status()).isEqualTo(StayStatus.PRESENT);
        assertThat(ward.bed("103").occupants()).containsExactly(new StayId("A"));
    }

    @Test
    void shouldKeepEveryChangeOfTheExpectedDischarge() {
        ward.admit("A", Sex.FEMALE, "103");
        Instant first = ward.now.plus(Duration.ofDays(1));
        Instant second = ward.now.plus(Duration.ofDays(2));

        ward.accepted(new Command.PlanDischarge(new StayId("A"), first));
        ward.accepted(new Command.PlanDischarge(new StayId("A"), second));
        ward.accepted(new Command.PlanDischarge(new StayId("A"), null));

        assertThat(ward.stay("A").plans()).extracting(DischargePlan::expected).containsExactly(first, second, null);
        assertThat(ward.stay("A").expectedDischarge()).isNull();
    }

    @Test
    void shouldHoldAReservedBedForItsRequestAndReleaseItAtTheDeadline() {
        ward.register("A", Sex.FEMALE).register("B", Sex.FEMALE);
        ward.accepted(request("R1", new StayId("A")));
        ward.accepted(
                new Command.ReserveBed(new RequestId("R1"), new BedId("103"), ward.now.plus(Duration.ofHours(2))));
        assertThat(ward.state("103")).isEqualTo(BedState.RESERVED);
        assertThat(ward.refused(admission("B", "103")).rule()).isEqualTo(Rule.BED_RESERVED);

        ward.pass(Duration.ofMinutes(119));
        assertThat(ward.state("103")).isEqualTo(BedState.RESERVED);
        ward.pass(Duration.ofMinutes(1));

        assertThat(ward.state("103")).isEqualTo(BedState.READY);
        assertThat(ward.occupancy.view().requests()).hasSize(1);
        ward.accepted(admission("B", "103"));
    }

    @Test
    void shouldFulfilTheRequestWhenItsPatientArrives() {
        ward.register("A", Sex.FEMALE);
        ward.accepted(request("R1", new StayId("A")));
        ward.accepted(
                new Command.ReserveBed(new RequestId("R1"), new BedId("103"), ward.now.plus(Duration.ofHours(2))));

        List<BedEvent> events = ward.accepted(admission("A", "103"));

        assertThat(events)
                .hasAtLeastOneElementOfType(BedEvent.BedRequestFulfilled.class)
                .hasAtLeastOneElementOfType(BedEvent.ReservationReleased.class);
        assertThat(ward.occupancy.view().requests()).isEmpty();
        assertThat(ward.bed("103").reservation()).isNull();
    }

    @Test
    void shouldAnswerANamelessRequestWhenItIsNamed() {
        ward.accepted(request("R1", null));
        ward.accepted(
                new Command.ReserveBed(new RequestId("R1"), new BedId("103"), ward.now.plus(Duration.ofHours(2))));
        ward.register("A", Sex.FEMALE);
        assertThat(ward.refused(admission("A", "103")).rule()).isEqualTo(Rule.BED_RESERVED);

        ward.accepted(new Command.AdmitStay(new StayId("A"), null, new BedId("103"), null, new RequestId("R1")));

        assertThat(ward.occupancy.view().requests()).isEmpty();
    }

    @Test
    void shouldListRequestsByUrgency() {
        ward.accepted(request("R1", null, 3));
        ward.accepted(request("R2", null, 1));
        ward.accepted(request("R3", null, 3));

        assertThat(ward.occupancy.view().requests())
                .extracting(open -> open.request().id().value())
                .containsExactly("R2", "R1", "R3");
    }

    @Test
    void shouldOpenAndCloseSurgeBedsAsANumber() {
        assertThat(ward.state("104S")).isEqualTo(BedState.CLOSED);

        ward.accepted(new Command.SetSurgeBeds(new ServiceId("CARDIO"), 1));
        assertThat(ward.state("104S")).isEqualTo(BedState.READY);
        assertThat(ward.refused(new Command.SetSurgeBeds(new ServiceId("CARDIO"), 2))
                        .rule())
                .isEqualTo(Rule.BEDS_OUT_OF_RANGE);

        ward.accepted(new Command.SetSurgeBeds(new ServiceId("CARDIO"), 0));
        assertThat(ward.state("104S")).isEqualTo(BedState.CLOSED);
    }

    @Test
    void shouldRefuseToBlockOrCloseAnOccupiedBed() {
        ward.admit("A", Sex.FEMALE, "103");

        assertThat(ward.refused(new Command.BlockBed(new BedId("103"), BlockReason.MAINTENANCE, null, null))
                        .rule())
                .isEqualTo(Rule.BED_OCCUPIED);
        assertThat(ward.refused(new Command.CloseBed(new BedId("103"))).rule()).isEqualTo(Rule.BED_OCCUPIED);
    }

    @Test
    void shouldRefuseTimesThatCannotBe() {
        ward.admit("A", Sex.FEMALE, "103");
        Instant before = ward.now.minusSeconds(60);

        assertThat(ward.refused(new Command.DischargeStay(new StayId("A"), Ending.DISCHARGED, ward.now.plusSeconds(1)))
                        .rule())
                .isEqualTo(Rule.TIME_IN_FUTURE);
        assertThat(ward.refused(new Command.DischargeStay(new StayId("A"), Ending.DISCHARGED, before))
                        .rule())
                .isEqualTo(Rule.TIME_BEFORE_LAST_MOVEMENT);
        assertThat(ward.refused(new Command.PlanDischarge(new StayId("A"), before))
                        .rule())
                .isEqualTo(Rule.TIME_PASSED);
    }

    @Test
    void shouldTakeATransferBackAndSayWhoAndWhy() {
        ward.admit("A", Sex.FEMALE, "103");
        ward.accepted(transfer("A", "301"));
        long act = ward.lastAct();

        ward.accepted(undo(act));

        assertThat(ward.bed("103").occupants()).containsExactly(new StayId("A"));
        assertThat(ward.state("301")).isEqualTo(BedState.READY);
        assertThat(ward.journal).anySatisfy(recorded -> {
            assertThat(recorded.event()).isEqualTo(new BedEvent.ActUndone(ward.now, act, "erreur de saisie"));
            assertThat(recorded.origin()).isEqualTo(Ward.NURSE);
        });
    }

    @Test
    void shouldNotTakeBackADepartureWhoseBedWasGivenAway() {
        ward.admit("A", Sex.FEMALE, "103");
        ward.accepted(discharge("A"));
        long act = ward.lastAct();
        ward.accepted(new Command.FinishCleaning(new BedId("103")));
        ward.admit("B", Sex.FEMALE, "103");

        assertThat(ward.refused(undo(act)).rule()).isEqualTo(Rule.BED_OCCUPIED);
    }

    @Test
    void shouldRestoreTheRequestAndItsReservationWithTheMoveThatUsedThem() {
        ward.register("A", Sex.FEMALE);
        ward.accepted(request("R1", new StayId("A")));
        ward.accepted(
                new Command.ReserveBed(new RequestId("R1"), new BedId("103"), ward.now.plus(Duration.ofHours(2))));
        ward.accepted(admission("A", "103"));

        ward.accepted(undo(ward.lastAct()));

        assertThat(ward.state("103")).isEqualTo(BedState.RESERVED);
        assertThat(ward.occupancy.view().requests()).hasSize(1);
    }

    @Test
    void shouldCleanABedAgainWhenADepartureIsRestated() {
        ward.admit("A", Sex.FEMALE, "103");
        ward.accepted(discharge("A"));
        ward.accepted(new Command.FinishCleaning(new BedId("103")));
        Stay stay = ward.stay("A");
        ward.accepted(new Command.CancelMovement(
                stay.id(), stay.timeline().movements().getLast().id(), "toujours là"));

        ward.accepted(undo(ward.lastAct()));

        assertThat(ward.state("103")).isEqualTo(BedState.TO_CLEAN);
    }

    @Test
    void shouldNotRestateAMovementBeforeWhatTheStayDidSince() {
        ward.admit("A", Sex.FEMALE, "103");
        ward.pass(Duration.ofMinutes(1));
        ward.accepted(transfer("A", "301"));
        String moved = ward.stay("A").timeline().movements().getLast().id();
        ward.accepted(new Command.CancelMovement(new StayId("A"), moved, "erreur de lit"));
        long cancellation = ward.lastAct();
        ward.pass(Duration.ofMinutes(1));
        ward.accepted(transfer("A", "302"));

        assertThat(ward.refused(undo(cancellation)).rule()).isEqualTo(Rule.CANNOT_UNDO);
        assertThat(ward.stay("A").timeline().movements()).hasSize(2);
    }

    @Test
    void shouldNotReopenARequestWhoseNumberAnotherHas() {
        ward.accepted(request("R1", null));
        ward.accepted(new Command.CancelBedRequest(new RequestId("R1"), null));
        long act = ward.lastAct();
        ward.pass(Duration.ofMinutes(1));
        ward.accepted(request("R1", null));

        assertThat(ward.refused(undo(act)).rule()).isEqualTo(Rule.CANNOT_UNDO);
        assertThat(ward.occupancy.view().requests()).hasSize(1);
    }

    @Test
    void shouldNotReserveAgainForARequestThatIsClosedOrHasAnotherBed() {
        Instant until = ward.now.plus(Duration.ofHours(2));
        ward.accepted(request("R1", null));
        ward.accepted(new Command.ReserveBed(new RequestId("R1"), new BedId("103"), until));
        ward.accepted(new Command.ReleaseReservation(new BedId("103")));
        long release = ward.lastAct();
        ward.accepted(new Command.ReserveBed(new RequestId("R1"), new BedId("301"), until));
        assertThat(ward.refused(undo(release)).rule()).isEqualTo(Rule.CANNOT_UNDO);

        ward.accepted(new Command.CancelBedRequest(new RequestId("R1"), null));
        assertThat(ward.refused(undo(release)).rule()).isEqualTo(Rule.CANNOT_UNDO);
        assertThat(ward.state("103")).isEqualTo(BedState.READY);
    }

    @Test
    void shouldGiveBackTheContaminationThatAnUndoneCleaningTook() {
        BedId bed = new BedId("103");
        ward.accepted(new Command.RequestCleaning(bed, true));
        ward.accepted(new Command.StartCleaning(bed));
        ward.accepted(new Command.FinishCleaning(bed));
        ward.accepted(undo(ward.lastAct()));
        assertThat(ward.state("103")).isEqualTo(BedState.CLEANING);
        assertThat(ward.bed("103").contaminated()).isTrue();

        ward.accepted(new Command.FinishCleaning(bed));
        ward.accepted(new Command.RequestCleaning(bed, false));
        ward.accepted(new Command.RequestCleaning(bed, true));
        ward.accepted(undo(ward.lastAct()));
        assertThat(ward.state("103")).isEqualTo(BedState.TO_CLEAN);
        assertThat(ward.bed("103").contaminated()).isFalse();
    }

    @Test
    void shouldAwaitAgainAtTheSameTimeWhoseCancellationIsUndone() {
        Instant arrival = ward.now.plus(Duration.ofDays(2));
        ward.accepted(new Command.RegisterStay(
                new StayId("A"), Patient.UNKNOWN, CareNeeds.UNSPECIFIED, PatientClass.INPATIENT, arrival));
        ward.accepted(new Command.CancelRegistration(new StayId("A")));

        ward.accepted(undo(ward.lastAct()));

        assertThat(ward.stay("A").expectedArrival()).isEqualTo(arrival);
    }

    @Test
    void shouldNotSayThatItTookBackWhatAMergeBuriedOrChangeAnotherStay() {
        ward.register("A", Sex.FEMALE);
        long registration = ward.lastAct();
        ward.register("B", Sex.FEMALE);
        ward.accepted(new Command.MergeStays(new StayId("A"), new StayId("B")));

        assertThat(ward.refused(undo(registration)).rule()).isEqualTo(Rule.CANNOT_UNDO);
        assertThat(ward.stay("B").status()).isEqualTo(StayStatus.EXPECTED);
    }

    @Test
    void shouldTakeBackAPlanOfTheStayThatAMergeLeft() {
        ward.admit("A", Sex.FEMALE, "103").register("B", Sex.FEMALE);
        ward.accepted(new Command.SetMedicallyReady(new StayId("A"), true));
        ward.accepted(new Command.MergeStays(new StayId("B"), new StayId("A")));
        long act = ward.journal.stream()
                .filter(recorded -> recorded.event() instanceof BedEvent.MedicalReadinessChanged)
                .findFirst()
                .orElseThrow()
                .act();

        ward.accepted(undo(act));

        assertThat(ward.stay("A").medicallyReadyAt()).isNull();
    }

    @Test
    void shouldNotBringBackToABedThatWasBlockedOrReservedSince() {
        ward.admit("A", Sex.FEMALE, "103");
        ward.accepted(transfer("A", "301"));
        long act = ward.lastAct();
        ward.accepted(new Command.BlockBed(new BedId("103"), BlockReason.MAINTENANCE, null, null));
        assertThat(ward.refused(undo(act)).rule()).isEqualTo(Rule.BED_BLOCKED);

        ward.accepted(new Command.UnblockBed(new BedId("103")));
        ward.accepted(new Command.FinishCleaning(new BedId("103")));
        ward.accepted(request("R1", null));
        ward.accepted(
                new Command.ReserveBed(new RequestId("R1"), new BedId("103"), ward.now.plus(Duration.ofHours(2))));
        assertThat(ward.refused(undo(act)).rule()).isEqualTo(Rule.BED_RESERVED);
    }

    @Test
    void shouldReadAnAgeFromTheHospitalsOwnDay() {
        ward.now = Instant.parse("2026-06-30T22:30:00Z");
        ward.accepted(new Command.RegisterStay(
                new StayId("A"),
                new Patient(null, "N", "P", Sex.MALE, LocalDate.of(2008, 7, 1)),
                CareNeeds.UNSPECIFIED,
                PatientClass.INPATIENT,
                null));

        assertThat(ward.refused(admission("A", "201P")).about()).containsEntry("age", "18");
    }

    @Test
    void shouldSettleNoMoreDeadlinesInOnePassThanItsLimit() {
        for (int i = 0; i <= UpkeepDecisions.DEADLINES_PER_PASS_MAX; i++) {
            ward.register("S" + i, Sex.FEMALE);
        }

        ward.pass(Departures.STAY_RETENTION);
        assertThat(ward.occupancy.view().stays()).hasSize(1);

        ward.pass(Duration.ZERO);
        assertThat(ward.occupancy.view().stays()).isEmpty();
    }

    @Test
    void shouldTakeAnActBackOnce() {
        ward.accepted(new Command.BlockBed(new BedId("103"), BlockReason.STAFF, null, null));
        long act = ward.lastAct();
        ward.accepted(undo(act));
        ward.accepted(new Command.BlockBed(new BedId("103"), BlockReason.STAFF, null, null));

        assertThat(ward.refused(undo(act)).rule()).isEqualTo(Rule.UNKNOWN_ACT);
    }

    @Test
    void shouldForgetActsBeyondTheLimitAndSaySo() {
        ward.accepted(new Command.BlockBed(new BedId("103"), BlockReason.STAFF, null, null));
        long oldest = ward.lastAct();
        for (int i = 1; i < LiveState.RECENT_ACT_EVENTS_MAX; i++) {
            ward.accepted(new Command.RequestCleaning(new BedId("301"), i % 2 == 0));
        }
        assertThat(ward.occupancy.view().recentActs()).hasSize(LiveState.RECENT_ACT_EVENTS_MAX);
        ward.accepted(new Command.RequestCleaning(new BedId("301"), true));

        assertThat(ward.occupancy.view().recentActs()).hasSize(LiveState.RECENT_ACT_EVENTS_MAX);
        assertThat(ward.refused(undo(oldest)).rule()).isEqualTo(Rule.UNKNOWN_ACT);
    }

    @Test
    void shouldTakeTextsUpToTheirLimit() {
        BlockReason reason = BlockReason.OTHER;
        BedId bed = new BedId("103");
        String longest = "x".repeat(BedActs.TEXT_CHARS_MAX);
        assertThat(ward.refused(new Command.BlockBed(bed, reason, longest + "x", null))
                        .rule())
                .isEqualTo(Rule.TEXT_TOO_LONG);

        ward.accepted(new Command.BlockBed(bed, reason, longest, null));
    }

    @Test
    void shouldKeepWhatItKnewWhenTheLayoutChanges() {
        ward.admit("A", Sex.FEMALE, "103").admit("B", Sex.FEMALE, "102P");

        ward.run(new Command.DefineHospital(SmallHospital.rebuilt()));

        assertThat(ward.bed("103").occupants()).containsExactly(new StayId("A"));
        assertThat(ward.state("105")).isEqualTo(BedState.READY);
        assertThat(ward.anomalies()).containsExactly("BED_REMOVED");
        assertThat(ward.occupancy.view().services().getFirst().withoutBed())
                .extracting(stay -> stay.id().value())
                .containsExactly("B");
        assertThat(ward.occupancy.view().services().getFirst().counts().staffed())
                .isEqualTo(5);
        ward.accepted(transfer("B", "105"));
        assertThat(ward.anomalies()).isEmpty();
    }

    @Test
    void shouldArchiveAStayLongAfterItsEndAndGoOnCountingIt() {
        ward.admit("A", Sex.FEMALE, "103");
        ward.accepted(discharge("A"));

        ward.pass(Departures.STAY_RETENTION.minusSeconds(1));
        assertThat(ward.occupancy.view().stays()).containsKey(new StayId("A"));
        ward.pass(Duration.ofSeconds(1));

        assertThat(ward.occupancy.view().stays()).isEmpty();
        assertThat(ward.occupancy.view().census()).isEqualTo(new Census(1, 0, 1, 0, 0));
    }

    @Test
    void shouldKeepAStayThatIsAwaitedUntilLongAfterItsArrival() {
        Duration untilArrival = Duration.ofDays(90);
        ward.accepted(new Command.RegisterStay(
                new StayId("A"),
                Patient.UNKNOWN,
                CareNeeds.UNSPECIFIED,
                PatientClass.INPATIENT,
                ward.now.plus(untilArrival)));

        ward.pass(untilArrival.plus(Departures.STAY_RETENTION).minusSeconds(1));
        assertThat(ward.occupancy.view().stays()).containsKey(new StayId("A"));
        ward.pass(Duration.ofSeconds(1));

        assertThat(ward.occupancy.view().stays()).isEmpty();
    }

    @Test
    void shouldNameThePersonInNoRefusal() {
        ward.admit("A", Sex.FEMALE, "103").register("B", Sex.FEMALE);

        Decision.Refused refused = ward.refused(admission("B", "103"));

        assertThat(refused.toString()).doesNotContain("NOM").doesNotContain(((Origin.Person) Ward.NURSE).name());
    }

    private Command.RequestBed request(String id, @Nullable StayId stay) {
        return request(id, stay, 2);
    }

    private Command.RequestBed request(String id, @Nullable StayId stay, int priority) {
        return new Command.RequestBed(
                new RequestId(id),
                stay,
                null,
                RequestOrigin.EMERGENCY_DEPARTMENT,
                CareNeeds.UNSPECIFIED,
                priority,
                null,
                Duration.ofDays(3),
                null);
    }
}
