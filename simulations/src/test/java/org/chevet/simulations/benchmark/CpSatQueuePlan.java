package org.chevet.simulations.benchmark;

import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.CpSolver;
import com.google.ortools.sat.CpSolverStatus;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import java.util.Arrays;
import java.util.OptionalLong;
import org.chevet.placement.queue.AssignmentPlan;
import org.chevet.placement.queue.AssignmentProblem;

/** A queue's plan written down for OR-Tools' CP-SAT by its definition. Its native libraries have to be loaded before. */
final class CpSatQueuePlan {
    private final CpModel model = new CpModel();

    /** Costs, and a weight for each request unplaced that is more than all that comes after it. */
    static long total(AssignmentProblem problem, AssignmentPlan.Value value) {
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

    CpSatQueuePlan(AssignmentProblem problem) {
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
    }

    /** Of the best plan, on one thread; empty when none is proven best within the time. */
    OptionalLong optimum(double secondsMax) {
        CpSolver solver = new CpSolver();
        solver.getParameters().setNumWorkers(1).setMaxTimeInSeconds(secondsMax);
        return solver.solve(model) == CpSolverStatus.OPTIMAL
                ? OptionalLong.of(Math.round(solver.objectiveValue()))
                : OptionalLong.empty();
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
