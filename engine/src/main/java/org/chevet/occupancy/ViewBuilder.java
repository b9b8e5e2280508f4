package org.chevet.occupancy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.chevet.event.Acceptance;
import org.chevet.event.BedRequest;
import org.chevet.hospital.BedId;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;

/** Makes each view from the one before and what changed since. */
final class ViewBuilder {
    private static final Comparator<HospitalView.OpenRequest> BY_URGENCY =
            (one, other) -> Requests.byUrgency(one.request(), other.request());

    /** Of those who are expected. */
    private static final Comparator<Stay> BY_ARRIVAL = Comparator.comparing(
                    (Stay stay) -> Objects.requireNonNull(stay.expectedArrival(), "of who is expected"))
            .thenComparing(Stay::id);

    private final LiveState live;
    private @Nullable HospitalView last;

    // Of the last view, and changed to those of the next.
    private StayTrie stays = StayTrie.EMPTY;
    private List<Stay> expected = List.of();

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
        renewStays(shared == null, marks);
        HospitalView view = new HospitalView(
                live.sequence,
                live.recordedAt,
                live.layout(),
                live.stays.census(),
                services(shared, marks),
                shared != null && !marks.hasElsewhere() ? shared.elsewhere() : elsewhere(),
                stays,
                expected,
                requests(shared, marks),
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
        if (shared == null) {
            for (int service = 0; service < live.layout().services.size(); service++) {
                services.add(service(service, allBeds(service)));
            }
            return List.copyOf(services);
        }
        int marked = marks.nextService(0);
        if (marked < 0) {
            return shared.services();
        }
        services.addAll(shared.services());
        for (; marked >= 0; marked = marks.nextService(marked + 1)) {
            List<BedView> before = services.get(marked).beds();
            services.set(marked, service(marked, beds(marked, before, marks)));
        }
        return List.copyOf(services);
    }

    private ServiceView service(int service, List<BedView> beds) {
        List<Stay> withoutBed = new ArrayList<>(0);
        for (StayId id : live.places().withoutBed(service)) {
            withoutBed.add(live.known(id));
        }
        return new ServiceView(
                live.layout().services.get(service), live.counts(service), beds, withoutBed, arrivals(service));
    }

    private List<BedView> allBeds(int service) {
        List<BedView> beds = new ArrayList<>();
        for (int bed = live.layout().firstBedOfService(service);
                bed < live.layout().endOfService(service);
                bed++) {
            beds.add(bed(bed));
        }
        return beds;
    }

    private List<BedView> beds(int service, List<BedView> before, ViewMarks marks) {
        int first = live.layout().firstBedOfService(service);
        int end = live.layout().endOfService(service);
        int marked = marks.nextBed(first);
        if (marked < 0 || marked >= end) {
            return before;
        }
        BedView[] beds = before.toArray(BedView[]::new);
        for (; marked >= 0 && marked < end; marked = marks.nextBed(marked + 1)) {
            beds[marked - first] = bed(marked);
        }
        return List.of(beds);
    }

    private BedView bed(int bed) {
        Layout layout = live.layout();
        BedStatus status = live.bed(bed);
        return new BedView(layout.beds.get(bed), layout.rooms.get(layout.roomOfBed(bed)), status, occupants(status));
    }

    private List<HospitalView.OpenRequest> arrivals(int service) {
        List<HospitalView.OpenRequest> arrivals = new ArrayList<>(0);
        int end = live.layout().endOfService(service);
        for (int bed = live.beds().nextHeld(live.layout().firstBedOfService(service));
                bed >= 0 && bed < end;
                bed = live.beds().nextHeld(bed + 1)) {
            BedStatus.Reservation reservation =
                    Objects.requireNonNull(live.bed(bed).reservation(), "it is indexed by it");
            BedRequest awaited = live.requests.get(reservation.request());
            if (awaited != null) {
                arrivals.add(open(awaited));
            }
        }
        return arrivals;
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

    /** What nobody changed in is the same object as before. */
    private void renewStays(boolean all, ViewMarks marks) {
        if (all) {
            stays = StayTrie.EMPTY;
            expected = List.of();
        }
        List<Stay> coming = expected;
        for (StayId id : all ? live.stays.numbers() : marks.stays()) {
            Stay is = live.stays.get(id);
            Stay was = stays.get(id);
            if (is == was) {
                continue;
            }
            stays = is == null ? stays.minus(id) : stays.plus(is);
            boolean wasComing = was != null && was.isExpected();
            boolean isComing = is != null && is.isExpected();
            if (coming == expected && (wasComing || isComing)) {
                coming = new ArrayList<>(expected);
            }
            if (wasComing) {
                coming.remove(Collections.binarySearch(coming, was, BY_ARRIVAL));
            }
            if (isComing) {
                coming.add(-Collections.binarySearch(coming, is, BY_ARRIVAL) - 1, is);
            }
        }
        expected = List.copyOf(coming);
    }

    /** Those that did not change are the same objects, in the order in which they were. */
    private List<HospitalView.OpenRequest> requests(@Nullable HospitalView shared, ViewMarks marks) {
        List<HospitalView.OpenRequest> open = new ArrayList<>();
        if (shared == null) {
            live.requests.byUrgency().forEach(request -> open.add(open(request)));
            return List.copyOf(open);
        }
        if (marks.requests().isEmpty()) {
            return shared.requests();
        }
        for (HospitalView.OpenRequest known : shared.requests()) {
            if (!marks.requests().contains(known.request().id())) {
                open.add(known);
            }
        }
        for (RequestId id : marks.requests()) {
            BedRequest request = live.requests.get(id);
            if (request != null) {
                HospitalView.OpenRequest changed = open(request);
                int place = Collections.binarySearch(open, changed, BY_URGENCY);
                open.add(-place - 1, changed);
            }
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
