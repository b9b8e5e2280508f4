package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.chevet.web.RunningServer.HOSPITAL;
import static org.chevet.web.RunningServer.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.chevet.archive.HistoryImport;
import org.chevet.archive.JournalExport;
import org.chevet.archive.JournalFork;
import org.chevet.archive.JournalImport;
import org.chevet.event.Command;
import org.chevet.event.Ending;
import org.chevet.event.Location;
import org.chevet.event.Movement;
import org.chevet.event.MovementKind;
import org.chevet.event.Origin;
import org.chevet.event.PatientClass;
import org.chevet.event.Recorded;
import org.chevet.hospital.BedId;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.HospitalId;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.StayId;
import org.chevet.hospital.file.HospitalFile;
import org.chevet.journal.JdbcJournal;
import org.chevet.journal.Journal;
import org.chevet.runtime.AdjustableClock;
import org.chevet.runtime.Answer;
import org.chevet.runtime.Engine;
import org.chevet.runtime.HospitalWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Order(1)
class DrillsTest {
    private static final String PATIENT =
            "{'identifier':'IPP-1','familyName':'Durand-Secret','givenName':'Aline','sex':'FEMALE','birthDate':'1950-05-17'}";
    private static final String NEEDS =
            "{'specialty':'cardiologie','levelOfCare':'ACUTE','isolation':'NONE','sex':'FEMALE',"
                    + "'ageYears':70,'equipmentRequired':[],'equipmentPreferred':[],'singleRoom':'INDIFFERENT'}";

    private final Path folder;
    private RunningServer server;

    /** The one that was opened last. */
    private String drill = "";

    private String actor = RunningServer.ACTOR;

