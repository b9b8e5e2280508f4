package org.chevet.occupancy;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.chevet.event.BedCondition;
import org.chevet.event.BedRequest;
import org.chevet.event.Location;
import org.chevet.event.PatientClass;
import org.chevet.event.Recorded;
import org.chevet.hospital.Bed;
import org.chevet.hospital.BedId;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.Service;
import org.chevet.hospital.Sex;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;

/**
 * The mutable state. Its parts keep their own indexes true; what concerns several of them goes through here; what an event
 * means is {@link Fold}'s. Owned by one {@link Occupancy}, one thread.
 */
final class LiveState {
    /** How many events of people's acts are kept for undo. */
    static final int RECENT_ACT_EVENTS_MAX = 200;

    long sequence;
    Instant recordedAt = Instant.EPOCH;

    final ViewMarks marks = new ViewMarks();
    final Touched touched = new Touched();
    final Stays stays = new Stays(marks);
    final Persons persons = new Persons();
    final Requests requests = new Requests(marks, touched);
    final Transfers transfers = new Transfers(marks, touched);
    final Anomalies anomalies = new Anomalies(marks);
    final Tallies tallies = new Tallies(marks);
    final Map<String, HospitalView.QuarantineEntry> quarantine = new LinkedHashMap<>();
    final Deque<Recorded> recentActs = new ArrayDeque<>();
    private CrisisLog crisis = CrisisLog.EMPTY;

    /** Null for a hospital that is real. */
    private @Nullable DrillLog drill;

    /** The hospital as its file has it, and what is true of that: replaced whole when the file changes. */
    private @Nullable Premises premises;

    private record Premises(Layout layout, Beds beds, BedHistory history, Places places, int[] staffed) {}

    // Reading

    boolean isDefined() {
        return premises != null;
    }

    private Premises premises() {
        if (premises == null) {
            throw new IllegalStateException("the journal does not begin with the hospital's definition");
        }
        return premises;
    }

    Layout layout() {
        return premises().layout;
    }

    Beds beds() {
        return premises().beds;
    }

    BedHistory history() {
        return premises().history;
    }

    Places places() {
        return premises().places;
    }

    BedStatus bed(int bed) {
        return premises().beds.get(bed);
    }

    int staffed(int service) {
        return premises().staffed[service];
    }

    /** The stay of this number, following merges; null when unknown. */
    @Nullable
    Stay stay(StayId id) {
        return stays.standing(id);
    }

    Stay known(StayId id) {
        return stays.known(id);
    }

    /** The bed where a stay lies, {@link Layout#NONE} when it lies in none that the layout has. */
    int bedOf(@Nullable Stay stay) {
        return stay == null ? Layout.NONE : layout().bedAt(stay.location());
    }

    /** The bed that is held for an open request. */
    @Nullable
    BedId bedOfRequest(RequestId id) {
        return beds().ofRequest(id);
    }

    /** Everybody who is in a service, with or without a bed, on leave included. */
    SortedSet<StayId> staysHere(int service) {
        SortedSet<StayId> here = new TreeSet<>(places().withoutBed(service));
        for (int bed = layout().firstBedOfService(service); bed < layout().endOfService(service); bed++) {
            here.addAll(bed(bed).occupants());
        }
        return here;
    }

    Counts counts(int service) {
        Layout layout = layout();
        Beds beds = beds();
        int all = layout.endOfService(service) - layout.firstBedOfService(service);
        int withoutBed = 0;
        for (StayId id : places().withoutBed(service)) {
            withoutBed += known(id).currentClass() != PatientClass.OUTPATIENT ? 1 : 0;
        }
        return new Counts(
                all - beds.surge(service),
                beds.open(service),
                staffed(service),
                beds.surgeOpen(service),
                beds.surge(service),
                beds.count(service, BedState.OCCUPIED),
                beds.count(service, BedState.READY),
                beds.count(service, BedState.RESERVED),
                beds.count(service, BedState.TO_CLEAN),
                beds.count(service, BedState.CLEANING),
                beds.count(service, BedState.BLOCKED),
                beds.count(service, BedState.CLOSED),
                beds.lyingIn(service) + places().withoutBed(service).size(),
                withoutBed);
    }

