package org.chevet.web;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.validation.RequestParameter;
import io.vertx.openapi.validation.ValidatedRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.chevet.hospital.BedId;
import org.chevet.hospital.Identifiers;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.BedView;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.ServiceView;
import org.chevet.occupancy.Stay;
import org.chevet.runtime.AdjustableClock;
import org.jspecify.annotations.Nullable;

/** Reading over HTTP, from the last durable view; and the demo's clock, which is no act: it changes no state. */
final class ReadOperations {
    private static final int HISTORY_HOURS_DEFAULT = 168;

    private final Hospitals hospitals;
    private final OccupancyHistories histories = new OccupancyHistories();
    private final EncodedBoards boards = new EncodedBoards();

    ReadOperations(Hospitals hospitals) {
        this.hospitals = hospitals;
    }

    void addTo(RouterBuilder routes) {
        routes.getRoute("listHospitals").addHandler(this::listHospitals);
        add(routes, "listServices", this::listServices);
        add(routes, "getBoard", this::getBoard);
        add(routes, "getServiceBoard", this::getServiceBoard);
        add(routes, "getStay", this::getStay);
        add(routes, "getBed", this::getBed);
        add(routes, "getOccupants", this::getOccupants);
        add(routes, "listActs", (request, hospital) -> send(request, EventJson.acts(hospital.view())));
        add(
                routes,
                "listQuarantine",
                (request, hospital) ->
                        send(request, BoardJson.quarantine(hospital.view().quarantine())));
        add(routes, "getQuarantined", this::getQuarantined);
        add(routes, "listEvents", this::listEvents);
        add(routes, "getOccupancy", this::getOccupancy);
        add(routes, "setClock", this::setClock);
    }

    private void add(RouterBuilder routes, String operation, BiConsumer<RoutingContext, LiveHospital> handler) {
        routes.getRoute(operation).addHandler(request -> {
            LiveHospital hospital = hospitals.of(request);
            if (hospital != null) {
                handler.accept(request, hospital);
            }
        });
    }

    private void listHospitals(RoutingContext request) {
        send(request, Json.object(json -> {
            json.writeArrayFieldStart("hospitals");
            for (LiveHospital hospital : hospitals.all()) {
                json.writeStartObject();
                json.writeStringField("id", hospital.id().value());
                json.writeStringField("name", hospital.view().hospital().name());
                json.writeStringField(
                        "timeZone", hospital.view().hospital().zone().getId());
                json.writeBooleanField("demo", hospital.demo());
                json.writeBooleanField("drill", hospital.isDrill());
                json.writeEndObject();
            }
            json.writeEndArray();
        }));
    }

    private void listServices(RoutingContext request, LiveHospital hospital) {
        send(request, Json.object(json -> {
            json.writeArrayFieldStart("services");
            for (Service service : hospital.view().hospital().services()) {
                json.writeStartObject();
                json.writeStringField("id", service.id().value());
                json.writeStringField("name", service.name());
                json.writeEndObject();
            }
            json.writeEndArray();
        }));
    }

    private void getBoard(RoutingContext request, LiveHospital hospital) {
        boards.whole(request.vertx(), hospital)
                .onSuccess(board -> request.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .end(board))
                .onFailure(request::fail);
    }

    /**
     * Answers programs that poll before the contract is asked, which takes ten times as long as the answer: an address that names a
     * service of a hospital follows the contract by that alone. Any other goes on, to be told what is wrong with it.
     */
    void sendServiceBoardIfThereIsOne(RoutingContext request) {
        LiveHospital hospital = hospitals.find(request.pathParam("hospital"));
        String service = request.pathParam("service");
        EncodedBoards.ServiceBoard board = hospital == null || !Identifiers.isValid(service)
                ? null
                : boards.service(hospital, new ServiceId(service));
        if (board == null) {
            request.next();
        } else {
            send(request, board);
        }
    }

