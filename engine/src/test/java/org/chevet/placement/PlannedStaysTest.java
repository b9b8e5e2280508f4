package org.chevet.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.chevet.placement.BedPlannerTest.expect;
import static org.chevet.placement.BedPlannerTest.hospital;
import static org.chevet.placement.BedPlannerTest.needs;
import static org.chevet.placement.BedPlannerTest.of;
import static org.chevet.placement.BedPlannerTest.plan;
import static org.chevet.placement.BedPlannerTest.room;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.chevet.event.Command;
import org.chevet.event.Location;
import org.chevet.event.Movement;
import org.chevet.event.MovementKind;
import org.chevet.event.PatientClass;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.BedId;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.HospitalId;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.Patient;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.Sex;
import org.chevet.hospital.StayId;
import org.chevet.placement.BedPlan.Kind;
import org.chevet.placement.BedPlan.Lying;
import org.chevet.placement.BedPlan.Move;
import org.chevet.placement.BedPlan.Unplaced;
import org.chevet.placement.BedPlan.Who;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whom a plan is for, and from when to when. */
class PlannedStaysTest {
    private static final StayId P = new StayId("P");
    private static final CareNeeds OF_A = needs("a", Sex.MALE, Isolation.NONE);
    private static final CareNeeds OF_B = needs("b", Sex.MALE, Isolation.NONE);

    private static Instant in(PlacementWard ward, int days) {
        return ward.now.plus(Duration.ofDays(days));
    }

    /** P lies in a poor bed for nine days, a better one is free, and a move costs nothing. */
    private static PlacementWard outlier() {
        PlacementWard ward = new PlacementWard(hospital(0, room("A1", 2)));
        return ward.admit("P", OF_A, "B1").must(new Command.PlanDischarge(P, in(ward, 9)));
    }

    private static List<StayId> moved(PlacementWard ward) {
        return plan(ward, null).moves().stream().map(move -> move.who().stay()).toList();
    }

    @Test
    void shouldMoveNobodyWhoIsOnLeaveOrGoesOrSharesABedOrHasOneNightLeft() {
        assertThat(moved(outlier())).containsExactly(P);
        PlacementWard any = outlier();
        Movement beside = new Movement(
                "1",
                MovementKind.ADMISSION,
                any.now,
                new Location(null, new BedId("B1")),
                PatientClass.INPATIENT,
                any.now,
                null);
        for (Command reason : List.of(
                new Command.StartLeave(P, null),
                new Command.AskInterhospitalTransfer(P, new HospitalId("OTHER"), null, null, 3, null, null),
                new Command.ReportMovement(new StayId("Q"), beside, null),
                new Command.PlanDischarge(P, in(any, 1)))) {
            assertThat(moved(outlier().must(reason))).as("%s", reason).isEmpty();
        }
        assertThat(moved(outlier().must(new Command.PlanDischarge(P, in(any, 2)))))
                .containsExactly(P);
    }

    @Test
    void shouldMoveNobodyWhoseBedIsHeldForSomebody() {
        PlacementWard ward = outlier();
        ward.must(new Command.PlanDischarge(P, ward.now.plus(Duration.ofHours(42))));
        assertThat(moved(ward)).containsExactly(P);

        ward.request("R", RequestOrigin.ELECTIVE, OF_B, in(ward, 2))
                .must(new Command.ReserveBed(new RequestId("R"), new BedId("B1"), in(ward, 2), in(ward, 3), null));

        assertThat(moved(ward)).isEmpty();
        assertThat(plan(ward, null).lying())
                .filteredOn(lying -> lying.who().kind() == Kind.REQUESTED)
                .singleElement()
                .satisfies(lying -> {
                    assertThat(lying.bed()).isEqualTo(new BedId("B1"));
                    assertThat(lying.held()).isTrue();
                });
    }

