package org.chevet.forecast;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.chevet.event.Barrier;
import org.chevet.event.BedEvent;
import org.chevet.event.BedEvent.AdministrativeClosureChanged;
import org.chevet.event.BedEvent.BarrierLifted;
import org.chevet.event.BedEvent.BarrierSet;
import org.chevet.event.BedEvent.BedRequestCancelled;
import org.chevet.event.BedEvent.BedRequestFulfilled;
import org.chevet.event.BedEvent.BedRequested;
import org.chevet.event.BedEvent.BedReserved;
import org.chevet.event.BedEvent.DischargePlanned;
import org.chevet.event.BedEvent.MedicalReadinessChanged;
import org.chevet.event.BedEvent.MovementCancelled;
import org.chevet.event.BedEvent.MovementCorrected;
import org.chevet.event.BedEvent.MovementRecorded;
import org.chevet.event.BedEvent.PapersStated;
import org.chevet.event.BedEvent.PatientUpdated;
import org.chevet.event.BedEvent.RegistrationCancelled;
import org.chevet.event.BedEvent.StayArchived;
import org.chevet.event.BedEvent.StayRegistered;
import org.chevet.event.BedEvent.StaysMerged;
import org.chevet.event.BedEvent.StaysSwapped;
import org.chevet.event.BedRequest;
import org.chevet.event.Location;
import org.chevet.event.Movement;
import org.chevet.event.PatientClass;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;

/**
 * Who is here, who is announced, and what is known of each, by the events of a journal. Nothing is learned here: it says of whom something was told, and a
 * history compares. Takes memory for the stays that are in the live state. Owned by one thread.
 */
final class FollowedStays {
    private final Premises premises;
    private final Map<StayId, FollowedStay> stays = new HashMap<>();
    private final Map<RequestId, FollowedStay> asking = new HashMap<>();
    private final Set<FollowedStay> announced = new LinkedHashSet<>();

    /** Who is in a service, or was at the last full hour. */
    private final List<FollowedStay> watched = new ArrayList<>();

    /** Of whom something was told within the hour. */
    private final List<FollowedStay> touched = new ArrayList<>();

    FollowedStays(Premises premises) {
        this.premises = premises;
    }

    /** @param now the hour in which it is told */
    void take(BedEvent event, long now) {
        switch (event) {
            case MovementRecorded moved -> move(stay(moved.stay()), moved.movement());
            case MovementCorrected corrected -> correct(stay(corrected.stay()), corrected.movement());
            case MovementCancelled cancelled -> takeBack(stay(cancelled.stay()), cancelled.movement());
            case StaysSwapped swapped -> {
                move(stay(swapped.first()), swapped.firstMovement());
                move(stay(swapped.second()), swapped.secondMovement());
            }
            case StaysMerged merged -> merge(stay(merged.from()), stay(merged.into()));
            case StayRegistered registered -> {
                FollowedStay stay = stay(registered.stay());
                String specialty = registered.needs().specialty();
                stay.specialty = specialty == null ? registered.assumedSpecialty() : specialty;
                announce(stay, registered.expectedArrival(), now);
            }
            case PapersStated stated -> {
                FollowedStay stay = stay(stated.stay());
                String specialty = stated.papers().specialty();
                if (specialty != null || stay.specialty == null) {
                    stay.specialty = specialty == null ? stated.papers().assumedSpecialty() : specialty;
                }
                if (stated.papers().expectedArrival() != null) {
                    announce(stay, stated.papers().expectedArrival(), now);
                }
            }
            case PatientUpdated updated -> announce(stay(updated.stay()), updated.expectedArrival(), now);
            case RegistrationCancelled cancelled -> awaitNoMore(stay(cancelled.stay()));
            case DischargePlanned planned ->
                stay(planned.stay()).planDay = planned.expected() == null
                        ? Standing.NO_PLAN
                        : premises.wall().day(planned.expected());
            case MedicalReadinessChanged changed -> stay(changed.stay()).ready = changed.ready();
            case AdministrativeClosureChanged changed -> stay(changed.stay()).closed = changed.closed();
            case BarrierSet set -> {
                FollowedStay stay = stay(set.stay());
                stay.hold(Barrier.with(stay.barriers, set.barrier()), premises.wall());
            }
            case BarrierLifted lifted -> {
                FollowedStay stay = stay(lifted.stay());
                stay.hold(Barrier.without(stay.barriers, lifted.barrier().kind()), premises.wall());
            }
            case StayArchived archived -> forget(archived.stay());
            case BedRequested requested -> ask(requested.request(), now);
            case BedReserved reserved -> {
                FollowedStay stay = asking.get(reserved.request());
                if (stay != null) {
                    touch(stay);
                    stay.destination = premises.serviceOf(reserved.bed());
                }
            }
            case BedRequestCancelled cancelled -> {
                FollowedStay stay = askNoMore(cancelled.request());
                if (stay != null && stay.isInNoService()) {
                    awaitNoMore(stay);
                }
            }
            case BedRequestFulfilled fulfilled -> askNoMore(fulfilled.request());
            default -> {}
        }
    }

