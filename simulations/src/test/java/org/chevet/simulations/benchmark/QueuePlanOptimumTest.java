package org.chevet.simulations.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.ortools.Loader;
import org.chevet.placement.queue.AssignmentPlan;
import org.chevet.placement.queue.AssignmentProblem;
import org.chevet.placement.queue.AssignmentSolver;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The queue plan's solver against OR-Tools' CP-SAT on the same problem, written down by its definition. {@code -Dchevet.rounds=N} for more
 * hospitals.
 */
class QueuePlanOptimumTest {
    private static final int ROUNDS = Integer.getInteger("chevet.rounds", 20);
    private static final int BRANCHES_MAX = 10_000;

    @BeforeAll
    static void load() {
        Loader.loadNativeLibraries();
    }

    @Test
    void shouldBeAsGoodAsWhatAnExactSolverFinds() {
        for (int seed = 0; seed < ROUNDS; seed++) {
            // Where beds are few, women and men meet in the rooms left, and the solver has to branch.
            AssignmentProblem problem = switch (seed % 3) {
                case 0 -> GeneratedQueue.of(seed, 6 + seed % 15, 30 + seed % 90, 50 + 25 * (seed % 8));
                case 1 -> GeneratedQueue.of(seed, 20 + seed % 20, 8 + seed % 30, 10);
                default -> GeneratedQueue.contested(seed, 10 + 2 * (seed % 4), 10 * (10 + 2 * (seed % 4)));
            };
            AssignmentPlan plan = AssignmentSolver.solve(problem, BRANCHES_MAX);
            assertThat(plan.isOptimal()).as("seed %d", seed).isTrue();
            assertThat(CpSatQueuePlan.total(problem, plan.value()))
                    .as("seed %d", seed)
                    .isEqualTo(new CpSatQueuePlan(problem)
                            .optimum(Double.POSITIVE_INFINITY)
                            .orElseThrow());
        }
    }
}
