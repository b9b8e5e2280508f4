package org.chevet.placement;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
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
import org.chevet.occupancy.ServiceView;
import org.chevet.occupancy.Stay;
import org.chevet.occupancy.StayStatus;
import org.chevet.placement.BedPlan.Kind;
import org.chevet.placement.BedPlan.Who;
import org.jspecify.annotations.Nullable;

/**
 * Somebody whom a plan is for, once more: as the texts say it, from the view alone.
 *
 * @param from the first night; {@code to} is the one after the last
 * @param own the bed in which they lie
 * @param bound until this night they stay in their own bed
 * @param reserved the bed that is held for them
 * @param disturbed whether they must not lie as they do now, for the sake of their isolation or their single room
 */
record NightPerson(
        Who who,
        Demand demand,
        int priority,
        int from,
        int to,
        Instant begins,
        Instant ends,
        boolean endKnown,
        @Nullable BedId own,
        int bound,
        @Nullable BedId reserved,
        boolean disturbed) {

    static List<NightPerson> all(HospitalView view, Instant now) {
        Gathering gathering = new Gathering(view, now);
        gathering.gather();
        return gathering.people;
    }

    /** Nobody has two parts in a plan. */
    @Override
    public int hashCode() {
        return who.hashCode();
    }

    boolean waitsInOwnBed() {
        return own != null && who.request() != null;
    }

    boolean is(Who other) {
        return who.stay() != null
                ? who.stay().equals(other.stay())
                : Objects.equals(who.request(), other.request()) && other.stay() == null;
    }

    private static final class Gathering {
        private static final int NIGHTS = 14;
        private static final int LEAST_URGENT = 5;
        private static final Duration USUAL = Duration.ofDays(5);

        private final HospitalView view;
        private final Instant now;
        private final RuleChecker rules;
        private final List<NightPerson> people = new ArrayList<>();

        Gathering(HospitalView view, Instant now) {
            this.view = view;
            this.now = now;
            rules = new RuleChecker(view, now);
        }

        void gather() {
            Set<StayId> inBed = new HashSet<>();
            for (ServiceView service : view.services()) {
                for (BedView bed : service.beds()) {
                    for (Stay stay : bed.occupants()) {
                        inBed.add(stay.id());
                        OpenRequest open = requestOf(stay.id());
                        if (open != null && night(later(open.request().neededAt())) < NIGHTS) {
                            waiting(stay, bed, open);
                        } else {
                            present(stay, service, bed, open);
                        }
                    }
                }
                service.withoutBed().stream()
                        .filter(stay -> stay.currentClass() == PatientClass.INPATIENT && requestOf(stay.id()) == null)
                        .forEach(this::withoutBed);
            }
            for (OpenRequest open : view.requests()) {
                StayId stay = open.request().stay();
                if (stay == null || !inBed.contains(stay) && open.equals(requestOf(stay))) {
                    requested(open);
                }
            }
            for (Stay stay : view.expected()) {
                Instant arrives = Objects.requireNonNull(stay.expectedArrival());
                if (requestOf(stay.id()) == null && night(arrives) >= 0) {
                    expected(stay, later(arrives));
                }
            }
        }

        /** The one for which a bed is held, else the most urgent. */
        private @Nullable OpenRequest requestOf(StayId stay) {
            return view.requests().stream()
                    .filter(open -> stay.equals(open.request().stay()))
                    .min(Comparator.comparing(open -> open.bed() == null))
                    .orElse(null);
        }

        private void present(Stay stay, ServiceView service, BedView bed, @Nullable OpenRequest open) {
            Instant leaves = leaves(stay);
            Demand demand = Demand.of(view, stay, now);
            int to = leaves == null ? NIGHTS : within(night(leaves));
            boolean goes = view.transfers().stream()
                    .anyMatch(transfer -> transfer.state().isOpen() && stay.id().equals(transfer.stay()));
            boolean mayMove = bed.occupants().size() == 1
                    && bed.status().reservation() == null
                    && stay.status() == StayStatus.PRESENT
                    && !goes
                    && open == null
                    && to > 1;
            Set<PlacementRule> broken = rules.broken(demand, service, bed);
            people.add(new NightPerson(
                    new Who(Kind.PRESENT, stay.id(), null),
                    demand,
                    LEAST_URGENT,
                    0,
                    to,
                    now,
                    leaves == null
                            ? day(now).plusDays(NIGHTS)
                                    .atTime(16, 0)
                                    .atZone(view.hospital().zone())
                                    .toInstant()
                            : leaves,
                    leaves != null,
                    bed.bed().id(),
                    mayMove ? 0 : to,
                    null,
                    broken.contains(PlacementRule.SINGLE_ROOM)
                            || broken.contains(PlacementRule.ISOLATION)
                                    && demand.needs().isolation() != Isolation.NONE));
        }

        private void waiting(Stay stay, BedView bed, OpenRequest open) {
            BedRequest request = open.request();
            Instant needed = later(request.neededAt());
            Duration length = request.expectedLength();
            Instant leaves = leaves(stay);
            Instant said = leaves != null && leaves.isAfter(needed) ? leaves : null;
            Instant ends = length == null ? said : needed.plus(length);
            Instant last = ends == null ? needed.plus(USUAL) : ends;
            people.add(new NightPerson(
                    new Who(Kind.PRESENT, stay.id(), request.id()),
                    Demand.of(view, request, now),
                    request.priority(),
                    0,
                    within(Math.max(night(needed) + 1, night(last))),
                    now,
                    last,
                    ends != null,
                    bed.bed().id(),
                    night(needed),
                    open.bed(),
                    false));
        }

        private void requested(OpenRequest open) {
            BedRequest request = open.request();
            Instant begins = later(request.neededAt());
            Duration length = request.expectedLength();
            comes(
                    new Who(Kind.REQUESTED, request.stay(), request.id()),
                    Demand.of(view, request, now),
                    request.priority(),
                    begins,
                    length == null ? null : begins.plus(length),
                    open.bed());
        }

        private void withoutBed(Stay stay) {
            comes(
                    new Who(Kind.PRESENT, stay.id(), null),
                    Demand.of(view, stay, now),
                    LEAST_URGENT,
                    now,
                    leaves(stay),
                    null);
        }

        private void expected(Stay stay, Instant begins) {
            Instant leaves = stay.expectedDischarge();
            Instant ends = leaves != null && leaves.isAfter(begins) ? leaves : null;
            comes(
                    new Who(Kind.EXPECTED, stay.id(), null),
                    Demand.expected(view, stay, begins, ends == null ? null : Duration.between(begins, ends), now),
                    LEAST_URGENT,
                    begins,
                    ends,
                    null);
        }

        private void comes(
                Who who,
                Demand demand,
                int priority,
                Instant begins,
                @Nullable Instant ends,
                @Nullable BedId reserved) {
            int from = night(begins);
            if (from < NIGHTS) {
                Instant last = ends == null ? begins.plus(USUAL) : ends;
                int to = within(Math.max(from + 1, night(last)));
                people.add(new NightPerson(
                        who, demand, priority, from, to, begins, last, ends != null, null, from, reserved, false));
            }
        }

        /** Who should have left hours ago may leave any day. */
        private @Nullable Instant leaves(Stay stay) {
            Instant leaves = stay.expectedDischarge();
            return leaves == null || leaves.isBefore(now.minus(Duration.ofHours(2))) ? null : leaves;
        }

        private int night(Instant at) {
            return (int) ChronoUnit.DAYS.between(day(now), day(at));
        }

        private LocalDate day(Instant at) {
            return at.atZone(view.hospital().zone())
                    .toLocalDateTime()
                    .minusHours(6)
                    .toLocalDate();
        }

        private static int within(int night) {
            return Math.max(0, Math.min(NIGHTS, night));
        }

        private Instant later(Instant at) {
            return at.isBefore(now) ? now : at;
        }
    }
}
