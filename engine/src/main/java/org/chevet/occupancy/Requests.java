package org.chevet.occupancy;

import java.util.Collection;
import java.util.Collections;
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
    private final Map<RequestId, BedRequest> open = new HashMap<>();
    private final NavigableSet<BedRequest> byUrgency = new TreeSet<>(Requests::byUrgency);
    private final Map<StayId, NavigableSet<RequestId>> ofStay = new HashMap<>();
    private final ViewMarks marks;
    private final Touched touched;

    Requests(ViewMarks marks, Touched touched) {
        this.marks = marks;
        this.touched = touched;
    }

    /** The order of the queue. */
    static int byUrgency(BedRequest one, BedRequest other) {
        int order = Integer.compare(one.priority(), other.priority());
        if (order == 0) {
            order = one.neededAt().compareTo(other.neededAt());
        }
        return order != 0 ? order : one.id().compareTo(other.id());
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
        marks.request(request.id());
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
        marks.request(id);
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
