package org.chevet.simulations.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.chevet.event.BedCondition;
import org.chevet.event.BedEvent;
import org.chevet.event.BedRequest;
import org.chevet.event.BlockReason;
import org.chevet.event.Command;
import org.chevet.event.Ending;
import org.chevet.event.Inject;
import org.chevet.event.InjectKind;
import org.chevet.event.Location;
import org.chevet.event.Movement;
import org.chevet.event.MovementKind;
import org.chevet.event.OrdinaryRoutine;
import org.chevet.event.Origin;
import org.chevet.event.PatientClass;
import org.chevet.event.RefusalReason;
import org.chevet.event.RequestOrigin;
import org.chevet.event.Role;
import org.chevet.event.SimulatedRole;
import org.chevet.event.StatedBedStatus;
import org.chevet.hospital.BedId;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.BedState;
import org.chevet.occupancy.BedStatus;
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

    static final Origin.Person DIRECTION = new Origin.Person("Direction de l’exercice", Role.CRISIS_CELL);
    private static final Origin.Person EMERGENCY = new Origin.Person("Urgences (simulées)", Role.PHYSICIAN);
    private static final Origin.Person ADMISSIONS = new Origin.Person("Admissions (simulées)", Role.ADMISSIONS_OFFICE);
    private static final Origin.Person SERVICES = new Origin.Person("Services (simulés)", Role.PHYSICIAN);
    private static final Origin.Person TRANSPORT = new Origin.Person("Brancardage (simulé)", Role.TRANSPORT);

    private static final Set<Origin.Person> SIMULATED = Set.of(EMERGENCY, ADMISSIONS, SERVICES, TRANSPORT);

    /** Who came earlier than so long ago and is not here any more has been, and is archived. */
    private static final Duration COMES_WITHIN = Duration.ofDays(1);

    private static final Duration CLEAN_MIN = Duration.ofMinutes(40);
    private static final Duration CLEAN_MAX = Duration.ofMinutes(100);
    private static final Duration TRANSPORT_MIN = Duration.ofMinutes(8);
    private static final Duration TRANSPORT_MAX = Duration.ofMinutes(25);
    private static final Duration ANSWER_MIN = Duration.ofMinutes(2);
    private static final Duration ANSWER_MAX = Duration.ofMinutes(7);

    /** Of one request, as in the simulator. */
    private static final int REFUSALS_MAX = 3;

    private static final Duration HOME_WITHIN = Duration.ofHours(6);
    private static final Duration LEAVES_LATE_MAX = Duration.ofMinutes(90);

    /** So long before somebody is to leave it is known; whose stay is over already needs some time to get ready. */
    private static final Duration PLANNED_MIN = Duration.ofHours(2);

    private static final Duration PLANNED_MAX = Duration.ofDays(1);
    private static final Duration TAKEN_BACK_FOR = Duration.ofDays(1);
    private static final Duration ANNOUNCED_MIN = Duration.ofMinutes(15);
    private static final String SPECIALTY = "urgences";
    private static final String CANCELS = "Entrée annulée par le patient";
    private static final String DIED = "Patient décédé";
    private static final String PUT_OFF = "Entrée reportée faute de lit";
    private static final String SENT_ELSEWHERE = "Adressé ailleurs faute de lit";

    private final HospitalView view;
    private final OrdinaryLife ordinary;
    private final DrillLog drill;
    private final Instant now;
    private final Lot lot;
    private final Set<StayId> asked = new HashSet<>();
    private final Set<StayId> cancelled = new HashSet<>();
    private final Set<RequestId> refused = new HashSet<>();
    private final List<Deed> deeds = new ArrayList<>();

    private Unplayed(HospitalView view, OrdinaryLife ordinary, DrillLog drill, Instant now) {
        this.view = view;
        this.ordinary = ordinary;
        this.drill = drill;
        this.now = now;
        lot = new Lot(drill.drill().seed());
        for (OpenRequest open : view.requests()) {
            if (open.request().stay() != null) {
                asked.add(open.request().stay());
            }
        }
    }

    /**
     * What is due and not done, in the order in which it is to be done; nothing in a hospital that is no drill.
     *
     * @param ordinary of this drill alone
     */
    static List<Deed> due(HospitalView view, OrdinaryLife ordinary, Instant now) {
        DrillLog drill = view.drill();
        return drill == null ? List.of() : new Unplayed(view, ordinary, drill, now).due();
    }

    private List<Deed> due() {
        for (DrillLog.Planned planned : drill.injects()) {
            if (planned.doneAt() != null) {
                casualties(planned);
                if (isOver(planned)) {
                    end(planned.inject());
                } else {
                    planned.awaited().forEach(bed -> goOn(planned, bed));
                }
            } else if (!planned.inject().due().isAfter(now)) {
                begin(planned.inject());
            }
        }
        for (OrdinaryPatient patient : ordinary.known(view.hospital(), drill, now)) {
            ordinary(patient);
        }
        if (drill.simulates(SimulatedRole.EMERGENCY)) {
            letHome();
        }
        OrdinaryRoutine routine = drill.drill().routine();
        if (routine != null) {
            giveUp(routine);
            if (drill.simulates(SimulatedRole.ANSWERS)) {
                refuse(routine.refusals());
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
        return person.equals(DIRECTION) || SIMULATED.contains(person);
    }

    // Injects

    private void begin(Inject inject) {
        act(inject.id() + "/done", DIRECTION, new Command.CompleteInject(inject.id()));
    }

    private boolean isOver(DrillLog.Planned planned) {
        Instant until = planned.until();
        return planned.isInForce() && until != null && !until.isAfter(now);
    }

    private void end(Inject inject) {
        act(inject.id() + "/ended", DIRECTION, new Command.EndInject(inject.id()));
    }

    /** A bed was not free when it began. In a ward that is closed nothing is held for anybody. */
    private void goOn(DrillLog.Planned planned, BedId id) {
        BedView bed = view.bed(id);
        if (bed == null) {
            return;
        }
        Inject inject = planned.inject();
        String name = inject.id() + "/" + id;
        BedStatus status = bed.status();
        BedStatus.Reservation held = status.reservation();
        if (inject.kind() == InjectKind.WARD_CLOSED) {
            if (held != null) {
                String key = name + "/released/" + held.request() + "/"
                        + held.until().getEpochSecond();
                act(key, DIRECTION, new Command.ReleaseReservation(id));
            } else if (status.occupants().isEmpty()) {
                act(name + "/closed", DIRECTION, new Command.CloseBed(id));
            }
        } else if (status.state() == BedState.READY) {
            act(
                    name + "/blocked",
                    DIRECTION,
                    new Command.BlockBed(id, BlockReason.EQUIPMENT, inject.text(), planned.until()));
        }
    }

    private void casualties(DrillLog.Planned planned) {
        for (Casualty casualty : ordinary.casualties(view.hospital(), drill, planned)) {
            if (casualty.arrival().isAfter(now)) {
                break;
            }
            throughEmergency(casualty, casualty.arrival().isAfter(now.minus(COMES_WITHIN)));
        }
    }

    private void ordinary(OrdinaryPatient patient) {
        Stay stay = view.stays().get(patient.stay());
        // Who did not come, or was put off, is known for longer than anybody is caught up with, and so does not come
        // twice.
        boolean comes =
                stay == null && drill.simulates(SimulatedRole.ARRIVALS) && !OrdinaryLife.isKeptAway(patient, drill);
        if (!patient.isAnnounced()) {
            throughEmergency(patient, comes);
        } else if (comes) {
            act(
                    patient.stay() + "/registered",
                    ADMISSIONS,
                    new Command.RegisterStay(
                            patient.stay(),
                            patient.patient(),
                            patient.needs(),
                            PatientClass.INPATIENT,
                            comingAt(patient)));
        } else if (stay != null && stay.status() == StayStatus.EXPECTED) {
            if (!patient.arrival().isAfter(now) && OrdinaryLife.cancels(patient, drill)) {
                doesNotCome(patient);
            } else {
                askForBed(patient, patient.needs(), ADMISSIONS, patient.origin(), comingAt(patient));
            }
        }
    }

    /** Known at the hour they were called in for, as in the simulator: a bed may be held for nothing until then. */
    private void doesNotCome(OrdinaryPatient patient) {
        needsNoBed(patient.stay(), ADMISSIONS, CANCELS);
        act(patient.stay() + "/cancelled", ADMISSIONS, new Command.CancelRegistration(patient.stay()));
    }

    /** A request outlives its patient otherwise, and so does the bed that is held for it. */
    private void needsNoBed(StayId stay, Origin.Person actor, String why) {
        cancelled.add(stay);
        for (OpenRequest open : view.requests()) {
            if (stay.equals(open.request().stay())) {
                RequestId request = open.request().id();
                act(request + "/cancelled", actor, new Command.CancelBedRequest(request, why));
            }
        }
    }

    /** Nothing is announced for a time that is over by the time it is written down, the clock being fast or set forward. */
    private Instant comingAt(OrdinaryPatient patient) {
        Instant soonest = now.plus(ANNOUNCED_MIN);
        return patient.arrival().isBefore(soonest) ? soonest : patient.arrival();
    }

    /** @param comes whether they come at all, if they have not yet */
    private void throughEmergency(Newcomer newcomer, boolean comes) {
        Stay stay = view.stays().get(newcomer.stay());
        if (stay == null) {
            if (comes) {
                arrive(newcomer);
            }
        } else if (stay.status() == StayStatus.EXPECTED) {
            admit(newcomer);
        } else if (stay.status() == StayStatus.PRESENT
                && drill.simulates(SimulatedRole.EMERGENCY)
                && !newcomer.seen().isAfter(now)
                && bedOf(stay) == null) {
            seen(newcomer, stay);
        }
    }

    private void arrive(Newcomer newcomer) {
        // Registered with what can be seen of them: what they need is known once they were seen.
        act(
                newcomer.stay() + "/registered",
                EMERGENCY,
                new Command.RegisterStay(
                        newcomer.stay(),
                        newcomer.patient(),
                        newcomer.needs() == null
                                ? CareNeeds.UNSPECIFIED.of(newcomer.patient().sex(), null)
                                : newcomer.needs(),
                        PatientClass.EMERGENCY,
                        null));
    }

    private void admit(Newcomer newcomer) {
        Movement movement = new Movement(
                newcomer.stay() + "-1",
                MovementKind.ADMISSION,
                newcomer.arrival(),
                new Location(emergencyService(), null),
                PatientClass.EMERGENCY,
                now,
                null);
        fact(newcomer.stay() + "/admitted", new Command.ReportMovement(newcomer.stay(), movement, null));
    }

    /** The service of the emergency department's beds, null where the hospital has none: then they are somewhere in the house. */
    private @Nullable ServiceId emergencyService() {
        return view.hospital().services().stream()
                .filter(service -> service.specialties().contains(SPECIALTY))
                .map(Service::id)
                .findFirst()
                .orElse(null);
    }

    private void seen(Newcomer newcomer, Stay stay) {
        CareNeeds needs = newcomer.needs();
        if (needs == null) {
            leaves(newcomer.stay() + "/home", stay, Ending.DISCHARGED);
        } else {
            askForBed(newcomer, needs, EMERGENCY, RequestOrigin.EMERGENCY_DEPARTMENT, null);
        }
    }

    /** From an emergency department that is no service: who was there when the drill began, and for whom nobody asked for a bed. */
    private void letHome() {
        for (Stay stay : view.elsewhere()) {
            Movement last = stay.timeline().last();
            String name = "home/" + stay.id();
            if (last != null
                    && last.patientClass() == PatientClass.EMERGENCY
                    && last.at().isBefore(drill.begunAt())
                    && !asked.contains(stay.id())
                    && !drill.begunAt()
                            .plus(lot.between(name, Duration.ZERO, HOME_WITHIN))
                            .isAfter(now)) {
                leaves(name, stay, Ending.DISCHARGED);
            }
        }
    }

    /** @param neededAt null for now */
    private void askForBed(
            Newcomer newcomer, CareNeeds needs, Origin.Person actor, RequestOrigin origin, @Nullable Instant neededAt) {
        if (!asked.contains(newcomer.stay())) {
            act(
                    newcomer.stay() + "/bed",
                    actor,
                    new Command.RequestBed(
                            newcomer.request(),
                            newcomer.stay(),
                            null,
                            origin,
                            needs,
                            newcomer.priority(),
                            neededAt,
                            null,
                            null));
        }
    }

    /** Who lies in no bed, and has none held, does not wait for ever. */
    private void giveUp(OrdinaryRoutine routine) {
        for (OpenRequest open : view.requests()) {
            BedRequest request = open.request();
            Stay stay = request.stay() == null ? null : view.stays().get(request.stay());
            boolean calledIn = request.origin() == RequestOrigin.ELECTIVE;
            Duration patience = calledIn ? routine.electivePatience() : routine.emergencyPatience();
            if (stay == null
                    || cancelled.contains(stay.id())
                    || open.bed() != null
                    || bedOf(stay) != null
                    || patience == null
                    || waitsSince(request).plus(patience).isAfter(now)) {
                continue;
            }
            if (stay.status() == StayStatus.EXPECTED) {
                needsNoBed(stay.id(), ADMISSIONS, calledIn ? PUT_OFF : SENT_ELSEWHERE);
                act(stay.id() + "/elsewhere", ADMISSIONS, new Command.CancelRegistration(stay.id()));
            } else if (stay.status() == StayStatus.PRESENT && drill.simulates(SimulatedRole.EMERGENCY)) {
                needsNoBed(stay.id(), EMERGENCY, SENT_ELSEWHERE);
                leaves(stay.id() + "/elsewhere", stay, Ending.TRANSFERRED_OUT);
            }
        }
    }

    /** In the drill: its players have not let anybody wait before. */
    private Instant waitsSince(BedRequest request) {
        return Stream.of(request.requestedAt(), request.neededAt(), drill.begunAt())
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    // Roles

    /** Some minutes after a bed was chosen, and before anybody is brought. */
    private void refuse(double share) {
        for (OpenRequest open : view.requests()) {
            RequestId request = open.request().id();
            int refusals = refusals(open);
            String name = "refuses/" + request + "/" + refusals;
            if (open.bed() != null
                    && open.acceptance() != null
                    && !open.acceptance().since().isBefore(drill.begunAt())
                    && refusals < REFUSALS_MAX
                    && lot.draw(name) < share
                    && !open.acceptance()
                            .since()
                            .plus(lot.between(name + "/after", ANSWER_MIN, ANSWER_MAX))
                            .isAfter(now)) {
                refused.add(request);
                act(
                        name,
                        SERVICES,
                        new Command.RefuseBedRequest(request, null, open.bed(), RefusalReason.NO_STAFF, null));
            }
        }
    }

    /**
     * With those that were taken back lately: the service was talked round, and does not say the same again. Lately is while the act is among the hospital's
     * recent ones: in a busy drill without simulated transport it may say so once more, after hours.
     */
    private int refusals(OpenRequest open) {
        long takenBack = view.recentActs().stream()
                .filter(recorded -> recorded.event() instanceof BedEvent.BedRefusalWithdrawn withdrawn
                        && withdrawn.request().equals(open.request().id()))
                .count();
        return open.refusals().size() + (int) takenBack;
    }

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
                    if (stay.status() == StayStatus.PRESENT) {
                        discharge(stay, service.service());
                    }
                }
            }
        }
    }

    private void discharge(Stay stay, Service service) {
        OrdinaryLife.Part part = ordinary.part(view.hospital(), drill, stay, service);
        Instant planned = stay.expectedDischarge();
        String name = "leaves/" + stay.id();
        if (part.dies() && !part.over().isAfter(now)) {
            needsNoBed(stay.id(), SERVICES, DIED);
            leaves("dies/" + stay.id(), stay, Ending.DIED);
        } else if (planned == null) {
            goesOn(stay, service, part);
        } else if (!planned.plus(lot.between(name, Duration.ZERO, LEAVES_LATE_MAX))
                .isAfter(now)) {
            leaves(name, stay, Ending.DISCHARGED);
        }
    }

    /** Home, or into another service. Nobody lets somebody go whom something else than their illness keeps here. */
    private void goesOn(Stay stay, Service service, OrdinaryLife.Part part) {
        if (part.meant() != null) {
            takeOver(stay, service, part, part.meant());
        }
        if (!stay.barriers().isEmpty() || isToStay(stay)) {
            return;
        }
        if (part.next() != null) {
            askForNext(stay, part, part.next());
        } else if (!part.dies()
                && !part.over().isAfter(now.plus(PLANNED_MAX))
                && !OrdinaryLife.isKeptFromHome(stay, service)) {
            Instant soonest = now.plus(PLANNED_MIN);
            Instant stated = stay.plans().isEmpty()
                    ? Instant.EPOCH
                    : stay.plans().getLast().statedAt();
            act(
                    "planned/" + stay.id() + "/" + stated.getEpochSecond(),
                    SERVICES,
                    new Command.PlanDischarge(stay.id(), part.over().isBefore(soonest) ? soonest : part.over()));
        }
    }

    /** For a day after somebody took a plan back: a player's decision. */
    private boolean isToStay(Stay stay) {
        return !stay.plans().isEmpty()
                && stay.plans().getLast().statedAt().plus(TAKEN_BACK_FOR).isAfter(now);
    }

    /** Who has come from another service as was asked for is theirs now, unless somebody has said something else since. */
    private void takeOver(Stay stay, Service here, OrdinaryLife.Part part, OrdinaryLife.Next meant) {
        RequestId asked = onward(stay, part.number() - 1);
        Instant stated = stay.times().specialty();
        String specialty = meant.needs().specialty();
        if (!Objects.equals(stay.needs().specialty(), specialty)
                && (stated == null || !stated.isAfter(part.since()))
                && (here.id().equals(meant.service()) || isFulfilled(asked))) {
            act(
                    stay.id() + "-SUITE-" + part.number() + "/specialty",
                    SERVICES,
                    new Command.ChangeNeeds(stay.id(), stay.needs().withSpecialty(specialty)));
        }
    }

    /** Lately: they are taken over as soon as they have come. */
    private boolean isFulfilled(RequestId request) {
        return view.recentActs().stream()
                .anyMatch(recorded -> recorded.event() instanceof BedEvent.BedRequestFulfilled fulfilled
                        && fulfilled.request().id().equals(request));
    }

    private static RequestId onward(Stay stay, int part) {
        return new RequestId(stay.id() + "-SUITE-" + part);
    }

    private void askForNext(Stay stay, OrdinaryLife.Part part, OrdinaryLife.Next next) {
        RequestId request = onward(stay, part.number());
        ServiceView service = view.service(next.service());
        if (service != null && !asked.contains(stay.id()) && !part.over().isAfter(now)) {
            act(
                    request.value(),
                    SERVICES,
                    new Command.RequestBed(
                            request,
                            stay.id(),
                            null,
                            RequestOrigin.INTERNAL,
                            OrdinaryLife.isolated(next.needs(), stay.needs(), service.service()),
                            next.priority(),
                            null,
                            null,
                            null));
        }
    }

    private void leaves(String name, Stay stay, Ending ending) {
        Movement movement = new Movement(
                stay.id() + "-EX-FIN",
                MovementKind.DISCHARGE,
                now,
                Location.ELSEWHERE,
                stay.currentClass(),
                now,
                ending);
        fact(name, new Command.ReportMovement(stay.id(), movement, null));
    }

    private void transport() {
        for (OpenRequest open : view.requests()) {
            Stay stay = open.request().stay() == null
                    ? null
                    : view.stays().get(open.request().stay());
            BedView bed = open.bed() == null ? null : view.bed(open.bed());
            if (stay == null
                    || cancelled.contains(stay.id())
                    || refused.contains(open.request().id())
                    || bed == null
                    || bed.status().state() != BedState.RESERVED
                    || !mayCome(open)) {
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
