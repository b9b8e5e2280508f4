package org.chevet.web;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.validation.RequestParameter;
import io.vertx.openapi.validation.ValidatedRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.chevet.hospital.HospitalId;
import org.chevet.placement.BedPlanner;
import org.chevet.web.StayPlanDesk.Planned;
import org.jspecify.annotations.Nullable;

/**
 * The plan of the coming nights, over HTTP. All who ask at once get one answer, and within {@link #LOOK_MILLIS_MIN} of it the same again, so that a
 * hundred screens cost no more than one. What is remembered here is the event loop's.
 */
final class StayPlanOperations {
    private static final int LOOK_MILLIS_MIN = 2_000;

    private static final class Desk {
        private final StayPlanDesk plans;
        private @Nullable Future<Optional<Planned>> look;
        private long lookedNanos;

        Desk(LiveHospital hospital) {
            plans = new StayPlanDesk(hospital);
        }

        /** What is known, or the look that is under way; null when it is time for another. */
        private @Nullable Future<Optional<Planned>> recent() {
            Future<Optional<Planned>> known = look;
            boolean isRecent = known != null
                    && !known.failed()
                    && (!known.isComplete()
                            || System.nanoTime() - lookedNanos
                                    < Duration.ofMillis(LOOK_MILLIS_MIN).toNanos());
            return isRecent ? known : null;
        }
    }

    private final Hospitals hospitals;
    private final Map<HospitalId, Desk> desks = new HashMap<>();

    StayPlanOperations(Hospitals hospitals) {
        this.hospitals = hospitals;
    }

    void addTo(RouterBuilder routes) {
        routes.getRoute("getStayPlan").addHandler(this::getStayPlan);
    }

    private void getStayPlan(RoutingContext request) {
        LiveHospital hospital = hospitals.of(request);
        if (hospital == null) {
            return;
        }
        int nights = nights(request);
        planned(request, hospital)
                .onSuccess(planned -> planned.ifPresentOrElse(
                        known -> send(request, known, nights),
                        () -> tooLarge(hospital).send(request)))
                .onFailure(request::fail);
    }

    private Future<Optional<Planned>> planned(RoutingContext request, LiveHospital hospital) {
        Desk desk = desk(hospital);
        Future<Optional<Planned>> recent = desk.recent();
        if (recent != null) {
            return recent;
        }
        Promise<Optional<Planned>> promise = Promise.promise();
        desk.look = promise.future();
        request.vertx()
                .executeBlocking(() -> Optional.ofNullable(desk.plans.look()), false)
                .onComplete(done -> {
                    desk.lookedNanos = System.nanoTime();
                    promise.handle(done);
                });
        return promise.future();
    }

    /** Another one for a hospital that was closed and opened again. */
    @SuppressWarnings("ReferenceEquality")
    private Desk desk(LiveHospital hospital) {
        Desk known = desks.get(hospital.id());
        if (known == null || known.plans.hospital() != hospital) {
            known = new Desk(hospital);
            desks.put(hospital.id(), known);
        }
        return known;
    }

    private static int nights(RoutingContext request) {
        ValidatedRequest validated = request.get(RouterBuilder.KEY_META_DATA_VALIDATED_REQUEST);
        RequestParameter nights =
                Objects.requireNonNull(validated.getQuery().get("nights"), "a parameter of the contract");
        return nights.isNull() || nights.isEmpty() ? BedPlanner.NIGHTS : nights.getInteger();
    }

    private static void send(RoutingContext request, Planned planned, int nights) {
        request.vertx()
                .executeBlocking(() -> StayPlanJson.of(planned, nights), false)
                .onSuccess(json -> request.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .end(json))
                .onFailure(request::fail);
    }

    private static HttpProblem tooLarge(LiveHospital hospital) {
        return HttpProblem.of(
                409,
                "too-large-to-plan",
                "Refused",
                "hospital " + hospital.id()
                        + " has more beds and stays than are planned together: their product is above "
                        + BedPlanner.PRICES_MAX,
                "Maybe its file can be parted into hospitals that share no beds.");
    }
}
