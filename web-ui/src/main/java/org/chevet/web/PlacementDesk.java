package org.chevet.web;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import org.chevet.event.BedRequest;
import org.chevet.hospital.RequestId;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.HospitalView.OpenRequest;
import org.chevet.placement.Demand;
import org.chevet.placement.PlacementWorld;
import org.chevet.placement.QueuePlanner;
import org.jspecify.annotations.Nullable;

/**
 * One hospital's world of placement: compiled from the last durable view, and taken over from view to view. Of whoever holds its lock, which takes
 * milliseconds where there are hundreds of thousands of beds: not for an event loop.
 */
final class PlacementDesk {
    /**
     * For whom, and on what an answer is computed.
     *
     * @param age of what this member knows; zero where it writes the hospital itself
     */
    record Asked(HospitalView view, Instant now, Duration age, BedRequest request, Demand demand) {}

    private final LiveHospital hospital;

    /** None while a question is asked of it: one that failed half-way may have left it changed. */
    private @Nullable PlacementWorld world;

    PlacementDesk(LiveHospital hospital) {
        this.hospital = hospital;
    }

    LiveHospital hospital() {
        return hospital;
    }

    /** Null when the request is not open, or when that is the answer. */
    synchronized <T> @Nullable T ask(RequestId request, BiFunction<PlacementWorld, Asked, @Nullable T> question) {
        HospitalView view = hospital.view();
        Instant now = hospital.writer().clock().now();
        BedRequest open = find(view.requests(), request);
        if (open == null) {
            return null;
        }
        PlacementWorld taken = take(view, now);
        T answer = question.apply(taken, new Asked(view, now, hospital.age(), open, Demand.of(view, open, now)));
        world = taken;
        return answer;
    }

    /** Plans the whole queue on the view of this moment. */
    synchronized String plan(int branchesMax) {
        HospitalView view = hospital.view();
        Instant now = hospital.writer().clock().now();
        PlacementWorld taken = take(view, now);
        String plan = PlacementJson.plan(view, now, hospital.age(), new QueuePlanner(taken).plan(branchesMax));
        world = taken;
        return plan;
    }

    private PlacementWorld take(HospitalView view, Instant now) {
        PlacementWorld taken = PlacementWorld.renewed(world, view, now);
        world = null;
        return taken;
    }

    private static @Nullable BedRequest find(List<OpenRequest> requests, RequestId id) {
        for (OpenRequest open : requests) {
            if (open.request().id().equals(id)) {
                return open.request();
            }
        }
        return null;
    }
}
