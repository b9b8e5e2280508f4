package org.chevet.placement;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.chevet.event.BlockReason;
import org.chevet.event.Command;
import org.chevet.event.Ending;
import org.chevet.event.Location;
import org.chevet.event.Movement;
import org.chevet.event.MovementKind;
import org.chevet.event.PatientClass;
import org.chevet.event.RefusalReason;
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
import org.chevet.hospital.PlacementPolicy;
import org.chevet.hospital.PlacementRule;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.Room;
import org.chevet.hospital.RoomId;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.Sex;
import org.chevet.hospital.SexPolicy;
import org.chevet.hospital.SingleRoom;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;

/** Hospitals of any shape, and what befalls them. The same seed gives the same. */
final class RandomHospital {
    private static final List<String> SPECIALTIES = List.of("s0", "s1", "s2", "s3");
    private static final List<String> EQUIPMENT = List.of("e0", "e1");

    private final Random random;
    private final Instant now = Instant.parse("2026-03-02T12:00:00Z");

    /** Of beds held for later, so that the hospitals of known seeds differ in nothing else. */
    private final Random later;

    /** Of what services answer, for the same reason. */
    private final Random answers;

    /** Of intensive care, null where there is none: the hospitals of known seeds have none. */
    private final @Nullable Random intensive;

    RandomHospital(long seed) {
        this(seed, null);
    }

    /** The hospital of that seed in which some services, and what some patients need, are of intensive care. */
    static RandomHospital withIntensiveCare(long seed) {
        return new RandomHospital(seed, new Random(31 * seed));
    }

    private RandomHospital(long seed, @Nullable Random intensive) {
        this.intensive = intensive;
        random = new Random(seed);
        later = new Random(~seed);
        answers = new Random(seed ^ Long.MAX_VALUE);
    }

