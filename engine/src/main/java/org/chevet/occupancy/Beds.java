package org.chevet.occupancy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.chevet.event.BedCondition;
import org.chevet.hospital.BedId;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;

/** The beds of one layout, by their numbers in it: what is true of each, and which is held for whom. */
final class Beds {
    /** When a reservation releases itself. */
    record Release(Instant until, BedId bed) implements Comparable<Release> {
        @Override
        public int compareTo(Release other) {
            int order = until.compareTo(other.until);
            return order != 0 ? order : bed.compareTo(other.bed);
        }
    }

    private final Layout layout;
    private final ViewMarks marks;
    private final Touched touched;
    private final BedStatus[] statuses;

    // Read off the above, and kept up with them.
    private final int[][] countsByState;
    private final int[] surge;
    private final int[] surgeOpen;
    private final int[] open;

    /** How many stays lie in the beds of each service. */
    private final int[] lyingIn;

    private final BitSet ready;

    /** Those held for somebody. */
    private final BitSet held;

    /** Beds in which women lie, and men: a room is judged at each move, without asking for everybody's papers. */
    private final BitSet women;

    private final BitSet men;
    private final Map<RequestId, BedId> ofRequest = new HashMap<>();
    private final NavigableSet<Release> releases = new TreeSet<>();
    private long lying;

    Beds(Layout layout, BedStatus[] statuses, ViewMarks marks, Touched touched) {
        this.layout = layout;
        this.statuses = statuses;
        this.marks = marks;
        this.touched = touched;
        countsByState = new int[layout.services.size()][BedState.values().length];
        surge = new int[layout.services.size()];
        surgeOpen = new int[layout.services.size()];
        open = new int[layout.services.size()];
        lyingIn = new int[layout.services.size()];
        ready = new BitSet(statuses.length);
        held = new BitSet(statuses.length);
        women = new BitSet(statuses.length);
        men = new BitSet(statuses.length);
        for (int bed = 0; bed < statuses.length; bed++) {
            surge[layout.serviceOfBed(bed)] += layout.isSurge(bed) ? 1 : 0;
            index(bed, statuses[bed], 1);
            hold(bed, null, statuses[bed].reservation());
        }
    }

    BedStatus get(int bed) {
        return statuses[bed];
    }

    List<BedStatus> all() {
        return Arrays.asList(statuses);
    }

    int count(int service, BedState state) {
        return countsByState[service][state.ordinal()];
    }

    int surge(int service) {
        return surge[service];
    }

    int surgeOpen(int service) {
        return surgeOpen[service];
    }

    /** Of all beds, those not closed. */
    int open(int service) {
        return open[service];
    }

    int lyingIn(int service) {
        return lyingIn[service];
    }

    /** How many stays lie in beds. */
    long lying() {
        return lying;
    }

    boolean isListedReady(int bed) {
        return ready.get(bed);
    }

    /** Free and usable beds of a service, in the file's order. */
    List<BedId> ready(int service) {
        List<BedId> found = new ArrayList<>();
        for (int bed = ready.nextSetBit(layout.firstBedOfService(service));
                bed >= 0 && bed < layout.endOfService(service);
                bed = ready.nextSetBit(bed + 1)) {
            found.add(statuses[bed].bed());
        }
        return found;
    }

    boolean isListedHeld(int bed) {
        return held.get(bed);
    }

    /** From this one on, the first bed that is held for somebody; less than 0 for none. */
    int nextHeld(int from) {
        return held.nextSetBit(from);
    }

    @Nullable
    BedId ofRequest(RequestId request) {
        return ofRequest.get(request);
    }

    /** The next to come first. */
    NavigableSet<Release> releases() {
        return releases;
    }

    boolean hasWomen(int bed) {
        return women.get(bed);
    }

    boolean hasMen(int bed) {
        return men.get(bed);
    }

    void setSexes(int bed, boolean hasWomen, boolean hasMen) {
        women.set(bed, hasWomen);
        men.set(bed, hasMen);
    }

