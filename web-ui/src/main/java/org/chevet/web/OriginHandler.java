package org.chevet.web;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps pages of other sites from acting through a visitor's browser. A browser says which site a request comes from
 * ({@code Origin}); a page whose name was pointed at this machine says its own name as the {@code Host}. Programs that are
 * no browser send no origin and pass.
 */
final class OriginHandler implements Handler<RoutingContext> {
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

    private final Set<String> allowedOrigins;
    private final Set<String> hostNames = new HashSet<>(LOOPBACK_NAMES);

    /** @param host the address the server listens on */
    OriginHandler(String host, List<String> allowedOrigins) {
        this.allowedOrigins = Set.copyOf(allowedOrigins);
        hostNames.add(host.toLowerCase(Locale.ROOT));
        for (String origin : allowedOrigins) {
            String name = URI.create(origin).getHost();
            if (name != null) {
                hostNames.add(name.toLowerCase(Locale.ROOT));
            }
        }
    }

    @Override
    public void handle(RoutingContext request) {
        HostAndPort authority = request.request().authority();
        if (authority == null || !hostNames.contains(authority.host().toLowerCase(Locale.ROOT))) {
            HttpProblem.of(
                            421,
                            "host-unknown",
                            "Not this server",
                            "the request's Host is not a name of this server",
                            "Maybe add the address people use to allowedOrigins in chevet.yaml.")
                    .send(request);
        } else if (!READING.contains(request.request().method()) && !isAllowed(request.request())) {
            foreign().send(request);
        } else {
            request.next();
        }
    }

    /** Whether the page behind this request, if any, is ours. */
    boolean isAllowed(HttpServerRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin == null
                || allowedOrigins.contains(origin)
                || isOwn(origin, request.authority(), request.scheme());
    }

    static HttpProblem foreign() {
        return HttpProblem.of(
                403,
                "origin-foreign",
                "Asked by another site",
                "the request comes from a page of another origin",
                "Maybe add that origin to allowedOrigins in chevet.yaml.");
    }

    private static boolean isOwn(String origin, @Nullable HostAndPort authority, @Nullable String scheme) {
        return authority != null && origin.equalsIgnoreCase(scheme + "://" + authority);
    }
}
