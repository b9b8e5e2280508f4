package org.chevet.simulations.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.LogNormalSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.chevet.simulations.flow.FlowModel;
import org.chevet.simulations.flow.FlowModelReader;
import org.chevet.simulations.flow.FlowSimulation;
import org.chevet.simulations.flow.Replications;
import org.chevet.simulations.flow.WhenFull;

/**
 * How fast the flow level of the simulator is: events per second of one thread's CPU time over years of one hospital, 1,000 futures
 * of its next 14 days on all cores, and a year of a country (3,000 establishments of 380,000 beds of lognormal sizes, the mix of
 * services of the given hospital in each).
 *
 * <p>{@code mvn -q compile exec:exec@figure -Dfigure=Flow -Dfigure.args="HOSPITAL.json"}: the hospital as
 * {@link FlowModelReader} reads it.
 */
public final class FlowFigure {
    private static final int REPLICATIONS = 60;
    private static final int WARM_UP_DAYS = 60;
    private static final int YEARS = 5;
    private static final int FUTURES = 1_000;
    private static final int FUTURE_DAYS = 14;
    private static final int ESTABLISHMENTS = 3_000;
    private static final int COUNTRY_BEDS = 380_000;
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    private FlowFigure() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length != 1) {
            throw new IllegalArgumentException("no hospital is given: -Dfigure.args=\"HOSPITAL.json\"");
        }
        FlowModel model = FlowModelReader.read(Path.of(args[0]));
        for (int round = 1; round <= 3; round++) {
            printYears(model);
        }
        for (int round = 1; round <= 3; round++) {
            printFutures(model);
        }
        printCountry(model);
    }

    private static void printYears(FlowModel model) {
        FlowSimulation simulation = new FlowSimulation(model, WhenFull.WAIT);
        double[] totals = new double[REPLICATIONS];
        long events = 0;
        long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (int replication = 0; replication < REPLICATIONS; replication++) {
            simulation.start(1, replication);
            simulation.run(WARM_UP_DAYS);
            simulation.restartTally();
            simulation.run(WARM_UP_DAYS + 365.0 * YEARS);
            events += simulation.events();
            totals[replication] = IntStream.range(0, model.services().size())
                    .mapToDouble(simulation.tally()::meanOccupied)
                    .sum();
        }
        double seconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began) / 1e9;
        double mean = IntStream.range(0, REPLICATIONS)
                .mapToDouble(replication -> totals[replication])
                .average()
                .orElseThrow();
        double deviation = Math.sqrt(IntStream.range(0, REPLICATIONS)
                        .mapToDouble(replication -> (totals[replication] - mean) * (totals[replication] - mean))
                        .sum()
                / (REPLICATIONS - 1));
        System.out.println(String.format(
                Locale.ROOT,
                "%d x %d years: %.1f M events in %.2f s of one core, %.1f M/s; occupied %.1f, standard error %.1f",
                REPLICATIONS,
                YEARS,
                events / 1e6,
                seconds,
                events / 1e6 / seconds,
                mean,
                deviation / Math.sqrt(REPLICATIONS)));
    }

    private static void printFutures(FlowModel model) throws InterruptedException {
        double[] loads = model.offeredLoads();
        int[] present = IntStream.range(0, loads.length)
                .map(service -> (int)
                        Math.min(loads[service], model.services().get(service).beds()))
                .toArray();
        long began = System.nanoTime();
        List<int[]> totals = Replications.run(
                () -> new FlowSimulation(model, WhenFull.WAIT), FUTURES, CORES, (simulation, replication) -> {
                    int[] hourly = new int[24 * FUTURE_DAYS + 1];
                    simulation.start(1, replication, present);
                    for (int hour = 1; hour < hourly.length; hour++) {
                        simulation.run(hour / 24.0);
                        hourly[hour] = IntStream.range(0, present.length)
                                .map(simulation::occupied)
                                .sum();
                    }
                    return hourly;
                });
        double seconds = (System.nanoTime() - began) / 1e9;
        int[] last = totals.stream()
                .mapToInt(hourly -> hourly[24 * FUTURE_DAYS])
                .sorted()
                .toArray();
        System.out.println(String.format(
                Locale.ROOT,
                "%,d futures x %d days on %d threads: %.2f s; from %d occupied to %d (80 %%: %d to %d)",
                FUTURES,
                FUTURE_DAYS,
                CORES,
                seconds,
                IntStream.of(present).sum(),
                last[FUTURES / 2],
                last[FUTURES / 10],
                last[FUTURES * 9 / 10]));
    }

    private static void printCountry(FlowModel model) throws InterruptedException {
        int[] sizes = sizes();
        resetPeaks();
        long began = System.nanoTime();
        double[] year = new double[2];
        // One establishment is one replication of its own model; threads share the list of establishments, not a
        // history.
        List<Thread> threads = IntStream.range(0, CORES)
                .mapToObj(first -> Thread.ofPlatform().start(() -> {
                    double occupied = 0;
                    long events = 0;
                    for (int place = first; place < sizes.length; place += CORES) {
                        FlowModel establishment = model.scaledTo(sizes[place]);
                        FlowSimulation simulation = new FlowSimulation(establishment, WhenFull.WAIT);
                        simulation.start(1, place);
                        simulation.run(365);
                        events += simulation.events();
                        occupied += IntStream.range(0, establishment.services().size())
                                .map(simulation::occupied)
                                .sum();
                    }
                    synchronized (year) {
                        year[0] += events;
                        year[1] += occupied;
                    }
                }))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        System.out.println(String.format(
                Locale.ROOT,
                "%,d establishments of %,d beds, one year on %d threads: %.1f M events, %s, heap at most %,d MiB; %,.0f occupied at its end",
                sizes.length,
                IntStream.of(sizes).sum(),
                CORES,
                year[0] / 1e6,
                Duration.ofNanos(System.nanoTime() - began),
                peak() >> 20,
                year[1]));
    }

    private static int[] sizes() {
        ContinuousSampler sizes = LogNormalSampler.of(
                ZigguratSampler.NormalizedGaussian.of(RandomSource.XO_RO_SHI_RO_128_PP.create(1L)), 0, 1);
        double[] drawn = IntStream.range(0, ESTABLISHMENTS)
                .mapToDouble(place -> sizes.sample())
                .toArray();
        double sum = IntStream.range(0, ESTABLISHMENTS)
                .mapToDouble(place -> drawn[place])
                .sum();
        return IntStream.range(0, ESTABLISHMENTS)
                .map(place -> (int) Math.max(1, Math.round(drawn[place] / sum * COUNTRY_BEDS)))
                .toArray();
    }

    private static void resetPeaks() {
        ManagementFactory.getMemoryPoolMXBeans().forEach(MemoryPoolMXBean::resetPeakUsage);
    }

    private static long peak() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }
}
