package org.chevet.simulations.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.CareNeeds;
import org.chevet.simulations.calibration.Calibration;
import org.chevet.simulations.calibration.Comparison;
import org.chevet.simulations.calibration.Observed;
import org.chevet.simulations.calibration.Seen;
import org.chevet.simulations.calibration.Source;
import org.chevet.simulations.scenario.Scenario;
import org.chevet.simulations.scenario.ScenarioFile;
import org.junit.jupiter.api.Test;

class CalibrationReportTest {
    private static final String DIRECT = "Direct admissions by month";

    @Test
    void shouldShowTheMonthsOfThoseWhoComeDirectlyWhereSomebodyDoes() throws Exception {
        assertThat(report(RequestOrigin.OTHER_HOSPITAL)).contains(DIRECT, "Entrées directes par mois");
        assertThat(report(RequestOrigin.ELECTIVE))
                .contains("Electives by month")
                .doesNotContain(DIRECT);
    }

    /** Of a year in which somebody comes in one way on each day. */
    private static String report(RequestOrigin origin) throws Exception {
        Scenario scenario = ScenarioFile.read("ordinary", List.of());
        LocalDate first = LocalDate.of(2025, 1, 1);
        int days = 365;
        List<Observed.Stretch> visits = IntStream.range(0, days)
                .mapToObj(day -> first.plusDays(day)
                        .atTime(12, 0)
                        .atZone(scenario.hospital().zone())
                        .toEpochSecond())
                .map(entry -> new Observed.Stretch(
                        Observed.ANY,
                        origin,
                        entry,
                        entry + 86_400,
                        Observed.End.LEFT,
                        Observed.ANY,
                        CareNeeds.UNSPECIFIED))
                .toList();
        Observed observed = new Observed(scenario.hospital().zone(), first, days, List.of(), visits);
        Seen seen = Seen.of(observed, Observed.ANY);
        return CalibrationReport.of(
                scenario,
                new Calibration(new Source(scenario.hospital(), observed)),
                List.of(new Comparison("", seen, List.of(seen), 0)),
                1);
    }
}