    @Test
    void shouldPromiseNoBedInWhichSomebodyStaysForLonger() {
        PlacementWard ward = outlier();
        ward.must(new Command.PlanDischarge(P, ward.now.plus(Duration.ofHours(42))))
                .request("R", RequestOrigin.ELECTIVE, OF_B, in(ward, 2))
                .must(new Command.ReserveBed(new RequestId("R"), new BedId("B1"), in(ward, 2), in(ward, 3), null))
                .must(new Command.PlanDischarge(P, in(ward, 4)));

        assertThat(plan(ward, null).lying())
                .filteredOn(lying -> lying.who().kind() == Kind.REQUESTED)
                .singleElement()
                .satisfies(lying -> {
                    assertThat(lying.bed()).isEqualTo(new BedId("B2"));
                    assertThat(lying.held()).isFalse();
                });
    }

    private static PlacementWard askFor(
            PlacementWard ward, String request, @Nullable StayId stay, int priority, Instant neededAt, int days) {
        return ward.must(new Command.RequestBed(
                new RequestId(request),
                stay,
                null,
                RequestOrigin.INTERNAL,
                OF_A,
                priority,
                neededAt,
                Duration.ofDays(days),
                null));
    }

    @Test
    void shouldKeepInTheirBedWhoWaitsForAnotherUntilItIsThere() {
        PlacementWard ward = new PlacementWard(hospital(room("A1", 1)));
        ward.admit("P", OF_B, "B1").admit("S", OF_B, "B2").admit("Q", OF_A, "A1");
        ward.must(new Command.StartLeave(new StayId("Q"), null)).must(new Command.StartLeave(new StayId("S"), null));
        askFor(ward, "R", P, 2, in(ward, 3), 4);
        Who who = new Who(Kind.PRESENT, P, new RequestId("R"));
        BedId bed = new BedId("B1");

        BedPlan inVain = plan(ward, null);
        assertThat(of(inVain, "P"))
                .containsExactly(
                        new Lying(who, bed, 0, 3, ward.now, Instant.parse("2026-03-05T15:00:00Z"), true, true),
                        new Lying(who, bed, 3, 7, Instant.parse("2026-03-05T15:00:00Z"), in(ward, 7), true, true));
        assertThat(inVain.unplaced()).singleElement().satisfies(unplaced -> {
            assertThat(unplaced.who()).isEqualTo(who);
            assertThat(unplaced.fromNight()).isEqualTo(3);
            assertThat(unplaced.toNight()).isEqualTo(7);
            assertThat(unplaced.from()).isEqualTo(in(ward, 3));
        });
        assertThat(inVain.moves()).isEmpty();

        ward.must(new Command.PlanDischarge(new StayId("Q"), in(ward, 2)));
        BedPlan granted = plan(ward, inVain);
        assertThat(granted.moves()).containsExactly(new Move(who, bed, new BedId("A1"), 3));
        assertThat(granted.unplaced()).isEmpty();
    }

    @Test
    void shouldTakeARequestOfTheLastNightAndNoneBeyondIt() {
        PlacementWard ward = new PlacementWard(hospital(room("A1", 1)));
        askFor(ward, "LAST", null, 3, in(ward, 13), 4);
        askFor(ward, "BEYOND", null, 3, in(ward, 14), 4);
        ward.admit("P", OF_B, "B1");
        askFor(ward, "MOVE", P, 3, in(ward, 14), 4);

        BedPlan plan = plan(ward, null);

        assertThat(plan.lying())
                .extracting(Lying::who)
                .containsExactlyInAnyOrder(
                        new Who(Kind.REQUESTED, null, new RequestId("LAST")), new Who(Kind.PRESENT, P, null));
        assertThat(plan.lying()).allMatch(lying -> lying.toNight() == BedPlanner.NIGHTS);
    }