    /** What was told so far is of no more use. */
    void clear() {
        stays.clear();
        asking.clear();
        announced.clear();
        watched.clear();
        touched.clear();
    }

    /** Of whom something is being told. */
    FollowedStay stay(StayId id) {
        FollowedStay stay = stays.computeIfAbsent(id, none -> new FollowedStay());
        touch(stay);
        return stay;
    }

    private void touch(FollowedStay stay) {
        if (!stay.touched) {
            stay.touched = true;
            touched.add(stay);
        }
    }

    private void forget(StayId id) {
        FollowedStay stay = stays.remove(id);
        if (stay != null) {
            touch(stay);
            stay.service = Presence.OUT;
            awaitNoMore(stay);
            asking.values().removeIf(asker -> asker == stay);
        }
    }

    /** One that was before the last known is history that was counted otherwise already. */
    private void move(FollowedStay stay, Movement movement) {
        if (movement.at().isBefore(stay.at)) {
            return;
        }
        stay.serviceBefore = stay.service;
        stay.sinceHourBefore = stay.sinceHour;
        stay.movement = movement.id();
        stay.at = movement.at();
        apply(stay, movement);
    }

    private void correct(FollowedStay stay, Movement movement) {
        if (movement.id().equals(stay.movement)) {
            stay.goBack();
            stay.at = movement.at();
            apply(stay, movement);
        }
    }

    private void takeBack(FollowedStay stay, String movement) {
        if (movement.equals(stay.movement)) {
            place(stay, stay.serviceBefore, stay.sinceHourBefore);
            stay.movement = null;
        }
    }

    private void apply(FollowedStay stay, Movement movement) {
        switch (movement.kind()) {
            case ADMISSION, TRANSFER -> place(stay, movement);
            case RETURN -> {
                if (!movement.to().equals(Location.ELSEWHERE)) {
                    place(stay, movement);
                }
            }
            case LEAVE -> {}
            case DISCHARGE -> {
                place(stay, Presence.OUT, WallHours.hour(movement.at()));
                awaitNoMore(stay);
            }
        }
    }

    private void place(FollowedStay stay, Movement movement) {
        int service =
                movement.patientClass() == PatientClass.OUTPATIENT ? Presence.OUT : premises.service(movement.to());
        if (service != stay.service) {
            place(stay, service, WallHours.hour(movement.at()));
        }
    }

    private void place(FollowedStay stay, int service, long since) {
        stay.service = service;
        stay.sinceHour = since;
        if (!stay.watched && service != Presence.OUT) {
            stay.watched = true;
            watched.add(stay);
        }
    }

    private void merge(FollowedStay from, FollowedStay into) {
        if (into.service == Presence.OUT && from.service != Presence.OUT) {
            place(into, from.service, from.sinceHour);
            into.movement = from.movement;
            into.at = from.at;
            into.seenService = from.seenService;
            into.seenSinceHour = from.seenSinceHour;
        }
        into.hold(Barrier.joined(into.barriers, from.barriers), premises.wall());
        from.service = Presence.OUT;
        from.seenService = Presence.OUT;
        awaitNoMore(from);
    }

