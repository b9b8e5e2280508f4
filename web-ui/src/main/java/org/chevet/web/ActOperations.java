package org.chevet.web;

import com.fasterxml.jackson.databind.JsonMappingException;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.chevet.event.Command;
import org.chevet.hospital.HospitalId;
import org.chevet.occupancy.Decision;
import org.chevet.occupancy.DrillLog;
import org.chevet.occupancy.Rule;
import org.chevet.runtime.Answer;
import org.chevet.simulations.drill.DrillRecord;
import org.jspecify.annotations.Nullable;

/** Acts over HTTP: one operation per record of {@link Command.Act}, under its name. */
final class ActOperations {
    /** Every act by its operation. A record's components are its body. */
    static final Map<String, Class<? extends Command.Act>> ACTS = acts();

    /** Acts of who leads a drill, and of nobody who plays in it. */
    private static final Set<Class<? extends Command.Act>> DIRECTING = Set.of(
            Command.PlanInject.class,
            Command.WithdrawInject.class,
            Command.CompleteInject.class,
            Command.EndInject.class,
            Command.SimulateRoles.class);

    private final Hospitals hospitals;
    private final PlacementMetrics metrics;

    ActOperations(Hospitals hospitals, PlacementMetrics metrics) {
        this.hospitals = hospitals;
        this.metrics = metrics;
    }

    /** To each act of the contract its handler. */
    void addTo(RouterBuilder routes) {
        ACTS.forEach((operation, act) -> routes.getRoute(operation).addHandler(request -> submit(request, act)));
    }

    private void submit(RoutingContext request, Class<? extends Command.Act> type) {
        LiveHospital hospital = hospitals.of(request);
        if (hospital == null || (DIRECTING.contains(type) && !DrillOperations.mayLead(request))) {
            return;
        }
        Command.Act act = read(request, type);
        if (act == null) {
            return;
        }
        if (act instanceof Command.AskInterhospitalTransfer ask && isUnknown(ask.hospital())) {
            HttpProblem.refused(new Decision.Refused(
                            Rule.UNKNOWN_HOSPITAL,
                            Map.of("hospital", ask.hospital().value())))
                    .send(request);
            return;
        }
        if (act instanceof Command.UndoAct undo && hospital.isDrill() && !DrillOperations.leads(request)) {
            undoAsPlayer(request, hospital, undo);
        } else {
            submit(request, hospital, act);
        }
    }

    /** Whoever may not do something may not take it back either. */
    private void undoAsPlayer(RoutingContext request, LiveHospital drill, Command.UndoAct undo) {
        // What is not published is nobody's to take back yet: it may be anybody's by the time the act is decided.
        if (undo.act() > drill.view().sequence()) {
            HttpProblem.refused(new Decision.Refused(Rule.UNKNOWN_ACT, Map.of("act", String.valueOf(undo.act()))))
                    .send(request);
            return;
        }
        DrillLog log = Objects.requireNonNull(drill.view().drill(), "a drill that is shown has begun");
        request.vertx()
                .executeBlocking(() -> drill.journal().find(drill.id(), undo.act()), false)
                .onSuccess(done -> {
                    if (done == null || !DrillRecord.isDirected(log, done) || DrillOperations.mayLead(request)) {
                        submit(request, drill, undo);
                    }
                })
                .onFailure(request::fail);
    }

    private void submit(RoutingContext request, LiveHospital hospital, Command.Act act) {
        String idempotencyKey = request.request().getHeader("Idempotency-Key");
        CompletableFuture<Answer> submitted =
                hospital.writer().submit(act, ActorHandler.person(request), idempotencyKey);
        // Whoever has gone may have asked elsewhere meanwhile.
        request.response().closeHandler(gone -> submitted.cancel(false));
        Future.fromCompletionStage(submitted, request.vertx().getOrCreateContext())
                .onSuccess(answer -> {
                    tell(hospital, act, answer);
                    send(request, answer);
                })
                .onFailure(failure -> {
                    if (!submitted.isCancelled()) {
                        request.fail(failure);
                    }
                });
    }

    /** Nobody is sent to a drill. */
    private boolean isUnknown(HospitalId asked) {
        return asked.isDrill() || hospitals.find(asked.value()) == null;
    }

    private void tell(LiveHospital hospital, Command.Act act, Answer answer) {
        if (hospital.isDrill()) {
            return;
        }
        switch (answer) {
            case Answer.Done done -> metrics.done(hospital, act, done);
            case Answer.Refused refused -> metrics.refused(hospital, act);
            case Answer.Unavailable unavailable -> {}
        }
    }

    static void send(RoutingContext request, Answer answer) {
        switch (answer) {
            case Answer.Done done ->
                request.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .end(Json.object(json -> {
                            json.writeNumberField("act", done.act());
                            json.writeNumberField("sequence", done.sequence());
                            json.writeBooleanField("repeated", done.repeated());
                        }));
            case Answer.Refused refused ->
                HttpProblem.refused(refused.refusal()).send(request);
            case Answer.Unavailable unavailable ->
                HttpProblem.unavailable(unavailable).send(request);
        }
    }

    /** The contract was checked before; what it cannot say (a date that does not exist) is found here. */
    static <T> @Nullable T read(RoutingContext request, Class<T> type) {
        try {
            return Json.MAPPER.readValue(request.body().buffer().getBytes(), type);
        } catch (JsonMappingException mistake) {
            HttpProblem.invalid(List.of(
                            new HttpProblem.FieldError(pointer(mistake), "cannot be read as what it should be")))
                    .send(request);
        } catch (IOException mistake) {
            HttpProblem.invalid(List.of(new HttpProblem.FieldError("", "is not JSON")))
                    .send(request);
        }
        return null;
    }

    private static String pointer(JsonMappingException mistake) {
        StringBuilder pointer = new StringBuilder();
        for (JsonMappingException.Reference reference : mistake.getPath()) {
            pointer.append('/')
                    .append(reference.getFieldName() == null ? reference.getIndex() : reference.getFieldName());
        }
        return pointer.toString();
    }

    private static Map<String, Class<? extends Command.Act>> acts() {
        Map<String, Class<? extends Command.Act>> acts = new TreeMap<>();
        for (Class<?> permitted : Command.Act.class.getPermittedSubclasses()) {
            acts.put(permitted.getSimpleName(), permitted.asSubclass(Command.Act.class));
        }
        return Map.copyOf(acts);
    }
}
