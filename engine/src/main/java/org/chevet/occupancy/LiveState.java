package org.chevet.occupancy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.chevet.event.Anomaly;
import org.chevet.event.BedCondition;
import org.chevet.event.BedRequest;
import org.chevet.event.Ending;
import org.chevet.event.Location;
import org.chevet.event.PatientClass;
import org.chevet.event.Recorded;
import org.chevet.hospital.Bed;
import org.chevet.hospital.BedId;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.Service;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;

/**
 * The mutable state and its indexes. Every change goes through {@link #putStay} and the few setters
 * below, which keep the indexes true; what an event means is {@link Fold}'s. Owned by one {@link Occupancy}, one thread.
 */
final class LiveState {
    /** A stay that is not here leaves the live state this long after the last thing recorded about it. */
    static final Duration STAY_RETENTION = Duration.ofDays(35);

    /** How many events of people's acts are kept for undo. */
    static final int RECENT_ACT_EVENTS_MAX = 200;

    static final Comparator<BedRequest> BY_URGENCY = Comparator.comparingInt(BedRequest::priority)
            .thenComparing(BedRequest::neededAt)
            .thenComparing(BedRequest::id);

    /** Something that time alone will bring about. */
    record Deadline(
            Instant at,
            @Nullable BedId reservation,
            @Nullable StayId archival) implements Comparable<Deadline> {
        private static final Comparator<BedId> BEDS = Comparator.nullsFirst(Comparator.naturalOrder());
        private static final Comparator<StayId> STAYS = Comparator.nullsFirst(Comparator.naturalOrder());

        @Override
        public int compareTo(Deadline other) {
            int order = at.compareTo(other.at);
            if (order == 0) {
                order = BEDS.compare(reservation, other.reservation);
            }
            return order != 0 ? order : STAYS.compare(archival, other.archival);
        }
    }

    long sequence;
    Instant recordedAt = Instant.EPOCH;

    @Nullable
    Layout layout;

    private BedStatus[] beds = {};
    private BedHistory[] histories = {};
    private int[] staffed = {};

    private final Map<StayId, Stay> stays = new HashMap<>();
    private final Map<RequestId, BedRequest> requests = new HashMap<>();
    final Map<String, Anomaly> anomalies = new LinkedHashMap<>();
    final Map<String, HospitalView.QuarantineEntry> quarantine = new LinkedHashMap<>();
    final Deque<Recorded> recentActs = new ArrayDeque<>();

    // Indexes, all rebuilt from the above by reindex().
    private int[][] bedsByState = {};
    private int[] surgeOpen = {};
    private final BitSet readyBeds = new BitSet();
    private List<NavigableSet<StayId>> staysHere = List.of();
    private NavigableSet<StayId> staysElsewhere = new TreeSet<>();
    private final NavigableSet<BedRequest> requestsByUrgency = new TreeSet<>(BY_URGENCY);
    private final Map<RequestId, BedId> bedOfRequest = new HashMap<>();
    private final Map<StayId, NavigableSet<RequestId>> requestsOfStay = new HashMap<>();
    private final NavigableSet<Deadline> deadlines = new TreeSet<>();

    private long admitted;
    private long present;
    private long discharged;
    private long transferredOut;
    private long died;

    /** How many stays the lists of places have, as kept up with them: {@code present}, by another way. */
    private long listedHere;

    final ViewMarks marks = new ViewMarks();
    final Touched touched = new Touched();

    // Reading

    Layout layout() {
        if (layout == null) {
            throw new IllegalStateException("the journal does not begin with the hospital's definition");
        }
        return layout;
    }

    BedStatus bed(int bed) {
        return beds[bed];
    }

    /** The stay of this number, following merges; null when unknown. */
    @Nullable
    Stay stay(StayId id) {
        Stay stay = stays.get(id);
        for (int hops = 0; stay != null && stay.mergedInto() != null; hops++) {
            if (hops > stays.size()) {
                throw new IllegalStateException("stay " + id + " is merged into itself");
            }
            stay = stays.get(stay.mergedInto());
        }
        return stay;
    }

    /** The stay of exactly this number, merged or not. */
    @Nullable
    Stay stayAsNumbered(StayId id) {
        return stays.get(id);
    }

    Iterable<Stay> allStays() {
        return stays.values();
    }

    Set<StayId> staysHere(int service) {
        return staysHere.get(service);
    }

    Set<StayId> staysElsewhere() {
        return staysElsewhere;
    }

