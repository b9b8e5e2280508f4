package org.chevet.placement;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.chevet.event.BedRequest;
import org.chevet.event.PatientClass;
import org.chevet.hospital.BedId;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.PlacementRule;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.BedView;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.HospitalView.OpenRequest;
import org.chevet.occupancy.InterhospitalTransfer;
import org.chevet.occupancy.Layout;
import org.chevet.occupancy.ServiceView;
import org.chevet.occupancy.Stay;
import org.chevet.occupancy.StayStatus;
import org.chevet.placement.BedPlan.Kind;
import org.chevet.placement.BedPlan.Who;
import org.chevet.placement.PlannedStay.Draft;
import org.jspecify.annotations.Nullable;

/** Gathers from a hospital's view who is to lie somewhere on the nights of a plan. */
final class PlannedStays {
    /** Nobody is moved who stays fewer nights than this. */
    private static final int MOVED_NIGHTS_MIN = 2;

    private static final Duration USUAL_STAY = Duration.ofDays(Fit.USUAL_STAY_DAYS);

    private final PlacementWorld vacant;
    private final PlacementWorld live;
    private final HospitalView view;
    private final Instant now;
    private final NightCalendar calendar;
    private final List<PlannedStay> found = new ArrayList<>();

    /** The open request of a stay: the one with a bed, or else the most urgent. */
    private final Map<StayId, OpenRequest> requestOf = new HashMap<>();

    private final Set<StayId> goingElsewhere = new HashSet<>();

    private PlannedStays(PlacementWorld vacant, NightCalendar calendar) {
        this.vacant = vacant;
        this.calendar = calendar;
        view = vacant.view();
        now = vacant.now();
        live = new PlacementWorld(view, now);
    }

    /** In an order that depends on who they are only; those who leave before the first night have no nights. */
    static List<PlannedStay> of(PlacementWorld vacant, NightCalendar calendar) {
        PlannedStays stays = new PlannedStays(vacant, calendar);
        stays.gather();
        stays.found.sort(Comparator.comparing(PlannedStays::order));
        return stays.found;
    }

    private static String order(PlannedStay planned) {
        Who who = planned.who;
        return who.stay() != null ? "s" + who.stay().value() : "r" + who.request();
    }

    private void gather() {
        for (InterhospitalTransfer transfer : view.transfers()) {
            if (transfer.state().isOpen() && transfer.stay() != null) {
                goingElsewhere.add(transfer.stay());
            }
        }
        for (OpenRequest open : view.requests()) {
            StayId stay = open.request().stay();
            if (stay != null) {
                requestOf.merge(stay, open, (known, next) -> known.bed() == null && next.bed() != null ? next : known);
            }
        }
        Set<StayId> lying = new HashSet<>();
        for (int bed = 0; bed < vacant.beds(); bed++) {
            BedView is = vacant.bed(bed);
            for (Stay stay : is.occupants()) {
                addPresent(stay, bed, mayMove(is, stay));
                lying.add(stay.id());
            }
        }
        for (OpenRequest open : view.requests()) {
            StayId stay = open.request().stay();
            if (stay == null || !lying.contains(stay) && open.equals(requestOf.get(stay))) {
                addRequested(open);
            }
        }
        for (ServiceView service : view.services()) {
            service.withoutBed().forEach(this::addWithoutBed);
        }
        view.expected().forEach(this::addExpected);
    }

    private boolean mayMove(BedView bed, Stay stay) {
        return bed.occupants().size() == 1
                && bed.status().reservation() == null
                && stay.status() == StayStatus.PRESENT
                && !goingElsewhere.contains(stay.id());
    }

    private void addPresent(Stay stay, int bed, boolean mayMove) {
        OpenRequest open = requestOf.get(stay.id());
        int needed = open == null
                ? calendar.nights()
                : calendar.night(later(open.request().neededAt(), now));
        if (open != null && needed < calendar.nights()) {
            addWaitingInBed(stay, bed, open, needed);
            return;
        }
        Instant leaves = leaves(stay);
        int to = leaves == null ? calendar.nights() : within(calendar.night(leaves));
        Demand demand = Demand.of(view, stay, now);
        add(new Draft(
                new Who(Kind.PRESENT, stay.id(), null),
                demand,
                BedRequest.PRIORITY_LEAST_URGENT,
                0,
                to,
                now,
                leaves == null ? calendar.change(calendar.nights()) : leaves,
                leaves != null,
                bed,
                mayMove && open == null && to >= MOVED_NIGHTS_MIN ? 0 : to,
                Layout.NONE,
                isDisturbed(demand, bed)));
    }

