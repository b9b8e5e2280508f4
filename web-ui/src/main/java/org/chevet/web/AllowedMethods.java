package org.chevet.web;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Which methods an address takes: those of the contract there, and reading anywhere else. */
final class AllowedMethods implements Handler<RoutingContext> {
    private record Address(Pattern pattern, HttpMethod method) {}

    private final List<Address> addresses;

    AllowedMethods(OpenAPIContract contract) {
        addresses = contract.operations().stream()
                .map(operation -> new Address(pattern(operation), operation.getHttpMethod()))
                .toList();
    }

    private static Pattern pattern(Operation operation) {
        String[] parts = operation.getOpenAPIPath().split("\\{[^}]*}", -1);
        StringBuilder pattern = new StringBuilder(Pattern.quote(WebServer.API_PATH));
        for (int i = 0; i < parts.length; i++) {
            pattern.append(i == 0 ? "" : "[^/]+").append(Pattern.quote(parts[i]));
        }
        return Pattern.compile(pattern.toString());
    }

    /** Answers OPTIONS, preflights too: what another origin may do is in the headers by then, when it may do anything. */
    @Override
    public void handle(RoutingContext request) {
        if (request.request().method().equals(HttpMethod.OPTIONS)) {
            addTo(request);
            request.response().setStatusCode(204).end();
        } else {
            request.next();
        }
    }

    void refuse(RoutingContext request) {
        addTo(request);
        HttpProblem.of(
                        405,
                        "method",
                        "Wrong method",
                        "this address does not take " + request.request().method(),
                        null)
                .send(request);
    }

    private void addTo(RoutingContext request) {
        Set<String> allowed = new LinkedHashSet<>();
        for (Address address : addresses) {
            if (address.pattern().matcher(request.normalizedPath()).matches()) {
                allowed.add(address.method().name());
            }
        }
        if (allowed.isEmpty()) {
            allowed.add(HttpMethod.GET.name());
        }
        if (allowed.contains(HttpMethod.GET.name())) {
            allowed.add(HttpMethod.HEAD.name());
        }
        allowed.add(HttpMethod.OPTIONS.name());
        request.response().putHeader(HttpHeaders.ALLOW, String.join(", ", allowed));
    }
}
