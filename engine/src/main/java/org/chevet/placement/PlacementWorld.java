package org.chevet.placement;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chevet.event.BedCondition;
import org.chevet.event.BedRequest;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.IsolationAbility;
import org.chevet.hospital.LevelOfCare;
import org.chevet.hospital.PlacementRule;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.Room;
import org.chevet.hospital.Sex;
import org.chevet.hospital.SingleRoom;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.BedStatus;
import org.chevet.occupancy.BedView;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.Layout;
import org.chevet.occupancy.ServiceView;
import org.chevet.occupancy.Stay;
import org.chevet.placement.Proposal.Scarce;
import org.jspecify.annotations.Nullable;

/**
 * A hospital's view compiled to arrays, by the indexes of its layout. A later view is taken over by compiling only the beds that
 * changed. Not thread-safe: owned by whoever asks for proposals.
 */
public final class PlacementWorld {
    static final int FREE = 1;
    static final int BLOCK = 2;
    static final int SURGE = 4;
    static final int TAKEN = 8;

    /** Of who has no precautions, and of who can share a room with nobody; the cohorts are numbered from 1. */
    static final int NO_PRECAUTIONS = 0;

    static final int ALONE = -1;

    /** Of a room in which not everybody is of one cohort. */
    static final int SEVERAL = -2;

    static final int WOMEN = 1;
    static final int MEN = 2;

    private static final Scarce[] KINDS_OF_SCARCE = Scarce.values();
    private static final int SCARCE = KINDS_OF_SCARCE.length;

    /**
     * Somebody who lies in a bed, or for whom it is reserved.
     *
     * @param after whether they come once whoever lies in the bed has left it: the two are never there at once
     */
    record Tenant(@Nullable StayId stay, @Nullable RequestId request, Sex sex, int cohort, boolean after) {
        Tenant comingAfter(Tenant[] ofBed) {
            return new Tenant(stay, request, sex, cohort, ofBed.length > 0);
        }
    }

    private static final Tenant[] NOBODY = {};

    private final boolean vacant;
    private HospitalView view;
    private Instant now;
    private CompiledHospital hospital;
    private final Map<String, Integer> cohorts = new HashMap<>();
    final Map<RequestId, HospitalView.OpenRequest> requests = new HashMap<>();

    // By service.
    int[] load = {};
    int[] staffed = {};
    int[] forEmergencies = {};

    /** Null in a vacant world. */
    private @Nullable Awaited awaited;

    // By room.
    int[] roomTenants = {};
    int[] roomSexes = {};
    int[] roomCohort = {};

    // By bed. Seconds are of the epoch.
    int[] broken = {};
    int[] flags = {};
    long[] freeAtSecond = {};
    int[] cleaningSeconds = {};

    @Nullable
    BedRequest[] reservedFor = {};

    Tenant[][] tenants = {};

    /** Those held for somebody. */
    private final BitSet held = new BitSet();

    final int[] scarceFreeInAll = new int[SCARCE];

    public PlacementWorld(HospitalView view, Instant now) {
        this(view, now, false);
    }

    /**
     * The hospital as if nobody lay in it or were awaited: what the rules say of its beds by themselves, on whatever night. A block that has a
     * known end is left out, as what it keeps from using depends on the night.
     */
    static PlacementWorld vacant(HospitalView view, Instant now) {
        return new PlacementWorld(view, now, true);
    }

    private PlacementWorld(HospitalView view, Instant now, boolean vacant) {
        this.vacant = vacant;
        this.view = view;
        this.now = now;
        hospital = new CompiledHospital(view.layout(), view.hospital());
        compile();
    }

    /** The world of this view: the one known, taken over to it, where there is one. */
    public static PlacementWorld renewed(@Nullable PlacementWorld known, HospitalView view, Instant now) {
        if (known == null) {
            return new PlacementWorld(view, now);
        }
        known.renew(view, now);
        return known;
    }