    Hospital hospital() {
        List<Service> services = new ArrayList<>();
        int count = 2 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            services.add(service("S" + i));
        }
        List<PlacementPolicy.Weight> weights = new ArrayList<>();
        for (PlacementRule rule : PlacementRule.preferences()) {
            if (random.nextInt(3) == 0) {
                weights.add(new PlacementPolicy.Weight(rule, random.nextInt(60)));
            }
        }
        PlacementPolicy policy = new PlacementPolicy(
                weights,
                List.of(new PlacementPolicy.KeptBeds(new ServiceId("S0"), random.nextInt(3))),
                15 * random.nextInt(5),
                random.nextInt(2));
        return new Hospital(
                new HospitalId("RANDOM"),
                "Random",
                ZoneId.of("Europe/Paris"),
                catalogue(SPECIALTIES),
                catalogue(EQUIPMENT),
                services,
                policy,
                null);
    }

    private static Map<String, String> catalogue(List<String> codes) {
        Map<String, String> catalogue = new LinkedHashMap<>();
        codes.forEach(code -> catalogue.put(code, code));
        return catalogue;
    }

    private Service service(String id) {
        List<String> specialties = new ArrayList<>(SPECIALTIES);
        Collections.shuffle(specialties, random);
        List<Room> rooms = new ArrayList<>();
        int count = 1 + random.nextInt(5);
        int beds = 0;
        for (int i = 0; i < count; i++) {
            Room room = room(id + "-" + i);
            rooms.add(room);
            beds += room.beds().size();
        }
        AgeRange ages = random.nextInt(5) == 0 ? new AgeRange(0, 17) : AgeRange.ALL;
        LevelOfCare level = level(3);
        SexPolicy policy = random.nextInt(8) == 0 ? SexPolicy.WOMEN : SexPolicy.MIXED;
        int staffed = random.nextInt(3) == 0 ? random.nextInt(beds + 1) : beds;
        return new Service(
                new ServiceId(id),
                id,
                null,
                null,
                specialties.subList(0, 2),
                level,
                ages,
                policy,
                staffed,
                List.of(id),
                rooms,
                specialties.subList(2, 2 + random.nextInt(3)));
    }

    private Room room(String id) {
        int capacity = 1 + random.nextInt(3);
        List<Bed> beds = new ArrayList<>();
        int count = capacity + (random.nextInt(6) == 0 ? 1 : 0);
        for (int i = 0; i < count; i++) {
            List<String> equipment =
                    EQUIPMENT.stream().filter(code -> random.nextBoolean()).toList();
            beds.add(new Bed(new BedId(id + "-" + i), "" + i, i >= capacity, equipment, null));
        }
        IsolationAbility[] abilities = IsolationAbility.values();
        SexPolicy policy = random.nextInt(3) == 0 ? SexPolicy.MIXED : SexPolicy.SAME_SEX;
        return new Room(new RoomId(id), capacity, policy, abilities[random.nextInt(abilities.length)], beds);
    }

    private static List<BedId> beds(Hospital hospital) {
        return hospital.services().stream()
                .flatMap(service -> service.rooms().stream())
                .flatMap(room -> room.beds().stream())
                .map(Bed::id)
                .toList();
    }

    /** Some are refused. */
    List<Command> commands(Hospital hospital) {
        List<Command> commands = new ArrayList<>();
        List<BedId> beds = beds(hospital);
        for (BedId bed : beds) {
            befall(commands, bed, new StayId("V-" + bed));
        }
        for (int i = 0; i < 8; i++) {
            RequestId request = new RequestId("R" + i);
            BedId bed = beds.get(random.nextInt(beds.size()));
            commands.add(new Command.RequestBed(
                    request,
                    random.nextInt(3) == 0 ? new StayId("V-" + bed) : null,
                    maybe(hospital.services()
                            .get(random.nextInt(hospital.services().size()))
                            .id()),
                    RequestOrigin.values()[random.nextInt(RequestOrigin.values().length)],
                    needs(),
                    1 + random.nextInt(5),
                    maybe(now.plus(Duration.ofHours(random.nextInt(48)))),
                    maybe(Duration.ofHours(random.nextInt(100))),
                    null));
            commands.add(new Command.ReserveBed(
                    request,
                    beds.get(random.nextInt(beds.size())),
                    later.nextBoolean() ? now.plus(Duration.ofHours(1 + later.nextInt(20))) : null,
                    now.plus(Duration.ofHours(24)),
                    null));
            answer(commands, request, beds.get(answers.nextInt(beds.size())), hospital);
        }
        return commands;
    }

    /** Some services refuse the patient, or a bed, and some propose another bed afterwards. */
    private void answer(List<Command> commands, RequestId request, BedId bed, Hospital hospital) {
        Service service =
                hospital.services().get(answers.nextInt(hospital.services().size()));
        switch (answers.nextInt(6)) {
            case 0 -> commands.add(refusal(request, null, bed));
            case 1 -> commands.add(refusal(request, service.id(), null));
            case 2 -> {
                commands.add(refusal(request, service.id(), null));
                commands.add(refusal(request, null, bed));
                commands.add(new Command.CounterProposeBed(
                        request, service.rooms().getFirst().beds().getFirst().id(), null, null));
            }
            default -> {}
        }
    }

    private Command refusal(RequestId request, @Nullable ServiceId service, @Nullable BedId bed) {
        RefusalReason[] reasons = RefusalReason.values();
        return new Command.RefuseBedRequest(request, service, bed, reasons[answers.nextInt(reasons.length)], "of this");
    }

    private void befall(List<Command> commands, BedId bed, StayId stay) {
        if (random.nextInt(5) < 3) {
            LocalDate birth = LocalDate.of(2026, 1, 1).minusDays(random.nextInt(30_000));
            Patient patient = new Patient(null, null, null, sex(), maybe(birth));
            commands.add(new Command.RegisterStay(stay, patient, needs(), PatientClass.INPATIENT, null));
            commands.add(new Command.AdmitStay(stay, null, bed, null, null));
            if (random.nextBoolean()) {
                commands.add(new Command.PlanDischarge(stay, now.plus(Duration.ofHours(1 + random.nextInt(50)))));
            }
            if (random.nextInt(6) == 0) {
                commands.add(new Command.DischargeStay(stay, Ending.DISCHARGED, null));
                if (random.nextBoolean()) {
                    commands.add(new Command.StartCleaning(bed));
                }
            }
        }
        switch (random.nextInt(10)) {
            case 0 ->
                commands.add(new Command.BlockBed(
                        bed, BlockReason.MAINTENANCE, null, maybe(now.plus(Duration.ofHours(1 + random.nextInt(50))))));
            case 1 -> commands.add(new Command.CloseBed(bed));
            case 2 -> commands.add(new Command.OpenBed(bed));
            default -> {}
        }
    }

    /** Patients who are to come in the next two weeks. */
    List<Command> elective() {
        List<Command> commands = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            StayId stay = new StayId("E" + i);
            Patient patient = new Patient(null, null, null, sex(), maybe(LocalDate.of(1970, 1, 1)));
            Instant arrives = now.plus(Duration.ofHours(3 + random.nextInt(340)));
            commands.add(new Command.RegisterStay(stay, patient, needs(), PatientClass.INPATIENT, arrives));
            commands.add(new Command.ReportDischargePlan(
                    stay, maybe(arrives.plus(Duration.ofHours(1 + random.nextInt(200)))), now));
        }
        return commands;
    }

    /** What seldom befalls those who are here, and some who are here in no bed, or in one that is taken. */
    List<Command> rare(Hospital hospital) {
        List<Command> commands = new ArrayList<>();
        List<BedId> beds = beds(hospital);
        for (int i = 0; i < 10; i++) {
            BedId bed = beds.get(random.nextInt(beds.size()));
            Service service =
                    hospital.services().get(random.nextInt(hospital.services().size()));
            befallRarely(commands, new StayId("V-" + bed), bed, service.id(), new StayId("N" + i));
        }
        return commands;
    }

    private void befallRarely(List<Command> commands, StayId there, BedId bed, ServiceId service, StayId other) {
        Instant leaves = now.plus(Duration.ofHours(random.nextInt(300)));
        switch (random.nextInt(8)) {
            case 0 -> commands.add(new Command.StartLeave(there, null));
            case 1 ->
                commands.add(new Command.AskInterhospitalTransfer(
                        there, new HospitalId("OTHER"), null, null, 3, null, null));
            case 2 -> {
                Location location = new Location(null, bed);
                commands.add(new Command.ReportMovement(
                        other,
                        new Movement("1", MovementKind.ADMISSION, now, location, PatientClass.INPATIENT, now, null),
                        null));
                commands.add(new Command.PlanDischarge(other, leaves));
            }
            case 3 -> {
                PatientClass[] classes = PatientClass.values();
                commands.add(new Command.RegisterStay(
                        other,
                        new Patient(null, null, null, sex(), null),
                        needs(),
                        classes[random.nextInt(classes.length)],
                        null));
                commands.add(new Command.AdmitStay(other, service, null, null, null));
                commands.add(new Command.PlanDischarge(other, maybe(leaves)));
            }
            case 4 -> {
                Instant needed = now.plus(Duration.ofHours(random.nextInt(400)));
                Duration length = maybe(Duration.ofHours(random.nextInt(200)));
                for (int i = 0; i <= random.nextInt(2); i++) {
                    RequestId request = new RequestId(other + "-" + i);
                    commands.add(new Command.RequestBed(
                            request,
                            there,
                            maybe(service),
                            RequestOrigin.INTERNAL,
                            needs(),
                            1 + random.nextInt(5),
                            needed,
                            length,
                            null));
                    commands.add(new Command.ReserveBed(request, bed, now.plus(Duration.ofHours(48))));
                }
            }
            case 5 ->
                commands.add(new Command.RegisterStay(
                        other,
                        new Patient(null, null, null, sex(), null),
                        needs(),
                        PatientClass.INPATIENT,
                        now.plus(Duration.ofHours(random.nextInt(4)))));
            default -> commands.add(new Command.PlanDischarge(there, leaves));
        }
    }

    /** What persons change of all that, and once or twice the hospital's file. */
    List<Command> changes(Hospital hospital) {
        List<Command> commands = new ArrayList<>();
        List<BedId> beds = beds(hospital);
        for (int i = 0; i < 30; i++) {
            BedId bed = beds.get(random.nextInt(beds.size()));
            BedId other = beds.get(random.nextInt(beds.size()));
            Service service =
                    hospital.services().get(random.nextInt(hospital.services().size()));
            commands.add(change(new StayId("V-" + bed), other, service, hospital));
        }
        return commands;
    }

    private Command change(StayId stay, BedId bed, Service service, Hospital hospital) {
        return switch (random.nextInt(12)) {
            case 0, 1 -> new Command.SetStaffedCapacity(service.id(), random.nextInt(9));
            case 2, 3, 4 -> new Command.UpdatePatient(stay, new Patient(null, null, null, sex(), null));
            case 5 -> new Command.CancelBedRequest(new RequestId("R" + random.nextInt(8)), null);
            case 6, 7 -> new Command.ReleaseReservation(bed);
            case 8, 9 -> new Command.TransferStay(stay, null, bed, null, null);
            case 10 -> new Command.MergeStays(stay, new StayId("V-" + bed));
            default -> new Command.DefineHospital(shuffled(hospital, random));
        };
    }

    private <T> @Nullable T maybe(T value) {
        return random.nextBoolean() ? value : null;
    }

    private Sex sex() {
        return Sex.values()[random.nextInt(3)];
    }

    private CareNeeds needs() {
        Isolation isolation =
                random.nextInt(3) == 0 ? Isolation.values()[random.nextInt(Isolation.values().length)] : Isolation.NONE;
        return new CareNeeds(
                maybe(SPECIALTIES.get(random.nextInt(SPECIALTIES.size()))),
                level(5),
                isolation,
                sex(),
                maybe(random.nextInt(100)),
                random.nextInt(4) == 0 ? List.of("e0") : List.of(),
                random.nextInt(4) == 0 ? List.of("e1") : List.of(),
                SingleRoom.values()[random.nextInt(5) == 0 ? random.nextInt(3) : 0],
                isolation == Isolation.NONE ? null : maybe("BMR"));
    }

    private LevelOfCare level(int intermediateOneIn) {
        LevelOfCare level = random.nextInt(intermediateOneIn) == 0 ? LevelOfCare.INTERMEDIATE : LevelOfCare.ACUTE;
        return intensive != null && intensive.nextInt(4) == 0 ? LevelOfCare.INTENSIVE : level;
    }

    /** The same with its services and rooms in another order. */
    static Hospital shuffled(Hospital was, Random random) {
        List<Service> services = new ArrayList<>();
        for (Service service : was.services()) {
            List<Room> rooms = new ArrayList<>(service.rooms());
            Collections.shuffle(rooms, random);
            services.add(with(service, rooms));
        }
        Collections.shuffle(services, random);
        return with(was, services);
    }

    static Hospital with(Hospital was, List<Service> services) {
        return new Hospital(
                was.id(),
                was.name(),
                was.zone(),
                was.specialties(),
                was.equipment(),
                services,
                was.placement(),
                was.tension());
    }

    static Service with(Service was, List<Room> rooms) {
        return new Service(
                was.id(),
                was.name(),
                was.site(),
                was.floor(),
                was.specialties(),
                was.levelOfCare(),
                was.ages(),
                was.sexPolicy(),
                was.staffedBeds(),
                was.hl7Codes(),
                rooms,
                was.fallbackSpecialties());
    }
}
