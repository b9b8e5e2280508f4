package org.chevet.simulations.full;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.chevet.event.Command;
import org.chevet.hospital.Bed;
import org.chevet.hospital.BedId;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;

/** A hospital whose services are numbers of beds: which are free, and nothing of rooms, patients' needs or rules. */
final class CountedBeds extends Ground {
    private enum State {
        FREE,
        HELD,
        TAKEN,
        DIRTY
    }

    private static final Comparator<Command.RequestBed> MOST_URGENT_FIRST =
            Comparator.comparingInt(Command.RequestBed::priority);

    private final Map<BedId, Integer> numbers = new HashMap<>();
    private final Map<ServiceId, Integer> services = new HashMap<>();
    private final List<Bed> beds = new ArrayList<>();
    private final int[] serviceOfBed;
    private final int[] firstBed;
    private final State[] states;
    private final boolean[] blocked;
    private final boolean[] closed;
    private final int[] staffed;

    /** Beds of each service that are taken or held. */
    private final int[] load;

    private final Map<StayId, Integer> bedOfStay = new HashMap<>();
    private final Map<RequestId, Integer> bedHeld = new HashMap<>();

    /** In the order in which they were made, those for which a bed is held as well. */
    private final Map<RequestId, Command.RequestBed> open = new LinkedHashMap<>();

    private long events;

    CountedBeds(FullModel model) {
        super(model.days);
        int count = model.services.size();
        firstBed = new int[count + 1];
        staffed = new int[count];
        load = new int[count];
        for (int service = 0; service < count; service++) {
            Service is = model.services.get(service);
            services.put(is.id(), service);
            staffed[service] = is.staffedBeds();
            is.rooms().forEach(room -> beds.addAll(room.beds()));
            firstBed[service + 1] = beds.size();
        }
        serviceOfBed = new int[beds.size()];
        states = new State[beds.size()];
        Arrays.fill(states, State.FREE);
        blocked = new boolean[beds.size()];
        closed = new boolean[beds.size()];
        for (int service = 0; service < count; service++) {
            for (int bed = firstBed[service]; bed < firstBed[service + 1]; bed++) {
                serviceOfBed[bed] = service;
                closed[bed] = beds.get(bed).surge();
                numbers.put(beds.get(bed).id(), bed);
            }
        }
    }

    @Override
    void goOnTo(long second) {
        events++;
        super.goOnTo(second);
    }

    @Override
    int index(BedId bed) {
        Integer number = numbers.get(bed);
        if (number == null) {
            throw new IllegalArgumentException("there is no bed " + bed);
        }
        return number;
    }

    @Override
    int serviceOf(BedId bed) {
        return serviceOfBed[index(bed)];
    }

    @Override
    long events() {
        return events;
    }

    @Override
    void must(Command command) {
        if (!does(command)) {
            throw new IllegalStateException(instant() + ": refused: " + command);
        }
    }

    @Override
    boolean does(Command command) {
        return switch (command) {
            case Command.RequestBed asks -> {
                open.put(asks.request(), asks);
                yield true;
            }
            case Command.CancelBedRequest cancels -> {
                close(cancels.request());
                yield true;
            }
            case Command.ReserveBed reserves -> {
                bedHeld.put(reserves.request(), index(reserves.bed()));
                put(index(reserves.bed()), State.HELD);
                yield true;
            }
            case Command.ReleaseReservation releases -> {
                bedHeld.values().remove(index(releases.bed()));
                put(index(releases.bed()), State.FREE);
                yield true;
            }
            case Command.AdmitStay admits -> enter(admits.stay(), admits.bed(), admits.request());
            case Command.TransferStay moves -> enter(moves.stay(), moves.bed(), moves.request());
            case Command.DischargeStay leaves -> {
                leave(leaves.stay());
                yield true;
            }
            case Command.FinishCleaning cleaned -> {
                put(index(cleaned.bed()), State.FREE);
                yield true;
            }
            case Command.BlockBed blocks -> {
                boolean isEmpty = states[index(blocks.bed())] != State.TAKEN;
                blocked[index(blocks.bed())] |= isEmpty;
                yield isEmpty;
            }
            case Command.UnblockBed unblocks -> {
                blocked[index(unblocks.bed())] = false;
                yield true;
            }
            case Command.SetStaffedCapacity staffs -> {
                staffed[service(staffs.service())] = staffs.beds();
                yield true;
            }
            case Command.SetSurgeBeds opens -> {
                openSurge(service(opens.service()), opens.beds());
                yield true;
            }
            // Papers, plans and needs change no number.
            default -> true;
        };
    }

