package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chevet.web.RunningServer.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real process is killed at random moments while people act and a feed speaks, and started again on the same data.
 * Whatever it answered "done" to is there, once; whatever it did not answer is there once or not at all, and is there once
 * after it is sent again. {@code -Dchevet.seed=…} replays a run's choices.
 */
@Timeout(240)
class ProcessKillIT {
    private static final int ROUNDS = Integer.getInteger("chevet.kill.rounds", 10);
    private static final int WORK_MILLIS_MAX = 600;
    private static final String HOSPITAL = "api/v1/hospitals/TEST";
    private static final List<String> BEDS = List.of("101", "102", "103", "201", "202");
    private static final DateTimeFormatter HL7_TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneId.of("Europe/Paris"));

    @TempDir
    private Path folder = Path.of("");

    private final HttpClient client = HttpClient.newHttpClient();

    /** Sequences of the first event of each acknowledged act, by its idempotency key. */
    private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();

    /** What was sent and perhaps not answered: key to address and body. */
    private final Map<String, String[]> sent = new ConcurrentHashMap<>();

    /** Stays announced over MLLP, by message number; those answered AA. */
    private final Map<String, String> messages = new ConcurrentHashMap<>();

    private final Set<String> accepted = ConcurrentHashMap.newKeySet();

    /** What a sender found wrong, to be told by the test. */
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    @Test
    void shouldKeepEverythingItAnsweredHoweverOftenItIsKilled() throws Exception {
        long seed = Long.getLong("chevet.seed", System.nanoTime());
        System.out.println("ProcessKillIT seed " + seed);
        Random random = new Random(seed);
        int mllpPort = RunningServer.freePort();
        Path configuration = RunningServer.configure(folder, mllpPort);
        for (int round = 0; round < ROUNDS; round++) {
            try (ServerProcess server = start(configuration)) {
                check(server, mllpPort);
                List<Thread> senders = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    int sender = round * 10 + i;
                    long senderSeed = random.nextLong();
                    senders.add(sender(() -> act(server, sender, new Random(senderSeed))));
                }
                int feedRound = round;
                senders.add(sender(() -> speak(mllpPort, feedRound)));
                LockSupport.parkNanos(
                        Duration.ofMillis(20 + random.nextInt(WORK_MILLIS_MAX)).toNanos());
                server.kill();
                for (Thread sender : senders) {
                    sender.join();
                }
                assertThat(failures).isEmpty();
            }
        }
        try (ServerProcess server = start(configuration)) {
            check(server, mllpPort);
            JsonNode before = read(server, "/board");
            assertThat(server.stop()).isEqualTo(143);
            try (ServerProcess again = start(configuration)) {
                assertThat(withoutTime(read(again, "/board"))).isEqualTo(withoutTime(before));
            }
        }
        System.out.println("ProcessKillIT: " + acknowledged.size() + " acts and " + accepted.size()
                + " messages acknowledged over " + ROUNDS + " kills");
        assertThat(acknowledged.size()).isGreaterThan(ROUNDS);
        assertThat(accepted.size()).isGreaterThan(ROUNDS);
    }

    private Thread sender(Runnable work) {
        return Thread.ofPlatform()
                .uncaughtExceptionHandler((thread, failure) -> failures.add(failure))
                .start(work);
    }

    private ServerProcess start(Path configuration) throws IOException {
        return ServerProcess.start(folder.resolve("server.log"), "--config", configuration.toString());
    }

    /** Acts until the process is gone. */
    private void act(ServerProcess server, int sender, Random random) {
        for (int i = 0; ; i++) {
            String key = sender + "-" + i;
            String[] act = chosen(key, random);
            sent.put(key, act);
            try {
                HttpResponse<String> answer = send(server, key, act);
                if (answer.statusCode() == 200) {
                    acknowledged.put(key, json(answer).path("act").asLong());
                } else if (answer.statusCode() == 409) {
                    sent.remove(key);
                } else {
                    throw new AssertionError(act[0] + " " + answer.body());
                }
            } catch (IOException gone) {
                return;
            }
        }
    }

    private static String[] chosen(String key, Random random) {
        String bed = BEDS.get(random.nextInt(BEDS.size()));
        return switch (random.nextInt(4)) {
            case 0 ->
                new String[] {"block-bed", "{\"bed\":\"" + bed + "\",\"reason\":\"OTHER\",\"note\":\"" + key + "\"}"};
            case 1 -> new String[] {"unblock-bed", "{\"bed\":\"" + bed + "\"}"};
            case 2 ->
                new String[] {
                    "request-bed",
                    "{\"request\":\"R-" + key + "\",\"origin\":\"INTERNAL\",\"priority\":3,\"needs\":" + needs() + "}"
                };
            default ->
                new String[] {
                    "register-stay",
                    "{\"stay\":\"P-" + key
                            + "\",\"patient\":{\"sex\":\"MALE\"},\"patientClass\":\"INPATIENT\",\"needs\":" + needs()
                            + "}"
                };
        };
    }

    private static String needs() {
        return "{\"levelOfCare\":\"ACUTE\",\"isolation\":\"NONE\",\"sex\":\"MALE\",\"equipmentRequired\":[],"
                + "\"equipmentPreferred\":[],\"singleRoom\":\"INDIFFERENT\"}";
    }

    private HttpResponse<String> send(ServerProcess server, String key, String[] act) throws IOException {
        return exchange(HttpRequest.newBuilder(uri(server, "/acts/" + act[0]))
                .header("Content-Type", "application/json")
                .header(ActorHandler.HEADER, RunningServer.ACTOR)
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(act[1])));
    }

    /** Admits one patient after another, without a bed, until the process is gone. */
    private void speak(int mllpPort, int round) {
        try (Socket socket = new Socket("127.0.0.1", mllpPort)) {
            for (int i = 0; ; i++) {
                String id = "M" + round + "x" + i;
                messages.put(id, admission(id));
                exchange(socket, admission(id));
                accepted.add(id);
            }
        } catch (IOException gone) {
            // As meant.
        }
    }

    private static String admission(String id) {
        String time = HL7_TIME.format(Instant.parse("2026-01-05T08:00:00Z"));
        return String.join(
                "\r",
                "MSH|^~\\&|HIS|TEST|CHEVET|TEST|" + time + "||ADT^A01^ADT_A01|" + id + "|P|2.5",
                "EVN||" + time,
                "PID|1||" + id + "^^^HIS^PI||ESSAI^" + id + "||19500101|F",
                "PV1|1|I|3120" + "|".repeat(16) + "S-" + id + "^^^HIS^VN" + "|".repeat(25) + time,
                "");
    }

    private static void exchange(Socket socket, String message) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(('\u000b' + message + "\u001c\r").getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        StringBuilder answer = new StringBuilder();
        InputStream in = socket.getInputStream();
        for (int next = in.read(); next != 0x1c; next = in.read()) {
            if (next < 0) {
                throw new IOException("closed before the acknowledgement");
            }
            answer.append((char) next);
        }
        in.read();
        if (answer.indexOf("MSA|AA|") < 0) {
            throw new AssertionError("not accepted: " + answer);
        }
    }

    /** What was answered is there once; what was not is sent again, twice, and is there once then. */
    private void check(ServerProcess server, int mllpPort) throws IOException {
        for (Map.Entry<String, Long> act : acknowledged.entrySet()) {
            assertThat(act.getValue()).as("act " + act.getKey()).isGreaterThan(0);
        }
        Map<Long, List<JsonNode>> events = eventsByAct(server);
        acknowledged.forEach(
                (key, act) -> assertThat(events).as("acknowledged act " + key).containsKey(act));
        assertThat(new HashSet<>(acknowledged.values())).hasSameSizeAs(acknowledged.keySet());
        Map<String, Integer> admissions = admissions(events);
        accepted.forEach(
                id -> assertThat(admissions).as("accepted message " + id).containsEntry("S-" + id, 1));

        resendActs(server);
        try (Socket socket = new Socket("127.0.0.1", mllpPort)) {
            for (String id : lately(messages.keySet())) {
                exchange(socket, messages.getOrDefault(id, ""));
                exchange(socket, messages.getOrDefault(id, ""));
                accepted.add(id);
            }
        }
        Map<Long, List<JsonNode>> after = eventsByAct(server);
        Map<String, Integer> once = new TreeMap<>();
        for (List<JsonNode> act : after.values()) {
            for (JsonNode event : act) {
                String id = identity(event);
                if (!id.isEmpty()) {
                    once.merge(id, 1, Integer::sum);
                }
            }
        }
        assertThat(once.values()).allMatch(count -> count == 1);
        JsonNode census = read(server, "/board").path("census");
        assertThat(census.path("admitted").asInt()).isEqualTo(admissions(after).size());
        assertThat(census.path("present").asInt()).isEqualTo(admissions(after).size());
    }

    private void resendActs(ServerProcess server) throws IOException {
        for (Map.Entry<String, String[]> act : Map.copyOf(sent).entrySet()) {
            String key = act.getKey();
            boolean known = acknowledged.containsKey(key);
            if (known && key.hashCode() % 10 != 0) {
                continue; // a tenth of what was answered is asked again too
            }
            HttpResponse<String> answer = send(server, key, act.getValue());
            if (answer.statusCode() == 200) {
                long sequence = json(answer).path("act").asLong();
                Long before = acknowledged.put(key, sequence);
                if (before != null) {
                    assertThat(sequence).as("act " + key + " again").isEqualTo(before);
                    assertThat(json(answer).path("repeated").asBoolean()).isTrue();
                }
            } else {
                assertThat(known)
                        .as("acknowledged act " + key + " is refused now: " + answer.body())
                        .isFalse();
                sent.remove(key);
            }
        }
    }

    /** Messages not answered, and a tenth of the others. */
    private List<String> lately(Set<String> ids) {
        return ids.stream()
                .filter(id -> !accepted.contains(id) || id.hashCode() % 10 == 0)
                .toList();
    }

    private static String identity(JsonNode event) {
        JsonNode content = event.path("event");
        return switch (event.path("type").asText()) {
            case "StayRegistered" -> "stay " + content.path("stay").asText();
            case "MovementRecorded" -> "movement " + content.path("stay").asText();
            case "BedRequested" ->
                "request " + content.path("request").path("id").asText();
            case "BedBlocked" -> "block " + content.path("note").asText();
            default -> "";
        };
    }

    private static Map<String, Integer> admissions(Map<Long, List<JsonNode>> events) {
        Map<String, Integer> admissions = new HashMap<>();
        events.values()
                .forEach(act -> act.forEach(event -> {
                    if (event.path("type").asText().equals("MovementRecorded")) {
                        admissions.merge(event.path("event").path("stay").asText(), 1, Integer::sum);
                    }
                }));
        return admissions;
    }

    private Map<Long, List<JsonNode>> eventsByAct(ServerProcess server) throws IOException {
        Map<Long, List<JsonNode>> byAct = new TreeMap<>();
        long after = 0;
        while (true) {
            JsonNode page = read(server, "/events?limit=1000&after=" + after).path("events");
            if (page.isEmpty()) {
                return byAct;
            }
            for (JsonNode event : page) {
                assertThat(event.path("sequence").asLong()).isEqualTo(++after);
                byAct.computeIfAbsent(event.path("act").asLong(), act -> new ArrayList<>())
                        .add(event);
            }
        }
    }

    /** Of a board, what the journal says. */
    private static JsonNode withoutTime(JsonNode board) {
        return board.path("services");
    }

    private JsonNode read(ServerProcess server, String path) throws IOException {
        return json(exchange(HttpRequest.newBuilder(uri(server, path)).GET()));
    }

    private static URI uri(ServerProcess server, String path) {
        return server.address().resolve("/" + HOSPITAL + path);
    }

    private HttpResponse<String> exchange(HttpRequest.Builder request) throws IOException {
        try {
            return client.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
