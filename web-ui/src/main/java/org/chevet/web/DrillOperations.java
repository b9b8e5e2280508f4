package org.chevet.web;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiConsumer;
import org.chevet.event.Author;
import org.chevet.event.Drill;
import org.chevet.event.Role;
import org.chevet.hospital.HospitalId;
import org.chevet.occupancy.DrillLog;
import org.chevet.simulations.drill.Debrief;
import org.chevet.simulations.drill.DrillScenario;
import org.chevet.simulations.scenario.ScenarioFile.ScenarioException;
import org.jspecify.annotations.Nullable;

/** Drills over HTTP: what opens, leads and ends them. What happens in one are acts of its hospital. */
final class DrillOperations {
    /**
     * What is asked for.
     *
     * @param hospital null for an invented one
     * @param at null for now
     * @param scenario one of those that are there
     * @param scenarioFile the text of another one, null for none
     */
    record OpenDrill(
            String title,
            @Nullable String hospital,
            @Nullable Instant at,
            @Nullable String scenario,
            @Nullable String scenarioFile) {}

    /** Who opens, directs, steps and ends one: those who may close beds under patients. */
    private static final Set<Role> MAY_LEAD = LayoutOperations.MAY_APPLY;

    /** However many boards of the past are asked for, real hospitals have Vert.x' own threads to themselves. */
    private static final int REPLAYERS = 2;

    private final Vertx vertx;
    private final WorkerExecutor replayers;
    private final Hospitals hospitals;
    private final Drills drills;

    /** Of the event loop. */
    private final Map<HospitalId, DrillDesk> desks = new HashMap<>();

    /** To be called on the server's context; its threads end when that is undeployed. */
    DrillOperations(Vertx vertx, Hospitals hospitals, Drills drills) {
        this.vertx = vertx;
        replayers = vertx.createSharedWorkerExecutor("chevet-drill-replay", REPLAYERS);
        this.hospitals = hospitals;
        this.drills = drills;
    }

    void addTo(RouterBuilder routes) {
        routes.getRoute("listDrills")
                .addHandler(request -> sendBlocking(request, () -> DrillJson.list(hospitals, drills)));
        routes.getRoute("openDrill").addHandler(this::open);
        add(routes, "getDrill", (request, drill) -> sendBlocking(request, desk(drill)::json));
        add(routes, "getDebrief", this::debrief);
        add(routes, "getDrillBoard", this::board);
        add(routes, "stepDrill", (request, drill) -> {
            if (mayLead(request)) {
                Drills.step(drill);
                send(request, BoardJson.clock(drill.now()));
            }
        });
        add(routes, "endDrill", this::end);
    }

    private void add(RouterBuilder routes, String operation, BiConsumer<RoutingContext, LiveHospital> handler) {
        routes.getRoute(operation).addHandler(request -> {
            LiveHospital drill = hospitals.of(request);
            if (drill != null && !drill.isDrill()) {
                HttpProblem.notFound("hospital " + drill.id() + " is no drill").send(request);
            } else if (drill != null) {
                handler.accept(request, drill);
            }
        });
    }

    private DrillDesk desk(LiveHospital drill) {
        desks.keySet().removeIf(id -> hospitals.find(id.value()) == null);
        DrillDesk known = desks.get(drill.id());
        if (known == null || !known.isOf(drill)) {
            known = new DrillDesk(drill);
            desks.put(drill.id(), known);
        }
        return known;
    }

    static boolean leads(RoutingContext request) {
        return MAY_LEAD.contains(ActorHandler.person(request).role());
    }

    /** Whether who asks leads drills; otherwise the request is answered. */
    static boolean mayLead(RoutingContext request) {
        boolean may = leads(request);
        if (!may) {
            HttpProblem.of(
                            403,
                            "role",
                            "Not allowed",
                            "a " + ActorHandler.person(request).role() + " may not lead a drill",
                            "Ask one of " + MAY_LEAD + ".")
                    .send(request);
        }
        return may;
    }

    private void debrief(RoutingContext request, LiveHospital drill) {
        DrillLog log = Objects.requireNonNull(drill.view().drill(), "a drill that is shown has begun");
        if (Duration.between(log.begunAt(), drill.writer().clock().now()).compareTo(Debrief.LASTS_MAX) > 0) {
            HttpProblem.of(
                            409,
                            "drill-too-long",
                            "Refused",
                            "the drill has gone on for more than " + Debrief.LASTS_MAX.toDays()
                                    + " of its days, the most that a debrief lives anew",
                            "Ask for the debrief earlier in the next drill.")
                    .send(request);
            return;
        }
        desk(drill).debrief(vertx).onSuccess(json -> send(request, json)).onFailure(request::fail);
    }

