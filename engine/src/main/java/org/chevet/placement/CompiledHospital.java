package org.chevet.placement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.chevet.hospital.Bed;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.PlacementPolicy;
import org.chevet.hospital.PlacementRule;
import org.chevet.hospital.Room;
import org.chevet.hospital.Service;
import org.chevet.occupancy.Layout;

/** What a hospital's file says of placement, compiled to arrays by the indexes of its layout: all that is the same whoever lies where. Nothing in it changes. */
final class CompiledHospital {
    /** A specialty that a service neither accepts nor shelters; one that it shelters is counted from FALLBACK on. */
    static final short STRANGE = Short.MAX_VALUE;

    static final short FALLBACK = 1_000;

    /** A specialty that the hospital has not; {@link Layout#NONE} where nobody named one. */
    static final int UNKNOWN_SPECIALTY = Integer.MAX_VALUE;

    private static final int[] NO_SERVICES = {};

    final Layout layout;
    final PlacementPolicy policy;

    /** By rule; 0 for those that are never broken. */
    final int[] weights;

    final Service[] services;
    final Room[] rooms;

    /** By service: beds kept for emergencies. */
    final int[] kept;

    final Map<String, Integer> specialtyNumbers;

    /** By specialty: those that have it for their own. */
    final int[][] servicesOfSpecialty;

    /** By specialty: these and those that shelter it. */
    private final int[][] servicesTaking;

    private final int[] allServices;
    private final short[] specialtyDistance;

    final Map<String, Integer> equipmentNumbers;

    /** How many words of {@link #equipment} each bed has, a bit for each kind. */
    final int equipmentWords;

    final long[] equipment;

    /** Beds that cost the same are proposed in the order of their ids, wherever they stand in the file. */
    final int[] rankOfBed;

    final int[] bedOfRank;

    CompiledHospital(Layout layout, Hospital hospital) {
        this.layout = layout;
        policy = hospital.placementPolicy();
        weights = Arrays.stream(PlacementRule.values()).mapToInt(policy::points).toArray();
        services = hospital.services().toArray(Service[]::new);
        List<Room> allRooms = new ArrayList<>();
        List<Bed> beds = new ArrayList<>();
        for (Service service : services) {
            for (Room room : service.rooms()) {
                allRooms.add(room);
                beds.addAll(room.beds());
            }
        }
        rooms = allRooms.toArray(Room[]::new);
        kept = Arrays.stream(services)
                .mapToInt(service -> policy.keptForEmergencies(service.id()))
                .toArray();
        specialtyNumbers = numbers(hospital.specialties());
        allServices = IntStream.range(0, services.length).toArray();
        specialtyDistance = specialtyDistance();
        servicesOfSpecialty = servicesWithin(FALLBACK);
        servicesTaking = servicesWithin(STRANGE);
        equipmentNumbers = numbers(hospital.equipment());
        equipmentWords = (equipmentNumbers.size() + Long.SIZE - 1) / Long.SIZE;
        equipment = equipment(beds);
        bedOfRank = IntStream.range(0, beds.size())
                .boxed()
                .sorted((one, other) ->
                        beds.get(one).id().compareTo(beds.get(other).id()))
                .mapToInt(Integer::intValue)
                .toArray();
        rankOfBed = new int[beds.size()];
        for (int rank = 0; rank < bedOfRank.length; rank++) {
            rankOfBed[bedOfRank[rank]] = rank;
        }
    }

    private static Map<String, Integer> numbers(Map<String, String> catalogue) {
        Map<String, Integer> numbers = new HashMap<>();
        for (String code : catalogue.keySet()) {
            numbers.put(code, numbers.size());
        }
        return numbers;
    }

    private short[] specialtyDistance() {
        short[] distance = new short[services.length * specialtyNumbers.size()];
        Arrays.fill(distance, STRANGE);
        for (int service = 0; service < services.length; service++) {
            near(distance, service, services[service].fallbackSpecialties(), FALLBACK);
            near(distance, service, services[service].specialties(), 0);
        }
        return distance;
    }

    private void near(short[] distance, int service, List<String> codes, int from) {
        for (int i = 0; i < codes.size(); i++) {
            Integer number = specialtyNumbers.get(codes.get(i));
            if (number != null) {
                distance[service * specialtyNumbers.size() + number] = (short) (from + i);
            }
        }
    }

    /** By specialty: those to which it is nearer than this. */
    private int[][] servicesWithin(short distance) {
        int[][] within = new int[specialtyNumbers.size()][];
        for (int specialty = 0; specialty < within.length; specialty++) {
            int number = specialty;
            within[specialty] = Arrays.stream(allServices)
                    .filter(service -> specialtyDistance(service, number) < distance)
                    .toArray();
        }
        return within;
    }

    private long[] equipment(List<Bed> beds) {
        long[] bits = new long[beds.size() * equipmentWords];
        for (int bed = 0; bed < beds.size(); bed++) {
            for (String code : beds.get(bed).equipment()) {
                Integer number = equipmentNumbers.get(code);
                if (number != null) {
                    bits[bed * equipmentWords + number / Long.SIZE] |= 1L << number;
                }
            }
        }
        return bits;
    }

    int beds() {
        return rankOfBed.length;
    }

    /** The number of the specialty that is needed. */
    int specialty(CareNeeds needs) {
        return needs.specialty() == null
                ? Layout.NONE
                : specialtyNumbers.getOrDefault(needs.specialty(), UNKNOWN_SPECIALTY);
    }

    /** Those that have a specialty for their own or shelter it; all where none is named. */
    int[] servicesTaking(int specialty) {
        return specialty == Layout.NONE
                ? allServices
                : specialty == UNKNOWN_SPECIALTY ? NO_SERVICES : servicesTaking[specialty];
    }

    short specialtyDistance(int service, int specialty) {
        return specialty == Layout.NONE
                ? 0
                : specialty == UNKNOWN_SPECIALTY
                        ? STRANGE
                        : specialtyDistance[service * specialtyNumbers.size() + specialty];
    }

    /** The rules by which a service excludes whoever has these needs from all of its beds, as a mask of their bits. */
    int brokenBy(int service, CareNeeds needs, int specialty) {
        Service is = services[service];
        Integer age = needs.ageYears();
        return (age != null && !is.ages().contains(age) ? PlacementRule.AGE.bit() : 0)
                | (is.sexPolicy().admits(needs.sex()) ? 0 : PlacementRule.SEX.bit())
                | (is.levelOfCare().compareTo(needs.levelOfCare()) < 0 ? PlacementRule.LEVEL_OF_CARE.bit() : 0)
                | (specialtyDistance(service, specialty) == STRANGE ? PlacementRule.SPECIALTY.bit() : 0);
    }
}
