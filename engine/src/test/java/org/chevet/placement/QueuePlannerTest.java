package org.chevet.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.chevet.event.BedRequest;
import org.chevet.event.Command;
import org.chevet.hospital.BedId;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.PlacementRule;
import org.chevet.hospital.RequestId;
import org.chevet.occupancy.HospitalView.OpenRequest;
import org.junit.jupiter.api.Test;

class QueuePlannerTest {
    /** Of fewer, what is rare need not be met. */
    private static final int SEEDS_USUAL = 100;

    private static final int HOSPITALS = Integer.getInteger("chevet.seeds", SEEDS_USUAL);
    private static final int BRANCHES_MAX = 1_000;

    @Test
    void shouldGiveBedsThatBreakNoRuleEvenTogether() {
        int shared = 0;
        for (int seed = 0; seed < HOSPITALS; seed++) {
            PlacementWard ward = ward(seed);
            PlacementWorld world = new PlacementWorld(ward.view(), ward.now);
            List<QueuePlan.Placed> placed =
                    new ArrayList<>(new QueuePlanner(world).plan(BRANCHES_MAX).placed());
            // In surge beds the room's number of patients is not asked: who gets one comes last.
            placed.sort(Comparator.comparing(is -> isSurge(world, is)));
            Trial trial = new Trial(world);
            Set<BedId> given = new HashSet<>();
            for (QueuePlan.Placed is : placed) {
                int bed = world.layout().bed(is.proposal().bed());
                Mover waiting = Mover.waiting(world, request(world, is.request()));
                int broken = waiting.fit.broken(bed);
                if (waiting.demand.needs().organism() != null) {
                    // The first of a cohort has no number in this world yet.
                    broken &= ~PlacementRule.ISOLATION.bit();
                }
                assertThat(broken)
                        .as(
                                "seed %d, request %s, bed %s",
                                seed, is.request(), is.proposal().bed())
                        .isZero();
                assertThat(given.add(is.proposal().bed())).as("seed %d", seed).isTrue();
                shared += world.roomTenants[world.layout().roomOfBed(bed)] > 0 ? 1 : 0;
                trial.occupy(bed, waiting.tenant);
            }
        }
        if (HOSPITALS >= SEEDS_USUAL) {
            assertThat(shared).isPositive();
        }
    }

    @Test
    void shouldSayOfEveryRequestWithoutABedWhereItIsOrWhyNot() {
        Set<QueuePlan.Reason> reasons = new HashSet<>();
        for (int seed = 0; seed < HOSPITALS; seed++) {
            PlacementWard ward = ward(seed);
            PlacementWorld world = new PlacementWorld(ward.view(), ward.now);
            QueuePlan plan = new QueuePlanner(world).plan(BRANCHES_MAX);
            List<RequestId> told = new ArrayList<>();
            plan.placed().forEach(is -> told.add(is.request()));
            for (QueuePlan.Unplaced is : plan.unplaced()) {
                told.add(is.request());
                reasons.add(is.reason());
                assertThat(is.ranking().proposals().isEmpty())
                        .as("seed %d, request %s", seed, is.request())
                        .isEqualTo(is.reason() == QueuePlan.Reason.NO_BED);
            }
            assertThat(told)
                    .as("seed %d", seed)
                    .containsExactlyInAnyOrderElementsOf(ward.view().requests().stream()
                            .filter(open -> open.bed() == null)
                            .map(open -> open.request().id())
                            .toList());
            assertThat(plan.total()).as("seed %d", seed).isEqualTo(plan.bound());
            assertThat(plan.total().cost())
                    .as("seed %d", seed)
                    .isEqualTo(plan.placed().stream()
                            .mapToLong(is -> is.proposal().costPoints())
                            .sum());
        }
        if (HOSPITALS >= SEEDS_USUAL) {
            assertThat(reasons).contains(QueuePlan.Reason.NO_BED, QueuePlan.Reason.GIVEN_TO_OTHERS);
        }
    }

    private static boolean isSurge(PlacementWorld world, QueuePlan.Placed placed) {
        int bed = world.layout().bed(placed.proposal().bed());
        return (world.flags[bed] & PlacementWorld.SURGE) != 0;
    }

    private static BedRequest request(PlacementWorld world, RequestId id) {
        OpenRequest open = world.requests.get(id);
        assertThat(open).isNotNull();
        return open.request();
    }

    private static PlacementWard ward(int seed) {
        RandomHospital random = new RandomHospital(seed);
        Hospital hospital = random.hospital();
        PlacementWard ward = new PlacementWard(hospital);
        for (Command command : random.commands(hospital)) {
            ward.run(command);
        }
        return ward;
    }
}
