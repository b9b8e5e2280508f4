package org.chevet.simulations.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.chevet.simulations.full.Level;
import org.chevet.simulations.full.Outcome;
import org.chevet.simulations.full.Policy;
import org.chevet.simulations.scenario.Inject;
import org.chevet.simulations.scenario.Scenario;
import org.chevet.simulations.scenario.ScenarioFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrateWaveTest {
    private static final LocalDate BEGINS = LocalDate.of(2020, 3, 1);
    private static final LocalDate UNTIL = LocalDate.of(2020, 3, 22);
    private static final int DAYS = 32;

    /** A wave that was: %s are its height, its day, how fast it comes and goes, how long its patients stay. */
    private static final String WAVE = """
            name: {fr: Vague, en: Wave}
            hospital: {services: [{id: MED, beds: 120, singleRooms: 120}]}
            begins: 2020-03-01
            warmUpDays: 0
            days: 32
            load: 0
            care: {MED: {stayDays: %s, spread: %s, onward: {}}} # kept
            injects:
              - {kind: wave, name: Flu, atHours: 0, peakPerDay: %s, peakAfterDays: %s, doublingDays: %s, halvingDays: %s, services: {MED: 1}}
            real: {file: real.csv, column: present, admissions: admitted, calibratedUntil: 2020-03-10, tolerance: 0.15}
            questions: [peak]
            """;

    private static final Object[] TRUE = {5, 0.8, 14, 12, 3, 6};

    private final Path folder;

    CalibrateWaveTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void shouldFindAgainAWaveByItsBeginningAlone() throws Exception {
        Files.writeString(folder.resolve("wave.yaml"), WAVE.formatted(TRUE));
        List<String> real = real();
        Files.write(folder.resolve("real.csv"), real);
        calibrate("true");
        String found = Files.readString(folder.resolve("true/calibrated.yaml"));
        Scenario scenario =
                ScenarioFile.read(folder.resolve("true/calibrated.yaml").toString(), List.of());
        Inject.Wave wave = (Inject.Wave) scenario.injects().getFirst();
        assertThat(wave.peakPerDay()).isCloseTo(14, within(6.0));
        assertThat(wave.peakAfterDays()).isCloseTo(12, within(3.0));
        assertThat(found).contains("calibratedUntil: 2020-03-22", "# kept", "fitted to real.csv until 2020-03-22");
        assertThat(Files.readString(folder.resolve("true/report.html")))
                .contains("Real census", "class=\"shade\"", "What the calibration leaves open")
                .doesNotContain("NaN", "Infinity", "Stays come from a source");

        // Neither what came later, nor what stood in the file, has a part in it.
        List<String> other = new ArrayList<>();
        for (String line : real) {
            boolean later = line.compareTo(UNTIL + ",~") > 0 && !line.startsWith("date");
            other.add(later ? line.replaceAll(",(\\d)", ",9$1") : line);
        }
        Files.write(folder.resolve("real.csv"), other);
        Files.writeString(folder.resolve("wave.yaml"), WAVE.formatted(1, 0.8, 3, 4, 5, 6));
        calibrate("other");
        assertThat(Files.readString(folder.resolve("other/calibrated.yaml"))).isEqualTo(found);
        assertThat(Files.readString(folder.resolve("other/report.html")))
                .isNotEqualTo(Files.readString(folder.resolve("true/report.html")));
    }

    @Test
    void shouldKeepTheStaysThatComeFromASource() throws Exception {
        String known = WAVE.formatted(TRUE)
                .replace("tolerance: 0.15", "tolerance: 0.15, staysKnown: true")
                .replace("services: {MED: 1}", "services: {MED: 1}, rounded: true");
        Files.writeString(folder.resolve("wave.yaml"), known);
        Files.write(folder.resolve("real.csv"), real());
        Files.writeString(folder.resolve("wave.yaml"), known.replace("peakPerDay: 14", "peakPerDay: 3"));
        calibrate("known");
        assertThat(Files.readString(folder.resolve("known/calibrated.yaml")))
                .contains("MED: {stayDays: 5, spread: 0.8,", "the wave is fitted to real.csv");
        Inject.Wave wave = (Inject.Wave)
                ScenarioFile.read(folder.resolve("known/calibrated.yaml").toString(), List.of())
                        .injects()
                        .getFirst();
        assertThat(Files.readString(folder.resolve("known/report.html"))).contains("Stays come from a source");
        assertThat(wave.peakPerDay()).isCloseTo(14, within(3.0));
        assertThat(wave.peakAfterDays()).isCloseTo(12, within(2.0));
    }

    private void calibrate(String out) throws Exception {
        Simulate.run(List.of(
                "calibrate",
                folder.resolve("wave.yaml").toString(),
                "data=" + folder,
                "until=" + UNTIL,
                "level=flow",
                "replications=1",
                "out=" + folder.resolve(out)));
    }

    /** By day, the mean of many other histories of the same wave. */
    private List<String> real() throws Exception {
        Scenario scenario = ScenarioFile.read(folder.resolve("wave.yaml").toString(), List.of());
        Results results = Results.of("true", scenario, Level.FLOW, Policy.CHEVET, 99, 20, 2);
        double[] present = results.means(Outcome.Series.OCCUPIED);
        List<String> lines = new ArrayList<>(List.of("date,present,admitted"));
        Inject.Wave wave = (Inject.Wave) scenario.injects().getFirst();
        for (int day = 0; day < DAYS; day++) {
            lines.add("%s,%d,%d"
                    .formatted(
                            BEGINS.plusDays(day),
                            Math.round(present[24 * day + 14]),
                            Math.round(wave.peakPerDay() * wave.height(day + 0.5))));
        }
        return lines;
    }

    @Test
    void shouldSayWhatIsMissing() throws IOException {
        Path file = Files.writeString(folder.resolve("wave.yaml"), WAVE.formatted(TRUE));
        assertThatThrownBy(() -> Simulate.run(List.of("calibrate", file.toString())))
                .hasMessageContaining("write data=FOLDER");
        assertThatThrownBy(() -> Simulate.run(List.of("calibrate", "ordinary", "data=" + folder)))
                .hasMessageContaining("write real: {file: …, column: …, admissions: …");
        assertThatThrownBy(
                        () -> Simulate.run(List.of("calibrate", file.toString(), "data=" + folder, "until=2020-04-02")))
                .hasMessageContaining("until=2020-04-02 is no day of the scenario, which is from 2020-03-01 to");
        assertThatThrownBy(() -> Simulate.run(List.of("calibrate", file.toString(), "data=" + folder, "until=April")))
                .hasMessageContaining("until=April is no day");
        Files.writeString(folder.resolve("real.csv"), "date,present,admitted\n2020-02-20,10,2\n");
        assertThatThrownBy(() -> Simulate.run(List.of("calibrate", file.toString(), "data=" + folder)))
                .hasMessageContaining("has no present from 2020-03-01 to 2020-03-10");
        Files.writeString(folder.resolve("real.csv"), "date,present,admitted\n2020-03-02,10,\n");
        assertThatThrownBy(() -> Simulate.run(List.of("calibrate", file.toString(), "data=" + folder)))
                .hasMessageContaining("nobody was admitted");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("kind: wave", "kind: staffShortage")
                        .replaceAll("peakPer.*MED: 1}", "days: 3, share: 0.1"));
        assertThatThrownBy(() -> Simulate.run(List.of("calibrate", file.toString(), "data=" + folder)))
                .hasMessageContaining("has no wave");
    }
}
