package org.chevet.simulations.full;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.LevelOfCare;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.StayId;
import org.chevet.simulations.demand.ArrivalProfile;
import org.chevet.simulations.demand.CareProfile;
import org.chevet.simulations.demo.DemoLayout;
import org.chevet.simulations.flow.FlowModel;
import org.chevet.simulations.flow.FlowService;
import org.chevet.simulations.flow.FlowSimulation;
import org.chevet.simulations.flow.LengthOfStay;
import org.chevet.simulations.flow.QueueingFormulas;
import org.chevet.simulations.flow.Replications;
import org.chevet.simulations.flow.WhenFull;
import org.chevet.simulations.scenario.DescribedHospital;
import org.chevet.simulations.scenario.Indicator;
import org.chevet.simulations.scenario.Inject;
import org.chevet.simulations.scenario.Measure;
import org.chevet.simulations.scenario.Routine;
import org.chevet.simulations.scenario.Scenario;
import org.chevet.simulations.scenario.ScenarioFile;
import org.junit.jupiter.api.Test;

/** Every seed is fixed: a result that lies outside its sampling error once does so always. */
class FullSimulationTest {
    private static final Hospital NEIGHBOUR = DemoLayout.neighbourOf(DemoLayout.read());
    private static final LocalDate FIRST = LocalDate.of(2026, 3, 23);
    private static final double[] NO_SEASON =
            DoubleStream.generate(() -> 1).limit(12).toArray();
    private static final ServiceId MEDICINE = new ServiceId("MED-POLY");
    private static final int STANDARD_ERRORS = 4;
    private static final double FOR_EVER = Double.POSITIVE_INFINITY;

    @Test
    void shouldKeepTheStateSoundAndLoseNobodyWhateverHappens() {
        ServiceId intensive = new ServiceId("USC");
        List<Inject> injects = List.of(
                new Inject.MassCasualties("casualties", 5, Map.of(intensive, 4), Map.of(MEDICINE, 8), 0, 6),
                new Inject.Wave(
                        "wave",
                        0,
                        12,
                        2,
                        1,
                        3,
                        false,
                        Map.of(MEDICINE, 1.0),
                        Map.of(),
                        1,
                        3.0,
                        70,
                        15,
                        Isolation.DROPLET,
                        "grippe",
                        0.7),
                new Inject.BedsLost("outbreak", 10, 1, List.of(MEDICINE), 0.5, false),
                new Inject.BedsLost("power", 30, 0.5, List.of(new ServiceId("CARDIO")), 0.7, true),
                new Inject.InformationLost("computers", 40, 1, 60, 0.8, 0.5),
                new Inject.StaffShortage("staff", 50, 0.5, 0.15));
        List<Measure> measures = List.of(
                new Measure("surge", new Measure.OpenSurgeBeds(1), new Measure.LoadAbove(0.5), 2, 1),
                new Measure("electives", new Measure.CancelElectives(0.7), new Measure.AtHours(6), 0, FOR_EVER),
                new Measure("early", new Measure.DischargeEarly(0.6, 48), new Measure.AtHours(8), 1, FOR_EVER),
                new Measure("out", new Measure.TransferOut(6, 3), new Measure.BoardersAbove(2), 0, FOR_EVER),
                new Measure("cohort", new Measure.Cohort(), new Measure.AtHours(0), 0, FOR_EVER));
        FullModel model = new FullModel(new FullModel.Plan(
                NEIGHBOUR, FIRST, 2, 3, 1.05, NO_SEASON, Map.of(), Routine.USUAL, null, injects, measures));
        Outcome outcome = FullSimulation.runChecked(model, Level.FULL, Policy.CHEVET, 5, 0);
        assertThat(outcome.log()).hasSizeGreaterThanOrEqualTo(injects.size() + measures.size());
        assertThat(outcome.of(Indicator.DISCHARGED_EARLY)).isPositive();
        assertThat(outcome.of(Indicator.TRANSFERRED_OUT)).isPositive();
        assertThat(outcome.of(Indicator.PUT_OFF)).isPositive();
        assertThat(FullSimulation.run(model, Policy.CHEVET, 5, 0))
                .usingRecursiveComparison()
                .isEqualTo(outcome);
    }

