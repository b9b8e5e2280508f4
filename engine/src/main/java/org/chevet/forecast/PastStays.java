package org.chevet.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.chevet.event.Barrier;
import org.chevet.event.BarrierKind;
import org.chevet.event.BedEvent;
import org.chevet.event.BedEvent.BarrierLifted;
import org.chevet.event.BedEvent.BarrierSet;
import org.chevet.event.BedEvent.DischargePlanned;
import org.chevet.event.BedEvent.HospitalDefined;
import org.chevet.event.BedEvent.MedicalReadinessChanged;
import org.chevet.event.BedEvent.MovementRecorded;
import org.chevet.event.BedEvent.StayArchived;
import org.chevet.event.BedEvent.StayRegistered;
import org.chevet.event.Ending;
import org.chevet.event.Location;
import org.chevet.event.Movement;
import org.chevet.event.MovementKind;
import org.chevet.event.Origin;
import org.chevet.event.PastStretch;
import org.chevet.event.PatientClass;
import org.chevet.event.Recorded;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.Patient;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;

/**
 * Tells a history the stays of before its journal as a journal would have told them: each thing when it was known, so that no more is learned of it than could
 * have been. What would have happened in the journal's own time is for the journal to tell, and nothing of it is said here.
 *
 * <p>Takes memory for those who are here at a time, and for those who are announced.
 */
public final class PastStays {
    /** Who comes back into a service within so long was on the way from one to the other. */
    static final Duration ON_THE_WAY_MAX = Duration.ofHours(1);

    /** By then a history has noticed that who was announced did not come. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofDays(3);

    private static final class Step {
        final Instant at;
        final StayId stay;
        final BedEvent event;
        final long order;

        /** It is a departure, and the patient was found in another service. */
        boolean isMove;

