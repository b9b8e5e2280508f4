package org.chevet.occupancy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.chevet.event.Acceptance;
import org.chevet.event.Author;
import org.chevet.event.BedEvent;
import org.chevet.event.BlockReason;
import org.chevet.event.Command;
import org.chevet.event.CounterProposal;
import org.chevet.event.Ending;
import org.chevet.event.MovementKind;
import org.chevet.event.OverrideReason;
import org.chevet.event.Recorded;
import org.chevet.event.RefusalReason;
import org.chevet.event.RequestOrigin;
import org.chevet.event.RuleOverride;
import org.chevet.hospital.BedId;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.Sex;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What services answer to bed requests, and rules that are broken on purpose. */
class NegotiationTest {
    private static final RequestId R = new RequestId("R");
    private static final Instant TWO = SmallHospital.NOON.plus(Duration.ofHours(2));
    private static final Instant FOUR = SmallHospital.NOON.plus(Duration.ofHours(4));

    private final Ward ward = new Ward();

    private void request(@Nullable String stay, Sex sex) {
        ward.accepted(new Command.RequestBed(
                R,
                stay == null ? null : new StayId(stay),
                null,
                RequestOrigin.EMERGENCY_DEPARTMENT,
                CareNeeds.UNSPECIFIED.of(sex, null),
                2,
                null,
                null,
                null));
    }

    private void request() {
        request(null, Sex.UNKNOWN);
    }

    private static Command.ReserveBed reserve(String bed) {
        return new Command.ReserveBed(R, new BedId(bed), TWO);
    }

    private static Command.RefuseBedRequest refuse(@Nullable String service, @Nullable String bed) {
        return new Command.RefuseBedRequest(
                R,
                service == null ? null : new ServiceId(service),
                bed == null ? null : new BedId(bed),
                RefusalReason.NO_STAFF,
                null);
    }

    private static Command.CounterProposeBed counter(String bed, @Nullable Instant from) {
        return new Command.CounterProposeBed(R, new BedId(bed), from, null);
    }

    private static RuleOverride override(String... rules) {
        return new RuleOverride(OverrideReason.CRISIS, null, List.of(rules));
    }

    private HospitalView.OpenRequest open() {
        return ward.occupancy.view().requests().getFirst();
    }

    private List<HospitalView.OpenRequest> arrivals(String service) {
        ServiceView view = ward.occupancy.view().service(new ServiceId(service));
        assertThat(view).isNotNull();
        return view.arrivals();
    }

    private List<String> tallies() {
        return ward.occupancy.view().tallies().stream()
                .map(tally -> tally.service() + " " + tally.kind() + " " + tally.reason() + " " + tally.count())
                .toList();
    }

    private void undoLast() {
        ward.accepted(Ward.undo(ward.lastAct()));
    }

    private static Command.ReserveBed reserveFrom(String bed, Instant from) {
        return new Command.ReserveBed(R, new BedId(bed), from, FOUR, null);
    }

    private void lieUntil(String stay, String bed, @Nullable Instant leaves) {
        ward.admit(stay, Sex.FEMALE, bed);
        if (leaves != null) {
            ward.accepted(new Command.PlanDischarge(new StayId(stay), leaves));
        }
    }

    @Test
    void shouldHoldABedThatIsLeftAndCleanedBeforeThePatientComes() {
        lieUntil("S", "301", TWO.minus(Duration.ofHours(1)));
        request();

        ward.accepted(reserveFrom("301", TWO));

        assertThat(Objects.requireNonNull(open().acceptance()).from()).isEqualTo(TWO);
        assertThat(ward.bed("301").state()).isEqualTo(BedState.OCCUPIED);
        assertThat(ward.occupancy.view().anomalies()).isEmpty();
        ward.accepted(new Command.DischargeStay(new StayId("S"), Ending.DISCHARGED, null));
        assertThat(ward.bed("301").state()).isEqualTo(BedState.TO_CLEAN);
        ward.accepted(new Command.FinishCleaning(new BedId("301")));
        assertThat(ward.bed("301").state()).isEqualTo(BedState.RESERVED);
        ward.register("T", Sex.FEMALE);
        ward.accepted(new Command.AdmitStay(new StayId("T"), null, new BedId("301"), null, R));
        assertThat(ward.occupancy.view().requests()).isEmpty();
        assertThat(ward.occupancy.view().anomalies()).isEmpty();
    }

