package org.chevet.simulations.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.ortools.Loader;
import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.CpSolver;
import com.google.ortools.sat.CpSolverStatus;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import java.util.Arrays;
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
            AssignmentProblem problem = seed % 2 == 0
                    ? GeneratedQueue.of(seed, 6 + seed % 15, 30 + seed % 90, 50 + 25 * (seed % 8))
                    : GeneratedQueue.of(seed, 20 + seed % 20, 8 + seed % 30, 10);
            AssignmentPlan plan = AssignmentSolver.solve(problem, BRANCHES_MAX);
            assertThat(plan.isOptimal()).as("seed %d", seed).isTrue();
            assertThat(total(problem, plan.value())).as("seed %d", seed).isEqualTo(optimum(problem));
        }
    }

    /** Costs, and a weight for each request unplaced that is more than all that comes after it. */
    private static long total(AssignmentProblem problem, AssignmentPlan.Value value) {
        long total = value.cost();
        for (int priority = 1; priority <= 5; priority++) {
            total += weight(problem, priority) * value.unplaced()[priority - 1];
        }
        return total;
    }

    private static long weight(AssignmentProblem problem, int priority) {
        long weight = 1_000L * problem.requests();
        for (int later = 5; later > priority; later--) {
            int of = later;
            weight *= 1
                    + Arrays.stream(problem.priorities()).filter(is -> is == of).count();
        }
        return weight;
    }

    private static long optimum(AssignmentProblem problem) {
        CpModel model = new CpModel();
        LinearExprBuilder objective = LinearExpr.newBuilder();
        LinearExprBuilder[] inBed = builders(problem.beds());
        LinearExprBuilder[] inService = builders(problem.placesOfService().length);
        BoolVar[][] companies = companies(model, problem);
        for (int request = 0; request < problem.requests(); request++) {
            LinearExprBuilder once = LinearExpr.newBuilder();
            BoolVar unplaced = model.newBoolVar("");
            once.add(unplaced);
            objective.addTerm(unplaced, weight(problem, problem.priorities()[request]));
            for (int bed = 0; bed < problem.beds(); bed++) {
                int cost = problem.costs()[request][bed];
                if (cost == AssignmentProblem.FORBIDDEN) {
                    continue;
                }
                int room = problem.roomOfBed()[bed];
                BoolVar placed = model.newBoolVar("");
                once.add(placed);
                inBed[bed].add(placed);
                inService[problem.serviceOfRoom()[room]].add(placed);
                objective.addTerm(placed, cost);
                LinearExprBuilder fitting = LinearExpr.newBuilder();
                for (int company = 0; company < 2; company++) {
                    if ((problem.companiesOfRequest()[request] >> company & 1) != 0) {
                        fitting.add(companies[room][company]);
                    }
                }
                model.addLessOrEqual(placed, fitting);
            }
            model.addEquality(once, 1);
        }
        for (LinearExprBuilder bed : inBed) {
            model.addLessOrEqual(bed, 1);
        }
        for (int service = 0; service < inService.length; service++) {
            model.addLessOrEqual(inService[service], problem.placesOfService()[service]);
        }
        model.minimize(objective);
        CpSolver solver = new CpSolver();
        solver.getParameters().setNumWorkers(1);
        assertThat(solver.solve(model)).isEqualTo(CpSolverStatus.OPTIMAL);
        return Math.round(solver.objectiveValue());
    }

    /** Each room is of one company, and of one that it is open to. */
    private static BoolVar[][] companies(CpModel model, AssignmentProblem problem) {
        int rooms = problem.serviceOfRoom().length;
        BoolVar[][] companies = new BoolVar[rooms][2];
        for (int room = 0; room < rooms; room++) {
            for (int company = 0; company < 2; company++) {
                companies[room][company] = model.newBoolVar("");
                model.addLessOrEqual(companies[room][company], problem.companiesOfRoom()[room] >> company & 1);
            }
            model.addAtMostOne(companies[room]);
        }
        return companies;
    }

    private static LinearExprBuilder[] builders(int count) {
        LinearExprBuilder[] builders = new LinearExprBuilder[count];
        Arrays.setAll(builders, i -> LinearExpr.newBuilder());
        return builders;
    }
}
