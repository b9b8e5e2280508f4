package org.chevet.web;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.validation.RequestParameter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.chevet.hospital.BedId;
import org.chevet.hospital.HospitalId;
import org.chevet.hospital.RequestId;
import org.chevet.placement.Cascades;
import org.chevet.placement.Demand;
import org.chevet.placement.PlacementWorld;
import org.chevet.placement.Proposal;
import org.chevet.placement.Proposals;
import org.chevet.placement.Ranking;
import org.chevet.placement.Verdict;
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

    /** Plans and cascades are found by threads of their own: nobody's proposals wait for them. */
    private static final int PLANNING_THREADS = 2;

    private static final int IDLE_SECONDS_MAX = 60;

    /** So many plans and cascades are waited for, beside those that are being found. */
    private static final int PLANS_WAITING_MAX = 16;

    private record Told(String json, Set<BedId> beds) {}

    private record CascadeTold(String json, Cascades.Found found) {}

    private final Hospitals hospitals;
    private final PlacementMetrics metrics;
    private final ExecutorService planners;
    private final Map<HospitalId, PlacementDesk> desks = new HashMap<>();
    private final Map<HospitalId, PlacementDesk> planningDesks = new HashMap<>();

    PlacementOperations(Hospitals hospitals, PlacementMetrics metrics) {
        this.hospitals = hospitals;
        this.metrics = metrics;
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                PLANNING_THREADS,
                PLANNING_THREADS,
                IDLE_SECONDS_MAX,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(PLANS_WAITING_MAX),
                Thread.ofPlatform().daemon().name("planning-", 0).factory());
        pool.allowCoreThreadTimeOut(true);
        planners = pool;
    }

    void addTo(RouterBuilder routes) {
        routes.getRoute("getProposals").addHandler(this::getProposals);
        routes.getRoute("getCascade").addHandler(this::getCascade);
        routes.getRoute("getQueuePlan").addHandler(this::getQueuePlan);
        routes.getRoute("getBedForRequest").addHandler(this::getBedForRequest);
    }

    private void getQueuePlan(RoutingContext request) {
        LiveHospital hospital = hospitals.of(request);
        if (hospital != null) {
            PlacementDesk desk = desk(planningDesks, hospital);
            plan(request, () -> metrics.timePlan(() -> desk.plan(BRANCHES_MAX)), json -> sendJson(request, json));
        }
    }

    private void getCascade(RoutingContext request) {
        LiveHospital hospital = hospitals.of(request);
        if (hospital == null) {
            return;
        }
        RequestId id = new RequestId(request.pathParam("request"));
        PlacementDesk desk = desk(planningDesks, hospital);
        Cascades.Limits limits = limits(request);
        plan(
                request,
                () -> Optional.ofNullable(metrics.timeCascade(() -> desk.ask(id, (world, asked) -> {
                    Cascades.Found found = new Cascades(world, limits).find(asked.request());
                    return new CascadeTold(PlacementJson.cascade(asked, found), found);
                }))),
                told -> told.ifPresentOrElse(
                        answer -> {
                            metrics.cascade(hospital, answer.found());
                            sendJson(request, answer.json());
                        },
                        () -> sendUnknown(request, hospital, id, null)));
    }

    private static Cascades.Limits limits(RoutingContext request) {
        RequestParameter moves = ReadOperations.parameter(request, "moves");
        RequestParameter night = ReadOperations.parameter(request, "night");
        Cascades.Limits usual = Cascades.Limits.USUAL;
        return new Cascades.Limits(
                moves.isNull() || moves.isEmpty() ? usual.movesMax() : moves.getInteger(),
                !night.isNull() && !night.isEmpty() && night.getBoolean(),
                usual.hoursBeforeDischarge(),
                usual.looksMax());
    }

    private <T> void plan(RoutingContext request, Supplier<T> found, Consumer<T> send) {
        try {
            Future.fromCompletionStage(
                            CompletableFuture.supplyAsync(found, planners),
                            request.vertx().getOrCreateContext())
                    .onSuccess(send::accept)
                    .onFailure(request::fail);
        } catch (RejectedExecutionException full) {
            HttpProblem.unavailable(PLANS_WAITING_MAX + " plans are waited for already", "Ask again in a moment.")
                    .send(request);
        }
    }

    private static void sendJson(RoutingContext request, String json) {
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(json);
    }

    private void getProposals(RoutingContext request) {
        LiveHospital hospital = hospitals.of(request);
        if (hospital == null) {
            return;
        }
        answer(request, hospital, null, (world, asked) -> {
            Ranking ranking = new Proposals(world).rank(asked.demand(), PROPOSALS_MAX);
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
        answer(request, hospital, bed, (world, asked) -> {
            if (asked.view().bed(bed) == null) {
                return null;
            }
            Proposals proposals = new Proposals(world);
            Verdict verdict = proposals.explain(asked.demand(), bed);
            Integer rank = verdict.proposal() == null ? null : rank(proposals, asked.demand(), bed);
            return new Told(PlacementJson.verdict(asked, verdict, rank), Set.of());
        });
    }

    private static @Nullable Integer rank(Proposals proposals, Demand demand, BedId bed) {
        List<Proposal> best = proposals.rank(demand, RANK_MAX).proposals();
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
            BiFunction<PlacementWorld, PlacementDesk.Asked, @Nullable Told> question) {
        RequestId id = new RequestId(request.pathParam("request"));
        PlacementDesk desk = desk(desks, hospital);
        request.vertx()
                .executeBlocking(() -> Optional.ofNullable(metrics.timeProposals(() -> desk.ask(id, question))), false)
                .onSuccess(told -> told.ifPresentOrElse(
                        answer -> {
                            metrics.shown(hospital, id, answer.beds());
                            sendJson(request, answer.json());
                        },
                        () -> sendUnknown(request, hospital, id, bed)))
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

    private static void sendUnknown(RoutingContext request, LiveHospital hospital, RequestId id, @Nullable BedId bed) {
        if (bed != null && hospital.view().bed(bed) == null) {
            ReadOperations.unknownBed(bed, hospital).send(request);
        } else {
            HttpProblem.notFound("hospital " + hospital.id() + " has no open request " + id)
                    .send(request);
        }
    }
}
