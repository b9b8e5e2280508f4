package org.chevet.occupancy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.chevet.event.BedRequest;
import org.chevet.event.Location;
import org.chevet.hospital.BedId;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.Breach.Invariant;
import org.jspecify.annotations.Nullable;

/**
 * Whether the live state agrees with itself. After each event only what it touched is looked at, in a time that does not grow
 * with the hospital.
 */
final class Invariants {
    private final LiveState live;
    private final List<Breach> breaches = new ArrayList<>();

    private Invariants(LiveState live) {
        this.live = live;
    }

    /** The first thing that is wrong with what was touched since this was last asked. */
    static @Nullable Breach firstTouched(LiveState live) {
        Touched touched = live.touched;
        if (touched.hasEverything()) {
            touched.clear();
            return all(live).stream().findFirst().orElse(null);
        }
        Invariants invariants = new Invariants(live);
        invariants.checkCensus();
        for (int i = 0; i < touched.beds(); i++) {
            invariants.checkBed(touched.bed(i));
        }
        touched.stays().forEach(invariants::checkStay);
        touched.requests().forEach(invariants::checkRequest);
        touched.clear();
        return invariants.breaches.isEmpty() ? null : invariants.breaches.getFirst();
    }

    static List<Breach> all(LiveState live) {
        if (live.layout == null) {
            return List.of();
        }
        Invariants invariants = new Invariants(live);
        invariants.checkCensus();
        invariants.checkCounts();
        for (int bed = 0; bed < live.layout.beds.size(); bed++) {
            invariants.checkBed(bed);
        }
        live.allStays().forEach(stay -> invariants.checkStay(stay.id()));
        live.requestsByUrgency().forEach(request -> invariants.checkRequest(request.id()));
        return List.copyOf(invariants.breaches);
    }

    private void checkCensus() {
        Census census = live.census();
        if (!census.isConserved() || census.present() != live.staysListedHere()) {
            breach(Invariant.CONSERVATION, census + ", " + live.staysListedHere() + " listed as here");
        }
    }

    private void checkCounts() {
        long here = 0;
        for (Stay stay : live.allStays()) {
            here += stay.isHere() ? 1 : 0;
        }
        if (here != live.census().present()) {
            breach(Invariant.CONSERVATION, live.census() + ", " + here + " stays are here");
        }
        Layout layout = live.layout();
        for (int service = 0; service < layout.services.size(); service++) {
            int[] states = new int[BedState.values().length];
            for (int bed = layout.firstBedOfService(service); bed < layout.endOfService(service); bed++) {
                states[live.bed(bed).state().ordinal()]++;
            }
            for (BedState state : BedState.values()) {
                if (states[state.ordinal()] != live.countOfBeds(service, state)) {
                    breach(
                            Invariant.BED_STATES,
                            "service " + layout.services.get(service).id() + " has " + states[state.ordinal()]
                                    + " beds " + state + ", counted as " + live.countOfBeds(service, state));
                }
            }
        }
    }

    private void checkBed(int bed) {
        BedStatus status = live.bed(bed);
        if (live.isListedReady(bed) != (status.state() == BedState.READY)) {
            breach(Invariant.BED_STATES, "bed " + status.bed() + " is " + status.state() + " and listed otherwise");
        }
        List<StayId> occupants = status.occupants();
        for (StayId occupant : occupants) {
            Stay stay = live.stayAsNumbered(occupant);
            if (stay == null || bedOf(stay) != bed) {
                breach(Invariant.OCCUPANTS, "bed " + status.bed() + " has stay " + occupant + ", which is not there");
            }
        }
        if (occupants.size() > 1 && new HashSet<>(occupants).size() < occupants.size()) {
            breach(Invariant.OCCUPANTS, "bed " + status.bed() + " has a stay twice: " + occupants);
        }
        BedStatus.Reservation reservation = status.reservation();
        if (reservation != null
                && (live.request(reservation.request()) == null
                        || !status.bed().equals(live.bedOfRequest(reservation.request())))) {
            breach(
                    Invariant.RESERVATIONS,
                    "bed " + status.bed() + " is held for request " + reservation.request()
                            + ", which is closed or does not know it");
        }
    }

    private void checkStay(StayId id) {
        Stay stay = live.stayAsNumbered(id);
        if (stay == null) {
            return;
        }
        Location location = stay.location();
        int service = location == null ? Layout.NONE : live.layout().serviceAt(location);
        boolean listed = location != null
                && (service == Layout.NONE ? live.staysElsewhere() : live.staysHere(service)).contains(id);
        if (listed != stay.isHere()) {
            breach(Invariant.PLACES, "stay " + id + " is " + stay.status() + " and listed otherwise");
        }
        int bed = bedOf(stay);
        if (bed != Layout.NONE && !live.bed(bed).occupants().contains(id)) {
            breach(
                    Invariant.OCCUPANTS,
                    "stay " + id + " lies in bed " + live.bed(bed).bed() + ", which has not got it");
        }
    }

    private void checkRequest(RequestId id) {
        BedRequest request = live.request(id);
        BedId bed = live.bedOfRequest(id);
        if (bed != null) {
            BedStatus.Reservation reservation = live.bed(live.layout().bed(bed)).reservation();
            if (request == null || reservation == null || !reservation.request().equals(id)) {
                breach(Invariant.RESERVATIONS, "request " + id + " has bed " + bed + " and is closed or not held for");
            }
        }
        if (request != null) {
            boolean knownByStay = request.stay() == null
                    || live.requestsOf(Objects.requireNonNull(request.stay())).contains(id);
            if (!live.requestsByUrgency().contains(request) || !knownByStay) {
                breach(Invariant.REQUESTS, "request " + id + " is not in the queue, or not known by its stay");
            }
        }
    }

    private int bedOf(Stay stay) {
        Location location = stay.location();
        return location == null ? Layout.NONE : live.layout().bedAt(location);
    }

    private void breach(Invariant invariant, String detail) {
        breaches.add(new Breach(invariant, live.sequence, detail));
    }
}
