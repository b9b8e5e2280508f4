package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is imported before a hospital starts, and what the server then foresees at once. */
class HistoryCommandTest {
    private static final ZoneId ZONE = ZoneId.of("Europe/Paris");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldForeseeOnTheDayOnWhichAHospitalStarts() throws IOException {
        RunningServer.configure(folder, 0);
        Path file = stays(folder, 60);

        assertThat(run("import", "--config", config(), file.toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("TEST: imported 720 lines, 720 stays.", "note");
        assertThat(run("import", "--config", config(), file.toString())).isEqualTo(1);
        assertThat(err.toString())
                .contains("Nothing was imported: hospital TEST has 720 lines", "--replace")
                .containsPattern("imported on \\d{4}-\\d\\d-\\d\\d at \\d\\d:\\d\\d\\. To");
        assertThat(run("import", "--config", config(), "--replace", file.toString()))
                .as(err.toString())
                .isZero();
        try (RunningServer server = RunningServer.start(folder)) {
            JsonNode forecast = RunningServer.json(server.get(RunningServer.HOSPITAL + "/forecast"));

            assertThat(forecast.path("tooLittleHistory").isMissingNode()).isTrue();
            assertThat(forecast.at("/series/0/entries/mean/23").asDouble())
                    .as("twelve a day came")
                    .isBetween(8.0, 16.0);
            for (String flow : List.of("entries", "exits")) {
                List<Integer> bounds =
                        column(forecast, flow, "low95", "low80", "low50", "median", "high50", "high80", "high95");
                assertThat(bounds).isSorted();
                assertThat(Set.copyOf(bounds))
                        .as("two may share a whole number")
                        .hasSizeGreaterThan(5);
            }
            JsonNode record = forecast.path("record");
            assertThat(record.findValuesAsText("quantity"))
                    .as("how good it would have been of the hospital, two services and their pole, 14 and 90 days")
                    .hasSize(2 * (3 * 3 + 1))
                    .startsWith("PATIENTS", "ENTRIES", "EXITS");
            assertThat(record.at("/1/forecasts/0").asInt()).as("every hour's").isBetween(24 * 13, 24 * 14);
            assertThat(record.at("/9/pole").asText()).isEqualTo("Médecine");
            assertThat(forecast.at("/poles/0/pole").asText()).isEqualTo("Médecine");
            assertThat(forecast.at("/poles/0/services")).hasSize(2);
            assertThat(forecast.at("/poles/0/median")).hasSameSizeAs(forecast.path("hours"));
            assertThat(forecast.at("/poles/0/open"))
                    .as("every service is of that pole")
                    .isEqualTo(forecast.at("/series/0/open"));
            Eventually.eventually(
                    "gauges of all of it",
                    () -> Stream.of(
                                    "entries{hospital=\"TEST\",hours=\"4\",quantile=\"0.5\",service=\"CARDIO\"}",
                                    "patients_pole{hospital=\"TEST\",hours=\"4\",pole=\"Médecine\",quantile=\"0.5\"}",
                                    "no_free_bed_pole{hospital=\"TEST\",hours=\"4\",pole=\"Médecine\"}",
                                    "score{hospital=\"TEST\",hours=\"24\",quantity=\"exits\",score=\"crps\",service=\"CARDIO\"}",
                                    "score_hospital{hospital=\"TEST\",hours=\"24\",quantity=\"entries\",score=\"skill\"}",
                                    "score_pole{hospital=\"TEST\",hours=\"24\",pole=\"Médecine\",quantity=\"patients\",score=\"coverage80\"}")
                            .allMatch(gauge -> server.get("/metrics").body().contains("chevet_forecast_" + gauge)));
            assertThat(server.get("/metrics").body())
                    .doesNotContain(
                            "pinball",
                            "chevet_forecast_score{hospital=\"TEST\",hours=\"4\"",
                            "chevet_forecast_score{hospital=\"TEST\",hours=\"12\"");
            Eventually.eventually(
                    "the group's forecast",
                    () -> RunningServer.json(server.get("/api/v1/group"))
                                    .at("/ahead/6/hours")
                                    .asInt()
                            == 336);
            JsonNode group = RunningServer.json(server.get("/api/v1/group"));
            assertThat(group.at("/ahead/1/hospitals").asInt()).isEqualTo(1);
            assertThat(group.at("/hospitals/0/ahead")).hasSize(7);
            assertThat(run("import", "--config", config(), "--replace", file.toString()))
                    .isEqualTo(1);
            assertThat(err.toString()).contains("in use by another Chevet");
        }
        assertThat(run("import", "--config", config(), "--replace", file.toString()))
                .isZero();
        assertThat(out.toString()).contains("The journal begins on ");
    }

    /** Of the whole hospital's flow, three days ahead. */
    private static List<Integer> column(JsonNode forecast, String flow, String... columns) {
        return Stream.of(columns)
                .map(column ->
                        forecast.at("/series/0/" + flow + "/" + column + "/71").asInt())
                .toList();
    }

    @Test
    void shouldForeseeFromADailyCensusAsLongAsThereIsNothingElse() throws IOException {
        RunningServer.configure(folder, 0);
        LocalDate today = LocalDate.now(ZONE);
        Path file = folder.resolve("census.csv");
        Files.write(
                file,
                Stream.concat(
                                Stream.of("date;occupied;service"),
                                Stream.iterate(today.minusDays(80), day -> day.plusDays(1))
                                        .limit(80)
                                        .flatMap(day -> Stream.of(
                                                day + ";"
                                                        + (30
                                                                + day.getDayOfWeek()
                                                                        .getValue()) + ";CARDIO",
                                                day + ";20;MEDECINE")))
                        .toList());

        assertThat(run("import", "--config", config(), file.toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("the census of 80 days");
        try (RunningServer server = RunningServer.start(folder)) {
            JsonNode forecast = RunningServer.json(server.get(RunningServer.HOSPITAL + "/forecast"));

            assertThat(forecast.at("/tooLittleHistory/daysKnown").asInt()).isZero();
            JsonNode census = forecast.path("census");
            assertThat(census).hasSize(3);
            assertThat(census.at("/0/service").isNull()).isTrue();
            assertThat(census.at("/0/lastDay").asText())
                    .isEqualTo(today.minusDays(1).toString());
            JsonNode days = census.at("/0/days");
            assertThat(days).hasSizeGreaterThanOrEqualTo(13);
            for (JsonNode day : days) {
                int weekday =
                        LocalDate.parse(day.path("day").asText()).getDayOfWeek().getValue();
                assertThat(day.path("median").asInt()).isBetween(47 + weekday, 53 + weekday);
            }
        }
    }

    @Test
    void shouldSayWhatItCannotDo() throws IOException {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("import");
        assertThat(run("import", "x.csv")).isEqualTo(2);
        assertThat(err.toString()).contains("--config FILE");
        RunningServer.configure(folder, 0);
        assertThat(run("import", "--config", config(), "--hospital", "OTHER", "x.csv"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("The configuration has no hospital OTHER. It has TEST.");
        assertThat(run(
                        "import",
                        "--config",
                        config(),
                        folder.resolve("none.csv").toString()))
                .isEqualTo(1);
        assertThat(err.toString())
                .contains("there is no file " + folder.resolve("none.csv"), "Maybe it is in another folder")
                .doesNotContain("Exception");
        Path file = Files.writeString(folder.resolve("wrong.csv"), "stay,service,entry,exit\nS1,CARDI,2026,\n");
        assertThat(run("import", "--config", config(), file.toString())).isEqualTo(1);
        assertThat(err.toString())
                .contains("Nothing was imported:", "line 2: entry '2026' is no time", "Maybe 'CARDIO'.");
        assertThat(out.toString()).isEmpty();
    }

    /** Twelve a day of the last days, each staying for a day and a half or so: no week is like the one before. */
    static Path stays(Path folder, int days) throws IOException {
        Instant end = Instant.now().truncatedTo(ChronoUnit.HOURS);
        List<String> lines = Stream.iterate(end.minus(days, ChronoUnit.DAYS), at -> at.plus(2, ChronoUnit.HOURS))
                .limit(days * 12L)
                .map(at -> {
                    Instant leaves = at.plus(30 + at.getEpochSecond() / 7_200 % 13, ChronoUnit.HOURS);
                    return "S" + at.getEpochSecond() + "," + (at.getEpochSecond() % 14_400 == 0 ? "CARDIO" : "3120")
                            + "," + at + "," + (leaves.isAfter(end) ? "" : leaves) + ",\"seen, again\"";
                })
                .toList();
        return Files.write(
                folder.resolve("stays.csv"),
                Stream.concat(Stream.of("stay,service,entry,exit,note"), lines.stream())
                        .toList());
    }

    private String config() {
        return folder.resolve("chevet.yaml").toString();
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] all = Stream.concat(Stream.of("history"), Stream.of(arguments)).toArray(String[]::new);
        return Main.run(all, new PrintWriter(out, true), new PrintWriter(err, true));
    }
}