    /** The one that has a bed, or the most urgent: nobody is given two. */
    @Test
    void shouldPlanOnceForWhoIsAskedForTwice() {
        PlacementWard ward = new PlacementWard(hospital(room("A1", 2)));
        expect(ward, "P", OF_A, 1, 3);
        askFor(ward, "LATER", P, 4, in(ward, 1), 3);
        askFor(ward, "SOONER", P, 2, in(ward, 1), 3);
        assertThat(of(plan(ward, null), "P"))
                .extracting(Lying::who)
                .containsExactly(new Who(Kind.REQUESTED, P, new RequestId("SOONER")));

        ward.must(new Command.ReserveBed(new RequestId("LATER"), new BedId("B2"), in(ward, 2)));
        assertThat(of(plan(ward, null), "P")).singleElement().satisfies(lying -> {
            assertThat(lying.who().request()).isEqualTo(new RequestId("LATER"));
            assertThat(lying.bed()).isEqualTo(new BedId("B2"));
        });
    }

    @Test
    void shouldGiveABedToWhoIsHereWithoutOneButNotInTheEmergencyDepartment() {
        PlacementWard ward = new PlacementWard(hospital(room("A1", 2)));
        for (PatientClass patientClass : List.of(PatientClass.INPATIENT, PatientClass.EMERGENCY)) {
            StayId stay = new StayId(patientClass.name());
            ward.must(new Command.RegisterStay(
                            stay, new Patient(null, null, null, Sex.MALE, null), OF_A, patientClass, null))
                    .must(new Command.AdmitStay(stay, new ServiceId("A"), null, null, null));
        }
        StayId inpatient = new StayId("INPATIENT");

        assertThat(plan(ward, null).lying()).singleElement().satisfies(lying -> {
            assertThat(lying.who()).isEqualTo(new Who(Kind.PRESENT, inpatient, null));
            assertThat(lying.from()).isEqualTo(ward.now);
            assertThat(lying.to()).isEqualTo(in(ward, 5));
            assertThat(lying.endKnown()).isFalse();
        });

        ward.must(new Command.PlanDischarge(inpatient, in(ward, 2)));
        assertThat(plan(ward, null).lying()).singleElement().satisfies(lying -> {
            assertThat(lying.to()).isEqualTo(in(ward, 2));
            assertThat(lying.endKnown()).isTrue();
        });

        ward.must(new Command.RequestBed(
                new RequestId("R"), inpatient, null, RequestOrigin.INTERNAL, OF_A, 3, null, null, null));
        assertThat(plan(ward, null).lying())
                .extracting(lying -> lying.who().kind())
                .containsExactly(Kind.REQUESTED);
    }

    @Test
    void shouldExpectWhoIsLateUntilTheNightIsOver() {
        PlacementWard ward = new PlacementWard(hospital(room("A1", 1)));
        expect(ward, "P", OF_A, 0, 3);
        ward.pass(Duration.ofHours(16));
        assertThat(of(plan(ward, null), "P")).singleElement().satisfies(lying -> {
            assertThat(lying.from()).isEqualTo(ward.now);
            assertThat(lying.fromNight()).isZero();
        });
        ward.pass(Duration.ofHours(1));

        assertThat(plan(ward, null).lying()).isEmpty();
    }

    /** Whoever should have left by now may still go today; two hours later nobody knows. */
    @Test
    void shouldBelieveALeaveForTwoHours() {
        PlacementWard ward = new PlacementWard(hospital(room("A1", 1)));
        ward.admit("P", OF_A, "A1").must(new Command.PlanDischarge(P, ward.now));
        ward.pass(Duration.ofHours(2));
        assertThat(of(plan(ward, null), "P"))
                .containsExactly(new Lying(
                        new Who(Kind.PRESENT, P, null),
                        new BedId("A1"),
                        0,
                        0,
                        ward.now,
                        ward.now.minus(Duration.ofHours(2)),
                        true,
                        true));
        ward.pass(Duration.ofSeconds(1));

        assertThat(of(plan(ward, null), "P")).singleElement().satisfies(lying -> {
            assertThat(lying.endKnown()).isFalse();
            assertThat(lying.to()).isEqualTo(Instant.parse("2026-03-16T15:00:00Z"));
        });
    }

