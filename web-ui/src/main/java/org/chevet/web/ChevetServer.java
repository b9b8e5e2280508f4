package org.chevet.web;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.micrometer.Label;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.chevet.cluster.EventBusMessenger;
import org.chevet.cluster.HazelcastCluster;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.JdbcJournal;
import org.chevet.journal.Journal;
import org.chevet.journal.PostgresServer;
import org.chevet.runtime.ClusterEngine;
import org.chevet.runtime.Engine;
import org.chevet.runtime.HospitalWriter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything of one process, started and stopped in order: journal, writers, feeds, web, and for a demo its life. What
 * fails to start takes down what had started.
 */
final class ChevetServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChevetServer.class);
    /** Folder of the data directory. */
    private static final String BREACHES = "breaches";

    /** Between looks at the files that describe hospitals. */
    private static final Duration FILES_CHECK_INTERVAL = Duration.ofSeconds(2);

    private static final Duration STEP_TIME_MAX = Duration.ofSeconds(30);
    private static final Duration HAND_OVER_MAX = Duration.ofSeconds(5);

    private final Configuration configuration;
    private final Duration filesCheckInterval;

    /** What to close, the last started first. */
    private final List<AutoCloseable> started = new ArrayList<>();

    private int port;

    private ChevetServer(Configuration configuration, Duration filesCheckInterval) {
        this.configuration = configuration;
        this.filesCheckInterval = filesCheckInterval;
    }

    /**
     * Starts the hospitals of a configuration.
     *
     * @throws StartException when something outside is in the way; its message says what to do
     * @throws org.chevet.journal.JournalException likewise, about the data directory
     */
    static ChevetServer start(Configuration configuration) {
        return start(configuration, FILES_CHECK_INTERVAL);
    }

    /** @param filesCheckInterval between looks at the files that describe hospitals */
    static ChevetServer start(Configuration configuration, Duration filesCheckInterval) {
        return start(new ChevetServer(configuration, filesCheckInterval), List.of(), Set.of());
    }

    /**
     * @param demos the invented hospitals to play beside; the server waits for the first of them alone
     * @param newHospitals those that may begin beside others in the journal that nobody names
     */
    static ChevetServer start(Configuration configuration, List<HostedDemo> demos, Set<HospitalId> newHospitals) {
        return start(new ChevetServer(configuration, FILES_CHECK_INTERVAL), demos, newHospitals);
    }

    private static ChevetServer start(ChevetServer server, List<HostedDemo> demos, Set<HospitalId> newHospitals) {
        try {
            server.run(demos, newHospitals);
            return server;
        } catch (RuntimeException | Error failure) {
            server.close();
            throw failure;
        }
    }

    /** Where the web side listens. */
    int port() {
        return port;
    }

    /** The address to open in a browser. */
    String address() {
        String host = configuration.http().host();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + "/";
    }

    /** Stops taking in, then does what was taken, then keeps snapshots. */
    @Override
    public synchronized void close() {
        for (AutoCloseable part : started.reversed()) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.error("a part of the server did not stop properly", e);
            }
        }
        started.clear();
    }

    private void run(List<HostedDemo> demos, Set<HospitalId> newHospitals) {
        requireFreePort();
        // Beside the journal, which takes as long and leaves a processor free.
        CompletableFuture<Contract> contract = CompletableFuture.supplyAsync(Contract::read);
        // Its reader leaves files behind when it is cut off. How it failed is told where it is needed.
        started.add(contract.handle((read, failure) -> null)::join);
        PostgresServer postgresql = configuration.postgresql();
        Journal journal = closing(
                postgresql == null
                        ? JdbcJournal.sqlite(configuration.dataDirectory())
                        : JdbcJournal.postgresql(postgresql));
        List<HospitalId> expected = new ArrayList<>();
        configuration.hospitals().forEach(hospital -> expected.add(hospital.id()));
        demos.forEach(demo -> expected.add(demo.id()));
        JournalHospitals.check(journal, expected, newHospitals);
        Engine engine = closing(new Engine(
                journal,
                configuration.limits().writer(),
                configuration.dataDirectory().resolve(BREACHES)));
        PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        started.add(metrics::close);
        ProcessMetrics measured = closing(new ProcessMetrics(metrics, engine, configuration.dataDirectory()));
        engine.measureWith(measured);
        HazelcastCluster members =
                configuration.cluster() == null ? null : closing(HazelcastCluster.join(configuration.cluster()));
        if (members != null) {
            Gauge.builder("chevet.cluster.members", members, it -> it.members().size())
                    .description("members that this one sees, itself among them")
                    .register(metrics);
            measured.handOvers();
        }
        Vertx vertx = vertx(metrics, members);
        started.add(() -> await(vertx.close(), "the event loops did not stop"));
        if (members != null) {
            // Once more, before Vert.x: closing that may wait for members that leave as well.
            started.add(members);
        }
        ClusterEngine cluster = members == null
                ? null
                : closing(new ClusterEngine(engine, members, new EventBusMessenger(vertx, members.self())));
        MemberAddresses addresses =
                members == null ? null : closing(new MemberAddresses(members, configuration.allowedOrigins()));
        Feeds feeds = closing(new Feeds(vertx, cluster));
        Hospitals hospitals = new Hospitals();
        OpenHospitals open = closing(
                new OpenHospitals(vertx, journal, engine, cluster, feeds, hospitals, addresses, filesCheckInterval));
        open.openAll(configuration.hospitals(), configuration.hospitalFiles());
        for (Configuration.Feed feed : configuration.feeds()) {
            LiveHospital hospital = hospitals.find(feed.hospital().value());
            if (hospital != null) {
                feeds.start(hospital.writer(), feed);
            }
        }
        List<Runnable> later = new ArrayList<>();
        for (HostedDemo demo : demos) {
            HospitalWriter writer = demo.open(engine, journal);
            started.add(demo);
            if (demo.equals(demos.getFirst())) {
                demo.start(writer, feeds);
            } else {
                later.add(() -> demo.startBeside(writer, feeds));
            }
            hospitals.add(new LiveHospital(writer, journal, true, null, feeds, addresses));
        }
        Path file = configuration.file();
        if (file != null) {
            HospitalsWatch watch = new HospitalsWatch(file, open, feeds, hospitals, filesCheckInterval);
            started.add(watch.watch(vertx));
            Gauge.builder("chevet.hospitals.unusable", watch, HospitalsWatch::unusable)
                    .description("mistakes that keep hospitals from being opened or closed; the log names them")
                    .strongReference(true)
                    .register(metrics);
        }
        Drills drills = closing(new Drills(journal, engine, hospitals, feeds, members == null));
        drills.reopen();
        WebServer web = new WebServer(configuration, hospitals, drills, addresses, metrics, result(contract));
        String deployment = listen(vertx, web);
        started.add(() -> await(vertx.undeploy(deployment), "the web side did not stop"));
        port = web.port();
        later.forEach(Runnable::run);
        if (cluster != null) {
            cluster.takePart();
            // The first to be closed: while everything here still serves.
            started.add(() -> cluster.handOver(HAND_OVER_MAX));
        }
    }

    private static Contract result(CompletableFuture<Contract> contract) {
        try {
            return contract.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    private <T extends AutoCloseable> T closing(T part) {
        started.add(part);
        return part;
    }

    private String listen(Vertx vertx, WebServer web) {
        try {
            return await(vertx.deployVerticle(web), "the web side did not start");
        } catch (StartException failure) {
            if (failure.getCause() instanceof BindException taken) {
                throw portTaken(taken);
            }
            throw failure;
        }
    }

    /** Before anything is read, or a demo's past lived: then it is known at once, and nothing has to be stopped again. */
    private void requireFreePort() {
        try (ServerSocket tried = new ServerSocket()) {
            tried.bind(new InetSocketAddress(
                    configuration.http().host(), configuration.http().port()));
        } catch (BindException taken) {
            throw portTaken(taken);
        } catch (IOException other) {
            // The web side meets it as well, and says what it is.
        }
    }

    private StartException portTaken(BindException taken) {
        return new StartException(
                "port " + configuration.http().port() + " of "
                        + configuration.http().host()
                        + " is taken. Maybe another Chevet runs there: stop it, or give another --port.",
                taken);
    }

    private static Vertx vertx(PrometheusMeterRegistry metrics, @Nullable HazelcastCluster members) {
        VertxOptions options = new VertxOptions()
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false))
                .setMetricsOptions(new MicrometerMetricsOptions()
                        .setEnabled(true)
                        // By its name a registry is shared with every other server of this process.
                        .setRegistryName(UUID.randomUUID().toString())
                        // Never the path: it names stays. The route is the path's pattern.
                        .setLabels(EnumSet.of(Label.HTTP_METHOD, Label.HTTP_CODE, Label.HTTP_ROUTE, Label.POOL_TYPE)));
        VertxBuilder builder = Vertx.builder().withMetrics(new MicrometerMetricsFactory(metrics));
        return members == null
                ? builder.with(options).build()
                : await(members.vertx(builder, options), "the members' event bus did not start");
    }

    /** Not to be called on an event loop. */
    static <T> T await(Future<T> future, String otherwise) {
        try {
            return future.toCompletionStage()
                    .toCompletableFuture()
                    .get(STEP_TIME_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            throw new StartException(otherwise + ": " + cause.getMessage(), cause);
        } catch (TimeoutException slow) {
            throw new StartException(otherwise + " within " + STEP_TIME_MAX.toSeconds() + " s", slow);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new StartException(otherwise + ": interrupted", stopped);
        }
    }
}
