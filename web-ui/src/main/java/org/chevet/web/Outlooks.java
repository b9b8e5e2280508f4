package org.chevet.web;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.chevet.hospital.HospitalId;
import org.chevet.tension.TensionBoard;
import org.jspecify.annotations.Nullable;

/** The {@link Outlook} of every hospital there is. Owned by one event loop. */
final class Outlooks implements Hospitals.Listener {
    private static final Duration SUM_EVERY = Duration.ofSeconds(10);

    /** However many hospitals are read at once, boards and feeds have their own threads, and the machine the other cores. */
    private static final int FINDERS = 4;

    private final Vertx vertx;
    private final WorkerExecutor finders;

    /** Levels do not wait until hundreds of hospitals' forecasts were made again. */
    private final WorkerExecutor foreseers;

    private final Context context;
    private final Hospitals hospitals;
    private final Limits limits;

    /** Read by whoever scrapes as well. */
    private final Map<String, Outlook> byHospital = new ConcurrentSkipListMap<>();

    private List<GroupAhead> together = List.of();
    private List<List<GroupAhead>> summed = List.of();

    /** To be called on the owning context; its threads end when that is undeployed. */
    Outlooks(Vertx vertx, Context context, Hospitals hospitals, Limits limits, PrometheusMeterRegistry metrics) {
        this.vertx = vertx;
        finders = vertx.createSharedWorkerExecutor("chevet-outlook", FINDERS);
        foreseers = vertx.createSharedWorkerExecutor("chevet-forecast", FINDERS);
        this.context = context;
        this.hospitals = hospitals;
        this.limits = limits;
        metrics.getPrometheusRegistry().register(new OutlookMetrics(byHospital.values()));
    }

    void start() {
        hospitals.listen(this);
        vertx.setPeriodic(SUM_EVERY.toMillis(), timer -> sum());
    }

    /** Elsewhere: of hundreds of hospitals it takes a tenth of a second. */
    private void sum() {
        List<List<GroupAhead>> each = byHospital.values().stream()
                .filter(outlook -> !outlook.hospital().isDrill())
                .map(Outlook::ahead)
                .toList();
        if (!each.equals(summed)) {
            summed = each;
            foreseers.executeBlocking(() -> GroupAhead.sum(each), true).onSuccess(sum -> together = sum);
        }
    }

    @Override
    public void opened(LiveHospital hospital) {
        WebServer.on(context, () -> {
            Outlook outlook = new Outlook(vertx, finders, foreseers, hospital, limits);
            byHospital.put(hospital.id().value(), outlook);
            outlook.start();
        });
    }

    @Override
    public void closing(LiveHospital hospital) {
        WebServer.on(context, () -> {
            Outlook outlook = byHospital.remove(hospital.id().value());
            if (outlook != null) {
                outlook.close("this server no longer has hospital " + hospital.id());
            }
        });
    }

    /** What was foreseen last of a hospital, empty when nothing was. */
    List<GroupAhead> ahead(HospitalId hospital) {
        Outlook outlook = byHospital.get(hospital.value());
        return outlook == null ? List.of() : outlook.ahead();
    }

    /** As last found, null while it is not known. */
    @Nullable
    TensionBoard tension(HospitalId hospital) {
        Outlook outlook = byHospital.get(hospital.value());
        return outlook == null ? null : outlook.tension();
    }

    /** Of all hospitals together; the same object until something else is foreseen. */
    List<GroupAhead> together() {
        return together;
    }

    /** Of the hospital that the request's path names; null when there is none, and then the request is answered. */
    @Nullable
    Outlook of(RoutingContext request) {
        LiveHospital hospital = hospitals.of(request);
        Outlook outlook = hospital == null ? null : byHospital.get(hospital.id().value());
        if (hospital != null && outlook == null) {
            HttpProblem.unavailable("hospital " + hospital.id() + " is being opened", "Try again in a moment.")
                    .send(request);
        }
        return outlook;
    }

    /** Those who follow any of it. */
    long clientCount() {
        return byHospital.values().stream().mapToLong(Outlook::clientCount).sum();
    }

    /** @param why told to those who follow */
    void close(String why) {
        byHospital.values().forEach(outlook -> outlook.close(why));
    }
}
