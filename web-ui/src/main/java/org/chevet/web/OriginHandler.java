package org.chevet.web;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
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
 *
 * <p>Pages of other members of the cluster are ours as well: one whose member is gone asks here, which browsers allow once they
 * are told so (the Fetch standard's CORS protocol).
 */
final class OriginHandler implements Handler<RoutingContext> {
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

    private static final String ACT_METHODS = "GET, POST, PUT";
    private static final String ACT_HEADERS = "Content-Type, Idempotency-Key, " + ActorHandler.HEADER;

    /** Browsers keep what they were told of what may be asked here for so long, and ask again then. */
    private static final String TOLD_SECONDS = "600";

    private final Set<String> allowedOrigins;
    private final @Nullable MemberAddresses members;
    private final Set<String> hostNames = new HashSet<>(LOOPBACK_NAMES);

    /**
     * @param host the address the server listens on
     * @param own where browsers reach this member, null when it does not say
     * @param members null for a process that is alone
     */
    OriginHandler(String host, List<String> allowedOrigins, @Nullable String own, @Nullable MemberAddresses members) {
        this.allowedOrigins = new HashSet<>(allowedOrigins);
        this.members = members;
        hostNames.add(host.toLowerCase(Locale.ROOT));
        if (own != null) {
            this.allowedOrigins.add(own);
        }
        for (String origin : this.allowedOrigins) {
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
            tellMembersPage(request);
            request.next();
        }
    }

    /** Lets a page of another member read what it asked for here. */
    private void tellMembersPage(RoutingContext request) {
        String origin = request.request().getHeader(HttpHeaders.ORIGIN);
        if (members == null || origin == null || !members.origins().contains(origin)) {
            return;
        }
        MultiMap answer = request.response().headers();
        answer.add(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        answer.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        // Whoever signs people in before Chevet may know them by a cookie.
        answer.set(HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
        if (request.request().method().equals(HttpMethod.OPTIONS)) {
            answer.set(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, ACT_METHODS);
            answer.set(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, ACT_HEADERS);
            answer.set(HttpHeaders.ACCESS_CONTROL_MAX_AGE, TOLD_SECONDS);
        }
    }

    /** Whether the page behind this request, if any, is ours. */
    boolean isAllowed(HttpServerRequest request) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin == null
                || allowedOrigins.contains(origin)
                || members != null && members.origins().contains(origin)
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
