package org.chevet.simulations.scenario;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chevet.hospital.AgeRange;
import org.chevet.hospital.Bed;
import org.chevet.hospital.BedId;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.HospitalId;
import org.chevet.hospital.IsolationAbility;
import org.chevet.hospital.LevelOfCare;
import org.chevet.hospital.Room;
import org.chevet.hospital.RoomId;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.SexPolicy;

/** A hospital from a few numbers for each service: single rooms fit for isolation, the others double and of one sex at a time. */
public final class DescribedHospital {
    private DescribedHospital() {}

    /**
     * One service, whose specialty has its name.
     *
     * @param beds surge beds left out
     * @param singleRooms of these beds
     * @param surgeBeds in rooms of their own
     * @param shelters services whose patients it may take in, the nearest first
     * @param equipment how many of its beds have it, by code
     */
    public record Ward(
            String id,
            LevelOfCare level,
            int beds,
            int singleRooms,
            int surgeBeds,
            List<String> shelters,
            Map<String, Integer> equipment) {
        /** Without equipment. */
        public Ward(String id, LevelOfCare level, int beds, int singleRooms, int surgeBeds, List<String> shelters) {
            this(id, level, beds, singleRooms, surgeBeds, shelters, Map.of());
        }
    }

    public static Hospital of(String id, List<Ward> wards) {
        Map<String, String> specialties = new LinkedHashMap<>();
        Map<String, String> equipment = new LinkedHashMap<>();
        for (Ward ward : wards) {
            specialties.put(ward.id(), ward.id());
            ward.equipment().keySet().forEach(code -> equipment.put(code, code));
        }
        return new Hospital(
                new HospitalId(id),
                id,
                ZoneId.of("Europe/Paris"),
                specialties,
                equipment,
                wards.stream().map(DescribedHospital::service).toList());
    }

    private static Service service(Ward ward) {
        List<Room> rooms = new ArrayList<>();
        int beds = 0;
        while (beds < ward.beds()) {
            int capacity = beds < ward.singleRooms() || beds == ward.beds() - 1 ? 1 : 2;
            rooms.add(room(ward, rooms.size() + 1, capacity, beds));
            beds += capacity;
        }
        for (int surge = 0; surge < ward.surgeBeds(); surge++) {
            rooms.add(room(ward, rooms.size() + 1, 1, ward.beds() + surge));
        }
        return new Service(
                new ServiceId(ward.id()),
                ward.id(),
                null,
                null,
                List.of(ward.id()),
                ward.level(),
                AgeRange.ALL,
                SexPolicy.MIXED,
                ward.beds(),
                List.of(),
                rooms,
                ward.shelters());
    }

    /** @param before beds that the ward has already; those beyond its own are surge beds */
    private static Room room(Ward ward, int number, int capacity, int before) {
        String id = ward.id() + "-" + number;
        List<Bed> beds = new ArrayList<>();
        for (int bed = 1; bed <= capacity; bed++) {
            int place = before + bed;
            List<String> equipment = ward.equipment().entrySet().stream()
                    .filter(code -> place <= code.getValue())
                    .map(Map.Entry::getKey)
                    .toList();
            beds.add(new Bed(new BedId(id + "-" + bed), Integer.toString(bed), place > ward.beds(), equipment, null));
        }
        return new Room(
                new RoomId(id),
                capacity,
                capacity == 1 ? SexPolicy.MIXED : SexPolicy.SAME_SEX,
                capacity == 1 ? IsolationAbility.SINGLE : IsolationAbility.NONE,
                beds);
    }
}
