package org.chevet.occupancy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.chevet.event.Anomaly;
import org.chevet.event.Anomaly.Kind;
import org.chevet.event.BedEvent;
import org.chevet.event.BedRequest;
import org.chevet.event.Location;
import org.chevet.event.Movement;
import org.chevet.event.MovementKind;
import org.chevet.hospital.BedId;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.Room;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.Sex;
import org.chevet.hospital.SexPolicy;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;

/**
 * What follows from a stay being somewhere else than before: reservations used up or overridden, requests fulfilled,
 * contradictions that appear and those that go away. Appends the events to a decision in the making.
 */
final class Contradictions {
    /** Two stays may share a bed on paper for this long: times are typed by hand, after the fact. */
    static final Duration OVERLAP_TOLERANCE = Duration.ofMinutes(15);

    private final LiveState live;
    private final Instant now;
    private final List<BedEvent> events;

    Contradictions(LiveState live, Instant now, List<BedEvent> events) {
        this.live = live;
        this.now = now;
        this.events = events;
    }

    /** One stay moved. */
    void afterMove(Stay before, Stay after, @Nullable RequestId answered) {
        afterMoves(List.of(before), List.of(after), answered);
    }

    /**
     * Stays moved, at once: looks at every bed that holds others than it held.
     *
     * @param answered the bed request that the move answers, when it was named
     */
    void afterMoves(List<Stay> before, List<Stay> after, @Nullable RequestId answered) {
        Map<Integer, List<Stay>> lying = new TreeMap<>();
        before.forEach(stay -> othersIn(bedOf(stay), before, lying));
        for (Stay stay : after) {
            List<Stay> others = othersIn(bedOf(stay), before, lying);
            others.add(stay);
        }
        lying.remove(Layout.NONE);
        lying.entrySet().removeIf(entry -> lieAlready(entry.getKey(), entry.getValue()));
        lying.forEach(this::checkBed);
        Set<Integer> rooms = new TreeSet<>();
        lying.keySet().forEach(bed -> rooms.add(live.layout().roomOfBed(bed)));
        rooms.forEach(room -> checkSex(room, lying));
        for (Stay stay : after) {
            int bed = bedOf(stay);
            if (bed == Layout.NONE ? before.stream().anyMatch(was -> bedOf(was) != bed) : lying.containsKey(bed)) {
                resolve("removed:" + stay.id());
            }
            if (lying.containsKey(bed)) {
                resolve("location:" + stay.id());
                settleRequests(bed, stay, answered);
            }
        }
    }

    /** Who lies in a bed beside those who move; the list is filled in as they arrive. */
    private List<Stay> othersIn(int bed, List<Stay> moving, Map<Integer, List<Stay>> lying) {
        return lying.computeIfAbsent(bed, key -> {
            List<Stay> others = new ArrayList<>(2);
            if (bed != Layout.NONE) {
                for (StayId occupant : live.bed(bed).occupants()) {
                    if (moving.stream().noneMatch(stay -> stay.id().equals(occupant))) {
                        others.add(live.known(occupant));
                    }
                }
            }
            return others;
        });
    }

    private boolean lieAlready(int bed, List<Stay> stays) {
        List<StayId> ids = stays.stream().map(Stay::id).toList();
        List<StayId> now = live.bed(bed).occupants();
        return now.size() == ids.size() && now.containsAll(ids);
    }

    private void checkBed(int bed, List<Stay> lying) {
        BedStatus status = live.bed(bed);
        resolve("status:" + status.bed());
        if (lying.size() < 2) {
            resolve("double:" + status.bed());
        } else {
            raise(
                    Kind.DOUBLE_OCCUPANCY,
                    "double:" + status.bed(),
                    lying.getLast().id(),
                    lying.getFirst().id(),
                    status.bed(),
                    null);
        }
        if (lying.isEmpty()) {
            resolve("unusable:" + status.bed());
        } else if (!status.open() || status.block() != null) {
            raise(
                    Kind.BED_NOT_USABLE,
                    "unusable:" + status.bed(),
                    lying.getLast().id(),
                    null,
                    status.bed(),
                    null);
        }
    }

