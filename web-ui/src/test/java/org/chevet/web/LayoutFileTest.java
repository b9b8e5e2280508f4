package org.chevet.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.chevet.web.RunningServer.HOSPITAL;
import static org.chevet.web.RunningServer.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;
import org.chevet.hospital.BedId;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.file.HospitalFile;
import org.chevet.journal.JdbcJournal;
import org.chevet.journal.Journal;
import org.chevet.runtime.Answer;
import org.chevet.runtime.Engine;
import org.chevet.runtime.HospitalClock;
import org.chevet.runtime.HospitalWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hospital's file is edited while Chevet runs. */
class LayoutFileTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Path file = Path.of("");
    private @Nullable RunningServer started;

    @BeforeEach
    void start(@TempDir Path folder) {
        started = RunningServer.start(folder);
        file = folder.resolve("hospital.yaml");
    }

    @AfterEach
    void stop() {
        server().close();
    }

    @Test
    void shouldTakeUpByItselfWhatTakesNoBedFromAnybody() throws IOException {
        edit("      - {id: \"102\"}", "      - {id: \"102\", beds: [P, F]}");
        edit("name: Cardiologie\n    spec", "name: Cardiologie et rythmologie\n    spec");

        await(() -> {
            JsonNode board = server().board();
            String service = board.path("services").path(0).path("name").asText();
            String state = board.path("layoutFile").path("state").asText();
            return service.equals("Cardiologie et rythmologie") && state.equals("CURRENT");
        });
        assertThat(server().bed("102P").path("state").asText()).isEqualTo("READY");
        assertThat(server().get(HOSPITAL + "/beds/102").statusCode()).isEqualTo(404);
        assertThat(server().get("/metrics").body())
                .contains("chevet_beds{hospital=\"TEST\",service=\"CARDIO\",state=\"ready\"} 6.0");
    }

    @Test
    void shouldChangeNothingForAFileWithMistakesAndTellAllOfThem() throws IOException {
        edit("  - id: MEDECINE", "  - id: \"MEDE CINE\"");
        edit("      - {id: \"201\"}", "      - {id: \"201\", isolation: PERHAPS}");
        await(() -> server().board().path("layoutFile").path("mistakes").asInt() == 2);

        JsonNode told = json(server().get(HOSPITAL + "/layout"));
        assertThat(told.path("problems").findValuesAsText("path"))
                .hasSize(2)
                .anyMatch(path -> path.contains("rooms[0]"));
        assertThat(told.path("problems").path(0).path("line").asInt()).isPositive();
        assertThat(told.has("change")).isFalse();
        HttpResponse<String> refused = reload(told.path("digest").asText(), RunningServer.ACTOR);
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(json(refused).path("errors")).hasSize(2);
        assertThat(server().bed("201").path("state").asText()).isEqualTo("READY");
        assertThat(server().board().path("layoutFile").path("state").asText()).isEqualTo("WRONG");
    }

    @Test
    void shouldRefuseAnotherHospitalsFile() throws IOException {
        edit("id: TEST", "id: OTHER");
        await(() -> server().board().path("layoutFile").path("state").asText().equals("WRONG"));

        assertThat(json(server().get(HOSPITAL + "/layout"))
                        .path("problems")
                        .path(0)
                        .path("message")
                        .asText())
                .contains("OTHER")
                .contains("TEST");
        assertThat(server().get(HOSPITAL + "/board").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldWaitForAPersonBeforeAPatientLosesTheirBed() throws IOException {
        admit("S1", "201");
        edit("      - {id: \"201\"}\n", "");
        await(() -> server().board().path("layoutFile").path("stranded").asInt() == 1);

        JsonNode told = json(server().get(HOSPITAL + "/layout"));
        assertThat(told.path("change").path("beds").path("removed").path(0).asText())
                .isEqualTo("201");
        assertThat(told.path("stranded").path(0).path("stay").asText()).isEqualTo("S1");
        assertThat(server().bed("201").path("state").asText()).isEqualTo("OCCUPIED");

        String digest = told.path("digest").asText();
        assertThat(reload(digest, "name=Zo%C3%A9; role=NURSE").statusCode()).isEqualTo(403);
        assertThat(reload("0".repeat(64), RunningServer.ACTOR).statusCode()).isEqualTo(409);
        HttpResponse<String> applied = reload(digest, RunningServer.ACTOR);
        assertThat(applied.statusCode()).as(applied.body()).isEqualTo(200);
        assertThat(json(applied).path("stranded").path(0).path("bed").asText()).isEqualTo("201");
        assertThat(server().get(HOSPITAL + "/beds/201").statusCode()).isEqualTo(404);
        assertThat(server().board().path("anomalies").path(0).path("kind").asText())
                .isEqualTo("BED_REMOVED");
        assertThat(json(server().get(HOSPITAL + "/stays/S1")).path("status").asText())
                .isEqualTo("PRESENT");
    }

    /** As another member of a cluster does whose file differs: each would put its own back for ever. */
    @Test
    void shouldNotPutBackWhatWasAppliedSinceFromElsewhere(@TempDir Path own) throws IOException {
        Path ours = Files.copy(file, own.resolve("ours.yaml"));
        Path theirs = Files.writeString(
                own.resolve("theirs.yaml"),
                Files.readString(file).replace("{id: \"102\"}", "{id: \"102\", beds: [P, F]}"));
        try (Journal journal = JdbcJournal.sqlite(own.resolve("data"));
                Engine engine = new Engine(journal)) {
            HospitalWriter writer = engine.open(read(ours), HospitalClock.wall());
            LayoutFile layout = new LayoutFile(ours, writer, Duration.ofDays(1));
            layout.look();
            layout.look();

            assertThat(writer.redefine(read(theirs)).join()).isInstanceOf(Answer.Done.class);
            layout.look();

            assertThat(layout.status().state()).isEqualTo(LayoutStatus.State.WAITING);
            assertThat(writer.view().bed(new BedId("102P"))).isNotNull();
        }
    }

    private static Hospital read(Path file) {
        if (HospitalFile.read(file) instanceof HospitalFile.Loaded loaded) {
            return loaded.hospital();
        }
        throw new AssertionError(file + " is wrong");
    }

    @Test
    void shouldTakeTheBedOutByItselfOnceNobodyLiesThere() throws IOException {
        admit("S1", "201");
        edit("      - {id: \"201\"}\n", "");
        await(() -> server().board().path("layoutFile").path("stranded").asInt() == 1);

        assertThat(server().act("transfer-stay", "{'stay':'S1','bed':'202'}").statusCode())
                .isEqualTo(200);

        await(() -> server().get(HOSPITAL + "/beds/201").statusCode() == 404);
        assertThat(server().board().path("anomalies")).isEmpty();
    }

    /** A bed that the feed knows and the file does not: mended in the file, replayed, all while running. */
    @Test
    void shouldReplayAMessageOnceItsBedIsInTheFile() throws Exception {
        assertThat(toldToClean("3110^109^109")).contains("MSA|AE|");
        assertThat(toldToClean("3110^110^110")).contains("MSA|AE|");
        JsonNode quarantine = server().board().path("quarantine");
        assertThat(quarantine).hasSize(2);
        assertThat(quarantine.path(0).path("reason").asText()).contains("3110^109^109");
        assertThat(outcomes(replayAll()).findValuesAsText("outcome")).containsExactly("STILL_WRONG", "STILL_WRONG");

        edit("      - {id: \"103\"}\n", "      - {id: \"103\"}\n      - {id: \"109\"}\n");
        await(() -> server().get(HOSPITAL + "/beds/109").statusCode() == 200);

        HttpResponse<String> replayed = replayAll();
        assertThat(outcomes(replayed).findValuesAsText("outcome")).containsExactly("DONE", "STILL_WRONG");
        assertThat(json(replayed).path("left").asInt()).isZero();
        assertThat(outcomes(replayed).path(1).path("reason").asText()).contains("3110^110^110");
        assertThat(server().bed("109").path("state").asText()).isIn("TO_CLEAN", "CLEANING");
        assertThat(server().board().path("quarantine")).hasSize(1);
    }

    @Test
    void shouldReplayOnlyWhatIsAskedFor() throws Exception {
        toldToClean("3110^109^109");
        toldToClean("3110^110^110");
        String second = server().board().path("quarantine").path(1).path("id").asText();

        JsonNode outcomes =
                outcomes(post("/quarantine/replay", "{\"messages\":[\"" + second + "\"]}", RunningServer.ACTOR));

        assertThat(outcomes.findValuesAsText("message")).containsExactly(second);
    }

    private RunningServer server() {
        return Objects.requireNonNull(started);
    }

    private HttpResponse<String> replayAll() {
        return post("/quarantine/replay", "{}", RunningServer.ACTOR);
    }

    private static JsonNode outcomes(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json(response).path("outcomes");
    }

    private HttpResponse<String> reload(String digest, String actor) {
        return post("/layout/reload", "{\"digest\":\"" + digest + "\"}", actor);
    }

    private HttpResponse<String> post(String path, String body, String actor) {
        return server().send(server().request(HOSPITAL + path)
                .header("Content-Type", "application/json")
                .header(ActorHandler.HEADER, actor)
                .POST(BodyPublishers.ofString(body)));
    }

    private void admit(String stay, String bed) {
        String needs = "{'specialty':'medecine','levelOfCare':'ACUTE','isolation':'NONE','sex':'FEMALE','ageYears':70,"
                + "'equipmentRequired':[],'equipmentPreferred':[],'singleRoom':'INDIFFERENT'}";
        String body =
                "{'stay':'" + stay + "','patient':{'sex':'FEMALE'},'needs':" + needs + ",'patientClass':'INPATIENT'}";
        HttpResponse<String> registered = server().act("register-stay", body);
        assertThat(registered.statusCode()).as(registered.body()).isEqualTo(200);
        HttpResponse<String> admitted = server().act("admit-stay", "{'stay':'" + stay + "','bed':'" + bed + "'}");
        assertThat(admitted.statusCode()).as(admitted.body()).isEqualTo(200);
    }

    /** @return the acknowledgement */
    private String toldToClean(String place) throws IOException {
        String message = String.join(
                "\r",
                "MSH|^~\\&|CLEAN|CHU|CHEVET|CHU|20260101120000||ADT^A20^ADT_A20|" + place.hashCode() + "|P|2.5",
                "EVN||20260101120000",
                "NPU|" + place + "|H",
                "");
        try (Socket socket = new Socket("127.0.0.1", server().mllpPort())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(("\u000b" + message + "\u001c\r").getBytes(UTF_8));
            StringBuilder answer = new StringBuilder();
            for (int read = socket.getInputStream().read();
                    read >= 0 && read != 0x1c;
                    read = socket.getInputStream().read()) {
                answer.append((char) read);
            }
            return answer.toString();
        }
    }

    private void edit(String from, String to) throws IOException {
        String before = Files.readString(file);
        assertThat(before).contains(from);
        // As editors do: another file that takes the old one's place.
        Path written = Files.writeString(file.resolveSibling("hospital.yaml~"), before.replace(from, to));
        Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void await(Supplier<Boolean> condition) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!condition.get()) {
            assertThat(Instant.now()).as("it did not come to pass").isBefore(deadline);
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
