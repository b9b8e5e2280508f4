package org.chevet.web;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import org.chevet.event.BedRequest;
import org.chevet.hospital.RequestId;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.HospitalView.OpenRequest;
import org.chevet.placement.Demand;
import org.chevet.placement.PlacementWorld;
import org.chevet.placement.Proposals;
import org.chevet.placement.QueuePlanner;
import org.chevet.runtime.Following;
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
    private @Nullable PlacementWorld world;
    private @Nullable Proposals proposals;

    PlacementDesk(LiveHospital hospital) {
        this.hospital = hospital;
    }

    LiveHospital hospital() {
        return hospital;
    }

    /** Null when the request is not open, or when that is the answer. */
    synchronized <T> @Nullable T ask(RequestId request, BiFunction<Proposals, Asked, @Nullable T> question) {
        HospitalView view = hospital.view();
        Instant now = hospital.writer().clock().now();
        BedRequest open = find(view.requests(), request);
        if (open == null) {
            return null;
        }
        return question.apply(renewed(view, now), new Asked(view, now, age(), open, Demand.of(view, open, now)));
    }

    /** Plans the whole queue on the view of this moment. */
    synchronized String plan(int branchesMax) {
        HospitalView view = hospital.view();
        Instant now = hospital.writer().clock().now();
        renewed(view, now);
        return PlacementJson.plan(view, now, age(), new QueuePlanner(Objects.requireNonNull(world)).plan(branchesMax));
    }

    private Duration age() {
        Following following = hospital.following();
        return following == null ? Duration.ZERO : following.age();
    }

    private Proposals renewed(HospitalView view, Instant now) {
        PlacementWorld known = world;
        Proposals asked = proposals;
        if (known == null || asked == null) {
            known = new PlacementWorld(view, now);
            asked = new Proposals(known);
            world = known;
            proposals = asked;
        } else {
            known.renew(view, now);
        }
        return asked;
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
