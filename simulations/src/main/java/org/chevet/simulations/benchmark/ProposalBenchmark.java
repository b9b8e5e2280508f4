package org.chevet.simulations.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.chevet.event.Command;
import org.chevet.hospital.BedId;
import org.chevet.occupancy.HospitalView;
import org.chevet.placement.Demand;
import org.chevet.placement.PlacementWorld;
import org.chevet.placement.Proposals;
import org.chevet.placement.Ranking;
import org.chevet.placement.Verdict;
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
 * The five best beds for one request after another, with reasons; what there is to say of one bed; and taking over a view in which one bed
 * changed. In a hospital nine tenths full.
 *
 * <p>{@code mvn -q compile exec:exec@benchmark -Dbenchmark.args="ProposalBenchmark -prof gc"}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms4g", "-Xmx4g"})
public class ProposalBenchmark {
    private static final int PROPOSALS_MAX = 5;

    @Param({"100", "1000", "10000", "400000"})
    int beds;

    private final List<Demand> demands = new ArrayList<>();
    private final List<BedId> bedIds = new ArrayList<>();
    private final HospitalView[] views = new HospitalView[2];
    private PlacementWorld world = empty();
    private Proposals proposals = new Proposals(world);
    private int next;

    private static PlacementWorld empty() {
        return new PlacementWorld(new FilledHospital(100).occupancy.view(), FilledHospital.NOW);
    }

    @Setup
    public void fill() {
        FilledHospital filled = new FilledHospital(beds);
        views[0] = filled.occupancy.view();
        views[0].services()
                .forEach(service ->
                        service.beds().forEach(bed -> bedIds.add(bed.bed().id())));
        filled.run(new Command.CloseBed(filled.occupancy
                .readyBeds(views[0].hospital().services().getFirst().id())
                .getFirst()));
        views[1] = filled.occupancy.view();
        world = new PlacementWorld(views[1], FilledHospital.NOW);
        proposals = new Proposals(world);
        views[1].requests().forEach(open -> demands.add(Demand.of(views[1], open.request(), FilledHospital.NOW)));
    }

    @Benchmark
    public Ranking rank() {
        return proposals.rank(demands.get((next++ & Integer.MAX_VALUE) % demands.size()), PROPOSALS_MAX);
    }

    @Benchmark
    public Verdict explain() {
        int at = next++ & Integer.MAX_VALUE;
        return proposals.explain(demands.get(at % demands.size()), bedIds.get(at % bedIds.size()));
    }

    @Benchmark
    public PlacementWorld renew() {
        world.renew(views[next++ & 1], FilledHospital.NOW);
        return world;
    }
}
