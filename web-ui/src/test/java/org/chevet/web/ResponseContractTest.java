package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chevet.web.RunningServer.HOSPITAL;
import static org.chevet.web.RunningServer.json;

import ca.uhn.hl7v2.DefaultHapiContext;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.validation.ResponseValidator;
import io.vertx.openapi.validation.ValidatableResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the server answers is what the contract says it answers. */
@Timeout(120)
class ResponseContractTest {
    private static final Instant SOON = Instant.now().plus(Duration.ofDays(1));
    private static final String NEEDS =
            "{'specialty':'cardiologie','levelOfCare':'ACUTE','isolation':'CONTACT','sex':'FEMALE','ageYears':70,"
                    + "'equipmentRequired':['scope'],'equipmentPreferred':[],'singleRoom':'INDIFFERENT'}";

    @Test
    void shouldAnswerAsTheContractSays(@TempDir Path folder) throws Exception {
        Vertx vertx = Vertx.vertx();
        try (RunningServer server = RunningServer.start(folder)) {
            OpenAPIContract contract =
                    ChevetServer.await(OpenAPIContract.from(vertx, Contract.parsed(yaml())), "contract");
            ResponseValidator validator = ResponseValidator.create(vertx, contract);
            fill(server);
            String drill = openDrill(server);
            String quarantined = json(server.get(HOSPITAL + "/quarantine"))
                    .path("messages")
                    .path(0)
                    .path("id")
                    .asText();
            assertThat(quarantined).isNotEmpty();
            Map<String, String> addresses = new TreeMap<>(Map.of(
                    "listHospitals", "/api/v1/hospitals",
                    "getBoard", HOSPITAL + "/board",
                    "getServiceBoard", HOSPITAL + "/services/CARDIO/board",
                    "getStay", HOSPITAL + "/stays/S1",
                    "getBed", HOSPITAL + "/beds/101",
                    "getOccupants", HOSPITAL + "/beds/101/occupants?at=2026-01-01T00:00:00Z",
                    "listActs", HOSPITAL + "/acts",
                    "listQuarantine", HOSPITAL + "/quarantine",
                    "getQuarantined", HOSPITAL + "/quarantine/" + quarantined,
                    "listEvents", HOSPITAL + "/events"));
            addresses.put("listServices", HOSPITAL + "/services");
            addresses.put("getOccupancy", HOSPITAL + "/occupancy");
            addresses.put("getTension", HOSPITAL + "/tension");
            addresses.put("getIndicators", HOSPITAL + "/indicators?days=35");
            addresses.put("getGroup", "/api/v1/group");
            addresses.put("getProposals", HOSPITAL + "/requests/R1/proposals");
            addresses.put("getCascade", HOSPITAL + "/requests/R1/cascade");
            addresses.put("getQueuePlan", HOSPITAL + "/queue-plan");
            addresses.put("getStayPlan", HOSPITAL + "/stay-plan?nights=7");
            addresses.put("getForecast", HOSPITAL + "/forecast");
            String asked = json(post(server, HOSPITAL + "/futures", """
                            {'given':[],'measures':[{'service':'CARDIO','beds':1,'electivesCancelled':0,
                            'dischargesAdvanced':0,'influx':0,'influxHours':1}]}""", 202))
                    .path("id")
                    .asText();
            addresses.put("getFutures", HOSPITAL + "/futures/" + asked);
            addresses.put("getBedForRequest", HOSPITAL + "/requests/R1/beds/101");
            addresses.put("getLayoutFile", HOSPITAL + "/layout");
            addresses.put("listDrills", "/api/v1/drills");
            addresses.put("getDrill", drill + "/drill");
            addresses.put("getDrillBoard", drill + "/drill/board?at=2026-01-01T00:00:00Z");
            addresses.put("getDebrief", drill + "/drill/debrief");
            TreeSet<String> reads = new TreeSet<>();
            contract.operations().stream()
                    .filter(operation -> operation.getHttpMethod().name().equals("GET"))
                    .forEach(operation -> reads.add(operation.getOperationId()));
            assertThat(addresses.keySet()).containsExactlyElementsOf(reads);
            for (Map.Entry<String, String> address : addresses.entrySet()) {
                check(validator, address.getKey(), server.get(address.getValue()), 200);
            }
            check(validator, "getStay", server.get(HOSPITAL + "/stays/NONE"), 404);
            check(validator, "OpenBed", server.act("open-bed", "{'bed':'nowhere'}"), 409);
            check(validator, "OpenBed", server.act("open-bed", "{'lit':'nowhere'}"), 400);
            check(
                    validator,
                    "SetStaffedCapacity",
                    server.act("set-staffed-capacity", "{'service':'CARDIO','beds':3}"),
                    200);
        } finally {
            vertx.close();
        }
    }

