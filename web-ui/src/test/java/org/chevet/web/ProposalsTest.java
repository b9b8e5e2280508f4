package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chevet.web.RunningServer.HOSPITAL;
import static org.chevet.web.RunningServer.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which bed for whom, asked of a real server. */
@Timeout(60)
class ProposalsTest {
    private static final Instant DEADLINE = Instant.now().plus(Duration.ofDays(1));

    private RunningServer server;

    @BeforeEach
    void start(@TempDir Path folder) {
        server = RunningServer.start(folder);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldProposeBedsWhosePartsAddUpInBothLanguages() {
        request("R1", "cardiologie", "ACUTE");

        JsonNode told = json(server.get(HOSPITAL + "/requests/R1/proposals"));

        assertThat(told.path("sequence").asLong())
                .isEqualTo(server.board().path("sequence").asLong());
        assertThat(told.path("ageMillis").asLong(-1)).isZero();
        assertThat(told.path("proposals")).hasSize(5);
        int before = 0;
        for (JsonNode proposal : told.path("proposals")) {
            int cost = 0;
            for (JsonNode part : proposal.path("parts")) {
                cost += part.path("points").asInt();
                assertThat(part.path("french").asText()).isNotEmpty();
                assertThat(part.path("english").asText()).isNotEmpty();
            }
            assertThat(proposal.path("costPoints").asInt()).isEqualTo(cost).isGreaterThanOrEqualTo(before);
            assertThat(proposal.path("readiness").asText()).isEqualTo("READY");
            before = cost;
        }
        assertThat(told.at("/proposals/0/service").asText()).isEqualTo("CARDIO");
    }

    @Test
    void shouldSayEveryRuleThatExcludesABed() {
        request("R1", "cardiologie", "INTENSIVE");
        done(server.act("block-bed", "{'bed':'101','reason':'MAINTENANCE'}"));

        JsonNode told = json(server.get(HOSPITAL + "/requests/R1/beds/101"));

        assertThat(told.path("obstacles").findValuesAsText("rule")).containsExactly("bed-blocked", "level-of-care");
        assertThat(told.at("/obstacles/0/about/reason").asText()).isEqualTo("MAINTENANCE");
        assertThat(told.at("/obstacles/1/about/needed").asText()).isEqualTo("INTENSIVE");
        assertThat(told.path("proposal").isNull()).isTrue();
        assertThat(told.path("rank").isNull()).isTrue();
    }

    /** A want of staff costs points, who cannot be cared for is excluded until somebody decides otherwise by name. */
    @Test
    void shouldSayWhichServiceRefusedAndWhy() {
        request("R1", "cardiologie", "ACUTE");
        done(server.act("refuse-bed-request", "{'request':'R1','service':'CARDIO','reason':'NO_STAFF'}"));

        JsonNode told = json(server.get(HOSPITAL + "/requests/R1/proposals"));
        assertThat(told.at("/proposals/0/service").asText()).isEqualTo("MEDECINE");
        assertThat(told.at("/proposals/0/refusal").isNull()).isTrue();
        JsonNode behind = json(server.get(HOSPITAL + "/requests/R1/beds/101")).path("proposal");
        assertThat(behind.path("refusal").path("service").asText()).isEqualTo("CARDIO");
        assertThat(behind.path("refusal").path("reason").asText()).isEqualTo("NO_STAFF");
        assertThat(behind.path("parts")).anySatisfy(part -> {
            assertThat(part.path("rule").asText()).isEqualTo("refused-lately");
            assertThat(part.path("points").asInt()).isEqualTo(60);
        });

        done(server.act("refuse-bed-request", "{'request':'R1','service':'CARDIO','reason':'NEEDS_TOO_HEAVY'}"));
        JsonNode excluded = json(server.get(HOSPITAL + "/requests/R1/beds/101")).path("obstacles");
        assertThat(excluded.findValuesAsText("rule")).containsExactly("refused");
        assertThat(excluded.at("/0/about/reason").asText()).isEqualTo("NEEDS_TOO_HEAVY");
        String reserve = "'request':'R1','bed':'101','until':'" + DEADLINE + "'";
        JsonNode refused = json(server.act("reserve-bed", "{" + reserve + "}"));
        assertThat(refused.at("/about/rules").asText()).isEqualTo("refused");
        done(server.act(
                "reserve-bed", "{" + reserve + ",'override':{'reason':'MEDICAL_DECISION','rules':['refused']}}"));
    }

    @Test
    void shouldSayWhatABedThatFitsCostsAndItsPlace() {
        request("R1", "cardiologie", "ACUTE");
        String third = json(server.get(HOSPITAL + "/requests/R1/proposals"))
                .at("/proposals/2/bed")
                .asText();

        JsonNode told = json(server.get(HOSPITAL + "/requests/R1/beds/" + third));

        assertThat(told.path("rank").asInt()).isEqualTo(3);
        assertThat(told.path("obstacles")).isEmpty();
        assertThat(told.at("/proposal/bed").asText()).isEqualTo(third);
    }

    @Test
    void shouldTellTheNearestToPossibleWhereNothingFits() {
        request("R1", "cardiologie", "INTENSIVE");

        JsonNode told = json(server.get(HOSPITAL + "/requests/R1/proposals"));

        assertThat(told.path("proposals")).isEmpty();
        assertThat(told.path("nearest")).isNotEmpty();
        for (JsonNode near : told.path("nearest")) {
            assertThat(near.path("obstacles").findValuesAsText("rule")).containsExactly("level-of-care");
        }
        assertThat(told.path("firstToCome").isNull()).isTrue();
    }

    /** The world is compiled once and taken over from view to view. */
    @Test
    void shouldNoLongerProposeABedThatWasTaken() {
        request("R1", "cardiologie", "ACUTE");
        request("R2", "cardiologie", "ACUTE");
        String best = json(server.get(HOSPITAL + "/requests/R1/proposals"))
                .at("/proposals/0/bed")
                .asText();
        done(server.act("reserve-bed", "{'request':'R2','bed':'" + best + "','until':'" + DEADLINE + "'}"));

        List<String> now = json(server.get(HOSPITAL + "/requests/R1/proposals"))
                .path("proposals")
                .findValuesAsText("bed");

        assertThat(now).hasSize(5).doesNotContain(best);
        JsonNode why = json(server.get(HOSPITAL + "/requests/R1/beds/" + best));
        assertThat(why.path("obstacles").findValuesAsText("rule")).contains("bed-reserved");
        assertThat(why.at("/obstacles/0/about/request").asText()).isEqualTo("R2");
    }

    @Test
    void shouldCountWhatWasProposedAndWhatWasAcceptedOfIt() {
        request("R1", "cardiologie", "ACUTE");
        request("R2", "cardiologie", "ACUTE");
        String best = json(server.get(HOSPITAL + "/requests/R1/proposals"))
                .at("/proposals/0/bed")
                .asText();
        done(server.act("reserve-bed", "{'request':'R1','bed':'" + best + "','until':'" + DEADLINE + "'}"));
        String next = json(server.get(HOSPITAL + "/requests/R2/proposals"))
                .at("/proposals/1/bed")
                .asText();
        done(server.act("close-bed", "{'bed':'" + next + "'}"));
        assertThat(server.act("reserve-bed", "{'request':'R2','bed':'" + next + "','until':'" + DEADLINE + "'}")
                        .statusCode())
                .isEqualTo(409);

        String metrics = server.get("/metrics").body();

        assertThat(metrics)
                .contains("chevet_proposals_shown_total{hospital=\"TEST\"} 2.0")
                .contains("chevet_proposals_accepted_total{hospital=\"TEST\"} 1.0")
                .contains("chevet_proposals_lost_total{hospital=\"TEST\"} 1.0")
                .contains("chevet_proposals_duration_seconds_count 2")
                .contains("chevet_request_wait_seconds_count{hospital=\"TEST\",priority=\"2\"} 1");
    }

    @Test
    void shouldCountWhatServicesCounterProposeAndWhichRulesAreBroken() {
        request("R1", "medecine", "ACUTE");
        request("R2", "medecine", "ACUTE");
        done(server.act("counter-propose-bed", "{'request':'R1','bed':'201'}"));
        done(server.act("decline-counter-proposal", "{'request':'R1'}"));
        HttpRequest.Builder override = server.actRequest(
                        "reserve-bed",
                        "{'request':'R2','bed':'101','until':'" + DEADLINE
                                + "','override':{'reason':'CRISIS','rules':['specialty','equipment','sex']}}")
                .header("Idempotency-Key", "once");
        done(server.send(override));
        done(server.send(override));

        Eventually.eventually(
                "the journal was read for what was overridden",
                () -> server.get("/metrics").body().contains("chevet_rules_overridden_total"));
        assertThat(server.get("/metrics").body())
                .contains("chevet_counter_proposals_total{hospital=\"TEST\",step=\"made\"} 1.0")
                .contains("chevet_counter_proposals_total{hospital=\"TEST\",step=\"declined\"} 1.0")
                .contains("chevet_rules_overridden_total{hospital=\"TEST\",reason=\"crisis\",rule=\"specialty\"} 1.0")
                .doesNotContain("rule=\"equipment\"")
                .doesNotContain("request=")
                .contains("chevet_request_wait_seconds_count{hospital=\"TEST\",priority=\"2\"} 1");
    }

    /** Of cardiology a bed is free; the one who asks can only be in the other service, where somebody of cardiology lies. */
    @Test
    void shouldTellWhoMovesWhereSoThatABedFits() {
        Stream.of("102", "103", "104P", "104F", "202", "203P", "203F")
                .forEach(bed -> done(server.act("close-bed", "{'bed':'" + bed + "'}")));
        done(server.act(
                "register-stay",
                "{'stay':'S1','patient':{'identifier':null,'familyName':null,'givenName':null,'sex':'MALE'},"
                        + "'needs':" + needs("cardiologie", "ACUTE") + ",'patientClass':'INPATIENT'}"));
        done(server.act("admit-stay", "{'stay':'S1','bed':'201'}"));
        request("R1", "medecine", "ACUTE");

        JsonNode told = json(server.get(HOSPITAL + "/requests/R1/cascade?night=true"));

        assertThat(told.path("proven").asBoolean()).isTrue();
        assertThat(told.path("sequence").asLong())
                .isEqualTo(server.board().path("sequence").asLong());
        JsonNode moves = told.at("/cascade/moves");
        assertThat(moves).hasSize(1);
        assertThat(moves.at("/0/stay").asText()).isEqualTo("S1");
        assertThat(moves.at("/0/from").asText()).isEqualTo("201");
        assertThat(moves.at("/0/to/bed").asText()).isEqualTo("101");
        assertThat(moves.at("/0/to/costPoints").asInt())
                .isEqualTo(told.at("/cascade/harmPoints").asInt())
                .isPositive();
        assertThat(told.at("/cascade/placed/bed").asText()).isEqualTo("201");
        assertThat(told.at("/cascade/placed/readiness").asText()).isEqualTo("CLEANING");
        takeStepByStep(moves.get(0), told.at("/cascade/placed"));
    }

    /** The bed that is freed is held before it is clean. */
    private void takeStepByStep(JsonNode move, JsonNode placed) {
        String reserve = "{'request':'R1','bed':'201','from':'"
                + placed.path("usableAt").asText() + "','until':'" + DEADLINE + "'}";
        assertThat(json(server.act("reserve-bed", reserve)).path("rule").asText())
                .as("somebody lies there and nobody said until when")
                .isEqualTo("BED_OCCUPIED");
        done(server.act(
                "transfer-stay",
                "{'stay':'" + move.path("stay").asText() + "','bed':'"
                        + move.at("/to/bed").asText() + "'}"));
        done(server.act("reserve-bed", reserve));
        JsonNode request = server.board().path("requests").get(0);
        assertThat(request.path("bed").asText()).isEqualTo("201");
        assertThat(request.at("/acceptance/from").asText())
                .isEqualTo(placed.path("usableAt").asText());
    }

    @Test
    void shouldSayThatNoMovesFreeABedWhereThereAreNone() {
        request("R1", "cardiologie", "INTENSIVE");

        JsonNode none = json(server.get(HOSPITAL + "/requests/R1/cascade"));

        assertThat(none.path("cascade").isNull()).isTrue();
        assertThat(none.path("proven").asBoolean()).isTrue();
        assertThat(server.get("/metrics").body())
                .contains("chevet_cascades_total{hospital=\"TEST\",outcome=\"none\",proven=\"true\"} 1.0")
                .contains("chevet_cascade_duration_seconds_count 1");
    }

    @Test
    void shouldRefuseCascadesOfMoreMovesThanAreLookedFor() {
        request("R1", "cardiologie", "ACUTE");

        assertThat(server.get(HOSPITAL + "/requests/R1/cascade?moves=5").statusCode())
                .isEqualTo(400);
        assertThat(server.get(HOSPITAL + "/requests/R9/cascade").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldSayWhichRequestOrBedThereIsNot() {
        request("R1", "cardiologie", "ACUTE");

        assertThat(server.get(HOSPITAL + "/requests/R9/proposals").statusCode()).isEqualTo(404);
        HttpResponse<String> bed = server.get(HOSPITAL + "/requests/R1/beds/nowhere");
        assertThat(bed.statusCode()).isEqualTo(404);
        assertThat(bed.body()).contains("no bed nowhere");
    }

    @Test
    void shouldPlanTheWholeQueueGivingEachBedOnce() {
        for (int i = 1; i <= 12; i++) {
            request("R" + i, "cardiologie", "ACUTE");
        }

        JsonNode plan = json(server.get(HOSPITAL + "/queue-plan"));

        List<String> beds = plan.path("placed").findValuesAsText("bed");
        assertThat(beds).isNotEmpty().doesNotHaveDuplicates();
        assertThat(plan.path("unplaced")).isNotEmpty();
        assertThat(beds.size() + plan.path("unplaced").size()).isEqualTo(12);
        assertThat(plan.at("/unplaced/0/reason").asText()).isEqualTo("GIVEN_TO_OTHERS");
        assertThat(plan.path("proven").asBoolean()).isTrue();
        assertThat(plan.path("gapPoints").asInt(-1)).isZero();
        assertThat(server.get("/metrics").body()).contains("chevet_queue_plan_duration_seconds_count 1");
    }

    private void request(String id, String specialty, String level) {
        done(server.act(
                "request-bed",
                "{'request':'" + id + "','origin':'EMERGENCY_DEPARTMENT','needs':" + needs(specialty, level)
                        + ",'priority':2}"));
    }

    private static String needs(String specialty, String level) {
        return "{'specialty':'" + specialty + "','levelOfCare':'" + level
                + "','isolation':'NONE','sex':'FEMALE','ageYears':70,"
                + "'equipmentRequired':[],'equipmentPreferred':[],'singleRoom':'INDIFFERENT'}";
    }

    private static void done(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }
}