    DrillsTest(@TempDir Path folder) {
        this.folder = folder;
        server = RunningServer.start(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldGoOnFromTheRealHospitalWithoutTouchingIt() {
        admit("S1", "101");
        String before = server.get(HOSPITAL + "/events?limit=1000").body();
        open("{'title':'Plan blanc','hospital':'TEST'}");

        JsonNode board = json(server.get(path() + "/board"));
        assertThat(board.path("hospital").path("name").asText()).startsWith("EXERCICE · ");
        assertThat(board.path("hospital").path("drill").asText()).isEqualTo("Plan blanc");
        assertThat(board.path("clock").path("paused").asBoolean()).isTrue();
        assertThat(board.path("clock").path("adjustable").asBoolean()).isTrue();
        assertThat(board.path("feeds")).isEmpty();
        assertThat(bed("101").path("stays").path(0).path("id").asText()).isEqualTo("S1");

        assertThat(post(path() + "/acts/close-bed", "{'bed':'202'}").statusCode())
                .isEqualTo(200);
        assertThat(bed("202").path("state").asText()).isEqualTo("CLOSED");
        assertThat(server.bed("202").path("state").asText()).isNotEqualTo("CLOSED");
        assertThat(server.board().path("hospital").has("drill")).isFalse();
        assertThat(server.get(HOSPITAL + "/events?limit=1000").body()).isEqualTo(before);
    }

    @Test
    void shouldCountForNobodyElse() {
        open("{'title':'Plan blanc','hospital':'TEST'}");

        assertThat(json(server.get("/api/v1/group")).path("hospitals")).hasSize(1);
        assertThat(json(server.get("/health/ready")).path("hospitals")).hasSize(1);
        assertThat(server.get("/metrics").body()).contains("hospital=\"TEST\"").doesNotContain("exercice");
        assertThat(json(server.get("/api/v1/hospitals")).path("hospitals"))
                .extracting(
                        hospital -> hospital.path("id").asText(),
                        hospital -> hospital.path("drill").asBoolean())
                .containsExactly(tuple("TEST", false), tuple(drill, true));
        admit("S1", "101");
        HttpResponse<String> refused =
                server.act("ask-interhospital-transfer", "{'stay':'S1','hospital':'" + drill + "','priority':2}");
        assertThat(json(refused).path("rule").asText()).isEqualTo("UNKNOWN_HOSPITAL");

        post(path() + "/drill/end", "{}");
        assertThat(server.get("/metrics").body()).doesNotContain("exercice");
    }

    @Test
    void shouldBeWhereItWasAfterARestartAndGoneWhenItIsEnded() {
        admit("S1", "101");
        open("{'title':'Plan blanc','hospital':'TEST'}");
        assertThat(post(path() + "/acts/plan-inject", """
                                {'inject':{'id':'I1','due':'2099-01-01T10:00:00Z','kind':'MESSAGE','text':'Le SAMU appelle'}}""").statusCode()).isEqualTo(200);
        assertThat(json(post(path() + "/drill/step", "{}")).path("now").asText())
                .isEqualTo("2099-01-01T10:00:00Z");
        server.close();
        try (JdbcJournal journal = JdbcJournal.sqlite(folder.resolve("data"))) {
            HospitalId real = new HospitalId("TEST");
            // A copy that was cut off.
            HospitalId other = real.drill(2);
            assertThat(JournalFork.begin(journal, Objects.requireNonNull(journal.find(real, 1)), other))
                    .isTrue();
            JournalFork.copy(journal, real, 2, other, copied -> {});
        }

        server = RunningServer.start(folder);

        JsonNode drills = json(server.get("/api/v1/drills"));
        assertThat(drills.path("drills")).hasSize(1);
        assertThat(drills.path("drills").path(0).path("title").asText()).isEqualTo("Plan blanc");
        JsonNode opened = json(server.get(path() + "/drill"));
        assertThat(opened.path("director").asText()).isEqualTo("Zoé Martin");
        assertThat(opened.path("injects").path(0).path("inject").path("text").asText())
                .isEqualTo("Le SAMU appelle");
        assertThat(json(server.get(path() + "/board"))
                        .path("clock")
                        .path("paused")
                        .asBoolean())
                .isTrue();

        assertThat(post(path() + "/drill/end", "{}").statusCode()).isEqualTo(200);
        assertThat(server.get(path() + "/board").statusCode()).isEqualTo(404);
        server.close();
        try (JdbcJournal journal = JdbcJournal.sqlite(folder.resolve("data"))) {
            assertThat(journal.hospitals()).containsExactly(new HospitalId("TEST"));
        }
    }

    @Test
    void shouldBeginInAPastMinute() {
        admit("S1", "101");
        String then = json(server.get(HOSPITAL + "/board")).path("recordedAt").asText();
        Eventually.eventually(
                "time passes",
                () -> json(server.get(HOSPITAL + "/board"))
                                .path("clock")
                                .path("now")
                                .asText()
                                .compareTo(then)
                        > 0);
        admit("S2", "102");

        open("{'title':'Plan blanc','hospital':'TEST','at':'" + then + "'}");

        assertThat(bed("101").path("stays")).hasSize(1);
        assertThat(bed("102").path("stays")).isEmpty();
        assertThat(json(server.get(path() + "/board")).path("clock").path("now").asText())
                .isEqualTo(then);
    }

    /** A journal that was exported elsewhere, with what a feed had told there; and, from before it, stays of which nobody knows the beds. */
    @Test
    void shouldBeginInAMinuteOfAJournalThatWasImportedAndNotInHistoryFromBeforeIt(@TempDir Path imported)
            throws IOException {
        Path elsewhere = imported.resolve("elsewhere");
        RunningServer.configure(Files.createDirectories(imported), FreePorts.next());
        Hospital described = ((HospitalFile.Loaded) HospitalFile.read(
                        Objects.requireNonNull(DrillsTest.class.getResourceAsStream("hospital.yaml"))))
                .hospital();
        Hospital former = new Hospital(
                described.id(),
                described.name(),
                described.zone(),
                described.specialties(),
                described.equipment(),
                described.services().subList(0, 1));
        Instant then = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(10, ChronoUnit.DAYS);
        StringWriter exported = new StringWriter();
        try (JdbcJournal journal = JdbcJournal.sqlite(elsewhere);
                Engine engine = new Engine(journal)) {
            AdjustableClock clock = new AdjustableClock(then, 1);
            clock.pause();
            HospitalWriter writer = engine.open(former, clock);
            clock.advanceTo(then.plus(1, ChronoUnit.HOURS));
            reportStay(writer, MovementKind.ADMISSION, clock.now());
            clock.advanceTo(then.plus(3, ChronoUnit.DAYS));
            reportStay(writer, MovementKind.DISCHARGE, clock.now());
            JournalExport.write(journal, List.of(described.id()), exported);
        }
        try (JdbcJournal journal = JdbcJournal.sqlite(imported.resolve("data"))) {
            JournalImport.read(journal, new BufferedReader(new StringReader(exported.toString())));
            String stays = Stream.of(9, 8, 7, 6)
                    .map(days -> then.minus(days, ChronoUnit.DAYS))
                    .map(entry -> "H" + entry.getEpochSecond() + ",CARDIO," + entry + ","
                            + entry.plus(1, ChronoUnit.DAYS) + "\n")
                    .collect(Collectors.joining("", "stay,service,entry,exit\n", ""));
            HistoryImport.read(journal, described, new StringReader(stays), Instant.now(), false);
        }
        server.close();
        server = RunningServer.start(imported);

        open("{'title':'Plan blanc','hospital':'TEST','at':'" + then.plus(1, ChronoUnit.DAYS) + "'}");
        assertThat(bed("101").at("/stays/0/id").asText()).isEqualTo("F1");
        assertThat(server.bed("101").path("stays")).isEmpty();
        JsonNode events = json(server.get(path() + "/events?limit=1000")).path("events");
        assertThat(StreamSupport.stream(events.spliterator(), false)
                        .filter(event -> event.path("type").asText().equals("DrillBegun"))
                        .flatMap(event -> StreamSupport.stream(
                                event.at("/event/drill/ordinary").spliterator(), false))
                        .map(flow -> flow.path("service").asText()))
                .as("nobody comes into a service that was not there yet")
                .isNotEmpty()
                .containsOnly("CARDIO");

        HttpResponse<String> before = post(
                "/api/v1/drills",
                "{'title':'Trop tôt','hospital':'TEST','at':'" + then.minus(6, ChronoUnit.DAYS) + "'}");
        assertThat(before.statusCode()).isEqualTo(409);
        assertThat(json(before).path("type").asText()).endsWith(":before-journal");
        assertThat(json(before).path("detail").asText()).contains(then.toString());
        assertThat(json(server.get("/api/v1/drills")).path("openings")).isEmpty();
    }

    private static void reportStay(HospitalWriter writer, MovementKind kind, Instant at) {
        boolean ends = kind == MovementKind.DISCHARGE;
        Movement movement = new Movement(
                "F1-" + kind,
                kind,
                at,
                ends ? Location.ELSEWHERE : new Location(new ServiceId("CARDIO"), new BedId("101")),
                PatientClass.INPATIENT,
                at,
                ends ? Ending.DISCHARGED : null);
        assertThat(writer.report(
                                List.of(new Command.ReportMovement(new StayId("F1"), movement, null)),
                                new Origin.Feed("ADT", "M-" + kind),
                                null)
                        .join())
                .isInstanceOf(Answer.Done.class);
    }

    @Test
    void shouldPlayAScenarioFileInTheHospitalThatItDescribes() throws Exception {
        String file = """
                name: {fr: Essai, en: Trial}
                hospital: {services: [{id: MED, beds: 12, singleRooms: 4}, {id: REA, beds: 4, level: INTENSIVE}]}
                days: 3
                routine: {cancellations: 0.25, refusals: 0.1}
                injects: [{kind: massCasualties, atHours: 24, graves: {REA: 1}, others: {MED: 2}}]
                messages: [{atHours: 23, text: Le SAMU appelle}]
                """;
        HttpResponse<String> wrong = openWith(file.replace("graves: {REA", "graves: {RAE"));
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(json(wrong).path("detail").asText())
                .contains("line 5")
                .contains("unknown service 'RAE'. Maybe 'REA'.");
        assertThat(json(openWith(file.replace(
                                "{services: [{id: MED, beds: 12, singleRooms: 4}, {id: REA, beds: 4, level: INTENSIVE}]}",
                                "{file: /etc/hostname}")))
                        .path("detail")
                        .asText())
                .contains("names none");

        String largest = file + "#".repeat(60_000 - file.length());
        assertThat(openWith(largest + "#").statusCode()).isEqualTo(400);
        drill = json(openWith(largest)).path("id").asText();
        Eventually.eventually(
                "the drill is open",
                () -> server.get(path() + "/drill").statusCode() == 200
                        && json(server.get(path() + "/drill")).path("injects").size() == 2);
        JsonNode board = json(server.get(path() + "/board"));
        assertThat(board.path("services")).hasSize(2);
        assertThat(board.at("/census/present").asInt()).as("it has a past").isPositive();
        String begun = json(server.get(path() + "/drill")).path("startSequence").asText();
        JsonNode kept =
                json(server.get(path() + "/events?limit=1&after=" + begun)).at("/events/0/event/drill");
        assertThat(kept.path("cancellations").asDouble()).isEqualTo(0.25);
        assertThat(kept.at("/routine/refusals").asDouble()).isEqualTo(0.1);
        assertThat(kept.at("/routine/electivePatience").asText()).isEqualTo("PT10H");
    }

    @Test
    void shouldOpenNoneWithAScenarioThatItCannotPlay() {
        for (String scenario : List.of("ordinary", "nowhere")) {
            HttpResponse<String> refused =
                    post("/api/v1/drills", "{'title':'Essai','hospital':'TEST','scenario':'" + scenario + "'}");
            assertThat(refused.statusCode()).as(scenario).isEqualTo(404);
            assertThat(json(refused).path("detail").asText()).contains(scenario);
        }
        JsonNode drills = json(server.get("/api/v1/drills"));
        assertThat(drills.path("drills")).isEmpty();
        assertThat(drills.path("openings")).isEmpty();
    }

    @Test
    void shouldTellWhyADrillCannotBeOpenedWhenAnInjectOfItsScenarioIsRefused() throws Exception {
        String file = """
                name: {fr: Essai, en: Trial}
                hospital: demo
                days: 3
                messages: [%s]
                """.formatted("{atHours: 23, text: Le SAMU appelle},".repeat(501));
        String text = Json.MAPPER.writeValueAsString(file);
        assertThat(post("/api/v1/drills", "{'title':'Essai','hospital':'TEST','scenarioFile':" + text + "}")
                        .statusCode())
                .isEqualTo(202);

        Eventually.eventually(
                "the refusal is told",
                () -> json(server.get("/api/v1/drills"))
                        .at("/openings/0/failure")
                        .asText()
                        .contains("inject S501 "));
        assertThat(json(server.get("/api/v1/drills")).path("drills")).isEmpty();
    }

    private HttpResponse<String> openWith(String scenario) throws Exception {
        return post(
                "/api/v1/drills", "{'title':'Essai','scenarioFile':" + Json.MAPPER.writeValueAsString(scenario) + "}");
    }

    @Test
    void shouldShowTheBoardAsItWasAtAnyMinuteOfADrill() {
        open("{'title':'Plan blanc','hospital':'TEST'}");
        String begun = json(server.get(path() + "/drill")).path("begunAt").asText();
        post(
                path() + "/acts/plan-inject",
                "{'inject':{'id':'I1','due':'2099-01-01T10:00:00Z','kind':'MESSAGE','text':'Bien plus tard'}}");
        post(path() + "/drill/step", "{}");
        assertThat(post(path() + "/acts/close-bed", "{'bed':'202'}").statusCode())
                .isEqualTo(200);

        assertThat(stateOf202At(begun)).isEqualTo("READY");
        assertThat(stateOf202At("2099-01-01T09:59:59Z")).isEqualTo("READY");
        assertThat(stateOf202At("2099-01-02T00:00:00Z")).isEqualTo("CLOSED");
        assertThat(stateOf202At("2000-01-01T00:00:00Z"))
                .as("before it began it was as it began")
                .isEqualTo("READY");
        assertThat(json(server.get(path() + "/drill/board?at=" + begun))
                        .at("/hospital/drill")
                        .asText())
                .isEqualTo("Plan blanc");
        assertThat(server.get(HOSPITAL + "/drill/board?at=" + begun).statusCode())
                .isEqualTo(404);
        assertThat(server.get(path() + "/drill/board?at=2026-02-30T00:00:00Z").statusCode())
                .isEqualTo(400);
    }

    private String stateOf202At(String time) {
        JsonNode board = json(server.get(path() + "/drill/board?at=" + time));
        return StreamSupport.stream(board.path("services").spliterator(), false)
                .flatMap(service -> StreamSupport.stream(service.path("rooms").spliterator(), false))
                .flatMap(room -> StreamSupport.stream(room.path("beds").spliterator(), false))
                .filter(bed -> bed.path("id").asText().equals("202"))
                .map(bed -> bed.path("state").asText())
                .findFirst()
                .orElse("no such bed");
    }

    @Test
    void shouldOpenOneForEachOfThoseWhoAskAtOnceAndEndItOnce() throws Exception {
        List<HttpResponse<String>> asked =
                atOnce(4, i -> post("/api/v1/drills", "{'title':'Essai " + i + "','hospital':'TEST'}"));
        List<String> ids =
                asked.stream().map(answer -> json(answer).path("id").asText()).toList();
        assertThat(asked).extracting(HttpResponse::statusCode).containsOnly(202);
        assertThat(ids).doesNotHaveDuplicates();
        Eventually.eventually(
                "all are open",
                () -> json(server.get("/api/v1/drills")).path("drills").size() == 4);

        String ended = "/api/v1/hospitals/" + ids.getFirst();
        List<Integer> answers = atOnce(4, i -> post(ended + "/drill/end", "{}")).stream()
                .map(HttpResponse::statusCode)
                .toList();
        assertThat(answers).contains(200).isSubsetOf(200, 404);
        assertThat(server.get(ended + "/board").statusCode()).isEqualTo(404);
        for (String other : ids.subList(1, 4)) {
            drill = other;
            assertThat(post(path() + "/acts/close-bed", "{'bed':'202'}").statusCode())
                    .isEqualTo(200);
        }
        server.close();
        try (JdbcJournal journal = JdbcJournal.sqlite(folder.resolve("data"))) {
            assertThat(journal.hospitals())
                    .extracting(HospitalId::value)
                    .containsExactlyInAnyOrder("TEST", ids.get(1), ids.get(2), ids.get(3));
        }
    }

    private static <T> List<T> atOnce(int people, IntFunction<T> what) throws Exception {
        CyclicBarrier start = new CyclicBarrier(people);
        List<Future<T>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < people; i++) {
                int number = i;
                all.add(threads.submit(() -> {
                    start.await();
                    return what.apply(number);
                }));
            }
        }
        List<T> answers = new ArrayList<>();
        for (Future<T> one : all) {
            answers.add(one.get());
        }
        return answers;
    }

