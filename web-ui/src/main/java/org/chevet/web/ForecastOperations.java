package org.chevet.web;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.chevet.forecast.WhatIf;
import org.chevet.hospital.HospitalId;
import org.jspecify.annotations.Nullable;

/** Forecasts over HTTP. All who ask for a hospital's at once get one answer, and within {@link #FRESH_MILLIS} of it the same again. */
final class ForecastOperations {
    private static final int FRESH_MILLIS = 2_000;

    /** The last answer. Owned by the event loop. */
    private static final class Answered {
        private final LearnedHospital hospital;
        private @Nullable Future<@Nullable String> last;
        private long lastNanos;

        Answered(LearnedHospital hospital) {
            this.hospital = hospital;
        }
    }

    private final Vertx vertx;
    private final LearnedHospitals hospitals;
    private final Map<HospitalId, Answered> answered = new HashMap<>();

    ForecastOperations(Vertx vertx, LearnedHospitals hospitals) {
        this.vertx = vertx;
        this.hospitals = hospitals;
    }

    void addTo(RouterBuilder routes) {
        routes.getRoute("getForecast").addHandler(this::getForecast);
        routes.getRoute("askWhatIf").addHandler(this::askWhatIf);
    }

    private void getForecast(RoutingContext request) {
        LearnedHospital hospital = hospitals.of(request);
        if (hospital == null) {
            return;
        }
        // One that was closed and opened again begins anew.
        Answered desk = answered.compute(
                hospital.hospital().id(),
                (id, before) -> before != null && before.hospital.equals(hospital) ? before : new Answered(hospital));
        Future<@Nullable String> known = desk.last;
        boolean fresh = known != null
                && !known.failed()
                && (!known.isComplete()
                        || System.nanoTime() - desk.lastNanos
                                < Duration.ofMillis(FRESH_MILLIS).toNanos());
        if (known == null || !fresh) {
            Promise<@Nullable String> promise = Promise.promise();
            known = promise.future();
            desk.last = known;
            vertx.executeBlocking(() -> json(hospital, WhatIf.NOTHING), false).onComplete(done -> {
                desk.lastNanos = System.nanoTime();
                promise.handle(done);
            });
        }
        TensionOperations.answer(request, known);
    }

    private void askWhatIf(RoutingContext request) {
        LearnedHospital hospital = hospitals.of(request);
        WhatIf whatIf = hospital == null ? null : ActOperations.read(request, WhatIf.class);
        if (hospital == null || whatIf == null) {
            return;
        }
        for (WhatIf.Change change : whatIf.changes()) {
            if (hospital.hospital().view().service(change.service()) == null) {
                HttpProblem.notFound("hospital " + hospital.hospital().id() + " has no service " + change.service())
                        .send(request);
                return;
            }
        }
        TensionOperations.answer(request, vertx.executeBlocking(() -> json(hospital, whatIf), false));
    }

    private static @Nullable String json(LearnedHospital hospital, WhatIf whatIf) {
        ForecastDesk.Told told = hospital.forecast(whatIf);
        return told == null ? null : ForecastJson.of(told);
    }
}
