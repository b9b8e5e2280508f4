package org.chevet.web;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.validation.RequestParameter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.chevet.hospital.HospitalId;
import org.chevet.tension.Indicators;
import org.chevet.tension.TensionBoard;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tension and indicators over HTTP. Found by worker threads; what is remembered here is the event loop's. Of a hospital that somebody asked
 * about, they are kept up from then on: levels have a past, and noon is to be seen when it is.
 */
final class TensionOperations {
    private static final Logger LOG = LoggerFactory.getLogger(TensionOperations.class);
    private static final int DAYS_DEFAULT = 7;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

    private static final class Desk {
        final LiveHospital hospital;
        final TensionDesk desk;
        boolean looking;

        Desk(LiveHospital hospital, ForecastOperations forecasts) {
            this.hospital = hospital;
            desk = new TensionDesk(hospital, () -> forecasts.shortage(hospital.id()));
        }
    }

    private final Vertx vertx;
    private final Hospitals hospitals;
    private final ForecastOperations forecasts;
    private final Map<HospitalId, Desk> desks = new HashMap<>();

    TensionOperations(Vertx vertx, Hospitals hospitals, ForecastOperations forecasts) {
        this.vertx = vertx;
        this.hospitals = hospitals;
        this.forecasts = forecasts;
    }

    void addTo(RouterBuilder routes) {
        routes.getRoute("getTension").addHandler(this::getTension);
        routes.getRoute("getIndicators").addHandler(this::getIndicators);
        vertx.setPeriodic(LOOK_EVERY.toMillis(), timer -> look());
    }

    private void look() {
        desks.values()
                .removeIf(known -> !known.hospital.equals(
                        hospitals.find(known.hospital.id().value())));
        for (Desk known : desks.values()) {
            if (!known.looking) {
                known.looking = true;
                vertx.executeBlocking(known.desk::board, false)
                        .onFailure(e -> LOG.warn(
                                "hospital {}: tension is not kept up: {}",
                                known.hospital.id(),
                                e.getClass().getSimpleName()))
                        .onComplete(done -> known.looking = false);
            }
        }
    }

    private void getTension(RoutingContext request) {
        TensionDesk desk = desk(request);
        if (desk != null) {
            send(request, () -> {
                TensionBoard board = desk.board();
                return board == null ? null : TensionJson.board(board);
            });
        }
    }

    private void getIndicators(RoutingContext request) {
        TensionDesk desk = desk(request);
        if (desk != null) {
            RequestParameter asked = ReadOperations.parameter(request, "days");
            int days = asked.isNull() || asked.isEmpty() ? DAYS_DEFAULT : asked.getInteger();
            send(request, () -> {
                Indicators indicators = desk.indicators(days);
                return indicators == null ? null : TensionJson.indicators(indicators);
            });
        }
    }

    /** Null when there is no such hospital, and then the request is answered. One that was closed and opened again begins anew. */
    private @Nullable TensionDesk desk(RoutingContext request) {
        LiveHospital hospital = hospitals.of(request);
        if (hospital == null) {
            return null;
        }
        Desk known = desks.get(hospital.id());
        if (known == null || !known.hospital.equals(hospital)) {
            known = new Desk(hospital, forecasts);
            desks.put(hospital.id(), known);
        }
        return known.desk;
    }

    private static void send(RoutingContext request, Callable<@Nullable String> json) {
        Future<String> made = request.vertx().executeBlocking(json, false);
        made.onSuccess(text -> {
                    if (text == null) {
                        HttpProblem.unavailable("the hospital has no event yet", "Try again in a moment.")
                                .send(request);
                    } else {
                        request.response()
                                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                                .end(text);
                    }
                })
                .onFailure(request::fail);
    }
}
