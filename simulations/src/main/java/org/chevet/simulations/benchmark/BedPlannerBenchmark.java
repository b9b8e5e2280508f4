package org.chevet.simulations.benchmark;

import java.util.concurrent.TimeUnit;
import org.chevet.event.Command;
import org.chevet.occupancy.HospitalView;
import org.chevet.placement.BedPlan;
import org.chevet.placement.BedPlanner;
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
 * What a look at the plan of two weeks costs once the hospital has changed: from the view in which one bed was closed, and the plan before that, to the plan
 * that is shown. In a hospital nine tenths full.
 *
 * <p>{@code mvn -q compile exec:exec@benchmark -Dbenchmark.args="BedPlannerBenchmark"}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 5)
@Measurement(iterations = 5, time = 5)
@Fork(1)
public class BedPlannerBenchmark {
    private static final long MOVES_BEFORE = 3_000_000;

    @Param({"100", "1000"})
    int beds;

    /** How many changes a look tries; those of the page try 300,000. */
    @Param({"0", "300000"})
    long moves;

    private HospitalView view = new FilledHospital(100).occupancy.view();
    private BedPlan before = new BedPlanner(view, FilledHospital.NOW, null, 1).plan();

    @Setup
    public void planBefore() {
        FilledHospital filled = new FilledHospital(beds);
        BedPlanner planner = new BedPlanner(filled.occupancy.view(), FilledHospital.NOW, null, 1);
        planner.search(MOVES_BEFORE);
        before = planner.plan();
        filled.run(new Command.CloseBed(filled.occupancy
                .readyBeds(
                        filled.occupancy.view().hospital().services().getFirst().id())
                .getFirst()));
        view = filled.occupancy.view();
    }

    @Benchmark
    public BedPlan look() {
        BedPlanner planner = new BedPlanner(view, FilledHospital.NOW, before, 1);
        planner.search(moves);
        return planner.plan();
    }
}
