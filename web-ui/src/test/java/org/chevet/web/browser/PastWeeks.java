package org.chevet.web.browser;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.chevet.event.Command;
import org.chevet.event.Ending;
import org.chevet.event.Location;
import org.chevet.event.Movement;
import org.chevet.event.MovementKind;
import org.chevet.event.Origin;
import org.chevet.event.PatientClass;
import org.chevet.event.Recorded;
import org.chevet.event.Role;
import org.chevet.hospital.BedId;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.Patient;
import org.chevet.hospital.StayId;
import org.chevet.hospital.file.HospitalFile;
import org.chevet.journal.JdbcJournal;
import org.chevet.journal.Journal;
import org.chevet.occupancy.BedState;
import org.chevet.occupancy.BedView;
import org.chevet.occupancy.Decision;
import org.chevet.occupancy.Occupancy;
import org.chevet.occupancy.ServiceView;
import org.jspecify.annotations.Nullable;

/** Weeks of a hospital's life, written to a journal before its server starts: forecasts need a past, and HET 28 days of one. The same every time but for when it ends: now. */
final class PastWeeks {
    private static final int DAYS = 31;

    private final Occupancy occupancy = new Occupancy();
    private final List<Journal.Entry> entries = new ArrayList<>();
    private final Random random = new Random(7);
    private final List<Leaving> leaving = new ArrayList<>();
    private Instant now = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofDays(DAYS));

    private record Leaving(StayId stay, Instant at) {}

    private PastWeeks() {}

    /** @param hospital its file's text */
    static void write(Path dataDirectory, String hospital) {
        new PastWeeks().write(dataDirectory, hospital, false);
    }

    /** With an emergency department, which is full yesterday. */
    static void writeWithEmergency(Path dataDirectory, String hospital) {
        new PastWeeks().write(dataDirectory, hospital, true);
    }

    private void write(Path dataDirectory, String hospital, boolean emergency) {
        Hospital defined = ((HospitalFile.Loaded) HospitalFile.parse(hospital)).hospital();
        run(new Command.DefineHospital(defined));
        for (int hour = 0; hour < DAYS * 24; hour++) {
            if (emergency) {
                emergencyHour(defined.zone());
            }
            hour(hour);
        }
        try (Journal journal = JdbcJournal.sqlite(dataDirectory)) {
            journal.append(List.of(new Journal.Batch(defined.id(), entries)));
        }
    }

    /** From ten to four two or three in turn, of whom one is transferred to another hospital; yesterday nine, all of whom are. */
    private void emergencyHour(ZoneId zone) {
        ZonedDateTime local = now.atZone(zone);
        boolean full = local.toLocalDate().equals(LocalDate.now(zone).minusDays(1));
        int visits = full ? 9 : 2 + local.getDayOfYear() % 2;
        for (int visit = 0; visit < visits; visit++) {
            StayId stay = new StayId("ED-" + local.getDayOfYear() + "-" + visit);
            if (local.getHour() == 10) {
                run(new Command.RegisterStay(
                        stay, Patient.UNKNOWN, CareNeeds.UNSPECIFIED, PatientClass.EMERGENCY, null));
                move(stay, MovementKind.ADMISSION, null);
            } else if (local.getHour() == 16) {
                boolean onward = full || visit == 0;
                move(stay, MovementKind.DISCHARGE, onward ? Ending.TRANSFERRED_OUT : Ending.DISCHARGED);
            }
        }
    }

    private void move(StayId stay, MovementKind kind, @Nullable Ending ending) {
        Movement movement =
                new Movement(stay + "-" + kind, kind, now, Location.ELSEWHERE, PatientClass.EMERGENCY, now, ending);
        run(new Command.ReportMovement(stay, movement, null));
    }

    /** Somebody comes to a free bed every eighth hour, and stays for one to three days. */
    private void hour(int hour) {
        for (Leaving one : List.copyOf(leaving)) {
            if (!one.at().isAfter(now)) {
                leaving.remove(one);
                run(new Command.DischargeStay(one.stay(), Ending.DISCHARGED, null));
            }
        }
        List<BedId> ready = new ArrayList<>();
        for (ServiceView service : occupancy.view().services()) {
            for (BedView bed : service.beds()) {
                if (bed.status().state() == BedState.TO_CLEAN) {
                    run(new Command.StartCleaning(bed.bed().id()));
                    run(new Command.FinishCleaning(bed.bed().id()));
                } else if (bed.status().state() == BedState.READY) {
                    ready.add(bed.bed().id());
                }
            }
        }
        if (hour % 8 == 0 && !ready.isEmpty()) {
            StayId stay = new StayId("PAST-" + hour);
            run(new Command.RegisterStay(
                    stay,
                    Patient.UNKNOWN,
                    CareNeeds.UNSPECIFIED.withSpecialty("cardiologie"),
                    PatientClass.INPATIENT,
                    null));
            run(new Command.AdmitStay(stay, null, ready.get(random.nextInt(ready.size())), null, null));
            leaving.add(new Leaving(stay, now.plus(Duration.ofHours(24 + random.nextInt(48)))));
        }
        now = now.plus(Duration.ofHours(1));
    }

    private void run(Command command) {
        Origin origin =
                command instanceof Command.Act ? new Origin.Person("Ada", Role.BED_MANAGER) : new Origin.Engine();
        if (!(occupancy.decide(command, now) instanceof Decision.Accepted accepted)) {
            throw new IllegalStateException("refused: " + command + ", " + occupancy.decide(command, now));
        }
        long act = occupancy.sequence() + 1;
        accepted.events().forEach(event -> {
            Recorded recorded = new Recorded(occupancy.sequence() + 1, act, now, origin, event);
            occupancy.apply(recorded);
            entries.add(new Journal.Entry(recorded, null));
        });
    }
}