    @Test
    void shouldHoldNoBedThatNobodyExpectsToBeReadyByThen() {
        lieUntil("S", "301", null);
        lieUntil("T", "302", FOUR);
        ward.accepted(new Command.BlockBed(new BedId("303"), BlockReason.MAINTENANCE, null, FOUR));
        request();

        assertThat(ward.refused(reserveFrom("301", TWO)).rule()).isEqualTo(Rule.BED_OCCUPIED);
        assertThat(ward.refused(reserveFrom("302", TWO)).rule()).isEqualTo(Rule.BED_OCCUPIED);
        assertThat(ward.refused(reserveFrom("303", TWO)).rule()).isEqualTo(Rule.BED_BLOCKED);
        assertThat(ward.refused(reserveFrom("302", FOUR)).rule()).isEqualTo(Rule.DEADLINE_BEFORE_ARRIVAL);
    }

    @Test
    void shouldHoldABedThatIsCleanedOnlyForWhoComesLater() {
        ward.accepted(new Command.RequestCleaning(new BedId("301"), false));
        request();

        assertThat(ward.refused(reserve("301")).rule()).isEqualTo(Rule.BED_NOT_CLEAN);
        assertThat(ward.refused(reserveFrom("301", ward.now)).rule()).isEqualTo(Rule.BED_NOT_CLEAN);
        ward.accepted(reserveFrom("301", TWO));
        assertThat(ward.bed("301").state()).isEqualTo(BedState.TO_CLEAN);
        ward.accepted(new Command.FinishCleaning(new BedId("301")));
        assertThat(ward.bed("301").state()).isEqualTo(BedState.RESERVED);
    }

    /** What is told again of somebody who lies there is no arrival. */
    @Test
    void shouldLeaveABedThatIsHeldForLaterToWhoLiesThereUntilThen() {
        lieUntil("S", "301", TWO);
        request();
        ward.accepted(reserveFrom("301", TWO));

        ward.accepted(new Command.StartLeave(new StayId("S"), null));
        ward.pass(Duration.ofMinutes(10));
        ward.accepted(new Command.EndLeave(new StayId("S"), null));

        assertThat(open().bed()).isEqualTo(new BedId("301"));
        assertThat(ward.occupancy.view().anomalies()).isEmpty();
    }

    @Test
    void shouldTellAServiceWhomItIsToExpectSinceWhenAndUntilWhen() {
        request();
        ward.pass(Duration.ofMinutes(10));
        Instant accepted = ward.now;
        ward.accepted(reserve("102P"));
        ward.pass(Duration.ofMinutes(5));

        assertThat(arrivals("CARDIO")).singleElement().isEqualTo(open());
        assertThat(open().reservedUntil()).isEqualTo(TWO);
        assertThat(open().acceptance()).isEqualTo(new Acceptance(accepted, null, null, Author.of(Ward.NURSE)));
        assertThat(arrivals("REA")).isEmpty();
        ward.pass(Duration.ofHours(3));
        assertThat(arrivals("CARDIO")).as("after the deadline").isEmpty();
    }

    @Test
    void shouldTellOfAnArrivalThatServicesAnswerToMeanwhile() {
        request();
        ward.accepted(reserve("102P"));
        HospitalView before = ward.occupancy.view();
        ward.accepted(refuse("REA", null));

        assertThat(arrivals("CARDIO").getFirst().refusals()).hasSize(1);
        assertThat(before.requests().getFirst().refusals()).isEmpty();
    }

    @Test
    void shouldKeepWhoRefusedWhatWhenAndWhyAndReleaseTheBed() {
        request();
        ward.accepted(reserve("102P"));
        ward.pass(Duration.ofMinutes(7));
        List<BedEvent> events = ward.accepted(
                new Command.RefuseBedRequest(R, null, new BedId("102P"), RefusalReason.OTHER, "chambre inondée"));

        assertThat(events.getFirst())
                .isInstanceOfSatisfying(
                        BedEvent.ReservationReleased.class,
                        released -> assertThat(released.cause()).isEqualTo(BedEvent.ReservationReleased.Cause.REFUSED));
        assertThat(open().bed()).isNull();
        assertThat(open().refusals()).singleElement().satisfies(refusal -> {
            assertThat(refusal.service()).isEqualTo(new ServiceId("CARDIO"));
            assertThat(refusal.bed()).isEqualTo(new BedId("102P"));
            assertThat(refusal.reason()).isEqualTo(RefusalReason.OTHER);
            assertThat(refusal.text()).isEqualTo("chambre inondée");
            assertThat(refusal.at()).isEqualTo(ward.now);
            assertThat(refusal.by()).isEqualTo(Author.of(Ward.NURSE));
        });
        assertThat(ward.state("102P")).isEqualTo(BedState.READY);
        assertThat(tallies()).containsExactly("CARDIO ACCEPTED  1", "CARDIO REFUSED OTHER 1");
    }

