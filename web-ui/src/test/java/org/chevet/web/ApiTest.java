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
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ApiTest {
    private static final String NEEDS =
            "{'specialty':'cardiologie','levelOfCare':'ACUTE','isolation':'NONE','sex':'FEMALE',"
                    + "'ageYears':70,'equipmentRequired':[],'equipmentPreferred':[],'singleRoom':'INDIFFERENT'}";
    private static final String PATIENT =
            "{'identifier':'IPP-1','familyName':'Durand-Secret','givenName':'Aline','sex':'FEMALE','birthDate':'1950-05-17'}";

    private @Nullable RunningServer running;

    @BeforeAll
    void start(@TempDir Path folder) {
        running = RunningServer.start(folder);
    }

    @AfterAll
    void stop() {
        server().close();
    }

    /** A day in the life of three stays, through every act; each must be understood, and be what its name says. */
    @Test
    @Order(1)
    void shouldTakeEveryAct() {
        TreeSet<String> left = new TreeSet<>(ActOperations.ACTS.keySet());
        List<String[]> day = List.of(
                new String[] {"RegisterStay", stay("S1")},
                new String[] {"RegisterStay", stay("S2")},
                new String[] {"RegisterStay", stay("S3")},
                new String[] {"RegisterStay", stay("S4")},
                new String[] {"RegisterStay", stay("S5")},
                new String[] {"UpdatePatient", "{'stay':'S1','patient':" + PATIENT.replace("Aline", "Alix") + "}"},
                new String[] {"CancelRegistration", "{'stay':'S4'}"},
                new String[] {"AdmitStay", "{'stay':'S1','bed':'101'}"},
                new String[] {"AdmitStay", "{'stay':'S2','service':'CARDIO'}"},
                new String[] {"TransferStay", "{'stay':'S2','bed':'102'}"},
                new String[] {"SwapStays", "{'first':'S1','second':'S2'}"},
                new String[] {"MergeStays", "{'from':'S5','into':'S3'}"},
                new String[] {"StartLeave", "{'stay':'S1'}"},
                new String[] {"EndLeave", "{'stay':'S1'}"},
                new String[] {"PlanDischarge", "{'stay':'S1','expected':'2099-01-01T10:00:00Z'}"},
                new String[] {"SetMedicallyReady", "{'stay':'S1','ready':true}"},
                new String[] {"SetBarrier", "{'stay':'S1','kind':'HOME_CARE','owner':'Mme Petit','note':'HAD'}"},
                new String[] {"LiftBarrier", "{'stay':'S1','kind':'FAMILY'}"},
                new String[] {"SetAdministrativelyClosed", "{'stay':'S1','closed':true}"},
                new String[] {"ChangeNeeds", "{'stay':'S1','needs':" + NEEDS.replace("'NONE'", "'CONTACT'") + "}"},
                new String[] {"DischargeStay", "{'stay':'S1','ending':'DISCHARGED'}"},
                new String[] {"CancelMovement", "{'stay':'S2','movement':'none','reason':'test'}"},
                new String[] {"RequestBed", request("R1")},
                new String[] {"RequestBed", request("R2")},
                new String[] {"CancelBedRequest", "{'request':'R2','reason':'autre lit'}"},
                new String[] {"ReserveBed", "{'request':'R1','bed':'103','until':'2099-01-01T10:00:00Z'}"},
                new String[] {"ReleaseReservation", "{'bed':'103'}"},
                new String[] {"RefuseBedRequest", "{'request':'R1','bed':'101','reason':'NO_STAFF'}"},
                new String[] {"CounterProposeBed", "{'request':'R1','bed':'103','from':'2098-01-01T10:00:00Z'}"},
                new String[] {"AcceptCounterProposal", "{'request':'R1','until':'2099-01-01T10:00:00Z'}"},
                new String[] {"DeclineCounterProposal", "{'request':'R1','note':'trop tard'}"},
                new String[] {"RequestCleaning", "{'bed':'103','contaminated':true}"},
                new String[] {"StartCleaning", "{'bed':'103'}"},
                new String[] {"FinishCleaning", "{'bed':'103'}"},
                new String[] {"BlockBed", "{'bed':'201','reason':'MAINTENANCE','note':'fuite'}"},
                new String[] {"UnblockBed", "{'bed':'201'}"},
                new String[] {"CloseBed", "{'bed':'202'}"},
                new String[] {"OpenBed", "{'bed':'202'}"},
                new String[] {"SetStaffedCapacity", "{'service':'CARDIO','beds':3}"},
                new String[] {"SetSurgeBeds", "{'service':'CARDIO','beds':1}"},
                new String[] {"AskInterhospitalTransfer", "{'stay':'S2','hospital':'OTHER','priority':2}"},
                new String[] {
                    "OfferInterhospitalTransfer", "{'transfer':'OTHER-1','bed':'103','until':'2099-01-01T10:00:00Z'}"
                },
                new String[] {"DeclineInterhospitalTransfer", "{'transfer':'OTHER-1','reason':'complet'}"},
                new String[] {"AcceptInterhospitalTransfer", "{'transfer':'OTHER-1'}"},
                new String[] {"RecordInterhospitalDeparture", "{'transfer':'OTHER-1'}"},
                new String[] {"RecordInterhospitalArrival", "{'transfer':'OTHER-1','stay':'S9'}"},
                new String[] {
                    "CancelInterhospitalTransfer",
                    "{'transfer':'OTHER-1','reason':'retour','whereabouts':'SENDING_HOSPITAL'}"
                },
                new String[] {"AcknowledgeActionCard", "{'card':'surge-beds'}"},
                new String[] {"CloseActionCard", "{'card':'surge-beds','note':'ouverts'}"},
                new String[] {"SnoozeAlert", "{'alert':'LONG_WAITS:WATCH','until':'2099-01-01T10:00:00Z','reason':'vu'}"
                },
                new String[] {
                    "PlanInject", "{'inject':{'id':'I1','due':'2099-01-01T10:00:00Z','kind':'MESSAGE','text':'vu'}}"
                },
                new String[] {"WithdrawInject", "{'inject':'I1'}"},
                new String[] {"CompleteInject", "{'inject':'I1'}"},
                new String[] {"EndInject", "{'inject':'I1'}"},
                new String[] {"SimulateRoles", "{'roles':['CLEANING']}"},
                new String[] {"ResolveAnomaly", "{'anomaly':'none','note':'vu'}"},
                new String[] {"UndoAct", "{'act':9999,'reason':'erreur'}"},
                new String[] {"DiscardQuarantined", "{'message':'none','reason':'vide'}"});
        for (String[] act : day) {
            HttpResponse<String> response = server().act(kebab(act[0]), act[1]);
            assertThat(response.statusCode()).as(act[0] + " " + response.body()).isIn(200, 409);
            left.remove(act[0]);
        }
        assertThat(left).isEmpty();
        JsonNode stay = json(server().get(HOSPITAL + "/stays/S1"));
        assertThat(stay.path("patient").path("givenName").asText()).isEqualTo("Alix");
        assertThat(stay.path("status").asText()).isEqualTo("ENDED");
        assertThat(stay.path("movements")).isNotEmpty();
        assertThat(stay.at("/barriers/0/kind").asText()).isEqualTo("HOME_CARE");
        assertThat(stay.at("/barriers/0/owner").asText()).isEqualTo("Mme Petit");
        assertThat(server().bed("101").path("stays").path(0).path("id").asText())
                .isEqualTo("S2");
        assertThat(server().bed("102").path("state").asText()).isEqualTo("TO_CLEAN");
        assertThat(server().board()
                        .path("requests")
                        .path(0)
                        .path("expectedLengthMinutes")
                        .asInt())
                .isEqualTo(4_320);
    }

    @Test
    void shouldRefuseATransferToAHospitalThatThereIsNot() {
        HttpResponse<String> answer =
                server().act("ask-interhospital-transfer", "{'stay':'S2','hospital':'NOWHERE','priority':2}");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(json(answer).path("rule").asText()).isEqualTo("UNKNOWN_HOSPITAL");
    }

    @Test
    void shouldShowInitialsOnTheBoardAndNeverAName() {
        server().act("register-stay", stay("S9"));
        server().act("admit-stay", "{'stay':'S9','service':'MEDECINE'}");
        String board = server().get(HOSPITAL + "/board").body();
        assertThat(board).contains("\"initials\":\"D. A.\"").doesNotContain("Durand");
        assertThat(server().get("/metrics").body()).contains("chevet_beds{").doesNotContain("Durand", "S9");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "block-bed | {'bed':'201','reason':'FIRE'} | /reason",
                "block-bed | {'reason':'STAFF'} | /bed",
                "block-bed | {'bed':'201','reason':'STAFF','colour':'red'} | /colour",
                "block-bed | {'bed':'not an id','reason':'STAFF'} | /bed",
                "block-bed | {'bed':'201','reason':'STAFF','expectedEnd':'tomorrow'} | /expectedEnd",
                "set-medically-ready | {'stay':'S1','ready':'yes'} | /ready",
                "set-barrier | {'stay':'S1','kind':'WEATHER'} | /kind",
                "set-staffed-capacity | {'service':'CARDIO','beds':-1} | /beds",
                "cancel-movement | {'stay':'S1','movement':'','reason':'x'} | /movement",
                "undo-act | {'act':0,'reason':'x'} | /act",
                "update-patient | {'stay':'S1','patient':{'sex':'MALE','birthDate':'1950-02-31'}} | /patient/birthDate"
            })
    void shouldNameTheFieldThatIsWrong(String act, String body, String field) {
        HttpResponse<String> response = server().act(act, body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = json(response);
        assertThat(problem.path("type").asText()).isEqualTo("urn:chevet:invalid");
        assertThat(problem.path("errors").size()).as(response.body()).isEqualTo(1);
        assertThat(problem.path("errors").path(0).path("field").asText()).isEqualTo(field);
        assertThat(problem.path("errors").path(0).path("message").asText()).isNotBlank();
    }

    @Test
    void shouldSayWhichRuleRefusesAndWhatToDo() {
        server().act("close-bed", "{'bed':'203P'}");
        HttpResponse<String> response = server().act("close-bed", "{'bed':'nowhere'}");
        assertThat(response.statusCode()).isEqualTo(409);
        JsonNode problem = json(response);
        assertThat(problem.path("type").asText()).isEqualTo("urn:chevet:rule:UNKNOWN_BED");
        assertThat(problem.path("rule").asText()).isEqualTo("UNKNOWN_BED");
        assertThat(problem.path("about").path("bed").asText()).isEqualTo("nowhere");
        assertThat(problem.path("advice").asText()).isNotBlank();
    }

    @Test
    void shouldDoAnActOnceHoweverOftenItsKeyIsSent() {
        HttpResponse<String> first =
                server().send(server().actRequest("close-bed", "{'bed':'203F'}").header("Idempotency-Key", "key-1"));
        HttpResponse<String> second =
                server().send(server().actRequest("close-bed", "{'bed':'203F'}").header("Idempotency-Key", "key-1"));
        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        assertThat(json(second).path("repeated").asBoolean()).isTrue();
        assertThat(json(second).path("act").asLong())
                .isEqualTo(json(first).path("act").asLong());
    }

    @Test
    void shouldTellWhoActed() {
        server().act("set-staffed-capacity", "{'service':'MEDECINE','beds':2}");
        JsonNode newest = json(server().get(HOSPITAL + "/acts")).path("acts").path(0);
        assertThat(newest.path("actor").path("name").asText()).isEqualTo("Zoé Martin");
        assertThat(newest.path("actor").path("role").asText()).isEqualTo("BED_MANAGER");
        assertThat(newest.path("events").path(0).path("type").asText()).isEqualTo("StaffedCapacityChanged");
    }

    @Test
    void shouldPageThroughTheJournalWithoutGaps() {
        long after = 0;
        JsonNode page = json(server().get(HOSPITAL + "/events?limit=2"));
        while (!page.path("events").isEmpty()) {
            for (JsonNode event : page.path("events")) {
                assertThat(event.path("sequence").asLong()).isEqualTo(++after);
            }
            page = json(server().get(HOSPITAL + "/events?limit=2&after=" + after));
        }
        assertThat(after).isGreaterThanOrEqualTo(1);
    }

    @Test
    void shouldAnswerAWhatIfToWhoeverLooks() {
        HttpResponse<String> response = server().send(server().request(HOSPITAL + "/forecast/what-if")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"changes\":[]}")));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    @Test
    void shouldPutOffOnlyWhatCanBeAnAlert() {
        HttpResponse<String> response =
                server().act("snooze-alert", "{'alert':'NADA','until':'2099-01-01T10:00:00Z','reason':'vu'}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(json(response).at("/errors/0/field").asText()).isEqualTo("/alert");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "none",
                "''",
                "role=BED_MANAGER",
                "name=A; role=KING",
                "name=%20; role=NURSE",
                "name=A%0AB; role=NURSE",
                "name=%E9; role=NURSE",
                "name=A; role=NURSE; admin=1",
                "name=%; role=NURSE"
            })
    void shouldRefuseAnActThatNobodySigns(@Nullable String actor) {
        var request = server().request(HOSPITAL + "/acts/close-bed")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"bed\":\"201\"}"));
        HttpResponse<String> response =
                server().send(actor == null ? request : request.header(ActorHandler.HEADER, actor));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(401);
        assertThat(json(response).path("advice").asText()).contains(ActorHandler.HEADER);
    }

    @ParameterizedTest
    @CsvSource({
        "/nowhere, 404",
        "/api/v1/nowhere, 404",
        "/api/v1/hospitals/NONE/board, 404",
        "/api/v1/hospitals/NONE/services/CARDIO/board, 404",
        "/api/v1/hospitals/TEST/services/NONE/board, 404",
        "/api/v1/hospitals/TEST/services/a%20b/board, 400",
        "/api/v1/hospitals/TEST/stays/NONE, 404",
        "/api/v1/hospitals/TEST/beds/NONE, 404",
        "/api/v1/hospitals/TEST/quarantine/NONE, 404",
        "/api/v1/hospitals/TEST/occupancy?service=NONE, 404",
        "/api/v1/hospitals/TEST/occupancy?hours=841, 400",
        "/api/v1/hospitals/TEST/events?limit=1001, 400",
        "/api/v1/hospitals/TEST/beds/101/occupants, 400",
        "/api/v1/hospitals/TEST/acts/close-bed, 405",
        "/api/v1/hospitals/TEST/live, 426",
        "/assets/../openapi.yaml, 404",
        "/assets/%2e%2e/openapi.yaml, 404",
        "/vendor/echarts/../../../logback.xml, 404"
    })
    void shouldAnswerAMistakenAddressWithAProblem(String path, int status) {
        HttpResponse<String> response = server().get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(json(response).path("status").asInt()).isEqualTo(status);
    }

    @Test
    void shouldWantJson() {
        HttpResponse<String> response = server().send(server().request(HOSPITAL + "/acts/close-bed")
                .header("Content-Type", "text/plain")
                .header(ActorHandler.HEADER, RunningServer.ACTOR)
                .POST(BodyPublishers.ofString("{\"bed\":\"201\"}")));
        assertThat(response.statusCode()).isEqualTo(415);
    }

    @Test
    void shouldTakeABodyUpToItsLimitAndNoMore() {
        String body = "{\"bed\":\"nowhere\"}";
        String atLimit = body + " ".repeat(Limits.Http.DEFAULT.bodyBytesMax() - body.length());
        assertThat(server().act("open-bed", atLimit).statusCode()).isEqualTo(409);
        assertThat(server().act("open-bed", atLimit + " ").statusCode()).isEqualTo(413);
    }

    @Test
    void shouldRefuseAnActFromAnotherSitesPage() {
        var foreign = server().actRequest("close-bed", "{'bed':'201'}").header("Origin", "https://evil.example");
        assertThat(server().send(foreign).statusCode()).isEqualTo(403);
        var own = server().actRequest("close-bed", "{'bed':'nowhere'}")
                .header("Origin", "http://127.0.0.1:" + server().port());
        assertThat(server().send(own).statusCode()).isEqualTo(409);
        var allowed =
                server().actRequest("close-bed", "{'bed':'nowhere'}").header("Origin", "https://beds.example.org");
        assertThat(server().send(allowed).statusCode()).isEqualTo(409);
    }

    /** A page whose name was pointed at this machine is no page of ours: it may not even read. */
    @ParameterizedTest
    @CsvSource({
        "evil.example, '', 421",
        "evil.example:8080, '', 421",
        "evil.example, 'Upgrade: websocket|Connection: Upgrade|', 421",
        "localhost, '', 426",
        "beds.example.org, '', 426"
    })
    void shouldAnswerToItsOwnNamesOnly(String host, String headers, int status) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", server().port())) {
            socket.setSoTimeout(10_000);
            String request = "GET " + HOSPITAL + "/live HTTP/1.1\r\nHost: " + host + "\r\n"
                    + headers.replace("|", "\r\n") + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 " + status);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/health/live", "/health/ready", "/metrics", "/api/v1/openapi.yaml"})
    void shouldAnswerThoseWhoOnlyAskForTheHead(String path) {
        HttpResponse<String> response = server().send(server().request(path).HEAD());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @Test
    void shouldTellHowFullAServiceWasHourByHour() {
        server().act("register-stay", stay("S20"));
        server().act(
                        "admit-stay",
                        "{'stay':'S20','bed':'202','at':'" + Instant.now().minusSeconds(3 * 3600) + "'}");
        JsonNode whole = json(server().get(HOSPITAL + "/occupancy"));
        assertThat(whole.path("service").isNull()).isTrue();
        HttpResponse<String> response = server().get(HOSPITAL + "/occupancy?hours=4&service=MEDECINE");
        JsonNode hours = json(response).path("hours");
        // The journal began just now; unless a full hour struck meanwhile.
        assertThat(hours.size()).as(response.body()).isBetween(1, 2);
        assertThat(hours.path(hours.size() - 1).path("occupied").asInt()).isPositive();
        assertThat(json(response).path("capacity").path("open").asInt()).isPositive();
    }

    @Test
    void shouldTellOfTensionAndIndicatorsWithTheirData() {
        assertThat(server().act("acknowledge-action-card", "{'card':'crisis-cell'}")
                        .statusCode())
                .isEqualTo(200);

        JsonNode tension = json(server().get(HOSPITAL + "/tension"));
        assertThat(tension.path("levels").path(0).path("service").isNull()).isTrue();
        assertThat(tension.path("levels").size()).isGreaterThan(1);
        JsonNode card = tension.path("cards")
                .valueStream()
                .filter(candidate -> candidate.path("id").asText().equals("crisis-cell"))
                .findFirst()
                .orElseThrow();
        assertThat(card.path("state").asText()).isEqualTo("TAKEN_ON");

        JsonNode indicators = json(server().get(HOSPITAL + "/indicators?days=1"));
        assertThat(indicators.path("days").asInt()).isEqualTo(1);
        JsonNode value = indicators.path("scopes").path(0).path("values").path(0);
        assertThat(value.path("indicator").asText()).isEqualTo("OCCUPANCY_PHYSICAL");
        assertThat(value.path("sequence").asLong())
                .isGreaterThanOrEqualTo(tension.path("sequence").asLong());
        assertThat(server().get(HOSPITAL + "/indicators?days=36").statusCode()).isEqualTo(400);
    }

    @Test
    void shouldSayWhyAMessageStillCannotBeReplayed() throws IOException {
        String message = "MSH|^~\\&|PAS|CHU|CHEVET|CHU|20260302100000||ADT^A01|Q1|P|2.5\rEVN||20260302100000\r"
                + "PID|1||801^^^CHU^PI||DURAND^ALINE||19550302|F\rPV1|1|I|3110^102^\r";
        try (Socket socket = new Socket("127.0.0.1", server().mllpPort())) {
            socket.getOutputStream().write(("\u000b" + message + "\u001c\r").getBytes(UTF_8));
            assertThat(socket.getInputStream().read()).isEqualTo(0x0b);
        }
        String id = json(server().get(HOSPITAL + "/quarantine"))
                .path("messages")
                .path(0)
                .path("id")
                .asText();
        HttpResponse<String> response = server().replay(id);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(409);
        assertThat(json(response).path("type").asText()).isEqualTo("urn:chevet:still-wrong");
        assertThat(json(response).path("detail").asText()).contains(id, "PV1-19");
        assertThat(response.body()).doesNotContain("DURAND");
        assertThat(json(server().get(HOSPITAL + "/quarantine")).path("messages"))
                .hasSize(1);
        assertThat(server().replay("none").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldKeepTheWallsClock() {
        HttpResponse<String> response = server().send(server().request(HOSPITAL + "/clock")
                .header("Content-Type", "application/json")
                .header(ActorHandler.HEADER, RunningServer.ACTOR)
                .PUT(BodyPublishers.ofString("{\"paused\":true}")));
        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(server().board().path("clock").path("adjustable").asBoolean())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"/", "/hospitals/TEST/beds/101", "/api/v1/hospitals", "/nowhere", "/health/live", "/metrics"})
    void shouldTellTheBrowserWhatItMayNotDo(String path) {
        var headers = server().get(path).headers();
        String policy = headers.firstValue("Content-Security-Policy").orElse("");
        assertThat(policy)
                .contains("default-src 'self'", "frame-ancestors 'none'", "'sha256-")
                .doesNotContain("unsafe");
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("Referrer-Policy")).contains("same-origin");
        assertThat(headers.firstValue("Cache-Control")).isPresent();
    }

    @Test
    void shouldServeEveryModuleOfTheImportMap() {
        String page = server().get("/").body();
        String map = page.substring(page.indexOf("{\"imports\""), page.indexOf("</script>"));
        JsonNode imports = json(map).path("imports");
        assertThat(imports.size()).isEqualTo(9);
        for (JsonNode address : imports) {
            if (!address.asText().endsWith("/")) {
                HttpResponse<String> module = server().get(address.asText());
                assertThat(module.statusCode()).as(address.asText()).isEqualTo(200);
                assertThat(module.headers().firstValue("Content-Type").orElse(""))
                        .startsWith("text/javascript");
                assertThat(module.headers().firstValue("Cache-Control").orElse(""))
                        .contains("immutable");
            }
        }
    }

    @Test
    void shouldNotSendAgainWhatTheBrowserHas() {
        String etag = server().get("/").headers().firstValue("ETag").orElseThrow();
        assertThat(server().send(server().request("/").header("If-None-Match", etag))
                        .statusCode())
                .isEqualTo(304);
    }

    @Test
    void shouldSayThatAServicesBoardIsAsItWasUntilSomethingChanges() {
        String path = HOSPITAL + "/services/CARDIO/board";
        HttpResponse<String> first = server().get(path);
        String etag = first.headers().firstValue("ETag").orElseThrow();
        assertThat(server().send(server().request(path).header("If-None-Match", etag))
                        .statusCode())
                .isEqualTo(304);

        assertThat(server().act("register-stay", stay("S30")).statusCode()).isEqualTo(200);

        HttpResponse<String> changed = server().send(server().request(path).header("If-None-Match", etag));
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.body()).isNotEqualTo(first.body());
    }

    @Test
    void shouldServeItsOwnContractAndItsHealth() {
        assertThat(server().get("/api/v1/openapi.yaml").body()).startsWith("openapi: 3.1");
        assertThat(server().get("/health/live").statusCode()).isEqualTo(200);
        assertThat(json(server().get("/health/ready")).path("ready").asBoolean())
                .isTrue();
    }

    @Test
    void shouldMeasureWithoutNamingAnybody() {
        String metrics = server().get("/metrics").body();
        assertThat(metrics)
                .contains(
                        "chevet_capacity{",
                        "chevet_feed_messages_total{",
                        "chevet_journal_append_seconds_count",
                        "chevet_queue{",
                        "vertx_http_server");
        assertThat(metrics).doesNotContain("/stays/S", "/beds/1");
        assertThat(IntStream.rangeClosed(1, 5).mapToObj(i -> "\"S" + i + "\"")).noneMatch(metrics::contains);
    }

    private RunningServer server() {
        return Objects.requireNonNull(running);
    }

    private static String stay(String id) {
        return "{'stay':'" + id + "','patient':" + PATIENT + ",'needs':" + NEEDS + ",'patientClass':'INPATIENT'}";
    }

    private static String request(String id) {
        return "{'request':'" + id + "','stay':'S3','service':'CARDIO','origin':'EMERGENCY_DEPARTMENT','needs':" + NEEDS
                + ",'priority':2,'expectedLength':'PT72H'}";
    }

    private static String kebab(String act) {
        return act.replaceAll("(?<!^)([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
