package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chevet.web.RunningServer.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The group's figures are those of its boards, and whoever applies every patch has what a page opened just now has. */
@Timeout(120)
class GroupBoardTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int ROUNDS = 25;
    private static final List<String> HOSPITALS = List.of("TEST", "OTHER");
    private static final List<String> BEDS =
            List.of("101", "102", "103", "104P", "104F", "104S", "201", "202", "203P", "203F");

    private final long seed = Long.getLong("chevet.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private int done;

    @Test
    void shouldSayWhatTheBoardsSayAndLeadToTheSameByPatches(@TempDir Path folder) throws InterruptedException {
        System.out.println("GroupBoardTest: -Dchevet.seed=" + seed);
        try (RunningServer server = RunningServer.startTwo(folder)) {
            LiveBoardTest.Page page = new LiveBoardTest.Page();
            WebSocket socket = server.client()
                    .newWebSocketBuilder()
                    .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + "/api/v1/group/live"), page)
                    .join();
            Map<String, JsonNode> known = new TreeMap<>(byId(page.next("snapshot")));
            assertThat(known).containsOnlyKeys(HOSPITALS);
            for (int round = 0; round < ROUNDS; round++) {
                for (int left = 1 + random.nextInt(12); left > 0; left--) {
                    act(server, HOSPITALS.get(random.nextInt(2)));
                }
                Map<String, JsonNode> group = settled(server);
                group.forEach((id, row) -> assertThat(figures(row))
                        .as("seed %d, hospital %s", seed, id)
                        .isEqualTo(figuresOf(json(server.get("/api/v1/hospitals/" + id + "/board")))));
                while (!sequences(known).equals(sequences(group))) {
                    JsonNode patch = page.heard.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                    assertThat(patch).as("what leads to " + sequences(group)).isNotNull();
                    apply(known, patch);
                }
                assertThat(known).as("seed %d, round %d", seed, round).isEqualTo(group);
            }
            assertThat(done).as("acts done").isGreaterThan(ROUNDS);
            socket.abort();
        }
    }

    /** The group once it shows what both boards have; time itself may write something meanwhile. */
    private static Map<String, JsonNode> settled(RunningServer server) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (true) {
            Map<String, JsonNode> group = byId(json(server.get("/api/v1/group")));
            Map<String, Long> boards = new TreeMap<>();
            for (String hospital : HOSPITALS) {
                boards.put(
                        hospital,
                        json(server.get("/api/v1/hospitals/" + hospital + "/board"))
                                .path("sequence")
                                .asLong());
            }
            if (sequences(group).equals(boards)) {
                return group;
            }
            assertThat(Instant.now()).as("the group shows %s", boards).isBefore(deadline);
        }
    }

    private static Map<String, Long> sequences(Map<String, JsonNode> group) {
        Map<String, Long> sequences = new TreeMap<>();
        group.forEach((id, row) -> sequences.put(id, row.path("sequence").asLong()));
        return sequences;
    }

    private static Map<String, JsonNode> byId(JsonNode group) {
        Map<String, JsonNode> rows = new TreeMap<>();
        group.path("hospitals").forEach(row -> rows.put(row.path("id").asText(), row));
        return rows;
    }

    /** As the page's {@code core/group.js} does it. */
    private static void apply(Map<String, JsonNode> known, JsonNode patch) {
        for (JsonNode change : patch.path("hospitals")) {
            ObjectNode row = Objects.requireNonNull(known.get(change.path("id").asText()))
                    .deepCopy();
            Map<String, JsonNode> free = new HashMap<>();
            change.path("services")
                    .forEach(service -> free.put(service.path("id").asText(), service.path("free")));
            change.properties().stream()
                    .filter(member -> !member.getKey().equals("services"))
                    .forEach(member -> row.set(member.getKey(), member.getValue()));
            for (JsonNode service : row.path("services")) {
                JsonNode news = free.get(service.path("id").asText());
                if (news != null) {
                    ((ObjectNode) service).set("free", news);
                }
            }
            known.put(row.path("id").asText(), row);
        }
    }

    /** What a row says, as text: each figure with its name. */
    private static Map<String, Integer> figures(JsonNode row) {
        Map<String, Integer> figures = new TreeMap<>();
        row.path("counts")
                .properties()
                .forEach(count -> figures.put(count.getKey(), count.getValue().asInt()));
        figures.put("waiting", row.path("waiting").asInt());
        figures.put("tension needed", row.path("tension").path("needed").asInt());
        figures.put("tension staffed", row.path("tension").path("staffed").asInt());
        for (JsonNode service : row.path("services")) {
            for (JsonNode free : service.path("free")) {
                figures.put(
                        "free " + service.path("id").asText() + " "
                                + free.path("isolation").asText() + " "
                                + free.path("sex").asText(),
                        free.path("beds").asInt());
            }
        }
        return figures;
    }

    /** The same, counted anew from everything that the hospital's own board shows. */
    private static Map<String, Integer> figuresOf(JsonNode board) {
        Map<String, Integer> figures = new TreeMap<>();
        Set<String> here = new HashSet<>();
        int needed = 0;
        for (JsonNode service : board.path("services")) {
            service.path("counts")
                    .properties()
                    .forEach(count ->
                            figures.merge(count.getKey(), count.getValue().asInt(), Integer::sum));
            for (JsonNode stay : service.path("withoutBed")) {
                here.add(stay.path("id").asText());
                needed += stay.path("class").asText().equals("OUTPATIENT") ? 0 : 1;
            }
            for (JsonNode room : service.path("rooms")) {
                Set<String> sexes = new HashSet<>();
                int lying = 0;
                for (JsonNode bed : room.path("beds")) {
                    needed += bed.path("state").asText().equals("OCCUPIED") ? 1 : 0;
                    for (JsonNode stay : bed.path("stays")) {
                        here.add(stay.path("id").asText());
                        sexes.add(stay.path("sex").asText());
                        lying++;
                    }
                }
                sexes.remove("UNKNOWN");
                for (JsonNode bed : room.path("beds")) {
                    boolean ready = bed.path("state").asText().equals("READY");
                    boolean takesOneMore = lying < room.path("capacity").asInt()
                            || bed.path("surge").asBoolean();
                    if (ready && takesOneMore && sexes.size() < 2) {
                        String sex =
                                sexes.isEmpty() ? "UNKNOWN" : sexes.iterator().next();
                        String isolation = lying == 0 ? room.path("isolation").asText() : "NONE";
                        figures.merge(
                                "free " + service.path("id").asText() + " " + isolation + " " + sex, 1, Integer::sum);
                    }
                }
            }
        }
        board.path("elsewhere").forEach(stay -> here.add(stay.path("id").asText()));
        int waiting = 0;
        for (JsonNode request : board.path("requests")) {
            waiting += request.hasNonNull("bed") ? 0 : 1;
            needed += here.contains(request.path("stay").asText("")) ? 0 : 1;
        }
        figures.put("waiting", waiting);
        figures.put("tension needed", needed);
        figures.put("tension staffed", figures.getOrDefault("staffed", 0));
        return figures;
    }

    private void act(RunningServer server, String hospital) {
        String stay = "S" + random.nextInt(12);
        String bed = BEDS.get(random.nextInt(BEDS.size()));
        String request = "R" + random.nextInt(1000);
        String sex = random.nextBoolean() ? "FEMALE" : "MALE";
        String needs =
                "'needs':{'levelOfCare':'ACUTE','isolation':'NONE','sex':'%s','equipmentRequired':[],'equipmentPreferred':[],'singleRoom':'INDIFFERENT'}"
                        .formatted(sex);
        switch (random.nextInt(10)) {
            case 0, 1, 2 ->
                act(
                        server,
                        hospital,
                        "register-stay",
                        "'stay':'%s','patient':{'sex':'%s'},%s,'patientClass':'INPATIENT'".formatted(stay, sex, needs));
            case 3, 4 -> act(server, hospital, "admit-stay", "'stay':'%s','bed':'%s'".formatted(stay, bed));
            case 5 -> act(server, hospital, "admit-stay", "'stay':'%s','service':'MEDECINE'".formatted(stay));
            case 6 -> act(server, hospital, "discharge-stay", "'stay':'%s','ending':'DISCHARGED'".formatted(stay));
            case 7 ->
                act(
                        server,
                        hospital,
                        "request-bed",
                        "'request':'%s',%s'origin':'INTERNAL',%s,'priority':2"
                                .formatted(request, random.nextBoolean() ? "'stay':'" + stay + "'," : "", needs));
            case 8 ->
                act(
                        server,
                        hospital,
                        random.nextBoolean() ? "block-bed" : "set-surge-beds",
                        random.nextBoolean()
                                ? "'bed':'%s','reason':'STAFF'".formatted(bed)
                                : "'service':'CARDIO','beds':1");
            default -> act(server, hospital, "finish-cleaning", "'bed':'%s'".formatted(bed));
        }
    }

    private void act(RunningServer server, String hospital, String act, String members) {
        HttpResponse<String> answer = server.send(server.request("/api/v1/hospitals/" + hospital + "/acts/" + act)
                .header("Content-Type", "application/json")
                .header(ActorHandler.HEADER, RunningServer.ACTOR)
                .POST(BodyPublishers.ofString(("{" + members + "}").replace('\'', '"'))));
        if (answer.statusCode() == 200) {
            done++;
        }
    }
}
