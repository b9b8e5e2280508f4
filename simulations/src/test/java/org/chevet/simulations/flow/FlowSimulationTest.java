package org.chevet.simulations.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

class FlowSimulationTest {
    private static final int REPLICATIONS = 60;
    private static final long SEED = 7;

    /** Twelve services as a hospital has them: beds, mean stay in days, its variation, load over beds. */
    private static final double[][] SERVICES = {
        {40, 0.8, 0.6, 0.8}, {200, 7, 1, 0.9}, {120, 12, 0.9, 0.9}, {80, 5, 0.9, 0.85}, {70, 7.5, 0.9, 0.85},
        {70, 5.5, 0.9, 0.86}, {60, 8, 1, 0.87}, {80, 8, 1.1, 0.86}, {110, 4.5, 1, 0.87}, {90, 6, 0.8, 0.86},
        {40, 5, 1.2, 0.8}, {40, 3, 0.9, 0.81}
    };

    @Test
    void shouldLoseWhatErlangSaysWhateverTheShapeOfStays() throws InterruptedException {
        List<FlowService> services = IntStream.range(0, SERVICES.length)
                .mapToObj(number -> alone("S" + number, SERVICES[number]))
                .toList();
        FlowModel model = new FlowModel(services);
        for (int service = 0; service < services.size(); service++) {
            int number = service;
            int beds = services.get(service).beds();
            double load = SERVICES[service][3] * beds;
            double[] lost = inYears(
                    model,
                    WhenFull.LOSE,
                    4,
                    simulation -> (double) simulation.tally().lost(number)
                            / simulation.tally().arrivals(number));
            assertThat(mean(lost))
                    .as("service %d of %d beds", number, beds)
                    .isCloseTo(QueueingFormulas.lost(beds, load), within(4 * standardError(lost)));
            assertThat(standardError(lost)).isLessThan(0.002);
        }
    }

    @Test
    void shouldLetWaitAsErlangSays() throws InterruptedException {
        int beds = 20;
        double meanDays = 2;
        double load = 17;
        FlowModel model = new FlowModel(List.of(
                new FlowService("UHCD", beds, new LengthOfStay.Exponential(meanDays), load / meanDays, Map.of())));
        double waiting = QueueingFormulas.waiting(beds, load);

        double[] shares = inYears(
                model,
                WhenFull.WAIT,
                10,
                simulation -> (double) simulation.tally().waits(0)
                        / simulation.tally().arrivals(0));
        double[] days = inYears(
                model, WhenFull.WAIT, 10, simulation -> simulation.tally().meanWaitDays(0));

        assertThat(mean(shares)).isCloseTo(waiting, within(4 * standardError(shares)));
        assertThat(mean(days)).isCloseTo(waiting * meanDays / (beds - load), within(4 * standardError(days)));
        assertThat(standardError(days)).isLessThan(0.02);
    }

    @Test
    void shouldKeepLittlesLaw() {
        FlowSimulation simulation = new FlowSimulation(twoServices(), WhenFull.WAIT);
        double days = 20_000;
        simulation.start(SEED, 0);
        simulation.run(days);
        Tally tally = simulation.tally();
        for (int service = 0; service < 2; service++) {
            double arrivalsPerDay = tally.arrivals(service) / days;
            assertThat(tally.meanWaiting(service)).isPositive();
            // Equal but for those who still wait at the end.
            assertThat(arrivalsPerDay * tally.meanWaitDays(service))
                    .isCloseTo(tally.meanWaiting(service), within(100 * (1 + simulation.waiting(service)) / days));
        }
    }

    @Test
    void shouldLeaveNobodyBehind() {
        FlowModel model = twoServices();
        FlowSimulation simulation = new FlowSimulation(model, WhenFull.WAIT);
        for (int replication = 0; replication < 50; replication++) {
            simulation.start(SEED, replication);
            for (int hour = 1; hour < 2_000; hour++) {
                simulation.run(hour / 24.0);
                for (int service = 0; service < 2; service++) {
                    int beds = model.services().get(service).beds();
                    assertThat(simulation.occupied(service)).isBetween(0, beds);
                    if (simulation.waiting(service) > 0) {
                        assertThat(simulation.occupied(service)).isEqualTo(beds);
                    }
                }
            }
        }
    }