    /** Takes over a later view of the same hospital, or the same view at a later time. */
    public void renew(HospitalView next, Instant at) {
        HospitalView before = view;
        view = next;
        now = at;
        if (next.layout() != before.layout()) {
            hospital = new CompiledHospital(next.layout(), next.hospital());
            compile();
            return;
        }
        if (next.requests() != before.requests()) {
            renewRequests(before.requests());
        }
        boolean sameStaff = true;
        if (next.services() != before.services()) {
            for (int service = 0; service < services(); service++) {
                int was = staffed[service];
                renewService(service, before.services().get(service));
                sameStaff &= staffed[service] == was;
            }
        }
        if (awaited != null) {
            awaited.renew(before, sameStaff);
        }
        if (next.requests() != before.requests() || next.stays() != before.stays()) {
            renewHeld();
        }
    }

    public HospitalView view() {
        return view;
    }

    public Instant now() {
        return now;
    }

    /** How many beds there are; they are numbered from 0 in the order of the hospital's file. */
    public int beds() {
        return broken.length;
    }

    public Layout layout() {
        return hospital.layout;
    }

    /** Who is awaited in a service without a bed held for them, the first to come first. */
    Awaited.Arrival[] awaited(int service) {
        return awaited == null ? Awaited.NOBODY : awaited.in(service);
    }

    /** Whether somebody may be one of those awaited. */
    boolean mayBeAwaited(Demand demand) {
        return awaited != null && awaited.mayHave(demand);
    }

    CompiledHospital hospital() {
        return hospital;
    }

    int services() {
        return load.length;
    }

    /** The bed with that number. */
    public BedView bed(int bed) {
        int service = hospital.layout.serviceOfBed(bed);
        return view.services().get(service).beds().get(bed - hospital.layout.firstBedOfService(service));
    }

    private void compile() {
        int services = hospital.services.length;
        int rooms = hospital.rooms.length;
        int beds = hospital.beds();
        cohorts.clear();
        load = new int[services];
        staffed = new int[services];
        forEmergencies = new int[services];
        Arrays.fill(scarceFreeInAll, 0);
        roomTenants = new int[rooms];
        roomSexes = new int[rooms];
        roomCohort = new int[rooms];
        broken = new int[beds];
        flags = new int[beds];
        freeAtSecond = new long[beds];
        cleaningSeconds = new int[beds];
        reservedFor = new BedRequest[beds];
        tenants = new Tenant[beds][];
        held.clear();
        requests.clear();
        view.requests().forEach(open -> requests.put(open.request().id(), open));
        for (int service = 0; service < services; service++) {
            staffed[service] = view.services().get(service).counts().staffed();
        }
        for (int bed = 0; bed < beds; bed++) {
            compileBed(bed, bed(bed));
        }
        for (int room = 0; room < rooms; room++) {
            compileRoom(room);
            count(room, 1);
        }
        awaited = vacant ? null : new Awaited(this);
    }

    /** One view's list begins and ends as the next one's does: what differs lies between. */
    private void renewRequests(List<HospitalView.OpenRequest> before) {
        List<HospitalView.OpenRequest> after = view.requests();
        int begin = 0;
        int end = before.size();
        int endAfter = after.size();
        while (begin < end && begin < endAfter && before.get(begin) == after.get(begin)) {
            begin++;
        }
        while (end > begin && endAfter > begin && before.get(end - 1) == after.get(endAfter - 1)) {
            end--;
            endAfter--;
        }
        for (int i = begin; i < end; i++) {
            requests.remove(before.get(i).request().id());
        }
        for (int i = begin; i < endAfter; i++) {
            requests.put(after.get(i).request().id(), after.get(i));
        }
    }

    private void renewService(int service, ServiceView before) {
        ServiceView is = view.services().get(service);
        if (is == before) {
            return;
        }
        staffed[service] = is.counts().staffed();
        int first = hospital.layout.firstBedOfService(service);
        for (int i = 0; i < is.beds().size(); i++) {
            if (is.beds().get(i) != before.beds().get(i)) {
                renewBed(first + i, is.beds().get(i));
            }
        }
    }

    /** Whoever a bed is held for may not be in its service: what is known of them changes without it. */
    private void renewHeld() {
        for (int bed = held.nextSetBit(0); bed >= 0; bed = held.nextSetBit(bed + 1)) {
            BedView is = bed(bed);
            BedRequest reserved = reserved(is);
            boolean same = reserved == reservedFor[bed];
            if (!same || reserved != null && sex(reserved) != tenants[bed][tenants[bed].length - 1].sex()) {
                renewBed(bed, is);
            }
        }
    }

