package org.chevet.simulations.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.chevet.simulations.full.FullModel;
import org.chevet.simulations.full.FullSimulation;
import org.chevet.simulations.full.Level;
import org.chevet.simulations.full.Outcome;
import org.chevet.simulations.full.Policy;
import org.chevet.simulations.scenario.Indicator;
import org.chevet.simulations.scenario.Routine;
import org.chevet.simulations.scenario.Scenario;
import org.chevet.simulations.scenario.ScenarioFile;
import org.chevet.simulations.scenario.ScenarioFile.ScenarioException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
    private final Path folder;

    ResultsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void shouldRunEachShippedScenario() throws ScenarioException {
        for (String name : ScenarioFile.SHIPPED) {
            // France's wave begins with a patient in three days.
            String days = name.equals("france-first-wave") ? "20" : "1";
            Scenario scenario = ScenarioFile.read(name, List.of(new ScenarioFile.Change("days", days)));
            assertThat(scenario.sources()).as(name).isNotEmpty();
            assertThat(scenario.questions()).as(name).isNotEmpty();
            FullModel.Plan nearlyEmpty = new FullModel.Plan(
                    scenario.hospital(),
                    scenario.begins(),
                    0,
                    scenario.days(),
                    0.1,
                    scenario.season().stream().mapToDouble(Double::doubleValue).toArray(),
                    scenario.care(),
                    Routine.USUAL,
                    null,
                    scenario.injects(),
                    scenario.measures());
            Outcome outcome = FullSimulation.run(new FullModel(nearlyEmpty), Policy.CHEVET, 1, 0);
            assertThat(outcome.of(Indicator.ADMISSIONS)).as(name).isPositive();
        }
    }

    @Test
    void shouldGiveTheSameOnAnyNumberOfThreads() throws ScenarioException, InterruptedException {
        Scenario scenario = small();
        Results alone = Results.of("one", scenario, Level.FULL, Policy.CHEVET, 7, 5, 1);
        Results together = Results.of("one", scenario, Level.FULL, Policy.CHEVET, 7, 5, 3);
        for (int replication = 0; replication < 5; replication++) {
            Outcome one = alone.outcomes().get(replication);
            Outcome other = together.outcomes().get(replication);
            assertThat(other.indicators()).isEqualTo(one.indicators());
            assertThat(other.series()).isDeepEqualTo(one.series());
            assertThat(other.log()).isEqualTo(one.log());
        }
        assertThat(Arrays.stream(alone.values(Indicator.LENGTH_OF_STAY))
                        .distinct()
                        .count())
                .isEqualTo(5);
    }

    private Scenario small() throws ScenarioException {
        Path file = folder.resolve("small.yaml");
        try {
            Files.writeString(file, """
                    name: {fr: <Petit>, en: <Small>}
                    hospital: {services: [{id: MED, beds: 30, singleRooms: 10, surgeBeds: 4}]}
                    days: 7
                    load: 1.1
                    injects:
                      - {kind: staffShortage, name: Strike, atHours: 24, days: 3, share: 0.2}
                    measures:
                      - {kind: openSurgeBeds, name: Surge, when: {boardersAbove: 0}, delayHours: 4}
                    questions: [boarders-peak]
                    """);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return ScenarioFile.read(file.toString(), List.of());
    }

    @Test
    void shouldPairWhatTheSameReplicationGave() {
        double[] some = {10, 20, 30, 40};
        double[] others = {11, 21, 31, 42};
        assertThat(Estimate.ofDifferences(some, others).mean()).isEqualTo(1.25);
        // t(0.975; 3) = 3.182, s = 0.5
        assertThat(Estimate.ofDifferences(some, others).half()).isCloseTo(3.182 * 0.25, within(0.001));
        assertThat(Estimate.ofDifferences(some, others).isSignificant()).isTrue();
        assertThat(Estimate.of(new double[] {1, Double.NaN, 3}).count()).isEqualTo(2);
    }

    @Test
    void shouldWriteAReportThatNeedsNoNetwork() throws Exception {
        small();
        String file = folder.resolve("small.yaml").toString();
        for (List<String> words : List.of(
                List.of("run", file),
                List.of("compare", file),
                List.of("run", file, "level=flow"),
                List.of("compare", file, "policies=chevet,first-fit"),
                List.of("sweep", file, "vary=measures[0].delayHours", "values=0,12"))) {
            Path out = folder.resolve(words.getFirst());
            List<String> all = new ArrayList<>(words);
            all.addAll(List.of("replications=3", "out=" + out));
            Simulate.run(all);
            String report = Files.readString(out.resolve("report.html"));
            assertThat(report)
                    .contains("<svg", "lang=\"fr\"", "lang=\"en\"", "&lt;Small&gt;")
                    .doesNotContain("http:", "https:", "src=", "NaN");
            assertThat(Files.readAllLines(out.resolve("indicators.csv")))
                    .hasSizeGreaterThan(Indicator.values().length - 2);
            assertThat(Files.readAllLines(out.resolve("replications.ndjson"))).hasSizeGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void shouldShowTheRealCensusBesideTheSimulatedOne() throws Exception {
        Path census = folder.resolve("france_wave_profile.csv");
        List<String> words = List.of(
                "run",
                "france-first-wave",
                "set=days=20",
                "level=flow",
                "replications=2",
                "data=" + folder,
                "out=" + folder.resolve("wave"));
        assertThatThrownBy(() -> Simulate.run(words)).hasMessageContaining("there is no file");
        Files.writeString(census, "date,covid\n2020-03-18,2972\n");
        assertThatThrownBy(() -> Simulate.run(words))
                .hasMessageContaining("has no column 'covid_hosp'; it has date, covid");
        Files.writeString(census, "date,covid_hosp\n2020-03-18,many\n");
        assertThatThrownBy(() -> Simulate.run(words))
                .hasMessageContaining("line 2: '2020-03-18,many' has no date and number");
        Files.write(census, "date,covid_hosp,r\u00e9gion\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> Simulate.run(words)).hasMessageContaining("is not in UTF-8");
        Files.writeString(census, "\uFEFFdate,covid_hosp\n2020-03-17,\n2020-03-18,2972\n2020-03-19,0\n");
        Simulate.run(words);
        assertThat(Files.readString(folder.resolve("wave/report.html")))
                .contains("class=\"shade\"", "Real census", "Stated tolerance 16 %", "left out: 1.")
                .doesNotContain("NaN", "Infinity");
        assertThatThrownBy(() -> Simulate.run(
                        List.of("run", "ordinary", "set=days=1", "replications=1", "level=flow", "data=" + folder)))
                .hasMessageContaining("names no real census");
    }

    /** Calibrated until 20 April; the data are not in the jar. */
    @Test
    @EnabledIfSystemProperty(named = "chevet.data", matches = ".+", disabledReason = "chevet.data names no folder")
    void shouldFollowFrancesFirstWaveAfterItsBeginning() throws Exception {
        Scenario scenario = ScenarioFile.read("france-first-wave", List.of());
        Results results = Results.of("wave", scenario, Level.FLOW, Policy.CHEVET, 1, 12, 2);
        Path data = Path.of(System.getProperty("chevet.data")).resolve("forecast");
        RealCensus census = RealCensus.of(results, data);
        assertThat(census.calibrated().days()).isEqualTo(34);
        assertThat(census.after().days()).isEqualTo(66);
        assertThat(census.calibrated().meanError()).isLessThan(census.about().tolerance());
        assertThat(census.after().isWithin()).isTrue();
    }
}
