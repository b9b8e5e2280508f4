package org.chevet.placement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.PlacementRule;
import org.chevet.hospital.Room;
import org.chevet.hospital.Sex;
import org.chevet.hospital.SexPolicy;
import org.chevet.occupancy.Layout;
import org.chevet.placement.stay.StayPlanProblem;

/**
 * The rooms of a hospital as the solver knows them, which gives rooms and not beds: a room whose beds depend on each other (one sex, or more beds than
 * places) is one of its rooms, any other bed is a room of its own. What it does not know, staff and who is isolated, is taken off the places
 * that it may give: never too few, so that what it leaves out can be asked for afterwards, bed by bed.
 */
final class NightRooms {
    /** @param alone whether it is a bed alone in its room */
    private record Unit(int room, int[] beds, boolean alone, boolean sameSex) {}

    private final PlacementWorld vacant;
    private final List<PlannedStay> stays;
    private final int nights;
    private final Nights fixed;
    private final List<Unit> units = new ArrayList<>();
    private final int[] unitOfBed;

    /** By unit and night: those who keep a bed there or to whom one is promised, and the places that are left. */
    private final int[] kept;

    private final int[] spare;

    /** @param fixed who keeps their bed, as long as they stay, and to whom one is reserved */
    NightRooms(PlacementWorld vacant, NightCalendar calendar, List<PlannedStay> stays, Nights fixed) {
        this.vacant = vacant;
        this.stays = stays;
        this.fixed = fixed;
        nights = calendar.nights();
        unitOfBed = new int[vacant.beds()];
        makeUnits();
        kept = new int[units.size() * nights];
        spare = new int[units.size() * nights];
    }

    private void makeUnits() {
        Layout layout = vacant.layout();
        for (int room = 0; room < vacant.hospital().rooms.length; room++) {
            Room is = vacant.hospital().rooms[room];
            int[] beds = IntStream.range(layout.firstBedOfRoom(room), layout.endOfRoom(room))
                    .boxed()
                    .sorted(Comparator.comparingInt(bed -> vacant.hospital().rankOfBed[bed]))
                    .mapToInt(Integer::intValue)
                    .toArray();
            int[] usual = Arrays.stream(beds).filter(this::isUsual).toArray();
            boolean sameSex = is.sexPolicy() == SexPolicy.SAME_SEX;
            boolean together = usual.length > 1 && (sameSex || is.capacity() < usual.length);
            if (together) {
                units.add(new Unit(room, usual, false, sameSex));
            }
            for (int bed : beds) {
                if (!together || !isUsual(bed)) {
                    units.add(new Unit(room, new int[] {bed}, beds.length == 1, false));
                }
            }
        }
        units.sort(Comparator.comparingInt(unit -> vacant.hospital().rankOfBed[unit.beds[0]]));
        for (int unit = 0; unit < units.size(); unit++) {
            for (int bed : units.get(unit).beds) {
                unitOfBed[bed] = unit;
            }
        }
    }

    private boolean isUsual(int bed) {
        return vacant.broken[bed] == 0 && (vacant.flags[bed] & PlacementWorld.SURGE) == 0;
    }

    int count() {
        return units.size();
    }

    int unitOf(int bed) {
        return unitOfBed[bed];
    }

    int[] beds(int unit) {
        return units.get(unit).beds;
    }

    /** How many patients each unit takes each night, given where a plan that is to be kept needs places. */
    void count(int[] neededByUnitAndNight) {
        for (int unit = 0; unit < units.size(); unit++) {
            for (int night = 0; night < nights; night++) {
                countPlaces(unit, night);
            }
        }
        List<List<Integer>> unitsOf = new ArrayList<>();
        for (int service = 0; service < vacant.services(); service++) {
            unitsOf.add(new ArrayList<>());
        }
        for (int unit = 0; unit < units.size(); unit++) {
            unitsOf.get(serviceOf(unit)).add(unit);
        }
        for (int service = 0; service < vacant.services(); service++) {
            List<Integer> dropped = unitsOf.get(service);
            // Single rooms and what comes first by name are kept.
            dropped.sort(Comparator.comparingInt((Integer unit) -> -units.get(unit).beds.length)
                    .thenComparing(Comparator.reverseOrder()));
            for (int night = 0; night < nights; night++) {
                dropBeyondStaff(service, night, dropped, neededByUnitAndNight);
                keepForEmergencies(service, night, dropped, neededByUnitAndNight);
            }
        }
    }

    private int serviceOf(int unit) {
        return vacant.layout().serviceOfBed(units.get(unit).beds[0]);
    }