    /** Who lies here, and is to lie elsewhere from some night on: until they have that bed they keep theirs. */
    private void addWaitingInBed(Stay stay, int bed, OpenRequest open, int needed) {
        BedRequest request = open.request();
        Instant begins = later(request.neededAt(), now);
        Instant leaves = leaves(stay);
        Duration length = request.expectedLength();
        boolean known = length != null || leaves != null && leaves.isAfter(begins);
        Instant ends =
                length != null ? begins.plus(length) : known && leaves != null ? leaves : begins.plus(USUAL_STAY);
        add(new Draft(
                new Who(Kind.PRESENT, stay.id(), request.id()),
                Demand.of(view, request, now),
                request.priority(),
                0,
                within(Math.max(needed + 1, calendar.night(ends))),
                now,
                ends,
                known,
                bed,
                needed,
                bed(open.bed()),
                false));
    }

    private boolean isDisturbed(Demand demand, int bed) {
        int rules = PlacementRule.SINGLE_ROOM.bit()
                | (demand.needs().isolation() == Isolation.NONE ? 0 : PlacementRule.ISOLATION.bit());
        return (new Fit(live, demand).broken(bed) & rules) != 0;
    }

    /** When the patient is expected to leave; null when nobody said, or said so of hours ago. */
    private @Nullable Instant leaves(Stay stay) {
        Instant expected = stay.expectedDischarge();
        return expected == null || Fit.isOverdue(expected, now) ? null : expected;
    }

    private void addRequested(OpenRequest open) {
        BedRequest request = open.request();
        Instant begins = later(request.neededAt(), now);
        Duration length = request.expectedLength();
        add(
                new Who(Kind.REQUESTED, request.stay(), request.id()),
                Demand.of(view, request, now),
                request.priority(),
                begins,
                begins.plus(length == null ? USUAL_STAY : length),
                length != null,
                bed(open.bed()));
    }

    private void addWithoutBed(Stay stay) {
        if (stay.currentClass() == PatientClass.INPATIENT && !requestOf.containsKey(stay.id())) {
            Instant leaves = leaves(stay);
            add(
                    new Who(Kind.PRESENT, stay.id(), null),
                    Demand.of(view, stay, now),
                    BedRequest.PRIORITY_LEAST_URGENT,
                    now,
                    leaves == null ? now.plus(USUAL_STAY) : leaves,
                    leaves != null,
                    Layout.NONE);
        }
    }

    private void addExpected(Stay stay) {
        Instant arrives = Objects.requireNonNull(stay.expectedArrival(), "of who is expected");
        if (requestOf.containsKey(stay.id()) || calendar.night(arrives) < 0) {
            return;
        }
        Instant begins = later(arrives, now);
        Instant leaves = stay.expectedDischarge();
        boolean known = leaves != null && leaves.isAfter(begins);
        Duration length = known && leaves != null ? Duration.between(begins, leaves) : null;
        add(
                new Who(Kind.EXPECTED, stay.id(), null),
                Demand.expected(view, stay, begins, length, now),
                BedRequest.PRIORITY_LEAST_URGENT,
                begins,
                begins.plus(length == null ? USUAL_STAY : length),
                known,
                Layout.NONE);
    }

    /** Who does not lie in a bed yet. */
    private void add(
            Who who, Demand demand, int priority, Instant begins, Instant ends, boolean endKnown, int promisedBed) {
        int from = calendar.night(begins);
        if (from < calendar.nights()) {
            int to = within(Math.max(from + 1, calendar.night(ends)));
            add(new Draft(
                    who, demand, priority, from, to, begins, ends, endKnown, Layout.NONE, from, promisedBed, false));
        }
    }

    private void add(Draft draft) {
        found.add(new PlannedStay(draft, vacant));
    }

    private int bed(@Nullable BedId bed) {
        return bed == null ? Layout.NONE : vacant.layout().bed(bed);
    }

    private int within(int night) {
        return Math.clamp(night, 0, calendar.nights());
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
