package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.chevet.web.RunningServer.HOSPITAL;
import static org.chevet.web.RunningServer.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.chevet.archive.HistoryImport;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.file.HospitalFile;
import org.chevet.journal.JdbcJournal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Order(3)
class FuturesTest {
    private static final String INFLUX =
            "{'service':'CARDIO','beds':0,'electivesCancelled':0,'dischargesAdvanced':0,'influx':12,'influxHours':6}";
    private static final String MORE_BEDS =
            "{'service':'CARDIO','beds':20,'electivesCancelled':0,'dischargesAdvanced':0,'influx':0,'influxHours':1}";

    /** So many patients that it is drawn for longer than anybody waits here. */
    private static final String LONG_QUESTION = "{'given':["
            + String.join(",", Collections.nCopies(20, INFLUX.replace("12,'influxHours':6", "1000,'influxHours':336")))
            + "],'measures':[" + MORE_BEDS + "],'seed':11}";

    private static final String QUESTION = "{'given':[" + INFLUX + "],'measures':[" + MORE_BEDS + "],'seed':11}";

    private final RunningServer server;

    FuturesTest(@TempDir Path folder) throws IOException {
        RunningServer.configure(folder, 0);
        Hospital described = ((HospitalFile.Loaded) HospitalFile.read(
                        Objects.requireNonNull(FuturesTest.class.getResourceAsStream("hospital.yaml"))))
                .hospital();
        try (JdbcJournal journal = JdbcJournal.sqlite(folder.resolve("data"))) {
            HistoryImport.read(journal, described, new StringReader(stays()), Instant.now(), false);
        }
        server = RunningServer.start(folder);
    }

