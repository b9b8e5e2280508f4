package org.chevet.simulations.benchmark;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.chevet.event.BedEvent;
import org.chevet.event.Command;
import org.chevet.event.Origin;
import org.chevet.event.PatientClass;
import org.chevet.event.Recorded;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.AgeRange;
import org.chevet.hospital.Bed;
import org.chevet.hospital.BedId;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.HospitalId;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.IsolationAbility;
import org.chevet.hospital.LevelOfCare;
import org.chevet.hospital.Patient;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.Room;
import org.chevet.hospital.RoomId;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.Sex;
import org.chevet.hospital.SexPolicy;
import org.chevet.hospital.SingleRoom;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.Decision;
import org.chevet.occupancy.Occupancy;

/**
 * A hospital of any size, of services of 25 beds that differ in specialty and level of care, with double and single rooms. Nine beds of ten are
 * taken, half of them by somebody whose discharge is planned in the coming two days; 20 requests are open. The same seed gives the same.
 */
final class FilledHospital {
    static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");

    private static final long SEED = 1;
    private static final double FULL = 0.9;
    private static final int SPECIALTIES = 30;
    private static final int BEDS_PER_SERVICE = 25;
    private static final int REQUESTS = 20;
    private static final Origin ENGINE = new Origin.Engine();

    final Occupancy occupancy = new Occupancy();
    private final Random random = new Random(SEED);

    FilledHospital(int beds) {
        Hospital hospital = hospital(beds);
        run(new Command.DefineHospital(hospital));
        for (Service service : hospital.services()) {
            for (Room room : service.rooms()) {
                Sex sex = random.nextBoolean() ? Sex.FEMALE : Sex.MALE;
                for (Bed bed : room.beds()) {
                    if (random.nextDouble() < FULL) {
                        admit(service, bed, sex);
                    }
                }
            }
        }
        for (int i = 0; i < REQUESTS; i++) {
            run(new Command.RequestBed(
                    new RequestId("R" + i),
                    null,
                    null,
                    RequestOrigin.EMERGENCY_DEPARTMENT,
                    needs("s" + random.nextInt(SPECIALTIES), LevelOfCare.ACUTE, Sex.FEMALE),
                    1 + random.nextInt(5),
                    null,
                    null,
                    null));
        }
    }

    private void admit(Service service, Bed bed, Sex sex) {
        StayId stay = new StayId("V" + bed.id());
        CareNeeds needs = needs(service.specialties().getFirst(), service.levelOfCare(), sex);
        run(new Command.RegisterStay(
                stay, new Patient(null, null, null, sex, null), needs, PatientClass.INPATIENT, null));
        run(new Command.AdmitStay(stay, null, bed.id(), null, null));
        if (random.nextBoolean()) {
            run(new Command.PlanDischarge(stay, NOW.plus(Duration.ofHours(1 + random.nextInt(48)))));
        }
    }

    static CareNeeds needs(String specialty, LevelOfCare level, Sex sex) {
        return new CareNeeds(specialty, level, Isolation.NONE, sex, 60, List.of(), List.of(), SingleRoom.INDIFFERENT);
    }

    void run(Command command) {
        if (!(occupancy.decide(command, NOW) instanceof Decision.Accepted accepted)) {
            throw new IllegalStateException("a command was refused: " + command);
        }
        for (BedEvent event : accepted.events()) {
            long sequence = occupancy.sequence() + 1;
            occupancy.apply(new Recorded(sequence, sequence, NOW, ENGINE, event));
        }
    }

    private static Hospital hospital(int beds) {
        Map<String, String> specialties = new LinkedHashMap<>();
        for (int i = 0; i < SPECIALTIES; i++) {
            specialties.put("s" + i, "s" + i);
        }
        List<Service> services = new ArrayList<>();
        for (int i = 0; i < beds / BEDS_PER_SERVICE; i++) {
            services.add(service(i));
        }
        return new Hospital(
                new HospitalId("FILLED"), "Filled", ZoneId.of("Europe/Paris"), specialties, Map.of(), services);
    }

    private static Service service(int number) {
        String id = "S" + number;
        List<Room> rooms = new ArrayList<>();
        for (int beds = 0; beds < BEDS_PER_SERVICE; ) {
            int capacity = rooms.size() % 3 == 2 || beds == BEDS_PER_SERVICE - 1 ? 1 : 2;
            rooms.add(room(id + "-" + rooms.size(), capacity));
            beds += capacity;
        }
        return new Service(
                new ServiceId(id),
                id,
                null,
                null,
                List.of(specialty(number), specialty(number + 1)),
                number % 10 == 9 ? LevelOfCare.INTERMEDIATE : LevelOfCare.ACUTE,
                AgeRange.ALL,
                SexPolicy.MIXED,
                BEDS_PER_SERVICE,
                List.of(id),
                rooms,
                List.of(specialty(number + 2), specialty(number + 3)));
    }

    private static String specialty(int number) {
        return "s" + number % SPECIALTIES;
    }

    private static Room room(String id, int capacity) {
        List<Bed> beds = new ArrayList<>();
        for (int i = 0; i < capacity; i++) {
            beds.add(new Bed(new BedId(id + "-" + i), "" + i, false, List.of(), null));
        }
        return new Room(
                new RoomId(id),
                capacity,
                capacity == 1 ? SexPolicy.MIXED : SexPolicy.SAME_SEX,
                capacity == 1 ? IsolationAbility.SINGLE : IsolationAbility.NONE,
                beds);
    }
}
