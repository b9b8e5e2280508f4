package org.chevet.simulations.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chevet.event.Author;
import org.chevet.event.BedEvent;
import org.chevet.event.BedRequest;
import org.chevet.event.Drill;
import org.chevet.event.Ending;
import org.chevet.event.Location;
import org.chevet.event.MovementKind;
import org.chevet.event.Origin;
import org.chevet.event.Recorded;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.DrillLog;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.ServiceView;
import org.chevet.occupancy.Stay;
import org.chevet.occupancy.StayStatus;
import org.chevet.occupancy.Timeline;
import org.jspecify.annotations.Nullable;

/**
 * What a drill's state does not say any more: when beds were asked for and held, and what people decided. A fold of the events that
 * follow its beginning. Of one thread.
 */
public final class DrillRecord {
    /** What the report of a drill shows of decisions, the last. */
    static final int DECISIONS_MAX = 1_000;

    /**
     * Something that a player did.
     *
     * @param kinds the types of its events
     */
    public record Decision(long act, Instant at, String by, List<String> kinds) {}

    /** Who comes is the same whenever it is asked. */
    private final OrdinaryLife ordinary = new OrdinaryLife();

    private final Map<RequestId, StayId> stays = new HashMap<>();
    private final Map<StayId, Instant> asked = new HashMap<>();
    private final Map<StayId, Instant> held = new HashMap<>();

    /** From when on ordinary patients need a bed, and since when they lie in one. */
    private final Map<StayId, Instant> needed = new HashMap<>();

    private final Map<StayId, Instant> placed = new HashMap<>();

    /** What those who were given a bed asked for last. */
    private final Map<StayId, CareNeeds> given = new HashMap<>();

    private final Map<Long, Decision> decisions = new LinkedHashMap<>();
    /** Who needs a first bed, or did until that was given up, by where they come from. */
    private final Map<StayId, RequestOrigin> bedless = new HashMap<>();

    private @Nullable Drill drill;
    private int sentElsewhere;
    private int putOff;
    private int refusals;
    private int overrides;
    private int cards;
    private long sequence;

    /** The last event that is in it, 0 before the first. */
    public long sequence() {
        return sequence;
    }

    public int refusals() {
        return refusals;
    }

    /** Patients who left, or did not come, for lack of a bed; without those called in. */
    int sentElsewhere() {
        return sentElsewhere;
    }

    /** Those called in who were told not to come. */
    int putOff() {
        return putOff;
    }

    public int overrides() {
        return overrides;
    }

    /** Action cards that were taken on. */
    public int cards() {
        return cards;
    }

    /** What became of ordinary patients by a time. */
    Outcome.Ordinary ordinary(Instant now) {
        List<Long> waits = new ArrayList<>();
        int needing = 0;
        for (Map.Entry<StayId, Instant> one : needed.entrySet()) {
            if (one.getValue().isAfter(now)) {
                continue;
            }
            needing++;
            Instant lies = placed.get(one.getKey());
            if (lies != null) {
                waits.add(Math.max(0, Duration.between(one.getValue(), lies).toMinutes()));
            }
        }
        Collections.sort(waits);
        return new Outcome.Ordinary(needing, waits.size(), waits.isEmpty() ? null : waits.get((waits.size() - 1) / 2));
    }

    /** What players did, the first first. */
    public List<Decision> decisions() {
        return List.copyOf(decisions.values());
    }

    public void accept(Recorded recorded) {
        sequence = recorded.sequence();
        switch (recorded.event()) {
            case BedEvent.DrillBegun e -> drill = e.drill();
            case BedEvent.BedRequested e -> {
                StayId stay = e.request().stay();
                if (stay != null) {
                    isBedless(e.request());
                    stays.put(e.request().id(), stay);
                    asked.putIfAbsent(stay, e.at());
                    if (OrdinaryPatient.is(stay)) {
                        needed.putIfAbsent(stay, e.request().neededAt());
                    }
                }
            }
            case BedEvent.BedRequestCancelled e -> isBedless(e.request());
            case BedEvent.RegistrationCancelled e -> doesNotCome(e.stay(), e.at());
            case BedEvent.MovementRecorded e -> {
                boolean over = e.movement().to().bed() != null || e.movement().kind() == MovementKind.DISCHARGE;
                if (over && bedless.remove(e.stay()) != null && e.movement().ending() == Ending.TRANSFERRED_OUT) {
                    sentElsewhere++;
                }
                if (OrdinaryPatient.is(e.stay()) && e.movement().to().bed() != null) {
                    placed.putIfAbsent(e.stay(), e.at());
                }
            }
            case BedEvent.BedReserved e -> {
                StayId stay = stays.get(e.request());
                if (stay != null) {
                    held.putIfAbsent(stay, e.at());
                }
            }
            case BedEvent.BedRequestFulfilled e ->
                given.put(e.stay(), e.request().needs());
            case BedEvent.BedRefused e -> refusals++;
            case BedEvent.RulesOverridden e -> overrides++;
            case BedEvent.ActionCardChanged e -> cards += e.previous() == null ? 1 : 0;
            default -> {}
        }
        if (recorded.origin() instanceof Origin.Person person
                && !(recorded.event() instanceof BedEvent.ActRefused)
                && !Unplayed.isUnplayed(person)) {
            decide(recorded, person);
        }
    }