    CrisisLog crisis() {
        return crisis;
    }

    @Nullable
    DrillLog drill() {
        return drill;
    }

    // Changing

    void putDrill(DrillLog changed) {
        drill = changed;
    }

    void putCrisis(CrisisLog changed) {
        crisis = changed;
    }

    /**
     * Replaces a stay, and moves its patient to where its timeline now says.
     *
     * @param stated as its own papers and movements have it
     * @param soils whether the bed it leaves, if any, was really lain in
     */
    void putStay(Stay stated, boolean soils, Instant at) {
        Stay after = persons.in(stated);
        Stay before = stays.put(after);
        Premises here = premises();
        int left = bedOf(before);
        int taken = bedOf(after);
        Timeline timelineBefore = before == null ? Timeline.EMPTY : before.timeline();
        if (timelineBefore != after.timeline()) {
            here.history.rewrite(after.id(), timelineBefore, after.timeline());
            Location from = before == null ? null : before.location();
            Location to = after.location();
            if (from != null && left == Layout.NONE && !from.equals(to)) {
                here.places.remove(after.id(), from);
            }
            if (to != null && taken == Layout.NONE && !to.equals(from)) {
                here.places.add(after.id(), to);
            }
            if (left != taken && left != Layout.NONE) {
                here.beds.leave(left, after, soils, at);
            }
            if (left != taken && taken != Layout.NONE) {
                here.beds.enter(taken, after.id(), at);
            }
        }
        if (left != taken || before == null || before.sex() != after.sex()) {
            noteSexes(here.beds, left);
            noteSexes(here.beds, taken);
        }
        touched.addStay(after.id());
        touched.addBed(left);
        touched.addBed(taken);
        markPlace(before, left);
        markPlace(after, taken);
    }

    private void noteSexes(Beds beds, int bed) {
        if (bed == Layout.NONE) {
            return;
        }
        boolean women = false;
        boolean men = false;
        List<StayId> occupants = beds.get(bed).occupants();
        for (int i = 0; i < occupants.size(); i++) {
            Stay stay = stays.get(occupants.get(i));
            women |= stay != null && stay.sex() == Sex.FEMALE;
            men |= stay != null && stay.sex() == Sex.MALE;
        }
        beds.setSexes(bed, women, men);
    }

    private void markPlace(@Nullable Stay stay, int bed) {
        Location location = stay == null ? null : stay.location();
        if (location == null) {
            return;
        }
        if (bed != Layout.NONE) {
            marks.bed(bed, layout().serviceOfBed(bed));
            return;
        }
        int service = layout().serviceAt(location);
        if (service == Layout.NONE) {
            marks.elsewhere();
        } else {
            marks.service(service);
        }
    }

    /** Forgets a stay that is not here; the census goes on counting it. */
    void archiveStay(StayId id) {
        Stay stay = stays.archive(id, recordedAt);
        if (stay != null) {
            history().rewrite(id, stay.timeline(), Timeline.EMPTY);
            touched.addBed(bedOf(stay));
        }
    }

    /** A service answered to an open request. */
    void putRequest(BedRequest request) {
        requests.put(request);
        markAwaiting(request.id());
    }

    /** A stay's number is given up for another. */
    void passRequests(StayId from, StayId into) {
        requests.pass(from, into);
        requests.of(into).forEach(this::markAwaiting);
    }

    private void markAwaiting(RequestId request) {
        BedId bed = bedOfRequest(request);
        if (bed != null) {
            marks.service(layout().serviceOfBed(layout().bed(bed)));
        }
    }

    void setStaffed(int service, int staffedBeds) {
        premises().staffed[service] = staffedBeds;
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
        Premises was = premises;
        Layout is = Layout.of(hospital);
        List<BedStatus> kept = new ArrayList<>(is.beds.size());
        for (Bed defined : is.beds) {
            int old = was == null ? Layout.NONE : was.layout.bed(defined.id());
            kept.add(
                    was != null && old != Layout.NONE
                            ? was.beds.get(old)
                            : new BedStatus(
                                    defined.id(),
                                    !defined.surge(),
                                    BedCondition.CLEAN,
                                    false,
                                    null,
                                    null,
                                    List.of(),
                                    at));
        }
        int[] staffed = new int[is.services.size()];
        for (int service = 0; service < staffed.length; service++) {
            Service defined = is.services.get(service);
            int old = was == null ? Layout.NONE : was.layout.service(defined.id());
            // A live figure outlives a file that says what it said before.
            staffed[service] = was != null
                            && old != Layout.NONE
                            && was.layout.services.get(old).staffedBeds() == defined.staffedBeds()
                    ? was.staffed[old]
                    : defined.staffedBeds();
        }
        recentActs.clear();
        premises = settle(is, kept, staffed);
    }

