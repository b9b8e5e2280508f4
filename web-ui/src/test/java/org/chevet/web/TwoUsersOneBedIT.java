package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.chevet.web.BedHistoryChecker.CLEAN;
import static org.chevet.web.BedHistoryChecker.SOILED;
import static org.chevet.web.RunningServer.HOSPITAL;
import static org.chevet.web.RunningServer.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.chevet.web.BedHistoryChecker.Kind;
import org.chevet.web.BedHistoryChecker.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Several people want one bed at the same time, over real HTTP, with connections that break before the answer and the same act
 * sent again. Longer with {@code -Dchevet.rounds=10000}.
 */
class TwoUsersOneBedIT {
    private static final int ROUNDS = Integer.getInteger("chevet.rounds", 100);
    private static final int USERS = 2;
    private static final int READS_PER_ROUND = 4;
    private static final String BED = "101";
    private static final String STAY =
            "'patient':{'sex':'FEMALE'},'patientClass':'INPATIENT','needs':{'levelOfCare':'ACUTE','isolation':'NONE',"
                    + "'sex':'FEMALE','equipmentRequired':[],'equipmentPreferred':[],'singleRoom':'INDIFFERENT'}}";

    private final ConcurrentLinkedQueue<Operation> history = new ConcurrentLinkedQueue<>();

    /** What a user was told, however often they had to ask. */
    private record Told(boolean done, long act, String rule) {}

    @Test
    void shouldHaveOneWinnerAndTellEachTheSameAgain(@TempDir Path folder) throws Exception {
        long seed = Long.getLong("chevet.seed", System.nanoTime());
        System.out.println("two users, one bed: seed " + seed + ", " + ROUNDS + " rounds");
        try (Logged logged = new Logged();
                RunningServer server = RunningServer.start(folder);
                ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int user = 0; user < USERS; user++) {
                expect(server.act("register-stay", "{'stay':'U" + user + "'," + STAY), 200);
                expect(server.act("admit-stay", "{'stay':'U" + user + "','service':'CARDIO'}"), 200);
            }
            Set<String> states = Set.of(CLEAN);
            int[] wins = new int[USERS];
            for (int round = 0; round < ROUNDS; round++) {
                int winner = play(server, people, new Random(seed + round), round);
                wins[winner]++;
                List<Operation> operations = history.stream()
                        .sorted(Comparator.comparingLong(Operation::sentNanos))
                        .toList();
                history.clear();
                Set<String> ends = BedHistoryChecker.ends(operations, states);
                assertThat(ends)
                        .as("seed %d, round %d: %s cannot have happened from %s", seed, round, operations, states)
                        .isNotEmpty();
                states = ends;
            }
            // A race that always ends the same way is none.
            assertThat(wins).as("wins, seed " + seed).doesNotContain(0);
            assertThat(logged.events())
                    .as("that somebody hung up is no failure")
                    .noneMatch(event -> event.getThrowableProxy() != null
                            && event.getThrowableProxy().getClassName().equals(CancellationException.class.getName()));
        }
    }

    /** @return who got the bed */
    private int play(RunningServer server, ExecutorService people, Random random, int round) throws Exception {
        CyclicBarrier start = new CyclicBarrier(USERS + 1);
        List<Future<Told>> told = new ArrayList<>();
        for (int user = 0; user < USERS; user++) {
            String stay = "U" + user;
            String key = "round-" + round + "-" + stay;
            long patience = random.nextInt(1_500);
            boolean cut = random.nextInt(4) == 0;
            told.add(people.submit(() -> {
                start.await();
                TimeUnit.MICROSECONDS.sleep(patience);
                return place(server, stay, key, cut);
            }));
        }
        Future<?> reader = people.submit(() -> {
            start.await();
            for (int i = 0; i < READS_PER_ROUND; i++) {
                read(server);
            }
            return null;
        });
        List<Told> answers = new ArrayList<>();
        for (Future<Told> answer : told) {
            answers.add(answer.get(60, TimeUnit.SECONDS));
        }
        reader.get(60, TimeUnit.SECONDS);
        assertThat(answers.stream().filter(Told::done))
                .as("winners of round " + round)
                .hasSize(1);
        int winner = answers.get(0).done() ? 0 : 1;
        assertThat(answers.get(1 - winner).rule()).isEqualTo("BED_OCCUPIED");
        for (int user = 0; user < USERS; user++) {
            assertThat(place(server, "U" + user, "round-" + round + "-U" + user, false))
                    .as("the same act sent again, round " + round)
                    .isEqualTo(answers.get(user));
        }
        tidy(server, people, "U" + winner);
        return winner;
    }

    /** The winner leaves while the other looks on, and the bed is cleaned. */
    private void tidy(RunningServer server, ExecutorService people, String winner) throws Exception {
        Future<?> reader = people.submit(() -> {
            for (int i = 0; i < READS_PER_ROUND; i++) {
                read(server);
            }
            return null;
        });
        long sent = System.nanoTime();
        expect(server.act("transfer-stay", "{'stay':'" + winner + "','service':'CARDIO'}"), 200);
        history.add(new Operation(sent, System.nanoTime(), Kind.LEAVE, winner, true));
        sent = System.nanoTime();
        expect(server.act("finish-cleaning", "{'bed':'" + BED + "'}"), 200);
        history.add(new Operation(sent, System.nanoTime(), Kind.CLEAN, "", true));
        reader.get(60, TimeUnit.SECONDS);
    }

    /** @param cut whether the first try loses its connection before the answer */
    private Told place(RunningServer server, String stay, String key, boolean cut) throws IOException {
        String body = "{'bed':'" + BED + "','stay':'" + stay + "'}";
        long sent = System.nanoTime();
        if (cut) {
            String json = body.replace('\'', '"');
            try (RawConnection raw = new RawConnection(server.port())) {
                raw.send(RawConnection.act(
                                "transfer-stay",
                                "Idempotency-Key: " + key + "\r\nContent-Length: " + json.length() + "\r\n")
                        + json);
            }
        }
        HttpResponse<String> response =
                server.send(server.actRequest("transfer-stay", body).header("Idempotency-Key", key));
        JsonNode answer = json(response);
        assertThat(response.statusCode()).as(response.body()).isIn(200, 409);
        Told told = new Told(
                response.statusCode() == 200,
                answer.path("act").asLong(),
                answer.path("rule").asText());
        if (answer.path("repeated").asBoolean() && !cut) {
            return told; // It was done before, and stands in the history.
        }
        history.add(new Operation(sent, System.nanoTime(), Kind.PLACE, stay, told.done()));
        return told;
    }

    private void read(RunningServer server) {
        long sent = System.nanoTime();
        JsonNode bed = json(server.get(HOSPITAL + "/beds/" + BED)).path("bed");
        long answered = System.nanoTime();
        String seen = switch (bed.path("state").asText()) {
            case "OCCUPIED" -> bed.path("stays").path(0).path("id").asText();
            case "READY" -> CLEAN;
            default -> SOILED;
        };
        assertThat(bed.path("stays").size()).isLessThanOrEqualTo(1);
        history.add(new Operation(sent, answered, Kind.READ, seen, true));
    }

    private static void expect(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    }
}
