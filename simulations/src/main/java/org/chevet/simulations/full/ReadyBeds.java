package org.chevet.simulations.full;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.ToIntBiFunction;
import org.chevet.event.BedRequest;
import org.chevet.hospital.BedId;
import org.chevet.hospital.Service;
import org.chevet.occupancy.BedState;
import org.chevet.occupancy.BedView;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.ServiceView;
import org.chevet.placement.Demand;
import org.chevet.placement.Proposals;
import org.jspecify.annotations.Nullable;

/** What people do who have no time: one request after the other, each a ready bed that no rule forbids, the first or the nearest specialty's. */
final class ReadyBeds implements BedPolicy {
    private static final int STRANGE = 1_000;

    private final Comparator<BedRequest> order;
    private final ToIntBiFunction<Service, BedRequest> distance;

    private ReadyBeds(Comparator<BedRequest> order, ToIntBiFunction<Service, BedRequest> distance) {
        this.order = order;
        this.distance = distance;
    }

    /** Who asked first is given the first bed of the list that may be given. */
    static ReadyBeds firstFit() {
        return new ReadyBeds(Comparator.comparing(BedRequest::requestedAt), (service, request) -> 0);
    }

    /** The most urgent first; each a bed of the service that is nearest to the specialty. */
    static ReadyBeds rankGreedy() {
        return new ReadyBeds(
                Comparator.comparing(BedRequest::priority).thenComparing(BedRequest::requestedAt), ReadyBeds::distance);
    }

    private static int distance(Service service, BedRequest request) {
        int rank = service.specialties().indexOf(request.needs().specialty());
        int fallback = service.fallbackSpecialties().indexOf(request.needs().specialty());
        return rank >= 0 ? rank : fallback >= 0 ? service.specialties().size() + fallback : STRANGE;
    }

    @Override
    public void choose(Desk desk) {
        List<BedRequest> requests = new ArrayList<>();
        for (HospitalView.OpenRequest open : desk.view().requests()) {
            if (open.bed() == null) {
                requests.add(open.request());
            }
        }
        requests.sort(order);
        for (BedRequest request : requests) {
            BedId bed = bed(desk.view(), desk.proposals(), request, desk.now());
            if (bed != null) {
                desk.give(new Choice(Objects.requireNonNull(request.stay()), bed, request.id()));
            }
        }
    }

    private @Nullable BedId bed(HospitalView view, Proposals rules, BedRequest request, Instant now) {
        Demand demand = Demand.of(view, request, now);
        BedId nearest = null;
        int least = Integer.MAX_VALUE;
        for (ServiceView service : view.services()) {
            int far = distance.applyAsInt(service.service(), request);
            BedId first = far < least ? rules.firstAllowed(demand, ready(service)) : null;
            if (first != null) {
                nearest = first;
                least = far;
            }
        }
        return nearest;
    }

    private static List<BedId> ready(ServiceView service) {
        List<BedId> ready = new ArrayList<>();
        for (BedView bed : service.beds()) {
            if (bed.status().state() == BedState.READY) {
                ready.add(bed.bed().id());
            }
        }
        return ready;
    }
}
