package org.chevet.simulations.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.ServiceId;
import org.chevet.simulations.demand.Leaving;
import org.chevet.simulations.scenario.ScenarioFile.ScenarioException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    private static final String WAVE = RIGHT.replace(
            "massCasualties, name: Crash, atHours: 24, graves: {REA: 3}, others: {MED: 5}",
            "wave, atHours: 0, peakPerDay: 5, peakAfterDays: 40, doublingDays: 2, halvingDays: 4, rounded: true, services: {MED: 1}");

    @Test
    void shouldPassSmoothlyOverAWavesRoundPeak() throws ScenarioException {
        Inject.Wave round = wave(WAVE);
        Inject.Wave sharp = wave(WAVE.replace("rounded: true, ", ""));
        assertThat(round.height(40)).isEqualTo(1);
        assertThat(sharp.height(40)).isEqualTo(1);
        assertThat(1 - round.height(39.99)).isLessThan(1e-4);
        assertThat(1 - sharp.height(39.99)).isGreaterThan(1e-3);
        for (double day = 1; day < 100; day++) {
            assertThat(round.height(day)).isBetween(sharp.height(day), 1.0);
        }
        assertThat(round.height(12) / round.height(10)).isCloseTo(2, within(0.001));
        assertThat(round.height(94) / round.height(90)).isCloseTo(0.5, within(0.001));
        assertThatThrownBy(() -> wave(WAVE.replace("rounded: true", "rounded: very")))
                .hasMessageContaining("injects[0].rounded: expected true or false, got 'very'. Write true or false.");
    }

    /** Of those who come at first, half way, and from then on. */
    @Test
    void shouldLetTheSharesOfServicesChangeAlongAWave() throws ScenarioException {
        Inject.Wave wave = wave(WAVE.replace(
                "services: {MED: 1}", "services: {MED: 1}, servicesLater: {MED: 0.6, REA: 0.4}, laterAfterDays: 20"));
        ServiceId medicine = new ServiceId("MED");
        ServiceId intensive = new ServiceId("REA");
        assertThat(wave.everyService()).containsExactly(medicine, intensive);
        assertThat(wave.share(medicine, 0)).isEqualTo(1);
        assertThat(wave.share(medicine, 10)).isCloseTo(0.8, within(1e-9));
        assertThat(wave.share(intensive, 10)).isCloseTo(0.2, within(1e-9));
        assertThat(wave.share(intensive, 90)).isCloseTo(0.4, within(1e-9));
        assertThat(wave(WAVE).share(medicine, 90)).isEqualTo(1);
        assertThatThrownBy(
                        () -> wave(WAVE.replace("services: {MED: 1}", "services: {MED: 1}, servicesLater: {REA: 0.4}")))
                .hasMessageContaining("laterAfterDays");
        assertThatThrownBy(() -> wave(WAVE.replace("services: {MED: 1}", "services: {MED: 1}, laterAfterDays: 20")))
                .hasMessageContaining("servicesLater");
        assertThatThrownBy(() -> wave(WAVE.replace("services: {MED: 1}", "services: {MED: 1}, servicesLater: {}")))
                .hasMessageContaining(
                        "injects[0].servicesLater: no service is named. Write {MED: 1}, or leave it out.");
    }

    private static Inject.Wave wave(String text) throws ScenarioException {
        return (Inject.Wave)
                ScenarioFile.parse("wave", text, null, List.of()).injects().getFirst();
    }

    private static final String SEEN =
            RIGHT.replace("MED: {stayDays: 4, onward: {REA: 0.05}, staysSeen: [1, 2.5, 9]}", """
            MED:
                arrivals:
                  elective: {perDay: 3.5, byHour: [%s], byWeekday: [1, 1, 1, 1, 1, 0, 0], byMonth: [1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0]}
                  emergency: {perDay: 2}
                leaving: {byHour: [%s], byWeekday: [1, 1, 1, 1, 1, 0.5, 0]}
                needs: {female: 0.6, isolation: {CONTACT: 0.1}, equipment: {SCOPE: 0.2}}
              REA: {arrivals: {}, leaving: anytime}
            """.formatted(
                                            ones(24), ones(24)))
                            .replace("surgeBeds: 2}", "surgeBeds: 2, equipment: {SCOPE: 5}}")
                    + """
            routine: {transportMinutes: 0, refusals: 0.01}
            real: {file: census.csv, column: occupied, admissions: admitted, patientsPerBed: 10, calibratedUntil: 2026-01-20, tolerance: 0.2, staysKnown: true}
            """;

    private static String ones(int count) {
        return String.join(", ", Collections.nCopies(count, "1"));
    }

    @Test
    void shouldReadHowAHospitalWasSeenToLive() throws ScenarioException {
        Scenario scenario = ScenarioFile.parse("seen", SEEN, null, List.of());
        Scenario.Care medicine = Objects.requireNonNull(scenario.care().get(new ServiceId("MED")));
        List<Scenario.Coming> comings = Objects.requireNonNull(medicine.comings());
        assertThat(comings)
                .extracting(Scenario.Coming::origin, Scenario.Coming::perDay)
                .containsExactly(tuple(RequestOrigin.ELECTIVE, 3.5), tuple(RequestOrigin.EMERGENCY_DEPARTMENT, 2.0));
        assertThat(comings.getFirst().profile().share(8, 0, 0)).isCloseTo(1 / 24.0, within(1e-9));
        assertThat(comings.getFirst().profile().share(8, 6, 0)).isZero();
        assertThat(comings.getFirst().profile().share(8, 0, 1)).isCloseTo(2 / 24.0, within(1e-9));
        assertThat(comings.getFirst().profile().share(8, 0, 11)).isZero();
        double[] harsh = {1, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
        assertThat(comings.getFirst().profile().inSeason(harsh).share(8, 0, 1)).isCloseTo(6 / 24.0, within(1e-9));
        assertThat(Objects.requireNonNull(medicine.leaving()).isAnytime()).isFalse();
        assertThat(medicine.needs())
                .isEqualTo(new Scenario.Needs(0.6, Map.of(Isolation.CONTACT, 0.1), Map.of("SCOPE", 0.2)));
        assertThat(medicine.needs().isolation(Isolation.AIRBORNE, 0.05)).isEqualTo(Isolation.CONTACT);
        assertThat(medicine.needs().isolation(Isolation.AIRBORNE, 0.15)).isEqualTo(Isolation.NONE);
        assertThat(scenario.hospital().services().getFirst().rooms().stream()
                        .flatMap(room -> room.beds().stream())
                        .filter(bed -> bed.equipment().contains("SCOPE")))
                .hasSize(5);
        Scenario.Care intensive = Objects.requireNonNull(scenario.care().get(new ServiceId("REA")));
        assertThat(intensive.comings()).isEmpty();
        assertThat(intensive.leaving()).isSameAs(Leaving.ANYTIME);
        assertThat(scenario.routine().transportMinutes()).isZero();
        assertThat(scenario.routine().emergencyStayHours()).isEqualTo(Routine.USUAL.emergencyStayHours());
        assertThat(scenario.real())
                .isEqualTo(new Scenario.Real(
                        "census.csv", "occupied", "admitted", 10, LocalDate.of(2026, 1, 20), 0.2, true));
    }

    @Test
    void shouldSayWhatIsWrongWithWhatWasSeen() {
        String wrong = SEEN.replace("byWeekday: [1, 1, 1, 1, 1, 0, 0]", "byWeekday: [1, 1]")
                .replace("leaving: anytime", "leaving: never")
                .replace("emergency: {perDay: 2}", "emergancy: {perDay: 2}")
                .replace("byMonth: [1, 2,", "byMonth: [1,")
                .replace("calibratedUntil: 2026-01-20", "calibratedUntil: January")
                .replace("refusals: 0.01", "refusals: 2")
                .replace("CONTACT: 0.1", "CONTCT: 0.1")
                .replace("{SCOPE: 0.2}", "{SCOP: 0.2}");
        assertThatThrownBy(() -> ScenarioFile.parse("seen", wrong, null, List.of()))
                .hasMessageContaining("8 mistakes")
                .hasMessageContaining("byWeekday: 2 weights, there must be 7 and one of them above 0")
                .hasMessageContaining(
                        "byMonth: 11 weights, there must be 12 and one of them above 0. Write one for each, from January on.")
                .hasMessageContaining("care.REA.leaving: unknown leaving 'never'. Write anytime or")
                .hasMessageContaining("care.MED.needs.isolation.CONTCT: unknown key 'CONTCT'. Maybe 'CONTACT'.")
                .hasMessageContaining("unknown key 'SCOP'. Maybe 'SCOPE'.")
                .hasMessageContaining("unknown key 'emergancy'. Maybe 'emergency'.")
                .hasMessageContaining("real.calibratedUntil: expected a day, got 'January'")
                .hasMessageContaining("routine.refusals: 2 is outside 0 to 1");
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
    void shouldWriteTheLastOfTheValuesOfAPlace(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("trial.yaml"), RIGHT);
        String path = "measures[0].delayHours";
        String first = ScenarioFile.text(file.toString(), List.of(new ScenarioFile.Change(path, "12")));
        String again = ScenarioFile.text(
                file.toString(), List.of(new ScenarioFile.Change(path, "2.5"), new ScenarioFile.Change(path, "12")));

        assertThat(first).isNotEqualTo(RIGHT);
        assertThat(again).isEqualTo(first);

        Files.writeString(file, "name: {fr: Essai, en: Trial}\nhospital: {file: one.yaml}\ndays: 7\n");
        List<ScenarioFile.Change> other = List.of(new ScenarioFile.Change("hospital.file", "other.yaml"));
        assertThat(ScenarioFile.text(file.toString(), other))
                .contains(folder.resolve("other.yaml").toAbsolutePath().toString())
                .doesNotContain("one.yaml");
    }

    @Test
    void shouldNameTheScenariosThereAre() {
        assertThatThrownBy(() -> ScenarioFile.read("mass-casualty", List.of())).hasMessageContaining("mass-casualties");
    }

    private static String hospitalOf(String services) {
        return "name: {fr: Essai, en: Trial}\ndays: 7\nhospital: {services: [" + services + "]}\n";
    }

    @Test
    void shouldRefuseAHospitalThatIsTooLargeBeforeItIsBuilt() throws ScenarioException {
        String tooManyBeds = IntStream.range(0, 2_000)
                .mapToObj(ward -> "{id: W" + ward + ", beds: 100000}")
                .collect(Collectors.joining(", "));
        assertThatThrownBy(() -> ScenarioFile.parse(hospitalOf(tooManyBeds)))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("1 mistake")
                .hasMessageContaining("line 3:22  hospital.services: there are 200000000 beds, more than 3000.");
        assertThatThrownBy(() -> ScenarioFile.parse(hospitalOf("{id: A, beds: 1, surgeBeds: 3000}")))
                .hasMessageContaining("there are 3001 beds, more than 3000");
        assertThat(ScenarioFile.parse(hospitalOf("{id: A, beds: 1, surgeBeds: 2999}"))
                        .hospital()
                        .services())
                .hasSize(1);
    }

    @Test
    void shouldReadAServiceThatIsThereManyTimesOnce() {
        String again = hospitalOf("&a {id: A, beds: 2000}" + ", *a".repeat(3));
        assertThatThrownBy(() -> ScenarioFile.parse(again))
                .hasMessageContaining("3 mistakes")
                .hasMessageContaining("hospital.services[3]: service 'A' is there twice")
                .hasMessageNotContaining("more than");
    }

    @Test
    void shouldSayWhichServiceHasNoPossibleId() throws ScenarioException {
        String longest = "X".repeat(55);
        assertThatThrownBy(() -> ScenarioFile.parse(hospitalOf("{id: Réa, beds: 10}")))
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("1 mistake")
                .hasMessageContaining("hospital.services[0]: 'Réa' is no id of a service. Write 1 to 55 of letters");
        assertThatThrownBy(
                        () -> ScenarioFile.parse(hospitalOf("{id: MED 1, beds: 10}, {id: " + longest + "X, beds: 10}")))
                .hasMessageContaining("2 mistakes")
                .hasMessageContaining("'MED 1' is no id")
                .hasMessageContaining("'" + longest + "X' is no id");
        assertThat(ScenarioFile.parse(hospitalOf("{id: " + longest + ", beds: 2999}"))
                        .hospital()
                        .services())
                .hasSize(1);
    }

    @Test
    void shouldRefuseANameThatADrillCouldNotTell() throws ScenarioException {
        String longest = "x".repeat(500);
        String named = hospitalOf("{id: MED, beds: 10}").replace("Essai", longest);
        assertThat(ScenarioFile.parse(named).name().french()).isEqualTo(longest);
        assertThatThrownBy(() -> ScenarioFile.parse(named.replace(longest, longest + "x")))
                .hasMessageContaining("name: the name has 501 characters, more than 500");
    }
}
