package org.chevet.web;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import org.chevet.occupancy.Decision;
import org.chevet.runtime.Answer;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong with a request, as its sender is told (RFC 9457). Thrown or sent.
 *
 * @param type {@code urn:chevet:} and a word that programs may rely on
 * @param advice what to do instead, null when the detail says it
 * @param retryAfterSeconds when a retry may work, 0 when it will not
 */
record HttpProblem(
        int status,
        String type,
        String title,
        String detail,
        @Nullable String advice,
        @Nullable String rule,
        Map<String, String> about,
        List<FieldError> errors,
        int retryAfterSeconds) {
    static final String CONTENT_TYPE = "application/problem+json";

    private static final int RETRY_AFTER_SECONDS = 2;

    /** @param field JSON pointer into the body, or the parameter's name */
    record FieldError(String field, String message) {
        private String told() {
            return field.isEmpty() ? message : field + " " + message;
        }
    }

    HttpProblem {
        about = Map.copyOf(about);
        errors = List.copyOf(errors);
    }

    static HttpProblem of(int status, String word, String title, String detail, @Nullable String advice) {
        return new HttpProblem(status, "urn:chevet:" + word, title, detail, advice, null, Map.of(), List.of(), 0);
    }

    static HttpProblem notFound(String detail) {
        return of(404, "not-found", "Not found", detail, null);
    }

    static HttpProblem invalid(List<FieldError> errors) {
        String detail = errors.isEmpty()
                ? "the request does not follow the contract"
                : String.join("; ", errors.stream().map(FieldError::told).toList());
        return new HttpProblem(
                400,
                "urn:chevet:invalid",
                "The request does not follow the contract",
                detail,
                "The contract is at /api/v1/openapi.yaml.",
                null,
                Map.of(),
                errors,
                0);
    }

    static HttpProblem refused(Decision.Refused refusal) {
        return new HttpProblem(
                409,
                "urn:chevet:rule:" + refusal.rule(),
                "Refused",
                refusal.detail(),
                refusal.rule().advice(),
                refusal.rule().name(),
                refusal.about(),
                List.of(),
                0);
    }

    static HttpProblem unavailable(Answer.Unavailable answer) {
        return unavailable(answer.detail(), answer.advice());
    }

    static HttpProblem unavailable(String detail, String advice) {
        return new HttpProblem(
                503,
                "urn:chevet:unavailable",
                "Not possible now",
                detail,
                advice,
                null,
                Map.of(),
                List.of(),
                RETRY_AFTER_SECONDS);
    }

    void send(RoutingContext request) {
        // The rest of too large a body is not read: the connection cannot be used again.
        send(request.response(), status == 413);
    }

    /** @param last whether the connection is closed afterwards */
    void send(HttpServerResponse response, boolean last) {
        if (response.headWritten() || response.closed()) {
            return;
        }
        response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, CONTENT_TYPE);
        if (retryAfterSeconds > 0) {
            response.putHeader("Retry-After", Integer.toString(retryAfterSeconds));
        }
        if (last) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        response.end(toJson());
    }

    String toJson() {
        return Json.object(json -> {
            json.writeStringField("type", type);
            json.writeStringField("title", title);
            json.writeNumberField("status", status);
            json.writeStringField("detail", detail);
            Json.writeIfPresent(json, "advice", advice);
            if (rule != null) {
                json.writeStringField("rule", rule);
                json.writeObjectField("about", about);
            }
            if (!errors.isEmpty()) {
                json.writeObjectField("errors", errors);
            }
        });
    }
}
