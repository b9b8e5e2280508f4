package org.chevet.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chevet.placement.BedPlannerTest.expect;
import static org.chevet.placement.BedPlannerTest.hospital;
import static org.chevet.placement.BedPlannerTest.needs;
import static org.chevet.placement.BedPlannerTest.plan;
import static org.chevet.placement.BedPlannerTest.room;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.chevet.event.BlockReason;
import org.chevet.event.Command;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.BedId;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.LevelOfCare;
import org.chevet.hospital.Patient;
import org.chevet.hospital.PlacementPolicy;
import org.chevet.hospital.PlacementRule;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.Room;
import org.chevet.hospital.Sex;
import org.chevet.hospital.SingleRoom;
import org.chevet.hospital.StayId;
import org.junit.jupiter.api.Test;

/** What a plan costs, where an outlier costs 70 points, a move so much that nobody is moved, and nothing else anything. */
class NightPricesTest {
    private static final CareNeeds OF_A = needs("a", Sex.MALE, Isolation.NONE);
    private static final StayId P = new StayId("P");

    private static PlacementWard ward(Room... roomsOfA) {
        return ward(200, roomsOfA);
    }

    private static PlacementWard ward(int movePoints, Room... roomsOfA) {
        Map<PlacementRule, Integer> points = Map.of(PlacementRule.OUTLIER, 70, PlacementRule.MOVE, movePoints);
        List<PlacementPolicy.Weight> weights = PlacementRule.preferences().stream()
                .map(rule -> new PlacementPolicy.Weight(rule, points.getOrDefault(rule, 0)))
                .toList();
        return new PlacementWard(hospital(new PlacementPolicy(weights, List.of(), 45, 0), roomsOfA));
    }

    private static long cost(PlacementWard ward) {
        return plan(ward, null).costPoints();
    }

    private static Instant in(PlacementWard ward, int days) {
        return ward.now.plus(Duration.ofDays(days));
    }

    /** Everybody of service A lies in B. */
    private static long costOfAnOutlier(int days) {
        PlacementWard ward = ward();
        return cost(expect(ward, "E", OF_A, 1, days));
    }

    @Test
    void shouldCostAtMostWhatTheProposalDoesAndInProportionForAShorterStay() {
        assertThat(costOfAnOutlier(1)).isEqualTo(14);
        assertThat(costOfAnOutlier(4)).isEqualTo(56);
        assertThat(costOfAnOutlier(5)).isEqualTo(70);
        assertThat(costOfAnOutlier(10)).isEqualTo(70);
    }

    @Test
    void shouldCountTwoNightsOfWhoIsHereAndMayLeaveAnyDay() {
        PlacementWard ward = ward();
        ward.admit("P", OF_A, "B1");
        assertThat(cost(ward)).isEqualTo(70 * 2 / 5);

        ward.must(new Command.PlanDischarge(P, in(ward, 7)));
        assertThat(cost(ward)).isEqualTo(70);
    }

    /** The level of care is too low each night anew; that the specialty is of another service was decided once. */
    @Test
    void shouldCostEachNightWhatIsNotSafeAndOnceWhatSomebodyDecided() {
        PlacementWard unsafe = ward();
        CareNeeds intensive = new CareNeeds(
                "b",
                LevelOfCare.INTENSIVE,
                Isolation.NONE,
                Sex.MALE,
                null,
                List.of(),
                List.of(),
                SingleRoom.INDIFFERENT);
        unsafe.admit("P", intensive, "B1").must(new Command.PlanDischarge(P, in(unsafe, 8)));
        assertThat(cost(unsafe)).isEqualTo(8 * 100);

        PlacementWard decided = ward(room("A1", 1));
        decided.admit("P", needs("b", Sex.MALE, Isolation.NONE), "A1")
                .must(new Command.PlanDischarge(P, in(decided, 10)));
        assertThat(cost(decided)).isEqualTo(100);
    }

    @Test
    void shouldCostEachNightThatAManSpendsAmongWomen() {
        PlacementWard ward = ward(room("A1", 3));
        for (String stay : List.of("A10", "A11", "A12")) {
            ward.admit(stay, needs("a", Sex.UNKNOWN, Isolation.NONE), stay)
                    .must(new Command.PlanDischarge(new StayId(stay), in(ward, stay.equals("A11") ? 3 : 5)));
        }
        for (Sex sex : List.of(Sex.MALE, Sex.FEMALE)) {
            StayId stay = new StayId(sex == Sex.MALE ? "A10" : "A11");
            ward.must(new Command.UpdatePatient(stay, new Patient(null, null, null, sex, null)));
        }
        assertThat(cost(ward)).isEqualTo(3 * 100);
    }