    @Nullable
    BedRequest request(RequestId id) {
        return requests.get(id);
    }

    NavigableSet<BedRequest> requestsByUrgency() {
        return requestsByUrgency;
    }

    @Nullable
    BedId bedOfRequest(RequestId id) {
        return bedOfRequest.get(id);
    }

    /** Open requests that name this stay. */
    Set<RequestId> requestsOf(StayId stay) {
        return requestsOfStay.getOrDefault(stay, new TreeSet<>());
    }

    int staffed(int service) {
        return staffed[service];
    }

    NavigableSet<Deadline> deadlines() {
        return deadlines;
    }

    List<BedHistory.Lying> lyingIn(int bed, Instant from, @Nullable Instant to) {
        return histories[bed].during(from, to);
    }

    /** Free and usable beds of a service, by index in the layout. */
    BitSet readyBeds(int service) {
        Layout current = layout();
        BitSet ready = new BitSet();
        int end = current.endOfService(service);
        for (int bed = readyBeds.nextSetBit(current.firstBedOfService(service));
                bed >= 0 && bed < end;
                bed = readyBeds.nextSetBit(bed + 1)) {
            ready.set(bed);
        }
        return ready;
    }

    boolean isListedReady(int bed) {
        return readyBeds.get(bed);
    }

    int countOfBeds(int service, BedState state) {
        return bedsByState[service][state.ordinal()];
    }

    long staysListedHere() {
        return listedHere;
    }

    Census census() {
        return new Census(admitted, present, discharged, transferredOut, died);
    }

    Counts counts(int service) {
        Layout current = layout();
        int all = current.endOfService(service) - current.firstBedOfService(service);
        int[] of = bedsByState[service];
        int surge = 0;
        int openBeds = 0;
        for (int bed = current.firstBedOfService(service); bed < current.endOfService(service); bed++) {
            surge += current.beds.get(bed).surge() ? 1 : 0;
            openBeds += beds[bed].open() ? 1 : 0;
        }
        int withoutBed = 0;
        for (StayId id : staysHere.get(service)) {
            withoutBed += lacksBed(known(id)) ? 1 : 0;
        }
        return new Counts(
                all - surge,
                openBeds,
                staffed[service],
                surgeOpen[service],
                surge,
                of[BedState.OCCUPIED.ordinal()],
                of[BedState.READY.ordinal()],
                of[BedState.RESERVED.ordinal()],
                of[BedState.TO_CLEAN.ordinal()],
                of[BedState.CLEANING.ordinal()],
                of[BedState.BLOCKED.ordinal()],
                of[BedState.CLOSED.ordinal()],
                staysHere.get(service).size(),
                withoutBed);
    }

    /** Whether a patient who is here should have a bed and has none that this layout knows ("sans lit"). */
    boolean lacksBed(Stay stay) {
        Location location = stay.location();
        return location != null
                && layout().bedAt(location) == Layout.NONE
                && stay.currentClass() != PatientClass.OUTPATIENT;
    }

    Stay known(StayId id) {
        Stay stay = stays.get(id);
        if (stay == null) {
            throw new IllegalStateException("stay " + id + " is indexed but not known");
        }
        return stay;
    }

    // Changing

    /**
     * Replaces a stay, and moves its patient in the indexes to where its timeline now says.
     *
     * @param soils whether the bed it leaves, if any, was really lain in
     */
    void putStay(Stay after, boolean soils, Instant at) {
        Stay before = stays.put(after.id(), after);
        count(before, -1);
        count(after, 1);
        unschedule(before);
        schedule(after);
        relocate(before, after, soils, at);
        touched.addStay(after.id());
        touched.addBed(bedOf(before));
        touched.addBed(bedOf(after));
        marks.stay(after.id());
        markPlaces(before);
        markPlaces(after);
    }

    /** Forgets a stay that is not here; the census goes on counting it. */
    void archiveStay(StayId id) {
        Stay stay = stays.remove(id);
        if (stay != null) {
            unschedule(stay);
            rewriteHistory(id, stay.timeline().stretches(), List.of());
            touched.addBed(bedOf(stay));
            marks.stay(id);
        }
    }

    private void putBed(int bed, BedStatus after) {
        BedStatus before = beds[bed];
        int service = layout().serviceOfBed(bed);
        beds[bed] = after;
        bedsByState[service][before.state().ordinal()]--;
        bedsByState[service][after.state().ordinal()]++;
        readyBeds.set(bed, after.state() == BedState.READY);
        if (layout().beds.get(bed).surge()) {
            surgeOpen[service] += (after.open() ? 1 : 0) - (before.open() ? 1 : 0);
        }
        indexReservation(before, false);
        indexReservation(after, true);
        touched.addBed(bed);
        marks.service(service);
    }

