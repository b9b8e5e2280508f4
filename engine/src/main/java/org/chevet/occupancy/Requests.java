package org.chevet.occupancy;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import org.chevet.event.BedRequest;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;

/** Open bed requests, by number, by urgency and by stay. */
final class Requests {
    private static final Comparator<BedRequest> BY_URGENCY = Comparator.comparingInt(BedRequest::priority)
            .thenComparing(BedRequest::neededAt)
            .thenComparing(BedRequest::id);

    private final Map<RequestId, BedRequest> open = new HashMap<>();
    private final NavigableSet<BedRequest> byUrgency = new TreeSet<>(BY_URGENCY);
    private final Map<StayId, NavigableSet<RequestId>> ofStay = new HashMap<>();
    private final ViewMarks marks;
    private final Touched touched;

    Requests(ViewMarks marks, Touched touched) {
        this.marks = marks;
        this.touched = touched;
    }

    @Nullable
    BedRequest get(RequestId id) {
        return open.get(id);
    }

    /** The most urgent first. */
    Collection<BedRequest> byUrgency() {
        return Collections.unmodifiableCollection(byUrgency);
    }

    boolean isQueued(BedRequest request) {
        return request.equals(byUrgency.floor(request));
    }

    /** Those that name this stay. */
    Set<RequestId> of(StayId stay) {
        return ofStay.getOrDefault(stay, Collections.emptyNavigableSet());
    }

    /** A new one, or one that services have answered meanwhile. */
    void put(BedRequest request) {
        BedRequest before = open.put(request.id(), request);
        if (before != null) {
            byUrgency.remove(before);
        }
        byUrgency.add(request);
        if (request.stay() != null) {
            ofStay.computeIfAbsent(request.stay(), stay -> new TreeSet<>()).add(request.id());
        }
        touched.addRequest(request.id());
        marks.requests();
    }

    void remove(RequestId id) {
        BedRequest request = open.remove(id);
        if (request == null) {
            return;
        }
        byUrgency.remove(request);
        if (request.stay() != null) {
            ofStay.computeIfPresent(request.stay(), (stay, requests) -> {
                requests.remove(id);
                return requests.isEmpty() ? null : requests;
            });
        }
        touched.addRequest(id);
        marks.requests();
    }

    /** A stay's number is given up for another: what was asked for it is asked for the other. */
    void pass(StayId from, StayId into) {
        for (RequestId id : List.copyOf(of(from))) {
            BedRequest request = open.get(id);
            if (request != null) {
                remove(id);
                put(request.forStay(into));
            }
        }
    }
}
