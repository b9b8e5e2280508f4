package org.chevet.forecast;

import java.time.Instant;
import java.util.List;
import org.chevet.event.Barrier;
import org.jspecify.annotations.Nullable;

/** A stay, as far as forecasts follow it: as it is by what was recorded, and as it was at the last full hour, which is what is learned from. */
final class FollowedStay {
    /** Who is announced for less than so long after, comes by another rhythm than who is announced for later, and not as punctually. */
    private static final int SOON_HOURS = 24;

    int service = Presence.OUT;
    long sinceHour;

    /** The last one that was not taken back, and when it was made. */
    @Nullable
    String movement;

    Instant at = Instant.MIN;

    /** Before that movement. */
    int serviceBefore = Presence.OUT;

    long sinceHourBefore;
    long planDay = Standing.NO_PLAN;
    boolean ready;
    boolean closed;
    List<Barrier> barriers = List.of();
    private long heldUntilDay = Standing.NOT_HELD;
    boolean asked;
    int destination = Presence.OUT;

    /** For which hour the patient is announced to a service, and in which that was first said. */
    long expectedHour = Long.MIN_VALUE;

    long announcedHour;

    @Nullable
    String specialty;

    int seenService = Presence.OUT;
    long seenSinceHour;
    int seenDestination = Presence.OUT;

    /** The first hour that is not learned of yet, while there is a service. */
    long learnedUntil;

    boolean watched;
    boolean touched;

    /** Announced to a service, and neither come there nor given up. */
    boolean awaited;

    final Known known = new Known();

    void hold(List<Barrier> by, WallHours wall) {
        barriers = by;
        heldUntilDay = Standing.heldUntilDay(by, wall);
    }

    /** The patient is not where the last movement led. */
    void goBack() {
        service = serviceBefore;
        sinceHour = sinceHourBefore;
    }

    /** Came, but to none of the services: as to an emergency department that is none. */
    boolean isInNoService() {
        return movement != null && service == Presence.OUT;
    }

    private int milestone() {
        return closed
                ? Standing.CLOSED
                : ready ? Standing.MEDICALLY_READY : asked ? Standing.BED_ASKED : Standing.WAITS;
    }

    boolean isAnnouncedSoon() {
        return expectedHour - announcedHour < SOON_HOURS;
    }

    boolean isAsSeen() {
        return hasNotMoved() && destination == seenDestination && known.isNow(planDay, heldUntilDay, milestone());
    }

    /** Whether it was in that service at the last full hour, in the same stretch. */
    boolean hasNotMoved() {
        return service == seenService && sinceHour == seenSinceHour;
    }

    /** As it is at a full hour. */
    void see(long hour) {
        if (!hasNotMoved()) {
            seenService = service;
            seenSinceHour = sinceHour;
            learnedUntil = hour;
        }
        seenDestination = destination;
        if (!known.isNow(planDay, heldUntilDay, milestone())) {
            known.become(planDay, heldUntilDay, milestone(), hour);
        }
    }

    void addTo(Presence presence) {
        presence.add(service, sinceHour, planDay, heldUntilDay, milestone(), destination);
    }
}
