package org.chevet.web;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/** What every answer tells the browser it may not do. */
final class SecurityHeaders implements Handler<RoutingContext> {
    private final String contentSecurityPolicy;

    /** @param inlineScriptHash the hash of the only script that stands in a page: the import map */
    SecurityHeaders(String inlineScriptHash) {
        contentSecurityPolicy = String.join(
                "; ",
                "default-src 'self'",
                "script-src 'self' '" + inlineScriptHash + "'",
                "style-src 'self'",
                "img-src 'self' data:",
                "connect-src 'self'",
                "object-src 'none'",
                "base-uri 'none'",
                "form-action 'none'",
                "frame-ancestors 'none'");
    }

    @Override
    public void handle(RoutingContext request) {
        MultiMap headers = request.response().headers();
        headers.set("Content-Security-Policy", contentSecurityPolicy);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        // Not "no-referrer": with it browsers send "Origin: null" from our own page.
        headers.set("Referrer-Policy", "same-origin");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
        // Who lies where is nothing to keep in a cache; what may be kept says so itself.
        headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
        request.next();
    }
}