    @Test
    void shouldReleaseOnlyWhatIsRefused() {
        request();
        ward.accepted(reserve("102P"));
        ward.accepted(refuse("REA", null));
        ward.accepted(refuse(null, "102F"));
        assertThat(open().bed()).isEqualTo(new BedId("102P"));
        ward.accepted(refuse("CARDIO", null));
        assertThat(open().bed()).isNull();
        assertThat(open().refusals()).hasSize(3);
    }

    @Test
    void shouldWantToKnowWhyAndWhereItIsRefused() {
        request();
        assertThat(ward.refused(new Command.RefuseBedRequest(
                                R, new ServiceId("CARDIO"), null, RefusalReason.OTHER, " "))
                        .rule())
                .isEqualTo(Rule.TEXT_MISSING);
        assertThat(ward.refused(refuse(null, null)).rule()).isEqualTo(Rule.LOCATION_MISSING);
        assertThat(ward.refused(refuse("REA", "102P")).rule()).isEqualTo(Rule.BED_OF_OTHER_SERVICE);
        assertThat(ward.refused(refuse(null, "nowhere")).rule()).isEqualTo(Rule.UNKNOWN_BED);
    }

    @Test
    void shouldKeepNoMoreRefusalsThanTheLimit() {
        request();
        for (int i = 0; i < BedActs.REFUSALS_MAX; i++) {
            ward.accepted(refuse("REA", null));
        }
        assertThat(ward.refused(refuse("REA", null)).rule()).isEqualTo(Rule.TOO_MANY_REFUSALS);
    }

    @Test
    void shouldTakeARefusalBackWithTheBedAndWithoutCountingIt() {
        request();
        ward.accepted(reserve("102P"));
        HospitalView before = ward.occupancy.view();
        ward.accepted(refuse("CARDIO", null));
        undoLast();

        assertThat(ward.occupancy.view().requests()).isEqualTo(before.requests());
        assertThat(ward.occupancy.view().tallies()).isEqualTo(before.tallies());
        assertThat(arrivals("CARDIO")).isEqualTo(before.services().getFirst().arrivals());
    }

    @Test
    void shouldNotTakeARefusalBackWhenTheBedIsAnothers() {
        request();
        ward.accepted(reserve("102P"));
        ward.accepted(refuse("CARDIO", null));
        long refused = ward.lastAct();
        ward.admit("A", Sex.FEMALE, "102P");

        assertThat(ward.refused(Ward.undo(refused)).rule()).isEqualTo(Rule.CANNOT_UNDO);
        assertThat(open().refusals()).hasSize(1);
    }

    @Test
    void shouldHaveTheRefusalsAgainWithTheRequestThatAnUndoOpensAgain() {
        ward.register("A", Sex.FEMALE);
        request("A", Sex.FEMALE);
        ward.accepted(refuse("REA", null));
        ward.accepted(counter("103", null));
        HospitalView before = ward.occupancy.view();
        ward.accepted(Ward.admission("A", "102P"));
        assertThat(ward.occupancy.view().requests()).isEmpty();
        undoLast();

        assertThat(ward.occupancy.view().requests()).isEqualTo(before.requests());
    }

    @Test
    void shouldReserveWhatAServiceProposesInstead() {
        request();
        ward.accepted(reserve("102P"));
        ward.accepted(counter("103", FOUR));
        assertThat(open().bed()).as("until it is answered").isEqualTo(new BedId("102P"));
        HospitalView before = ward.occupancy.view();

        assertThat(ward.refused(new Command.AcceptCounterProposal(R, TWO, null)).rule())
                .isEqualTo(Rule.DEADLINE_BEFORE_ARRIVAL);
        ward.accepted(new Command.AcceptCounterProposal(R, FOUR.plusSeconds(60), null));

        assertThat(open().bed()).isEqualTo(new BedId("103"));
        assertThat(open().request().counterProposal()).isNull();
        assertThat(open().acceptance()).isEqualTo(new Acceptance(ward.now, FOUR, null, Author.of(Ward.NURSE)));
        assertThat(ward.state("102P")).isEqualTo(BedState.READY);
        undoLast();
        assertThat(ward.occupancy.view().requests()).isEqualTo(before.requests());
    }

