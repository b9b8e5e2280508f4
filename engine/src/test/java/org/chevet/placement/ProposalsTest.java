package org.chevet.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.chevet.event.BlockReason;
import org.chevet.event.Command;
import org.chevet.event.Ending;
import org.chevet.event.PatientClass;
import org.chevet.event.Refusal;
import org.chevet.event.RefusalReason;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.BedId;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.LevelOfCare;
import org.chevet.hospital.Patient;
import org.chevet.hospital.PlacementRule;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.Sex;
import org.chevet.hospital.SingleRoom;
import org.chevet.hospital.StayId;
import org.chevet.hospital.file.HospitalFile;
import org.chevet.placement.Proposal.Harm;
import org.chevet.placement.Proposal.Readiness;
import org.chevet.placement.Proposal.Scarce;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProposalsTest {
    private static final RequestOrigin ED = RequestOrigin.EMERGENCY_DEPARTMENT;
    private static final CareNeeds WOMAN = needs("med", Isolation.NONE, null, Sex.FEMALE);
    private static final CareNeeds MAN = needs("med", Isolation.NONE, null, Sex.MALE);

    private final PlacementWard ward = new PlacementWard(hospital());

    private static Hospital hospital() {
        HospitalFile.Result result = HospitalFile.parse("""
                id: H
                name: Hôpital
                timeZone: Europe/Paris
                specialties: {med: Médecine, cardio: Cardiologie, chir: Chirurgie, onco: Oncologie}
                equipment: {scope: Scope, o2: Oxygène}
                placement:
                  keptForEmergencies: {CARDIO: 2}
                  cleaningMinutes: 30
                services:
                  - id: MED
                    name: Médecine
                    specialties: [med, onco]
                    fallbackSpecialties: [cardio, chir]
                    rooms:
                      - {id: M1, beds: [{label: P, id: M1P}, {label: F, id: M1F}]}
                      - {id: M2, beds: [{label: P, id: M2P}, {label: F, id: M2F}]}
                      - {id: M3, isolation: SINGLE}
                      - {id: M4, isolation: NEGATIVE_PRESSURE}
                  - id: CARDIO
                    name: Cardiologie
                    specialties: [cardio]
                    rooms:
                      - {id: C1, equipment: [scope]}
                      - {id: C2}
                  - id: USC
                    name: USC
                    levelOfCare: INTERMEDIATE
                    specialties: [med]
                    rooms: [{id: U1}, {id: U2, isolation: PROTECTIVE}]
                  - id: PED
                    name: Pédiatrie
                    specialties: [med]
                    ages: {from: 0, to: 17}
                    rooms: [{id: P1}]
                """);
        assertThat(result).as(result.describe()).isInstanceOf(HospitalFile.Loaded.class);
        return ((HospitalFile.Loaded) result).hospital();
    }

    private static CareNeeds needs(String specialty, Isolation isolation, @Nullable String organism, Sex sex) {
        return new CareNeeds(
                specialty,
                LevelOfCare.ACUTE,
                isolation,
                sex,
                50,
                List.of(),
                List.of(),
                SingleRoom.INDIFFERENT,
                organism);
    }

    private static CareNeeds special(LevelOfCare level, List<String> required, SingleRoom single) {
        return new CareNeeds("med", level, Isolation.NONE, Sex.FEMALE, 50, required, List.of(), single);
    }

    private Demand asked(CareNeeds needs) {
        return ward.request("R", ED, needs, null).demand("R");
    }

    @Test
    void shouldProposeTheBedsThatCostLeastWithWhatEachRuleContributes() {
        ward.admit("V1", WOMAN, "M1P");
        Ranking ranking = ward.proposals().rank(asked(WOMAN), 3);
        assertThat(ranking.proposals().stream().map(proposal -> proposal.bed().value()))
                .containsExactly("M1F", "M2F", "M2P");
        assertThat(ranking.proposals().get(1).parts()).contains(new Proposal.Part(PlacementRule.SEX_FLEXIBILITY, 10));
        assertThat(ranking.nearest()).isEmpty();
    }

    @Test
    void shouldExcludeTheOtherSexOfARoomInWhichSomebodyLies() {
        ward.admit("V1", WOMAN, "M1P");
        Verdict verdict = ward.explain(asked(MAN), "M1F");
        assertThat(verdict.obstacles())
                .singleElement()
                .satisfies(obstacle -> assertThat(obstacle.about()).containsEntry("stays", "V1"));
        assertThat(verdict.obstacles().getFirst().rule()).isEqualTo(PlacementRule.SEX);
        assertThat(ward.broken(ward.demand("R"), "M2P")).isEmpty();
    }

    @Test
    void shouldKeepARoomForTheSexOfWhomItIsReservedFor() {
        ward.request("W", ED, WOMAN, null)
                .must(new Command.ReserveBed(new RequestId("W"), new BedId("M1P"), ward.now.plusSeconds(3600)));
        Demand man = asked(MAN);
        assertThat(ward.broken(man, "M1F")).containsExactly(PlacementRule.SEX);
        assertThat(ward.broken(man, "M1P")).containsExactly(PlacementRule.BED_RESERVED);
        assertThat(ward.broken(ward.demand("W"), "M1P")).isEmpty();
    }

    @Test
    void shouldShareARoomOnlyAmongPatientsOfOneKnownOrganism() {
        ward.admit("V1", needs("med", Isolation.CONTACT, "BMR", Sex.FEMALE), "M1P");
        ward.request("same", ED, needs("med", Isolation.CONTACT, "BMR", Sex.FEMALE), null);
        ward.request("other", ED, needs("med", Isolation.CONTACT, "BHRe", Sex.FEMALE), null);
        ward.request("unknown", ED, needs("med", Isolation.CONTACT, null, Sex.FEMALE), null);
        ward.request("droplet", ED, needs("med", Isolation.DROPLET, "BMR", Sex.FEMALE), null);
        ward.request("none", ED, WOMAN, null);
        assertThat(ward.broken(ward.demand("same"), "M1F")).isEmpty();
        for (String request : List.of("other", "unknown", "droplet", "none")) {
            assertThat(ward.broken(ward.demand(request), "M1F")).as(request).containsExactly(PlacementRule.ISOLATION);
        }
        assertThat(ward.broken(ward.demand("same"), "M2P")).containsExactly(PlacementRule.ISOLATION);
        assertThat(ward.broken(ward.demand("unknown"), "M3")).isEmpty();
    }

    @Test
    void shouldGiveEachIsolationTheRoomItNeeds() {
        Demand airborne = asked(needs("med", Isolation.AIRBORNE, null, Sex.FEMALE));
        assertThat(ward.broken(airborne, "M3")).containsExactly(PlacementRule.ISOLATION);
        assertThat(ward.broken(airborne, "M4")).isEmpty();
        ward.request("P", ED, needs("med", Isolation.PROTECTIVE, null, Sex.FEMALE), null);
        assertThat(ward.broken(ward.demand("P"), "M4")).containsExactly(PlacementRule.ISOLATION);
        assertThat(ward.broken(ward.demand("P"), "U2")).isEmpty();
    }

    @Test
    void shouldExcludeByAgeLevelSpecialtyEquipmentAndPrescription() {
        assertThat(ward.broken(asked(WOMAN), "P1")).containsExactly(PlacementRule.AGE);
        ward.request("L", ED, special(LevelOfCare.INTERMEDIATE, List.of(), SingleRoom.INDIFFERENT), null);
        assertThat(ward.broken(ward.demand("L"), "M1P")).containsExactly(PlacementRule.LEVEL_OF_CARE);
        assertThat(ward.broken(ward.demand("L"), "U1")).isEmpty();
        ward.request("C", ED, needs("chir", Isolation.NONE, null, Sex.FEMALE), null);
        assertThat(ward.broken(ward.demand("C"), "C1")).containsExactly(PlacementRule.SPECIALTY);
        assertThat(ward.points(ward.demand("C"), "M1P", PlacementRule.OUTLIER)).isEqualTo(80);
        ward.request("E", ED, special(LevelOfCare.ACUTE, List.of("o2"), SingleRoom.INDIFFERENT), null);
        assertThat(ward.broken(ward.demand("E"), "M1P")).containsExactly(PlacementRule.EQUIPMENT);
        ward.request("S", ED, special(LevelOfCare.ACUTE, List.of(), SingleRoom.PRESCRIBED), null);
        assertThat(ward.broken(ward.demand("S"), "M1P")).containsExactly(PlacementRule.SINGLE_ROOM);
        assertThat(ward.broken(ward.demand("S"), "M3")).isEmpty();
    }

    @Test
    void shouldExcludeAServiceWhoseStaffedBedsAreTaken() {
        ward.admit("V1", WOMAN, "M1P").must(new Command.SetStaffedCapacity(new ServiceId("MED"), 1));
        Demand woman = asked(WOMAN);
        assertThat(ward.explain(woman, "M1F").obstacles())
                .singleElement()
                .satisfies(obstacle ->
                        assertThat(obstacle.about()).containsEntry("taken", "1").containsEntry("staffed", "1"));
        ward.must(new Command.PlanDischarge(new StayId("V1"), ward.now.plus(Duration.ofHours(2))));
        assertThat(ward.broken(woman, "M1P")).as("whose occupant leaves").isEmpty();
    }

    @Test
    void shouldSayWhenABedIsUsable() {
        ward.admit("V1", WOMAN, "M1P").admit("V2", WOMAN, "M2P").admit("V3", WOMAN, "M3");
        Instant leaves = ward.now.plus(Duration.ofHours(2));
        ward.must(new Command.PlanDischarge(new StayId("V1"), leaves))
                .must(new Command.DischargeStay(new StayId("V3"), Ending.DISCHARGED, null))
                .must(new Command.BlockBed(new BedId("M4"), BlockReason.MAINTENANCE, null, leaves))
                .must(new Command.BlockBed(new BedId("U1"), BlockReason.MAINTENANCE, null, null))
                .must(new Command.CloseBed(new BedId("U2")));
        Demand woman = asked(WOMAN);
        assertUsable(woman, "M1F", ward.now, Readiness.READY);
        assertUsable(woman, "M1P", leaves.plus(Duration.ofMinutes(30)), Readiness.DISCHARGE);
        assertUsable(woman, "M3", ward.now.plus(Duration.ofMinutes(30)), Readiness.CLEANING);
        assertUsable(woman, "M4", leaves, Readiness.END_OF_BLOCK);
        assertThat(ward.points(woman, "M4", PlacementRule.READY_SOONER)).isEqualTo(20);
        assertThat(ward.broken(woman, "M2P")).containsExactly(PlacementRule.BED_OCCUPIED);
        assertThat(ward.broken(woman, "U1")).containsExactly(PlacementRule.BED_BLOCKED);
        assertThat(ward.broken(woman, "U2")).containsExactly(PlacementRule.BED_CLOSED);
    }

    @Test
    void shouldNotCountOnALeaveThatIsHoursOverdue() {
        ward.admit("V1", WOMAN, "M1P");
        Instant leaves = ward.now.plus(Duration.ofMinutes(10));
        ward.must(new Command.PlanDischarge(new StayId("V1"), leaves));
        ward.now = leaves.plus(Duration.ofHours(2));
        assertUsable(asked(WOMAN), "M1P", ward.now.plus(Duration.ofMinutes(30)), Readiness.DISCHARGE);
        ward.now = ward.now.plusSeconds(1);
        assertThat(ward.broken(ward.demand("R"), "M1P")).containsExactly(PlacementRule.BED_OCCUPIED);
    }

    private void assertUsable(Demand demand, String bed, Instant at, Readiness readiness) {
        Proposal proposal = ward.explain(demand, bed).proposal();
        assertThat(proposal).isNotNull();
        assertThat(proposal.usableAt()).as(bed).isEqualTo(at);
        assertThat(proposal.readiness()).as(bed).isEqualTo(readiness);
    }

    @Test
    void shouldNameTheRequestThatWouldFindNoRoomOfNegativePressure() {
        ward.request("TB", ED, needs("med", Isolation.AIRBORNE, null, Sex.MALE), null);
        Proposal proposal = ward.explain(asked(WOMAN), "M4").proposal();
        assertThat(proposal).isNotNull();
        assertThat(proposal.harms()).containsExactly(new Harm(Scarce.NEGATIVE_PRESSURE, new RequestId("TB")));
        assertThat(proposal.parts()).contains(new Proposal.Part(PlacementRule.SCARCE_PRESSURE, 40));
    }

    @Test
    void shouldKeepBedsForTheEmergencyDepartment() {
        CareNeeds heart = needs("cardio", Isolation.NONE, null, Sex.FEMALE);
        ward.request("elective", RequestOrigin.ELECTIVE, heart, null).request("emergency", ED, heart, null);
        assertThat(ward.points(ward.demand("elective"), "C2", PlacementRule.KEPT_FOR_EMERGENCIES))
                .isEqualTo(50);
        assertThat(ward.points(ward.demand("emergency"), "C2", PlacementRule.KEPT_FOR_EMERGENCIES))
                .isZero();
    }

    @Test
    void shouldKeepPlacesForThoseRegisteredToComeToAServiceOfTheirSpecialty() {
        CareNeeds heart = needs("cardio", Isolation.NONE, null, Sex.FEMALE);
        Instant comes = ward.now.plus(Duration.ofDays(4));
        Demand asked = ward.request("R", ED, heart, null).demand("R");
        ward.must(registered("E1", heart, comes));
        assertThat(ward.points(asked, "C2", PlacementRule.COMING_RESERVATION))
                .as("two beds for two")
                .isZero();
        ward.must(registered("E2", heart, comes));
        assertThat(ward.points(asked, "C2", PlacementRule.COMING_RESERVATION)).isEqualTo(30);
        assertThat(ward.points(asked, "M2P", PlacementRule.COMING_RESERVATION))
                .as("which only shelters the specialty")
                .isZero();
        ward.must(new Command.CancelRegistration(new StayId("E1")));
        assertThat(ward.points(asked, "C2", PlacementRule.COMING_RESERVATION)).isZero();
    }

    @Test
    void shouldNotKeepPlacesForThoseWhoComeAfterTheStayOrDidNotComeOnTheirDay() {
        CareNeeds heart = needs("cardio", Isolation.NONE, null, Sex.FEMALE);
        Demand asked = ward.request("R", ED, heart, null).demand("R");
        for (String stay : List.of("E1", "E2")) {
            ward.must(registered(stay, heart, ward.now.plus(Duration.ofDays(5)).plusSeconds(1)));
        }
        assertThat(ward.points(asked, "C2", PlacementRule.COMING_RESERVATION)).isZero();
        ward.now = ward.now.plus(Duration.ofDays(5)).plus(Duration.ofHours(16));
        assertThat(ward.points(ward.demand("R"), "C2", PlacementRule.COMING_RESERVATION))
                .as("at 05:00 of the morning after")
                .isEqualTo(30);
        ward.now = ward.now.plus(Duration.ofHours(1));
        assertThat(ward.points(ward.demand("R"), "C2", PlacementRule.COMING_RESERVATION))
                .isZero();
    }

    @Test
    void shouldNotKeepThePlacesOfThoseWhoLeaveInTime() {
        CareNeeds heart = needs("cardio", Isolation.NONE, null, Sex.FEMALE);
        Instant comes = ward.now.plus(Duration.ofDays(4));
        Demand asked = ward.request("R", ED, heart, null).demand("R");
        ward.admit("V1", heart, "C1").must(registered("E1", heart, comes));
        assertThat(ward.points(asked, "C2", PlacementRule.COMING_RESERVATION)).isEqualTo(30);
        ward.must(new Command.PlanDischarge(new StayId("V1"), comes.minus(Duration.ofMinutes(30))));
        assertThat(ward.points(asked, "C2", PlacementRule.COMING_RESERVATION))
                .as("half an hour is enough to clean the bed")
                .isZero();
        ward.must(new Command.SetStaffedCapacity(new ServiceId("CARDIO"), 1));
        ward.must(new Command.PlanDischarge(new StayId("V1"), ward.now.plus(Duration.ofHours(1))));
        assertThat(ward.points(asked, "C1", PlacementRule.COMING_RESERVATION))
                .as("two beds, and staff for one")
                .isEqualTo(30);
    }

    private static Command registered(String stay, CareNeeds needs, Instant comes) {
        return new Command.RegisterStay(
                new StayId(stay),
                new Patient(null, null, null, needs.sex(), null),
                needs,
                PatientClass.INPATIENT,
                comes);
    }

    @Test
    void shouldCountANightMoveOnlyAtNightInTheHospitalsZone() {
        ward.admit("V1", WOMAN, "M1P");
        // 22:59 and 23:00 in Paris, in winter.
        ward.now = Instant.parse("2026-03-02T21:59:00Z");
        assertThat(nightPoints()).isZero();
        ward.now = Instant.parse("2026-03-02T22:00:00Z");
        assertThat(nightPoints()).isEqualTo(40);
        ward.now = Instant.parse("2026-03-03T04:59:00Z");
        assertThat(nightPoints()).isEqualTo(40);
        ward.now = Instant.parse("2026-03-03T05:00:00Z");
        assertThat(nightPoints()).isZero();
    }

    private int nightPoints() {
        Demand mover = Demand.of(
                ward.view(), Objects.requireNonNull(ward.view().stays().get(new StayId("V1"))), ward.now);
        return ward.points(mover, "M2P", PlacementRule.NIGHT_MOVE);
    }

    @Test
    void shouldTellWhatStandsInTheWayWhereNothingFits() {
        ward.admit("V1", needs("med", Isolation.AIRBORNE, null, Sex.MALE), "M4");
        Instant leaves = ward.now.plus(Duration.ofHours(30));
        ward.must(new Command.PlanDischarge(new StayId("V1"), leaves));
        Ranking ranking = ward.proposals().rank(asked(needs("med", Isolation.AIRBORNE, null, Sex.FEMALE)), 3);
        assertThat(ranking.proposals()).isEmpty();
        assertThat(ranking.firstToCome())
                .isEqualTo(new Ranking.Coming(new BedId("M4"), leaves.plus(Duration.ofMinutes(30))));
        assertThat(ranking.nearest())
                .hasSize(3)
                .allSatisfy(near -> assertThat(near.obstacles()).hasSize(1));
    }

    private Command refusal(@Nullable String service, @Nullable String bed, RefusalReason reason) {
        return new Command.RefuseBedRequest(
                new RequestId("R"),
                service == null ? null : new ServiceId(service),
                bed == null ? null : new BedId(bed),
                reason,
                reason == RefusalReason.OTHER ? "chambre inondée" : null);
    }

    private int latelyPoints(String bed) {
        return ward.points(ward.demand("R"), bed, PlacementRule.REFUSED_LATELY);
    }

    @Test
    void shouldRankTheBedsOfAServiceThatHasNoStaffBehindOthersForAShift() {
        CareNeeds heart = needs("cardio", Isolation.NONE, null, Sex.FEMALE);
        Demand asked = ward.request("R", ED, heart, null).demand("R");
        assertThat(ward.proposals().rank(asked, 1).proposals().getFirst().service())
                .isEqualTo(new ServiceId("CARDIO"));
        ward.must(refusal(null, "C1", RefusalReason.NO_STAFF));
        Instant refused = ward.now;
        Proposal first = ward.proposals().rank(ward.demand("R"), 1).proposals().getFirst();
        assertThat(first.service()).isEqualTo(new ServiceId("MED"));
        assertThat(first.refusal()).isNull();
        assertThat(latelyPoints("C1")).isEqualTo(60);
        assertThat(latelyPoints("C2")).as("it was for want of staff").isEqualTo(60);
        Proposal behind = ward.explain(ward.demand("R"), "C2").proposal();
        assertThat(behind).isNotNull();
        assertThat(behind.refusal()).satisfies(refusal -> {
            assertThat(refusal.reason()).isEqualTo(RefusalReason.NO_STAFF);
            assertThat(refusal.at()).isEqualTo(refused);
        });
        ward.request("Other", ED, heart, null);
        assertThat(ward.points(ward.demand("Other"), "C1", PlacementRule.REFUSED_LATELY))
                .as("another patient")
                .isZero();
        ward.now = refused.plus(Duration.ofHours(8)).minusSeconds(1);
        assertThat(latelyPoints("C1")).isEqualTo(60);
        ward.now = refused.plus(Duration.ofHours(8));
        assertThat(latelyPoints("C1")).isZero();
    }

    @Test
    void shouldNotCountANewShiftsStaffAsRefusedBefore() {
        ward.request("R", ED, WOMAN, ward.now.plus(Duration.ofHours(8)));
        ward.must(refusal("MED", null, RefusalReason.NO_STAFF));
        assertThat(latelyPoints("M1P")).isZero();
    }

    @Test
    void shouldExcludeTheServiceThatCannotTakeThePatientUnlessItProposesABed() {
        ward.request("R", ED, WOMAN, null);
        ward.must(refusal(null, "M1P", RefusalReason.NEEDS_TOO_HEAVY));
        assertThat(ward.broken(ward.demand("R"), "M2P")).containsExactly(PlacementRule.REFUSED);
        assertThat(ward.broken(ward.demand("R"), "U1")).isEmpty();
        assertThat(ward.explain(ward.demand("R"), "M1P").obstacles().getFirst().about())
                .isEqualTo(
                        Map.of("service", "MED", "bed", "M1P", "reason", "NEEDS_TOO_HEAVY", "at", ward.now.toString()));
        ward.now = ward.now.plus(Duration.ofHours(30));
        assertThat(ward.broken(ward.demand("R"), "M2P"))
                .as("the patient is the same the day after")
                .containsExactly(PlacementRule.REFUSED);
        ward.must(new Command.CounterProposeBed(new RequestId("R"), new BedId("M2P"), null, null));
        assertThat(ward.broken(ward.demand("R"), "M2P")).isEmpty();
        assertThat(ward.broken(ward.demand("R"), "M1P")).containsExactly(PlacementRule.REFUSED);
        ward.must(new Command.AcceptCounterProposal(new RequestId("R"), ward.now.plus(Duration.ofHours(2)), null));
        assertThat(ward.broken(ward.demand("R"), "M2P")).as("held").isEmpty();
        ward.must(refusal(null, "M2P", RefusalReason.NEEDS_TOO_HEAVY));
        assertThat(ward.broken(ward.demand("R"), "M2P")).as("refused after all").containsExactly(PlacementRule.REFUSED);
    }

    @Test
    void shouldForgetARefusalOfNeedsThatHaveChanged() {
        ward.admit("V1", WOMAN, "C1");
        ward.must(new Command.RequestBed(new RequestId("R"), new StayId("V1"), null, ED, WOMAN, 3, null, null, null));
        ward.must(refusal(null, "M1P", RefusalReason.NEEDS_TOO_HEAVY));
        ward.must(refusal("CARDIO", null, RefusalReason.NO_STAFF));
        assertThat(ward.broken(ward.demand("R"), "M2P")).containsExactly(PlacementRule.REFUSED);

        ward.must(new Command.ChangeNeeds(new StayId("V1"), needs("med", Isolation.CONTACT, null, Sex.FEMALE)));
        assertThat(ward.view().requests().getFirst().refusals())
                .as("what is not about the patient stands")
                .extracting(Refusal::reason)
                .containsExactly(RefusalReason.NO_STAFF);
        assertThat(ward.broken(ward.demand("R"), "M2P")).doesNotContain(PlacementRule.REFUSED);

        ward.must(refusal(null, "M1P", RefusalReason.NEEDS_TOO_HEAVY));
        assertThat(ward.broken(ward.demand("R"), "M2P")).contains(PlacementRule.REFUSED);
    }

    @Test
    void shouldTellTheLastRefusalOfAPatientsRequests() {
        ward.admit("V1", WOMAN, "M2P");
        ward.must(requestOf("V1", "R")).must(requestOf("V1", "Q"));
        ward.must(refusal("MED", null, RefusalReason.NO_STAFF));
        ward.now = ward.now.plus(Duration.ofMinutes(1));
        ward.must(new Command.RefuseBedRequest(
                new RequestId("Q"), new ServiceId("MED"), null, RefusalReason.DISCHARGE_NOT_SURE, null));
        for (String request : List.of("R", "Q")) {
            Proposal proposal = ward.explain(ward.demand(request), "M1P").proposal();
            assertThat(proposal).isNotNull();
            assertThat(proposal.refusal())
                    .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(RefusalReason.DISCHARGE_NOT_SURE));
        }
    }

    private static Command requestOf(String stay, String request) {
        return new Command.RequestBed(new RequestId(request), new StayId(stay), null, ED, WOMAN, 3, null, null, null);
    }

    @Test
    void shouldExcludeTheRoomInWhichIsolationIsImpossible() {
        CareNeeds contact = needs("med", Isolation.CONTACT, null, Sex.FEMALE);
        ward.request("R", ED, contact, null);
        ward.must(refusal(null, "M3", RefusalReason.ISOLATION_IMPOSSIBLE));
        assertThat(ward.broken(ward.demand("R"), "M3")).containsExactly(PlacementRule.REFUSED);
        assertThat(ward.broken(ward.demand("R"), "M4")).isEmpty();
        ward.must(refusal("MED", null, RefusalReason.ISOLATION_IMPOSSIBLE));
        assertThat(ward.broken(ward.demand("R"), "M4")).containsExactly(PlacementRule.REFUSED);
    }

    @Test
    void shouldForgetARefusalOfABedOnceTheBedHasChanged() {
        ward.admit("V1", WOMAN, "M1P").request("R", ED, WOMAN, null);
        ward.must(new Command.PlanDischarge(new StayId("V1"), ward.now.plus(Duration.ofHours(1))));
        ward.must(refusal(null, "M1P", RefusalReason.DISCHARGE_NOT_SURE));
        assertThat(latelyPoints("M1P")).isEqualTo(60);
        assertThat(latelyPoints("M1F")).as("the bed beside it").isZero();
        ward.pass(Duration.ofMinutes(10));
        ward.must(new Command.DischargeStay(new StayId("V1"), Ending.DISCHARGED, null));
        assertThat(latelyPoints("M1P")).as("the patient has left").isZero();
        ward.must(refusal(null, "M1P", RefusalReason.BED_BEING_PREPARED));
        ward.pass(Duration.ofMinutes(10));
        ward.must(new Command.StartCleaning(new BedId("M1P")));
        assertThat(latelyPoints("M1P")).as("not ready yet").isEqualTo(60);
        ward.pass(Duration.ofMinutes(10));
        ward.must(new Command.FinishCleaning(new BedId("M1P")));
        assertThat(latelyPoints("M1P")).isZero();
        ward.must(refusal(null, "M1P", RefusalReason.OTHER));
        assertThat(latelyPoints("M1P")).isEqualTo(60);
        assertThat(latelyPoints("M1F")).isZero();
    }

    @Test
    void shouldFindTheBreachesOfATakenBed() {
        Demand woman = asked(WOMAN);
        assertThat(ward.proposals().breaches(woman, new BedId("M1P"))).isEmpty();
        ward.admit("V1", MAN, "M1P");
        assertThat(ward.proposals().breaches(woman, new BedId("M1P")).stream().map(Obstacle::rule))
                .containsExactly(PlacementRule.BED_OCCUPIED);
        assertThat(ward.proposals().breaches(woman, new BedId("M1F")).stream().map(Obstacle::rule))
                .containsExactly(PlacementRule.SEX);
    }

    private Map<String, String> about(CareNeeds needs, String bed, PlacementRule rule) {
        String request = "R" + ward.view().requests().size();
        Demand demand = ward.request(request, ED, needs, null).demand(request);
        return ward.explain(demand, bed).obstacles().stream()
                .filter(obstacle -> obstacle.rule() == rule)
                .findFirst()
                .orElseThrow()
                .about();
    }

    @Test
    void shouldSayByWhichFactsABedIsExcluded() {
        Instant later = ward.now.plus(Duration.ofHours(30));
        ward.admit("V1", WOMAN, "M1P")
                .admit("V2", MAN, "C1")
                .must(new Command.PlanDischarge(new StayId("V2"), later))
                .must(new Command.BlockBed(new BedId("M3"), BlockReason.MAINTENANCE, null, later))
                .must(new Command.CloseBed(new BedId("C2")))
                .request("W", ED, WOMAN, null)
                .must(new Command.ReserveBed(new RequestId("W"), new BedId("M2P"), later));

        assertThat(about(WOMAN, "M1P", PlacementRule.BED_OCCUPIED)).isEqualTo(Map.of("bed", "M1P", "stay", "V1"));
        assertThat(about(MAN, "C1", PlacementRule.BED_OCCUPIED))
                .isEqualTo(Map.of("bed", "C1", "stay", "V2", "until", later.toString()));
        assertThat(about(MAN, "M3", PlacementRule.BED_BLOCKED))
                .isEqualTo(Map.of("bed", "M3", "reason", "MAINTENANCE", "until", later.toString()));
        assertThat(about(MAN, "C2", PlacementRule.BED_CLOSED)).isEqualTo(Map.of("bed", "C2"));
        assertThat(about(WOMAN, "M2P", PlacementRule.BED_RESERVED))
                .isEqualTo(Map.of("bed", "M2P", "request", "W", "until", later.toString()));
        CareNeeds alone = special(LevelOfCare.ACUTE, List.of(), SingleRoom.PRESCRIBED);
        assertThat(about(alone, "M1F", PlacementRule.SINGLE_ROOM))
                .isEqualTo(Map.of("room", "M1", "capacity", "2", "stays", "V1"));
        assertThat(about(alone, "M2F", PlacementRule.SINGLE_ROOM))
                .isEqualTo(Map.of("room", "M2", "capacity", "2", "requests", "W"));
        assertThat(about(MAN, "M2F", PlacementRule.SEX))
                .isEqualTo(Map.of("service", "MED", "room", "M2", "policy", "SAME_SEX", "requests", "W"));
        assertThat(about(needs("med", Isolation.AIRBORNE, null, Sex.FEMALE), "M1F", PlacementRule.ISOLATION))
                .isEqualTo(Map.of("room", "M1", "needed", "AIRBORNE", "ability", "NONE", "stays", "V1"));
        assertThat(about(WOMAN, "P1", PlacementRule.AGE))
                .isEqualTo(Map.of("service", "PED", "from", "0", "to", "17", "age", "50"));
        assertThat(about(
                        special(LevelOfCare.INTENSIVE, List.of("scope", "o2"), SingleRoom.INDIFFERENT),
                        "U1",
                        PlacementRule.LEVEL_OF_CARE))
                .isEqualTo(Map.of("service", "USC", "level", "INTERMEDIATE", "needed", "INTENSIVE"));
        assertThat(about(
                        special(LevelOfCare.ACUTE, List.of("scope", "o2"), SingleRoom.INDIFFERENT),
                        "C1",
                        PlacementRule.EQUIPMENT))
                .isEqualTo(Map.of("missing", "o2"));
        assertThat(about(needs("onco", Isolation.NONE, null, Sex.MALE), "U1", PlacementRule.SPECIALTY))
                .isEqualTo(Map.of("service", "USC", "specialty", "onco"));
    }
}
