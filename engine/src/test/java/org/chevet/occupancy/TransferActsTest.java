package org.chevet.occupancy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.chevet.event.BedEvent;
import org.chevet.event.Command;
import org.chevet.event.Ending;
import org.chevet.event.MovementKind;
import org.chevet.event.RequestOrigin;
import org.chevet.event.StatedPapers;
import org.chevet.event.TransferSide;
import org.chevet.event.TransferStep;
import org.chevet.event.TransferStep.Cause;
import org.chevet.event.TransferStep.Kind;
import org.chevet.event.TransferWish;
import org.chevet.event.Whereabouts;
import org.chevet.hospital.BedId;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.HospitalId;
import org.chevet.hospital.Patient;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.Sex;
import org.chevet.hospital.StayId;
import org.chevet.hospital.TransferId;
import org.junit.jupiter.api.Test;

/** What one hospital decides about its side of a transfer. */
class TransferActsTest {
    private static final HospitalId OTHER = new HospitalId("OTHER");
    private static final HospitalId THIRD = new HospitalId("THIRD");
    private static final Patient ROSE =
            new Patient("7^^^GROUP", "MARTIN", "Rose", Sex.FEMALE, LocalDate.of(1950, 2, 3));
    private static final Patient BARE = new Patient("12345", "MARTIN", "Rose", Sex.FEMALE, ROSE.birthDate());
    private static final TransferId THEIRS = TransferId.of(OTHER, 12);
    private static final TransferWish WISH = new TransferWish(CareNeeds.UNSPECIFIED, null, 2, SmallHospital.NOON, null);

    private final Ward ward = new Ward();
    private final List<TransferStep> said = new ArrayList<>();

    // ---- the hospital that asks

    private InterhospitalTransfer ask() {
        ward.admit("A", Sex.FEMALE, "101P");
        ward.accepted(asking(OTHER));
        return only();
    }

    private static Command.AskInterhospitalTransfer asking(HospitalId hospital) {
        return new Command.AskInterhospitalTransfer(new StayId("A"), hospital, null, null, 2, null, null);
    }

    private InterhospitalTransfer only() {
        assertThat(ward.occupancy.view().transfers()).hasSize(1);
        return ward.occupancy.view().transfers().getFirst();
    }