    private void renewBed(int bed, BedView is) {
        leaveOut(bed);
        compileBed(bed, is);
        takeIn(bed);
    }

    /** Before a bed is changed: the beds of its room are in no count any more. */
    void leaveOut(int bed) {
        count(hospital.layout.roomOfBed(bed), -1);
    }

    /** The bed as it is now, and those of its room beside it, are counted again. */
    void takeIn(int bed) {
        compileRoom(hospital.layout.roomOfBed(bed));
        count(hospital.layout.roomOfBed(bed), 1);
    }

    /** Adds what the beds of a room are to the counts of their service and of the hospital. */
    private void count(int room, int by) {
        for (int bed = hospital.layout.firstBedOfRoom(room); bed < hospital.layout.endOfRoom(room); bed++) {
            int service = hospital.layout.serviceOfBed(bed);
            BedRequest request = reservedFor[bed];
            boolean isFree = (flags[bed] & FREE) != 0;
            boolean heldForEmergency = request != null && request.origin() == RequestOrigin.EMERGENCY_DEPARTMENT;
            load[service] += tenants[bed].length > 0 ? by : 0;
            forEmergencies[service] += isFree || heldForEmergency ? by : 0;
            for (int kind = 0; isFree && kind < SCARCE; kind++) {
                scarceFreeInAll[kind] += isScarce(bed, KINDS_OF_SCARCE[kind]) ? by : 0;
            }
        }
    }

    private void compileBed(int bed, BedView is) {
        if (vacant) {
            compileVacant(bed, is);
        } else {
            compileLive(bed, is);
        }
    }

    private void compileLive(int bed, BedView is) {
        BedStatus status = is.status();
        BedStatus.Reservation reservation = status.reservation();
        reservedFor[bed] = reserved(is);
        held.set(bed, reservation != null);
        int cleaning = hospital.policy.cleaningMinutes() * 60;
        int rules = status.open() ? 0 : PlacementRule.BED_CLOSED.bit();
        long freeAt = 0;
        for (Stay occupant : is.occupants()) {
            Instant leaves = occupant.expectedDischarge();
            if (leaves == null) {
                rules |= PlacementRule.BED_OCCUPIED.bit();
            } else {
                freeAt = Math.max(freeAt, leaves.getEpochSecond());
            }
        }
        BedStatus.Block block = status.block();
        if (block != null && block.expectedEnd() != null) {
            freeAt = Math.max(freeAt, block.expectedEnd().getEpochSecond());
        } else if (block != null) {
            rules |= PlacementRule.BED_BLOCKED.bit();
        }
        boolean taken = !is.occupants().isEmpty();
        boolean beingCleaned = !taken && status.condition() == BedCondition.CLEANING;
        if (beingCleaned) {
            freeAt = Math.max(freeAt, status.since().getEpochSecond() + cleaning);
        }
        boolean dirty = taken || status.condition() == BedCondition.TO_CLEAN;
        boolean isFree = rules == 0 && !taken && block == null && reservation == null && !beingCleaned && !dirty;
        broken[bed] = rules;
        freeAtSecond[bed] = freeAt;
        cleaningSeconds[bed] = dirty ? cleaning : 0;
        flags[bed] = (isFree ? FREE : 0)
                | (block == null ? 0 : BLOCK)
                | (is.bed().surge() ? SURGE : 0)
                | (taken ? TAKEN : 0);
        tenants[bed] = tenants(is, reservedFor[bed]);
    }

    private @Nullable BedRequest reserved(BedView is) {
        BedStatus.Reservation reservation = is.status().reservation();
        HospitalView.OpenRequest open = reservation == null ? null : requests.get(reservation.request());
        return open == null ? null : open.request();
    }

    private void compileVacant(int bed, BedView is) {
        BedStatus.Block block = is.status().block();
        boolean endless = block != null && (block.expectedEnd() == null || Fit.isOverdue(block.expectedEnd(), now));
        broken[bed] = (is.status().open() ? 0 : PlacementRule.BED_CLOSED.bit())
                | (endless ? PlacementRule.BED_BLOCKED.bit() : 0);
        flags[bed] = FREE | (is.bed().surge() ? SURGE : 0);
        tenants[bed] = NOBODY;
    }