    @Test
    void shouldHoldTheSameBedForLaterWhateverIsDoneToItMeanwhile() {
        request();
        ward.accepted(reserve("102P"));
        HospitalView held = ward.occupancy.view();
        ward.accepted(new Command.RequestCleaning(new BedId("102P"), false));
        ward.accepted(counter("102P", FOUR));
        ward.accepted(new Command.AcceptCounterProposal(R, FOUR.plusSeconds(60), null));

        assertThat(open().reservedUntil()).isEqualTo(FOUR.plusSeconds(60));
        undoLast();
        assertThat(open().acceptance()).isEqualTo(held.requests().getFirst().acceptance());
        assertThat(open().reservedUntil()).isEqualTo(TWO);
    }

    @Test
    void shouldSettleACounterProposalByDecliningItOrByWhatIsChosenInstead() {
        request();
        ward.accepted(counter("102P", null));
        ward.accepted(counter("102F", null));
        assertThat(open().request().counterProposal())
                .extracting(CounterProposal::bed)
                .isEqualTo(new BedId("102F"));
        ward.accepted(new Command.DeclineCounterProposal(R, "trop loin"));
        assertThat(open().request().counterProposal()).isNull();
        assertThat(ward.refused(new Command.DeclineCounterProposal(R, null)).rule())
                .isEqualTo(Rule.NO_COUNTER_PROPOSAL);

        ward.accepted(counter("102F", null));
        assertThat(outcomes(ward.accepted(reserve("103")))).containsExactly(CounterProposal.Outcome.SUPERSEDED);
        ward.accepted(new Command.ReleaseReservation(new BedId("103")));
        ward.accepted(counter("102F", null));
        assertThat(outcomes(ward.accepted(reserve("102F")))).containsExactly(CounterProposal.Outcome.ACCEPTED);
    }

    private static List<CounterProposal.Outcome> outcomes(List<BedEvent> events) {
        return events.stream()
                .filter(BedEvent.CounterProposalSettled.class::isInstance)
                .map(event -> ((BedEvent.CounterProposalSettled) event).outcome())
                .toList();
    }

    @Test
    void shouldTakeACounterProposalBackToTheOneBefore() {
        request();
        ward.accepted(counter("102P", null));
        HospitalView before = ward.occupancy.view();
        ward.accepted(counter("102F", null));
        undoLast();

        assertThat(ward.occupancy.view().requests()).isEqualTo(before.requests());
    }

    @Test
    void shouldTakeACounterProposalOfTheServiceThatHasTheBedOnly() {
        request();
        ward.accepted(reserve("102P"));
        assertThat(ward.refused(counter("301", null)).rule()).isEqualTo(Rule.COUNTER_PROPOSAL_OF_OTHER_SERVICE);
        assertThat(ward.refused(counter("102P", null)).rule()).isEqualTo(Rule.NOTHING_CHANGES);
    }

    @Test
    void shouldPutWomenAndMenTogetherWithAReasonThatIsKeptAndCounted() {
        ward.admit("A", Sex.FEMALE, "101P").register("B", Sex.MALE);
        var act = new Command.AdmitStay(
                new StayId("B"), null, new BedId("101F"), null, null, override("sex", "room-full"));
        assertThat(ward.refused(Ward.admission("B", "101F")).about()).containsEntry("rules", "sex");

        assertThat(ward.accepted(act))
                .contains(new BedEvent.RulesOverridden(ward.now, new StayId("B"), new BedId("101F"), override("sex")));
        assertThat(ward.bed("101F").occupants()).containsExactly(new StayId("B"));
        assertThat(ward.anomalies()).as("it is so, and shown").containsExactly("SEX_MIXED");
        assertThat(tallies()).containsExactly("CARDIO OVERRIDDEN CRISIS 1");
        undoLast();
        assertThat(tallies()).isEmpty();
    }

    @Test
    void shouldKeepNoOverrideThatNothingNeeded() {
        ward.register("B", Sex.MALE);
        assertThat(ward.accepted(
                        new Command.AdmitStay(new StayId("B"), null, new BedId("101F"), null, null, override("sex"))))
                .noneMatch(BedEvent.RulesOverridden.class::isInstance);
        assertThat(tallies()).isEmpty();
    }

    @Test
    void shouldNameEveryRuleThatIsBrokenAndNotOverridden() {
        ward.admit("A", Sex.FEMALE, "101P").register("B", Sex.MALE);
        ward.check = placing -> Set.of("isolation", "equipment");
        Decision.Refused first = ward.refused(Ward.admission("B", "101F"));
        assertThat(first.rule()).isEqualTo(Rule.SEX_OF_ROOM);
        assertThat(first.about()).containsEntry("rules", "equipment isolation sex");
        Decision.Refused second = ward.refused(new Command.AdmitStay(
                new StayId("B"), null, new BedId("101F"), null, null, override("sex", "equipment")));
        assertThat(second.rule()).isEqualTo(Rule.PLACEMENT_RULES_BROKEN);
        assertThat(second.about()).containsEntry("rules", "isolation");
    }