    /** Whatever is made faster. These were so when every view and every placement world was compiled service by service. */
    /** As many as its file says, and by the hour at which others come to an emergency department. */
    @Test
    void shouldLetAWaveComeAsOftenAsItSaysByTheHourOfTheDay() {
        double perDay = 60;
        Inject.Wave wave = new Inject.Wave(
                "wave",
                0,
                perDay,
                25,
                1e6,
                1e6,
                false,
                Map.of(MEDICINE, 1.0),
                Map.of(),
                1,
                0.01,
                70,
                15,
                Isolation.NONE,
                null,
                1);
        Routine atOnce = new Routine(0, 0, 0, true, 0, 0, 0, FOR_EVER, FOR_EVER);
        FullModel model = new FullModel(new FullModel.Plan(
                NEIGHBOUR, FIRST, 0, 50, 0, NO_SEASON, Map.of(), atOnce, null, List.of(wave), List.of()));
        assertThat(model.causes)
                .filteredOn(cause -> cause.name().startsWith("wave"))
                .singleElement()
                .satisfies(cause -> assertThat(cause.curve().total()).isCloseTo(50 * perDay, within(2.0)));
        Map<StayId, Integer> hours = new HashMap<>();
        FullSimulation.run(
                model,
                Level.FLOW,
                Policy.CHEVET,
                5,
                0,
                (stay, origin, needs, service, from, to, then) ->
                        hours.putIfAbsent(stay, from.atZone(NEIGHBOUR.zone()).getHour()));

        double[] expected = ArrivalProfile.EMERGENCY.byHour();
        for (int hour = 0; hour < 24; hour++) {
            int its = hour;
            assertThat(hours.values().stream().filter(one -> one == its).count() / (double) hours.size())
                    .as("hour %d of %d patients", hour, hours.size())
                    .isCloseTo(expected[hour], within(0.02));
        }
    }

    @Test
    void shouldTellTheHistoryOfASeedAsItAlwaysDid() throws ScenarioFile.ScenarioException {
        FullModel model =
                FullModel.of(ScenarioFile.read("mass-casualties", List.of(new ScenarioFile.Change("days", "4"))));
        Outcome outcome = FullSimulation.run(model, Policy.CHEVET, 1, 0);
        assertThat(outcome.events()).isEqualTo(24_403);
        assertThat(Arrays.deepHashCode(outcome.series())).isEqualTo(-444_498_773);
        assertThat(outcome.of(Indicator.OUTLIER_DAYS)).isCloseTo(5.222812731424807, within(1e-9));
    }

    /** All beds are alike where each is in a room of its own and nobody is sheltered: then the rules decide nothing. */
    @Test
    void shouldCountAtTheFlowLevelAsTheEngineDecidesWhereRulesDecideNothing() {
        Hospital alike = DescribedHospital.of(
                "ALIKE",
                List.of(
                        new DescribedHospital.Ward("MED", LevelOfCare.ACUTE, 60, 60, 0, List.of()),
                        new DescribedHospital.Ward("REA", LevelOfCare.INTENSIVE, 20, 20, 4, List.of())));
        List<Inject> injects = List.of(
                new Inject.MassCasualties("casualties", 50, Map.of(new ServiceId("REA"), 5), Map.of(), 0, 6),
                new Inject.InformationLost("computers", 60, 1, 60, 0.8, 0.5));
        List<Measure> measures = List.of(
                new Measure("surge", new Measure.OpenSurgeBeds(1), new Measure.AtHours(48), 2, 4),
                new Measure("electives", new Measure.CancelElectives(0.7), new Measure.AtHours(60), 0, 2),
                new Measure("early", new Measure.DischargeEarly(0.6, 48), new Measure.AtHours(60), 1, 2));
        FullModel model = new FullModel(new FullModel.Plan(
                alike, FIRST, 3, 14, 0.7, NO_SEASON, Map.of(), Routine.USUAL, null, injects, measures));
        Outcome full = FullSimulation.runChecked(model, Level.FULL, Policy.CHEVET, 5, 0);
        Outcome flow = FullSimulation.runChecked(model, Level.FLOW, Policy.CHEVET, 5, 0);
        assertThat(flow.series()).isDeepEqualTo(full.series());
        assertThat(flow.log()).isEqualTo(full.log());
        assertThat(flow.of(Indicator.DISCHARGED_EARLY)).isPositive();
    }

    @Test
    void shouldAgreeWithTheFlowLevelWithinTheSamplingErrorOfAWholeHospital() throws InterruptedException {
        FullModel model = new FullModel(new FullModel.Plan(
                NEIGHBOUR, FIRST, 2, 7, 0.6, NO_SEASON, Map.of(), Routine.USUAL, null, List.of(), List.of()));
        for (Indicator indicator : List.of(Indicator.OCCUPANCY, Indicator.ADMISSIONS, Indicator.LENGTH_OF_STAY)) {
            double[] full = values(model, Level.FULL, 6, outcome -> outcome.of(indicator));
            double[] flow = values(model, Level.FLOW, 6, outcome -> outcome.of(indicator));
            assertAgree(full, flow);
        }
        Outcome counted = FullSimulation.run(model, Level.FLOW, Policy.CHEVET, 5, 0, Witness.NONE);
        assertThat(counted.of(Indicator.OUTLIERS)).isNaN();
    }