    /** Half a day's wait is what any bed costs at most. */
    @Test
    void shouldCostADaysWaitADayAndMoreTheMoreUrgentItIs() {
        for (int priority : new int[] {1, 3, 5}) {
            PlacementWard ward = ward();
            for (String bed : List.of("B1", "B2")) {
                ward.admit("P" + bed, needs("b", Sex.MALE, Isolation.NONE), bed);
            }
            ward.must(new Command.RequestBed(
                    new RequestId("R"),
                    null,
                    null,
                    RequestOrigin.EMERGENCY_DEPARTMENT,
                    OF_A,
                    priority,
                    null,
                    Duration.ofDays(2),
                    null));
            assertThat(cost(ward)).isEqualTo(2 * 240L * (6 - priority));
        }
    }

    /** A sixtieth of a point less each night, so that they keep their bed rather than none. */
    @Test
    void shouldCostNearlyAsMuchToWaitInTheWrongBedAsInNone() {
        PlacementWard ward = ward();
        ward.admit("P", OF_A, "B1").admit("Q", needs("b", Sex.MALE, Isolation.NONE), "B2");
        ward.must(new Command.StartLeave(new StayId("Q"), null))
                .must(new Command.RequestBed(
                        new RequestId("R"), P, null, RequestOrigin.INTERNAL, OF_A, 3, null, Duration.ofDays(4), null));

        assertThat(cost(ward)).isEqualTo(4 * 720 - 1);
        assertThat(plan(ward, null).lying())
                .anyMatch(lying -> P.equals(lying.who().stay()));
    }

    /** The bed in which they wait is none of those that they could have. */
    @Test
    void shouldCostAtLeastTheWaitWhereThereIsNoOtherBed() {
        PlacementWard ward = ward();
        CareNeeds needs = needs("b", Sex.MALE, Isolation.NONE);
        ward.admit("P", needs, "B1")
                .must(new Command.CloseBed(new BedId("B2")))
                .must(new Command.RequestBed(
                        new RequestId("R"), P, null, RequestOrigin.INTERNAL, needs, 3, null, Duration.ofDays(4), null));

        assertThat(plan(ward, null).boundPoints()).isEqualTo(4 * 720 - 1);
    }

    @Test
    void shouldCostHalfAMoveToPromiseAnotherBed() {
        PlacementWard ward = ward(room("A1", 1), room("A2", 1));
        expect(ward, "E", OF_A, 1, 5);
        BedPlan before = plan(ward, null);
        assertThat(before.costPoints()).isZero();
        ward.must(new Command.BlockBed(before.lying().getFirst().bed(), BlockReason.MAINTENANCE, null, null));

        assertThat(plan(ward, before).costPoints()).isEqualTo(100);
        assertThat(plan(ward, null).costPoints()).isZero();
    }

    @Test
    void shouldCostThreeMovesToMoveSomebodyUnasked() {
        PlacementWard ward = ward(10, room("A1", 1));
        ward.admit("P", OF_A, "B1").must(new Command.PlanDischarge(P, in(ward, 9)));
        assertThat(plan(ward, null).moves()).hasSize(1);
        assertThat(cost(ward)).isEqualTo(30);
        assertThat(plan(ward, null).boundPoints()).isEqualTo(30);
    }

    /** As many points as it would cost were it not excluded, and once those of what somebody decided. */
    @Test
    void shouldCostWhatAReservedBedDoesThatARuleExcludes() {
        PlacementWard ward = ward(room("A1", 1));
        ward.must(new Command.RequestBed(
                        new RequestId("R"),
                        null,
                        null,
                        RequestOrigin.ELECTIVE,
                        needs("b", Sex.MALE, Isolation.NONE),
                        3,
                        null,
                        Duration.ofDays(5),
                        null))
                .must(new Command.ReserveBed(new RequestId("R"), new BedId("A1"), in(ward, 1)));

        BedPlan plan = plan(ward, null);

        assertThat(plan.costPoints()).isEqualTo(100);
        assertThat(plan.boundPoints()).isEqualTo(100);
    }
}