    private void announce(FollowedStay stay, @Nullable Instant expected, long now) {
        if (stay.movement != null) {
            return; // Who is here comes to a service when a bed is asked for.
        }
        if (expected == null || stay.service != Presence.OUT) {
            awaitNoMore(stay);
            return;
        }
        await(stay, expected, now);
    }

    private void await(FollowedStay stay, Instant expected, long now) {
        stay.expectedHour = WallHours.hour(expected);
        if (!stay.awaited) {
            stay.awaited = true;
            stay.announcedHour = now;
            announced.add(stay);
        }
    }

    private void ask(BedRequest request, long now) {
        if (request.stay() != null) {
            FollowedStay stay = stay(request.stay());
            stay.asked = true;
            stay.destination = premises.number(request.service());
            asking.put(request.id(), stay);
            if (stay.isInNoService()) {
                await(stay, request.neededAt(), now);
            }
        }
    }

    private @Nullable FollowedStay askNoMore(BedRequest request) {
        FollowedStay stay = asking.remove(request.id());
        if (stay != null) {
            touch(stay);
            stay.asked = false;
            stay.destination = Presence.OUT;
        }
        return stay;
    }

    /**
     * A full hour. Of all others nothing has changed since the last one.
     *
     * @param changed is told of each who is otherwise than at the last one, before that is forgotten
     */
    void seeTouched(long hour, Consumer<FollowedStay> changed) {
        for (FollowedStay stay : touched) {
            stay.touched = false;
            if (stay.watched && !stay.isAsSeen()) {
                changed.accept(stay);
                stay.see(hour);
            }
        }
        touched.clear();
    }

    /** Each who has moved since the last full hour. */
    void forEachMoved(Consumer<FollowedStay> action) {
        for (FollowedStay stay : touched) {
            if (stay.watched && !stay.hasNotMoved()) {
                action.accept(stay);
            }
        }
    }

    /** Who is in a service, or was since the last time that those who left were unwatched. */
    void forEachWatched(Consumer<FollowedStay> action) {
        watched.forEach(action);
    }

    void unwatchWhoLeft() {
        watched.removeIf(stay -> {
            stay.watched = stay.service != Presence.OUT || stay.seenService != Presence.OUT;
            return !stay.watched;
        });
    }

    /** The one whose arrival is awaited; null when it is not announced, or came. */
    @Nullable
    FollowedStay awaited(StayId id) {
        FollowedStay stay = stays.get(id);
        return stay != null && stay.awaited ? stay : null;
    }

    /** Whether it was awaited. Most are not, and need not be looked for. */
    boolean awaitNoMore(FollowedStay stay) {
        boolean was = stay.awaited;
        if (was) {
            stay.awaited = false;
            announced.remove(stay);
        }
        return was;
    }

    void awaitNoMore(Predicate<FollowedStay> late) {
        announced.removeIf(stay -> {
            stay.awaited = !late.test(stay);
            return !stay.awaited;
        });
    }

    /** Whether a stay that is announced was announced soon before. */
    boolean isAnnouncedSoon(StayId id) {
        FollowedStay stay = stays.get(id);
        return stay != null && stay.isAnnouncedSoon();
    }

    /** How many patients each service has. */
    int[] present(int services) {
        int[] present = new int[services];
        for (FollowedStay stay : watched) {
            if (stay.service != Presence.OUT) {
                present[stay.service]++;
            }
        }
        return present;
    }

    /** As they are by what was recorded. */
    Presence presence() {
        Presence presence = new Presence();
        for (FollowedStay stay : watched) {
            if (stay.service != Presence.OUT) {
                stay.addTo(presence);
            }
        }
        for (FollowedStay stay : announced) {
            int service = stay.destination == Presence.OUT ? premises.serviceOf(stay.specialty) : stay.destination;
            if (service != Presence.OUT) {
                presence.announce(service, stay.expectedHour, stay.isAnnouncedSoon(), stay.isInNoService());
            }
        }
        return presence;
    }
}
