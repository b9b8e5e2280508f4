package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chevet.web.RunningServer.HOSPITAL;
import static org.chevet.web.RunningServer.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever applies every patch as a page does sees the board that a page opened just now sees. */
@Timeout(180)
class PatchEqualsSnapshotTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ROUNDS = 60;
    private static final int PAGES_MAX = 4;
    private static final DateTimeFormatter HL7_TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneId.of("Europe/Paris"));
    private static final List<String> BEDS =
            List.of("101", "102", "103", "104P", "104F", "104S", "201", "202", "203P", "203F");

    private final long seed = Long.getLong("chevet.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final List<Follower> followers = new ArrayList<>();
    private int messages;
    private int done;
    /** Of the last act done; at first of what is no act, so that undoing it is refused, not invalid. */
    private long lastAct = 1;

    /** A page, and what it made of what it heard. */
    private record Follower(LiveBoardTest.Page page, WebSocket socket, PageBoard board) {
        void catchUpWith(long sequence) throws InterruptedException {
            while (board.sequence() < sequence) {
                JsonNode message = page.heard.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                assertThat(message).as("what follows " + board.sequence()).isNotNull();
                switch (message.path("type").asText()) {
                    case "snapshot" -> board.applySnapshot(message);
                    case "patch" ->
                        assertThat(board.applyPatch(message))
                                .as("%s follows %d", message, board.sequence())
                                .isTrue();
                    default -> {}
                }
            }
        }
    }

    @Test
    void shouldLeadToTheSameBoard(@TempDir Path folder) throws Exception {
        System.out.println("PatchEqualsSnapshotTest: -Dchevet.seed=" + seed);
        Path layout = folder.resolve("hospital.yaml");
        try (RunningServer server = RunningServer.start(folder, "limits: {live: {patchIntervalMillis: 50}}\n");
                Client.Feed feed = new Client(server.uri("/"), server.mllpPort(), PATIENCE).feed()) {
            follow(server);
            for (int round = 0; round < ROUNDS; round++) {
                if (round == ROUNDS / 3) {
                    edit(layout, "      - {id: \"103\"}\n", "      - {id: \"103\"}\n      - {id: \"109\"}\n");
                } else if (round == 2 * ROUNDS / 3) {
                    edit(layout, "name: Médecine polyvalente", "name: Médecine interne");
                }
                play(server, feed);
                compare(server, round);
            }
            Instant deadline = Instant.now().plus(PATIENCE);
            while (!server.get(HOSPITAL + "/board").body().contains("Médecine interne")) {
                assertThat(Instant.now()).as("the layout is taken up").isBefore(deadline);
                play(server, feed);
            }
            compare(server, ROUNDS);
            assertThat(done).as("acts done").isGreaterThan(ROUNDS / 2);
            assertThat(server.get(HOSPITAL + "/beds/109").statusCode()).isEqualTo(200);
            followers.forEach(follower -> follower.socket().abort());
        }
    }

    private void compare(RunningServer server, int round) throws InterruptedException {
        for (Follower follower : followers) {
            PageBoard fresh;
            do {
                // Again when time or the file's keeper wrote something meanwhile.
                fresh = PageBoard.of(server.board());
                follower.catchUpWith(fresh.sequence());
            } while (follower.board().sequence() != fresh.sequence());
            assertThat(follower.board().known().toPrettyString())
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(sameOrder(follower.board().known(), fresh.known()));
        }
    }

    /** Members of objects have no order; where the two are equal the text is that of the first, so that a difference shows. */
    private static String sameOrder(JsonNode first, JsonNode second) {
        return (first.equals(second) ? first : second).toPrettyString();
    }

    private void follow(RunningServer server) {
        LiveBoardTest.Page page = new LiveBoardTest.Page();
        WebSocket socket = server.client()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + HOSPITAL + "/live"), page)
                .join();
        followers.add(new Follower(page, socket, new PageBoard()));
    }

    private void play(RunningServer server, Client.Feed feed) throws IOException {
        for (int left = 1 + random.nextInt(8); left > 0; left--) {
            if (followers.size() < PAGES_MAX && random.nextInt(40) == 0) {
                follow(server);
            }
            if (random.nextInt(3) == 0) {
                assertThat(feed.send(message())).isIn("AA", "AE");
            } else {
                act(server);
            }
        }
    }

    private void act(RunningServer server) {
        String stay = stay();
        String bed = bed();
        String request = "R" + random.nextInt(5);
        boolean yes = random.nextBoolean();
        switch (random.nextInt(20)) {
            case 0, 1 -> act(server, "register-stay", "'stay':'%s',%s,'patientClass':'INPATIENT'", stay, patient());
            case 2, 3 -> act(server, "admit-stay", "'stay':'%s','bed':'%s'", stay, bed);
            case 4 -> act(server, "admit-stay", "'stay':'%s','service':'MEDECINE'", stay);
            case 5 -> act(server, "transfer-stay", "'stay':'%s','bed':'%s'", stay, bed);
            case 6 -> act(server, "discharge-stay", "'stay':'%s','ending':'DISCHARGED'", stay);
            case 7 -> act(server, "set-medically-ready", "'stay':'%s','ready':%s", stay, yes);
            case 8 -> act(server, yes ? "start-leave" : "end-leave", "'stay':'%s'", stay);
            case 9 -> act(server, "swap-stays", "'first':'%s','second':'%s'", stay, stay());
            case 10 -> act(server, "block-bed", "'bed':'%s','reason':'STAFF','note':'N'", bed);
            case 11 -> act(server, "unblock-bed", "'bed':'%s'", bed);
            case 12 -> act(server, yes ? "close-bed" : "open-bed", "'bed':'%s'", bed);
            case 13 -> act(server, yes ? "start-cleaning" : "finish-cleaning", "'bed':'%s'", bed);
            case 14 ->
                act(
                        server,
                        "request-bed",
                        "'request':'%s','service':'CARDIO','origin':'INTERNAL',%s,'priority':%d",
                        request,
                        needs(),
                        1 + random.nextInt(3));
            case 15 ->
                act(
                        server,
                        "reserve-bed",
                        "'request':'%s','bed':'%s','until':'%s'",
                        request,
                        bed,
                        Instant.now().plusSeconds(yes ? 1 : 3_600));
            case 16 -> act(server, "cancel-bed-request", "'request':'%s'", request);
            case 17 ->
                act(
                        server,
                        yes ? "set-barrier" : "lift-barrier",
                        "'stay':'%s','kind':'%s'",
                        stay,
                        random.nextInt(3) == 0 ? "FAMILY" : "TRANSPORT");
            case 18 -> act(server, "undo-act", "'act':%d,'reason':'error'", lastAct);
            default -> mend(server);
        }
    }

    /** Ends an anomaly, or a message's quarantine. */
    private void mend(RunningServer server) {
        JsonNode board = server.board();
        JsonNode anomaly = any(board.path("anomalies"));
        JsonNode message = any(board.path("quarantine"));
        if (random.nextBoolean()) {
            act(
                    server,
                    "resolve-anomaly",
                    "'anomaly':'%s','note':'seen'",
                    anomaly.path("key").asText("none"));
        } else {
            act(
                    server,
                    "discard-quarantined",
                    "'message':'%s','reason':'seen'",
                    message.path("id").asText("none"));
        }
    }

    private JsonNode any(JsonNode list) {
        return list.path(list.isEmpty() ? 0 : random.nextInt(list.size()));
    }

    private void act(RunningServer server, String act, String members, Object... values) {
        HttpResponse<String> answer = server.act(act, "{" + members.formatted(values) + "}");
        assertThat(answer.statusCode()).as(act + " " + answer.body()).isIn(200, 409);
        if (answer.statusCode() == 200) {
            done++;
            lastAct = json(answer).path("act").asLong();
        }
    }

    private String message() {
        String time = HL7_TIME.format(Instant.now());
        String event =
                List.of("A01", "A02", "A03", "A08", "A11", "A12", "A13", "A20").get(random.nextInt(8));
        String place = List.of(
                        "3110^", "3110^101^101", "3110^102^102", "3110^104^P", "3120^201^201", "3120^", "9999^1^1")
                .get(random.nextInt(7));
        String head = "MSH|^~\\&|HIS|TEST|CHEVET|TEST|" + time + "||ADT^" + event + "|M" + messages++ + "|P|2.5\rEVN||"
                + time + "\r";
        if (event.equals("A20")) {
            return head + "NPU|" + place + "|" + (random.nextBoolean() ? "H" : "U") + "\r";
        }
        String stay = stay();
        return head + "PID|1||" + stay + "^^^HIS^PI||ESSAI^" + stay + "||19500101|" + (random.nextBoolean() ? "F" : "M")
                + "\rPV1|1|I|" + place + "|".repeat(16) + stay + "^^^HIS^VN" + "|".repeat(25) + time + "\r";
    }

    private String stay() {
        return "S" + random.nextInt(10);
    }

    private String bed() {
        return BEDS.get(random.nextInt(BEDS.size()));
    }

    private String patient() {
        return "'patient':{'sex':'MALE','birthDate':'1950-0%d-01'},".formatted(1 + random.nextInt(9)) + needs();
    }

    private String needs() {
        return "'needs':{'specialty':'%s','levelOfCare':'ACUTE','isolation':'%s','sex':'MALE','equipmentRequired':[],"
                        .formatted(
                                random.nextBoolean() ? "cardiologie" : "medecine",
                                random.nextBoolean() ? "NONE" : "CONTACT")
                + "'equipmentPreferred':[],'singleRoom':'INDIFFERENT'}";
    }

    /** As editors do: another file that takes the old one's place. */
    private static void edit(Path file, String from, String to) throws IOException {
        String before = Files.readString(file);
        assertThat(before).contains(from);
        Path written = Files.writeString(file.resolveSibling("hospital.yaml~"), before.replace(from, to));
        Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
