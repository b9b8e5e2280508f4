package org.chevet.web;

import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import org.chevet.forecast.WhatIf;

/** Forecasts over HTTP. */
final class ForecastOperations {
    private final Outlooks outlooks;

    ForecastOperations(Outlooks outlooks) {
        this.outlooks = outlooks;
    }

    void addTo(RouterBuilder routes) {
        routes.getRoute("getForecast").addHandler(this::getForecast);
        routes.getRoute("askWhatIf").addHandler(this::askWhatIf);
    }

    private void getForecast(RoutingContext request) {
        Outlook outlook = outlooks.of(request);
        if (outlook != null) {
            Found.send(request, outlook.findForecast());
        }
    }

    private void askWhatIf(RoutingContext request) {
        Outlook outlook = outlooks.of(request);
        WhatIf whatIf = outlook == null ? null : ActOperations.read(request, WhatIf.class);
        if (outlook == null || whatIf == null) {
            return;
        }
        if (hasServices(request, outlook.hospital(), whatIf)) {
            Found.send(request, outlook.findForecast(whatIf));
        }
    }

    /** Whether the hospital has all of those that are to be changed; otherwise the request is answered. */
    static boolean hasServices(RoutingContext request, LiveHospital hospital, WhatIf whatIf) {
        for (WhatIf.Change change : whatIf.changes()) {
            if (hospital.view().service(change.service()) == null) {
                HttpProblem.notFound("hospital " + hospital.id() + " has no service " + change.service())
                        .send(request);
                return false;
            }
        }
        return true;
    }
}
