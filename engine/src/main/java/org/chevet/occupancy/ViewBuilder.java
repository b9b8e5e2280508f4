package org.chevet.occupancy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.chevet.event.Acceptance;
import org.chevet.event.BedRequest;
import org.chevet.hospital.BedId;
import org.chevet.hospital.Service;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/** Makes each view from the one before and what changed since. */
final class ViewBuilder {
    private final LiveState live;
    private @Nullable HospitalView last;

    ViewBuilder(LiveState live) {
        this.live = live;
    }

    HospitalView build() {
        HospitalView previous = last;
        if (previous != null && previous.sequence() == live.sequence) {
            return previous;
        }
        ViewMarks marks = live.marks;
        HospitalView shared = marks.hasEverything() ? null : previous;
        HospitalView view = new HospitalView(
                live.sequence,
                live.recordedAt,
                live.layout(),
                live.stays.census(),
                services(shared, marks),
                shared != null && !marks.hasElsewhere() ? shared.elsewhere() : elsewhere(),
                stays(shared, marks),
                expected(shared, marks),
                shared != null && !marks.hasRequests() ? shared.requests() : requests(),
                shared != null && !marks.hasTransfers() ? shared.transfers() : List.copyOf(live.transfers.all()),
                shared != null && !marks.hasAnomalies() ? shared.anomalies() : List.copyOf(live.anomalies.all()),
                shared != null && !marks.hasQuarantine() ? shared.quarantine() : List.copyOf(live.quarantine.values()),
                shared != null && !marks.hasRecentActs() ? shared.recentActs() : List.copyOf(live.recentActs),
                shared != null && !marks.hasTallies() ? shared.tallies() : List.copyOf(live.tallies.all()),
                live.crisis(),
                live.drill());
        marks.clear();
        last = view;
        return view;
    }

    private List<ServiceView> services(@Nullable HospitalView shared, ViewMarks marks) {
        List<ServiceView> services = new ArrayList<>(live.layout().services.size());
        for (int service = 0; service < live.layout().services.size(); service++) {
            ServiceView before = shared == null ? null : shared.services().get(service);
            services.add(before != null && !marks.hasService(service) ? before : service(service, before, marks));
        }
        return List.copyOf(services);
    }

    private ServiceView service(int index, @Nullable ServiceView before, ViewMarks marks) {
        Layout layout = live.layout();
        Service service = layout.services.get(index);
        int first = layout.firstBedOfService(index);
        List<BedView> beds = new ArrayList<>(layout.endOfService(index) - first);
        List<HospitalView.OpenRequest> arrivals = new ArrayList<>();
        for (int bed = first; bed < layout.endOfService(index); bed++) {
            BedStatus status = live.bed(bed);
            BedStatus.Reservation reservation = status.reservation();
            BedRequest awaited = reservation == null ? null : live.requests.get(reservation.request());
            if (awaited != null) {
                arrivals.add(open(awaited));
            }
            BedView known = before == null ? null : before.beds().get(bed - first);
            beds.add(
                    known != null && !marks.hasBed(bed)
                            ? known
                            : new BedView(
                                    layout.beds.get(bed),
                                    layout.rooms.get(layout.roomOfBed(bed)),
                                    status,
                                    occupants(status)));
        }
        List<Stay> withoutBed = new ArrayList<>();
        for (StayId id : live.places().withoutBed(index)) {
            withoutBed.add(live.known(id));
        }
        return new ServiceView(service, live.counts(index), beds, withoutBed, arrivals);
    }

    private List<Stay> occupants(BedStatus status) {
        List<StayId> ids = status.occupants();
        return switch (ids.size()) {
            case 0 -> List.of();
            case 1 -> List.of(live.known(ids.getFirst()));
            default -> ids.stream().map(live::known).toList();
        };
    }

    private List<Stay> elsewhere() {
        return live.places().elsewhere().stream().map(live::known).toList();
    }

    private PMap<StayId, Stay> stays(@Nullable HospitalView shared, ViewMarks marks) {
        PMap<StayId, Stay> stays = shared == null ? HashTreePMap.empty() : shared.stays();
        if (shared == null) {
            for (Stay stay : live.stays.all()) {
                stays = stays.plus(stay.id(), stay);
            }
            return stays;
        }
        for (StayId id : marks.stays()) {
            Stay stay = live.stays.get(id);
            stays = stay == null ? stays.minus(id) : stays.plus(id, stay);
        }
        return stays;
    }

    /** The same object as before as long as nobody in it changed. */
    private PMap<StayId, Stay> expected(@Nullable HospitalView shared, ViewMarks marks) {
        PMap<StayId, Stay> expected = shared == null ? HashTreePMap.empty() : shared.expected();
        if (shared == null) {
            for (Stay stay : live.stays.all()) {
                expected = stay.isExpected() ? expected.plus(stay.id(), stay) : expected;
            }
            return expected;
        }
        for (StayId id : marks.stays()) {
            Stay stay = live.stays.get(id);
            expected = stay != null && stay.isExpected() ? expected.plus(id, stay) : expected.minus(id);
        }
        return expected;
    }

    private List<HospitalView.OpenRequest> requests() {
        List<HospitalView.OpenRequest> open = new ArrayList<>();
        for (BedRequest request : live.requests.byUrgency()) {
            open.add(open(request));
        }
        return List.copyOf(open);
    }

    private HospitalView.OpenRequest open(BedRequest request) {
        BedId bed = live.bedOfRequest(request.id());
        if (bed == null) {
            return new HospitalView.OpenRequest(request, null, null, null);
        }
        BedStatus status = live.bed(live.layout().bed(bed));
        BedStatus.Reservation reservation = Objects.requireNonNull(status.reservation(), "it is indexed by it");
        return new HospitalView.OpenRequest(request, bed, reservation.until(), acceptance(status, reservation));
    }

    /** In journals from before acceptances were kept, a bed is held since it has been a reserved one. */
    private static Acceptance acceptance(BedStatus status, BedStatus.Reservation reservation) {
        return reservation.acceptance() != null
                ? reservation.acceptance()
                : new Acceptance(status.since(), null, null, null);
    }
}
