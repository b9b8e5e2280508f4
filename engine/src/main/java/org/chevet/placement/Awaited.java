package org.chevet.placement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.chevet.event.BedRequest;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.Service;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.Layout;
import org.chevet.occupancy.Stay;
import org.jspecify.annotations.Nullable;

/**
 * Who is awaited in which service without a bed held for them: for whom one is requested there, and who is registered to come. Who is
 * registered names no service: it is one of those that have the specialty for their own and can take the patient, by level of care, then by the
 * specialty's rank, and of several alike the one with the fewest awaited for the beds it has staff for. Who did not come on the day is awaited no more.
 */
final class Awaited {
    /** Somebody who is to come, and when, in seconds of the epoch. */
    record Arrival(
            long second, @Nullable StayId stay, @Nullable RequestId request) {}

    static final Arrival[] NOBODY = {};

    private final PlacementWorld world;
    private Arrival[][] byService = {};

    /** The requests that, beside who is registered, say who is awaited: those for a service, and those of who is registered and has a bed held. */
    private List<HospitalView.OpenRequest> telling = List.of();

    private Instant dayBegan = Instant.MIN;
    private Instant dayEnds = Instant.MIN;

    Awaited(PlacementWorld world) {
        this.world = world;
        compile();
    }

    /** The first to come first. */
    Arrival[] in(int service) {
        return byService[service];
    }

    /** Whether somebody may be one of those awaited: most are not, and need not be looked for among these. */
    boolean mayHave(Demand demand) {
        boolean may = demand.stay() != null && isExpected(demand.stay());
        for (int i = 0; !may && i < telling.size(); i++) {
            BedRequest request = telling.get(i).request();
            may = demand.requests().contains(request.id())
                    || demand.stay() != null && demand.stay().equals(request.stay());
        }
        return may;
    }

    /**
     * Takes over the world's view. Most requests that come and go say nothing of who is awaited where.
     *
     * @param before the view before, of the same layout
     */
    void renew(HospitalView before, boolean sameStaff) {
        HospitalView view = world.view();
        boolean sameRequests = view.requests() == before.requests() || telling().equals(telling);
        if (!isSameDay() || !sameStaff || !sameRequests || view.expected() != before.expected()) {
            compile();
        }
    }

    private boolean isSameDay() {
        return !world.now().isBefore(dayBegan) && world.now().isBefore(dayEnds);
    }

    private void compile() {
        if (!isSameDay()) {
            dayBegan =
                    NightCalendar.dayBegan(world.now(), world.view().hospital().zone());
            dayEnds = NightCalendar.dayEnds(world.now(), world.view().hospital().zone());
        }
        telling = telling();
        List<List<Arrival>> arrivals = new ArrayList<>(world.services());
        for (int service = 0; service < world.services(); service++) {
            arrivals.add(new ArrayList<>(0));
        }
        addRegistered(arrivals, addRequested(arrivals));
        byService = new Arrival[arrivals.size()][];
        for (int service = 0; service < byService.length; service++) {
            List<Arrival> found = arrivals.get(service);
            found.sort(Comparator.comparingLong(Arrival::second));
            byService[service] = found.isEmpty() ? NOBODY : found.toArray(Arrival[]::new);
        }
    }

    private List<HospitalView.OpenRequest> telling() {
        List<HospitalView.OpenRequest> found = new ArrayList<>(0);
        List<HospitalView.OpenRequest> requests = world.view().requests();
        for (int i = 0; i < requests.size(); i++) {
            HospitalView.OpenRequest open = requests.get(i);
            StayId stay = open.request().stay();
            if (open.request().service() != null || open.bed() != null && stay != null && isExpected(stay)) {
                found.add(open);
            }
        }
        return found;
    }

    private boolean isExpected(StayId id) {
        Stay stay = world.view().stays().get(id);
        return stay != null && stay.isExpected();
    }

    /** @return of those registered, the few for whom a bed is held, or asked of a service */
    private List<Stay> addRequested(List<List<Arrival>> arrivals) {
        List<Stay> asked = new ArrayList<>(0);
        for (HospitalView.OpenRequest open : telling) {
            BedRequest request = open.request();
            int service =
                    request.service() == null ? Layout.NONE : world.layout().service(request.service());
            if (open.bed() == null && service != Layout.NONE) {
                arrivals.get(service)
                        .add(new Arrival(request.neededAt().getEpochSecond(), request.stay(), request.id()));
            }
            Stay stay = request.stay() == null || open.bed() == null && service == Layout.NONE
                    ? null
                    : world.view().stays().get(request.stay());
            if (stay != null && stay.isExpected()) {
                asked.add(stay);
            }
        }
        return asked;
    }

    /** Who was to come before this day is awaited no more. */
    private void addRegistered(List<List<Arrival>> arrivals, List<Stay> asked) {
        int[] awaited = new int[world.services()];
        List<Stay> expected = world.view().expected();
        for (int i = 0; i < expected.size(); i++) {
            Stay stay = expected.get(i);
            boolean isAwaited = !arrival(stay).isBefore(dayBegan) && !has(asked, stay);
            int service = isAwaited ? service(stay, awaited) : Layout.NONE;
            if (service != Layout.NONE) {
                awaited[service]++;
                arrivals.get(service).add(new Arrival(arrival(stay).getEpochSecond(), stay.id(), null));
            }
        }
    }

    /** A view's stays are the same objects wherever they are listed. */
    private static boolean has(List<Stay> stays, Stay stay) {
        for (int i = 0; i < stays.size(); i++) {
            if (stays.get(i) == stay) {
                return true;
            }
        }
        return false;
    }

    private static Instant arrival(Stay stay) {
        return Objects.requireNonNull(stay.expectedArrival(), "of who is expected");
    }

    private int service(Stay stay, int[] awaited) {
        CareNeeds needs = stay.needs();
        Integer specialty = needs.specialty() == null
                ? null
                : world.hospital().specialtyNumbers.get(needs.specialty());
        Integer age = stay.ageYears(arrival(stay), world.view().hospital().zone());
        int best = Layout.NONE;
        if (specialty == null) {
            return best;
        }
        for (int service : world.hospital().servicesOfSpecialty[specialty]) {
            Service is = world.hospital().services[service];
            if (is.levelOfCare().compareTo(needs.levelOfCare()) >= 0
                    && is.sexPolicy().admits(stay.sex())
                    && (age == null || is.ages().contains(age))
                    && (best == Layout.NONE || isBefore(service, best, specialty, awaited))) {
                best = service;
            }
        }
        return best;
    }

    /** Whether one service comes before another that can take the patient as well. */
    private boolean isBefore(int service, int other, int specialty, int[] awaited) {
        Service is = world.hospital().services[service];
        Service than = world.hospital().services[other];
        int byLevel = is.levelOfCare().compareTo(than.levelOfCare());
        int byRank = byLevel != 0
                ? byLevel
                : world.hospital().specialtyDistance(service, specialty)
                        - world.hospital().specialtyDistance(other, specialty);
        long share = (awaited[service] + 1L) * world.staffed[other];
        long shareOfOther = (awaited[other] + 1L) * world.staffed[service];
        int byShare = byRank != 0 ? byRank : Long.compare(share, shareOfOther);
        return byShare != 0 ? byShare < 0 : is.id().compareTo(than.id()) < 0;
    }
}
