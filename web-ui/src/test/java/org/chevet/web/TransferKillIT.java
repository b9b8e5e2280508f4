package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real process of two hospitals is killed at random moments of their transfers, and started again on the same data.
 * {@code -Dchevet.rounds=…} kills more often, {@code -Dchevet.seed=…} replays a run's choices.
 */
class TransferKillIT {
    private static final int ROUNDS = Integer.getInteger("chevet.rounds", 3);
    private static final int ACTS_PER_ROUND_MAX = 40;
    private static final int PATIENTS = 4;
    private static final List<String> BEDS = List.of("101", "102", "103", "201", "202");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void shouldEndAlikeInBothHospitalsHoweverOftenItIsKilled() throws Exception {
        long seed = Long.getLong("chevet.seed", System.nanoTime());
        System.out.println("TransferKillIT seed " + seed);
        Random random = new Random(seed);
        Path configuration = RunningServer.configure(folder, FreePorts.next());
        Files.writeString(
                folder.resolve("other.yaml"),
                Files.readString(folder.resolve("hospital.yaml")).replace("id: TEST", "id: OTHER"));
        Files.writeString(
                configuration,
                Files.readString(configuration)
                        .replace("[hospital.yaml]", "[hospital.yaml, other.yaml]")
                        .replace("- name: ADT", "- name: ADT\n    hospital: TEST"));
        for (int round = 0; round < ROUNDS; round++) {
            try (ServerProcess server = start(configuration)) {
                for (int patient = 0; round == 0 && patient < PATIENTS; patient++) {
                    begin(server, patient);
                }
                Random choices = new Random(random.nextLong());
                CountDownLatch answered = new CountDownLatch(5 + random.nextInt(ACTS_PER_ROUND_MAX));
                CompletableFuture<Void> people = CompletableFuture.runAsync(() -> work(server, choices, answered));
                assertThat(answered.await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
                // Into the middle of whatever comes next.
                LockSupport.parkNanos(random.nextInt(20_000_000));
                server.kill();
                people.join();
            }
        }
        try (ServerProcess server = start(configuration)) {
            awaitHeard(server);
            Map<String, String> here = states(server, "TEST");
            assertThat(states(server, "OTHER")).isEqualTo(here).isNotEmpty();
            System.out.println("TransferKillIT: " + here.size() + " transfers over " + ROUNDS + " kills: "
                    + here.values().stream().sorted().toList());
            for (String hospital : List.of("TEST", "OTHER")) {
                for (JsonNode bed : board(server, hospital).findValues("stays")) {
                    assertThat(bed.size()).as(hospital).isLessThan(2);
                }
            }
        }
    }

    private void begin(ServerProcess server, int patient) throws IOException {
        act(server, "TEST", "register-stay", """
                {"stay":"S%1$d","patient":{"identifier":"P%1$d","familyName":"ESSAI","sex":"FEMALE"},
                 "needs":{"levelOfCare":"ACUTE","isolation":"NONE","sex":"FEMALE","equipmentRequired":[],
                          "equipmentPreferred":[],"singleRoom":"INDIFFERENT"},
                 "patientClass":"INPATIENT"}""".formatted(patient));
        int status = act(server, "TEST", "admit-stay", """
                {"stay":"S%d","bed":"%s"}""".formatted(patient, BEDS.get(patient)));
        assertThat(status).isEqualTo(200);
    }

    /** Whatever can be done next, on either side, until nobody answers. */
    private void work(ServerProcess server, Random random, CountDownLatch answered) {
        try {
            while (true) {
                boolean sending = random.nextBoolean();
                JsonNode transfers = board(server, sending ? "TEST" : "OTHER").path("transfers");
                if (sending && (transfers.isEmpty() || random.nextInt(4) == 0)) {
                    act(server, "TEST", "ask-interhospital-transfer", """
                            {"stay":"S%d","hospital":"OTHER","priority":2}""".formatted(random.nextInt(PATIENTS)));
                } else if (!transfers.isEmpty()) {
                    step(server, sending, transfers.path(random.nextInt(transfers.size())), random);
                }
                answered.countDown();
            }
        } catch (IOException killed) {
            // As it was to be.
        }
    }

    private void step(ServerProcess server, boolean sending, JsonNode transfer, Random random) throws IOException {
        String id = transfer.path("id").asText();
        String hospital = sending ? "TEST" : "OTHER";
        boolean departed = transfer.path("departed").asBoolean();
        if (random.nextInt(12) == 0) {
            act(server, hospital, "cancel-interhospital-transfer", """
                    {"transfer":"%s","reason":"essai"%s}""".formatted(
                            id, departed ? ",\"whereabouts\":\"SENDING_HOSPITAL\"" : ""));
            return;
        }
        switch (transfer.path("state").asText()) {
            case "ASKED" -> {
                if (!sending) {
                    act(server, hospital, "offer-interhospital-transfer", """
                            {"transfer":"%s","bed":"%s","until":"%s"}""".formatted(
                                    id,
                                    BEDS.get(random.nextInt(BEDS.size())),
                                    Instant.now().plusSeconds(3_600)));
                }
            }
            case "OFFERED" -> act(server, hospital, "accept-interhospital-transfer", "{\"transfer\":\"" + id + "\"}");
            case "ACCEPTED", "DEPARTED" -> {
                if (sending) {
                    act(server, hospital, "record-interhospital-departure", "{\"transfer\":\"" + id + "\"}");
                } else {
                    act(server, hospital, "record-interhospital-arrival", """
                            {"transfer":"%s","stay":"A-%s"}""".formatted(id, id));
                }
            }
            default -> {}
        }
    }

    /** Until each hospital has heard everything from the other. */
    private void awaitHeard(ServerProcess server) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!isHeard(server, "TEST") || !isHeard(server, "OTHER") || !isHeard(server, "TEST")) {
            assertThat(System.nanoTime()).as("heard in time").isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private boolean isHeard(ServerProcess server, String hospital) throws IOException {
        for (JsonNode transfer : board(server, hospital).path("transfers")) {
            if (!transfer.path("heard").asBoolean()) {
                return false;
            }
        }
        return true;
    }

    private Map<String, String> states(ServerProcess server, String hospital) throws IOException {
        Map<String, String> states = new TreeMap<>();
        for (JsonNode transfer : board(server, hospital).path("transfers")) {
            states.put(transfer.path("id").asText(), transfer.path("state").asText());
        }
        return states;
    }

    private JsonNode board(ServerProcess server, String hospital) throws IOException {
        HttpResponse<String> answer =
                exchange(HttpRequest.newBuilder(server.address().resolve("/api/v1/hospitals/" + hospital + "/board"))
                        .GET());
        return RunningServer.json(answer);
    }

    private int act(ServerProcess server, String hospital, String act, String body) throws IOException {
        HttpResponse<String> answer = exchange(
                HttpRequest.newBuilder(server.address().resolve("/api/v1/hospitals/" + hospital + "/acts/" + act))
                        .header("Content-Type", "application/json")
                        .header(ActorHandler.HEADER, RunningServer.ACTOR)
                        .POST(BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).as(act + " " + answer.body()).isIn(200, 409, 503);
        return answer.statusCode();
    }

    private HttpResponse<String> exchange(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private ServerProcess start(Path configuration) throws IOException {
        return ServerProcess.start(folder.resolve("server.log"), "--config", configuration.toString());
    }
}
