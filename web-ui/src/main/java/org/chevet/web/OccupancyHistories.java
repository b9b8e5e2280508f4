package org.chevet.web;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chevet.event.Recorded;
import org.chevet.hospital.HospitalId;
import org.chevet.occupancy.HospitalView;
import org.jspecify.annotations.Nullable;

/**
 * Each hospital's occupancy of the last weeks, counted again only when it may have changed and not more than once in {@link
 * #HISTORY_INTERVAL_MIN}, however many ask: one pass over all stays serves every service and every length. Owned by
 * one event loop.
 */
final class OccupancyHistories {
    /** As long as ended stays are kept; the contract says it too. */
    private static final int HISTORY_HOURS_MAX = 35 * 24;

    private static final Duration HISTORY_INTERVAL_MIN = Duration.ofSeconds(2);

    private final Map<HospitalId, Kept> kept = new HashMap<>();

    Future<OccupancyHistory> of(Vertx vertx, LiveHospital hospital) {
        return kept.computeIfAbsent(hospital.id(), id -> new Kept()).get(vertx, hospital);
    }

    private static final class Kept {
        private long sequence = -1;
        private Instant hour = Instant.EPOCH;
        private long madeNanos;
        private @Nullable Future<OccupancyHistory> history;

        Future<OccupancyHistory> get(Vertx vertx, LiveHospital hospital) {
            Future<OccupancyHistory> known = history;
            if (known != null && !known.failed() && (!known.isComplete() || isFresh(hospital))) {
                return known;
            }
            HospitalView view = hospital.view();
            Instant now = hospital.writer().clock().now();
            sequence = view.sequence();
            hour = OccupancyHistory.hour(view.hospital(), now);
            madeNanos = System.nanoTime();
            Future<OccupancyHistory> made = vertx.executeBlocking(() -> count(hospital, view, now), false);
            history = made;
            return made;
        }

        /** Before the journal began only those are known who had not left by then: that is no past to show. */
        private static OccupancyHistory count(LiveHospital hospital, HospitalView view, Instant now) {
            List<Recorded> begin = hospital.events(0, 1);
            Instant first = begin.isEmpty() ? now : begin.getFirst().recordedAt();
            long known = Duration.between(first, OccupancyHistory.hour(view.hospital(), now))
                    .toHours();
            int hours = Math.clamp(known, 0, HISTORY_HOURS_MAX);
            return OccupancyHistory.of(view.hospital(), view.stays().values(), now, hours);
        }

        private boolean isFresh(LiveHospital hospital) {
            HospitalView view = hospital.view();
            return System.nanoTime() - madeNanos < HISTORY_INTERVAL_MIN.toNanos()
                    || sequence == view.sequence()
                            && hour.equals(OccupancyHistory.hour(
                                    view.hospital(), hospital.writer().clock().now()));
        }
    }
}