    void reserve(int bed, BedStatus.@Nullable Reservation reservation, Instant at) {
        BedStatus was = beds[bed];
        change(bed, was.open(), was.condition(), was.contaminated(), was.block(), reservation, was.occupants(), at);
        marks.requests();
    }

    void block(int bed, BedStatus.@Nullable Block block, Instant at) {
        BedStatus was = beds[bed];
        change(bed, was.open(), was.condition(), was.contaminated(), block, was.reservation(), was.occupants(), at);
    }

    void open(int bed, boolean open, Instant at) {
        BedStatus was = beds[bed];
        change(bed, open, was.condition(), was.contaminated(), was.block(), was.reservation(), was.occupants(), at);
    }

    void condition(int bed, BedCondition condition, boolean contaminated, Instant at) {
        BedStatus was = beds[bed];
        change(bed, was.open(), condition, contaminated, was.block(), was.reservation(), was.occupants(), at);
    }

    private void occupy(int bed, List<StayId> occupants, Instant at) {
        BedStatus was = beds[bed];
        change(bed, was.open(), was.condition(), was.contaminated(), was.block(), was.reservation(), occupants, at);
    }

    /** `since` moves only when the state, as the board words it, does. */
    private void change(
            int bed,
            boolean open,
            BedCondition condition,
            boolean contaminated,
            BedStatus.@Nullable Block block,
            BedStatus.@Nullable Reservation reservation,
            List<StayId> occupants,
            Instant at) {
        BedStatus was = beds[bed];
        BedStatus is =
                new BedStatus(was.bed(), open, condition, contaminated, block, reservation, occupants, was.since());
        putBed(bed, was.state() == is.state() ? is : is.since(at));
    }

    void putRequest(BedRequest request) {
        requests.put(request.id(), request);
        requestsByUrgency.add(request);
        if (request.stay() != null) {
            requestsOfStay
                    .computeIfAbsent(request.stay(), stay -> new TreeSet<>())
                    .add(request.id());
        }
        touched.addRequest(request.id());
        marks.requests();
    }

    void removeRequest(RequestId id) {
        BedRequest request = requests.remove(id);
        if (request == null) {
            return;
        }
        requestsByUrgency.remove(request);
        NavigableSet<RequestId> ofStay = request.stay() == null ? null : requestsOfStay.get(request.stay());
        if (ofStay != null) {
            ofStay.remove(id);
            if (ofStay.isEmpty()) {
                requestsOfStay.remove(request.stay());
            }
        }
        touched.addRequest(id);
        marks.requests();
    }

    /** A stay's number is given up for another: what was asked for it is asked for the other. */
    void passRequests(StayId from, StayId into) {
        for (RequestId id : List.copyOf(requestsOf(from))) {
            BedRequest request = requests.get(id);
            removeRequest(id);
            if (request != null) {
                putRequest(request.forStay(into));
            }
        }
    }

    void setStaffed(int service, int staffedBeds) {
        staffed[service] = staffedBeds;
        marks.service(service);
    }

    void rememberAct(Recorded recorded) {
        recentActs.addLast(recorded);
        while (recentActs.size() > RECENT_ACT_EVENTS_MAX) {
            recentActs.removeFirst();
        }
        marks.recentActs();
    }

    /**
     * The hospital's file as it is from now on: beds that stay keep their state, new ones start clean. Acts made on the
     * layout before can no longer be taken back.
     */
    void define(Hospital hospital, Instant at) {
        Layout was = layout;
        Layout is = new Layout(hospital);
        BedStatus[] kept = new BedStatus[is.beds.size()];
        for (int bed = 0; bed < kept.length; bed++) {
            Bed defined = is.beds.get(bed);
            int old = was == null ? Layout.NONE : was.bed(defined.id());
            kept[bed] = old != Layout.NONE
                    ? beds[old]
                    : new BedStatus(
                            defined.id(), !defined.surge(), BedCondition.CLEAN, false, null, null, List.of(), at);
        }
        int[] keptStaffed = new int[is.services.size()];
        for (int service = 0; service < keptStaffed.length; service++) {
            Service defined = is.services.get(service);
            int old = was == null ? Layout.NONE : was.service(defined.id());
            // A live figure outlives a file that says what it said before.
            boolean keeps =
                    was != null && old != Layout.NONE && was.services.get(old).staffedBeds() == defined.staffedBeds();
            keptStaffed[service] = keeps ? staffed[old] : defined.staffedBeds();
        }
        layout = is;
        beds = kept;
        staffed = keptStaffed;
        recentActs.clear();
        reindex();
    }

