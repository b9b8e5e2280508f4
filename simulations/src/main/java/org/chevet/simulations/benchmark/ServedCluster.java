package org.chevet.simulations.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The built Chevet as members of a cluster, each a process of its own, over a PostgreSQL with all its syncs. */
final class ServedCluster implements AutoCloseable {
    private static final int BEDS_PER_SERVICE = 40;
    private static final int CONNECTIONS_MAX = 200;
    private static final Duration ANSWER_TIME_MAX = Duration.ofSeconds(30);
    private static final Pattern WRITES =
            Pattern.compile("(?m)^chevet_cluster_writes\\{hospital=\"([^\"]+)\"\\} 1\\.0$");

    /** Of each hospital, once its journal was read for it: levels, indicators, forecasts. */
    private static final List<Pattern> LEARNED = List.of(
            Pattern.compile("(?m)^chevet_tension_alerts\\{"),
            Pattern.compile("(?m)^chevet_indicator_hospital\\{[^}]*indicator=\"occupancy_open\""),
            Pattern.compile("(?m)^chevet_forecast_age_seconds\\{"));

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicLong keys = new AtomicLong();
    private final Path folder;
    private final EmbeddedPostgres database;
    private final List<Integer> ports = new ArrayList<>();
    private final List<Member> members = new ArrayList<>();
    private final List<String> hospitals = new ArrayList<>();

    /** @param beds of each hospital, a multiple of 40 */
    ServedCluster(int hospitals, int beds, int members) throws IOException {
        folder = ServedProcess.newFolder();
        database = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", Integer.toString(CONNECTIONS_MAX))
                .setDataDirectory(folder.resolve("postgres"))
                .start();
        Path files = Files.createDirectory(folder.resolve("hospitals"));
        for (int i = 0; i < hospitals; i++) {
            String id = "H" + i;
            this.hospitals.add(id);
            Files.writeString(files.resolve(id + ".yaml"), description(id, beds));
        }
        for (int i = 0; i < members; i++) {
            ports.add(freePort());
        }
        for (int i = 0; i < members; i++) {
            this.members.add(new Member("member-" + i, ports.get(i)));
        }
    }

    List<Member> members() {
        return members;
    }

    List<String> hospitals() {
        return hospitals;
    }

    /** One process. It keeps its ports when it is started again. */
    final class Member {
        private final String name;
        private final int httpPort = freePort();
        private final int port;
        private final int messagePort = freePort();
        private @Nullable ServedProcess served;

        private Member(String name, int port) {
            this.name = name;
            this.port = port;
        }

        /** @return how long it took until it serves */
        Duration start() throws IOException {
            Path home = Files.createDirectories(folder.resolve(name));
            Path file = Files.writeString(home.resolve("chevet.yaml"), """
                    http: {port: %d}
                    dataDir: data
                    hospitals: [../hospitals]
                    journal:
                      postgresql: {url: "%s", user: postgres}
                    cluster:
                      {name: figure-%d, member: %s, host: 127.0.0.1, port: %d, messagePort: %d, members: [%s], silenceSecondsMax: 3}
                    """.formatted(
                            httpPort,
                            database.getJdbcUrl("postgres", "postgres"),
                            ProcessHandle.current().pid(),
                            name,
                            port,
                            messagePort,
                            String.join(
                                    ", ",
                                    ports.stream()
                                            .map(each -> "\"127.0.0.1:" + each + "\"")
                                            .toList())));
            long start = System.nanoTime();
            served = ServedProcess.start(home.resolve("errors.log"), "--config", file.toString());
            return Duration.ofNanos(System.nanoTime() - start);
        }

        private ServedProcess served() {
            return Objects.requireNonNull(served, "it was started");
        }

        private long pid() {
            return served().process().pid();
        }

        void kill() throws InterruptedException {
            served().kill();
        }

        /** The hospitals that it writes. */
        Set<String> writes() throws IOException, InterruptedException {
            Set<String> writes = new LinkedHashSet<>();
            Matcher found = WRITES.matcher(get("metrics"));
            while (found.find()) {
                writes.add(found.group(1));
            }
            return writes;
        }

        boolean act(String hospital, String act, String body) throws IOException, InterruptedException {
            return act(hospital, act, body, "figure-" + keys.incrementAndGet()) > 0;
        }

