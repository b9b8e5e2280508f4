package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.chevet.archive.JournalFork;
import org.chevet.event.Author;
import org.chevet.event.Drill;
import org.chevet.event.Role;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.JdbcJournal;
import org.chevet.journal.Journal;
import org.chevet.runtime.AdjustableClock;
import org.chevet.runtime.Engine;
import org.chevet.runtime.HospitalClock;
import org.chevet.runtime.HospitalWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrillReplayThreadsTest {
    private final CountDownLatch looking = new CountDownLatch(1);
    private final CountDownLatch goesOn = new CountDownLatch(1);

    /** As if the disk were slow: whoever looks for a minute of the drill waits. */
    private Journal slow(Journal journal) {
        return (Journal) Proxy.newProxyInstance(
                Journal.class.getClassLoader(), new Class<?>[] {Journal.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("lastSequence")) {
                        looking.countDown();
                        goesOn.await();
                    }
                    return method.invoke(journal, arguments);
                });
    }

    @Test
    void shouldServeRealBoardsHoweverLongReplaysAreReadFor(@TempDir Path folder) throws Exception {
        if (!(ConfigurationFile.read(RunningServer.configure(folder, FreePorts.next()))
                instanceof ConfigurationFile.Loaded loaded)) {
            throw new AssertionError("the test's own configuration is wrong");
        }
        Hospital hospital = loaded.configuration().hospitals().getFirst();
        Vertx vertx = Vertx.vertx(new VertxOptions().setWorkerPoolSize(1));
        try (JdbcJournal journal = JdbcJournal.sqlite(folder.resolve("data"));
                Engine engine = new Engine(journal);
                Feeds feeds = new Feeds(vertx, null);
                HttpClient client = HttpClient.newHttpClient()) {
            HospitalWriter real = engine.open(hospital, HospitalClock.wall());
            HospitalWriter drill = fork(journal, engine, real.id());
            Hospitals hospitals = new Hospitals();
            hospitals.add(new LiveHospital(real, journal, false, null, feeds, null));
            hospitals.add(new LiveHospital(drill, slow(journal), false, null, feeds, null));
            WebServer web = new WebServer(
                    loaded.configuration(),
                    hospitals,
                    new Drills(journal, engine, hospitals, feeds, true),
                    null,
                    new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                    Contract.read());
            ChevetServer.await(vertx.deployVerticle(web), "the web side did not start");

            String replay = "/drill/board?at=2026-01-01T00:00:00Z";
            List<CompletableFuture<HttpResponse<String>>> replays = Stream.generate(
                            () -> client.sendAsync(get(web, drill.id(), replay), BodyHandlers.ofString()))
                    .limit(4)
                    .toList();
            assertThat(looking.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(client.send(get(web, real.id(), "/board"), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
            assertThat(replays).noneMatch(CompletableFuture::isDone);

            goesOn.countDown();
            assertThat(replays)
                    .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
        } finally {
            goesOn.countDown();
            ChevetServer.await(vertx.close(), "the event loops did not stop");
        }
    }

    private static HospitalWriter fork(Journal journal, Engine engine, HospitalId real) {
        HospitalId id = real.drill(1);
        assertThat(JournalFork.begin(journal, Objects.requireNonNull(journal.find(real, 1)), id))
                .isTrue();
        AdjustableClock clock = new AdjustableClock(Instant.now(), 1);
        return engine.openDrill(
                id, clock, new Drill("Essai", real, 1, null, 7, new Author("Anne Roy", Role.DIRECTOR_ON_DUTY)));
    }

    private static HttpRequest get(WebServer web, HospitalId hospital, String path) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + web.port() + "/api/v1/hospitals/" + hospital + path))
                .timeout(Duration.ofSeconds(60))
                .build();
    }
}