    // Snapshots

    OccupancyState state() {
        List<OccupancyState.Staffing> staffing = new ArrayList<>();
        for (int service = 0; layout != null && service < staffed.length; service++) {
            staffing.add(
                    new OccupancyState.Staffing(layout.services.get(service).id(), staffed[service]));
        }
        return new OccupancyState(
                sequence,
                recordedAt,
                layout == null ? null : layout.hospital,
                census(),
                Arrays.asList(beds),
                staffing,
                new ArrayList<>(new TreeMap<>(stays).values()),
                new ArrayList<>(requestsByUrgency),
                new ArrayList<>(anomalies.values()),
                new ArrayList<>(quarantine.values()),
                new ArrayList<>(recentActs));
    }

    static LiveState of(OccupancyState state) {
        LiveState live = new LiveState();
        live.sequence = state.sequence();
        live.recordedAt = state.recordedAt();
        state.anomalies().forEach(anomaly -> live.anomalies.put(anomaly.key(), anomaly));
        state.quarantine().forEach(entry -> live.quarantine.put(entry.id(), entry));
        live.recentActs.addAll(state.recentActs());
        for (Stay stay : state.stays()) {
            live.stays.put(stay.id(), stay);
        }
        state.requests().forEach(request -> live.requests.put(request.id(), request));
        Census census = state.census();
        live.admitted = census.admitted();
        live.present = census.present();
        live.discharged = census.discharged();
        live.transferredOut = census.transferredOut();
        live.died = census.died();
        if (state.hospital() != null) {
            live.layout = new Layout(state.hospital());
            live.beds = state.beds().toArray(BedStatus[]::new);
            live.staffed = state.staffing().stream()
                    .mapToInt(OccupancyState.Staffing::beds)
                    .toArray();
            live.reindex();
        }
        return live;
    }

    /** Rebuilds every index from stays, beds and requests. The occupants of a bed follow from the stays. */
    private void reindex() {
        Layout current = layout();
        Map<BedId, List<StayId>> occupants = new HashMap<>();
        staysHere = new ArrayList<>();
        current.services.forEach(service -> staysHere.add(new TreeSet<>()));
        staysElsewhere = new TreeSet<>();
        histories = new BedHistory[beds.length];
        Arrays.setAll(histories, bed -> new BedHistory());
        deadlines.clear();
        for (Stay stay : new TreeMap<>(stays).values()) {
            Location location = stay.location();
            if (location != null) {
                hereAt(location).add(stay.id());
                int bed = current.bedAt(location);
                if (bed != Layout.NONE) {
                    occupants
                            .computeIfAbsent(current.beds.get(bed).id(), id -> new ArrayList<>())
                            .add(stay.id());
                }
            }
            rewriteHistory(stay.id(), List.of(), stay.timeline().stretches());
            schedule(stay);
        }
        requestsByUrgency.clear();
        requestsOfStay.clear();
        bedOfRequest.clear();
        new TreeMap<>(requests).values().forEach(this::putRequest);
        bedsByState = new int[current.services.size()][BedState.values().length];
        surgeOpen = new int[current.services.size()];
        readyBeds.clear();
        for (int bed = 0; bed < beds.length; bed++) {
            BedStatus was = beds[bed];
            // Order within a double occupancy is that of arrival, which stays do not tell: keep it while it holds.
            List<StayId> derived = occupants.getOrDefault(was.bed(), List.of());
            boolean same = derived.size() == was.occupants().size() && derived.containsAll(was.occupants());
            beds[bed] = same
                    ? was
                    : new BedStatus(
                            was.bed(),
                            was.open(),
                            was.condition(),
                            was.contaminated(),
                            was.block(),
                            was.reservation(),
                            derived,
                            was.since());
            int service = current.serviceOfBed(bed);
            bedsByState[service][beds[bed].state().ordinal()]++;
            readyBeds.set(bed, beds[bed].state() == BedState.READY);
            surgeOpen[service] += current.beds.get(bed).surge() && beds[bed].open() ? 1 : 0;
            indexReservation(beds[bed], true);
        }
        listedHere = staysElsewhere.size();
        for (Set<StayId> here : staysHere) {
            listedHere += here.size();
        }
        touched.addEverything();
        marks.everything();
    }

