package org.chevet.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.LongStream;
import org.chevet.event.Command;
import org.chevet.hospital.BedId;
import org.chevet.hospital.HospitalId;
import org.chevet.hospital.RequestId;
import org.chevet.placement.Proposal;
import org.chevet.placement.Proposals;
import org.chevet.placement.Ranking;
import org.chevet.placement.Verdict;
import org.chevet.web.PlacementDesk.Asked;
import org.jspecify.annotations.Nullable;

/**
 * Which bed for whom, over HTTP. Advice: a bed is given by the act that reserves it, which checks everything again. Found by worker threads; what
 * is remembered here is the event loop's.
 */
final class PlacementOperations {
    private static final int PROPOSALS_MAX = 5;

    /** After so many branches a queue's plan is told without its proof. */
    private static final int BRANCHES_MAX = 1_000;

    /** A bed's place among all that fit is told up to here. */
    private static final int RANK_MAX = 50;

    /** Of so many requests it is remembered which beds were proposed, to count those that are then accepted. */
    private static final int REQUESTS_SHOWN_MAX = 1_000;

    private static final Duration[] BUCKETS = LongStream.of(
                    50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 50_000, 250_000)
            .mapToObj(micros -> Duration.ofNanos(micros * 1_000))
            .toArray(Duration[]::new);

    private record Shown(HospitalId hospital, RequestId request) {}

    private record Told(String json, Set<BedId> beds) {}

    private final Hospitals hospitals;
    private final MeterRegistry metrics;
    private final Timer duration;
    private final Map<HospitalId, PlacementDesk> desks = new HashMap<>();

    /** Apart from the others: nobody's proposals wait for a plan. */
    private final Map<HospitalId, PlacementDesk> planningDesks = new HashMap<>();

    private final Map<Shown, Set<BedId>> shown = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Shown, Set<BedId>> eldest) {
            return size() > REQUESTS_SHOWN_MAX;
        }
    };

    PlacementOperations(Hospitals hospitals, MeterRegistry metrics) {
        this.hospitals = hospitals;
        this.metrics = metrics;
        duration = Timer.builder("chevet.proposals.duration")
                .description("finding the best beds for a request, with what had to be compiled first")
                .serviceLevelObjectives(BUCKETS)
                .register(metrics);
    }

    void addTo(RouterBuilder routes) {
        routes.getRoute("getProposals").addHandler(this::getProposals);
        routes.getRoute("getQueuePlan").addHandler(this::getQueuePlan);
        routes.getRoute("getBedForRequest").addHandler(this::getBedForRequest);
    }

    private void getQueuePlan(RoutingContext request) {
        LiveHospital hospital = hospitals.of(request);
        if (hospital != null) {
            PlacementDesk desk = desk(planningDesks, hospital);
            request.vertx()
                    .executeBlocking(() -> desk.plan(BRANCHES_MAX), false)
                    .onSuccess(json -> sendJson(request, json))
                    .onFailure(request::fail);
        }
    }

    private static void sendJson(RoutingContext request, String json) {
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(json);
    }

    /** Is told of each act that is done here. */
    void done(LiveHospital hospital, Command.Act act) {
        if (act instanceof Command.ReserveBed reserve) {
            Set<BedId> proposed = shown.remove(new Shown(hospital.id(), reserve.request()));
            if (proposed != null && proposed.contains(reserve.bed())) {
                counter(hospital, "chevet.proposals.accepted", "beds reserved for whom they had been proposed")
                        .increment();
            }
        }
    }

    private void getProposals(RoutingContext request) {
        LiveHospital hospital = hospitals.of(request);
        if (hospital == null) {
            return;
        }
        answer(request, hospital, null, (proposals, asked) -> {
            Ranking ranking = proposals.rank(asked.demand(), PROPOSALS_MAX);
            Set<BedId> beds = new HashSet<>();
            ranking.proposals().forEach(proposal -> beds.add(proposal.bed()));
            return new Told(PlacementJson.ranking(asked, ranking), beds);
        });
    }

    private void getBedForRequest(RoutingContext request) {
        LiveHospital hospital = hospitals.of(request);
        if (hospital == null) {
            return;
        }
        BedId bed = new BedId(request.pathParam("bed"));
        answer(request, hospital, bed, (proposals, asked) -> {
            if (asked.view().bed(bed) == null) {
                return null;
            }
            Verdict verdict = proposals.explain(asked.demand(), bed);
            Integer rank = verdict.proposal() == null ? null : rank(proposals, asked, bed);
            return new Told(PlacementJson.verdict(asked, verdict, rank), Set.of());
        });
    }

    private static @Nullable Integer rank(Proposals proposals, Asked asked, BedId bed) {
        List<Proposal> best = proposals.rank(asked.demand(), RANK_MAX).proposals();
        for (int i = 0; i < best.size(); i++) {
            if (best.get(i).bed().equals(bed)) {
                return i + 1;
            }
        }
        return null;
    }

    private void answer(
            RoutingContext request,
            LiveHospital hospital,
            @Nullable BedId bed,
            BiFunction<Proposals, Asked, @Nullable Told> question) {
        RequestId id = new RequestId(request.pathParam("request"));
        PlacementDesk desk = desk(desks, hospital);
        request.vertx()
                .executeBlocking(
                        () -> Optional.ofNullable(duration.recordCallable(() -> desk.ask(id, question))), false)
                .onSuccess(told -> told.ifPresentOrElse(
                        answer -> send(request, hospital, id, answer), () -> sendUnknown(request, hospital, id, bed)))
                .onFailure(request::fail);
    }

    /** Another one for a hospital that was closed and opened again. */
    @SuppressWarnings("ReferenceEquality")
    private static PlacementDesk desk(Map<HospitalId, PlacementDesk> desks, LiveHospital hospital) {
        PlacementDesk known = desks.get(hospital.id());
        if (known == null || known.hospital() != hospital) {
            known = new PlacementDesk(hospital);
            desks.put(hospital.id(), known);
        }
        return known;
    }

    private void send(RoutingContext request, LiveHospital hospital, RequestId id, Told told) {
        if (!told.beds().isEmpty()) {
            shown.put(new Shown(hospital.id(), id), told.beds());
            counter(hospital, "chevet.proposals.shown", "answers that proposed beds for a request")
                    .increment();
        }
        sendJson(request, told.json());
    }

    private static void sendUnknown(RoutingContext request, LiveHospital hospital, RequestId id, @Nullable BedId bed) {
        if (bed != null && hospital.view().bed(bed) == null) {
            ReadOperations.unknownBed(bed, hospital).send(request);
        } else {
            HttpProblem.notFound("hospital " + hospital.id() + " has no open request " + id)
                    .send(request);
        }
    }

    private Counter counter(LiveHospital hospital, String name, String description) {
        return Counter.builder(name)
                .description(description)
                .tag("hospital", hospital.id().value())
                .register(metrics);
    }
}
