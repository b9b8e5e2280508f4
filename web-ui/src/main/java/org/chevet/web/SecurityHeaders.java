package org.chevet.web;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** What every answer tells the browser it may not do. */
final class SecurityHeaders implements Handler<RoutingContext> {
    private static final CharSequence POLICY = HttpHeaders.createOptimized("Content-Security-Policy");

    /** Names and values as they go out, made once: text would be made bytes for each answer. */
    private final Map<CharSequence, CharSequence> headers = new LinkedHashMap<>();

    private final String scripts;
    private final Supplier<Set<String>> origins;
    private volatile Policy policy;

    /** @param origins that it was made for */
    private record Policy(Set<String> origins, CharSequence text) {}

    /**
     * @param inlineHashes of the scripts that stand in a page
     * @param origins where else a page may ask; the same object as long as they are the same
     */
    SecurityHeaders(List<String> inlineHashes, Supplier<Set<String>> origins) {
        scripts = "script-src 'self' '" + String.join("' '", inlineHashes) + "'";
        this.origins = origins;
        policy = policy(origins.get());
        add("X-Content-Type-Options", "nosniff");
        add("X-Frame-Options", "DENY");
        // Not "no-referrer": with it browsers send "Origin: null" from our own page.
        add("Referrer-Policy", "same-origin");
        add("Cross-Origin-Opener-Policy", "same-origin");
        add("Cross-Origin-Resource-Policy", "same-origin");
        add("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
        // Who lies where is nothing to keep in a cache; what may be kept says so itself.
        add("Cache-Control", "no-store");
    }

    private Policy policy(Set<String> others) {
        StringBuilder connect = new StringBuilder("connect-src 'self'");
        for (String origin : new TreeSet<>(others)) {
            // As long as "https://…" does not cover its WebSockets in every browser.
            connect.append(' ').append(origin).append(" ws").append(origin.substring("http".length()));
        }
        return new Policy(
                others,
                HttpHeaders.createOptimized(String.join(
                        "; ",
                        "default-src 'self'",
                        scripts,
                        "style-src 'self'",
                        "img-src 'self' data:",
                        connect,
                        "object-src 'none'",
                        "base-uri 'none'",
                        "form-action 'none'",
                        "frame-ancestors 'none'")));
    }

    @SuppressWarnings("ReferenceEquality") // the same object is the same set
    private Policy current() {
        Set<String> now = origins.get();
        Policy known = policy;
        if (known.origins() != now) {
            known = policy(now);
            policy = known;
        }
        return known;
    }

    private void add(String name, String value) {
        headers.put(HttpHeaders.createOptimized(name), HttpHeaders.createOptimized(value));
    }

    @Override
    public void handle(RoutingContext request) {
        MultiMap answer = request.response().headers();
        answer.set(POLICY, current().text());
        headers.forEach(answer::set);
        request.next();
    }
}
