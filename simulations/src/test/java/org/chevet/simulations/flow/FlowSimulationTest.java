package org.chevet.simulations.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.chevet.simulations.demand.ArrivalProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

class FlowSimulationTest {
    private static final int REPLICATIONS = 30;
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
        double[][] lost = inYears(
                model,
                WhenFull.LOSE,
                2,
                simulation -> byService(
                        services.size(),
                        service -> (double) simulation.tally().lost(service)
                                / simulation.tally().arrivals(service)));
        for (int service = 0; service < services.size(); service++) {
            int beds = services.get(service).beds();
            assertThat(mean(lost[service]))
                    .as("service %d of %d beds", service, beds)
                    .isCloseTo(
                            QueueingFormulas.lost(beds, SERVICES[service][3] * beds),
                            within(4 * standardError(lost[service])));
            assertThat(standardError(lost[service])).isLessThan(0.003);
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

        double[][] figures = inYears(model, WhenFull.WAIT, 5, simulation -> {
            Tally tally = simulation.tally();
            return new double[] {(double) tally.waits(0) / tally.arrivals(0), tally.meanWaitDays(0)};
        });
        double[] shares = figures[0];
        double[] days = figures[1];

        assertThat(mean(shares)).isCloseTo(waiting, within(4 * standardError(shares)));
        assertThat(mean(days)).isCloseTo(waiting * meanDays / (beds - load), within(4 * standardError(days)));
        assertThat(standardError(days)).isLessThan(0.02);
    }

    @Test
    void shouldLetPatientsComeByHourAndWeekday() {
        double[] mornings = new double[24];
        mornings[8] = 1;
        mornings[9] = 3;
        ArrivalProfile profile = new ArrivalProfile(mornings, new double[] {1.4, 1.4, 1.4, 1.4, 1.4, 0, 0});
        FlowModel model = new FlowModel(
                List.of(new FlowService("DAY", 500, new LengthOfStay.Exponential(0.1), 40, Map.of())), profile);
        FlowSimulation simulation = new FlowSimulation(model, WhenFull.WAIT);
        simulation.start(SEED, 0);
        long[] came = new long[24 * 7];
        for (int hour = 0; hour < 24 * 7 * 50; hour++) {
            simulation.restartTally();
            simulation.run((hour + 1) / 24.0);
            came[hour % came.length] += simulation.tally().arrivals(0);
        }
        for (int hour = 0; hour < came.length; hour++) {
            boolean open = hour < 24 * 5 && (hour % 24 == 8 || hour % 24 == 9);
            double expected = open ? 50 * 40 * 1.4 * (hour % 24 == 8 ? 0.25 : 0.75) : 0;
            assertThat((double) came[hour]).as("hour %d", hour).isCloseTo(expected, within(5 * Math.sqrt(expected)));
        }
    }

    @Test
    void shouldKeepLittlesLaw() {
        FlowSimulation simulation = new FlowSimulation(twoServices(), WhenFull.WAIT);
        double days = 5_000;
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
        for (int replication = 0; replication < 10; replication++) {
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
        double[] afterTwoDays = Replications.run(
                        () -> new FlowSimulation(model, WhenFull.WAIT), 400, 1, (simulation, replication) -> {
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
        Replications.History<FlowSimulation, List<Integer>> history = (simulation, replication) -> {
            simulation.start(SEED, replication);
            simulation.run(100);
            return List.of(simulation.occupied(0), simulation.occupied(1), (int) simulation.events());
        };
        List<List<Integer>> alone =
                Replications.run(() -> new FlowSimulation(twoServices(), WhenFull.WAIT), 40, 1, history);
        assertThat(Replications.run(() -> new FlowSimulation(twoServices(), WhenFull.WAIT), 40, 3, history))
                .isEqualTo(alone);
        assertThat(alone).doesNotHaveDuplicates();
    }

    /** In every process: nothing may hang on the order of a map, which is another in each. */
    @Test
    void shouldTellTheHistoryOfASeedInEveryProcess() {
        Map<String, Double> transfers = Map.of("B", 0.2, "C", 0.06, "D", 0.04, "E", 0.04, "F", 0.04);
        List<FlowService> services = Stream.of("A", "B", "C", "D", "E", "F")
                .map(name -> new FlowService(
                        name,
                        30,
                        new LengthOfStay.LogNormal(3, 1),
                        name.equals("A") ? 9 : 7,
                        name.equals("A") ? transfers : Map.of()))
                .toList();
        FlowSimulation simulation = new FlowSimulation(new FlowModel(services), WhenFull.WAIT);
        simulation.start(SEED, 0);
        simulation.run(10_000);

        assertThat(simulation.events()).isEqualTo(913_982L);
        assertThat(IntStream.range(0, 6).map(simulation::occupied)).containsExactly(24, 27, 23, 29, 22, 20);
    }

    /** The steady state was computed with other simulators, see {@code data/forecast/README.md}. */
    @Test
    @EnabledIfSystemProperty(named = "chevet.data", matches = ".+", disabledReason = "chevet.data names no folder")
    void shouldFillAHospitalAsOtherSimulatorsDo() throws Exception {
        FlowModel model =
                FlowModelReader.read(Path.of(System.getProperty("chevet.data")).resolve("forecast/h1000.json"));
        double[][] occupied = inYears(
                model,
                WhenFull.WAIT,
                2,
                simulation -> byService(model.services().size(), simulation.tally()::meanOccupied));
        Map<String, Double> known = Map.of("MED", 180.1, "GERIA", 107.7, "REA", 32.1, "USC", 32.4, "UHCD", 32.8);
        known.forEach((name, mean) -> {
            double[] own = occupied[model.indexOf(name)];
            assertThat(mean(own)).as(name).isCloseTo(mean, within(0.05 + 4 * standardError(own)));
            assertThat(standardError(own)).isLessThan(1);
        });
        double[] total = IntStream.range(0, REPLICATIONS)
                .mapToDouble(replication -> Arrays.stream(occupied)
                        .mapToDouble(own -> own[replication])
                        .sum())
                .toArray();
        assertThat(mean(total)).isCloseTo(866.3, within(0.05 + 4 * standardError(total)));
    }

    private static double[] byService(int services, IntToDoubleFunction figure) {
        return IntStream.range(0, services).mapToDouble(figure).toArray();
    }

    /** Each figure of each replication, counted over the years that follow the first two months. */
    private static double[][] inYears(
            FlowModel model, WhenFull whenFull, int years, Function<FlowSimulation, double[]> figures)
            throws InterruptedException {
        List<double[]> told = Replications.run(
                () -> new FlowSimulation(model, whenFull), REPLICATIONS, 1, (simulation, replication) -> {
                    simulation.start(SEED, replication);
                    simulation.run(60);
                    simulation.restartTally();
                    simulation.run(60 + 365.0 * years);
                    return figures.apply(simulation);
                });
        return IntStream.range(0, told.getFirst().length)
                .mapToObj(
                        figure -> told.stream().mapToDouble(one -> one[figure]).toArray())
                .toArray(double[][]::new);
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