        /** @return the act's number, 0 when it was not done */
        long act(String hospital, String act, String body, String key) throws IOException, InterruptedException {
            HttpResponse<byte[]> answer = client.send(
                    HttpRequest.newBuilder(uri("api/v1/hospitals/" + hospital + "/acts/" + act))
                            .timeout(ANSWER_TIME_MAX)
                            .header("Content-Type", "application/json")
                            .header("Chevet-Actor", "name=Mesure; role=BED_MANAGER")
                            .header("Idempotency-Key", key)
                            .POST(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofByteArray());
            JsonNode said = JSON.readTree(answer.body());
            return answer.statusCode() == 200 ? said.path("act").asLong() : 0;
        }

        /** The last event that it shows. */
        long sequence(String hospital) throws IOException, InterruptedException {
            HttpResponse<Void> answer = client.send(
                    HttpRequest.newBuilder(uri("api/v1/hospitals/" + hospital + "/services/S0/board"))
                            .timeout(ANSWER_TIME_MAX)
                            .build(),
                    BodyHandlers.discarding());
            String tag = answer.headers().firstValue("ETag").orElse("\"0-0\"");
            return Long.parseLong(tag.substring(1, tag.indexOf('-')));
        }

        private String get(String path) throws IOException, InterruptedException {
            return client.send(
                            HttpRequest.newBuilder(uri(path))
                                    .timeout(ANSWER_TIME_MAX)
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        }

        private URI uri(String path) {
            return URI.create("http://127.0.0.1:" + httpPort + "/" + path);
        }

        /** What it learns of journals in the background, after it serves, is part of what it keeps. */
        void awaitLearned() throws IOException, InterruptedException {
            while (true) {
                Thread.sleep(2_000);
                try {
                    String metrics = get("metrics");
                    if (LEARNED.stream()
                            .allMatch(each -> each.matcher(metrics).results().count() == hospitals.size())) {
                        return;
                    }
                } catch (HttpTimeoutException busy) {
                    // It is learning: asked again.
                }
            }
        }

        /** Of all objects that are in use, in MiB: what a scrape would tell counts what it took to answer it. */
        long heapMebibytes() throws IOException {
            Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
            Process asked = new ProcessBuilder(jcmd.toString(), Long.toString(pid()), "GC.class_histogram").start();
            try (BufferedReader lines = asked.inputReader()) {
                String total = lines.lines()
                        .filter(line -> line.startsWith("Total"))
                        .findFirst()
                        .orElseThrow(() -> new IOException("jcmd told nothing of " + name));
                return Math.round(Long.parseLong(total.strip().split(" +")[2]) / (double) (1 << 20));
            }
        }

        /** A line of what Linux knows of it, for example {@code VmRSS} in KiB, {@code Threads}. */
        long status(String name) throws IOException {
            for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid()), "status"))) {
                if (line.startsWith(name + ":")) {
                    return Long.parseLong(line.replaceAll("\\D", ""));
                }
            }
            throw new IOException("Linux knows no " + name);
        }

        private void end() throws InterruptedException {
            ServedProcess running = served;
            if (running != null) {
                running.close();
            }
        }
    }

    /** Waits until the members that run write all hospitals, each by one of them. */
    void awaitSettled(List<Member> running) throws IOException, InterruptedException {
        while (true) {
            int written = 0;
            int writing = 0;
            for (Member member : running) {
                int own = member.writes().size();
                written += own;
                writing += own > 0 || hospitals.size() < running.size() ? 1 : 0;
            }
            if (written == hospitals.size() && writing == running.size()) {
                return;
            }
            Thread.sleep(200);
        }
    }

    private static String description(String id, int beds) {
        StringBuilder text = new StringBuilder("""
                id: %s
                name: Hôpital %s
                timeZone: Europe/Paris
                specialties: {medecine: Médecine}
                services:
                """.formatted(id, id));
        for (int service = 0; service < beds / BEDS_PER_SERVICE; service++) {
            text.append("""
                      - id: S%d
                        name: Service %d
                        specialties: [medecine]
                        levelOfCare: ACUTE
                        ages: {from: 0, to: 130}
                        staffedBeds: %d
                        rooms:
                    """.formatted(service, service, BEDS_PER_SERVICE));
            for (int room = 0; room < BEDS_PER_SERVICE; room++) {
                text.append(String.format(Locale.ROOT, "      - {id: \"%d-%d\"}%n", service, room));
            }
        }
        return text.toString();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        for (Member member : members) {
            member.end();
        }
        client.close();
        database.close();
        ServedProcess.delete(folder);
    }
}