    @Test
    void shouldNeverGiveANumberAnew() {
        open("{'title':'Plan blanc','hospital':'TEST'}");
        String first = drill;
        assertThat(post(path() + "/drill/end", "{}").statusCode()).isEqualTo(200);

        open("{'title':'Plan blanc','hospital':'TEST'}");

        assertThat(drill).isNotEqualTo(first);
        assertThat(post("/api/v1/hospitals/" + first + "/drill/end", "{}").statusCode())
                .isEqualTo(404);
        assertThat(server.get(path() + "/board").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldBeLedByThoseWhoMay() {
        open("{'title':'Plan blanc','hospital':'TEST'}");

        actor = "name=Bob; role=CLEANING";
        for (String asked : List.of("/api/v1/drills", path() + "/drill/step", path() + "/drill/end")) {
            HttpResponse<String> refused =
                    post(asked, asked.endsWith("drills") ? "{'title':'Plan blanc','hospital':'TEST'}" : "{}");
            assertThat(refused.statusCode()).as(asked).isEqualTo(403);
        }
        assertThat(json(server.get("/api/v1/drills")).path("drills")).hasSize(1);
    }

    @Test
    void shouldBeDirectedByThoseWhoLeadAndPlayedByAnybody() {
        open("{'title':'Plan blanc','hospital':'TEST'}");
        String inject = "{'inject':{'id':'I1','due':'2099-01-01T10:00:00Z','kind':'MESSAGE','text':'Le SAMU appelle'}}";
        assertThat(post(path() + "/acts/plan-inject", inject).statusCode()).isEqualTo(200);

        actor = "name=Bob; role=NURSE";
        for (String[] act : new String[][] {
            {"plan-inject", inject.replace("I1", "I2")},
            {"withdraw-inject", "{'inject':'I1'}"},
            {"complete-inject", "{'inject':'I1'}"},
            {"simulate-roles", "{'roles':[]}"}
        }) {
            HttpResponse<String> refused = post(path() + "/acts/" + act[0], act[1]);
            assertThat(refused.statusCode()).as(act[0]).isEqualTo(403);
            assertThat(json(refused).path("detail").asText()).contains("NURSE");
        }
        assertThat(post(path() + "/acts/close-bed", "{'bed':'202'}").statusCode())
                .isEqualTo(200);
        JsonNode injects = json(server.get(path() + "/drill")).path("injects");
        assertThat(injects).hasSize(1);
        assertThat(injects.path(0).path("doneAt").isNull()).isTrue();
        assertThat(json(server.get(path() + "/drill")).path("simulated")).isNotEmpty();
    }

    @Test
    void shouldLetNobodyTakeBackWhatTheyCouldNotHaveDone() {
        open("{'title':'Plan blanc','hospital':'TEST'}");
        String inject = "{'inject':{'id':'I1','due':'2099-01-01T10:00:00Z','kind':'MESSAGE','text':'Le SAMU appelle'}}";
        long planned = act(post(path() + "/acts/plan-inject", inject));
        long withdrawn = act(post(path() + "/acts/withdraw-inject", "{'inject':'I1'}"));
        long played = act(post(path() + "/acts/simulate-roles", "{'roles':['CLEANING']}"));

        actor = "name=Bob; role=NURSE";
        for (long directed : List.of(planned, withdrawn, played)) {
            HttpResponse<String> refused = undo(directed);
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(403);
            assertThat(json(refused).path("detail").asText()).contains("NURSE");
        }
        assertThat(json(undo(1_000_000)).path("rule").asText()).isEqualTo("UNKNOWN_ACT");
        long closed = act(post(path() + "/acts/close-bed", "{'bed':'202'}"));
        assertThat(undo(closed).statusCode())
                .as("players take back what they did")
                .isEqualTo(200);
        assertThat(json(server.get(path() + "/drill")).path("simulated")).hasSize(1);

        actor = RunningServer.ACTOR;
        assertThat(undo(played).statusCode()).isEqualTo(200);
        assertThat(undo(withdrawn).statusCode()).isEqualTo(200);
        JsonNode drill = json(server.get(path() + "/drill"));
        assertThat(drill.path("simulated").size()).isGreaterThan(1);
        assertThat(drill.path("injects")).hasSize(1);
    }

    @Test
    void shouldLetNobodyButWhoLeadsTakeBackWhatTheDirectorOrAnInjectDid() {
        open("{'title':'Plan blanc','hospital':'TEST'}");
        long closed = act(post(path() + "/acts/close-bed", "{'bed':'202'}"));
        for (String inject : List.of("'kind':'OUTAGE'", "'kind':'STAFF_SHORTAGE','beds':0", "'kind':'WARD_CLOSED'")) {
            post(
                    path() + "/acts/plan-inject",
                    "{'inject':{'id':'I" + inject.length() + "','due':'2099-01-01T10:00:00Z','service':'CARDIO',"
                            + inject + "}}");
        }
        post(path() + "/drill/step", "{}");
        Eventually.eventually(
                "the ward is closed",
                () -> StreamSupport.stream(
                                json(server.get(path() + "/drill"))
                                        .path("injects")
                                        .spliterator(),
                                false)
                        .noneMatch(inject -> inject.path("doneAt").isNull()));
        long blocked = lastAct("BedBlocked");
        long shortage = lastAct("StaffedCapacityChanged");
        long ward = lastAct("BedClosed");
        assertThat(ward).as("closed by the inject").isNotEqualTo(closed);

        actor = "name=Bob; role=NURSE";
        for (long directed : List.of(closed, blocked, shortage, ward)) {
            assertThat(acts())
                    .filteredOn(act -> act.path("act").asLong() == directed)
                    .singleElement()
                    .matches(act -> act.path("directed").asBoolean());
            assertThat(undo(directed).statusCode()).isEqualTo(403);
        }
        actor = RunningServer.ACTOR;
        for (long directed : List.of(ward, shortage, blocked, closed)) {
            assertThat(undo(directed).statusCode()).isEqualTo(200);
        }
    }

    /** Which did things to beds that any player may do. */
    @Test
    void shouldLetNoPlayerTakeBackAnInjectOfALeaderWhoDidNotOpenTheDrill() {
        open("{'title':'Plan blanc','hospital':'TEST'}");
        actor = "name=Anne; role=BED_MANAGER";
        assertThat(planned("W", "'kind':'WARD_CLOSED','service':'CARDIO'").statusCode())
                .isEqualTo(200);
        long done = act(post(path() + "/acts/complete-inject", "{'inject':'W'}"));
        actor = "name=Bob; role=NURSE";

        assertThat(undo(done).statusCode()).isEqualTo(403);
        assertThat(bed("101").path("state").asText()).isEqualTo("CLOSED");
    }

    private List<JsonNode> acts() {
        JsonNode acts = json(server.get(path() + "/acts")).path("acts");
        return StreamSupport.stream(acts.spliterator(), false).toList();
    }

    private long lastAct(String type) {
        return acts().stream()
                .filter(act -> act.path("events").findValuesAsText("type").contains(type))
                .findFirst()
                .orElseThrow()
                .path("act")
                .asLong();
    }

    private HttpResponse<String> undo(long act) {
        return post(path() + "/acts/undo-act", "{'act':" + act + ",'reason':'erreur'}");
    }

    private static long act(HttpResponse<String> done) {
        assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
        return json(done).path("act").asLong();
    }

    @Test
    void shouldLimitHowFastADrillRunsAndHowLongItMayBeForADebrief() {
        open("{'title':'Plan blanc','hospital':'TEST'}");

        assertThat(speed(601)).isEqualTo(400);
        assertThat(speed(600)).isEqualTo(200);
        post(
                path() + "/acts/plan-inject",
                "{'inject':{'id':'I1','due':'2099-01-01T10:00:00Z','kind':'MESSAGE','text':'Bien plus tard'}}");
        post(path() + "/drill/step", "{}");
        HttpResponse<String> refused = server.get(path() + "/drill/debrief");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(json(refused).path("detail").asText()).contains("14 of its days");
    }

    /** As they were on screen: whatever raised them, and until when. */
    @Test
    void shouldTellOfTheCardsThatThePlayersScreensAskedForInTheRoomAndInTheDebrief() {
        admit("S1", "101");
        open("{'title':'Plan blanc','hospital':'TEST'}");
        staff(0);
        Eventually.eventually(
                "what the screens ask for is told in the room",
                () -> !asked().isEmpty() && asked().equals(told("/drill", "cardDelays", "alert")));
        Map<String, String> shown = asked();
        Instant begun = Instant.parse(
                json(server.get(path() + "/drill")).path("begunAt").asText());
        assertThat(told("/drill/debrief", "cards", "alert")).isEqualTo(shown);
        String card = shown.keySet().iterator().next();

        post(
                path() + "/acts/plan-inject",
                "{'inject':{'id':'I1','due':'" + begun.plus(3, ChronoUnit.HOURS)
                        + "','kind':'MESSAGE','text':'Bien plus tard'}}");
        assertThat(post(path() + "/acts/acknowledge-action-card", "{'card':'" + card + "'}")
                        .statusCode())
                .isEqualTo(200);
        post(path() + "/drill/step", "{}");
        staff(3);
        Eventually.eventually(
                "the others wait for nobody any more",
                () -> asked().isEmpty() && told("/drill", "cardDelays", "fell").size() == shown.size() - 1);
        assertThat(told("/drill", "cardDelays", "fell")).doesNotContainKey(card);
        assertThat(told("/drill", "cardDelays", "takenOn")).containsOnlyKeys(card);
        assertThat(told("/drill", "cardDelays", "alert")).isEqualTo(shown);
    }

    /** Whoever opened the drill's crisis room first: the room reads less of the journal than the debrief does. */
    @Test
    void shouldTellInTheRoomAsInTheDebriefWhoTookCardsOnBeforeTheDrill() {
        admit("S1", "101");
        for (String card : List.of("surge-beds", "crisis-cell")) {
            assertThat(server.act("acknowledge-action-card", "{'card':'" + card + "'}")
                            .statusCode())
                    .isEqualTo(200);
        }
        open("{'title':'Plan blanc','hospital':'TEST'}");
        assertThat(post(path() + "/acts/close-action-card", "{'card':'crisis-cell','note':'réunie'}")
                        .statusCode())
                .isEqualTo(200);
        staff(0);
        Eventually.eventually(
                "what the screens ask for is kept",
                () -> asked().containsKey("surge-beds")
                        && told("/drill/debrief", "cards", "alert").keySet().containsAll(asked().keySet()));

        JsonNode cards = json(server.get(path() + "/drill")).path("cardDelays");
        assertThat(cards).isEqualTo(json(server.get(path() + "/drill/debrief")).path("cards"));
        Instant begun = Instant.parse(
                json(server.get(path() + "/drill")).path("begunAt").asText());
        assertThat(cards)
                .filteredOn(card -> card.path("card").asText().equals("surge-beds"))
                .singleElement()
                .matches(card -> Instant.parse(card.path("takenOn").asText()).isBefore(begun))
                .matches(card -> card.path("by").asText().equals("Zoé Martin"));
        assertThat(told("/drill", "cardDelays", "takenOn"))
                .as("it was closed before it was asked for, and waits for somebody anew")
                .doesNotContainKey("crisis-cell");
    }

    @Test
    void shouldRefuseInjectsThatAreMoreOrLessThanTheyMayBe() {
        open("{'title':'Plan blanc','hospital':'TEST'}");
        String victims = "'kind':'VICTIMS','victims':{'absolute':%s,'relative':0,'involved':0,'minutes':%s}";
        String staff = "'kind':'STAFF_SHORTAGE','service':'CARDIO','beds':%s,'minutes':%s";
        String share = "'kind':'MESSAGE','text':'vu','ordinary':{'emergencies':%s,'electives':%s,'minutes':%s}";
        String[][] wrong = {
            {"victims", victims.formatted(501, 0)},
            {"victims", victims.formatted(-1, 0)},
            {"victims", victims.formatted(1, 10_081)},
            {"beds", staff.formatted(10_001, 60)},
            {"beds", staff.formatted(-1, 60)},
            {"minutes", staff.formatted(1, 0)},
            {"minutes", staff.formatted(1, 86_401)},
            {"ordinary", share.formatted("1.01", 1, 60)},
            {"ordinary", share.formatted(1, "-0.01", 60)},
            {"ordinary", share.formatted(1, 1, 86_401)},
        };
        for (String[] one : wrong) {
            HttpResponse<String> refused = planned("W", one[1]);
            assertThat(refused.statusCode()).as(one[1]).isEqualTo(400);
            assertThat(json(refused).path("errors"))
                    .as(refused.body())
                    .isNotEmpty()
                    .allMatch(error -> error.path("field").asText().startsWith("/inject/" + one[0]))
                    .allMatch(error -> !error.path("message").asText().isBlank());
        }
        HttpResponse<String> together =
                planned("W", victims.formatted(300, 0).replace("'relative':0", "'relative':201"));
        assertThat(together.statusCode()).isEqualTo(409);
        assertThat(json(together).at("/about/member").asText()).isEqualTo("victims");
        assertThat(json(planned("W", "'kind':'MESSAGE','text':'" + "x".repeat(501) + "'"))
                        .path("rule")
                        .asText())
                .isEqualTo("TEXT_TOO_LONG");
        assertThat(json(planned("W", "'kind':'MESSAGE','text':'vu','minutes':60"))
                        .at("/about/member")
                        .asText())
                .as("a message does not last")
                .isEqualTo("minutes");

        List<String> right = List.of(
                victims.formatted(500, 10_080),
                staff.formatted(10_000, 1),
                staff.formatted(0, 86_400),
                share.formatted(0, 1, 86_400),
                "'kind':'MESSAGE','text':'" + "x".repeat(500) + "'");
        for (int i = 0; i < right.size(); i++) {
            assertThat(planned("I" + i, right.get(i)).statusCode())
                    .as(right.get(i))
                    .isEqualTo(200);
        }
        assertThat(json(server.get(path() + "/drill")).path("injects")).hasSize(right.size());
    }

    private HttpResponse<String> planned(String id, String what) {
        return post(
                path() + "/acts/plan-inject",
                "{'inject':{'id':'" + id + "','due':'2099-01-01T10:00:00Z'," + what + "}}");
    }

    /** In the room: until when it goes on, and that it is over. The clock is set forward to the end as to a beginning. */
    @Test
    void shouldOpenAWardAgainWhenTheDirectorSetsTheClockForwardToItsEndOrSaysSo() {
        open("{'title':'Plan blanc','hospital':'TEST'}");
        String closes = "'kind':'WARD_CLOSED','service':'CARDIO'";
        assertThat(planned("I1", closes + ",'minutes':90").statusCode()).isEqualTo(200);
        post(path() + "/drill/step", "{}");
        Eventually.eventually(
                "the ward is closed", () -> bed("101").path("state").asText().equals("CLOSED"));
        assertThat(inject("I1").path("inForce").asBoolean()).isTrue();
        assertThat(inject("I1").path("until").asText()).isEqualTo("2099-01-01T11:30:00Z");

        assertThat(json(post(path() + "/drill/step", "{}")).path("now").asText())
                .isEqualTo("2099-01-01T11:30:00Z");
        Eventually.eventually(
                "the ward is open", () -> bed("101").path("state").asText().equals("READY"));
        assertThat(inject("I1").path("endedAt").asText()).isEqualTo("2099-01-01T11:30:00Z");
        assertThat(inject("I1").path("inForce").asBoolean()).isFalse();

        planned("I2", closes);
        post(path() + "/acts/complete-inject", "{'inject':'I2'}");
        assertThat(bed("101").path("state").asText()).isEqualTo("CLOSED");
        actor = "name=Bob; role=NURSE";
        assertThat(post(path() + "/acts/end-inject", "{'inject':'I2'}").statusCode())
                .isEqualTo(403);
        actor = RunningServer.ACTOR;
        assertThat(post(path() + "/acts/end-inject", "{'inject':'I2'}").statusCode())
                .isEqualTo(200);
        assertThat(bed("101").path("state").asText()).isEqualTo("READY");
        assertThat(json(post(path() + "/acts/end-inject", "{'inject':'I2'}"))
                        .path("rule")
                        .asText())
                .isEqualTo("INJECT_NOT_IN_FORCE");
    }

    private JsonNode inject(String id) {
        JsonNode injects = json(server.get(path() + "/drill")).path("injects");
        return StreamSupport.stream(injects.spliterator(), false)
                .filter(planned -> planned.at("/inject/id").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldTellWhoFollowsTensionNothingAnewWhileADrillIsPausedAndNothingHappens() throws InterruptedException {
        open("{'title':'Plan blanc','hospital':'TEST'}");
        LiveBoardTest.Page page = new LiveBoardTest.Page();
        server.follow(path().substring(HOSPITAL.length()) + "/live/tension", page);
        post(path() + "/acts/close-bed", "{'bed':'202'}");
        long closed = json(server.get(path() + "/board")).path("sequence").asLong();
        while (page.next("snapshot").path("value").path("sequence").asLong() < closed) {}

        List<String> heard = new ArrayList<>();
        while (Collections.frequency(heard, "heartbeat") < 3) {
            heard.add(Objects.requireNonNull(page.heard.poll(1, TimeUnit.MINUTES), "a heartbeat comes every 2 s")
                    .path("type")
                    .asText());
        }

        assertThat(heard).containsOnly("heartbeat");
    }

    private void staff(int beds) {
        for (String service : List.of("CARDIO", "MEDECINE")) {
            assertThat(post(path() + "/acts/set-staffed-capacity", "{'service':'" + service + "','beds':" + beds + "}")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    /** When each card was raised that the tension screen asks for. */
    private Map<String, String> asked() {
        return times(json(server.get(path() + "/tension")).path("cards"), "id", "raisedAt");
    }

    private Map<String, String> told(String what, String list, String time) {
        return times(json(server.get(path() + what)).path(list), "card", time);
    }

    private static Map<String, String> times(JsonNode cards, String id, String time) {
        Map<String, String> times = new TreeMap<>();
        for (JsonNode card : cards) {
            if (!card.path(time).isNull()) {
                times.put(card.path(id).asText(), card.path(time).asText());
            }
        }
        return times;
    }

    @Test
    void shouldTakeAStreamThatOnlyHasADrillsIdForAHospitalThatNobodyNames() {
        server.close();
        HospitalId real = new HospitalId("NORD-exercice-3");
        try (JdbcJournal journal = JdbcJournal.sqlite(folder.resolve("data"))) {
            Recorded first = Objects.requireNonNull(journal.find(new HospitalId("TEST"), 1));
            journal.append(List.of(new Journal.Batch(real, List.of(new Journal.Entry(first, null)))));
        }

        server = RunningServer.start(folder);

        assertThat(json(server.get("/api/v1/hospitals")).path("hospitals")).hasSize(1);
        server.close();
        try (JdbcJournal journal = JdbcJournal.sqlite(folder.resolve("data"))) {
            assertThat(journal.lastSequence(real)).isEqualTo(1);
            assertThatThrownBy(() -> JournalHospitals.check(journal, List.of(new HospitalId("SUD")), Set.of()))
                    .hasMessageContaining(real.value());
        }
    }

    private int speed(int speed) {
        return server.send(server.request(path() + "/clock")
                        .header("Content-Type", "application/json")
                        .header(ActorHandler.HEADER, actor)
                        .PUT(BodyPublishers.ofString("{\"speed\":" + speed + "}")))
                .statusCode();
    }

    private void admit(String stay, String bed) {
        assertThat(server.act(
                                "register-stay",
                                "{'stay':'" + stay + "','patient':" + PATIENT + ",'needs':" + NEEDS
                                        + ",'patientClass':'INPATIENT'}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.act("admit-stay", "{'stay':'" + stay + "','bed':'" + bed + "'}")
                        .statusCode())
                .isEqualTo(200);
    }

    private String path() {
        return "/api/v1/hospitals/" + drill;
    }

    private void open(String body) {
        HttpResponse<String> asked = post("/api/v1/drills", body);
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(202);
        drill = json(asked).path("id").asText();
        Eventually.eventually(
                "the drill is open", () -> server.get(path() + "/board").statusCode() == 200);
    }

    private HttpResponse<String> post(String path, String body) {
        return server.send(server.request(path)
                .header("Content-Type", "application/json")
                .header(ActorHandler.HEADER, actor)
                .POST(BodyPublishers.ofString(body.replace('\'', '"'))));
    }

    private JsonNode bed(String id) {
        return json(server.get(path() + "/beds/" + id)).path("bed");
    }
}
