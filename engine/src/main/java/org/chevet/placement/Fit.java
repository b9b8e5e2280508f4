package org.chevet.placement;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import org.chevet.event.BedRequest;
import org.chevet.event.Refusal;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.IsolationAbility;
import org.chevet.hospital.LevelOfCare;
import org.chevet.hospital.PlacementRule;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.Room;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.Sex;
import org.chevet.hospital.SexPolicy;
import org.chevet.hospital.SingleRoom;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.Layout;
import org.jspecify.annotations.Nullable;

/**
 * How a bed fits somebody: the rules it breaks and what it costs. What is the same for a whole service, or for a room, is found once as long as
 * its beds are asked for in turn. Holds a demand at a time and allocates nothing from bed to bed; not thread-safe.
 */
public final class Fit {
    /** A bed that becomes usable later than this after the need is not proposed. */
    public static final int LOOK_AHEAD_HOURS = 24;

    /** A patient who should have left, or a block that should have ended, so long ago is expected no more. */
    public static final int OVERDUE_HOURS_MAX = 2;

    private static final int SECONDS_PER_HOUR = 3_600;
    /** A move between these is one by night, in the hospital's own time. */
    public static final LocalTime NIGHT_FROM = LocalTime.of(23, 0);

    public static final LocalTime NIGHT_TO = LocalTime.of(6, 0);

    /** The evening before the need, and those of the two days that are looked ahead. */
    private static final int NIGHTS = 3;

    /** Of whom nobody said how long they stay: about the mean of acute care in France. */
    static final int USUAL_STAY_DAYS = 5;

    private final PlacementWorld world;

    /** What each rule contributes for the bed asked for last. */
    private final int[] parts = new int[PlacementRule.values().length];

    private final long[] nightFrom = new long[NIGHTS];
    private final long[] nightTo = new long[NIGHTS];

    /** The day on which the nights above are the ones to look at. */
    private @Nullable ZoneId nightsZone;

    private long nightsFromSecond;
    private long nightsToSecond;

    private Demand demand;
    private CareNeeds needs;
    private long nowSecond;
    private long fromSecond;
    private long earliestSecond;
    private long latestSecond;
    private long endSecond;
    private int ownBed;
    private int[] ownReserved = {};
    private int wishedService;
    private int specialty;
    private int cohort;
    private int ownStayHash;
    private boolean mayBeAwaited;
    private boolean hasEarlier;
    private final BitSet earlier = new BitSet();
    private boolean equipmentUnknown;
    private long[] required = {};
    private long[] preferred = {};
    private int preferredUnknown;
    private Refusals refusals = Refusals.NONE;

    private int service;
    private int serviceBroken;
    private int serviceCost;
    private int serviceLoad;
    private int room;
    private int roomBroken;
    private int roomCost;
    private long usableSecond;
    private boolean late;
    private @Nullable Refusal refusal;
    private int cost;

    public Fit(PlacementWorld world, Demand demand) {
        this.world = world;
        this.demand = demand;
        needs = demand.needs();
        begin(demand);
    }

    /** Another demand, or the same one in a world renewed. */
    public void begin(Demand next) {
        demand = next;
        needs = next.needs();
        Layout layout = world.layout();
        nowSecond = world.now().getEpochSecond();
        fromSecond = next.from().getEpochSecond();
        earliestSecond = Math.max(nowSecond, fromSecond);
        latestSecond = earliestSecond + LOOK_AHEAD_HOURS * SECONDS_PER_HOUR;
        endSecond = earliestSecond
                + (next.expectedLength() == null
                        ? USUAL_STAY_DAYS * 24L * SECONDS_PER_HOUR
                        : next.expectedLength().toSeconds());
        ownBed = next.bed() == null ? Layout.NONE : layout.bed(next.bed());
        wishedService = next.service() == null ? Layout.NONE : layout.service(next.service());
        specialty = world.hospital().specialty(needs);
        cohort = world.knownCohort(needs);
        ownStayHash = Objects.hashCode(next.stay());
        mayBeAwaited = world.mayBeAwaited(next);
        beginEarlier(next);
        beginRequests(next);
        refusals = Refusals.of(world, next.requests());
        beginEquipment();
        if (ownBed != Layout.NONE) {
            beginNights();
        }
        service = Layout.NONE;
        room = Layout.NONE;
    }

