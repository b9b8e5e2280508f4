package org.chevet.tension;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.chevet.event.BedEvent;
import org.chevet.event.Command;
import org.chevet.event.Ending;
import org.chevet.event.Origin;
import org.chevet.event.PatientClass;
import org.chevet.event.Recorded;
import org.chevet.event.RequestOrigin;
import org.chevet.event.Role;
import org.chevet.hospital.AgeRange;
import org.chevet.hospital.Bed;
import org.chevet.hospital.BedId;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.HospitalId;
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
import org.chevet.hospital.StayId;
import org.chevet.hospital.TensionPolicy;
import org.chevet.occupancy.Decision;
import org.chevet.occupancy.Occupancy;

/**
 * A history told in a few lines, and the book kept of it. MED has the beds M1 and M2 in one room of one sex, CHIR the beds C1 and C2 and the
 * surge bed C3; all are staffed.
 */
final class Told {
    static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    static final ServiceId MED = new ServiceId("MED");
    static final ServiceId CHIR = new ServiceId("CHIR");

    final Occupancy occupancy = new Occupancy();
    final IndicatorBook book = new IndicatorBook();
    final List<Recorded> journal = new ArrayList<>();
    private Instant now;

    Told(String firstDay) {
        now = time(firstDay);
        run(new Command.DefineHospital(hospital()));
    }

    static Hospital hospital() {
        return new Hospital(
                new HospitalId("H"),
                "Hôpital",
                PARIS,
                Map.of("med", "Médecine", "chir", "Chirurgie"),
                Map.of(),
                List.of(
                        service("MED", "med", room("M", SexPolicy.SAME_SEX, bed("M1", false), bed("M2", false)), 2),
                        service(
                                "CHIR",
                                "chir",
                                room("C", SexPolicy.MIXED, bed("C1", false), bed("C2", false), bed("C3", true)),
                                2)));
    }

    private static Service service(String id, String specialty, Room room, int staffed) {
        return new Service(
                new ServiceId(id),
                id,
                null,
                null,
                List.of(specialty),
                LevelOfCare.ACUTE,
                AgeRange.ALL,
                SexPolicy.MIXED,
                staffed,
                List.of(),
                List.of(room));
    }

    private static Room room(String id, SexPolicy policy, Bed... beds) {
        return new Room(new RoomId(id), 2, policy, IsolationAbility.NONE, List.of(beds));
    }

    private static Bed bed(String id, boolean surge) {
        return new Bed(new BedId(id), id, surge, List.of(), null);
    }

    /** On the hospital's wall: "2026-03-02T08:00". */
    static Instant time(String local) {
        return LocalDateTime.parse(local).atZone(PARIS).toInstant();
    }

    Told at(String local) {
        now = time(local);
        return this;
    }

    Told at(Instant time) {
        now = time;
        return this;
    }

    Told run(Command command) {
        Decision decision = occupancy.decide(command, now);
        assertThat(decision).as("%s", command).isInstanceOf(Decision.Accepted.class);
        long act = occupancy.sequence() + 1;
        List<Recorded> batch = new ArrayList<>();
        for (BedEvent event : ((Decision.Accepted) decision).events()) {
            Recorded recorded = new Recorded(occupancy.sequence() + 1, act, now, origin(command), event);
            occupancy.apply(recorded);
            batch.add(recorded);
        }
        journal.addAll(batch);
        book.apply(batch, occupancy.view());
        return this;
    }

    /** The hospital's file has other thresholds from now on. */
    Told thresholds(TensionPolicy.Thresholds thresholds) {
        Hospital was = hospital();
        TensionPolicy usual = TensionPolicy.DEFAULT;
        return run(new Command.DefineHospital(new Hospital(
                was.id(),
                was.name(),
                was.zone(),
                was.specialties(),
                was.equipment(),
                was.services(),
                null,
                new TensionPolicy(
                        thresholds,
                        List.of(),
                        usual.dwellMinutes(),
                        usual.marginPoints(),
                        usual.noBedPercent(),
                        usual.alertsMax(),
                        usual.cards()))));
    }

    /** The code of the rule that refuses it. */
    String refused(Command command) {
        Decision decision = occupancy.decide(command, now);
        assertThat(decision).as("%s", command).isInstanceOf(Decision.Refused.class);
        return ((Decision.Refused) decision).rule().name();
    }

    private static Origin origin(Command command) {
        return switch (command) {
            case Command.Act a -> new Origin.Person("Jeanne Roux", Role.BED_MANAGER);
            case Command.Fact f -> new Origin.Feed("adt", "1");
            case Command.Upkeep u -> new Origin.Engine();
        };
    }

    Told register(String stay, PatientClass patientClass, String specialty) {
        CareNeeds needs = CareNeeds.UNSPECIFIED.withSpecialty(specialty);
        Patient patient = new Patient("ipp-" + stay, "NOM", "Prénom", Sex.FEMALE, null);
        return run(new Command.RegisterStay(new StayId(stay), patient, needs, patientClass, null));
    }

    /** An inpatient of MED's specialty. */
    Told admit(String stay, String bed) {
        return register(stay, PatientClass.INPATIENT, "med")
                .run(new Command.AdmitStay(new StayId(stay), null, new BedId(bed), null, null));
    }

    Told admitWithoutBed(String stay, String service) {
        return register(stay, PatientClass.INPATIENT, "med")
                .run(new Command.AdmitStay(new StayId(stay), new ServiceId(service), null, null, null));
    }

    Told transfer(String stay, String bed) {
        return run(new Command.TransferStay(new StayId(stay), null, new BedId(bed), null, null));
    }

    Told discharge(String stay) {
        return run(new Command.DischargeStay(new StayId(stay), Ending.DISCHARGED, null));
    }

    Told clean(String bed, String from, String to) {
        at(from).run(new Command.StartCleaning(new BedId(bed)));
        return at(to).run(new Command.FinishCleaning(new BedId(bed)));
    }

    Told request(String request, RequestOrigin origin) {
        return run(new Command.RequestBed(
                new RequestId(request), null, null, origin, CareNeeds.UNSPECIFIED, 3, null, null, null));
    }

    Told reserve(String request, String bed, String until) {
        return run(new Command.ReserveBed(new RequestId(request), new BedId(bed), time(until)));
    }

    Told admitFor(String request, String stay, String bed) {
        return register(stay, PatientClass.INPATIENT, "med")
                .run(new Command.AdmitStay(new StayId(stay), null, new BedId(bed), null, new RequestId(request)));
    }

    Indicators read(String local, int days) {
        return Objects.requireNonNull(IndicatorReader.read(book, time(local), days), "the hospital is defined");
    }
}
