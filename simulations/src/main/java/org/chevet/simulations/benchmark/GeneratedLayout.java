package org.chevet.simulations.benchmark;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.chevet.hospital.AgeRange;
import org.chevet.hospital.Bed;
import org.chevet.hospital.BedId;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.HospitalId;
import org.chevet.hospital.IsolationAbility;
import org.chevet.hospital.LevelOfCare;
import org.chevet.hospital.PointOfCare;
import org.chevet.hospital.Room;
import org.chevet.hospital.RoomId;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.SexPolicy;

/** A hospital of any size, of services of 40 beds in double rooms. */
final class GeneratedLayout {
    private static final int ROOMS_PER_SERVICE = 20;
    private static final int BEDS_PER_ROOM = 2;
    private static final String SPECIALTY = "medecine";

    private GeneratedLayout() {}

    static Hospital ofBeds(int beds) {
        List<Service> services = new ArrayList<>();
        for (int i = 0; i < beds / (ROOMS_PER_SERVICE * BEDS_PER_ROOM); i++) {
            services.add(service("S" + i));
        }
        return new Hospital(
                new HospitalId("GENERATED"),
                "Generated",
                ZoneId.of("Europe/Paris"),
                Map.of(SPECIALTY, "Médecine"),
                Map.of(),
                services);
    }

    private static Service service(String id) {
        List<Room> rooms = new ArrayList<>();
        for (int i = 0; i < ROOMS_PER_SERVICE; i++) {
            String room = id + "-" + i;
            rooms.add(new Room(
                    new RoomId(room),
                    BEDS_PER_ROOM,
                    SexPolicy.SAME_SEX,
                    IsolationAbility.NONE,
                    List.of(bed(id, room, "P"), bed(id, room, "F"))));
        }
        return new Service(
                new ServiceId(id),
                id,
                null,
                null,
                List.of(SPECIALTY),
                LevelOfCare.ACUTE,
                AgeRange.ALL,
                SexPolicy.MIXED,
                ROOMS_PER_SERVICE * BEDS_PER_ROOM,
                List.of(id),
                rooms);
    }

    private static Bed bed(String service, String room, String label) {
        return new Bed(new BedId(room + label), label, false, List.of(), new PointOfCare(service, room, label));
    }
}