    private void beginEarlier(Demand next) {
        hasEarlier = !next.earlierServices().isEmpty();
        earlier.clear();
        for (ServiceId before : next.earlierServices()) {
            int number = world.layout().service(before);
            if (number != Layout.NONE) {
                earlier.set(number);
            }
        }
    }

    private void beginRequests(Demand next) {
        int reserved = 0;
        ownReserved = next.requests().isEmpty()
                ? ownReserved
                : new int[next.requests().size()];
        Arrays.fill(ownReserved, Layout.NONE);
        for (RequestId own : next.requests()) {
            HospitalView.OpenRequest open = world.requests.get(own);
            if (open != null && open.bed() != null) {
                ownReserved[reserved++] = world.layout().bed(open.bed());
            }
        }
    }

    private void beginEquipment() {
        if (required.length != world.hospital().equipmentWords) {
            required = new long[world.hospital().equipmentWords];
            preferred = new long[world.hospital().equipmentWords];
        }
        equipmentUnknown = mask(needs.equipmentRequired(), required) > 0;
        preferredUnknown = mask(needs.equipmentPreferred(), preferred);
    }

    /** Returns how many of the codes the hospital does not know. */
    private int mask(List<String> codes, long[] mask) {
        Arrays.fill(mask, 0);
        int unknown = 0;
        for (int i = 0; i < codes.size(); i++) {
            Integer number = world.hospital().equipmentNumbers.get(codes.get(i));
            if (number == null) {
                unknown++;
            } else {
                mask[number / Long.SIZE] |= 1L << number;
            }
        }
        return unknown;
    }

    private void beginNights() {
        ZoneId zone = world.view().hospital().zone();
        if (zone == nightsZone && earliestSecond >= nightsFromSecond && earliestSecond < nightsToSecond) {
            return;
        }
        LocalDate today = Instant.ofEpochSecond(earliestSecond).atZone(zone).toLocalDate();
        nightsZone = zone;
        nightsFromSecond = today.atStartOfDay(zone).toEpochSecond();
        nightsToSecond = today.plusDays(1).atStartOfDay(zone).toEpochSecond();
        LocalDate evening = today.minusDays(1);
        for (int night = 0; night < NIGHTS; night++) {
            nightFrom[night] = evening.atTime(NIGHT_FROM).atZone(zone).toEpochSecond();
            evening = evening.plusDays(1);
            nightTo[night] = evening.atTime(NIGHT_TO).atZone(zone).toEpochSecond();
        }
    }

    /** The rules of kind NEVER that a bed breaks, as a mask of their {@link PlacementRule#bit() bits}; 0 when it may be proposed. */
    public int broken(int bed) {
        int of = world.layout().serviceOfBed(bed);
        if (of != service) {
            beginService(of);
        }
        return evaluate(bed);
    }

    /** What the bed asked for last costs, in points. */
    public int costPoints() {
        return cost;
    }

    /** What a rule contributes to the cost of the bed asked for last, in points. */
    public int points(PlacementRule rule) {
        return parts[rule.ordinal()];
    }

    /** When the bed asked for last can be used, in seconds of the epoch; meaningless where that is not known. */
    public long usableAtSecond() {
        return usableSecond;
    }

    /** Whether the patient would be moved to the bed asked for last at night. */
    boolean isNightMove() {
        return ownBed != Layout.NONE && isNight(Math.max(usableSecond, fromSecond));
    }

    /** The same demand in a world that was changed. */
    void forget() {
        service = Layout.NONE;
        room = Layout.NONE;
    }

    /** Whether the bed asked for last is excluded for now only because it will be usable too late. */
    boolean isLate() {
        return late;
    }

    /** The service's answer that excludes the bed asked for last, or counts against it; null for none. */
    @Nullable
    Refusal refusal() {
        return refusal;
    }

    /** The services that may take the patient, as far as the specialty goes. */
    int[] services() {
        return world.hospital().servicesTaking(specialty);
    }

    /** No more than any bed of the service costs, as far as can be said without looking at its beds; -1 when the service excludes all of them. */
    int bound(int of) {
        forget();
        return world.hospital().brokenBy(of, needs, specialty) == 0 ? costOfService(of) : -1;
    }

    /** Whether a bed of a service that is begun can be used in time, and may cost no more than this: nearly none of a full house can. */
    boolean isWorthALook(int bed, int costPointsMax) {
        long usable = usableSecondOf(bed);
        return usable <= latestSecond
                && serviceCost + waitPoints(usable) <= costPointsMax
                && !isOverdue(bed, world.flags[bed]);
    }

