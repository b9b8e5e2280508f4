package org.chevet.simulations.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.chevet.event.BedCondition;
import org.chevet.event.BlockReason;
import org.chevet.event.Command;
import org.chevet.event.Ending;
import org.chevet.event.Inject;
import org.chevet.event.Location;
import org.chevet.event.Movement;
import org.chevet.event.MovementKind;
import org.chevet.event.Origin;
import org.chevet.event.PatientClass;
import org.chevet.event.RequestOrigin;
import org.chevet.event.Role;
import org.chevet.event.SimulatedRole;
import org.chevet.event.StatedBedStatus;
import org.chevet.hospital.BedId;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.chevet.occupancy.BedState;
import org.chevet.occupancy.BedView;
import org.chevet.occupancy.DrillLog;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.HospitalView.OpenRequest;
import org.chevet.occupancy.ServiceView;
import org.chevet.occupancy.Stay;
import org.chevet.occupancy.StayStatus;
import org.jspecify.annotations.Nullable;

/**
 * Whoever is not played in a drill, and its injects. What is due follows from the state of the drill and its clock alone, so a drill goes
 * on after a restart as if nothing had been, and the same state always has the same deeds.
 */
final class Unplayed {
    /** By whom facts are stated. */
    static final String SOURCE = "EXERCICE";

    private static final Origin.Person DIRECTION = new Origin.Person("Direction de l’exercice", Role.CRISIS_CELL);
    private static final Origin.Person EMERGENCY = new Origin.Person("Urgences (simulées)", Role.PHYSICIAN);
    private static final Origin.Person TRANSPORT = new Origin.Person("Brancardage (simulé)", Role.TRANSPORT);

    /** Who came earlier than so long ago and is not here any more has been, and is archived. */
    private static final Duration COMES_WITHIN = Duration.ofDays(1);

    private static final Duration CLEAN_MIN = Duration.ofMinutes(40);
    private static final Duration CLEAN_MAX = Duration.ofMinutes(100);
    private static final Duration TRANSPORT_MIN = Duration.ofMinutes(8);
    private static final Duration TRANSPORT_MAX = Duration.ofMinutes(25);
    private static final Duration LEAVES_LATE_MAX = Duration.ofMinutes(90);
    private static final String SPECIALTY = "urgences";

    private final HospitalView view;
    private final DrillLog drill;
    private final Instant now;
    private final Lot lot;
    private final List<Deed> deeds = new ArrayList<>();

    private Unplayed(HospitalView view, DrillLog drill, Instant now) {
        this.view = view;
        this.drill = drill;
        this.now = now;
        lot = new Lot(drill.drill().seed());
    }

    /** What is due and not done, in the order in which it is to be done; nothing in a hospital that is no drill. */
    static List<Deed> due(HospitalView view, Instant now) {
        DrillLog drill = view.drill();
        return drill == null ? List.of() : new Unplayed(view, drill, now).due();
    }

    private List<Deed> due() {
        for (DrillLog.Planned planned : drill.injects()) {
            if (planned.doneAt() != null) {
                casualties(planned.inject(), planned.doneAt());
            } else if (!planned.inject().due().isAfter(now)) {
                inject(planned.inject());
            }
        }
        if (drill.simulates(SimulatedRole.CLEANING)) {
            clean();
        }
        if (drill.simulates(SimulatedRole.DISCHARGES)) {
            discharge();
        }
        if (drill.simulates(SimulatedRole.TRANSPORT)) {
            transport();
        }
        return deeds;
    }

    /** Whether it is one of those who act here, rather than a player. */
    static boolean isUnplayed(Origin.Person person) {
        return person.equals(DIRECTION) || person.equals(EMERGENCY) || person.equals(TRANSPORT);
    }

    // Injects

    private void inject(Inject inject) {
        ServiceView service = inject.service() == null ? null : view.service(inject.service());
        if (service != null) {
            switch (inject.kind()) {
                case WARD_CLOSED -> close(inject, service);
                case STAFF_SHORTAGE ->
                    act(
                            inject.id() + "/staff",
                            DIRECTION,
                            new Command.SetStaffedCapacity(
                                    service.service().id(),
                                    Math.min(
                                            Objects.requireNonNullElse(inject.beds(), 0),
                                            service.beds().size())));
                case OUTAGE -> block(inject, service);
                case MESSAGE, VICTIMS -> {}
            }
        }
        act(inject.id() + "/done", DIRECTION, new Command.CompleteInject(inject.id()));
    }

    private void close(Inject inject, ServiceView service) {
        for (BedView bed : service.beds()) {
            if (bed.status().open() && bed.occupants().isEmpty()) {
                BedId id = bed.bed().id();
                fact(inject.id() + "/" + id, new Command.ReportBedStatus(id, StatedBedStatus.CLOSED, now));
            }
        }
    }

    private void block(Inject inject, ServiceView service) {
        for (BedView bed : service.beds()) {
            if (bed.status().state() == BedState.READY) {
                BedId id = bed.bed().id();
                act(
                        inject.id() + "/" + id,
                        DIRECTION,
                        new Command.BlockBed(id, BlockReason.EQUIPMENT, inject.text(), null));
            }
        }
    }