    private void countPlaces(int unit, int night) {
        Unit is = units.get(unit);
        int there = 0;
        int free = 0;
        for (int bed : is.beds) {
            int lodgers = fixed.lodgers(bed, night).length;
            there += lodgers;
            free += lodgers == 0 && vacant.broken[bed] == 0 && !fixed.isBlocked(bed, night) ? 1 : 0;
        }
        kept[unit * nights + night] = there;
        int places = is.beds.length == 1
                ? free
                : Math.min(free, vacant.hospital().rooms[is.room].capacity() - there);
        spare[unit * nights + night] = isClosed(is.room, night) ? 0 : Math.max(0, places);
    }

    /** Whether nobody can join those who keep a bed in the room: one is isolated, or they are of both sexes where these do not mix. */
    private boolean isClosed(int room, int night) {
        Layout layout = vacant.layout();
        boolean isolated = false;
        boolean women = false;
        boolean men = false;
        for (int bed = layout.firstBedOfRoom(room); bed < layout.endOfRoom(room); bed++) {
            for (int lodger : fixed.lodgers(bed, night)) {
                PlannedStay who = stays.get(lodger);
                isolated |= who.needs.isolation() != Isolation.NONE;
                women |= who.sex == Sex.FEMALE;
                men |= who.sex == Sex.MALE;
            }
        }
        return isolated || women && men && vacant.hospital().rooms[room].sexPolicy() == SexPolicy.SAME_SEX;
    }

    /** First of the places that the plan to be kept does not need. */
    private void dropBeyondStaff(int service, int night, List<Integer> order, int[] needed) {
        int surplus = Math.max(0, fixed.load(service, night)) - fixed.capacity(service);
        for (int unit : order) {
            surplus += spare[unit * nights + night];
        }
        for (boolean all : new boolean[] {false, true}) {
            for (int unit : order) {
                int place = unit * nights + night;
                int left = all ? 0 : Math.max(0, needed[place]);
                int dropped = Math.clamp(surplus, 0, Math.max(0, spare[place] - left));
                spare[place] -= dropped;
                surplus -= dropped;
            }
        }
    }

    /** Of the beds that the service keeps for emergencies, those that none of the known ones may need; they go to who would have no bed else. */
    private void keepForEmergencies(int service, int night, List<Integer> order, int[] needed) {
        int kept = vacant.hospital().policy.points(PlacementRule.KEPT_FOR_EMERGENCIES) == 0
                ? 0
                : vacant.hospital().kept[service];
        if (kept > 0) {
            kept -= emergencies(service, night);
        }
        for (int unit : order) {
            int place = unit * nights + night;
            int dropped = Math.clamp(kept, 0, Math.max(0, spare[place] - Math.max(0, needed[place])));
            spare[place] -= dropped;
            kept -= dropped;
        }
    }

    /** How many from the emergency department wait for a bed of that night that the service may have. */
    private int emergencies(int service, int night) {
        Layout layout = vacant.layout();
        int count = 0;
        for (PlannedStay who : stays) {
            boolean waits = who.demand.origin() == RequestOrigin.EMERGENCY_DEPARTMENT
                    && who.promisedBed == Layout.NONE
                    && who.from <= night
                    && night < who.to;
            boolean fits = waits
                    && IntStream.range(layout.firstBedOfService(service), layout.endOfService(service))
                            .anyMatch(bed -> who.broken(bed) == 0);
            count += fits ? 1 : 0;
        }
        return count;
    }

    void addTo(StayPlanProblem.Builder builder) {
        for (int unit = 0; unit < units.size(); unit++) {
            int[] places = new int[nights];
            for (int night = 0; night < nights; night++) {
                places[night] = kept[unit * nights + night] + spare[unit * nights + night];
            }
            builder.room(places, units.get(unit).sameSex ? StayPlanProblem.HARD : 0);
        }
    }

    /** By unit: the price of a night, the dearest of its beds' as any of them may be given; NEVER where one excludes the patient. */
    int[] prices(PlannedStay stay, NightPrices prices) {
        int[] all = new int[units.size()];
        for (int unit = 0; unit < all.length; unit++) {
            Unit is = units.get(unit);
            int price = stay.isAlone() && !is.alone ? StayPlanProblem.NEVER : 0;
            for (int i = 0; i < is.beds.length && price != StayPlanProblem.NEVER; i++) {
                price = stay.broken(is.beds[i]) == 0
                        ? Math.max(price, prices.night(stay, is.beds[i]))
                        : StayPlanProblem.NEVER;
            }
            all[unit] = price;
        }
        return all;
    }
}
