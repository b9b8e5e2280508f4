package org.chevet.occupancy;

import java.time.Instant;
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

/** Three services and eleven beds: small enough that random traffic collides all the time. */
final class SmallHospital {
    static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private SmallHospital() {}

    static Hospital hospital() {
        return new Hospital(
                new HospitalId("SMALL"),
                "Petit hôpital",
                ZoneId.of("Europe/Paris"),
                Map.of("cardio", "Cardiologie", "ped", "Pédiatrie", "rea", "Réanimation"),
                Map.of("o2", "Oxygène"),
                List.of(
                        service(
                                "CARDIO",
                                AgeRange.ALL,
                                4,
                                List.of(
                                        room("101", SexPolicy.SAME_SEX, bed("101P", false), bed("101F", false)),
                                        room("102", SexPolicy.SAME_SEX, bed("102P", false), bed("102F", false)),
                                        room("103", SexPolicy.MIXED, bed("103", false)),
                                        room("104", SexPolicy.MIXED, bed("104S", true)))),
                        service(
                                "PED",
                                new AgeRange(0, 17),
                                2,
                                List.of(room("201", SexPolicy.MIXED, bed("201P", false), bed("201F", false)))),
                        service(
                                "REA",
                                AgeRange.ALL,
                                2,
                                List.of(
                                        room("301", SexPolicy.MIXED, bed("301", false)),
                                        room("302", SexPolicy.MIXED, bed("302", false)),
                                        room("303", SexPolicy.MIXED, bed("303", false))))));
    }

    /** The same, with room 102 gone and a room 105 built. */
    static Hospital rebuilt() {
        Hospital was = hospital();
        Service cardio = was.services().getFirst();
        List<Room> rooms = new ArrayList<>(cardio.rooms());
        rooms.removeIf(room -> room.id().value().equals("102"));
        rooms.add(room("105", SexPolicy.SAME_SEX, bed("105", false)));
        List<Service> services = new ArrayList<>(was.services());
        services.set(0, service("CARDIO", cardio.ages(), 5, rooms));
        return new Hospital(was.id(), was.name(), was.zone(), was.specialties(), was.equipment(), services);
    }

    private static Service service(String id, AgeRange ages, int staffed, List<Room> rooms) {
        return new Service(
                new ServiceId(id),
                id,
                null,
                null,
                List.of(id.toLowerCase(java.util.Locale.ROOT)),
                LevelOfCare.ACUTE,
                ages,
                SexPolicy.MIXED,
                staffed,
                List.of(id),
                rooms);
    }

    private static Room room(String id, SexPolicy policy, Bed... beds) {
        return new Room(new RoomId(id), beds.length, policy, IsolationAbility.NONE, List.of(beds));
    }

    private static Bed bed(String id, boolean surge) {
        return new Bed(new BedId(id), id.substring(3), surge, List.of(), new PointOfCare("U", id.substring(0, 3), id));
    }
}
