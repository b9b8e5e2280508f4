package org.chevet.simulations.benchmark;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.chevet.event.BedEvent;
import org.chevet.event.Origin;
import org.chevet.event.Recorded;
import org.chevet.occupancy.Decision;
import org.chevet.occupancy.Occupancy;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Decides one command and applies its events, in a hospital nine tenths full that stays so, with 35 days of ended stays in
 * memory. The commands are those of a stay's life in their usual order: register and admit, transfer, discharge, bed being
 * cleaned, bed clean, archived at last. The time of an operation is that of a command; {@code events} counts what came of them.
 *
 * <p>{@code mvn -q compile exec:exec@benchmark -Dbenchmark.args="OccupancyBenchmark -prof gc"}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms4g", "-Xmx4g"})
public class OccupancyBenchmark {
    private static final Origin FEED = new Origin.Feed("benchmark", "1");

    @Param({"1000", "10000", "400000"})
    int beds;

    private Occupancy occupancy = new Occupancy();
    private GeneratedTraffic traffic = new GeneratedTraffic(GeneratedLayout.ofBeds(40));

    /** Time per event, beside the time per command that JMH gives by itself. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Counted {
        public long events;
    }

    /** Until the stays that ended first are being archived: from then on the number of stays in memory is the same. */
    @Setup
    public void fill() {
        occupancy = new Occupancy();
        traffic = new GeneratedTraffic(GeneratedLayout.ofBeds(beds));
        boolean archiving = false;
        while (!archiving) {
            List<BedEvent> events = run();
            archiving = !events.isEmpty() && events.getLast() instanceof BedEvent.StayArchived;
        }
    }

    /** A writer makes a view after each batch; without any, the marks of what changed would pile up. */
    @Setup(Level.Iteration)
    public void makeView() {
        occupancy.view();
    }

    @Benchmark
    public long decideAndApply(Counted counted) {
        counted.events += run().size();
        return occupancy.sequence();
    }

    private List<BedEvent> run() {
        if (!(occupancy.decide(traffic.next(occupancy), traffic.now()) instanceof Decision.Accepted accepted)) {
            throw new IllegalStateException("a fact was refused");
        }
        for (BedEvent event : accepted.events()) {
            long sequence = occupancy.sequence() + 1;
            occupancy.apply(new Recorded(sequence, sequence, traffic.now(), FEED, event));
        }
        return accepted.events();
    }
}
