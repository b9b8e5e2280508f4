package org.chevet.placement.stay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.chevet.hospital.Sex;
import org.junit.jupiter.api.Test;

class StayPlannerTest {
    static final int SEEDS = Integer.getInteger("chevet.seeds", 20);
    private static final int NIGHTS = 6;
    private static final int ROOMS = 5;
    private static final int BEDS = 2;
    static final int STAYS = 18;
    private static final StayPlanner.Budget SHORT = StayPlanner.Budget.ofMoves(10_000);

    /** Rooms of two, one sex a night, and stays of one or two parts, some fixed, some rooms not allowed. */
    static StayPlanProblem hospital(long seed, int stays) {
        Random random = new Random(seed);
        StayPlanProblem.Builder builder = new StayPlanProblem.Builder(NIGHTS);
        for (int room = 0; room < ROOMS; room++) {
            int[] beds =
                    random.ints(NIGHTS, BEDS - (room == 0 ? 1 : 0), BEDS + 1).toArray();
            builder.room(beds, room == 1 ? StayPlanProblem.HARD : 50);
        }
        for (int stay = 0; stay < stays; stay++) {
            int from = random.nextInt(NIGHTS - 1);
            int middle = from + 1 + random.nextInt(NIGHTS - from - 1);
            builder.stay(Sex.values()[random.nextInt(3)], 3_000, 110);
            builder.part(from, middle, prices(random), 110);
            if (random.nextBoolean() && middle < NIGHTS) {
                builder.part(middle, NIGHTS, prices(random), 20);
            }
        }
        return builder.build();
    }

    private static int[] prices(Random random) {
        return random.ints(ROOMS, -30, 100)
                .map(price -> Math.max(price, StayPlanProblem.NEVER))
                .toArray();
    }

    private static StayPlan plan(StayPlanProblem problem, long seed) {
        StayPlanner planner = new StayPlanner(problem, seed);
        planner.search(SHORT);
        return planner.plan();
    }

    @Test
    void shouldNeverGiveARoomThatIsNotAllowedNorABedTwice() {
        for (int seed = 0; seed < 2 * SEEDS; seed++) {
            StayPlanProblem problem = hospital(seed, STAYS);
            StayPlan plan = plan(problem, seed);
            int[][] taken = new int[NIGHTS][ROOMS * BEDS];
            for (int stay = 0; stay < problem.stays(); stay++) {
                for (int night = problem.firstNight(stay); night < problem.endNight(stay); night++) {
                    int room = plan.room(stay, night);
                    if (room != StayPlanProblem.NOWHERE) {
                        int part = problem.partAt[problem.firstIndex[stay] + night - problem.firstNight(stay)];
                        assertThat(problem.allows(part, room))
                                .as("seed %d", seed)
                                .isTrue();
                        assertThat(++taken[night][room * BEDS + plan.bed(stay, night)])
                                .as("seed %d", seed)
                                .isEqualTo(1);
                    }
                }
            }
            assertBedsRespected(problem, taken, seed);
        }
    }

    private static void assertBedsRespected(StayPlanProblem problem, int[][] taken, int seed) {
        for (int night = 0; night < NIGHTS; night++) {
            for (int room = 0; room < ROOMS; room++) {
                int present = Arrays.stream(taken[night], room * BEDS, (room + 1) * BEDS)
                        .sum();
                assertThat(present).as("seed %d", seed).isLessThanOrEqualTo(problem.beds[room * NIGHTS + night]);
            }
        }
    }

    @Test
    void shouldReachTheCheapestPlanOfSmallHospitals() {
        for (int seed = 0; seed < SEEDS; seed++) {
            StayPlanProblem problem = hospital(seed, 2);

            assertThat(plan(problem, seed).cost())
                    .as("seed %d", seed)
                    .isEqualTo(cheapest(problem, 0, new int[problem.partAt.length]));
        }
    }