    private void isBedless(BedRequest request) {
        if (request.stay() != null && request.origin() != RequestOrigin.INTERNAL) {
            bedless.put(request.stay(), request.origin());
        }
    }

    /** Who needed a bed by then, and would have come, is among those who needed one. */
    private void doesNotCome(StayId stay, Instant at) {
        RequestOrigin origin = bedless.remove(stay);
        boolean cancels = drill != null
                && origin == RequestOrigin.ELECTIVE
                && OrdinaryPatient.is(stay)
                && OrdinaryLife.cancels(stay, drill);
        if (origin != null && !cancels) {
            putOff += origin == RequestOrigin.ELECTIVE ? 1 : 0;
            sentElsewhere += origin == RequestOrigin.ELECTIVE ? 0 : 1;
        }
        Instant from = needed.get(stay);
        if (cancels || from != null && at.isBefore(from)) {
            needed.remove(stay);
        }
    }

    /**
     * Whether it is for those who lead to take back: who opened the drill did it, or an inject whose time had come, or it is what only those who
     * lead do.
     */
    public static boolean isDirected(DrillLog drill, Recorded recorded) {
        return switch (recorded.event()) {
            case BedEvent.InjectPlanned e -> true;
            case BedEvent.InjectWithdrawn e -> true;
            case BedEvent.InjectDone e -> true;
            case BedEvent.InjectEnded e -> true;
            case BedEvent.SimulatedRolesChanged e -> true;
            default ->
                recorded.origin() instanceof Origin.Person person
                        && (person.equals(Unplayed.DIRECTION)
                                || Author.of(person).equals(drill.drill().director()));
        };
    }

    private void decide(Recorded recorded, Origin.Person person) {
        String kind = recorded.event().getClass().getSimpleName();
        Decision known = decisions.get(recorded.act());
        List<String> kinds = new ArrayList<>(known == null ? List.of() : known.kinds());
        kinds.add(kind);
        decisions.put(
                recorded.act(),
                new Decision(
                        recorded.act(), recorded.recordedAt(), person.name(), Collections.unmodifiableList(kinds)));
        if (decisions.size() > DECISIONS_MAX) {
            decisions.remove(decisions.keySet().iterator().next());
        }
    }

    /** Those who have come, the first first. */
    public List<Victim> victims(HospitalView view) {
        DrillLog drill = view.drill();
        List<Victim> victims = new ArrayList<>();
        if (drill == null) {
            return victims;
        }
        for (DrillLog.Planned planned : drill.injects()) {
            for (Casualty casualty : ordinary.casualties(view.hospital(), drill, planned)) {
                Stay stay = view.stays().get(casualty.stay());
                if (stay != null) {
                    victims.add(victim(casualty, stay, view));
                }
            }
        }
        return victims;
    }

    private Victim victim(Casualty casualty, Stay stay, HospitalView view) {
        Instant placed = null;
        for (Timeline.Stretch stretch : stay.timeline().stretches()) {
            if (placed == null && stretch.location().bed() != null) {
                placed = stretch.from();
            }
        }
        Location here = stay.isHere() ? stay.location() : null;
        ServiceView service = here == null || here.service() == null ? null : view.service(here.service());
        CareNeeds last = given.get(casualty.stay());
        CareNeeds needs = last == null ? casualty.needs() : last;
        boolean outlier = needs != null
                && here != null
                && here.bed() != null
                && service != null
                && !service.service().specialties().contains(needs.specialty());
        return new Victim(
                casualty,
                asked.get(casualty.stay()),
                held.get(casualty.stay()),
                placed,
                leftAt(stay),
                stay.ending() == Ending.DIED,
                here == null ? null : here.service(),
                here == null ? null : here.bed(),
                outlier);
    }

    private static @Nullable Instant leftAt(Stay stay) {
        Ending ending = stay.ending();
        return stay.status() == StayStatus.ENDED
                        && ending != null
                        && stay.timeline().last() != null
                ? stay.timeline().last().at()
                : null;
    }
}