    int serviceLoad() {
        return serviceLoad;
    }

    boolean isOwn(BedRequest request) {
        return isOwn(request.stay(), request.id());
    }

    boolean isOwn(PlacementWorld.Tenant tenant) {
        return isOwn(tenant.stay(), tenant.request());
    }

    private boolean isOwn(@Nullable StayId stay, @Nullable RequestId request) {
        // Nearly nobody is: to compare hashes first spares reading the numbers.
        return stay != null && stay.hashCode() == ownStayHash && stay.equals(demand.stay())
                || request != null && demand.requests().contains(request);
    }

    private int part(PlacementRule rule, int units) {
        int points = units * world.hospital().weights[rule.ordinal()];
        parts[rule.ordinal()] = points;
        return points;
    }

    private int part(PlacementRule rule, boolean applies) {
        return part(rule, applies ? 1 : 0);
    }

    /** No bed of it costs less than what is returned. */
    int beginService(int of) {
        service = of;
        room = Layout.NONE;
        serviceBroken = world.hospital().brokenBy(of, needs, specialty);
        serviceCost = costOfService(of) + part(PlacementRule.COMING_RESERVATION, isAwaited(of));
        return serviceCost;
    }

    private int costOfService(int of) {
        Service is = world.hospital().services[of];
        short distance = world.hospital().specialtyDistance(of, specialty);
        serviceLoad = world.load[of] - ownLoad(of);
        boolean fallback = distance >= CompiledHospital.FALLBACK && distance != CompiledHospital.STRANGE;
        boolean known = distance < CompiledHospital.FALLBACK;
        boolean monitored = is.levelOfCare().ordinal() >= LevelOfCare.INTERMEDIATE.ordinal();
        int scarce = monitored
                ? is.levelOfCare().ordinal() - Math.max(needs.levelOfCare().ordinal(), LevelOfCare.ACUTE.ordinal())
                : 0;
        return part(PlacementRule.SPECIALTY_RANK, known ? distance : 0)
                + part(PlacementRule.OUTLIER, fallback ? distance - CompiledHospital.FALLBACK + 1 : 0)
                + part(PlacementRule.SERVICE_WISHED, demand.service() != null && wishedService != of)
                + part(PlacementRule.SCARCE_MONITORED, Math.max(0, scarce))
                + part(PlacementRule.MOVE, ownBed != Layout.NONE)
                + part(PlacementRule.EARLIER_SERVICE, hasEarlier && !earlier.get(of))
                + balance(of);
    }

    private int ownLoad(int of) {
        int own = ownBed != Layout.NONE && world.layout().serviceOfBed(ownBed) == of ? 1 : 0;
        for (int reserved : ownReserved) {
            own += reserved != Layout.NONE
                            && reserved != ownBed
                            && world.reservedFor[reserved] != null
                            && (world.flags[reserved] & PlacementWorld.TAKEN) == 0
                            && world.layout().serviceOfBed(reserved) == of
                    ? 1
                    : 0;
        }
        return own;
    }

    /** Whether one of those awaited during the stay finds every place taken, by the patient and by those who came before. */
    private boolean isAwaited(int of) {
        int taken = 1;
        int places = 0;
        for (Awaited.Arrival arrival : world.awaited(of)) {
            if (arrival.second() > endSecond) {
                return false;
            }
            boolean own = mayBeAwaited && isOwn(arrival.stay(), arrival.request());
            if (!own && ++taken > places) {
                places = places(of, Math.max(nowSecond, arrival.second()));
                if (taken > places) {
                    return true;
                }
            }
        }
        return false;
    }

    /** How many can have come to the service by then, as far as beds and staff go. */
    private int places(int of, long bySecond) {
        int beds = 0;
        int leaving = 0;
        int end = world.layout().endOfService(of);
        for (int bed = world.layout().firstBedOfService(of); bed < end; bed++) {
            BedRequest reserved = world.reservedFor[bed];
            boolean taken = (world.flags[bed] & PlacementWorld.TAKEN) != 0;
            boolean comesFree = bed == ownBed
                    || world.broken[bed] == 0 && !isOverdue(bed, world.flags[bed]) && usableSecondOf(bed) <= bySecond;
            if (comesFree && (reserved == null || isOwn(reserved))) {
                beds++;
                leaving += taken && bed != ownBed ? 1 : 0;
            }
        }
        return Math.min(beds, world.staffed[of] + world.hospital().policy.staffingMarginBeds() - serviceLoad + leaving);
    }