    /** From two months of stays, with a record that has something to compare with. */
    @Test
    void shouldForeseeAsTheContractSays(@TempDir Path folder) throws Exception {
        Vertx vertx = Vertx.vertx();
        String configuration = RunningServer.configure(folder, 0).toString();
        String stays = HistoryCommandTest.stays(folder, 60).toString();
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        String[] imports = {"history", "import", "--config", configuration, stays};
        assertThat(Main.run(imports, nowhere, nowhere)).isZero();
        try (RunningServer server = RunningServer.start(folder)) {
            OpenAPIContract contract =
                    ChevetServer.await(OpenAPIContract.from(vertx, Contract.parsed(yaml())), "contract");
            ResponseValidator validator = ResponseValidator.create(vertx, contract);
            HttpResponse<String> forecast = server.get(HOSPITAL + "/forecast");
            check(validator, "getForecast", forecast, 200);
            for (String part : new String[] {
                "/series/1/entries/mean/0", "/poles/0/median/0", "/series/1/past/0", "/record/2/skill/4"
            }) {
                assertThat(json(forecast).at(part).isNumber()).as(part).isTrue();
            }
            String whatIf = "{'changes':[{'service':'CARDIO','beds':1,'electivesCancelled':1,"
                    + "'dischargesAdvanced':1,'influx':2,'influxHours':6}]}";
            check(validator, "askWhatIf", post(server, HOSPITAL + "/forecast/what-if", whatIf, 200), 200);
        } finally {
            vertx.close();
        }
    }

    /** With a casualty who has come. @return its address */
    private static String openDrill(RunningServer server) {
        String id = json(post(
                        server,
                        "/api/v1/drills",
                        "{'title':'Essai','hospital':'TEST','scenario':'mass-casualties'}",
                        202))
                .path("id")
                .asText();
        String drill = "/api/v1/hospitals/" + id;
        Eventually.eventually(
                "the drill is open", () -> server.get(drill + "/drill").statusCode() == 200);
        String now = json(server.get(drill + "/drill")).path("now").asText();
        post(
                server,
                drill + "/acts/plan-inject",
                "{'inject':{'id':'I1','due':'" + now + "','kind':'VICTIMS',"
                        + "'victims':{'absolute':1,'relative':0,'involved':0,'minutes':0}}}",
                200);
        Eventually.eventually(
                "somebody has come",
                () -> !json(server.get(drill + "/drill")).path("victims").isEmpty());
        return drill;
    }

    private static HttpResponse<String> post(RunningServer server, String path, String body, int status) {
        HttpResponse<String> answer = server.send(server.request(path)
                .header("Content-Type", "application/json")
                .header(ActorHandler.HEADER, RunningServer.ACTOR)
                .POST(BodyPublishers.ofString(body.replace('\'', '"'))));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return answer;
    }