    private void put(int bed, State state) {
        load[serviceOfBed[bed]] += (isLoad(state) ? 1 : 0) - (isLoad(states[bed]) ? 1 : 0);
        states[bed] = state;
    }

    private static boolean isLoad(State state) {
        return state == State.TAKEN || state == State.HELD;
    }

    private void close(@Nullable RequestId request) {
        open.remove(request);
        Integer bed = bedHeld.remove(request);
        if (bed != null) {
            put(bed, State.FREE);
        }
    }

    private boolean enter(StayId stay, @Nullable BedId bed, @Nullable RequestId request) {
        close(request);
        leave(stay);
        int taken = index(Objects.requireNonNull(bed, "a bed was chosen"));
        put(taken, State.TAKEN);
        bedOfStay.put(stay, taken);
        return true;
    }

    private void leave(StayId stay) {
        Integer left = bedOfStay.remove(stay);
        if (left != null) {
            put(left, State.DIRTY);
        }
    }

    private int service(ServiceId id) {
        return Objects.requireNonNull(services.get(id), "a service of this hospital");
    }

    /** So many; who lies in another one stays there. */
    private void openSurge(int service, int count) {
        int opened = 0;
        for (int bed = firstBed[service]; bed < firstBed[service + 1]; bed++) {
            if (beds.get(bed).surge()) {
                closed[bed] = opened++ >= count;
            }
        }
    }

    @Override
    Staffing staffing(int service) {
        int surge = 0;
        int surgeOpen = 0;
        for (int bed = firstBed[service]; bed < firstBed[service + 1]; bed++) {
            surge += beds.get(bed).surge() ? 1 : 0;
            surgeOpen += beds.get(bed).surge() && !closed[bed] ? 1 : 0;
        }
        return new Staffing(staffed[service], surge, surgeOpen);
    }

    @Override
    void check(int present) {
        int taken = Arrays.stream(load).sum() - bedHeld.size();
        if (taken != bedOfStay.size() || taken != present) {
            throw new IllegalStateException(instant() + ": " + taken + " beds are taken, by " + bedOfStay.size()
                    + " stays, " + present + " present by the simulation");
        }
    }

    /** Those who wait, the most urgent first, each any free bed of the service that they are meant for. */
    void give(Stays stays) {
        List<Command.RequestBed> waiting = new ArrayList<>();
        for (Command.RequestBed request : open.values()) {
            if (!bedHeld.containsKey(request.request())) {
                waiting.add(request);
            }
        }
        waiting.sort(MOST_URGENT_FIRST);
        for (Command.RequestBed request : waiting) {
            StayId stay = Objects.requireNonNull(request.stay(), "the simulation asks for somebody");
            int free = free(stays.person(stay).service);
            if (free >= 0) {
                stays.give(new BedPolicy.Choice(stay, beds.get(free).id(), request.request()));
            }
        }
    }

    private int free(int service) {
        if (load[service] < staffed[service]) {
            for (int bed = firstBed[service]; bed < firstBed[service + 1]; bed++) {
                if (states[bed] == State.FREE && !blocked[bed] && !closed[bed]) {
                    return bed;
                }
            }
        }
        return -1;
    }
}
