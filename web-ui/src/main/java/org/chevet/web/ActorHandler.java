package org.chevet.web;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chevet.event.Origin;
import org.chevet.event.Role;
import org.chevet.hospital.HospitalId;
import org.jspecify.annotations.Nullable;

/**
 * The one door: it says who a request comes from, and whether they may see what they ask for. Sign-in will stand here.
 * Until then the person says who they are in a header, and the server listens on this machine only.
 */
final class ActorHandler implements Handler<RoutingContext> {
    static final String HEADER = "Chevet-Actor";

    static final int HEADER_CHARS_MAX = 1024;

    private static final String PERSON = ActorHandler.class.getName();
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    /** A question with a body: it changes nothing, so who may read the forecast may ask it. */
    private static final String WHAT_IF = "/forecast/what-if";

    private static final String ADVICE = "Send \"" + HEADER + ": name=<percent-encoded UTF-8>; role=BED_MANAGER\".";

    /** Lets reading through, and acts of people who say who they are. */
    @Override
    public void handle(RoutingContext request) {
        if (READING.contains(request.request().method())
                || request.normalizedPath().endsWith(WHAT_IF)) {
            request.next();
            return;
        }
        try {
            request.put(PERSON, read(request.request().getHeader(HEADER)));
        } catch (IllegalArgumentException unusable) {
            HttpProblem.of(401, "actor-unknown", "Nobody says who asks", String.valueOf(unusable.getMessage()), ADVICE)
                    .send(request);
            return;
        }
        request.next();
    }

    /** Whether the sender of this upgrade may follow this hospital's board. */
    boolean mayFollow(HttpServerRequest upgrade, HospitalId hospital) {
        return true;
    }

    /** Who asks for the act; only behind this handler. */
    static Origin.Person person(RoutingContext request) {
        Origin.Person person = request.get(PERSON);
        if (person == null) {
            throw new IllegalStateException(
                    "an act was routed past the door: " + request.request().method());
        }
        return person;
    }

    /** @throws IllegalArgumentException when it does not name a person and a role; its message can be shown */
    static Origin.Person read(@Nullable String header) {
        if (header == null) {
            throw new IllegalArgumentException("header " + HEADER + " is missing");
        }
        if (header.length() > HEADER_CHARS_MAX) {
            throw new IllegalArgumentException(
                    "header " + HEADER + " has " + header.length() + " characters, more than " + HEADER_CHARS_MAX);
        }
        Map<String, String> members = members(header);
        String name = members.get("name");
        String role = members.get("role");
        if (name == null || role == null || members.size() != 2) {
            throw new IllegalArgumentException("header " + HEADER + " wants a name and a role, nothing else");
        }
        return new Origin.Person(decode(name), role(role));
    }

    private static Map<String, String> members(String header) {
        Map<String, String> members = new HashMap<>();
        for (String member : header.split(";", -1)) {
            int equals = member.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("header " + HEADER + " has a part without '='");
            }
            String key = member.substring(0, equals).strip();
            if (members.put(key, member.substring(equals + 1).strip()) != null) {
                throw new IllegalArgumentException("header " + HEADER + " says " + key + " twice");
            }
        }
        return members;
    }

    private static Role role(String text) {
        try {
            return Role.valueOf(text);
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException("role '" + text + "' is none of " + List.of(Role.values()), unknown);
        }
    }

    private static String decode(String text) {
        // A plus sign is itself here, unlike in forms.
        String name = URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8)
                .strip();
        if (name.indexOf('\uFFFD') >= 0 || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the name in header " + HEADER + " is not percent-encoded UTF-8 text");
        }
        return name;
    }
}
