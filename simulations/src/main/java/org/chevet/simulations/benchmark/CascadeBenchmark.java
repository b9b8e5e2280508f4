package org.chevet.simulations.benchmark;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.chevet.event.BedRequest;
import org.chevet.event.Command;
import org.chevet.occupancy.BedState;
import org.chevet.occupancy.BedView;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.ServiceView;
import org.chevet.placement.Cascades;
import org.chevet.placement.PlacementWorld;
import org.chevet.placement.QueuePlan;
import org.chevet.placement.QueuePlanner;
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
 * The cascade for one request after another in a hospital of 1,000 beds that is full: of its free beds all but a few are closed. And the whole
 * queue's plan there, from the view's requests to proposals with reasons.
 *
 * <p>{@code mvn -q compile exec:exec@benchmark -Dbenchmark.args="CascadeBenchmark -prof gc"}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class CascadeBenchmark {
    private static final int BEDS = 1_000;
    private static final int BRANCHES_MAX = 10_000;

    /** How many free beds stay open. */
    @Param({"0", "5", "20"})
    int free;

    private PlacementWorld world = world(0);
    private List<BedRequest> requests = List.of();
    private int next;

    private static PlacementWorld world(int free) {
        FilledHospital filled = new FilledHospital(BEDS);
        int open = 0;
        for (ServiceView service : filled.occupancy.view().services()) {
            for (BedView bed : service.beds()) {
                if (bed.status().state() == BedState.READY && ++open > free) {
                    filled.run(new Command.CloseBed(bed.bed().id()));
                }
            }
        }
        return new PlacementWorld(filled.occupancy.view(), FilledHospital.NOW);
    }

    @Setup
    public void fill() {
        world = world(free);
        requests = world.view().requests().stream()
                .map(HospitalView.OpenRequest::request)
                .toList();
    }

    @Benchmark
    public Cascades.Found cascade() {
        next = (next + 1) % requests.size();
        return new Cascades(world, Cascades.Limits.USUAL).find(requests.get(next));
    }

    @Benchmark
    public QueuePlan queue() {
        return new QueuePlanner(world).plan(BRANCHES_MAX);
    }
}
