package org.chevet.web;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.chevet.forecast.WhatIf;
import org.chevet.hospital.HospitalId;
import org.chevet.tension.BedShortage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forecasts over HTTP. Each hospital's history is read in the background from when it is opened, and every {@link #LEARN_SECONDS} on. All who ask for the
 * forecast at once get one answer, and within {@link #FRESH_MILLIS} of it the same again.
 */
final class ForecastOperations implements Hospitals.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(ForecastOperations.class);
    private static final int LEARN_SECONDS = 30;
    private static final int FRESH_MILLIS = 2_000;

    /** Belongs to the event loop, but for the forecasts themselves. */
    private static final class Desk {
        private final ForecastDesk forecasts;
        private @Nullable Future<String> last;
        private long lastNanos;

        Desk(LiveHospital hospital) {
            forecasts = new ForecastDesk(hospital);
        }
    }

    private final Vertx vertx;
    private final Hospitals hospitals;
    private final Map<HospitalId, Desk> desks = new ConcurrentHashMap<>();

    ForecastOperations(Vertx vertx, Hospitals hospitals) {
        this.vertx = vertx;
        this.hospitals = hospitals;
    }

    void addTo(RouterBuilder routes) {
        routes.getRoute("getForecast").addHandler(this::getForecast);
        routes.getRoute("askWhatIf").addHandler(this::askWhatIf);
        hospitals.listen(this);
        vertx.setPeriodic(
                Duration.ofSeconds(LEARN_SECONDS).toMillis(),
                tick -> desks.values().forEach(this::learn));
    }

    @Override
    public void opened(LiveHospital hospital) {
        Desk desk = new Desk(hospital);
        desks.put(hospital.id(), desk);
        learn(desk);
    }

    @Override
    public void closing(LiveHospital hospital) {
        desks.remove(hospital.id());
    }

    /** Of a hospital that is open here; nothing is known of another. */
    BedShortage shortage(HospitalId hospital) {
        Desk desk = desks.get(hospital);
        return desk == null ? BedShortage.UNKNOWN : desk.forecasts.shortage();
    }

    private void learn(Desk desk) {
        vertx.executeBlocking(
                        () -> {
                            desk.forecasts.learn();
                            return true;
                        },
                        false)
                .onFailure(failure -> LOG.warn(
                        "hospital {}: its journal could not be read for forecasts: {}",
                        desk.forecasts.hospital().id(),
                        failure.getClass().getSimpleName()));
    }

    private void getForecast(RoutingContext request) {
        Desk desk = desk(request);
        if (desk == null) {
            return;
        }
        Future<String> known = desk.last;
        boolean fresh = known != null
                && !known.failed()
                && (!known.isComplete()
                        || System.nanoTime() - desk.lastNanos
                                < Duration.ofMillis(FRESH_MILLIS).toNanos());
        if (known == null || !fresh) {
            Promise<String> promise = Promise.promise();
            known = promise.future();
            desk.last = known;
            vertx.executeBlocking(() -> ForecastJson.of(desk.forecasts.look(WhatIf.NOTHING)), false)
                    .onComplete(done -> {
                        desk.lastNanos = System.nanoTime();
                        promise.handle(done);
                    });
        }
        send(request, known);
    }

    private void askWhatIf(RoutingContext request) {
        Desk desk = desk(request);
        WhatIf whatIf = desk == null ? null : ActOperations.read(request, WhatIf.class);
        if (desk == null || whatIf == null) {
            return;
        }
        LiveHospital hospital = desk.forecasts.hospital();
        for (WhatIf.Change change : whatIf.changes()) {
            if (hospital.view().service(change.service()) == null) {
                HttpProblem.notFound("hospital " + hospital.id() + " has no service " + change.service())
                        .send(request);
                return;
            }
        }
        send(request, vertx.executeBlocking(() -> ForecastJson.of(desk.forecasts.look(whatIf)), false));
    }

    private @Nullable Desk desk(RoutingContext request) {
        LiveHospital hospital = hospitals.of(request);
        if (hospital == null) {
            return null;
        }
        Desk desk = desks.get(hospital.id());
        if (desk == null) {
            HttpProblem.unavailable("hospital " + hospital.id() + " is being opened", "Try again in a moment.")
                    .send(request);
        }
        return desk;
    }

    private static void send(RoutingContext request, Future<String> answer) {
        answer.onSuccess(json -> request.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .end(json))
                .onFailure(request::fail);
    }
}