    /** Also where one of them still waits while the other has found a bed: what is left is given again. */
    @Test
    void shouldGiveTheBedThatIsLeftToWhoWaitsLonger() {
        PlacementWard ward = new PlacementWard(hospital(room("A1", 1)));
        ward.admit("P", OF_A, "B1").admit("Q", OF_B, "B2");
        askFor(ward, "R", P, 4, in(ward, 0), 3);
        ward.must(new Command.RequestBed(
                new RequestId("B"), null, null, RequestOrigin.INTERNAL, OF_B, 1, null, Duration.ofDays(3), null));

        BedPlan plan = plan(ward, null);

        assertThat(plan.unplaced()).extracting(Unplaced::who).isEmpty();
        assertThat(plan.lying())
                .filteredOn(lying -> new RequestId("B").equals(lying.who().request()))
                .extracting(Lying::bed)
                .containsExactly(new BedId("B1"));
    }

    /** The second of two in a bed lies there already, and who comes after waits for both. */
    @Test
    void shouldBringNobodyToABedBeforeBothWhoLieInItHaveLeft() {
        PlacementWard ward = new PlacementWard(hospital(room("A1", 1)));
        ward.admit("P", OF_A, "A1").must(new Command.PlanDischarge(P, ward.now.plus(Duration.ofHours(6))));
        Movement beside = new Movement(
                "1",
                MovementKind.ADMISSION,
                ward.now,
                new Location(null, new BedId("A1")),
                PatientClass.INPATIENT,
                ward.now,
                null);
        ward.must(new Command.ReportMovement(new StayId("Q"), beside, null))
                .must(new Command.PlanDischarge(new StayId("Q"), ward.now.plus(Duration.ofHours(3))));
        expect(ward, "E", OF_A, 0, 2);

        BedPlan plan = plan(ward, null);

        for (String stay : List.of("P", "Q")) {
            assertThat(of(plan, stay))
                    .singleElement()
                    .satisfies(lying -> assertThat(lying.from()).isEqualTo(ward.now));
        }
        assertThat(of(plan, "E")).singleElement().satisfies(lying -> {
            assertThat(lying.bed()).isEqualTo(new BedId("A1"));
            assertThat(lying.from()).isEqualTo(ward.now.plus(Duration.ofMinutes(6 * 60 + 45)));
        });
    }

    /** E leaves late on the evening on which F is there for two hours, and is not kept waiting by it. */
    @Test
    void shouldBringNobodyLaterForWhoComesAfterThem() {
        PlacementWard ward = new PlacementWard(hospital(room("A1", 1)));
        ward.admit("P", OF_B, "B1").admit("Q", OF_B, "B2");
        Instant evening = Instant.parse("2026-03-04T19:00:00Z");
        come(ward, "E", in(ward, 1), evening.plus(Duration.ofHours(3)));
        come(ward, "F", evening, evening.plus(Duration.ofHours(2)));

        BedPlan plan = plan(ward, null);

        assertThat(of(plan, "E"))
                .extracting(Lying::bed, Lying::from)
                .containsExactly(tuple(new BedId("A1"), in(ward, 1)));
        assertThat(of(plan, "F")).extracting(Lying::bed).containsExactly(new BedId("A1"));
    }

    private static void come(PlacementWard ward, String stay, Instant arrives, Instant leaves) {
        ward.must(new Command.RegisterStay(
                        new StayId(stay),
                        new Patient(null, null, null, OF_A.sex(), null),
                        OF_A,
                        PatientClass.INPATIENT,
                        arrives))
                .must(new Command.ReportDischargePlan(new StayId(stay), leaves, ward.now));
    }
}
