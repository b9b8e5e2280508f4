package org.chevet.placement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
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
 * Gathers who is awaited in which service without a bed held for them: for whom one is requested there, and who is registered to come. Who is
 * registered names no service: it is one of those that have the specialty for their own and can take the patient, by level of care, then by the
 * specialty's rank, and of several alike the one with the fewest awaited for the beds it has staff for. Who did not come on the day is awaited no more.
 */
final class Awaited {
    /** Somebody who is to come, and when, in seconds of the epoch. */
    record Arrival(
            long second, @Nullable StayId stay, @Nullable RequestId request) {}

    private static final Arrival[] NOBODY = {};

    private final PlacementWorld world;
    private final HospitalView view;
    private final List<List<Arrival>> arrivals = new ArrayList<>();

    /** Of those registered: for whom a bed is held, or asked of a service. Few. */
    private final List<Stay> asked = new ArrayList<>();

    private Awaited(PlacementWorld world) {
        this.world = world;
        view = world.view();
        for (int service = 0; service < world.services(); service++) {
            arrivals.add(new ArrayList<>());
        }
    }

    static Arrival[][] nobody(int services) {
        Arrival[][] arrivals = new Arrival[services][];
        Arrays.fill(arrivals, NOBODY);
        return arrivals;
    }

    /**
     * By service, the first to come first.
     *
     * @param since who was to come before is awaited no more, unless a bed is requested
     */
    static Arrival[][] of(PlacementWorld world, Instant since) {
        Awaited awaited = new Awaited(world);
        awaited.addRequested();
        awaited.addRegistered(since);
        Arrival[][] arrivals = nobody(world.services());
        for (int service = 0; service < arrivals.length; service++) {
            List<Arrival> found = awaited.arrivals.get(service);
            if (!found.isEmpty()) {
                found.sort(Comparator.comparingLong(Arrival::second));
                arrivals[service] = found.toArray(Arrival[]::new);
            }
        }
        return arrivals;
    }

    /** The requests that, beside who is registered, say who is awaited: those for a service, and those of who is registered and has a bed held. */
    static List<HospitalView.OpenRequest> telling(HospitalView view) {
        List<HospitalView.OpenRequest> telling = new ArrayList<>(0);
        List<HospitalView.OpenRequest> requests = view.requests();
        for (int i = 0; i < requests.size(); i++) {
            HospitalView.OpenRequest open = requests.get(i);
            StayId stay = open.request().stay();
            if (open.request().service() != null || open.bed() != null && stay != null && isExpected(view, stay)) {
                telling.add(open);
            }
        }
        return telling;
    }

    private static boolean isExpected(HospitalView view, StayId id) {
        Stay stay = view.stays().get(id);
        return stay != null && stay.isExpected();
    }

    private void addRequested() {
        for (HospitalView.OpenRequest open : view.requests()) {
            BedRequest request = open.request();
            int service =
                    request.service() == null ? Layout.NONE : world.layout().service(request.service());
            if (open.bed() == null && service != Layout.NONE) {
                arrivals.get(service)
                        .add(new Arrival(request.neededAt().getEpochSecond(), request.stay(), request.id()));
            }
            Stay stay = request.stay() == null || open.bed() == null && service == Layout.NONE
                    ? null
                    : view.stays().get(request.stay());
            if (stay != null && stay.isExpected()) {
                asked.add(stay);
            }
        }
    }

    private void addRegistered(Instant since) {
        int[] awaited = new int[world.services()];
        List<Stay> expected = view.expected();
        for (int i = 0; i < expected.size(); i++) {
            Stay stay = expected.get(i);
            boolean isAwaited = !arrival(stay).isBefore(since) && !isAsked(stay);
            int service = isAwaited ? service(stay, awaited) : Layout.NONE;
            if (service != Layout.NONE) {
                awaited[service]++;
                arrivals.get(service).add(new Arrival(arrival(stay).getEpochSecond(), stay.id(), null));
            }
        }
    }

    private boolean isAsked(Stay stay) {
        for (int i = 0; i < asked.size(); i++) {
            if (asked.get(i) == stay) {
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
        Integer specialty = needs.specialty() == null ? null : world.specialtyNumbers.get(needs.specialty());
        Integer age = stay.ageYears(arrival(stay), view.hospital().zone());
        int best = Layout.NONE;
        if (specialty == null) {
            return best;
        }
        for (int service : world.servicesOfSpecialty[specialty]) {
            Service is = world.service(service);
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
        Service is = world.service(service);
        Service than = world.service(other);
        int byLevel = is.levelOfCare().compareTo(than.levelOfCare());
        int byRank = byLevel != 0
                ? byLevel
                : world.specialtyDistance(service, specialty) - world.specialtyDistance(other, specialty);
        long share = (awaited[service] + 1L) * world.staffed[other];
        long shareOfOther = (awaited[other] + 1L) * world.staffed[service];
        int byShare = byRank != 0 ? byRank : Long.compare(share, shareOfOther);
        return byShare != 0 ? byShare < 0 : is.id().compareTo(than.id()) < 0;
    }
}