    private int bedOf(@Nullable Stay stay) {
        Location location = stay == null ? null : stay.location();
        return location == null ? Layout.NONE : layout().bedAt(location);
    }

    private NavigableSet<StayId> hereAt(Location location) {
        int service = layout().serviceAt(location);
        return service == Layout.NONE ? staysElsewhere : staysHere.get(service);
    }

    private void relocate(@Nullable Stay before, Stay after, boolean soils, Instant at) {
        if (before != null && before.timeline() == after.timeline() && before.mergedInto() == after.mergedInto()) {
            return;
        }
        Location from = before == null ? null : before.location();
        Location to = after.location();
        rewriteHistory(
                after.id(),
                before == null ? List.of() : before.timeline().stretches(),
                after.timeline().stretches());
        if (Objects.equals(from, to)) {
            return;
        }
        int bedBefore = from == null ? Layout.NONE : layout().bedAt(from);
        int bedAfter = to == null ? Layout.NONE : layout().bedAt(to);
        if (from != null && hereAt(from).remove(after.id())) {
            listedHere--;
        }
        if (to != null && hereAt(to).add(after.id())) {
            listedHere++;
        }
        if (bedBefore != bedAfter) {
            if (bedBefore != Layout.NONE) {
                leaveBed(bedBefore, after, soils, at);
            }
            if (bedAfter != Layout.NONE) {
                List<StayId> occupants = new ArrayList<>(beds[bedAfter].occupants());
                occupants.add(after.id());
                occupy(bedAfter, occupants, at);
            }
        }
    }

    private void leaveBed(int bed, Stay stay, boolean soils, Instant at) {
        List<StayId> remaining = new ArrayList<>(beds[bed].occupants());
        remaining.remove(stay.id());
        if (soils && remaining.isEmpty()) {
            condition(bed, BedCondition.TO_CLEAN, stay.needs().isolation() != Isolation.NONE, at);
        }
        occupy(bed, remaining, at);
    }

    private void rewriteHistory(StayId id, List<Timeline.Stretch> before, List<Timeline.Stretch> after) {
        for (Timeline.Stretch stretch : before) {
            int bed = layout().bedAt(stretch.location());
            if (bed != Layout.NONE) {
                histories[bed].remove(id, stretch.from(), stretch.to());
            }
        }
        for (Timeline.Stretch stretch : after) {
            int bed = layout().bedAt(stretch.location());
            if (bed != Layout.NONE) {
                histories[bed].add(id, stretch.from(), stretch.to());
            }
        }
    }

    private void count(@Nullable Stay stay, int by) {
        if (stay == null || stay.mergedInto() != null || stay.timeline().isEmpty()) {
            return;
        }
        admitted += by;
        Ending ending = stay.ending();
        switch (ending) {
            case null -> present += by;
            case DISCHARGED -> discharged += by;
            case TRANSFERRED_OUT -> transferredOut += by;
            case DIED -> died += by;
        }
    }

    private void schedule(Stay stay) {
        if (!stay.isHere()) {
            deadlines.add(new Deadline(archivalTime(stay), null, stay.id()));
        }
    }

    private void unschedule(@Nullable Stay stay) {
        if (stay != null && !stay.isHere()) {
            deadlines.remove(new Deadline(archivalTime(stay), null, stay.id()));
        }
    }

    private static Instant archivalTime(Stay stay) {
        Instant expected = stay.expectedArrival();
        Instant from = expected != null && expected.isAfter(stay.updatedAt()) ? expected : stay.updatedAt();
        return from.plus(STAY_RETENTION);
    }

    private void indexReservation(BedStatus bed, boolean add) {
        BedStatus.Reservation reservation = bed.reservation();
        if (reservation == null) {
            return;
        }
        Deadline deadline = new Deadline(reservation.until(), bed.bed(), null);
        if (add) {
            deadlines.add(deadline);
            bedOfRequest.put(reservation.request(), bed.bed());
        } else {
            deadlines.remove(deadline);
            bedOfRequest.remove(reservation.request());
        }
    }

    private void markPlaces(@Nullable Stay stay) {
        Location location = stay == null ? null : stay.location();
        if (location == null) {
            return;
        }
        int service = layout().serviceAt(location);
        if (service == Layout.NONE) {
            marks.elsewhere();
        } else {
            marks.service(service);
        }
    }
}