    private InterhospitalTransfer transfer(TransferId id) {
        return ward.occupancy.view().transfers().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** The other hospital says one more thing. */
    private void hear(InterhospitalTransfer transfer, TransferStep step) {
        List<TransferStep> all = new ArrayList<>(transfer.steps(transfer.side().other()));
        all.add(step);
        ward.accepted(new Command.ReportTransferSteps(
                transfer.id(), transfer.otherHospital(), transfer.side().other(), transfer.wish(), all));
    }

    private InterhospitalTransfer accepted() {
        InterhospitalTransfer asked = ask();
        hear(asked, offer(1));
        ward.accepted(new Command.AcceptInterhospitalTransfer(asked.id()));
        return only();
    }

    private TransferStep offer(int number) {
        return TransferStep.offered(
                number, ward.now, new ServiceId("MED"), new BedId("12"), ward.now.plus(Duration.ofHours(2)));
    }

    @Test
    void shouldTellWhatIsNeededAndWhoItIsOnlyWhenABedIsAccepted() {
        InterhospitalTransfer asked = ask();
        assertThat(asked.wish().needs().sex()).isEqualTo(Sex.FEMALE);
        assertThat(asked.patient()).isNull();

        hear(asked, offer(1));
        ward.accepted(new Command.AcceptInterhospitalTransfer(asked.id()));

        assertThat(Objects.requireNonNull(only().patient()).familyName()).isEqualTo("NOMA");
    }

    @Test
    void shouldNotAskItselfNorTheSameHospitalTwice() {
        ask();
        assertThat(ward.refused(asking(new HospitalId("SMALL"))).rule()).isEqualTo(Rule.OWN_HOSPITAL);
        assertThat(ward.refused(asking(OTHER)).rule()).isEqualTo(Rule.TRANSFER_EXISTS);
    }

    @Test
    void shouldAskSeveralAndAcceptOne() {
        InterhospitalTransfer first = ask();
        ward.accepted(asking(THIRD));
        InterhospitalTransfer second = ward.occupancy.view().transfers().getLast();
        hear(first, offer(1));
        hear(second, offer(1));
        ward.accepted(new Command.AcceptInterhospitalTransfer(first.id()));

        assertThat(ward.refused(new Command.AcceptInterhospitalTransfer(second.id()))
                        .rule())
                .isEqualTo(Rule.TRANSFER_ACCEPTED_ALREADY);
        ward.accepted(new Command.RecordInterhospitalDeparture(first.id(), null));

        assertThat(transfer(first.id()).state()).isEqualTo(TransferState.DEPARTED);
        assertThat(Objects.requireNonNull(transfer(second.id()).end()).cause()).isEqualTo(Cause.GONE_ELSEWHERE);
        assertThat(ward.stay("A").ending()).isEqualTo(Ending.TRANSFERRED_OUT);
    }

    @Test
    void shouldTakeAnyDepartureOfWhoHasABedElsewhereForTheirDeparture() {
        accepted();
        ward.accepted(Ward.fact("A", "m9", MovementKind.DISCHARGE, ward.now, null, null));

        assertThat(only().state()).isEqualTo(TransferState.DEPARTED);
    }

    @Test
    void shouldTakeBackWhatWasAskedForWhoDies() {
        accepted();
        ward.accepted(new Command.DischargeStay(new StayId("A"), Ending.DIED, null));

        assertThat(Objects.requireNonNull(only().end()).cause()).isEqualTo(Cause.DIED);
    }

    @Test
    void shouldNotDepartForABedThatIsNoLongerHeld() {
        InterhospitalTransfer accepted = accepted();
        hear(accepted, TransferStep.withdrawn(2, ward.now, Cause.DEADLINE_PASSED));

        assertThat(only().state()).isEqualTo(TransferState.ASKED);
        assertThat(ward.refused(new Command.RecordInterhospitalDeparture(accepted.id(), null))
                        .rule())
                .isEqualTo(Rule.TRANSFER_NOT_THERE);
        hear(only(), offer(3));
        assertThat(only().state()).as("another offer is to be accepted anew").isEqualTo(TransferState.OFFERED);
    }

    @Test
    void shouldBringBackWhoTurnsAroundAndSayWhereTheyAre() {
        InterhospitalTransfer accepted = accepted();
        ward.accepted(new Command.RecordInterhospitalDeparture(accepted.id(), null));
        ward.admit("B", Sex.FEMALE, "101F");
        ward.accepted(new Command.FinishCleaning(new BedId("101P")));
        ward.admit("C", Sex.FEMALE, "101P");

        assertThat(ward.refused(new Command.CancelInterhospitalTransfer(accepted.id(), "malaise", null))
                        .rule())
                .isEqualTo(Rule.WHEREABOUTS_MISSING);
        ward.accepted(new Command.CancelInterhospitalTransfer(accepted.id(), "malaise", Whereabouts.SENDING_HOSPITAL));

        assertThat(ward.stay("A").status()).isEqualTo(StayStatus.PRESENT);
        assertThat(Objects.requireNonNull(ward.stay("A").location()).bed())
                .as("somebody else has the bed")
                .isNull();
        assertThat(ward.anomalies()).isEmpty();
        assertThat(ward.occupancy.breaches()).isEmpty();
    }

    @Test
    void shouldBringBackToTheirBedWhoIsSentBackByTheOtherHospital() {
        InterhospitalTransfer accepted = accepted();
        ward.accepted(new Command.RecordInterhospitalDeparture(accepted.id(), null));
        hear(only(), TransferStep.cancelled(2, ward.now, "panne", null, Whereabouts.SENDING_HOSPITAL));

        assertThat(only().state()).isEqualTo(TransferState.CANCELLED);
        assertThat(ward.bed("101P").occupants()).containsExactly(new StayId("A"));
    }

    @Test
    void shouldNotTakeACancellationThatDidNotKnowOfTheDepartureForAnEnd() {
        InterhospitalTransfer accepted = accepted();
        ward.accepted(new Command.RecordInterhospitalDeparture(accepted.id(), null));
        hear(only(), TransferStep.cancelled(2, ward.now, "panne", null, null));

        assertThat(only().state()).isEqualTo(TransferState.DEPARTED);
        assertThat(only().offer()).isNull();
    }

    @Test
    void shouldDischargeWhoHasArrivedThere() {
        InterhospitalTransfer accepted = accepted();
        hear(accepted, TransferStep.arrived(2, ward.now, new StayId("X")));

        assertThat(ward.stay("A").ending()).isEqualTo(Ending.TRANSFERRED_OUT);
        assertThat(only().hasDeparted()).isTrue();
        assertThat(only().state()).isEqualTo(TransferState.ARRIVED);
        assertThat(ward.anomalies()).isEmpty();
    }

    @Test
    void shouldShowWhoIsInBothHospitalsUntilTheyLeaveOne() {
        InterhospitalTransfer accepted = accepted();
        ward.accepted(new Command.CancelInterhospitalTransfer(accepted.id(), "reste ici", null));
        hear(only(), TransferStep.arrived(2, ward.now, new StayId("X")));

        assertThat(ward.anomalies()).containsExactly("TRANSFER_CONTRADICTED");
        ward.accepted(Ward.discharge("A"));
        assertThat(ward.anomalies()).isEmpty();
    }

    /** Seed 544 of {@code OccupancyPropertiesTest}: what the patient did here in between changes nothing about it. */
    @Test
    void shouldNotSayAgainWhatWasSetAsideWhenALeaveIsTakenBack() {
        InterhospitalTransfer accepted = accepted();
        ward.accepted(new Command.CancelInterhospitalTransfer(accepted.id(), "reste ici", null));
        hear(only(), TransferStep.arrived(2, ward.now, new StayId("X")));
        ward.accepted(new Command.ResolveAnomaly("transfer:" + accepted.id(), "vu"));

        ward.accepted(new Command.StartLeave(new StayId("A"), null));
        ward.accepted(Ward.undo(ward.lastAct()));

        assertThat(ward.anomalies()).isEmpty();
    }

    @Test
    void shouldShowWhoIsInNeitherHospitalUntilTheyAreThereAfterAll() {
        InterhospitalTransfer accepted = accepted();
        hear(accepted, TransferStep.arrived(2, ward.now, new StayId("X")));
        hear(only(), TransferStep.arrivalTakenBack(3, ward.now));
        assertThat(ward.anomalies()).containsExactly("TRANSFER_CONTRADICTED");
        assertThat(only().state()).isEqualTo(TransferState.ARRIVED);

        hear(only(), TransferStep.arrived(4, ward.now, new StayId("X")));
        assertThat(ward.anomalies()).isEmpty();
        assertThat(ward.stay("A").status()).isEqualTo(StayStatus.ENDED);
    }

    @Test
    void shouldShowWhoIsInNeitherHospitalUntilTheyAreHereAgain() {
        InterhospitalTransfer accepted = accepted();
        hear(accepted, TransferStep.arrived(2, ward.now, new StayId("X")));
        hear(only(), TransferStep.arrivalTakenBack(3, ward.now));

        String discharge =
                Objects.requireNonNull(ward.stay("A").timeline().last()).id();
        ward.accepted(new Command.CancelMovement(new StayId("A"), discharge, "toujours ici"));
        assertThat(ward.stay("A").isHere()).isTrue();
        assertThat(ward.anomalies()).isEmpty();

        hear(only(), TransferStep.arrived(4, ward.now, new StayId("X")));
        assertThat(ward.anomalies()).containsExactly("TRANSFER_CONTRADICTED");
        assertThat(ward.stay("A").isHere()).isTrue();
    }

    @Test
    void shouldKeepWhoseArrivalWasTakenBackBeforeItWasHeardOf() {
        InterhospitalTransfer accepted = accepted();
        ward.accepted(new Command.ReportTransferSteps(
                accepted.id(),
                OTHER,
                TransferSide.RECEIVING,
                accepted.wish(),
                List.of(
                        accepted.receiving().getFirst(),
                        TransferStep.arrived(2, ward.now, new StayId("X")),
                        TransferStep.arrivalTakenBack(3, ward.now))));

        assertThat(ward.stay("A").isHere()).isTrue();
        assertThat(ward.anomalies()).isEmpty();
    }

    @Test
    void shouldFollowAStayThatIsMergedIntoAnother() {
        InterhospitalTransfer accepted = accepted();
        ward.register("A2", Sex.FEMALE);
        ward.accepted(new Command.MergeStays(new StayId("A"), new StayId("A2")));

        assertThat(only().stay()).isEqualTo(new StayId("A2"));
        ward.accepted(new Command.RecordInterhospitalDeparture(accepted.id(), null));
        assertThat(ward.stay("A2").status()).isEqualTo(StayStatus.ENDED);
    }

    @Test
    void shouldTakeBackTheAskingAndNoStepThatFollowed() {
        InterhospitalTransfer asked = ask();
        long asking = ward.lastAct();
        hear(asked, offer(1));
        ward.accepted(new Command.AcceptInterhospitalTransfer(asked.id()));
        long accepting = ward.lastAct();

        assertThat(ward.refused(Ward.undo(accepting)).rule()).isEqualTo(Rule.CANNOT_UNDO);
        assertThat(ward.refused(Ward.undo(asking)).rule()).isEqualTo(Rule.CANNOT_UNDO);

        ward.accepted(cancelling(asked.id()));
        ward.accepted(asking(THIRD));
        ward.accepted(Ward.undo(ward.lastAct()));
        assertThat(ward.occupancy.view().transfers())
                .extracting(InterhospitalTransfer::state)
                .containsOnly(TransferState.CANCELLED);
    }

    private static Command.CancelInterhospitalTransfer cancelling(TransferId id) {
        return new Command.CancelInterhospitalTransfer(id, "autre choix", null);
    }

    // ---- the hospital that is asked

    /** The other hospital asks, or says more. */
    private InterhospitalTransfer told(TransferStep... more) {
        if (said.isEmpty()) {
            said.add(TransferStep.asked(ward.now));
        }
        said.addAll(List.of(more));
        ward.accepted(new Command.ReportTransferSteps(THEIRS, OTHER, TransferSide.SENDING, WISH, said));
        return transfer(THEIRS);
    }

    private RequestId request() {
        return Objects.requireNonNull(transfer(THEIRS).request());
    }

    private InterhospitalTransfer promised() {
        return promised(ROSE);
    }

    private InterhospitalTransfer promised(Patient patient) {
        told();
        ward.accepted(offering("103"));
        return told(TransferStep.accepted(2, ward.now, 1, patient));
    }

    private Command.OfferInterhospitalTransfer offering(String bed) {
        return new Command.OfferInterhospitalTransfer(THEIRS, new BedId(bed), ward.now.plus(Duration.ofHours(2)));
    }

    @Test
    void shouldStandInTheQueueAsABedRequest() {
        told();

        assertThat(ward.occupancy.view().requests())
                .singleElement()
                .satisfies(open -> assertThat(open.request().id()).isEqualTo(request()));
        assertThat(ward.refused(new Command.CancelBedRequest(request(), null)).rule())
                .isEqualTo(Rule.REQUEST_OF_TRANSFER);
    }

    @Test
    void shouldHaveARequestOfItsOwnWhateverOthersCallTheirs() {
        Command.RequestBed theirs = new Command.RequestBed(
                new RequestId("transfer-" + (ward.occupancy.sequence() + 2)),
                null,
                null,
                RequestOrigin.ELECTIVE,
                CareNeeds.UNSPECIFIED,
                3,
                null,
                null,
                null);
        ward.accepted(theirs);
        told();
        assertThat(ward.occupancy.view().requests()).hasSize(2);

        ward.accepted(new Command.DeclineInterhospitalTransfer(THEIRS, "complet"));
        Command.RequestBed same = new Command.RequestBed(
                request(), null, null, RequestOrigin.ELECTIVE, CareNeeds.UNSPECIFIED, 3, null, null, null);
        assertThat(ward.refused(same).rule()).isEqualTo(Rule.REQUEST_EXISTS);
    }

    @Test
    void shouldOfferWhateverBedIsReservedForTheRequest() {
        told();
        ward.accepted(new Command.ReserveBed(request(), new BedId("103"), ward.now.plus(Duration.ofHours(1))));

        assertThat(Objects.requireNonNull(transfer(THEIRS).offer()).bed()).isEqualTo(new BedId("103"));
    }

    @Test
    void shouldSayThatTheDeadlinePassedAndKeepTheBedOfWhoIsOnTheWay() {
        promised();
        ward.pass(Duration.ofHours(3));
        assertThat(transfer(THEIRS).receiving().getLast().cause()).isEqualTo(Cause.DEADLINE_PASSED);
        assertThat(transfer(THEIRS).state()).isEqualTo(TransferState.ASKED);
        assertThat(ward.state("103")).isEqualTo(BedState.READY);

        ward.accepted(offering("103"));
        told(TransferStep.accepted(3, ward.now, 3, ROSE), TransferStep.departed(4, ward.now));
        ward.pass(Duration.ofHours(3));
        assertThat(ward.state("103")).as("the patient is on the way").isEqualTo(BedState.RESERVED);
    }

    @Test
    void shouldRegisterAndAdmitWhoArrives() {
        promised();
        ward.accepted(new Command.RecordInterhospitalArrival(THEIRS, new StayId("N"), null, null));

        assertThat(ward.bed("103").occupants()).containsExactly(new StayId("N"));
        assertThat(ward.stay("N").knownPatient()).isEqualTo(ROSE);
        assertThat(transfer(THEIRS).state()).isEqualTo(TransferState.ARRIVED);
        assertThat(ward.occupancy.view().requests()).isEmpty();
        assertThat(ward.anomalies()).isEmpty();
    }

    @Test
    void shouldTakeTheAwaitedPatientInTheirBedForTheirArrival() {
        promised();
        takeToTheirBed(ROSE);

        assertThat(transfer(THEIRS).state()).isEqualTo(TransferState.ARRIVED);
        assertThat(ward.anomalies()).isEmpty();
    }

    private void takeToTheirBed(Patient patient) {
        ward.accepted(new Command.ReportStay(new StayId("N"), StatedPapers.ofPatient(patient), ward.now));
        ward.accepted(Ward.fact("N", "m1", MovementKind.ADMISSION, ward.now, "CARDIO", "103"));
    }

    @Test
    void shouldTakeWhoHasTheirNumberOfACommonAuthorityForTheAwaitedPatient() {
        promised();
        takeToTheirBed(new Patient(ROSE.identifier(), "martin", null, Sex.UNKNOWN, null));

        assertThat(transfer(THEIRS).state()).isEqualTo(TransferState.ARRIVED);
    }

    @Test
    void shouldNotTakeWhoHasTheirNumberAndAnotherNameForTheAwaitedPatient() {
        promised();
        takeToTheirBed(new Patient(ROSE.identifier(), "DUPONT", "Jean", Sex.MALE, null));

        assertThat(transfer(THEIRS).receiving().getLast().cause()).isEqualTo(Cause.BED_LOST);
        assertThat(ward.anomalies()).contains("RESERVATION_OVERRIDDEN");
    }

    @Test
    void shouldNotTakeWhoHasTheirNumberAndAnotherBirthDateForTheAwaitedPatient() {
        promised();
        takeToTheirBed(new Patient(ROSE.identifier(), "MARTIN", "Rose", Sex.FEMALE, LocalDate.of(1980, 1, 1)));

        assertThat(transfer(THEIRS).receiving().getLast().cause()).isEqualTo(Cause.BED_LOST);
    }

    @Test
    void shouldNotBelieveABareNumberOfTheOtherHospital() {
        promised(BARE);
        takeToTheirBed(new Patient(BARE.identifier(), null, null, Sex.UNKNOWN, null));

        assertThat(transfer(THEIRS).receiving().getLast().cause()).isEqualTo(Cause.BED_LOST);
    }

    @Test
    void shouldNotTakeWhoArrivesForWhoHasTheirBareNumberHere() {
        promised(BARE);
        Patient here = new Patient(BARE.identifier(), "DUPONT", "Jean", Sex.MALE, LocalDate.of(1980, 1, 1));
        ward.accepted(new Command.ReportPatient("12345", here, ward.now.plusSeconds(1)));
        ward.accepted(new Command.RecordInterhospitalArrival(THEIRS, new StayId("N"), null, null));

        assertThat(ward.stay("N").knownPatient())
                .isEqualTo(new Patient(null, "MARTIN", "Rose", Sex.FEMALE, ROSE.birthDate()));
        assertThat(ward.bed("103").occupants()).containsExactly(new StayId("N"));
    }

    @Test
    void shouldSayThatWhoseArrivalIsTakenBackIsInNeitherHospitalUntilTheyAreHereAgain() {
        promised();
        ward.accepted(new Command.RecordInterhospitalArrival(THEIRS, new StayId("N"), null, null));
        Command.Act undo = Ward.undo(ward.lastAct());
        assertThat(ward.refused(undo).toString()).contains("OTHER_HOSPITAL_TOLD_AND_OVER");

        String arrival =
                Objects.requireNonNull(ward.stay("N").timeline().last()).id();
        ward.accepted(new Command.CancelMovement(new StayId("N"), arrival, "erreur"));
        assertThat(ward.anomalies()).containsExactly("TRANSFER_CONTRADICTED");
        assertThat(lastStep()).isEqualTo(TransferStep.arrivalTakenBack(3, ward.now));

        ward.accepted(Ward.undo(ward.lastAct()));
        assertThat(ward.anomalies()).isEmpty();
        assertThat(lastStep()).isEqualTo(TransferStep.arrived(4, ward.now, new StayId("N")));
        assertThat(ward.occupancy.breaches()).isEmpty();
    }

    @Test
    void shouldSayThatAFeedTookAnArrivalBackUntilTheyAreAdmittedAnew() {
        promised();
        takeToTheirBed(ROSE);
        ward.accepted(new Command.ReportCancellation(
                new StayId("N"), "m1", List.of(MovementKind.ADMISSION), ward.now, ward.now));
        assertThat(ward.anomalies()).containsExactly("TRANSFER_CONTRADICTED");

        ward.accepted(Ward.fact("N", "m2", MovementKind.ADMISSION, ward.now, "CARDIO", "301"));
        assertThat(ward.anomalies()).doesNotContain("TRANSFER_CONTRADICTED");
        assertThat(lastStep().kind()).isEqualTo(TransferStep.Kind.ARRIVED);
    }

    private TransferStep lastStep() {
        return transfer(THEIRS).ownSteps().getLast();
    }

    @Test
    void shouldLinkWhoIsHereAlreadyAndNotAdmitThemTwice() {
        promised();
        told(TransferStep.departed(3, ward.now));
        ward.admit("N", Sex.FEMALE, "301");
        List<BedEvent> events =
                ward.accepted(new Command.RecordInterhospitalArrival(THEIRS, new StayId("N"), null, null));

        assertThat(events).noneMatch(BedEvent.MovementRecorded.class::isInstance);
        assertThat(ward.bed("301").occupants()).containsExactly(new StayId("N"));
        assertThat(ward.state("103")).isEqualTo(BedState.READY);
        assertThat(transfer(THEIRS).state()).isEqualTo(TransferState.ARRIVED);
    }

    @Test
    void shouldSayThatTheBedIsLostWhenAFactPutsSomebodyElseThere() {
        promised();
        ward.accepted(Ward.fact("Z", "m1", MovementKind.ADMISSION, ward.now, "CARDIO", "103"));

        assertThat(transfer(THEIRS).receiving().getLast().cause()).isEqualTo(Cause.BED_LOST);
        assertThat(ward.anomalies()).contains("RESERVATION_OVERRIDDEN");
        assertThat(ward.refused(new Command.RecordInterhospitalArrival(THEIRS, new StayId("N"), new BedId("103"), null))
                        .rule())
                .isEqualTo(Rule.TRANSFER_NOT_THERE);
        told(TransferStep.departed(3, ward.now));
        assertThat(ward.refused(new Command.RecordInterhospitalArrival(THEIRS, new StayId("N"), new BedId("103"), null))
                        .rule())
                .isEqualTo(Rule.BED_OCCUPIED);
        ward.accepted(new Command.RecordInterhospitalArrival(THEIRS, new StayId("N"), new BedId("301"), null));
        assertThat(transfer(THEIRS).state()).isEqualTo(TransferState.ARRIVED);
    }

    @Test
    void shouldAwaitWhoDepartedBeforeTheyHeardOfTheCancellation() {
        promised();
        ward.accepted(cancelling(THEIRS));
        assertThat(ward.occupancy.view().requests()).isEmpty();
        told(TransferStep.departed(3, ward.now));

        assertThat(transfer(THEIRS).state()).isEqualTo(TransferState.DEPARTED);
        assertThat(ward.occupancy.view().requests()).hasSize(1);
        ward.accepted(offering("103"));
        ward.accepted(new Command.RecordInterhospitalArrival(THEIRS, new StayId("N"), null, null));
        assertThat(transfer(THEIRS).state()).isEqualTo(TransferState.ARRIVED);
    }

    @Test
    void shouldDeclineWithAReasonAndOnlyBeforeItIsAccepted() {
        told();
        assertThat(ward.refused(new Command.DeclineInterhospitalTransfer(THEIRS, " "))
                        .rule())
                .isEqualTo(Rule.TEXT_MISSING);
        ward.accepted(new Command.DeclineInterhospitalTransfer(THEIRS, "complet"));

        assertThat(Objects.requireNonNull(transfer(THEIRS).end()).kind()).isEqualTo(Kind.DECLINED);
        assertThat(ward.refused(offering("103")).rule()).isEqualTo(Rule.TRANSFER_NOT_THERE);
    }

    @Test
    void shouldLeaveEachStepToWhoseItIs() {
        told();
        assertThat(ward.refused(new Command.AcceptInterhospitalTransfer(THEIRS)).rule())
                .isEqualTo(Rule.TRANSFER_OF_OTHER_SIDE);
        assertThat(ward.refused(new Command.AcceptInterhospitalTransfer(new TransferId("none")))
                        .rule())
                .isEqualTo(Rule.UNKNOWN_TRANSFER);
    }

    @Test
    void shouldForgetWhatIsOverAfterAWeekOrLaterWhenTheOtherHospitalHasNotHeard() {
        told();
        ward.accepted(new Command.DeclineInterhospitalTransfer(THEIRS, "complet"));
        Instant before = ward.now;
        ward.now = before.plus(Duration.ofDays(8));
        ward.run(new Command.PassTime());
        assertThat(ward.occupancy.view().transfers()).as("unheard").hasSize(1);

        ward.accepted(new Command.AcknowledgeTransferSteps(THEIRS, 1));
        ward.pass(Duration.ofDays(8));
        assertThat(ward.occupancy.view().transfers()).isEmpty();
    }

    @Test
    void shouldNoticeABedThatIsNotHeldForItsTransfer() {
        promised();
        OccupancyState state = ward.occupancy.state();
        InterhospitalTransfer wrong =
                transfer(THEIRS).with(TransferSide.RECEIVING, TransferStep.withdrawn(2, ward.now, null), ward.now);
        Occupancy broken = new Occupancy(new OccupancyState(
                state.sequence(),
                state.recordedAt(),
                state.hospital(),
                state.census(),
                state.beds(),
                state.staffing(),
                state.stays(),
                state.requests(),
                state.anomalies(),
                state.quarantine(),
                state.recentActs(),
                state.persons(),
                List.of(wrong),
                state.tallies(),
                state.crisis(),
                state.drill()));

        assertThat(broken.breaches()).extracting(Breach::invariant).containsExactly(Breach.Invariant.TRANSFERS);
    }
}