    private void settleRequests(int bed, Stay stay, @Nullable RequestId answered) {
        BedStatus status = live.bed(bed);
        ServiceId service =
                live.layout().services.get(live.layout().serviceOfBed(bed)).id();
        List<BedRequest> candidates = new ArrayList<>();
        if (answered != null) {
            add(candidates, live.request(answered));
        }
        live.requestsOf(stay.id()).forEach(id -> add(candidates, live.request(id)));
        boolean reservationUsed = false;
        for (BedRequest request : candidates) {
            BedId reserved = live.bedOfRequest(request.id());
            boolean answers = request.id().equals(answered)
                    || status.bed().equals(reserved)
                    || request.service() == null
                    || request.service().equals(service);
            if (!answers) {
                continue;
            }
            if (reserved != null) {
                release(reserved, BedEvent.ReservationReleased.Cause.FULFILLED);
                reservationUsed |= reserved.equals(status.bed());
            }
            events.add(new BedEvent.BedRequestFulfilled(now, request, stay.id(), status.bed()));
        }
        BedStatus.Reservation reservation = status.reservation();
        if (reservation != null && !reservationUsed) {
            release(status.bed(), BedEvent.ReservationReleased.Cause.OVERRIDDEN);
            raise(
                    Kind.RESERVATION_OVERRIDDEN,
                    "reservation:" + reservation.request(),
                    stay.id(),
                    null,
                    status.bed(),
                    reservation.request().value());
        }
    }

    private static void add(List<BedRequest> candidates, @Nullable BedRequest request) {
        if (request != null && !candidates.contains(request)) {
            candidates.add(request);
        }
    }

    void release(BedId bed, BedEvent.ReservationReleased.Cause cause) {
        BedStatus.Reservation reservation = live.bed(live.layout().bed(bed)).reservation();
        if (reservation != null) {
            events.add(new BedEvent.ReservationReleased(now, bed, reservation.request(), reservation.until(), cause));
        }
    }

    /** A bed leaves the layout, and with it what was wrong there. */
    void forget(int bed) {
        BedId id = live.bed(bed).bed();
        resolve("double:" + id);
        resolve("unusable:" + id);
        resolve("status:" + id);
        resolve("sex:" + live.layout().rooms.get(live.layout().roomOfBed(bed)).id());
    }

    /** A stay leaves the live state, and with it what nobody settled about it while it was known. */
    void forget(StayId stay) {
        for (Anomaly anomaly : live.anomalies.values()) {
            boolean names = stay.equals(anomaly.stay()) || stay.equals(anomaly.otherStay());
            if (names && !isOfBed(anomaly.kind())) {
                resolve(anomaly.key());
            }
        }
    }

    /** What is wrong with a bed may have gone on with others than those it began with. */
    private static boolean isOfBed(Kind kind) {
        return switch (kind) {
            case DOUBLE_OCCUPANCY, BED_NOT_USABLE, SEX_MIXED, BED_STATUS_CONTRADICTED -> true;
            case OVERLAPPING_MOVEMENTS,
                    UNKNOWN_STAY,
                    UNKNOWN_BED,
                    UNKNOWN_SERVICE,
                    UNKNOWN_MOVEMENT,
                    MOVEMENT_AFTER_END,
                    RESERVATION_OVERRIDDEN,
                    BED_REMOVED -> false;
        };
    }

    /** Beds come back into the layout with those who were left lying there. */
    void afterReturnOf(Map<BedId, List<Stay>> beds) {
        beds.forEach((bed, stays) -> {
            stays.forEach(stay -> resolve("removed:" + stay.id()));
            if (stays.size() > 1) {
                raise(
                        Kind.DOUBLE_OCCUPANCY,
                        "double:" + bed,
                        stays.getLast().id(),
                        stays.getFirst().id(),
                        bed,
                        null);
            }
        });
    }

    /** A stay's papers changed: when its sex did, looks anew at the room where it lies. */
    void afterPapersChange(Stay before, Stay after) {
        int bed = bedOf(after);
        if (bed != Layout.NONE && before.sex() != after.sex()) {
            List<Stay> lying = othersIn(bed, List.of(after), new TreeMap<>());
            lying.add(after);
            checkSex(live.layout().roomOfBed(bed), Map.of(bed, lying));
        }
    }

