package org.chevet.web;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.Map;

/** What every answer tells the browser it may not do. */
final class SecurityHeaders implements Handler<RoutingContext> {
    /** Names and values as they go out, made once: text would be made bytes for each answer. */
    private final Map<CharSequence, CharSequence> headers = new LinkedHashMap<>();

    /** @param inlineScriptHash the hash of the only script that stands in a page: the import map */
    SecurityHeaders(String inlineScriptHash) {
        add(
                "Content-Security-Policy",
                String.join(
                        "; ",
                        "default-src 'self'",
                        "script-src 'self' '" + inlineScriptHash + "'",
                        "style-src 'self'",
                        "img-src 'self' data:",
                        "connect-src 'self'",
                        "object-src 'none'",
                        "base-uri 'none'",
                        "form-action 'none'",
                        "frame-ancestors 'none'"));
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

    private void add(String name, String value) {
        headers.put(HttpHeaders.createOptimized(name), HttpHeaders.createOptimized(value));
    }

    @Override
    public void handle(RoutingContext request) {
        MultiMap answer = request.response().headers();
        headers.forEach(answer::set);
        request.next();
    }
}