    /** Something of everything that answers carry. */
    private static void fill(RunningServer server) throws Exception {
        for (String stay : new String[] {"S1", "S2", "S3"}) {
            done(server.act(
                    "register-stay",
                    "{'stay':'" + stay + "','patient':{'identifier':'I','familyName':'Durand','givenName':'Zoé',"
                            + "'sex':'FEMALE','birthDate':'1950-05-17'},'needs':" + NEEDS
                            + ",'patientClass':'INPATIENT'}"));
        }
        done(server.act(
                "register-stay",
                "{'stay':'E1','patient':{'sex':'MALE'},'needs':" + NEEDS.replace("CONTACT", "PROTECTIVE")
                        + ",'patientClass':'INPATIENT','expectedArrival':'" + SOON + "'}"));
        done(server.act(
                "admit-stay",
                "{'stay':'S1','bed':'101','override':{'reason':'CRISIS','rules':['equipment','isolation']}}"));
        done(server.act("admit-stay", "{'stay':'S2','service':'MEDECINE'}"));
        done(server.act("plan-discharge", "{'stay':'S1','expected':'" + SOON + "'}"));
        done(server.act("set-medically-ready", "{'stay':'S1','ready':true}"));
        done(server.act("set-barrier", "{'stay':'S1','kind':'FAMILY'}"));
        done(server.act(
                "set-barrier",
                "{'stay':'S1','kind':'HOME_CARE','owner':'Mme Petit','note':'HAD','expectedEnd':'" + SOON + "'}"));
        done(server.act(
                "request-bed",
                "{'request':'R1','origin':'ELECTIVE','needs':" + NEEDS.replace("'scope'", "")
                        + ",'priority':2,'note':'à droite','expectedLength':'P3D'}"));
        done(server.act(
                "reserve-bed",
                "{'request':'R1','bed':'103','until':'" + SOON
                        + "','override':{'reason':'CRISIS','rules':['isolation']}}"));
        done(server.act("request-cleaning", "{'bed':'102','contaminated':true}"));
        done(server.act(
                "block-bed", "{'bed':'201','reason':'MAINTENANCE','note':'fuite','expectedEnd':'" + SOON + "'}"));
        done(server.act("close-bed", "{'bed':'202'}"));
        try (var context = new DefaultHapiContext()) {
            var connection = context.newClient("127.0.0.1", server.mllpPort(), false);
            connection
                    .getInitiator()
                    .sendAndReceive(context.getPipeParser()
                            .parse("MSH|^~\\&|PAS|CHU|CHEVET|CHU|20260101120000||ADT^A01^ADT_A01|Q1|P|2.5\r"
                                    + "EVN||20260101120000\rPID|1||1^^^CHU^PI||A^B\rPV1|1|I|3110\r"));
            connection
                    .getInitiator()
                    .sendAndReceive(context.getPipeParser()
                            .parse("MSH|^~\\&|PAS|CHU|CHEVET|CHU|20260101120000||ADT^A01^ADT_A01|Q2|P|2.5\r"
                                    + "EVN||20260101120000\rPID|1||2^^^CHU^PI||C^D\r"
                                    + "PV1|1|I|NOWHERE^1^1||||||||||||||||V9\r"));
            connection.close();
        }
        assertThat(server.board().path("anomalies")).isNotEmpty();
        assertThat(server.board().path("quarantine").path(0).at("/cause/code").asText())
                .isEqualTo("FIELD_MISSING");
        assertThat(server.board()
                        .path("quarantine")
                        .path(0)
                        .at("/cause/details/field")
                        .asText())
                .isEqualTo("PV1-19");
    }

    private static void done(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    private static void check(
            ResponseValidator validator, String operation, HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(operation + " " + response.body()).isEqualTo(status);
        ValidatableResponse answer =
                ValidatableResponse.create(status, Buffer.buffer(response.body()), "application/json");
        try {
            ChevetServer.await(validator.validate(answer, operation), operation);
        } catch (StartException broken) {
            throw new AssertionError(
                    operation + " answered what the contract does not say: " + response.body(), broken);
        }
    }

    private static String yaml() throws IOException {
        try (InputStream file = Objects.requireNonNull(WebServer.class.getResourceAsStream("openapi.yaml"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
