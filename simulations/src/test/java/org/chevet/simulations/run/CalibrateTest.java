package org.chevet.simulations.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Random;
import org.chevet.simulations.scenario.Scenario;
import org.chevet.simulations.scenario.ScenarioFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrateTest {
    private static final LocalDate MONDAY = LocalDate.of(2024, 1, 1);

    private final Path folder;

    CalibrateTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void shouldMakeAScenarioOfACsvOfStaysThatRuns() throws Exception {
        Path csv = folder.resolve("stays.csv");
        Files.writeString(csv, stays(60));
        Path out = folder.resolve("out");
        Simulate.run(List.of("calibrate", csv.toString(), "hospital=demo", "replications=2", "out=" + out));
        assertThat(Files.readString(out.resolve("report.html")))
                .contains("<svg", "lang=\"fr\"", "lang=\"en\"", "Kolmogorov")
                .doesNotContain("http:", "https:", "src=", "NaN");
        assertThat(Files.readString(out.resolve("comparison.csv"))).contains("\"\",length,");
        Path scenario = out.resolve("calibrated.yaml");
        Scenario read = ScenarioFile.read(scenario.toString(), List.of());
        assertThat(read.days()).isBetween(50, 60);
        Simulate.run(List.of("run", scenario.toString(), "replications=1", "out=" + folder.resolve("run")));
        assertThat(folder.resolve("run/report.html")).exists();
    }

    /** Three patients a day who stay one to five days, one of whom moves. */
    private static String stays(int days) {
        Random random = new Random(7);
        StringBuilder text = new StringBuilder("stay;service;entry;exit;arrival\n");
        for (int day = 0; day < days; day++) {
            for (int patient = 0; patient < 3; patient++) {
                String stay = "S" + day + "-" + patient;
                LocalDateTime entry = MONDAY.plusDays(day).atTime(random.nextInt(24), 10);
                LocalDateTime exit =
                        entry.toLocalDate().plusDays(1 + random.nextInt(5)).atTime(14, 30);
                if (patient == 2) {
                    LocalDateTime moves = entry.plusHours(10);
                    text.append(stay + ";USIC;" + entry + ";" + moves + ";unplanned\n");
                    entry = moves.plusMinutes(20);
                }
                text.append(
                        stay + ";CARDIO;" + entry + ";" + exit + ";" + (patient == 0 ? "planned" : "unplanned") + "\n");
            }
        }
        return text.toString();
    }

    @Test
    void shouldSayWhatIsWrongWithTheHistory() throws IOException {
        Path csv = folder.resolve("stays.csv");
        assertThatThrownBy(() -> Simulate.run(List.of("calibrate", csv.toString(), "hospital=demo")))
                .hasMessageContaining("there is no file");
        Files.writeString(csv, stays(60));
        assertThatThrownBy(() -> Simulate.run(List.of("calibrate", csv.toString())))
                .hasMessageContaining("hospital=FILE");
        assertThatThrownBy(() -> Simulate.run(List.of("calibrate", "hospital=demo")))
                .hasMessageContaining("no history is named");
        Files.writeString(csv, stays(10));
        assertThatThrownBy(() -> Simulate.run(List.of("calibrate", csv.toString(), "hospital=demo")))
                .hasMessageContaining("there must be 14 at least");
        Files.writeString(csv, stays(60).replace("CARDIO", "CARDOI"));
        assertThatThrownBy(() -> Simulate.run(List.of("calibrate", csv.toString(), "hospital=demo")))
                .hasMessageContaining("line 2: service 'CARDOI' is not in hospital")
                .hasMessageContaining("Maybe 'CARDIO'");
    }
}