        Step(Instant at, StayId stay, BedEvent event, long order) {
            this.at = at;
            this.stay = stay;
            this.event = event;
            this.order = order;
        }
    }

    private final FlowHistory history;
    private final Hospital hospital;
    private final Instant from;
    private final Instant until;
    private final Map<ServiceId, String> specialties = new HashMap<>();
    private final PriorityQueue<Step> ahead = new PriorityQueue<>(
            Comparator.<Step, Instant>comparing(step -> step.at).thenComparingLong(step -> step.order));
    private final Map<StayId, Step> departures = new HashMap<>();

    /** Who is here, or is announced. */
    private final Set<StayId> known = new HashSet<>();

    private boolean announcementsKnown = true;
    private long added;
    private long told;

    /**
     * @param history that was told nothing yet
     * @param hospital as it is now
     * @param from before then nothing is learned of who came and left, but who was there
     * @param until when the journal begins, or nobody was watching any more
     */
    public PastStays(FlowHistory history, Hospital hospital, Instant from, Instant until) {
        this.history = history;
        this.hospital = hospital;
        this.from = from;
        this.until = until;
        for (Service service : hospital.services()) {
            if (!service.specialties().isEmpty()) {
                specialties.put(service.id(), service.specialties().getFirst());
            }
        }
    }

    /** The next one by {@link PastStretch#begins}, and of those at once by entry. */
    public void learn(PastStretch stretch) {
        // By then nothing that is still to come can make a move of a departure.
        tellBefore(stretch.begins().minus(ON_THE_WAY_MAX));
        announcementsKnown &= !stretch.planned() || stretch.announced() != null;
        Instant entry = stretch.entry();
        announce(stretch, entry);
        if (entry != null) {
            stay(stretch, entry);
        }
    }

    private void announce(PastStretch stretch, @Nullable Instant entry) {
        Instant announced = stretch.announced() != null ? stretch.announced() : entry;
        Instant expected = stretch.expected() != null ? stretch.expected() : entry;
        if (stretch.planned() && announced != null && expected != null) {
            String specialty = stretch.specialty() != null ? stretch.specialty() : specialties.get(stretch.service());
            add(
                    announced,
                    stretch.stay(),
                    new StayRegistered(
                            announced,
                            stretch.stay(),
                            Patient.UNKNOWN,
                            CareNeeds.UNSPECIFIED.withSpecialty(specialty),
                            PatientClass.INPATIENT,
                            expected,
                            null));
            if (entry == null) {
                Instant forgotten = expected.plus(FORGOTTEN_AFTER);
                add(forgotten, stretch.stay(), new StayArchived(forgotten, stretch.stay()));
            }
        }
    }

    private void stay(PastStretch stretch, Instant entry) {
        StayId stay = stretch.stay();
        Step departure = departures.get(stay);
        if (departure != null && !entry.isAfter(departure.at.plus(ON_THE_WAY_MAX))) {
            departure.isMove = true;
        }
        add(entry, stay, moved(stay, MovementKind.TRANSFER, entry, new Location(stretch.service(), null)));
        if (stretch.plannedExit() != null && stretch.plannedExitStated() != null) {
            Instant stated = later(stretch.plannedExitStated(), stretch.begins());
            add(stated, stay, new DischargePlanned(stated, stay, stretch.plannedExit(), null));
        }
        if (stretch.medicallyReady() != null) {
            Instant ready = later(stretch.medicallyReady(), entry);
            add(ready, stay, new MedicalReadinessChanged(ready, stay, true));
        }
        barrier(stretch, entry);
        if (stretch.exit() != null) {
            departures.put(
                    stay,
                    add(stretch.exit(), stay, moved(stay, MovementKind.DISCHARGE, stretch.exit(), Location.ELSEWHERE)));
        }
    }

    /** Of which kind it was, does not matter to a history. */
    private void barrier(PastStretch stretch, Instant entry) {
        if (stretch.barrier() == null) {
            return;
        }
        Instant set = later(stretch.barrier(), entry);
        Barrier barrier = new Barrier(BarrierKind.OTHER, set, null, null, null);
        add(set, stretch.stay(), new BarrierSet(set, stretch.stay(), barrier, null));
        if (stretch.barrierLifted() != null) {
            Instant lifted = later(stretch.barrierLifted(), set);
            add(lifted, stretch.stay(), new BarrierLifted(lifted, stretch.stay(), barrier));
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private BedEvent moved(StayId stay, MovementKind kind, Instant at, Location to) {
        return new MovementRecorded(
                stay,
                new Movement(
                        Long.toString(added),
                        kind,
                        at,
                        to,
                        PatientClass.INPATIENT,
                        at,
                        kind == MovementKind.DISCHARGE ? Ending.DISCHARGED : null));
    }

    private Step add(Instant at, StayId stay, BedEvent event) {
        Step step = new Step(at, stay, event, added++);
        ahead.add(step);
        return step;
    }

    private void tellBefore(Instant time) {
        while (!ahead.isEmpty() && ahead.element().at.isBefore(time)) {
            Step step = ahead.remove();
            boolean departs = departures.get(step.stay) == step;
            if (departs) {
                departures.remove(step.stay);
            }
            if (!step.isMove && step.at.isBefore(until) && isOfSomebody(step)) {
                tell(step.event, step.at);
                if (departs) {
                    tell(new StayArchived(step.at, step.stay), step.at);
                }
                if (departs || step.event instanceof StayArchived) {
                    known.remove(step.stay);
                }
            }
        }
    }

    /** What was written down when the patient had gone, as that a barrier was lifted, would make somebody of a stay that is over. */
    private boolean isOfSomebody(Step step) {
        if (step.event instanceof StayRegistered || step.event instanceof MovementRecorded) {
            known.add(step.stay);
        }
        return known.contains(step.stay);
    }

    private void tell(BedEvent event, Instant at) {
        Instant recordedAt = later(at, from);
        if (told == 0) {
            told++;
            history.learn(new Recorded(told, told, recordedAt, new Origin.Engine(), new HospitalDefined(at, hospital)));
        }
        told++;
        history.learn(new Recorded(told, told, recordedAt, new Origin.Engine(), event));
    }

    /** That was all: what the history is told next is the journal's first event. */
    public void finish() {
        tellBefore(until);
        ahead.clear();
        history.beginJournal(announcementsKnown);
    }
}