    /** Puts every stay where its timeline says, in this layout. The occupants of a bed follow from the stays. */
    private Premises settle(Layout layout, List<BedStatus> statuses, int[] staffed) {
        Places places = new Places(layout);
        Map<BedId, List<StayId>> occupants = new HashMap<>();
        List<Stay> inOrder = stays.inOrder();
        for (Stay stay : inOrder) {
            Location location = stay.location();
            int bed = layout.bedAt(location);
            if (bed != Layout.NONE) {
                occupants
                        .computeIfAbsent(layout.beds.get(bed).id(), id -> new ArrayList<>())
                        .add(stay.id());
            } else if (location != null) {
                places.add(stay.id(), location);
            }
        }
        BedStatus[] settled = new BedStatus[statuses.size()];
        for (int bed = 0; bed < settled.length; bed++) {
            BedStatus was = statuses.get(bed);
            // Order within a double occupancy is that of arrival, which stays do not tell: keep it while it holds.
            List<StayId> derived = occupants.getOrDefault(was.bed(), List.of());
            boolean same = derived.size() == was.occupants().size() && derived.containsAll(was.occupants());
            settled[bed] = same ? was : was.withOccupants(derived);
        }
        Beds beds = new Beds(layout, settled, marks, touched);
        for (int bed = 0; bed < settled.length; bed++) {
            noteSexes(beds, bed);
        }
        BedHistory history = new BedHistory(layout, stays);
        for (Stay stay : inOrder) {
            history.rewrite(stay.id(), Timeline.EMPTY, stay.timeline());
        }
        touched.addEverything();
        marks.everything();
        return new Premises(layout, beds, history, places, staffed);
    }

    // Snapshots

    OccupancyState state() {
        Premises is = premises;
        List<OccupancyState.Staffing> staffing = new ArrayList<>();
        for (int service = 0; is != null && service < is.staffed.length; service++) {
            staffing.add(
                    new OccupancyState.Staffing(is.layout.services.get(service).id(), is.staffed[service]));
        }
        return new OccupancyState(
                sequence,
                recordedAt,
                is == null ? null : is.layout.hospital,
                stays.census(),
                is == null ? List.of() : is.beds.all(),
                staffing,
                stays.inOrder(),
                new ArrayList<>(requests.byUrgency()),
                new ArrayList<>(anomalies.all()),
                new ArrayList<>(quarantine.values()),
                new ArrayList<>(recentActs),
                persons.inOrder(),
                new ArrayList<>(transfers.all()),
                tallies.all(),
                crisis.isEmpty() ? null : crisis,
                drill);
    }

    static LiveState of(OccupancyState state) {
        LiveState live = new LiveState();
        live.sequence = state.sequence();
        live.recordedAt = state.recordedAt();
        state.anomalies().forEach(live.anomalies::put);
        state.quarantine().forEach(entry -> live.quarantine.put(entry.id(), entry));
        live.recentActs.addAll(state.recentActs());
        live.persons.restore(state.persons());
        live.stays.restore(state.census(), state.stays());
        state.requests().forEach(live.requests::put);
        state.transfers().forEach(live.transfers::put);
        live.tallies.restore(state.tallies());
        live.crisis = state.crisis() == null ? CrisisLog.EMPTY : state.crisis();
        live.drill = state.drill();
        if (state.hospital() != null) {
            live.premises = live.settle(
                    Layout.of(state.hospital()),
                    state.beds(),
                    state.staffing().stream()
                            .mapToInt(OccupancyState.Staffing::beds)
                            .toArray());
        }
        return live;
    }
}
