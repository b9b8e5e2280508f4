package org.chevet.forecast;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.chevet.event.BedEvent;
import org.chevet.event.Ending;
import org.chevet.event.Location;
import org.chevet.event.Movement;
import org.chevet.event.MovementKind;
import org.chevet.event.Origin;
import org.chevet.event.PatientClass;
import org.chevet.event.Recorded;
import org.chevet.hospital.AgeRange;
import org.chevet.hospital.Bed;
import org.chevet.hospital.BedId;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.HospitalId;
import org.chevet.hospital.IsolationAbility;
import org.chevet.hospital.LevelOfCare;
import org.chevet.hospital.Patient;
import org.chevet.hospital.Room;
import org.chevet.hospital.RoomId;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.SexPolicy;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;

/**
 * The journal of an invented hospital: an emergency department that sends every other patient to medicine, surgery whose patients are announced three days
 * before, and a small unit that hardly anybody enters. Each hour everybody leaves with the same chance.
 */
final class SimulatedJournal {
    static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
    static final ServiceId EMERGENCY = new ServiceId("EMERGENCY");
    static final ServiceId MEDICINE = new ServiceId("MEDICINE");
    static final ServiceId SURGERY = new ServiceId("SURGERY");
    static final ServiceId SMALL = new ServiceId("SMALL");

    private static final double ARRIVALS_PER_HOUR = 1;
    private static final double EMERGENCY_CHANCE = 0.25;
    private static final double MEDICINE_CHANCE = 0.01;
    private static final double SURGERY_CHANCE = 0.02;
    private static final int ANNOUNCED_HOURS = 72;

    private static final class Present {
        private final StayId id;
        private final ServiceId service;

        Present(StayId id, ServiceId service) {
            this.id = id;
            this.service = service;
        }
    }

    private final SplittableRandom random;
    private final List<Recorded> events = new ArrayList<>();
    private final List<Present> present = new ArrayList<>();
    private final Map<Instant, List<StayId>> announced = new HashMap<>();
    private Instant now = START;
    private int stays;

    SimulatedJournal(long seed) {
        this(seed, Map.of());
    }

    SimulatedJournal(long seed, Map<ServiceId, String> poles) {
        random = new SplittableRandom(seed);
        add(new BedEvent.HospitalDefined(START, hospital(poles)));
    }

    List<Recorded> events() {
        return events;
    }

    Instant now() {
        return now;
    }

    static Hospital hospital() {
        return hospital(Map.of());
    }

    static Hospital hospital(Map<ServiceId, String> poles) {
        return new Hospital(
                new HospitalId("SIM"),
                "Simulé",
                ZoneId.of("Europe/Paris"),
                Map.of("urg", "Urgences", "med", "Médecine", "chir", "Chirurgie"),
                Map.of(),
                List.of(
                        service(EMERGENCY, "urg", 10, poles),
                        service(MEDICINE, "med", 60, poles),
                        service(SURGERY, "chir", 20, poles),
                        service(SMALL, "med", 5, poles)));
    }

    private static Service service(ServiceId id, String specialty, int beds, Map<ServiceId, String> poles) {
        List<Room> rooms = IntStream.range(0, beds)
                .mapToObj(i -> new Room(
                        new RoomId(id + "-" + i),
                        1,
                        SexPolicy.MIXED,
                        IsolationAbility.NONE,
                        List.of(new Bed(new BedId(id + "-" + i), "", false, List.of(), null))))
                .toList();
        return new Service(
                id,
                id.value(),
                null,
                null,
                List.of(specialty),
                LevelOfCare.ACUTE,
                AgeRange.ALL,
                SexPolicy.MIXED,
                beds,
                List.of(),
                rooms,
                List.of(),
                poles.get(id));
    }

    void live(int hours) {
        for (int i = 0; i < hours; i++) {
            hour();
        }
    }

    /** An hour in which nothing happens by itself. */
    void pass() {
        now = now.plus(Duration.ofHours(1));
    }

    private void hour() {
        pass();
        for (Present one : List.copyOf(present)) {
            if (random.nextDouble() < chance(one.service)) {
                present.remove(one);
                if (one.service.equals(EMERGENCY) && random.nextBoolean()) {
                    enter(one.id, MEDICINE, MovementKind.TRANSFER);
                } else {
                    move(one.id, MovementKind.DISCHARGE, null);
                }
            }
        }
        if (random.nextDouble() < ARRIVALS_PER_HOUR / 2) {
            enter(newStay(), EMERGENCY, MovementKind.ADMISSION);
            enter(newStay(), EMERGENCY, MovementKind.ADMISSION);
        }
        if (random.nextDouble() < 0.002) {
            enter(newStay(), SMALL, MovementKind.ADMISSION);
        }
        if (random.nextDouble() < 0.25) {
            announce(now.plus(Duration.ofHours(ANNOUNCED_HOURS)));
        }
        for (StayId expected : announced.getOrDefault(now, List.of())) {
            if (random.nextDouble() < 0.9) {
                enter(expected, SURGERY, MovementKind.ADMISSION);
            }
        }
    }

    private static double chance(ServiceId service) {
        return service.equals(EMERGENCY)
                ? EMERGENCY_CHANCE
                : service.equals(SURGERY) ? SURGERY_CHANCE : MEDICINE_CHANCE;
    }

    StayId newStay() {
        return new StayId("S" + stays++);
    }

    void announce(Instant expected) {
        add(new BedEvent.StayRegistered(
                now,
                newStay(),
                Patient.UNKNOWN,
                CareNeeds.UNSPECIFIED.withSpecialty("chir"),
                PatientClass.INPATIENT,
                expected,
                null));
    }

    void enter(StayId stay, ServiceId service, MovementKind kind) {
        present.add(new Present(stay, service));
        move(stay, kind, service);
    }

    String move(StayId stay, MovementKind kind, @Nullable ServiceId service) {
        return move(stay, kind, new Location(service, null), PatientClass.INPATIENT);
    }

    String move(StayId stay, MovementKind kind, Location to, PatientClass patientClass) {
        String number = "M" + events.size();
        add(new BedEvent.MovementRecorded(
                stay,
                new Movement(
                        number,
                        kind,
                        now,
                        to,
                        patientClass,
                        now,
                        kind == MovementKind.DISCHARGE ? Ending.DISCHARGED : null)));
        return number;
    }

    void add(BedEvent event) {
        long sequence = events.size() + 1;
        events.add(new Recorded(sequence, sequence, now, new Origin.Engine(), event));
        if (event instanceof BedEvent.StayRegistered registered && registered.expectedArrival() != null) {
            announced
                    .computeIfAbsent(registered.expectedArrival(), at -> new ArrayList<>())
                    .add(registered.stay());
        }
    }

    /** Whoever is in a service. */
    List<StayId> in(ServiceId service) {
        return present.stream()
                .filter(one -> one.service.equals(service))
                .map(one -> one.id)
                .toList();
    }
}