    private int balance(int of) {
        int full = world.hospital().weights[PlacementRule.BALANCE_OF_LOAD.ordinal()];
        int points = (int) Math.min(full, (long) full * (serviceLoad + 1) / Math.max(1, world.staffed[of]));
        parts[PlacementRule.BALANCE_OF_LOAD.ordinal()] = points;
        return points;
    }

    private int evaluate(int bed) {
        int flags = world.flags[bed];
        int rules = world.broken[bed] | serviceBroken;
        BedRequest reserved = world.reservedFor[bed];
        if (reserved != null && !isOwn(reserved)) {
            rules |= PlacementRule.BED_RESERVED.bit();
        }
        if (bed == ownBed) {
            rules |= PlacementRule.BED_OCCUPIED.bit();
        }
        usableSecond = usableSecondOf(bed);
        late = usableSecond > latestSecond;
        if (late || isOverdue(bed, flags)) {
            rules |= ((flags & PlacementWorld.TAKEN) != 0 ? PlacementRule.BED_OCCUPIED : PlacementRule.BED_BLOCKED)
                    .bit();
        }
        int leaving = (flags & PlacementWorld.TAKEN) != 0 && bed != ownBed ? 1 : 0;
        if (serviceLoad - leaving
                >= world.staffed[service] + world.hospital().policy.staffingMarginBeds()) {
            rules |= PlacementRule.STAFFED_CAPACITY.bit();
        }
        if (lacksEquipment(bed)) {
            rules |= PlacementRule.EQUIPMENT.bit();
        }
        refusal = refusals.isNone() ? null : refusals.against(world, bed, Math.max(usableSecond, fromSecond));
        if (refusal != null && Refusals.isLasting(refusal)) {
            rules |= PlacementRule.REFUSED.bit();
        }
        fitRoom(bed);
        rules |= (flags & PlacementWorld.SURGE) != 0 ? roomBroken & ~PlacementRule.ROOM_FULL.bit() : roomBroken;
        cost = serviceCost + roomCost + bedCost(bed, flags);
        return rules;
    }

    private long usableSecondOf(int bed) {
        return Math.max(nowSecond, world.freeAtSecond[bed]) + world.cleaningSeconds[bed];
    }

    private int waitPoints(long usable) {
        return (int) (Math.max(0, Math.min(usable, latestSecond) - earliestSecond)
                * world.hospital().weights[PlacementRule.READY_SOONER.ordinal()]
                / SECONDS_PER_HOUR);
    }

    /** An end that was expected hours ago and did not come promises nothing any more. */
    static boolean isOverdue(Instant expectedEnd, Instant now) {
        return expectedEnd
                .plusSeconds((long) OVERDUE_HOURS_MAX * SECONDS_PER_HOUR)
                .isBefore(now);
    }

    private boolean isOverdue(int bed, int flags) {
        return (flags & (PlacementWorld.TAKEN | PlacementWorld.BLOCK)) != 0
                && world.freeAtSecond[bed] + OVERDUE_HOURS_MAX * SECONDS_PER_HOUR < nowSecond;
    }

    private int bedCost(int bed, int flags) {
        int waitPoints = waitPoints(usableSecond);
        parts[PlacementRule.READY_SOONER.ordinal()] = waitPoints;
        boolean keptBed = (flags & PlacementWorld.FREE) != 0
                && demand.origin() != RequestOrigin.EMERGENCY_DEPARTMENT
                && world.forEmergencies[service] <= world.hospital().kept[service];
        return waitPoints
                + part(PlacementRule.REFUSED_LATELY, refusal != null && !Refusals.isLasting(refusal))
                + part(PlacementRule.KEPT_FOR_EMERGENCIES, keptBed)
                + part(PlacementRule.EQUIPMENT_PREFERRED, missingPreferred(bed))
                + part(PlacementRule.NIGHT_MOVE, ownBed != Layout.NONE && isNight(Math.max(usableSecond, fromSecond)));
    }

    private boolean lacksEquipment(int bed) {
        boolean lacks = equipmentUnknown;
        for (int word = 0; word < required.length; word++) {
            lacks |= (required[word] & ~world.hospital().equipment[bed * world.hospital().equipmentWords + word]) != 0;
        }
        return lacks;
    }

