package org.chevet.occupancy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.chevet.event.BedRequest;
import org.chevet.event.Location;
import org.chevet.event.TransferSide;
import org.chevet.event.TransferStep;
import org.chevet.hospital.BedId;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.Sex;
import org.chevet.hospital.StayId;
import org.chevet.hospital.TransferId;
import org.chevet.occupancy.Breach.Invariant;
import org.jspecify.annotations.Nullable;

/**
 * Whether the live state agrees with itself. After each event only what it touched is looked at, in a time that does not grow
 * with the hospital.
 */
final class Invariants {
    private final LiveState live;
    private final List<Breach> found = new ArrayList<>();

    Invariants(LiveState live) {
        this.live = live;
    }

    /** The first thing that is wrong with what was touched since this was last asked. */
    @Nullable
    Breach firstTouched() {
        Touched touched = live.touched;
        found.clear();
        if (touched.hasEverything()) {
            checkEverything();
        } else {
            checkCensus();
            for (int i = 0; i < touched.beds(); i++) {
                checkBed(touched.bed(i));
            }
            for (int i = 0; i < touched.stays().size(); i++) {
                checkStay(touched.stays().get(i));
            }
            for (int i = 0; i < touched.requests().size(); i++) {
                checkRequest(touched.requests().get(i));
            }
            for (int i = 0; i < touched.transfers().size(); i++) {
                checkTransfer(touched.transfers().get(i));
            }
        }
        touched.clear();
        return found.isEmpty() ? null : found.getFirst();
    }

    List<Breach> all() {
        found.clear();
        if (live.isDefined()) {
            checkEverything();
            live.transfers.all().forEach(this::checkRequestOf);
        }
        return List.copyOf(found);
    }

    private void checkEverything() {
        checkCensus();
        checkCounts();
        for (int bed = 0; bed < live.layout().beds.size(); bed++) {
            checkBed(bed);
        }
        live.stays.all().forEach(stay -> checkStay(stay.id()));
        live.requests.byUrgency().forEach(request -> checkRequest(request.id()));
        live.transfers.all().forEach(transfer -> checkTransfer(transfer.id()));
        for (Tally tally : live.tallies.all()) {
            if (tally.count() < 1) {
                breach(Invariant.NEGOTIATIONS, tally.toString());
            }
        }
    }

    private void checkCensus() {
        long listed = live.beds().lying() + live.places().size();
        Census census = live.stays.census();
        if (!census.isConserved() || census.present() != listed) {
            breach(Invariant.CONSERVATION, census + ", " + listed + " listed as here");
        }
    }

    private void checkCounts() {
        long here = 0;
        for (Stay stay : live.stays.all()) {
            here += stay.isHere() ? 1 : 0;
        }
        if (here != live.stays.census().present()) {
            breach(Invariant.CONSERVATION, live.stays.census() + ", " + here + " stays are here");
        }
        for (int service = 0; service < live.layout().services.size(); service++) {
            checkCounts(service);
        }
    }

    private void checkCounts(int service) {
        Layout layout = live.layout();
        Beds beds = live.beds();
        int[] states = new int[BedState.values().length];
        int open = 0;
        int surge = 0;
        int surgeOpen = 0;
        int lying = 0;
        for (int bed = layout.firstBedOfService(service); bed < layout.endOfService(service); bed++) {
            BedStatus status = live.bed(bed);
            boolean isSurge = layout.beds.get(bed).surge();
            states[status.state().ordinal()]++;
            open += status.open() ? 1 : 0;
            surge += isSurge ? 1 : 0;
            surgeOpen += isSurge && status.open() ? 1 : 0;
            lying += status.occupants().size();
        }
        for (BedState state : BedState.values()) {
            checkCount(service, "beds " + state, states[state.ordinal()], beds.count(service, state));
        }
        checkCount(service, "open beds", open, beds.open(service));
        checkCount(service, "surge beds", surge, beds.surge(service));
        checkCount(service, "open surge beds", surgeOpen, beds.surgeOpen(service));
        checkCount(service, "stays in beds", lying, beds.lyingIn(service));
    }

    private void checkCount(int service, String what, int is, int counted) {
        if (is != counted) {
            breach(
                    Invariant.BED_STATES,
                    "service " + live.layout().services.get(service).id() + " has " + is + " " + what + ", counted as "
                            + counted);
        }
    }

