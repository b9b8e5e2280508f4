package org.chevet.web;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.chevet.hospital.HospitalId;
import org.jspecify.annotations.Nullable;

/** The {@link Outlook} of every hospital there is. Owned by one event loop. */
final class Outlooks implements Hospitals.Listener {
    private final Vertx vertx;
    private final Context context;
    private final Hospitals hospitals;
    private final Limits limits;
    private final ForecastOperations forecasts;
    private final TensionOperations tensions;

    /** Read by whoever scrapes as well. */
    private final Map<String, Outlook> byHospital = new ConcurrentSkipListMap<>();

    /** To be called on the owning context. */
    Outlooks(Vertx vertx, Context context, Hospitals hospitals, Limits limits, PrometheusMeterRegistry metrics) {
        this.vertx = vertx;
        this.context = context;
        this.hospitals = hospitals;
        this.limits = limits;
        forecasts = new ForecastOperations(vertx, hospitals);
        tensions = new TensionOperations(vertx, hospitals);
        metrics.getPrometheusRegistry().register(new OutlookMetrics(byHospital.values()));
    }

    void addTo(RouterBuilder routes) {
        tensions.addTo(routes);
        forecasts.addTo(routes);
        hospitals.listen(this);
    }

    @Override
    public void opened(LiveHospital hospital) {
        WebServer.on(context, () -> {
            Outlook outlook = new Outlook(vertx, hospital, limits, forecasts, tensions);
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

    /** Null while the hospital is being opened. */
    @Nullable
    Outlook find(HospitalId hospital) {
        return byHospital.get(hospital.value());
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
