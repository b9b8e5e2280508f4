package org.chevet.occupancy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.chevet.event.BedEvent;
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
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.Sex;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;

/** Drives an {@link Occupancy} as its writer does, one command at a time, on a clock that the test moves. */
final class Ward {
    static final Origin.Person NURSE = new Origin.Person("Jeanne Roux", Role.BED_MANAGER);
    static final Origin.Feed FEED = new Origin.Feed("adt", "1");

    final Occupancy occupancy;
    final List<Recorded> journal = new ArrayList<>();
    Instant now = SmallHospital.NOON;

    /** The rules of placement beyond those of the live state. */
    PlacementCheck check = PlacementCheck.NONE;

    Ward() {
        this(SmallHospital.hospital());
    }

    Ward(Hospital hospital) {
        occupancy = new Occupancy();
        run(new Command.DefineHospital(hospital));
    }

    /** Decides and, if accepted, applies. */
    Decision run(Command command) {
        Decision decision = occupancy.decide(command, now, check);
        if (decision instanceof Decision.Accepted accepted) {
            long act = occupancy.sequence() + 1;
            Origin origin = switch (command) {
                case Command.Act a -> NURSE;
                case Command.Fact f -> FEED;
                case Command.Upkeep u -> new Origin.Engine();
            };
            for (BedEvent event : accepted.events()) {
                Recorded recorded = new Recorded(occupancy.sequence() + 1, act, now, origin, event);
                occupancy.apply(recorded);
                journal.add(recorded);
            }
        }
        return decision;
    }

    /** Runs what must be accepted. */
    List<BedEvent> accepted(Command command) {
        Decision decision = run(command);
        assertThat(decision).as("%s", command).isInstanceOf(Decision.Accepted.class);
        return ((Decision.Accepted) decision).events();
    }

    /** Runs what must be refused. */
    Decision.Refused refused(Command command) {
        Decision decision = run(command);
        assertThat(decision).as("%s", command).isInstanceOf(Decision.Refused.class);
        return (Decision.Refused) decision;
    }

    void pass(Duration time) {
        now = now.plus(time);
        run(new Command.PassTime());
    }

    Ward register(String stay, Sex sex) {
        accepted(new Command.RegisterStay(
                new StayId(stay),
                new Patient("ipp-" + stay, "NOM" + stay, "Prénom", sex, null),
                CareNeeds.UNSPECIFIED,
                PatientClass.INPATIENT,
                null));
        return this;
    }

    /** Registers and admits somebody to a bed. */
    Ward admit(String stay, Sex sex, String bed) {
        register(stay, sex);
        accepted(admission(stay, bed));
        return this;
    }

    static Command.AdmitStay admission(String stay, String bed) {
        return new Command.AdmitStay(new StayId(stay), null, new BedId(bed), null, null);
    }

    static Command.TransferStay transfer(String stay, String bed) {
        return new Command.TransferStay(new StayId(stay), null, new BedId(bed), null, null);
    }

    static Command.DischargeStay discharge(String stay) {
        return new Command.DischargeStay(new StayId(stay), Ending.DISCHARGED, null);
    }

    static Command.UndoAct undo(long act) {
        return new Command.UndoAct(act, "erreur de saisie");
    }

    /** The act of the last event. */
    long lastAct() {
        return journal.getLast().act();
    }

    static Command.ReportMovement fact(
            String stay, String id, MovementKind kind, Instant at, @Nullable String service, @Nullable String bed) {
        return new Command.ReportMovement(new StayId(stay), movement(id, kind, at, service, bed, at), null);
    }

    static Movement movement(
            String id,
            MovementKind kind,
            Instant at,
            @Nullable String service,
            @Nullable String bed,
            Instant statedAt) {
        return new Movement(
                id,
                kind,
                at,
                new Location(service == null ? null : new ServiceId(service), bed == null ? null : new BedId(bed)),
                PatientClass.INPATIENT,
                statedAt,
                kind == MovementKind.DISCHARGE ? Ending.DISCHARGED : null);
    }

    BedStatus bed(String id) {
        BedView view = occupancy.view().bed(new BedId(id));
        assertThat(view).as("bed " + id).isNotNull();
        return view.status();
    }

    BedState state(String bed) {
        return bed(bed).state();
    }

    Stay stay(String id) {
        Stay stay = occupancy.view().stays().get(new StayId(id));
        assertThat(stay).as("stay " + id).isNotNull();
        return stay;
    }

    List<String> anomalies() {
        return occupancy.view().anomalies().stream()
                .map(anomaly -> anomaly.kind().name())
                .toList();
    }
}
