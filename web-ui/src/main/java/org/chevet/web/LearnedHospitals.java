package org.chevet.web;

import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.chevet.hospital.HospitalId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is learned of each hospital, from when it is opened, by worker threads. Thread-safe. */
final class LearnedHospitals implements Hospitals.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(LearnedHospitals.class);
    private static final Duration LEARN_EVERY = Duration.ofSeconds(10);

    private record Learning(LearnedHospital learned, AtomicBoolean busy) {}

    private final Vertx vertx;
    private final Hospitals hospitals;
    private final Map<HospitalId, Learning> byId = new ConcurrentHashMap<>();
    private volatile List<GroupAhead> together = List.of();
    private List<List<GroupAhead>> summed = List.of();
    private long summedNanos = System.nanoTime() - LEARN_EVERY.toNanos();

    LearnedHospitals(Vertx vertx, Hospitals hospitals) {
        this.vertx = vertx;
        this.hospitals = hospitals;
    }

    void start() {
        hospitals.listen(this);
        vertx.setPeriodic(LEARN_EVERY.toMillis(), tick -> byId.values().forEach(this::learn));
    }

    @Override
    public void opened(LiveHospital hospital) {
        Learning learning = new Learning(new LearnedHospital(hospital), new AtomicBoolean());
        byId.put(hospital.id(), learning);
        learn(learning);
    }

    @Override
    public void closing(LiveHospital hospital) {
        byId.remove(hospital.id());
    }

    private void learn(Learning learning) {
        if (!learning.busy().compareAndSet(false, true)) {
            return;
        }
        vertx.executeBlocking(
                        () -> {
                            learning.learned().learn();
                            sum();
                            return true;
                        },
                        false)
                .onFailure(failure -> LOG.warn(
                        "hospital {}: its journal could not be read for forecasts and levels: {}",
                        learning.learned().hospital().id(),
                        failure.getClass().getSimpleName()))
                .onComplete(done -> learning.busy().set(false));
    }

    /** What was foreseen last of a hospital, empty when nothing was. */
    List<GroupAhead> ahead(HospitalId hospital) {
        Learning learning = byId.get(hospital);
        return learning == null ? List.of() : learning.learned().ahead();
    }

    /** Of all hospitals together; the same object until something else is foreseen. */
    List<GroupAhead> together() {
        return together;
    }

    /** Now and then: of hundreds of hospitals it takes a tenth of a second. */
    private synchronized void sum() {
        if (System.nanoTime() - summedNanos < LEARN_EVERY.toNanos()) {
            return;
        }
        summedNanos = System.nanoTime();
        List<List<GroupAhead>> each =
                byId.values().stream().map(one -> one.learned().ahead()).toList();
        if (!each.equals(summed)) {
            summed = each;
            together = GroupAhead.sum(each);
        }
    }

    /** Of the hospital that the request's path names; null when there is none, and then the request is answered. */
    @Nullable
    LearnedHospital of(RoutingContext request) {
        LiveHospital hospital = hospitals.of(request);
        if (hospital == null) {
            return null;
        }
        Learning learning = byId.get(hospital.id());
        if (learning == null) {
            HttpProblem.unavailable("hospital " + hospital.id() + " is being opened", "Try again in a moment.")
                    .send(request);
            return null;
        }
        return learning.learned();
    }
}