    private void casualties(Inject inject, Instant from) {
        for (Casualty casualty : Casualty.of(view.hospital(), lot, inject, from)) {
            if (casualty.arrival().isAfter(now)) {
                break;
            }
            Stay stay = view.stays().get(casualty.stay());
            if (stay == null) {
                if (casualty.arrival().isAfter(now.minus(COMES_WITHIN))) {
                    arrive(casualty);
                }
            } else if (stay.status() == StayStatus.EXPECTED) {
                admit(casualty);
            } else if (stay.status() == StayStatus.PRESENT
                    && drill.simulates(SimulatedRole.EMERGENCY)
                    && !casualty.seen().isAfter(now)
                    && bedOf(stay) == null) {
                seen(casualty);
            }
        }
    }

    private void arrive(Casualty casualty) {
        // Registered with what can be seen of them: what they need is known once they were seen.
        act(
                casualty.stay() + "/registered",
                EMERGENCY,
                new Command.RegisterStay(
                        casualty.stay(),
                        casualty.patient(),
                        casualty.needs() == null
                                ? CareNeeds.UNSPECIFIED.of(casualty.patient().sex(), null)
                                : casualty.needs(),
                        PatientClass.EMERGENCY,
                        null));
    }

    private void admit(Casualty casualty) {
        Movement movement = new Movement(
                casualty.stay() + "-1",
                MovementKind.ADMISSION,
                casualty.arrival(),
                new Location(emergencyService(), null),
                PatientClass.EMERGENCY,
                now,
                null);
        fact(casualty.stay() + "/admitted", new Command.ReportMovement(casualty.stay(), movement, null));
    }

    /** The service of the emergency department's beds, null where the hospital has none: then they are somewhere in the house. */
    private @Nullable ServiceId emergencyService() {
        return view.hospital().services().stream()
                .filter(service -> service.specialties().contains(SPECIALTY))
                .map(Service::id)
                .findFirst()
                .orElse(null);
    }

    private void seen(Casualty casualty) {
        if (casualty.needs() == null) {
            leaves(
                    casualty.stay() + "/home",
                    Objects.requireNonNull(view.stays().get(casualty.stay())));
        } else if (view.requests().stream()
                .noneMatch(open -> casualty.stay().equals(open.request().stay()))) {
            act(
                    casualty.stay() + "/bed",
                    EMERGENCY,
                    new Command.RequestBed(
                            casualty.request(),
                            casualty.stay(),
                            null,
                            RequestOrigin.EMERGENCY_DEPARTMENT,
                            casualty.needs(),
                            casualty.category().priority(),
                            null,
                            null,
                            null));
        }
    }

    // Roles

    private void clean() {
        for (ServiceView service : view.services()) {
            for (BedView bed : service.beds()) {
                if (bed.status().open()
                        && bed.status().condition() != BedCondition.CLEAN
                        && bed.occupants().isEmpty()) {
                    BedId id = bed.bed().id();
                    Instant since = bed.status().since();
                    String name = "clean/" + id + "/" + since.getEpochSecond();
                    Instant clean = since.plus(lot.between(name, CLEAN_MIN, CLEAN_MAX));
                    if (!clean.isAfter(now)) {
                        fact(name, new Command.ReportBedStatus(id, StatedBedStatus.UNOCCUPIED, now));
                    }
                }
            }
        }
    }

    private void discharge() {
        for (ServiceView service : view.services()) {
            for (BedView bed : service.beds()) {
                for (Stay stay : bed.occupants()) {
                    Instant planned = stay.expectedDischarge();
                    String name = "leaves/" + stay.id();
                    if (planned != null
                            && stay.status() == StayStatus.PRESENT
                            && !planned.plus(lot.between(name, Duration.ZERO, LEAVES_LATE_MAX))
                                    .isAfter(now)) {
                        leaves(name, stay);
                    }
                }
            }
        }
    }

    private void leaves(String name, Stay stay) {
        Movement movement = new Movement(
                stay.id() + "-EX-FIN",
                MovementKind.DISCHARGE,
                now,
                Location.ELSEWHERE,
                stay.currentClass(),
                now,
                Ending.DISCHARGED);
        fact(name, new Command.ReportMovement(stay.id(), movement, null));
    }

    private void transport() {
        for (OpenRequest open : view.requests()) {
            Stay stay = open.request().stay() == null
                    ? null
                    : view.stays().get(open.request().stay());
            BedView bed = open.bed() == null ? null : view.bed(open.bed());
            if (stay == null || bed == null || bed.status().state() != BedState.RESERVED || !mayCome(open)) {
                continue;
            }
            BedId id = bed.bed().id();
            String name = "transport/" + open.request().id() + "/" + id;
            // Since it is both held and clean.
            Instant there = bed.status().since().plus(lot.between(name, TRANSPORT_MIN, TRANSPORT_MAX));
            if (there.isAfter(now)) {
                continue;
            }
            act(
                    name,
                    TRANSPORT,
                    stay.status() == StayStatus.EXPECTED
                            ? new Command.AdmitStay(
                                    stay.id(), null, id, null, open.request().id())
                            : new Command.TransferStay(
                                    stay.id(), null, id, null, open.request().id()));
        }
    }

    private boolean mayCome(OpenRequest open) {
        Instant from = open.acceptance() == null ? null : open.acceptance().from();
        return (from == null || !from.isAfter(now))
                && !open.request().neededAt().isAfter(now);
    }

    private static @Nullable BedId bedOf(Stay stay) {
        return stay.location() == null ? null : stay.location().bed();
    }

    private void act(String key, Origin.Person actor, Command.Act act) {
        deeds.add(new Deed.Act(key, actor, act));
    }

    private void fact(String key, Command.Fact fact) {
        deeds.add(new Deed.Facts(key, List.of(fact)));
    }
}
