package org.chevet.simulations.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.chevet.hospital.ServiceId;
import org.chevet.simulations.scenario.ScenarioFile.ScenarioException;
import org.junit.jupiter.api.Test;

class ScenarioFileTest {
    private static final String RIGHT = """
            name: {fr: Essai, en: Trial}
            hospital:
              services:
                - {id: MED, beds: 20, singleRooms: 4, surgeBeds: 2}
                - {id: REA, beds: 6, level: INTENSIVE, singleRooms: 6}
            days: 7
            care:
              MED: {stayDays: 4, onward: {REA: 0.05}, staysSeen: [1, 2.5, 9]}
            injects:
              - {kind: massCasualties, name: Crash, atHours: 24, graves: {REA: 3}, others: {MED: 5}}
            measures:
              - {kind: openSurgeBeds, when: {loadAbove: 0.95}, delayHours: 2}
            questions: [peak, boarders]
            """;

    @Test
    void shouldReadEverything() throws ScenarioException {
        Scenario scenario = ScenarioFile.parse("trial", RIGHT, null, List.of());
        assertThat(scenario.name()).isEqualTo(new Scenario.Words("Essai", "Trial"));
        assertThat(scenario.hospital().services()).hasSize(2);
        assertThat(scenario.injects())
                .singleElement()
                .isInstanceOfSatisfying(Inject.MassCasualties.class, casualties -> {
                    assertThat(casualties.graves()).containsEntry(new ServiceId("REA"), 3);
                    assertThat(casualties.overHours()).isEqualTo(6);
                });
        assertThat(scenario.measures())
                .containsExactly(new Measure(
                        "openSurgeBeds",
                        new Measure.OpenSurgeBeds(1),
                        new Measure.LoadAbove(0.95),
                        2,
                        Double.POSITIVE_INFINITY));
        assertThat(scenario.questions()).containsExactly(Indicator.PEAK, Indicator.BOARDERS);
    }

    @Test
    void shouldSayWhereEachMistakeIsAndWhatIsAllowed() {
        String wrong = RIGHT.replace("days: 7", "days: soon")
                .replace("graves: {REA: 3}", "graves: {RAE: 3}")
                .replace("loadAbove", "loadabove")
                .replace("beds: 6, level: INTENSIVE", "beds: 6, level: INTENSE")
                .replace("questions: [peak", "questions: [paek");
        assertThatThrownBy(() -> ScenarioFile.parse("trial", wrong, null, List.of()))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("6 mistakes in trial.yaml")
                .hasMessageContaining(
                        "line 5:33  hospital.services[1].level: unknown level 'INTENSE'. Maybe 'INTENSIVE'.")
                .hasMessageContaining(
                        "line 6:7  days: expected a whole number, got 'soon'. Write a number from 1 to 3660.")
                .hasMessageContaining("injects[0].graves.RAE: unknown service 'RAE'. Maybe 'REA'.")
                .hasMessageContaining("measures[0].when.loadabove: unknown key 'loadabove'. Maybe 'loadAbove'.")
                .hasMessageContaining("questions[0]: unknown question 'paek'. Maybe 'peak'.");
    }

    @Test
    void shouldReplaceANumberAndHoldItAgainstTheSameLimits() throws ScenarioException {
        Scenario later = ScenarioFile.parse(
                "trial", RIGHT, null, List.of(new ScenarioFile.Change("measures[0].delayHours", "12")));
        assertThat(later.measures().getFirst().delayHours()).isEqualTo(12);
        assertThatThrownBy(() -> ScenarioFile.parse(
                        "trial", RIGHT, null, List.of(new ScenarioFile.Change("measures[0].delayHours", "-1"))))
                .hasMessageContaining("measures[0].delayHours: -1 is outside 0 to 100000");
        assertThatThrownBy(() -> ScenarioFile.parse(
                        "trial", RIGHT, null, List.of(new ScenarioFile.Change("measures[1].delayHours", "1"))))
                .hasMessageContaining("there is no number 'measures[1].delayHours'");
    }

    @Test
    void shouldNameTheScenariosThereAre() {
        assertThatThrownBy(() -> ScenarioFile.read("mass-casualty", List.of())).hasMessageContaining("mass-casualties");
    }
}
