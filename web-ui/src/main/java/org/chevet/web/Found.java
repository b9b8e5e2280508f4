package org.chevet.web;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/**
 * What was found of a hospital, and the same as the contract has it, made where it was found: not on an event loop.
 *
 * @param <T> of figures
 */
record Found<T>(T figures, String json) {
    /** @param made completes with null before the hospital's first event */
    static <T> void send(RoutingContext request, Future<@Nullable Found<T>> made) {
        made.onSuccess(found -> {
                    if (found == null) {
                        HttpProblem.unavailable("the hospital has no event yet", "Try again in a moment.")
                                .send(request);
                    } else {
                        request.response()
                                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                                .end(found.json());
                    }
                })
                .onFailure(request::fail);
    }
}
