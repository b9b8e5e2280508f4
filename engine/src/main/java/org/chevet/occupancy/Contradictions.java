package org.chevet.occupancy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.chevet.event.Anomaly;
import org.chevet.event.Anomaly.Kind;
import org.chevet.event.BedEvent;
import org.chevet.event.BedRequest;
import org.chevet.event.Location;
import org.chevet.event.Movement;
import org.chevet.event.MovementKind;
import org.chevet.event.PatientClass;
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
    private final AnomalyDraft anomalies;

    Contradictions(LiveState live, Instant now, List<BedEvent> events) {
        this.live = live;
        this.now = now;
        this.events = events;
        this.anomalies = new AnomalyDraft(live, now, events);
    }

    /** Who will lie in a bed. */
    private record Lying(int bed, List<Stay> stays) {}

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
        List<Lying> changed = new ArrayList<>(4);
        for (int i = 0; i < before.size(); i++) {
            othersIn(live.bedOf(before.get(i)), before, changed);
        }
        for (int i = 0; i < after.size(); i++) {
            int bed = live.bedOf(after.get(i));
            if (bed != Layout.NONE) {
                othersIn(bed, before, changed).add(after.get(i));
            }
        }
        changed.removeIf(this::lieAlready);
        if (changed.size() > 1) {
            changed.sort(Comparator.comparingInt(Lying::bed));
        }
        for (int i = 0; i < changed.size(); i++) {
            checkBed(changed.get(i));
        }
        for (int i = 0; i < changed.size(); i++) {
            int room = live.layout().roomOfBed(changed.get(i).bed());
            if (i == 0 || room != live.layout().roomOfBed(changed.get(i - 1).bed())) {
                checkSex(room, changed);
            }
        }
        for (int i = 0; i < after.size(); i++) {
            Stay stay = after.get(i);
            int bed = live.bedOf(stay);
            checkRemoved(bed, stay);
            if (bed != Layout.NONE && find(bed, changed) != null) {
                anomalies.resolve("location:", stay.id());
                settleRequests(bed, stay, answered);
            }
            if (!stay.timeline().awaiting().isEmpty()) {
                pendingTransfers().settle(stay);
            }
        }
    }

    /** A bed that the file no longer has cannot be listed as wrong: who lies there is. */
    private void checkRemoved(int bed, Stay stay) {
        Location location = stay.location();
        if (bed != Layout.NONE || location == null || location.bed() == null) {
            anomalies.resolve("removed:", stay.id());
        } else {
            Stay known = live.stays.get(stay.id());
            if (known == null || !location.equals(known.location())) {
                anomalies.raise(Kind.BED_REMOVED, "removed:" + stay.id(), stay.id(), null, location.bed(), null);
            }
        }
    }

    private static @Nullable List<Stay> find(int bed, List<Lying> changed) {
        for (int i = 0; i < changed.size(); i++) {
            if (changed.get(i).bed() == bed) {
                return changed.get(i).stays();
            }
        }
        return null;
    }

    /** Who lies in a bed beside those who move; the list is filled in as they arrive. */
    private List<Stay> othersIn(int bed, List<Stay> moving, List<Lying> changed) {
        List<Stay> known = find(bed, changed);
        if (known != null) {
            return known;
        }
        List<Stay> others = new ArrayList<>(2);
        if (bed != Layout.NONE) {
            List<StayId> occupants = live.bed(bed).occupants();
            for (int i = 0; i < occupants.size(); i++) {
                if (!moves(occupants.get(i), moving)) {
                    others.add(live.known(occupants.get(i)));
                }
            }
            changed.add(new Lying(bed, others));
        }
        return others;
    }

    private static boolean moves(StayId stay, List<Stay> moving) {
        for (int i = 0; i < moving.size(); i++) {
            if (moving.get(i).id().equals(stay)) {
                return true;
            }
        }
        return false;
    }

    private boolean lieAlready(Lying lying) {
        List<StayId> occupants = live.bed(lying.bed()).occupants();
        if (occupants.size() != lying.stays().size()) {
            return false;
        }
        for (int i = 0; i < occupants.size(); i++) {
            if (!moves(occupants.get(i), lying.stays())) {
                return false;
            }
        }
        return true;
    }

    private void checkBed(Lying lying) {
        BedStatus status = live.bed(lying.bed());
        BedId bed = status.bed();
        List<Stay> stays = lying.stays();
        anomalies.resolve("status:", bed);
        if (stays.size() < 2) {
            anomalies.resolve("double:", bed);
        } else {
            anomalies.raiseDoubleOccupancy(bed, stays);
        }
        if (stays.isEmpty()) {
            anomalies.resolve("unusable:", bed);
        } else if (!isUsable(status)) {
            anomalies.raise(
                    Kind.BED_NOT_USABLE, "unusable:" + bed, stays.getLast().id(), null, bed, null);
        }
    }

    /** Opens a bed, in which somebody may lie already. */
    void open(BedStatus bed, Instant at) {
        events.add(new BedEvent.BedOpened(at, bed.bed()));
        if (bed.block() == null) {
            anomalies.resolve("unusable:", bed.bed());
        }
    }

    /** Unblocks a bed that is blocked, in which somebody may lie already. */
    void unblock(BedStatus bed, BedStatus.Block block) {
        events.add(new BedEvent.BedUnblocked(now, bed.bed(), block.reason(), block.note(), block.expectedEnd()));
        if (bed.open()) {
            anomalies.resolve("unusable:", bed.bed());
        }
    }

    private void settleRequests(int bed, Stay stay, @Nullable RequestId answered) {
        BedStatus status = live.bed(bed);
        BedStatus.Reservation held = status.reservation();
        RequestId named =
                answered == null && held != null && transfers().isFor(held.request(), stay) ? held.request() : answered;
        boolean reservationUsed = false;
        for (BedRequest request : requestsOf(stay, named)) {
            BedId reserved = live.bedOfRequest(request.id());
            boolean chosen = request.id().equals(named) || status.bed().equals(reserved);
            if (!chosen && !isAnswered(request, bed, stay)) {
                continue;
            }
            if (chosen) {
                pendingTransfers().forget(stay, request.id());
            }
            if (reserved != null) {
                release(reserved, BedEvent.ReservationReleased.Cause.FULFILLED);
                reservationUsed |= reserved.equals(status.bed());
            }
            fulfill(request, stay, status.bed());
        }
        // Whoever lies there already until the reservation begins takes nothing from anybody.
        if (held != null && !reservationUsed && !status.occupants().contains(stay.id())) {
            release(status.bed(), BedEvent.ReservationReleased.Cause.OVERRIDDEN);
            anomalies.raise(
                    Kind.RESERVATION_OVERRIDDEN,
                    "reservation:" + held.request(),
                    stay.id(),
                    null,
                    status.bed(),
                    held.request().value());
        }
    }

    private boolean isAnswered(BedRequest request, int bed, Stay stay) {
        Movement announced = PendingTransfers.announced(stay, request.id());
        return announced != null
                ? PendingTransfers.isAnswered(stay.timeline(), announced)
                : request.service() == null || request.service().equals(serviceOf(bed));
    }

    private ServiceId serviceOf(int bed) {
        return live.layout().services.get(live.layout().serviceOfBed(bed)).id();
    }

    /** The request that was named, and those that name the stay. */
    private List<BedRequest> requestsOf(Stay stay, @Nullable RequestId answered) {
        if (answered == null && live.requests.of(stay.id()).isEmpty()) {
            return List.of();
        }
        List<BedRequest> requests = new ArrayList<>();
        if (answered != null) {
            add(requests, live.requests.get(answered));
        }
        live.requests.of(stay.id()).forEach(id -> add(requests, live.requests.get(id)));
        return requests;
    }

    private static void add(List<BedRequest> requests, @Nullable BedRequest request) {
        if (request != null && !requests.contains(request)) {
            requests.add(request);
        }
    }

    void fulfill(BedRequest request, Stay stay, BedId bed) {
        events.add(new BedEvent.BedRequestFulfilled(now, request, stay.id(), bed));
        transfers().fulfilled(request.id(), stay.id());
    }

    void release(BedId bed, BedEvent.ReservationReleased.Cause cause) {
        BedStatus.Reservation reservation = live.bed(live.layout().bed(bed)).reservation();
        if (reservation != null) {
            events.add(new BedEvent.ReservationReleased(
                    now, bed, reservation.request(), reservation.until(), cause, reservation.acceptance()));
            transfers().released(reservation.request(), cause);
        }
    }

    /** A stay's papers changed: when its sex did, looks anew at the room where it lies. */
    void afterPapersChange(Stay before, Stay after) {
        afterPapersChanges(List.of(before), List.of(after));
    }

    /** The papers of stays changed at once, as a person's are in all their stays. */
    void afterPapersChanges(List<Stay> before, List<Stay> after) {
        List<Lying> lying = new ArrayList<>(after.size());
        Set<Integer> rooms = new TreeSet<>();
        for (int i = 0; i < after.size(); i++) {
            int bed = live.bedOf(after.get(i));
            if (bed != Layout.NONE) {
                othersIn(bed, after, lying).add(after.get(i));
                if (before.get(i).sex() != after.get(i).sex()) {
                    rooms.add(live.layout().roomOfBed(bed));
                }
            }
        }
        rooms.forEach(room -> checkSex(room, lying));
    }

    private void checkSex(int room, List<Lying> changed) {
        Room defined = live.layout().rooms.get(room);
        if (defined.sexPolicy() != SexPolicy.MIXED) {
            checkSex(defined, sexesIn(room, changed));
        }
    }

    private SexMix sexesIn(int room, List<Lying> changed) {
        Layout layout = live.layout();
        SexMix sexes = new SexMix();
        for (int bed = layout.firstBedOfRoom(room); bed < layout.endOfRoom(room); bed++) {
            List<Stay> stays = find(bed, changed);
            if (stays != null) {
                for (int i = 0; i < stays.size(); i++) {
                    sexes.add(stays.get(i).sex());
                }
            } else {
                sexes.add(live.beds().hasWomen(bed), live.beds().hasMen(bed));
            }
        }
        return sexes;
    }

    /** Whether those who lie in a room may lie there together. */
    void checkSex(Room room, SexMix sexes) {
        if (sexes.breaks(room.sexPolicy())) {
            anomalies.raise(
                    Kind.SEX_MIXED,
                    "sex:" + room.id(),
                    null,
                    null,
                    room.beds().getFirst().id(),
                    room.id().value());
        } else if (!live.anomalies.all().isEmpty()) {
            anomalies.resolve("sex:" + room.id());
        }
    }

    /** The sexes of those who lie in a room. */
    static final class SexMix {
        private boolean women;
        private boolean men;

        void add(Sex sex) {
            add(sex == Sex.FEMALE, sex == Sex.MALE);
        }

        private void add(boolean hasWomen, boolean hasMen) {
            women |= hasWomen;
            men |= hasMen;
        }

        private boolean breaks(SexPolicy policy) {
            return policy != SexPolicy.MIXED
                    && (women && men || women && !policy.admits(Sex.FEMALE) || men && !policy.admits(Sex.MALE));
        }
    }

    /** A stretch stated late, that others lay through. */
    void afterHistoricInsert(Stay after, Movement movement) {
        if (movement == after.timeline().last()) {
            return;
        }
        for (Timeline.Stretch stretch : after.timeline().stretches()) {
            int bed = live.layout().bedAt(stretch.location());
            if (stretch.to() == null || bed == Layout.NONE || !stretch.covers(movement.at())) {
                continue;
            }
            for (BedHistory.Lying other : live.history().during(bed, stretch.from(), stretch.to())) {
                if (!other.stay().equals(after.id()) && overlap(stretch, other).compareTo(OVERLAP_TOLERANCE) > 0) {
                    BedId id = live.bed(bed).bed();
                    anomalies.raise(
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
        if (after.announced() || after.timeline().isEmpty()) {
            anomalies.resolve("stay:", after.id());
        } else {
            anomalies.raise(Kind.UNKNOWN_STAY, "stay:" + after.id(), after.id(), null, null, null);
        }
        if (before.status() == StayStatus.ENDED && after.isHere() && !cancellation) {
            Movement last = after.timeline().last();
            if (last != null && last.kind() != MovementKind.ADMISSION) {
                anomalies.raise(Kind.MOVEMENT_AFTER_END, "after-end:" + after.id(), after.id(), null, null, last.id());
            }
        } else if (after.status() == StayStatus.ENDED) {
            anomalies.resolve("after-end:", after.id());
            anomalies.resolve("location:", after.id());
        }
        transfers().afterTimelineChange(after.id(), before, after, cancellation);
    }

    /**
     * A movement says where the stay is now: known, or not. An emergency department need not be in the hospital's file: who is there is where
     * they should be.
     *
     * @param unmapped the place as it was stated, when its unit or bed is not in the hospital's file; otherwise null
     */
    void afterPlacement(Stay stay, Movement movement, @Nullable String unmapped) {
        if (stay.location() == null || !stay.location().equals(movement.to())) {
            return;
        }
        if (movement.patientClass() == PatientClass.EMERGENCY && movement.to().service() == null) {
            anomalies.resolve("location:", stay.id());
        } else if (unmapped == null) {
            afterKnownPlacement(stay.id(), movement.to());
        } else if (movement.patientClass() != PatientClass.OUTPATIENT) {
            anomalies.restate(unknown(movement.to()), "location:" + stay.id(), stay.id(), unmapped);
        }
    }

    /** What is stated is as it was, but for the words in which the unknown place is called. */
    void afterSamePlacement(Stay stay, Movement movement, @Nullable String unmapped) {
        if (unmapped != null && live.anomalies.get("location:" + stay.id()) != null) {
            afterPlacement(stay, movement, unmapped);
        }
    }

    private static Kind unknown(Location place) {
        return place.service() == null ? Kind.UNKNOWN_SERVICE : Kind.UNKNOWN_BED;
    }

    /** A stay is in a service that is known, without a bed: where it was before no longer matters. A bed is seen to above. */
    void afterKnownPlacement(StayId stay, Location to) {
        if (to.bed() == null && to.service() != null) {
            anomalies.resolve("location:", stay);
        }
    }

    /** Whether a contradiction that somebody set aside could be raised again today; one that speaks of what was always could. */
    boolean isStillSo(Anomaly anomaly) {
        Stay stay = anomaly.stay() == null ? null : live.stays.get(anomaly.stay());
        if (stay == null && anomaly.stay() != null) {
            return false;
        }
        int bed = anomaly.bed() == null ? Layout.NONE : live.layout().bed(anomaly.bed());
        return switch (anomaly.kind()) {
            case DOUBLE_OCCUPANCY ->
                bed != Layout.NONE && live.bed(bed).occupants().size() > 1;
            case BED_NOT_USABLE ->
                bed != Layout.NONE && !live.bed(bed).occupants().isEmpty() && !isUsable(live.bed(bed));
            case SEX_MIXED -> bed != Layout.NONE && isMixed(live.layout().roomOfBed(bed));
            case UNKNOWN_BED, UNKNOWN_SERVICE, BED_REMOVED ->
                stay == null || stay.isHere() && live.bedOf(stay) == Layout.NONE;
            case MOVEMENT_AFTER_END -> stay != null && stay.isHere();
            case UNKNOWN_STAY -> stay != null && !stay.announced();
            case UNKNOWN_MOVEMENT,
                    OVERLAPPING_MOVEMENTS,
                    RESERVATION_OVERRIDDEN,
                    TRANSFER_CONTRADICTED,
                    BED_STATUS_CONTRADICTED -> true;
        };
    }

    private static boolean isUsable(BedStatus status) {
        return status.open() && status.block() == null;
    }

    private boolean isMixed(int room) {
        return sexesIn(room, List.of()).breaks(live.layout().rooms.get(room).sexPolicy());
    }

    PendingTransfers pendingTransfers() {
        return new PendingTransfers(live, now, events, this);
    }

    TransferDraft transfers() {
        return new TransferDraft(live, now, events, this);
    }

    AnomalyDraft anomalies() {
        return anomalies;
    }
}
