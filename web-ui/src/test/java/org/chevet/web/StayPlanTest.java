package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chevet.web.Eventually.eventually;
import static org.chevet.web.RunningServer.HOSPITAL;
import static org.chevet.web.RunningServer.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who lies where over the coming nights, asked of a real server. */
@Timeout(60)
class StayPlanTest {
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
    void shouldPlanWhoIsHereAndWhoIsExpectedAndSayWhoHasNoBed() {
        register("S1", "ACUTE", null);
        done(server.act("admit-stay", "{'stay':'S1','bed':'101'}"));
        register("E1", "ACUTE", inDays(1));
        register("E2", "INTENSIVE", inDays(2));
        register("E3", "ACUTE", inDays(9));

        JsonNode plan = json(server.get(HOSPITAL + "/stay-plan?nights=7"));

        assertThat(plan.path("sequence").asLong())
                .isEqualTo(server.board().path("sequence").asLong());
        assertThat(plan.path("nights").asInt()).isEqualTo(7);
        assertThat(plan.path("stays").findValuesAsText("stay")).containsExactlyInAnyOrder("S1", "E1", "E2");
        assertThat(stay(plan, "S1").path("kind").asText()).isEqualTo("PRESENT");
        assertThat(stay(plan, "S1").at("/lying/0/bed").asText()).isEqualTo("101");
        assertThat(stay(plan, "S1").at("/lying/0/endKnown").asBoolean()).isFalse();
        assertThat(stay(plan, "E1").path("kind").asText()).isEqualTo("EXPECTED");
        assertThat(stay(plan, "E1").path("initials").asText()).isEqualTo("D. Z.");
        assertThat(stay(plan, "E1").at("/lying/0/bed").asText()).isNotEqualTo("101");
        assertThat(stay(plan, "E1").at("/lying/0/held").asBoolean()).isFalse();
        assertThat(stay(plan, "E2").path("lying")).isEmpty();
        JsonNode hindrance = stay(plan, "E2").at("/unplaced/0/hindrances/0");
        assertThat(hindrance.path("rule").asText()).isEqualTo("level-of-care");
        assertThat(hindrance.path("french").asText()).isEqualTo("niveau de soins insuffisant");
        assertThat(hindrance.path("beds").asInt()).isPositive();
        assertThat(plan.path("costPoints").asLong())
                .isGreaterThanOrEqualTo(plan.path("boundPoints").asLong());
    }

    @Test
    void shouldTellInSecondsWhatChangedAndKeepTheRest() {
        register("E1", "ACUTE", inDays(1));
        String bed = stay(json(server.get(HOSPITAL + "/stay-plan")), "E1")
                .at("/lying/0/bed")
                .asText();
        register("E2", "ACUTE", inDays(1));

        eventually("a plan with E2", () -> !stay(plan(), "E2").path("lying").isEmpty());

        assertThat(stay(plan(), "E1").at("/lying/0/bed").asText()).isEqualTo(bed);
    }

    @Test
    void shouldRefuseMoreNightsThanThereAre() {
        assertThat(server.get(HOSPITAL + "/stay-plan?nights=15").statusCode()).isEqualTo(400);
    }

    private JsonNode plan() {
        return json(server.get(HOSPITAL + "/stay-plan"));
    }

    private static JsonNode stay(JsonNode plan, String id) {
        for (JsonNode stay : plan.path("stays")) {
            if (stay.path("stay").asText().equals(id)) {
                return stay;
            }
        }
        return plan.path("nobody");
    }

    private static String inDays(int days) {
        return Instant.now().plus(Duration.ofDays(days)).toString();
    }

    private void register(String stay, String level, @Nullable String arrival) {
        done(server.act(
                "register-stay",
                "{'stay':'" + stay + "','patient':{'familyName':'Durand','givenName':'Zoé','sex':'FEMALE',"
                        + "'birthDate':'1950-05-17'},'needs':{'specialty':'cardiologie','levelOfCare':'" + level
                        + "','isolation':'NONE','sex':'FEMALE','equipmentRequired':[],'equipmentPreferred':[],"
                        + "'singleRoom':'INDIFFERENT'},'patientClass':'INPATIENT'"
                        + (arrival == null ? "" : ",'expectedArrival':'" + arrival + "'") + "}"));
    }

    private static void done(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }
}