    /** By trying every room on every night. */
    private static long cheapest(StayPlanProblem problem, int index, int[] roomOf) {
        if (index == roomOf.length) {
            return fits(problem, roomOf) ? problem.cost(roomOf) : Long.MAX_VALUE;
        }
        long cheapest = Long.MAX_VALUE;
        for (int room = 0; room <= ROOMS; room++) {
            if (problem.allows(problem.partAt[index], room)) {
                roomOf[index] = room;
                cheapest = Math.min(cheapest, cheapest(problem, index + 1, roomOf));
            }
        }
        return cheapest;
    }

    private static boolean fits(StayPlanProblem problem, int[] roomOf) {
        int[] present = new int[(ROOMS + 1) * NIGHTS];
        for (int stay = 0; stay < problem.stays; stay++) {
            for (int night = problem.from[stay]; night < problem.to[stay]; night++) {
                int place = roomOf[problem.firstIndex[stay] + night - problem.from[stay]] * NIGHTS + night;
                if (++present[place] > problem.beds[place]) {
                    return false;
                }
            }
        }
        return true;
    }

    @Test
    void shouldBeTheSameForASeedAndANumberOfMoves() {
        StayPlanProblem problem = hospital(7, STAYS);

        assertThat(plan(problem, 3).roomOf()).isEqualTo(plan(problem, 3).roomOf());
    }

    @Test
    void shouldNeverCostMoreAsTimeGoesOn() {
        StayPlanProblem problem = hospital(7, STAYS);
        StayPlanner planner = new StayPlanner(problem, 1);
        long before = planner.plan().cost();
        for (int i = 0; i < 20; i++) {
            planner.search(StayPlanner.Budget.ofMoves(1_000));
            long now = planner.plan().cost();
            assertThat(now).isLessThanOrEqualTo(before).isEqualTo(planner.cost());
            before = now;
        }
        StayPlan last = planner.plan();

        assertThat(new StayPlanner(problem, 2, last::room).cost()).isEqualTo(before);
    }

    @Test
    void shouldLeaveAStayWithoutARoomOnlyWhereNoneIsLeft() {
        StayPlanProblem.Builder builder = new StayPlanProblem.Builder(2).room(new int[] {1, 1}, 0);
        builder.stay(Sex.FEMALE, 500, 0).part(0, 1, new int[] {1}, 0);
        builder.stay(Sex.FEMALE, 900, 0).part(0, 2, new int[] {1}, 0);

        StayPlan plan = plan(builder.build(), 1);

        assertThat(plan.nightsNowhere()).isEqualTo(1);
        assertThat(plan.room(0, 0)).isEqualTo(StayPlanProblem.NOWHERE);
        assertThat(plan.cost()).isEqualTo(502);
    }

    @Test
    void shouldStayInTheRoomBeforeUnlessTheMovePays() {
        StayPlanProblem.Builder builder =
                new StayPlanProblem.Builder(2).room(new int[] {2, 2}, 0).room(new int[] {2, 2}, 0);
        builder.stay(Sex.MALE, 900, 50).roomBefore(0).part(0, 2, new int[] {20, 0}, 50);
        builder.stay(Sex.MALE, 900, 50).roomBefore(0).part(0, 2, new int[] {30, 0}, 50);

        StayPlan plan = plan(builder.build(), 1);

        assertThat(plan.room(0, 0)).isZero();
        assertThat(plan.room(1, 0)).isEqualTo(1);
        assertThat(plan.cost()).isEqualTo(40 + 50);
    }

    @Test
    void shouldLetAnUnknownSexLieWithBoth() {
        StayPlanProblem.Builder builder = new StayPlanProblem.Builder(1)
                .room(new int[] {2}, StayPlanProblem.HARD)
                .room(new int[] {2}, StayPlanProblem.HARD);
        for (Sex sex : Sex.values()) {
            builder.stay(sex, 900, 0).part(0, 1, new int[] {0, 10}, 0);
        }

        // A woman and a man need a room each; who is neither takes the cheap one with either of them.
        assertThat(plan(builder.build(), 1).cost()).isEqualTo(10);
    }
}
