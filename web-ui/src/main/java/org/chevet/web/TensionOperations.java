package org.chevet.web;

import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.validation.RequestParameter;

/** Tension and indicators over HTTP. */
final class TensionOperations {
    private final Outlooks outlooks;

    TensionOperations(Outlooks outlooks) {
        this.outlooks = outlooks;
    }

    void addTo(RouterBuilder routes) {
        routes.getRoute("getTension").addHandler(this::getTension);
        routes.getRoute("getIndicators").addHandler(this::getIndicators);
    }

    private void getTension(RoutingContext request) {
        Outlook outlook = outlooks.of(request);
        if (outlook != null) {
            Found.send(request, outlook.findTension());
        }
    }

    private void getIndicators(RoutingContext request) {
        Outlook outlook = outlooks.of(request);
        if (outlook != null) {
            RequestParameter asked = ReadOperations.parameter(request, "days");
            int days = asked.isNull() || asked.isEmpty() ? Outlook.DAYS_DEFAULT : asked.getInteger();
            Found.send(request, outlook.findIndicators(days));
        }
    }
}