    private void board(RoutingContext request, LiveHospital drill) {
        Instant at = ReadOperations.time(request, "at");
        if (at != null) {
            DrillDesk desk = desk(drill);
            replayers
                    .executeBlocking(() -> desk.board(at), false)
                    .onSuccess(json -> send(request, json))
                    .onFailure(request::fail);
        }
    }

    private void open(RoutingContext request) {
        OpenDrill wanted = ActOperations.read(request, OpenDrill.class);
        if (wanted == null || !mayLead(request)) {
            return;
        }
        LiveHospital source = wanted.hospital() == null ? null : hospitals.find(wanted.hospital());
        if (wanted.hospital() != null && (source == null || source.isDrill())) {
            HttpProblem.notFound("this server has no hospital " + wanted.hospital() + " to open a drill from")
                    .send(request);
            return;
        }
        String title = wanted.title().strip();
        if (title.isEmpty() || title.length() > Drill.TITLE_CHARS_MAX) {
            HttpProblem.invalid(List.of(new HttpProblem.FieldError("/title", "has no text, or too much")))
                    .send(request);
            return;
        }
        vertx.executeBlocking(() -> scenario(wanted), false)
                .onSuccess(scenario -> {
                    if (scenario == null && wanted.scenario() != null) {
                        HttpProblem.notFound("there is no scenario " + wanted.scenario())
                                .send(request);
                    } else {
                        open(request, title, new Drills.Start(source, wanted.at()), scenario);
                    }
                })
                .onFailure(failure -> {
                    if (failure instanceof ScenarioException wrong) {
                        wrongScenario(String.valueOf(wrong.getMessage())).send(request);
                    } else {
                        request.fail(failure);
                    }
                });
    }

    private void open(RoutingContext request, String title, Drills.Start start, @Nullable DrillScenario scenario) {
        Author director = Author.of(ActorHandler.person(request));
        long seed = ThreadLocalRandom.current().nextLong(Integer.MAX_VALUE);
        vertx.executeBlocking(() -> drills.open(title, start, scenario, director, seed), false)
                .onSuccess(id -> opened(request, id))
                .onFailure(failure -> {
                    if (failure instanceof Drills.BeforeJournalException before) {
                        beforeJournal(before).send(request);
                    } else {
                        request.fail(failure);
                    }
                });
    }

    private static HttpProblem beforeJournal(Drills.BeforeJournalException before) {
        return HttpProblem.of(
                409,
                "before-journal",
                "Refused",
                "the journal of hospital " + before.hospital() + " begins at " + before.begins()
                        + ", so nobody knows who lay where at " + before.at(),
                "Begin a drill at a later minute. History that was imported tells of services, not of beds.");
    }

    private static HttpProblem wrongScenario(String detail) {
        return HttpProblem.of(400, "scenario", "The scenario cannot be played", detail, null);
    }

    /** Null when none is asked for, or there is no such one. Blocks the first time: those of the jar are read. */
    private static @Nullable DrillScenario scenario(OpenDrill wanted) throws ScenarioException {
        String file = wanted.scenarioFile();
        String id = wanted.scenario();
        return file != null ? DrillScenario.parse(file) : id != null ? DrillScenario.of(id) : null;
    }

    private static void opened(RoutingContext request, @Nullable HospitalId id) {
        if (id == null) {
            HttpProblem.of(
                            409,
                            "too-many-drills",
                            "Refused",
                            Drills.DRILLS_MAX + " drills are open, the most there may be",
                            "End one that is over.")
                    .send(request);
        } else {
            request.response().setStatusCode(202);
            send(request, Json.object(json -> json.writeStringField("id", id.value())));
        }
    }

    private void end(RoutingContext request, LiveHospital drill) {
        if (!mayLead(request)) {
            return;
        }
        Author by = Author.of(ActorHandler.person(request));
        sendBlocking(request, () -> {
            drills.end(drill, by);
            return "{}";
        });
    }

    private void sendBlocking(RoutingContext request, Callable<String> json) {
        vertx.executeBlocking(json, false)
                .onSuccess(text -> send(request, text))
                .onFailure(request::fail);
    }

    private static void send(RoutingContext request, String json) {
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(json);
    }
}