    /** Four a day of twenty days, each staying for a day. */
    private static String stays() {
        Instant begin = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(21, ChronoUnit.DAYS);
        return Stream.iterate(begin, at -> at.plus(6, ChronoUnit.HOURS))
                .limit(80)
                .map(at -> "S" + at.getEpochSecond() + ",CARDIO," + at + "," + at.plus(1, ChronoUnit.DAYS) + "\n")
                .collect(Collectors.joining("", "stay,service,entry,exit\n", ""));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldCompareAMeasureWithNoneUnderTheSameInflux() {
        JsonNode answer = drawn(ask(QUESTION, "Ada"));

        assertThat(answer.path("done").asInt()).isEqualTo(answer.path("count").asInt());
        JsonNode cardiology = series(answer, "CARDIO");
        int beds = cardiology.at("/without/beds").asInt();
        assertThat(cardiology.at("/with/beds").asInt()).isEqualTo(beds + 20);
        assertThat(at(answer, cardiology.path("without").path("median"), 6)).isEqualTo(beds);
        assertThat(at(answer, cardiology.path("with").path("median"), 6)).isGreaterThan(beds);
        assertThat(cardiology.at("/waitedHours/difference/mean").asDouble()).isNegative();
        JsonNode elsewhere = series(answer, "MEDECINE");
        assertThat(elsewhere.at("/waitedHours/difference/half").asDouble()).isZero();
        assertThat(answer.path("seed").asInt()).isEqualTo(11);
    }

    @Test
    void shouldForeseeWhatTheForecastForesees() {
        JsonNode answer = drawn(ask("{'given':[],'measures':[" + MORE_BEDS + "],'seed':11}", "Ada"));
        JsonNode forecast = json(server.get(HOSPITAL + "/forecast"));
        JsonNode foreseen = of(forecast.path("series"), "CARDIO");

        for (int hour : new int[] {24, 72, 336}) {
            assertThat((double) at(answer, series(answer, "CARDIO").path("with").path("median"), hour))
                    .isCloseTo(column(forecast.path("hours"), foreseen.path("median"), hour), within(1.0));
        }
    }

    @Test
    void shouldAnswerAPersonsLastQuestionAndTellAboutNoOther() {
        String first = ask(QUESTION, "Ada");
        String other = ask(QUESTION, "Bea");
        String second = ask(QUESTION, "Ada");

        assertThat(look(first).statusCode()).isEqualTo(404);
        drawn(second);
        drawn(other);
        HttpResponse<String> late = post("/futures/" + second + "/cancel", "{}", "Ada");
        assertThat(late.statusCode()).isEqualTo(200);
        assertThat(json(late).path("state").asText())
                .as("what is done stays done")
                .isEqualTo("DONE");
    }

    @Test
    void shouldStayCancelled() {
        String asked = ask(QUESTION, "Ada");
        String state = json(post("/futures/" + asked + "/cancel", "{}", "Ada"))
                .path("state")
                .asText();
        drawn(ask(QUESTION, "Bea"));

        assertThat(state).isIn("CANCELLED", "DONE");
        assertThat(json(look(asked)).path("state").asText()).isEqualTo(state);
    }

    @Test
    void shouldStopDrawingOnceItIsCancelled() {
        String asked = ask(LONG_QUESTION, "Ada");
        Eventually.eventually(
                "it is being drawn", () -> json(look(asked)).path("done").asInt() > 0);

        HttpResponse<String> cancelled = post("/futures/" + asked + "/cancel", "{}", "Ada");

        assertThat(json(cancelled).path("state").asText()).isEqualTo("CANCELLED");
        // There is one thread for all: it has come to the next question.
        drawn(ask(QUESTION, "Bea"));
        JsonNode stopped = json(look(asked));
        assertThat(stopped.path("state").asText()).isEqualTo("CANCELLED");
        assertThat(stopped.path("done").asInt())
                .isPositive()
                .isLessThan(stopped.path("count").asInt());
    }

    @Test
    void shouldHaveOthersWaitForTheirTurnAndRefuseOneTooMany() {
        String drawn = ask(LONG_QUESTION, "Ada");
        Eventually.eventually(
                "it is being drawn", () -> json(look(drawn)).path("done").asInt() > 0);
        List<String> waiting = IntStream.range(1, FuturesDesk.OPEN_MAX)
                .mapToObj(i -> ask(QUESTION, "Bea" + i))
                .toList();

        assertThat(waiting)
                .allSatisfy(asked ->
                        assertThat(json(look(asked)).path("state").asText()).isEqualTo("WAITING"));
        HttpResponse<String> refused = post("/futures", QUESTION, "Cleo");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(json(refused).path("detail").asText()).startsWith(FuturesDesk.OPEN_MAX + " people");
        assertThat(json(refused).path("advice").asText()).isNotBlank();
        assertThat(json(look(drawn)).path("state").asText()).isEqualTo("RUNNING");

        String last = waiting.getLast();
        waiting.subList(0, waiting.size() - 1).forEach(asked -> post("/futures/" + asked + "/cancel", "{}", "Ada"));
        String instead = ask(QUESTION, "Cleo");
        post("/futures/" + drawn + "/cancel", "{}", "Ada");
        drawn(last);
        drawn(instead);
    }

    @Test
    void shouldRefuseWhatItCannotTry() {
        assertThat(post("/futures", "{'given':[],'measures':[]}", "Ada").statusCode())
                .isEqualTo(400);
        assertThat(post("/futures", QUESTION.replace("CARDIO", "NOWHERE"), "Ada")
                        .statusCode())
                .isEqualTo(404);
        assertThat(look("nobody-asked").statusCode()).isEqualTo(404);
    }

    private String ask(String question, String name) {
        HttpResponse<String> asked = post("/futures", question, name);
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(202);
        return json(asked).path("id").asText();
    }

    private JsonNode drawn(String id) {
        Eventually.eventually(
                "the futures are drawn",
                () -> json(look(id)).path("state").asText().equals("DONE"));
        return json(look(id));
    }

    private HttpResponse<String> look(String id) {
        return server.get(HOSPITAL + "/futures/" + id);
    }

    private HttpResponse<String> post(String path, String body, String name) {
        return server.send(server.request(HOSPITAL + path)
                .header("Content-Type", "application/json")
                .header(ActorHandler.HEADER, "name=" + name + "; role=BED_MANAGER")
                .POST(BodyPublishers.ofString(body.replace('\'', '"'))));
    }

    private static JsonNode series(JsonNode answer, String service) {
        return of(answer.path("result").path("series"), service);
    }

    private static JsonNode of(JsonNode all, String service) {
        for (JsonNode series : all) {
            if (series.path("service").asText().equals(service)) {
                return series;
            }
        }
        throw new AssertionError("no series of " + service + " in " + all);
    }

    private static int at(JsonNode answer, JsonNode column, int hour) {
        return (int) column(answer.path("result").path("hours"), column, hour);
    }

    private static double column(JsonNode hours, JsonNode column, int hour) {
        for (int i = 0; i < hours.size(); i++) {
            if (hours.path(i).asInt() == hour) {
                return column.path(i).asDouble();
            }
        }
        throw new AssertionError("no hour " + hour);
    }
}
