package org.chevet.simulations.benchmark;

import java.util.concurrent.TimeUnit;
import org.chevet.placement.queue.AssignmentPlan;
import org.chevet.placement.queue.AssignmentProblem;
import org.chevet.placement.queue.AssignmentSolver;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The best plan for a queue, exact, from the costs to the beds. Another hospital each time, of sixteen, so that none is learnt by heart.
 *
 * <p>{@code mvn -q compile exec:exec@benchmark -Dbenchmark.args="QueuePlanBenchmark -prof gc"}
 */
@State(Scope.Benchmark)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class QueuePlanBenchmark {
    private static final int HOSPITALS = 16;
    private static final int BRANCHES_MAX = 10_000;

    @Param({"50x1000", "500x10000"})
    String size = "50x1000";

    /** Patients for each place left, in hundredths. */
    @Param({"50", "150"})
    int crowding;

    private final AssignmentProblem[] problems = new AssignmentProblem[HOSPITALS];
    private int next;

    /** Refuses to time a plan that is not proven best. */
    @Setup
    public void generate() {
        String[] numbers = size.split("x", -1);
        for (int i = 0; i < HOSPITALS; i++) {
            problems[i] = GeneratedQueue.of(i, Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]), crowding);
            AssignmentPlan plan = AssignmentSolver.solve(problems[i], BRANCHES_MAX);
            if (!plan.isOptimal()) {
                throw new IllegalStateException("hospital " + i + " is not solved in " + BRANCHES_MAX + " branches: "
                        + plan.value() + ", bound " + plan.bound());
            }
        }
    }

    @Benchmark
    public AssignmentPlan plan() {
        next = (next + 1) % HOSPITALS;
        return AssignmentSolver.solve(problems[next], BRANCHES_MAX);
    }
}