    @Test
    void shouldLetTheSamePeopleComeWhateverThePolicy() {
        FullModel model = new FullModel(new FullModel.Plan(
                NEIGHBOUR, FIRST, 0, 7, 0.3, NO_SEASON, Map.of(), calm(), null, List.of(), List.of()));
        Outcome proposed = FullSimulation.run(model, Policy.CHEVET, 1, 0);
        Outcome firstFit = FullSimulation.run(model, Policy.FIRST_FIT, 1, 0);
        for (Indicator same : List.of(Indicator.ADMISSIONS, Indicator.DEATHS)) {
            assertThat(firstFit.of(same)).as(same.code()).isEqualTo(proposed.of(same));
        }
        assertThat(firstFit.of(Indicator.OUTLIERS)).isGreaterThan(proposed.of(Indicator.OUTLIERS));
        assertThat(FullSimulation.run(model, Policy.CHEVET, 2, 0).of(Indicator.LENGTH_OF_STAY))
                .isNotEqualTo(proposed.of(Indicator.LENGTH_OF_STAY));
    }

    /** Nobody waits long enough for a policy to matter to when they leave. */
    private static Routine calm() {
        return new Routine(0, 3, 0, false, 0, 0, 0.04, 1_000, 1_000);
    }

    @Test
    void shouldLoseWhatErlangSays() throws InterruptedException {
        int beds = 20;
        double load = 17;
        double[] lost = values(
                single(beds, load, 1.5, 0),
                12,
                outcome -> outcome.of(Indicator.REFUSED)
                        / (outcome.of(Indicator.REFUSED) + outcome.of(Indicator.ADMISSIONS)));
        assertThat(mean(lost))
                .isCloseTo(QueueingFormulas.lost(beds, load), within(STANDARD_ERRORS * standardError(lost)));
        assertThat(standardError(lost)).isLessThan(0.01);
    }

    @Test
    void shouldBeAsFullAndLetWaitAsManyAsTheFlowLevel() throws InterruptedException {
        int beds = 20;
        double load = 18;
        double stayDays = 1.5;
        FullModel full = single(beds, load, stayDays, Double.POSITIVE_INFINITY);
        double[] occupied = values(full, 8, outcome -> outcome.occupied()[0]);
        double[] waiting = values(full, 8, outcome -> outcome.of(Indicator.BOARDERS));
        LengthOfStay stays = profile(stayDays, load / beds).lengthOfStay();
        FlowModel flow =
                new FlowModel(List.of(new FlowService("WARD", beds, stays, load / stays.meanDays(), Map.of())));
        List<double[]> flows =
                Replications.run(() -> new FlowSimulation(flow, WhenFull.WAIT), 40, 2, (simulation, replication) -> {
                    simulation.start(3, replication);
                    simulation.run(10);
                    simulation.restartTally();
                    simulation.run(60);
                    return new double[] {
                        simulation.tally().meanOccupied(0), simulation.tally().meanWaiting(0)
                    };
                });
        assertAgree(occupied, flows.stream().mapToDouble(values -> values[0]).toArray());
        assertAgree(waiting, flows.stream().mapToDouble(values -> values[1]).toArray());
        assertThat(mean(waiting)).isGreaterThan(1);
    }

    private static void assertAgree(double[] full, double[] flow) {
        assertThat(mean(full))
                .isCloseTo(mean(flow), within(STANDARD_ERRORS * Math.hypot(standardError(full), standardError(flow))));
    }

    private static FullModel single(int beds, double load, double stayDays, double patienceHours) {
        Hospital hospital = DescribedHospital.of(
                "SINGLE", List.of(new DescribedHospital.Ward("WARD", LevelOfCare.ACUTE, beds, beds, 0, List.of())));
        return new FullModel(new FullModel.Plan(
                hospital,
                FIRST,
                10,
                50,
                1,
                NO_SEASON,
                Map.of(new ServiceId("WARD"), new Scenario.Care(profile(stayDays, load / beds))),
                Routine.bare(patienceHours),
                ArrivalProfile.FLAT,
                List.of(),
                List.of()));
    }

    private static CareProfile profile(double stayDays, double occupancy) {
        return new CareProfile(stayDays, 0.6, occupancy, 1, 0, 0, 60, 18, List.of());
    }

    private interface Value {
        double of(Outcome outcome);
    }

    private static double[] values(FullModel model, int replications, Value value) throws InterruptedException {
        return values(model, Level.FULL, replications, value);
    }

    private static double[] values(FullModel model, Level level, int replications, Value value)
            throws InterruptedException {
        return Replications.run(
                        () -> model,
                        replications,
                        2,
                        (shared, replication) -> value.of(
                                FullSimulation.run(shared, level, Policy.CHEVET, 11, replication, Witness.NONE)))
                .stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double standardError(double[] values) {
        double mean = mean(values);
        double squares = IntStream.range(0, values.length)
                .mapToDouble(i -> (values[i] - mean) * (values[i] - mean))
                .sum();
        return Math.sqrt(squares / (values.length - 1) / values.length);
    }
}
