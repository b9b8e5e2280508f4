package org.chevet.runtime;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.chevet.event.BlockReason;
import org.chevet.event.Command;
import org.chevet.event.Origin;
import org.chevet.event.PatientClass;
import org.chevet.event.RequestOrigin;
import org.chevet.event.Role;
import org.chevet.event.StatedBedStatus;
import org.chevet.event.StatedPapers;
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

/** One service of single rooms, and what is asked of it. */
final class SmallHospital {
    static final HospitalId ID = new HospitalId("small");
    static final Instant START = Instant.parse("2026-03-28T08:00:00Z");
    static final Origin.Person CLAIRE = new Origin.Person("Claire Aubert", Role.BED_MANAGER);
    static final String FAMILY_NAME = "ZUCCHERO";

    private static final int BEDS = 10;

    private SmallHospital() {}

    static Hospital hospital() {
        return hospital(ID);
    }

    static Hospital hospital(HospitalId id) {
        List<Room> rooms = IntStream.rangeClosed(1, BEDS)
                .mapToObj(number -> new Room(
                        new RoomId("R" + number),
                        1,
                        SexPolicy.MIXED,
                        IsolationAbility.NONE,
                        List.of(new Bed(new BedId("B" + number), "", false, List.of(), null))))
                .toList();
        Service service = new Service(
                new ServiceId("MED"),
                "Médecine",
                null,
                null,
                List.of("MED"),
                LevelOfCare.ACUTE,
                AgeRange.ALL,
                SexPolicy.MIXED,
                BEDS,
                List.of(),
                rooms);
        return new Hospital(
                id, "Small", ZoneId.of("Europe/Paris"), Map.of("MED", "Médecine"), Map.of(), List.of(service));
    }

    static Origin.Feed message(String number) {
        return new Origin.Feed("adt", number);
    }

    static Command.RegisterStay register(String stay) {
        return new Command.RegisterStay(
                new StayId(stay), patient(), CareNeeds.UNSPECIFIED, PatientClass.INPATIENT, null);
    }

    static Command.AdmitStay admit(String stay, String bed) {
        return new Command.AdmitStay(new StayId(stay), null, new BedId(bed), null, null);
    }

    static Command.BlockBed block(String bed) {
        return new Command.BlockBed(new BedId(bed), BlockReason.MAINTENANCE, null, null);
    }

    static Command.UnblockBed unblock(String bed) {
        return new Command.UnblockBed(new BedId(bed));
    }

    static Command.RequestBed requestBed(String request) {
        return new Command.RequestBed(
                new RequestId(request), null, null, RequestOrigin.ELECTIVE, CareNeeds.UNSPECIFIED, 3, null, null, null);
    }

    static Command.ReserveBed reserve(String request, String bed, Instant until) {
        return new Command.ReserveBed(new RequestId(request), new BedId(bed), until);
    }

    static Command.ReportStay reportStay(String stay) {
        return new Command.ReportStay(new StayId(stay), StatedPapers.ofPatient(patient()), START);
    }

    static Command.ReportBedStatus reportClosed(String bed, boolean closed) {
        return new Command.ReportBedStatus(
                new BedId(bed), closed ? StatedBedStatus.CLOSED : StatedBedStatus.UNOCCUPIED, START);
    }

    /** A fact that no decoder makes: deciding it fails, as a bug would. */
    @SuppressWarnings({"NullAway", "DataFlowIssue"})
    static Command.Fact poison() {
        return new Command.ReportMerge(null, null, START);
    }

    private static Patient patient() {
        return new Patient("8012", FAMILY_NAME, "Anna", Sex.FEMALE, null);
    }
}