    @Test
    void shouldStayInItsSteadyStateWhenItStartsThere() throws InterruptedException {
        FlowModel model =
                new FlowModel(List.of(new FlowService("MED", 1_000, new LengthOfStay.LogNormal(7, 1), 100, Map.of())));
        double[] afterTwoDays = Replications.run(model, WhenFull.WAIT, 400, 1, (simulation, replication) -> {
                    simulation.start(SEED, replication, new int[] {700});
                    simulation.run(2);
                    return (double) simulation.occupied(0);
                })
                .stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
        assertThat(mean(afterTwoDays)).isCloseTo(700, within(4 * standardError(afterTwoDays)));
        assertThat(standardError(afterTwoDays)).isLessThan(1.5);
    }

    @Test
    void shouldTellTheSameHistoriesOnAnyNumberOfThreads() throws InterruptedException {
        Replications.History<List<Integer>> history = (simulation, replication) -> {
            simulation.start(SEED, replication);
            simulation.run(100);
            return List.of(simulation.occupied(0), simulation.occupied(1), (int) simulation.events());
        };
        List<List<Integer>> alone = Replications.run(twoServices(), WhenFull.WAIT, 40, 1, history);
        assertThat(Replications.run(twoServices(), WhenFull.WAIT, 40, 3, history))
                .isEqualTo(alone);
        assertThat(alone).doesNotHaveDuplicates();
    }

    /** The steady state was computed with other simulators, see {@code data/forecast/README.md}. */
    @Test
    @EnabledIfSystemProperty(named = "chevet.data", matches = ".+", disabledReason = "chevet.data names no folder")
    void shouldFillAHospitalAsOtherSimulatorsDo() throws Exception {
        FlowModel model =
                FlowModelReader.read(Path.of(System.getProperty("chevet.data")).resolve("forecast/h1000.json"));
        Map<String, Double> known = Map.of("MED", 180.1, "GERIA", 107.7, "REA", 32.1, "USC", 32.4, "UHCD", 32.8);
        known.forEach((name, occupied) -> {
            double[] means = inYearsUnchecked(model, model.indexOf(name));
            assertThat(mean(means)).as(name).isCloseTo(occupied, within(0.05 + 4 * standardError(means)));
            assertThat(standardError(means)).isLessThan(1);
        });
        assertThat(Arrays.stream(model.offeredLoads()).sum()).isCloseTo(856, within(10.0));
    }

    private static double[] inYearsUnchecked(FlowModel model, int service) {
        try {
            return inYears(
                    model, WhenFull.WAIT, 2, simulation -> simulation.tally().meanOccupied(service));
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static double[] inYears(
            FlowModel model, WhenFull whenFull, int years, ToDoubleFunction<FlowSimulation> figure)
            throws InterruptedException {
        return Replications.run(model, whenFull, REPLICATIONS, 1, (simulation, replication) -> {
                    simulation.start(SEED, replication);
                    simulation.run(60);
                    simulation.restartTally();
                    simulation.run(60 + 365.0 * years);
                    return figure.applyAsDouble(simulation);
                })
                .stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    private static FlowService alone(String name, double[] service) {
        int beds = (int) service[0];
        double meanDays = service[1];
        return new FlowService(
                name, beds, new LengthOfStay.LogNormal(meanDays, service[2]), service[3] * beds / meanDays, Map.of());
    }

    /** Both are often full; who goes on from the first keeps its bed until the second has one. */
    private static FlowModel twoServices() {
        return new FlowModel(List.of(
                new FlowService("UHCD", 10, new LengthOfStay.LogNormal(1, 0.6), 8, Map.of("MED", 0.4)),
                new FlowService("MED", 30, new LengthOfStay.LogNormal(6, 1), 1, Map.of())));
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double standardError(double[] values) {
        double mean = mean(values);
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return Math.sqrt(squares / (values.length - 1) / values.length);
    }
}
