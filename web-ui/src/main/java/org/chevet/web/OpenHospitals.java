package org.chevet.web;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.Journal;
import org.chevet.runtime.ClusterEngine;
import org.chevet.runtime.Engine;
import org.chevet.runtime.HospitalAccess;
import org.chevet.runtime.HospitalClock;
import org.chevet.runtime.HospitalWriter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the hospitals that files describe, and closes them, at the start and while Chevet runs. Thread-safe; everything blocks. */
final class OpenHospitals implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenHospitals.class);

    private record Open(Path path, LayoutFile file, AutoCloseable watch, LiveHospital hospital) {}

    private final Vertx vertx;
    private final Journal journal;
    private final Engine engine;
    private final @Nullable ClusterEngine cluster;
    private final Feeds feeds;
    private final Hospitals hospitals;
    private final @Nullable MemberAddresses members;
    private final Duration checkInterval;
    private final Map<HospitalId, Open> open = new LinkedHashMap<>();

    /**
     * @param cluster null for a process that is alone
     * @param checkInterval how often their files are looked at
     */
    OpenHospitals(
            Vertx vertx,
            Journal journal,
            Engine engine,
            @Nullable ClusterEngine cluster,
            Feeds feeds,
            Hospitals hospitals,
            @Nullable MemberAddresses members,
            Duration checkInterval) {
        this.vertx = vertx;
        this.journal = journal;
        this.engine = engine;
        this.cluster = cluster;
        this.feeds = feeds;
        this.hospitals = hospitals;
        this.members = members;
        this.checkInterval = checkInterval;
    }

    /** Where the open ones are described. */
    synchronized Map<HospitalId, Path> files() {
        Map<HospitalId, Path> files = new LinkedHashMap<>();
        open.forEach((id, one) -> files.put(id, one.path()));
        return files;
    }

    /**
     * All of them, as many at a time as there are processors, shown in their order.
     *
     * @throws org.chevet.journal.JournalException when one cannot be opened
     */
    void openAll(Collection<Hospital> described, Map<HospitalId, Path> files) {
        List<CompletableFuture<HospitalAccess>> opening = new ArrayList<>();
        try (ExecutorService workers =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            for (Hospital hospital : described) {
                opening.add(CompletableFuture.supplyAsync(() -> access(hospital), workers));
            }
        }
        for (CompletableFuture<HospitalAccess> opened : opening) {
            HospitalAccess access = result(opened);
            show(access, Objects.requireNonNull(files.get(access.id()), "each is described by a file"));
        }
    }

    private static HospitalAccess result(CompletableFuture<HospitalAccess> opened) {
        try {
            return opened.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    /** @throws org.chevet.journal.JournalException when it cannot be opened */
    void open(Hospital hospital, Path file) {
        show(access(hospital), file);
        LOG.info("hospital {}: opened, as {} describes it", hospital.id(), file);
    }

    private HospitalAccess access(Hospital hospital) {
        ClusterEngine shared = cluster;
        return shared == null
                ? engine.open(hospital, HospitalClock.wall())
                : shared.open(hospital, HospitalClock.wall());
    }

    private synchronized void show(HospitalAccess access, Path path) {
        LayoutFile file = new LayoutFile(path, access, checkInterval);
        LiveHospital hospital = new LiveHospital(access, journal, false, file, feeds, members);
        open.put(access.id(), new Open(path, file, file.watch(vertx), hospital));
        hospitals.add(hospital);
    }

    /** The file that describes it is elsewhere. */
    synchronized void moved(HospitalId id, Path path) {
        open.computeIfPresent(id, (same, one) -> {
            one.file().moved(path);
            return new Open(path, one.file(), one.watch(), one.hospital());
        });
    }

    /** Those who follow it are told, what was taken is done. Its journal stays, and its feeds' senders are told that it is gone. */
    void close(HospitalId id) {
        Open closing;
        synchronized (this) {
            closing = open.remove(id);
        }
        if (closing == null) {
            return;
        }
        hospitals.remove(closing.hospital());
        unwatch(closing);
        if (closing.hospital().writer() instanceof HospitalWriter) {
            engine.close(id);
        } else if (cluster != null) {
            cluster.close(id);
        }
        LOG.info("hospital {}: closed, as no file of the configuration describes it; its journal stays", id);
    }

    /** No file is looked at any more. */
    @Override
    public synchronized void close() {
        open.values().forEach(OpenHospitals::unwatch);
    }

    private static void unwatch(Open one) {
        try {
            one.watch().close();
        } catch (Exception e) {
            LOG.warn("hospital {}: its file is still looked at", one.hospital().id(), e);
        }
    }
}
