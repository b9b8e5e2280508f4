package org.chevet.web;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chevet.event.Role;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.file.Problem;
import org.chevet.runtime.Answer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A hospital's file over HTTP: what it says now, what it would change, and the word to apply it. */
final class LayoutOperations {
    /** Who may take beds away under patients. */
    static final Set<Role> MAY_APPLY = EnumSet.of(Role.BED_MANAGER, Role.CRISIS_CELL, Role.DIRECTOR_ON_DUTY);

    private static final Logger LOG = LoggerFactory.getLogger(LayoutOperations.class);

    private final Hospitals hospitals;

    LayoutOperations(Hospitals hospitals) {
        this.hospitals = hospitals;
    }

    void addTo(RouterBuilder routes) {
        routes.getRoute("getLayoutFile").addHandler(this::get);
        routes.getRoute("reloadLayout").addHandler(this::reload);
    }

    private void get(RoutingContext request) {
        LayoutFile file = fileOf(request);
        if (file != null) {
            request.vertx()
                    .executeBlocking(() -> describe(file), false)
                    .onSuccess(json -> send(request, json))
                    .onFailure(request::fail);
        }
    }

    private void reload(RoutingContext request) {
        LayoutFile file = fileOf(request);
        if (file == null) {
            return;
        }
        Role role = ActorHandler.person(request).role();
        if (!MAY_APPLY.contains(role)) {
            HttpProblem.of(
                            403,
                            "role",
                            "Not allowed",
                            "a " + role + " may not change the hospital's beds",
                            "Ask one of " + MAY_APPLY + ".")
                    .send(request);
            return;
        }
        String digest = request.body().asJsonObject().getString("digest");
        LOG.info("hospital {}: its file is applied, asked by a {}", request.pathParam("hospital"), role);
        Context context = request.vertx().getOrCreateContext();
        request.vertx()
                .executeBlocking(() -> file.apply(digest), false)
                .compose(outcome -> Future.fromCompletionStage(outcome, context))
                .onSuccess(outcome -> answer(request, file, outcome))
                .onFailure(request::fail);
    }

    private static void answer(RoutingContext request, LayoutFile file, LayoutFile.Outcome outcome) {
        switch (outcome) {
            case LayoutFile.Outcome.Answered(Answer.Done done, LayoutChange change) ->
                send(request, Json.object(json -> {
                    json.writeNumberField("sequence", done.sequence());
                    write(json, change);
                }));
            case LayoutFile.Outcome.Answered(Answer.Unavailable unavailable, LayoutChange change) ->
                HttpProblem.unavailable(unavailable).send(request);
            case LayoutFile.Outcome.Answered(Answer.Refused refused, LayoutChange change) ->
                HttpProblem.refused(refused.refusal()).send(request);
            case LayoutFile.Outcome.Changed changed ->
                HttpProblem.of(
                                409,
                                "layout-changed",
                                "Another file",
                                file.name() + " was written since it was looked at",
                                "Look at what it says now, then apply that.")
                        .send(request);
            case LayoutFile.Outcome.Wrong wrong -> wrong(file, wrong.problems()).send(request);
        }
    }

    private static HttpProblem wrong(LayoutFile file, List<Problem> problems) {
        return new HttpProblem(
                422,
                "urn:chevet:layout-wrong",
                "Mistakes in the hospital's file",
                file.name() + " has " + problems.size() + " mistakes; nothing of it is used",
                "Mend all of them and save the file.",
                null,
                Map.of(),
                problems.stream()
                        .map(problem -> new HttpProblem.FieldError(problem.path(), told(problem)))
                        .toList(),
                0);
    }

    private static String told(Problem problem) {
        String place = problem.line() == 0 ? "" : "line " + problem.line() + ": ";
        return place + problem.message() + ". " + problem.advice();
    }

    /** The file that the request's path leads to; null when there is none, and then the request is answered. */
    private @Nullable LayoutFile fileOf(RoutingContext request) {
        LiveHospital hospital = hospitals.of(request);
        if (hospital == null) {
            return null;
        }
        LayoutFile file = hospital.layoutFile();
        if (file == null) {
            HttpProblem.notFound("hospital " + hospital.id() + " is invented: no file describes it")
                    .send(request);
        }
        return file;
    }

    private static String describe(LayoutFile file) {
        LayoutFile.Examined examined = file.examine();
        Hospital hospital = examined.hospital();
        return Json.object(json -> {
            json.writeStringField("file", file.name());
            json.writeStringField("digest", examined.digest());
            json.writeArrayFieldStart("problems");
            for (Problem problem : examined.problems()) {
                json.writeObject(problem);
            }
            json.writeEndArray();
            if (hospital != null) {
                write(json, file.changeTo(hospital));
            }
        });
    }

    private static void write(JsonGenerator json, LayoutChange change) throws IOException {
        json.writeObjectFieldStart("change");
        json.writeObjectField("hospital", change.hospital());
        json.writeObjectField("services", change.services());
        json.writeObjectField("rooms", change.rooms());
        json.writeObjectField("beds", change.beds());
        json.writeEndObject();
        json.writeArrayFieldStart("stranded");
        for (LayoutChange.Stranded stranded : change.stranded()) {
            json.writeStartObject();
            json.writeStringField("stay", stranded.stay().value());
            json.writeStringField("service", stranded.service().value());
            Json.writeNullable(json, "bed", stranded.bed());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void send(RoutingContext request, String json) {
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(json);
    }
}