    private int missingPreferred(int bed) {
        int missing = preferredUnknown;
        for (int word = 0; word < preferred.length; word++) {
            missing += Long.bitCount(
                    preferred[word] & ~world.hospital().equipment[bed * world.hospital().equipmentWords + word]);
        }
        return missing;
    }

    private boolean isNight(long second) {
        for (int night = 0; night < NIGHTS; night++) {
            if (second >= nightFrom[night] && second < nightTo[night]) {
                return true;
            }
        }
        return false;
    }

    /** Empty beds of a room stand alike, unless the patient has a part in the room already. */
    private void fitRoom(int bed) {
        int of = world.layout().roomOfBed(bed);
        if (world.tenants[bed].length > 0 || isOwnRoom(of)) {
            room = Layout.NONE;
            fitBesideOthers(bed, of);
        } else if (of != room) {
            room = of;
            fitRoom(of, world.roomTenants[of], world.roomSexes[of], world.roomCohort[of]);
        }
    }

    private boolean isOwnRoom(int of) {
        boolean own = ownBed != Layout.NONE && world.layout().roomOfBed(ownBed) == of;
        for (int reserved : ownReserved) {
            own |= reserved != Layout.NONE && world.layout().roomOfBed(reserved) == of;
        }
        return own;
    }

    /** Counts those who lie in the room's other beds, or for whom these are reserved. */
    private void fitBesideOthers(int bed, int of) {
        int others = 0;
        int sexes = 0;
        int cohortOfOthers = PlacementWorld.NO_PRECAUTIONS;
        for (int other = world.layout().firstBedOfRoom(of);
                other < world.layout().endOfRoom(of);
                other++) {
            PlacementWorld.Tenant[] ofBed = world.tenants[other];
            for (int i = 0; i < ofBed.length; i++) {
                if (other != bed && !isOwn(ofBed[i])) {
                    cohortOfOthers =
                            others == 0 ? ofBed[i].cohort() : PlacementWorld.joined(cohortOfOthers, ofBed[i].cohort());
                    sexes |= PlacementWorld.sexBit(ofBed[i].sex());
                    // Where the patient is the one who leaves, whoever comes after takes the place.
                    others += ofBed[i].after() && !isOwn(ofBed[i - 1]) ? 0 : 1;
                }
            }
        }
        fitRoom(of, others, sexes, cohortOfOthers);
    }

    private void fitRoom(int of, int others, int sexes, int cohortOfOthers) {
        Room is = world.hospital().rooms[of];
        boolean single = is.isSingle();
        boolean sameSex = is.sexPolicy() == SexPolicy.SAME_SEX;
        boolean otherSex = sameSex && needs.sex() != Sex.UNKNOWN && (sexes & ~PlacementWorld.sexBit(needs.sex())) != 0;
        boolean isolated = others == 0
                ? needs.isolation().isMetBy(is.isolation())
                : cohort >= PlacementWorld.NO_PRECAUTIONS && cohort == cohortOfOthers;
        boolean prescribed = needs.singleRoom() == SingleRoom.PRESCRIBED;
        roomBroken = (others >= is.capacity() ? PlacementRule.ROOM_FULL.bit() : 0)
                | (otherSex || !is.sexPolicy().admits(needs.sex()) ? PlacementRule.SEX.bit() : 0)
                | (isolated ? 0 : PlacementRule.ISOLATION.bit())
                | (prescribed && (!single || others > 0) ? PlacementRule.SINGLE_ROOM.bit() : 0);
        boolean alone = needs.isolation() != Isolation.NONE || needs.singleRoom() != SingleRoom.INDIFFERENT;
        boolean pressureWasted =
                is.isolation() == IsolationAbility.NEGATIVE_PRESSURE && needs.isolation() != Isolation.AIRBORNE
                        || is.isolation() == IsolationAbility.PROTECTIVE && needs.isolation() != Isolation.PROTECTIVE;
        roomCost = part(PlacementRule.SINGLE_ROOM_WISHED, needs.singleRoom() == SingleRoom.PREFERRED && !single)
                + part(PlacementRule.SCARCE_SINGLE_ROOM, single && !alone)
                + part(PlacementRule.SCARCE_PRESSURE, pressureWasted)
                + part(PlacementRule.SEX_FLEXIBILITY, sameSex && !single && others == 0 && needs.sex() != Sex.UNKNOWN);
    }
}
