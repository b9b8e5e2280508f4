package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.chevet.web.RunningServer.HOSPITAL;
import static org.chevet.web.RunningServer.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.chevet.archive.JournalFork;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.JdbcJournal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrillsTest {
    private static final String DRILL = HOSPITAL + "-exercice-1";
    private static final String PATIENT =
            "{'identifier':'IPP-1','familyName':'Durand-Secret','givenName':'Aline','sex':'FEMALE','birthDate':'1950-05-17'}";
    private static final String NEEDS =
            "{'specialty':'cardiologie','levelOfCare':'ACUTE','isolation':'NONE','sex':'FEMALE',"
                    + "'ageYears':70,'equipmentRequired':[],'equipmentPreferred':[],'singleRoom':'INDIFFERENT'}";

    private final Path folder;
    private RunningServer server;

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

        JsonNode board = json(server.get(DRILL + "/board"));
        assertThat(board.path("hospital").path("name").asText()).startsWith("EXERCICE · ");
        assertThat(board.path("hospital").path("drill").asText()).isEqualTo("Plan blanc");
        assertThat(board.path("clock").path("paused").asBoolean()).isTrue();
        assertThat(board.path("clock").path("adjustable").asBoolean()).isTrue();
        assertThat(board.path("feeds")).isEmpty();
        assertThat(bed("101").path("stays").path(0).path("id").asText()).isEqualTo("S1");

        assertThat(post(DRILL + "/acts/close-bed", "{'bed':'202'}").statusCode())
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
                .containsExactly(tuple("TEST", false), tuple("TEST-exercice-1", true));
        admit("S1", "101");
        HttpResponse<String> refused =
                server.act("ask-interhospital-transfer", "{'stay':'S1','hospital':'TEST-exercice-1','priority':2}");
        assertThat(json(refused).path("rule").asText()).isEqualTo("UNKNOWN_HOSPITAL");
    }

    @Test
    void shouldBeWhereItWasAfterARestartAndGoneWhenItIsEnded() {
        admit("S1", "101");
        open("{'title':'Plan blanc','hospital':'TEST'}");
        assertThat(post(DRILL + "/acts/plan-inject", """
                                {'inject':{'id':'I1','due':'2099-01-01T10:00:00Z','kind':'MESSAGE','text':'Le SAMU appelle'}}""").statusCode()).isEqualTo(200);
        assertThat(json(post(DRILL + "/drill/step", "{}")).path("now").asText()).isEqualTo("2099-01-01T10:00:00Z");
        server.close();
        try (JdbcJournal journal = JdbcJournal.sqlite(folder.resolve("data"))) {
            HospitalId real = new HospitalId("TEST");
            // A copy that was cut off.
            JournalFork.copy(journal, real, 1, real.drill(2), copied -> {});
        }

        server = RunningServer.start(folder);

        JsonNode drills = json(server.get("/api/v1/drills"));
        assertThat(drills.path("drills")).hasSize(1);
        assertThat(drills.path("drills").path(0).path("title").asText()).isEqualTo("Plan blanc");
        JsonNode drill = json(server.get(DRILL + "/drill"));
        assertThat(drill.path("director").asText()).isEqualTo("Zoé Martin");
        assertThat(drill.path("injects").path(0).path("inject").path("text").asText())
                .isEqualTo("Le SAMU appelle");
        assertThat(json(server.get(DRILL + "/board"))
                        .path("clock")
                        .path("paused")
                        .asBoolean())
                .isTrue();

        assertThat(post(DRILL + "/drill/end", "{}").statusCode()).isEqualTo(200);
        assertThat(server.get(DRILL + "/board").statusCode()).isEqualTo(404);
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
        assertThat(json(server.get(DRILL + "/board")).path("clock").path("now").asText())
                .isEqualTo(then);
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

    private void open(String body) {
        HttpResponse<String> asked = post("/api/v1/drills", body);
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(202);
        Eventually.eventually(
                "the drill is open", () -> server.get(DRILL + "/board").statusCode() == 200);
    }

    private HttpResponse<String> post(String path, String body) {
        return server.send(server.request(path)
                .header("Content-Type", "application/json")
                .header(ActorHandler.HEADER, RunningServer.ACTOR)
                .POST(BodyPublishers.ofString(body.replace('\'', '"'))));
    }

    private JsonNode bed(String id) {
        return json(server.get(DRILL + "/beds/" + id)).path("bed");
    }
}