    void reserve(int bed, BedStatus.@Nullable Reservation reservation, Instant at) {
        BedStatus was = statuses[bed];
        change(
                was,
                bed,
                was.open(),
                was.condition(),
                was.contaminated(),
                was.block(),
                reservation,
                was.occupants(),
                at);
    }

    void block(int bed, BedStatus.@Nullable Block block, Instant at) {
        BedStatus was = statuses[bed];
        change(
                was,
                bed,
                was.open(),
                was.condition(),
                was.contaminated(),
                block,
                was.reservation(),
                was.occupants(),
                at);
    }

    void open(int bed, boolean open, Instant at) {
        BedStatus was = statuses[bed];
        change(
                was,
                bed,
                open,
                was.condition(),
                was.contaminated(),
                was.block(),
                was.reservation(),
                was.occupants(),
                at);
    }

    void condition(int bed, BedCondition condition, boolean contaminated, Instant at) {
        BedStatus was = statuses[bed];
        change(was, bed, was.open(), condition, contaminated, was.block(), was.reservation(), was.occupants(), at);
    }

    void enter(int bed, StayId stay, Instant at) {
        BedStatus was = statuses[bed];
        List<StayId> occupants = List.of(stay);
        if (!was.occupants().isEmpty()) {
            occupants = new ArrayList<>(was.occupants());
            occupants.add(stay);
        }
        change(
                was,
                bed,
                was.open(),
                was.condition(),
                was.contaminated(),
                was.block(),
                was.reservation(),
                occupants,
                at);
    }

    /** @param soils whether the bed was really lain in */
    void leave(int bed, Stay stay, boolean soils, Instant at) {
        BedStatus was = statuses[bed];
        List<StayId> remaining = List.of();
        if (was.occupants().size() > 1) {
            remaining = new ArrayList<>(was.occupants());
            remaining.remove(stay.id());
        }
        boolean soiled = soils && remaining.isEmpty();
        change(
                was,
                bed,
                was.open(),
                soiled ? BedCondition.TO_CLEAN : was.condition(),
                soiled ? stay.needs().isolation() != Isolation.NONE : was.contaminated(),
                was.block(),
                was.reservation(),
                remaining,
                at);
    }

    /** `since` moves only when the state, as the board words it, does. */
    private void change(
            BedStatus was,
            int bed,
            boolean open,
            BedCondition condition,
            boolean contaminated,
            BedStatus.@Nullable Block block,
            BedStatus.@Nullable Reservation reservation,
            List<StayId> occupants,
            Instant at) {
        boolean sameState = was.state() == BedStatus.state(open, condition, block, reservation, occupants);
        BedStatus is = new BedStatus(
                was.bed(), open, condition, contaminated, block, reservation, occupants, sameState ? was.since() : at);
        index(bed, was, -1);
        statuses[bed] = is;
        index(bed, is, 1);
        if (was.reservation() != reservation) {
            hold(bed, was.reservation(), reservation);
        } else if (reservation != null && reservation.acceptance() == null) {
            // Since when it is held is read off the bed.
            marks.request(reservation.request());
        }
        touched.addBed(bed);
        marks.bed(bed, layout.serviceOfBed(bed));
    }

    private void index(int bed, BedStatus status, int by) {
        int service = layout.serviceOfBed(bed);
        BedState state = status.state();
        countsByState[service][state.ordinal()] += by;
        ready.set(bed, by > 0 && state == BedState.READY);
        lying += by * status.occupants().size();
        lyingIn[service] += by * status.occupants().size();
        open[service] += status.open() ? by : 0;
        surgeOpen[service] += status.open() && layout.isSurge(bed) ? by : 0;
    }

    private void hold(int bed, BedStatus.@Nullable Reservation before, BedStatus.@Nullable Reservation after) {
        BedId id = statuses[bed].bed();
        held.set(bed, after != null);
        if (before != null) {
            releases.remove(new Release(before.until(), id));
            ofRequest.remove(before.request());
            marks.request(before.request());
        }
        if (after != null) {
            releases.add(new Release(after.until(), id));
            ofRequest.put(after.request(), id);
            marks.request(after.request());
        }
    }
}
