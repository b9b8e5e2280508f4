package org.chevet.tension;

import java.time.Duration;
import java.time.Instant;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.BedId;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;

/**
 * The clocks of one bed request: request → decided → bed ready → moved.
 *
 * @param wished for, null for any
 * @param service of the bed decided on or moved to, else the one wished for, null while there is neither
 * @param neededAt a bed asked for in advance is not waited for before
 * @param decidedAt when the bed that is held was reserved, null while none is
 * @param readyAt when the bed that the patient moved to was clean, or decided on if it was clean before
 * @param movedAt null while the patient has not moved
 * @param cancelledAt null unless nobody asks any longer
 */
record Wait(
        @Nullable StayId stay,
        @Nullable ServiceId wished,
        @Nullable ServiceId service,
        RequestOrigin origin,
        Instant requestedAt,
        Instant neededAt,
        @Nullable Instant decidedAt,
        @Nullable BedId bed,
        @Nullable Instant readyAt,
        @Nullable Instant movedAt,
        @Nullable Instant cancelledAt) {

    boolean isOpen() {
        return movedAt == null && cancelledAt == null;
    }

    /** Since when the patient waits. */
    Instant since() {
        return Ledger.later(requestedAt, neededAt);
    }

    boolean lastsFrom(Instant from, Instant to) {
        Instant end = movedAt == null ? cancelledAt : movedAt;
        return !since().isAfter(from) && (end == null || !end.isBefore(to));
    }

    boolean isFromEmergency() {
        return origin == RequestOrigin.EMERGENCY_DEPARTMENT;
    }

    /** Of a bed that is still waited for. */
    Duration soFar(Instant now) {
        return Duration.between(Ledger.earlier(since(), now), now);
    }

    Wait decided(Instant at, BedId held, @Nullable ServiceId there) {
        Instant first = decidedAt == null ? at : decidedAt;
        return new Wait(
                stay,
                wished,
                there == null ? service : there,
                origin,
                requestedAt,
                neededAt,
                first,
                held,
                null,
                null,
                null);
    }

    Wait undecided() {
        return new Wait(stay, wished, wished, origin, requestedAt, neededAt, null, null, null, movedAt, cancelledAt);
    }

    Wait moved(Instant at, StayId who, BedId to, @Nullable ServiceId there, @Nullable Instant cleanAt) {
        Instant chosen = decidedAt == null || decidedAt.isAfter(at) ? at : decidedAt;
        Instant ready = cleanAt == null ? chosen : Ledger.later(chosen, Ledger.earlier(cleanAt, at));
        return new Wait(
                who,
                wished,
                there == null ? service : there,
                origin,
                requestedAt,
                neededAt,
                chosen,
                to,
                ready,
                at,
                null);
    }

    Wait cancelled(Instant at) {
        return new Wait(stay, wished, service, origin, requestedAt, neededAt, decidedAt, bed, readyAt, null, at);
    }
}
