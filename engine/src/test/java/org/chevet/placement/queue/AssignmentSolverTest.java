package org.chevet.placement.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.chevet.placement.queue.RandomProblem.MEN;
import static org.chevet.placement.queue.RandomProblem.WOMEN;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class AssignmentSolverTest {
    private static final int UNLIMITED = Integer.MAX_VALUE;
    private static final int SEEDS = Integer.getInteger("chevet.seeds", 500);

    @Test
    void shouldFindWhatTryingEverythingFinds() {
        for (int seed = 0; seed < 6 * SEEDS; seed++) {
            Random random = new Random(seed);
            AssignmentProblem problem = RandomProblem.of(random, random.nextInt(6), 1 + random.nextInt(6));
            AssignmentPlan plan = AssignmentSolver.solve(problem, UNLIMITED);
            assertThat(Exhaustive.breach(problem, plan.beds()))
                    .as("seed %d", seed)
                    .isNull();
            assertThat(Exhaustive.value(problem, plan.beds()))
                    .as("seed %d", seed)
                    .isEqualTo(plan.value())
                    .isEqualTo(Exhaustive.best(problem));
            assertThat(plan.isOptimal()).as("seed %d", seed).isTrue();
        }
    }

    @Test
    void shouldSayHowFarFromTheBestAPlanMayBeWhenToldToStop() {
        int stopped = 0;
        for (int seed = 0; seed < 2 * SEEDS; seed++) {
            AssignmentProblem problem = RandomProblem.of(new Random(seed), 20, 20);
            AssignmentPlan best = AssignmentSolver.solve(problem, UNLIMITED);
            AssignmentPlan plan = AssignmentSolver.solve(problem, 1);
            assertThat(Exhaustive.breach(problem, plan.beds()))
                    .as("seed %d", seed)
                    .isNull();
            assertThat(Exhaustive.value(problem, plan.beds()))
                    .as("seed %d", seed)
                    .isEqualTo(plan.value());
            assertThat(plan.bound()).as("seed %d", seed).isLessThanOrEqualTo(best.value());
            assertThat(plan.value()).as("seed %d", seed).isGreaterThanOrEqualTo(best.value());
            stopped += plan.isOptimal() ? 0 : 1;
        }
        assertThat(stopped).isPositive();
    }

    @Test
    void shouldNotDependOnTheOrderOfWhatItIsGiven() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            AssignmentProblem problem = RandomProblem.of(random, 12, 12);
            int[] requests = shuffled(random, problem.requests());
            int[] beds = shuffled(random, problem.beds());
            int[] rooms = shuffled(random, problem.serviceOfRoom().length);
            int[] services = shuffled(random, problem.placesOfService().length);
            AssignmentPlan plan = AssignmentSolver.solve(problem, UNLIMITED);
            AssignmentPlan other =
                    AssignmentSolver.solve(permuted(problem, requests, beds, rooms, services), UNLIMITED);
            int[] expected = IntStream.of(requests)
                    .map(request -> plan.beds()[request])
                    .map(bed -> bed == AssignmentPlan.NONE ? bed : indexOf(beds, bed))
                    .toArray();
            assertThat(other.beds()).as("seed %d", seed).isEqualTo(expected);
        }
    }

    @Test
    void shouldNeverDoWorseWithOneMoreBed() {
        for (int seed = 0; seed < SEEDS; seed++) {
            AssignmentProblem problem = RandomProblem.of(new Random(seed), 14, 12);
            int[][] costs = Arrays.stream(problem.costs()).map(int[]::clone).toArray(int[][]::new);
            for (int[] row : costs) {
                row[seed % 12] = AssignmentProblem.FORBIDDEN;
            }
            AssignmentPlan without = AssignmentSolver.solve(withCosts(problem, costs), UNLIMITED);
            assertThat(AssignmentSolver.solve(problem, UNLIMITED).value())
                    .as("seed %d", seed)
                    .isLessThanOrEqualTo(without.value());
        }
    }

    @Test
    void shouldPlaceOneMoreOfTheMostUrgentAtAnyCost() {
        // Both may have bed 0 only, and the less urgent is cheaper there.
        AssignmentProblem problem = new AssignmentProblem(
                new long[] {1, 2},
                new long[] {1},
                new int[] {2, 1},
                new long[] {1, 1},
                new int[][] {{0}, {1_000_000}},
                new int[] {0},
                new int[] {0},
                new long[] {1},
                new int[] {1},
                new int[] {1},
                0);
        AssignmentPlan plan = AssignmentSolver.solve(problem, UNLIMITED);
        assertThat(plan.beds()).containsExactly(AssignmentPlan.NONE, 0);
        assertThat(plan.value()).isEqualTo(new AssignmentPlan.Value(new int[] {0, 1, 0, 0, 0}, 1_000_000));
    }

    /** Two rooms with one bed of the kind that all want; without a room to herself the second woman has none. */
    @Test
    void shouldGiveARoomToTheMostUrgentThoughAnotherCompanyWouldFillIt() {
        int no = AssignmentProblem.FORBIDDEN;
        int[] row = {0, no, no, 0, no, no};
        AssignmentProblem problem = new AssignmentProblem(
                new long[] {1, 2, 3, 4},
                new long[] {1, 2, 3, 4, 5, 6},
                new int[] {3, 4, 1, 5},
                new long[] {WOMEN, WOMEN, MEN, WOMEN},
                new int[][] {row, row, row, {1, 0, 0, 1, 0, 0}},
                new int[] {0, 0, 0, 1, 1, 1},
                new int[] {0, 0},
                new long[] {WOMEN | MEN, WOMEN | MEN},
                new int[] {2, 2},
                new int[] {6},
                0);
        AssignmentPlan plan = AssignmentSolver.solve(problem, UNLIMITED);
        assertThat(plan.value()).isEqualTo(Exhaustive.best(problem));
        assertThat(plan.value().unplaced()).containsExactly(0, 0, 0, 1, 0);
        assertThat(Exhaustive.breach(problem, plan.beds())).isNull();
        assertThat(plan.isOptimal()).isTrue();
    }

    @Test
    void shouldRefuseArraysThatDoNotAgree() {
        AssignmentProblem whole = RandomProblem.of(new Random(1), 3, 4);
        assertRefused("requestKeys has length 4 instead of 3", with(whole, 0, new long[4]));
        assertRefused("bedKeys has length 3 instead of 4", with(whole, 1, new long[3]));
        assertRefused("companiesOfRequest has length 2 instead of 3", with(whole, 2, new long[2]));
        assertRefused("costs has length 2 instead of 3", with(whole, 3, new int[2][4]));
        assertRefused("a row of costs has length 5 instead of 4", with(whole, 3, new int[3][5]));
        int rooms = whole.serviceOfRoom().length;
        assertRefused("companiesOfRoom has length 0 instead of " + rooms, with(whole, 4, new long[0]));
        assertRefused("placesOfRoom has length 0 instead of " + rooms, with(whole, 5, new int[0]));
    }

    private static void assertRefused(String message, ThrowingCallable making) {
        assertThatIllegalArgumentException().isThrownBy(making).withMessage(message);
    }

    private static ThrowingCallable with(AssignmentProblem whole, int part, Object other) {
        return () -> new AssignmentProblem(
                part == 0 ? (long[]) other : whole.requestKeys(),
                part == 1 ? (long[]) other : whole.bedKeys(),
                whole.priorities(),
                part == 2 ? (long[]) other : whole.companiesOfRequest(),
                part == 3 ? (int[][]) other : whole.costs(),
                whole.roomOfBed(),
                whole.serviceOfRoom(),
                part == 4 ? (long[]) other : whole.companiesOfRoom(),
                part == 5 ? (int[]) other : whole.placesOfRoom(),
                whole.placesOfService(),
                whole.companiesOfOne());
    }

    @Test
    void shouldRefuseWhatIsTooMuchToWeighAtOnce() {
        int requests = 1_000;
        AssignmentProblem problem = new AssignmentProblem(
                IntStream.range(0, requests).asLongStream().toArray(),
                new long[] {1},
                IntStream.range(0, requests).map(i -> 1 + i % 5).toArray(),
                new long[requests],
                new int[requests][1],
                new int[] {0},
                new int[] {0},
                new long[] {1},
                new int[] {1},
                new int[] {1},
                0);
        Arrays.fill(problem.companiesOfRequest(), 1);
        assertThat(AssignmentSolver.solve(problem, UNLIMITED).value().unplaced()[4])
                .isEqualTo(200);
        for (int[] row : problem.costs()) {
            row[0] = 1_000_000;
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AssignmentSolver.solve(problem, UNLIMITED))
                .withMessageContaining("1000 requests")
                .withMessageContaining("1000000000 points");
    }

    private static AssignmentProblem permuted(
            AssignmentProblem problem, int[] requests, int[] beds, int[] rooms, int[] services) {
        return new AssignmentProblem(
                picked(problem.requestKeys(), requests),
                picked(problem.bedKeys(), beds),
                picked(problem.priorities(), requests),
                picked(problem.companiesOfRequest(), requests),
                IntStream.of(requests)
                        .mapToObj(request -> picked(problem.costs()[request], beds))
                        .toArray(int[][]::new),
                IntStream.of(picked(problem.roomOfBed(), beds))
                        .map(room -> indexOf(rooms, room))
                        .toArray(),
                IntStream.of(picked(problem.serviceOfRoom(), rooms))
                        .map(service -> indexOf(services, service))
                        .toArray(),
                picked(problem.companiesOfRoom(), rooms),
                picked(problem.placesOfRoom(), rooms),
                picked(problem.placesOfService(), services),
                problem.companiesOfOne());
    }

    private static AssignmentProblem withCosts(AssignmentProblem problem, int[][] costs) {
        return new AssignmentProblem(
                problem.requestKeys(),
                problem.bedKeys(),
                problem.priorities(),
                problem.companiesOfRequest(),
                costs,
                problem.roomOfBed(),
                problem.serviceOfRoom(),
                problem.companiesOfRoom(),
                problem.placesOfRoom(),
                problem.placesOfService(),
                problem.companiesOfOne());
    }

    private static int[] shuffled(Random random, int count) {
        List<Integer> indices = Arrays.asList(IntStream.range(0, count).boxed().toArray(Integer[]::new));
        Collections.shuffle(indices, random);
        return indices.stream().mapToInt(Integer::intValue).toArray();
    }

    private static int[] picked(int[] values, int[] indices) {
        return IntStream.of(indices).map(i -> values[i]).toArray();
    }

    private static long[] picked(long[] values, int[] indices) {
        return IntStream.of(indices).mapToLong(i -> values[i]).toArray();
    }

    private static int indexOf(int[] values, int value) {
        int i = 0;
        while (values[i] != value) {
            i++;
        }
        return i;
    }
}