    private void checkSex(int room, Map<Integer, List<Stay>> lying) {
        Room defined = live.layout().rooms.get(room);
        if (defined.sexPolicy() == SexPolicy.MIXED) {
            return;
        }
        Set<Sex> sexes = EnumSet.noneOf(Sex.class);
        for (int bed = live.layout().firstBedOfRoom(room); bed < live.layout().endOfRoom(room); bed++) {
            List<Stay> changed = lying.get(bed);
            if (changed != null) {
                changed.forEach(stay -> sexes.add(stay.sex()));
            } else {
                live.bed(bed).occupants().forEach(id -> sexes.add(live.known(id).sex()));
            }
        }
        sexes.remove(Sex.UNKNOWN);
        boolean mixed = sexes.size() > 1
                || sexes.stream().anyMatch(sex -> !defined.sexPolicy().admits(sex));
        String key = "sex:" + defined.id();
        if (mixed) {
            BedId bed = live.bed(live.layout().firstBedOfRoom(room)).bed();
            raise(Kind.SEX_MIXED, key, null, null, bed, defined.id().value());
        } else {
            resolve(key);
        }
    }

    /** A stretch stated late, that others lay through. */
    void afterHistoricInsert(Stay after, Movement movement) {
        for (Timeline.Stretch stretch : after.timeline().stretches()) {
            int bed = live.layout().bedAt(stretch.location());
            if (stretch.to() == null || bed == Layout.NONE || !stretch.covers(movement.at())) {
                continue;
            }
            for (BedHistory.Lying other : live.lyingIn(bed, stretch.from(), stretch.to())) {
                if (!other.stay().equals(after.id()) && overlap(stretch, other).compareTo(OVERLAP_TOLERANCE) > 0) {
                    BedId id = live.bed(bed).bed();
                    raise(
                            Kind.OVERLAPPING_MOVEMENTS,
                            "overlap:" + id + ":" + after.id() + ":" + other.stay(),
                            after.id(),
                            other.stay(),
                            id,
                            movement.id());
                }
            }
        }
    }

    private static Duration overlap(Timeline.Stretch stretch, BedHistory.Lying other) {
        Instant from = stretch.from().isAfter(other.from()) ? stretch.from() : other.from();
        Instant to = stretch.to();
        if (to == null || other.to() != null && other.to().isBefore(to)) {
            to = other.to();
        }
        return to == null ? Duration.ofSeconds(Long.MAX_VALUE) : Duration.between(from, to);
    }

    /** The stay is known by its movements, or moves again after its end, or is in order. */
    void afterTimelineChange(Stay before, Stay after, boolean cancellation) {
        String unknown = "stay:" + after.id();
        if (after.announced() || after.timeline().isEmpty()) {
            resolve(unknown);
        } else {
            raise(Kind.UNKNOWN_STAY, unknown, after.id(), null, null, null);
        }
        String afterEnd = "after-end:" + after.id();
        if (before.status() == StayStatus.ENDED && after.isHere() && !cancellation) {
            Movement last = after.timeline().last();
            if (last != null && last.kind() != MovementKind.ADMISSION) {
                raise(Kind.MOVEMENT_AFTER_END, afterEnd, after.id(), null, null, last.id());
            }
        } else if (after.status() == StayStatus.ENDED) {
            resolve(afterEnd);
            resolve("location:" + after.id());
        }
    }

    /** A stay is in a service that is known, without a bed: where it was before no longer matters. A bed is seen to above. */
    void afterKnownPlacement(StayId stay, Location to) {
        if (to.bed() == null && to.service() != null) {
            resolve("location:" + stay);
        }
    }

    void raise(
            Kind kind,
            String key,
            @Nullable StayId stay,
            @Nullable StayId otherStay,
            @Nullable BedId bed,
            @Nullable String detail) {
        if (!live.anomalies.containsKey(key)) {
            events.add(new BedEvent.AnomalyRaised(now, new Anomaly(key, kind, stay, otherStay, bed, detail, now)));
        }
    }

    void resolve(String key) {
        Anomaly open = live.anomalies.get(key);
        if (open != null) {
            events.add(new BedEvent.AnomalyResolved(now, open, null));
        }
    }

    private int bedOf(Stay stay) {
        Location location = stay.location();
        return location == null ? Layout.NONE : live.layout().bedAt(location);
    }
}
