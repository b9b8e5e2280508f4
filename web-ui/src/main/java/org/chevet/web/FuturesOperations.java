package org.chevet.web;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.chevet.forecast.WhatIf;
import org.jspecify.annotations.Nullable;

/** Futures with and without measures, over HTTP: asked for, looked at until they are there, cancelled. */
final class FuturesOperations {
    /**
     * What is asked for.
     *
     * @param given what happens with and without the measures
     * @param seed null for any
     */
    record AskFutures(
            List<WhatIf.Change> given,
            List<WhatIf.Change> measures,
            @Nullable Long seed) {}

    private final Outlooks outlooks;
    private final FuturesDesk desk;

    FuturesOperations(Outlooks outlooks, FuturesDesk desk) {
        this.outlooks = outlooks;
        this.desk = desk;
    }

    void addTo(RouterBuilder routes) {
        routes.getRoute("askFutures").addHandler(this::ask);
        routes.getRoute("getFutures").addHandler(request -> {
            FuturesDesk.Asked found = find(request);
            if (found != null) {
                send(request, 200, found.json());
            }
        });
        routes.getRoute("cancelFutures").addHandler(request -> {
            FuturesDesk.Asked found = find(request);
            if (found != null) {
                desk.cancel(found);
                send(request, 200, found.json());
            }
        });
    }

    private void ask(RoutingContext request) {
        Outlook outlook = outlooks.of(request);
        AskFutures wanted = outlook == null ? null : ActOperations.read(request, AskFutures.class);
        if (outlook == null || wanted == null) {
            return;
        }
        List<WhatIf.Change> changes = Stream.concat(wanted.given().stream(), wanted.measures().stream())
                .toList();
        if (changes.size() > WhatIf.CHANGES_MAX) {
            HttpProblem.invalid(List.of(new HttpProblem.FieldError(
                            "/measures", "are more than " + WhatIf.CHANGES_MAX + " together with /given")))
                    .send(request);
            return;
        }
        WhatIf measured = new WhatIf(changes);
        if (!ForecastOperations.hasServices(request, outlook.hospital(), measured)) {
            return;
        }
        Long seed = wanted.seed();
        FuturesDesk.Asked asked = desk.ask(
                outlook,
                ActorHandler.person(request),
                new WhatIf(wanted.given()),
                measured,
                seed == null ? ThreadLocalRandom.current().nextLong(Integer.MAX_VALUE) : seed);
        if (asked == null) {
            HttpProblem.of(
                            409,
                            "too-many-futures",
                            "Refused",
                            FuturesDesk.OPEN_MAX + " people have futures drawn, the most there may be",
                            "Try again in a moment.")
                    .send(request);
        } else {
            send(request, 202, Json.object(json -> json.writeStringField("id", asked.id())));
        }
    }

    /** Null when there is none, and then the request is answered. */
    private FuturesDesk.@Nullable Asked find(RoutingContext request) {
        Outlook outlook = outlooks.of(request);
        if (outlook == null) {
            return null;
        }
        String id = request.pathParam("futures");
        FuturesDesk.Asked found = desk.find(outlook.hospital().id(), id);
        if (found == null) {
            HttpProblem.notFound("nobody asked for futures " + id + ", or they were forgotten")
                    .send(request);
        }
        return found;
    }

    private static void send(RoutingContext request, int status, String json) {
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(json);
    }
}
