package org.chevet.web;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.validation.RequestParameter;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.chevet.hospital.HospitalId;
import org.chevet.tension.Indicators;
import org.chevet.tension.TensionBoard;
import org.jspecify.annotations.Nullable;

/** Tension and indicators over HTTP. Found by worker threads; what is remembered here is the event loop's. */
final class TensionOperations {
    static final int DAYS_DEFAULT = 7;

    private record Desk(LiveHospital hospital, TensionDesk desk) {}

    private final Vertx vertx;
    private final Hospitals hospitals;
    private final Map<HospitalId, Desk> desks = new HashMap<>();

    TensionOperations(Vertx vertx, Hospitals hospitals) {
        this.vertx = vertx;
        this.hospitals = hospitals;
    }

    void addTo(RouterBuilder routes) {
        routes.getRoute("getTension").addHandler(this::getTension);
        routes.getRoute("getIndicators").addHandler(this::getIndicators);
    }

    private void getTension(RoutingContext request) {
        LiveHospital hospital = hospitals.of(request);
        if (hospital != null) {
            send(request, board(hospital));
        }
    }

    private void getIndicators(RoutingContext request) {
        LiveHospital hospital = hospitals.of(request);
        if (hospital != null) {
            RequestParameter asked = ReadOperations.parameter(request, "days");
            send(request, indicators(hospital, asked.isNull() || asked.isEmpty() ? DAYS_DEFAULT : asked.getInteger()));
        }
    }

    /** Null before the hospital's first event. To be called on the event loop. */
    Future<@Nullable Found<TensionBoard>> board(LiveHospital hospital) {
        TensionDesk desk = desk(hospital);
        return find(desk::board, TensionJson::board);
    }

    /** Null before the hospital's first event. To be called on the event loop. */
    Future<@Nullable Found<Indicators>> indicators(LiveHospital hospital, int days) {
        TensionDesk desk = desk(hospital);
        return find(() -> desk.indicators(days), TensionJson::indicators);
    }

    private <T> Future<@Nullable Found<T>> find(Callable<@Nullable T> figures, Function<T, String> json) {
        return vertx.executeBlocking(
                () -> {
                    T found = figures.call();
                    return found == null ? null : new Found<>(found, json.apply(found));
                },
                false);
    }

    /** One that was closed and opened again begins anew. */
    private TensionDesk desk(LiveHospital hospital) {
        Desk known = desks.get(hospital.id());
        if (known == null || !known.hospital().equals(hospital)) {
            desks.values()
                    .removeIf(desk -> !desk.hospital()
                            .equals(hospitals.find(desk.hospital().id().value())));
            known = new Desk(hospital, new TensionDesk(hospital));
            desks.put(hospital.id(), known);
        }
        return known.desk();
    }

    private static <T> void send(RoutingContext request, Future<@Nullable Found<T>> made) {
        made.onSuccess(found -> {
                    if (found == null) {
                        HttpProblem.unavailable("the hospital has no event yet", "Try again in a moment.")
                                .send(request);
                    } else {
                        request.response()
                                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                                .end(found.json());
                    }
                })
                .onFailure(request::fail);
    }
}