    private static void send(RoutingContext request, EncodedBoards.ServiceBoard board) {
        request.response().putHeader(HttpHeaders.ETAG, board.tag());
        if (board.tag().equals(request.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
            request.response().setStatusCode(304).end();
        } else {
            request.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .end(board.bytes());
        }
    }

    private void getServiceBoard(RoutingContext request, LiveHospital hospital) {
        ServiceId id = new ServiceId(request.pathParam("service"));
        EncodedBoards.ServiceBoard board = boards.service(hospital, id);
        if (board == null) {
            unknownService(id, hospital).send(request);
        } else {
            send(request, board);
        }
    }

    private void getStay(RoutingContext request, LiveHospital hospital) {
        String id = request.pathParam("stay");
        Stay stay = hospital.view().stays().get(new StayId(id));
        if (stay == null) {
            HttpProblem.notFound("hospital " + hospital.id() + " has no stay " + id + " in its live state")
                    .send(request);
        } else {
            send(request, StayJson.of(stay));
        }
    }

    private void getBed(RoutingContext request, LiveHospital hospital) {
        HospitalView view = hospital.view();
        BedId id = new BedId(request.pathParam("bed"));
        for (ServiceView service : view.services()) {
            for (BedView bed : service.beds()) {
                if (bed.bed().id().equals(id)) {
                    send(request, BoardJson.bed(service, bed, BoardJson.today(view)));
                    return;
                }
            }
        }
        unknownBed(id, hospital).send(request);
    }

    private void getOccupants(RoutingContext request, LiveHospital hospital) {
        BedId bed = new BedId(request.pathParam("bed"));
        Instant at = time(request, "at");
        if (at == null) {
            return;
        }
        if (hospital.view().bed(bed) == null) {
            unknownBed(bed, hospital).send(request);
        } else {
            List<StayId> stays = occupants(hospital.view(), bed, at);
            send(request, Json.object(json -> {
                Json.writeInstant(json, "at", at);
                json.writeArrayFieldStart("stays");
                for (StayId stay : stays) {
                    json.writeString(stay.value());
                }
                json.writeEndArray();
            }));
        }
    }

    /**
     * As far as stays that are not archived yet tell. Looks at every one of them, which are those of the last weeks: some
     * thousands. Only the writer's thread has the beds' own histories.
     */
    private static List<StayId> occupants(HospitalView view, BedId bed, Instant at) {
        return view.stays().values().stream()
                .filter(stay -> stay.mergedInto() == null)
                .filter(stay -> stay.timeline().stretches().stream()
                        .anyMatch(stretch -> bed.equals(stretch.location().bed()) && stretch.covers(at)))
                .map(Stay::id)
                .sorted()
                .toList();
    }

    private void getQuarantined(RoutingContext request, LiveHospital hospital) {
        HospitalView.QuarantineEntry entry = Quarantine.find(request, hospital);
        if (entry != null) {
            sendBlocking(request, () -> BoardJson.quarantined(entry, Quarantine.text(hospital, entry)));
        }
    }

    private void listEvents(RoutingContext request, LiveHospital hospital) {
        RequestParameter after = parameter(request, "after");
        RequestParameter limit = parameter(request, "limit");
        long afterSequence = after.isNull() || after.isEmpty() ? 0 : after.getLong();
        int count = limit.isNull() || limit.isEmpty() ? 100 : limit.getInteger();
        sendBlocking(request, () -> EventJson.page(hospital.events(afterSequence, count)));
    }

    private void getOccupancy(RoutingContext request, LiveHospital hospital) {
        RequestParameter asked = parameter(request, "service");
        RequestParameter length = parameter(request, "hours");
        int hours = length.isNull() || length.isEmpty() ? HISTORY_HOURS_DEFAULT : length.getInteger();
        ServiceId service = asked.isNull() || asked.isEmpty() ? null : new ServiceId(asked.getString());
        if (service != null && hospital.view().service(service) == null) {
            unknownService(service, hospital).send(request);
            return;
        }
        histories
                .of(request.vertx(), hospital)
                .onSuccess(history ->
                        send(request, OccupancyJson.of(hospital.view(), service, history.last(service, hours))))
                .onFailure(request::fail);
    }

    private void setClock(RoutingContext request, LiveHospital hospital) {
        if (!(hospital.writer().clock() instanceof AdjustableClock clock)) {
            HttpProblem.of(
                            409,
                            "clock-fixed",
                            "Refused",
                            "hospital " + hospital.id() + " lives by the wall's clock",
                            "Only a demo's or a drill's clock can be changed.")
                    .send(request);
            return;
        }
        var change = request.body().asJsonObject();
        Double speed = change.getDouble("speed");
        if (speed != null && hospital.isDrill() && speed > Drills.SPEED_MAX) {
            HttpProblem.invalid(List.of(new HttpProblem.FieldError(
                            "/speed", "is more than " + Math.round(Drills.SPEED_MAX) + ", the most in a drill")))
                    .send(request);
            return;
        }
        if (speed != null) {
            clock.setSpeed(speed);
        }
        Boolean paused = change.getBoolean("paused");
        if (paused != null) {
            if (paused) {
                clock.pause();
            } else {
                clock.resume();
            }
        }
        send(request, BoardJson.clock(hospital.now()));
    }

    static RequestParameter parameter(RoutingContext request, String name) {
        ValidatedRequest validated = request.get(RouterBuilder.KEY_META_DATA_VALIDATED_REQUEST);
        return Objects.requireNonNull(validated.getQuery().get(name), "a parameter of the contract");
    }

    /** A time of the query; null when it is none that exists, and then the request is answered. */
    static @Nullable Instant time(RoutingContext request, String name) {
        try {
            return OffsetDateTime.parse(parameter(request, name).getString()).toInstant();
        } catch (DateTimeException notATime) {
            HttpProblem.invalid(List.of(new HttpProblem.FieldError(name, "is not a time that exists")))
                    .send(request);
            return null;
        }
    }

    private static HttpProblem unknownService(ServiceId service, LiveHospital hospital) {
        return HttpProblem.notFound("hospital " + hospital.id() + " has no service " + service + " in its file");
    }

    static HttpProblem unknownBed(BedId bed, LiveHospital hospital) {
        return HttpProblem.notFound("hospital " + hospital.id() + " has no bed " + bed + " in its file");
    }

    /** For what waits for the disk, or takes long enough for boards that follow to wait for it. */
    private static void sendBlocking(RoutingContext request, Callable<String> json) {
        Future<String> made = request.vertx().executeBlocking(json, false);
        made.onSuccess(text -> send(request, text)).onFailure(request::fail);
    }

    private static void send(RoutingContext request, String json) {
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(json);
    }
}