    @Test
    void shouldWantTheReasonOfAnOverrideInWordsWhenItIsNoneOfTheList() {
        ward.admit("A", Sex.FEMALE, "101P").register("B", Sex.MALE);
        assertThat(ward.refused(new Command.AdmitStay(
                                new StayId("B"),
                                null,
                                new BedId("101F"),
                                null,
                                null,
                                new RuleOverride(OverrideReason.OTHER, null, List.of("sex"))))
                        .rule())
                .isEqualTo(Rule.TEXT_MISSING);
    }

    @Test
    void shouldOverrideNothingThatIsPhysicallyImpossible() {
        ward.admit("A", Sex.FEMALE, "101P");
        ward.accepted(new Command.RequestCleaning(new BedId("102P"), false));
        ward.accepted(new Command.CloseBed(new BedId("103")));
        ward.register("B", Sex.FEMALE);
        RuleOverride everything = override("sex", "age", "room-full", "staffed-capacity", "BED_OCCUPIED");
        Set<Rule> rules = new TreeSet<>();
        for (String bed : List.of("101P", "102P", "103")) {
            rules.add(ward.refused(new Command.AdmitStay(new StayId("B"), null, new BedId(bed), null, null, everything))
                    .rule());
        }
        assertThat(rules).containsExactlyInAnyOrder(Rule.BED_OCCUPIED, Rule.BED_NOT_CLEAN, Rule.BED_CLOSED);
    }

    /** Who was given the bed in spite of a rule is not asked for the reason again at the bedside. */
    @Test
    void shouldAdmitToABedThatWasReservedInSpiteOfARule() {
        ward.admit("A", Sex.FEMALE, "101P").register("B", Sex.MALE);
        request("B", Sex.MALE);
        assertThat(ward.refused(reserve("101F")).rule()).isEqualTo(Rule.SEX_OF_ROOM);
        ward.accepted(new Command.ReserveBed(R, new BedId("101F"), null, TWO, override("sex")));
        assertThat(open().acceptance()).extracting(Acceptance::override).isEqualTo(override("sex"));
        assertThat(tallies()).containsExactly("CARDIO ACCEPTED  1", "CARDIO OVERRIDDEN CRISIS 1");

        ward.accepted(Ward.admission("B", "101F"));
        assertThat(tallies()).containsExactly("CARDIO ACCEPTED  1", "CARDIO OVERRIDDEN CRISIS 1");
    }

    @Test
    void shouldJudgeWhatARequestNeedsWithTheSexOfItsPatient() {
        ward.register("B", Sex.MALE);
        request("B", Sex.UNKNOWN);
        ward.check = placing -> {
            assertThat(placing.needs().sex()).isEqualTo(Sex.MALE);
            assertThat(placing.stay()).isEqualTo(new StayId("B"));
            assertThat(placing.bed()).isEqualTo(new BedId("101F"));
            return List.of();
        };
        ward.accepted(reserve("101F"));
    }

    @Test
    void shouldAskNobodyWhichRulesAFactBreaks() {
        ward.check = placing -> List.of("isolation");
        ward.accepted(Ward.fact("A", "m1", MovementKind.ADMISSION, ward.now, "CARDIO", "101P"));
        assertThat(ward.bed("101P").occupants()).hasSize(1);
    }

    /** Nobody kept who accepted: the request tells since when its bed has been what it is, and changes with that. */
    @Test
    void shouldTellOfAnOldJournalSinceWhenTheBedIsHeld() {
        ward.admit("A", Sex.FEMALE, "101P");
        request();
        long sequence = ward.occupancy.sequence() + 1;
        ward.occupancy.apply(new Recorded(
                sequence,
                sequence,
                ward.now,
                Ward.NURSE,
                new BedEvent.BedReserved(ward.now, new BedId("101P"), R, FOUR, null)));
        assertThat(Objects.requireNonNull(open().acceptance()).since()).isEqualTo(SmallHospital.NOON);
        ward.pass(Duration.ofHours(1));
        ward.accepted(Ward.discharge("A"));
        assertThat(Objects.requireNonNull(open().acceptance()).since()).isEqualTo(ward.now);
        assertThat(ward.occupancy.view()).isEqualTo(new Occupancy(ward.occupancy.state()).view());
    }
}