    private Tenant[] tenants(BedView is, @Nullable BedRequest reserved) {
        if (is.occupants().isEmpty() && reserved == null) {
            return NOBODY;
        }
        List<Tenant> all = new ArrayList<>(2);
        for (Stay stay : is.occupants()) {
            all.add(new Tenant(stay.id(), null, stay.sex(), cohort(stay.needs()), false));
        }
        if (reserved != null) {
            all.add(new Tenant(
                    reserved.stay(), reserved.id(), sex(reserved), cohort(reserved.needs()), !all.isEmpty()));
        }
        return all.toArray(Tenant[]::new);
    }

    private Sex sex(BedRequest request) {
        Stay stay = request.stay() == null ? null : view.stays().get(request.stay());
        return stay == null || stay.sex() == Sex.UNKNOWN ? request.needs().sex() : stay.sex();
    }

    private int cohort(CareNeeds needs) {
        String name = cohortName(needs);
        return needs.isolation() == Isolation.NONE
                ? NO_PRECAUTIONS
                : name == null ? ALONE : cohorts.computeIfAbsent(name, none -> cohorts.size() + 1);
    }

    /** That of somebody who is to join; ALONE where nobody of the same lies here. */
    int knownCohort(CareNeeds needs) {
        String name = cohortName(needs);
        return needs.isolation() == Isolation.NONE
                ? NO_PRECAUTIONS
                : name == null ? ALONE : cohorts.getOrDefault(name, ALONE);
    }

    static @Nullable String cohortName(CareNeeds needs) {
        boolean shares = needs.isolation() == Isolation.CONTACT || needs.isolation() == Isolation.DROPLET;
        return shares && needs.organism() != null ? needs.isolation() + " " + needs.organism() : null;
    }

    private void compileRoom(int room) {
        int count = 0;
        int sexes = 0;
        int cohort = NO_PRECAUTIONS;
        for (int bed = hospital.layout.firstBedOfRoom(room); bed < hospital.layout.endOfRoom(room); bed++) {
            for (Tenant tenant : tenants[bed]) {
                cohort = count == 0 ? tenant.cohort() : joined(cohort, tenant.cohort());
                sexes |= sexBit(tenant.sex());
                count += tenant.after() ? 0 : 1;
            }
        }
        roomTenants[room] = count;
        roomSexes[room] = sexes;
        roomCohort[room] = cohort;
    }

    static int joined(int cohort, int other) {
        return cohort == other ? cohort : SEVERAL;
    }

    static int sexBit(Sex sex) {
        return switch (sex) {
            case FEMALE -> WOMEN;
            case MALE -> MEN;
            case UNKNOWN -> 0;
        };
    }

    boolean isScarce(int bed, Scarce scarce) {
        Room room = hospital.rooms[hospital.layout.roomOfBed(bed)];
        boolean empty = roomTenants[hospital.layout.roomOfBed(bed)] == 0;
        LevelOfCare level = hospital.services[hospital.layout.serviceOfBed(bed)].levelOfCare();
        return switch (scarce) {
            case NEGATIVE_PRESSURE -> empty && room.isolation() == IsolationAbility.NEGATIVE_PRESSURE;
            case PROTECTED_ROOM -> empty && room.isolation() == IsolationAbility.PROTECTIVE;
            case INTENSIVE_CARE -> level == LevelOfCare.INTENSIVE;
            case INTERMEDIATE_CARE -> level == LevelOfCare.INTERMEDIATE;
            case SINGLE_ROOM -> empty && room.isSingle();
        };
    }

    static boolean isNeeded(CareNeeds needs, Scarce scarce) {
        return switch (scarce) {
            case NEGATIVE_PRESSURE -> needs.isolation() == Isolation.AIRBORNE;
            case PROTECTED_ROOM -> needs.isolation() == Isolation.PROTECTIVE;
            case INTENSIVE_CARE -> needs.levelOfCare() == LevelOfCare.INTENSIVE;
            case INTERMEDIATE_CARE -> needs.levelOfCare() == LevelOfCare.INTERMEDIATE;
            case SINGLE_ROOM -> needs.singleRoom() == SingleRoom.PRESCRIBED;
        };
    }
}