    private void checkBed(int bed) {
        BedStatus status = live.bed(bed);
        if (live.beds().isListedReady(bed) != (status.state() == BedState.READY)) {
            breach(Invariant.BED_STATES, "bed " + status.bed() + " is " + status.state() + " and listed otherwise");
        }
        List<StayId> occupants = status.occupants();
        boolean women = false;
        boolean men = false;
        for (int i = 0; i < occupants.size(); i++) {
            StayId occupant = occupants.get(i);
            Stay stay = live.stays.get(occupant);
            if (stay == null || live.bedOf(stay) != bed) {
                breach(Invariant.OCCUPANTS, "bed " + status.bed() + " has stay " + occupant + ", which is not there");
            }
            women |= stay != null && stay.sex() == Sex.FEMALE;
            men |= stay != null && stay.sex() == Sex.MALE;
        }
        if (women != live.beds().hasWomen(bed) || men != live.beds().hasMen(bed)) {
            breach(
                    Invariant.OCCUPANTS,
                    "bed " + status.bed() + " is listed with other sexes than those of " + occupants);
        }
        if (occupants.size() > 1 && new HashSet<>(occupants).size() < occupants.size()) {
            breach(Invariant.OCCUPANTS, "bed " + status.bed() + " has a stay twice: " + occupants);
        }
        BedStatus.Reservation reservation = status.reservation();
        if (live.beds().isListedHeld(bed) != (reservation != null)) {
            breach(Invariant.RESERVATIONS, "bed " + status.bed() + " is held or not, and listed otherwise");
        }
        if (reservation != null
                && (live.requests.get(reservation.request()) == null
                        || !status.bed().equals(live.bedOfRequest(reservation.request())))) {
            breach(
                    Invariant.RESERVATIONS,
                    "bed " + status.bed() + " is held for request " + reservation.request()
                            + ", which is closed or does not know it");
        }
    }

    private void checkStay(StayId id) {
        Stay stay = live.stays.get(id);
        if (stay == null) {
            return;
        }
        Location location = stay.location();
        int bed = live.bedOf(stay);
        if (location != null && live.places().has(id, location) != (bed == Layout.NONE)) {
            breach(Invariant.PLACES, "stay " + id + " is " + stay.status() + " and listed otherwise");
        }
        if (live.stays.isDeparting(stay) != live.stays.departures().contains(stay)) {
            breach(Invariant.PLACES, "stay " + id + " is " + stay.status() + " and is not to be archived, or is");
        }
        if (bed != Layout.NONE && !live.bed(bed).occupants().contains(id)) {
            breach(
                    Invariant.OCCUPANTS,
                    "stay " + id + " lies in bed " + live.bed(bed).bed() + ", which has not got it");
        }
    }

    private void checkRequest(RequestId id) {
        BedRequest request = live.requests.get(id);
        BedId bed = live.bedOfRequest(id);
        if (bed != null) {
            BedStatus.Reservation reservation = live.bed(live.layout().bed(bed)).reservation();
            if (request == null || reservation == null || !reservation.request().equals(id)) {
                breach(Invariant.RESERVATIONS, "request " + id + " has bed " + bed + " and is closed or not held for");
            }
        }
        if (request != null) {
            boolean knownByStay = request.stay() == null
                    || live.requests.of(Objects.requireNonNull(request.stay())).contains(id);
            if (!live.requests.isQueued(request) || !knownByStay) {
                breach(Invariant.REQUESTS, "request " + id + " is not in the queue, or not known by its stay");
            }
            if (request.refusals().size() > BedActs.REFUSALS_MAX) {
                breach(
                        Invariant.NEGOTIATIONS,
                        "request " + id + " has " + request.refusals().size() + " refusals");
            }
        }
    }

    private void checkTransfer(TransferId id) {
        InterhospitalTransfer transfer = live.transfers.get(id);
        if (transfer == null) {
            return;
        }
        for (TransferSide side : TransferSide.values()) {
            List<TransferStep> steps = transfer.steps(side);
            for (int i = 0; i < steps.size(); i++) {
                if (steps.get(i).number() != i + 1) {
                    breach(
                            Invariant.TRANSFERS,
                            "transfer " + id + " has step " + steps.get(i).number() + " of " + side + " in place "
                                    + (i + 1));
                }
            }
        }
        if (live.transfers.isListedEnded(transfer) == transfer.state().isOpen()) {
            breach(Invariant.TRANSFERS, "transfer " + id + " is " + transfer.state() + " and listed otherwise");
        }
    }

    /** What is true between two acts, and not after each event of one. */
    private void checkRequestOf(InterhospitalTransfer transfer) {
        RequestId request = transfer.request();
        if (request == null) {
            return;
        }
        TransferStep offer = transfer.offer();
        BedId offered = offer == null ? null : offer.bed();
        BedId held = live.bedOfRequest(request);
        if ((live.requests.get(request) != null) != transfer.state().isOpen() || !Objects.equals(held, offered)) {
            breach(
                    Invariant.TRANSFERS,
                    "transfer " + transfer.id() + " is " + transfer.state() + " and offers bed " + offered
                            + ", its request " + request + " has bed " + held);
        }
    }

    private void breach(Invariant invariant, String detail) {
        found.add(new Breach(invariant, live.sequence, detail));
    }
}
