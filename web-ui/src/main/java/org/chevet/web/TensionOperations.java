package org.chevet.web;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.validation.RequestParameter;
import java.util.concurrent.Callable;
import org.chevet.tension.Indicators;
import org.chevet.tension.TensionBoard;
import org.jspecify.annotations.Nullable;

/** Tension and indicators over HTTP, found by worker threads. */
final class TensionOperations {
    private static final int DAYS_DEFAULT = 7;

    private final LearnedHospitals hospitals;

    TensionOperations(LearnedHospitals hospitals) {
        this.hospitals = hospitals;
    }

    void addTo(RouterBuilder routes) {
        routes.getRoute("getTension").addHandler(this::getTension);
        routes.getRoute("getIndicators").addHandler(this::getIndicators);
    }

    private void getTension(RoutingContext request) {
        LearnedHospital hospital = hospitals.of(request);
        if (hospital != null) {
            send(request, () -> {
                TensionBoard board = hospital.board();
                return board == null ? null : TensionJson.board(board);
            });
        }
    }

    private void getIndicators(RoutingContext request) {
        LearnedHospital hospital = hospitals.of(request);
        if (hospital != null) {
            RequestParameter asked = ReadOperations.parameter(request, "days");
            int days = asked.isNull() || asked.isEmpty() ? DAYS_DEFAULT : asked.getInteger();
            send(request, () -> {
                Indicators indicators = hospital.indicators(days);
                return indicators == null ? null : TensionJson.indicators(indicators);
            });
        }
    }

    /** @param json null before the hospital's first event */
    private static void send(RoutingContext request, Callable<@Nullable String> json) {
        answer(request, request.vertx().executeBlocking(json, false));
    }

    /** @param made completes with null before the hospital's first event */
    static void answer(RoutingContext request, Future<@Nullable String> made) {
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
