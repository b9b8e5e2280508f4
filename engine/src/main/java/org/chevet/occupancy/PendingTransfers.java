package org.chevet.occupancy;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.chevet.event.BedEvent;
import org.chevet.event.BedRequest;
import org.chevet.event.Command;
import org.chevet.event.Location;
import org.chevet.event.Movement;
import org.chevet.event.MovementKind;
import org.chevet.event.PatientClass;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.BedId;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.ServiceId;
import org.jspecify.annotations.Nullable;

/**
 * Moves that feeds announce (HL7 A15, A26). The announced movement waits in the stay's timeline under a number of its own, which a
 * cancellation leaves behind as it does any other; a bed is requested while it waits and the patient has not moved, in whatever order that
 * becomes known. Appends the events to a decision in the making.
 */
final class PendingTransfers {
    /** Of a move that somebody planned: neither vital nor able to wait for ever. */
    private static final int PENDING_TRANSFER_PRIORITY = 3;

    /** With a blank, which no sender's number has. */
    private static final String NUMBER_START = "pending ";

    private final LiveState live;
    private final Instant now;
    private final List<BedEvent> events;
    private final Contradictions contradictions;

    PendingTransfers(LiveState live, Instant now, List<BedEvent> events, Contradictions contradictions) {
        this.live = live;
        this.now = now;
        this.events = events;
        this.contradictions = contradictions;
    }

    private static String number(RequestId request) {
        return NUMBER_START + request;
    }

    static boolean isNumber(String movement) {
        return movement.startsWith(NUMBER_START);
    }

    /** The announced movement that this request is for, null when it is for none. */
    static @Nullable Movement announced(Stay stay, RequestId request) {
        Timeline.Awaiting early = stay.timeline().awaited(number(request));
        return early == null ? null : early.movement();
    }

    void ask(Command.ReportPendingTransfer fact) {
        Stay stay = FactDecisions.known(live, fact.stay());
        Movement announced = new Movement(
                number(fact.request()),
                MovementKind.TRANSFER,
                fact.neededAt(),
                new Location(fact.service(), null),
                PatientClass.INPATIENT,
                fact.at(),
                null);
        Movement known = announced(stay, fact.request());
        boolean outdated = known != null && (known.statedAt().isAfter(fact.at()) || known.equals(announced));
        if (outdated || stay.timeline().isCancelled(announced.id(), fact.at())) {
            return;
        }
        events.add(new BedEvent.MovementAwaited(stay.id(), announced, true));
        BedRequest open = live.requests.get(fact.request());
        if (open != null && !isFor(open, announced)) {
            close(open, "stated anew");
            open = null;
        }
        settle(stay, fact.request(), announced, open);
    }

    private static boolean isFor(BedRequest open, Movement announced) {
        return Objects.equals(open.service(), announced.to().service())
                && open.neededAt().equals(announced.at());
    }

    void cancel(Command.ReportPendingTransferCancelled fact) {
        Stay stay = FactDecisions.known(live, fact.stay());
        String number = number(fact.request());
        Movement announced = announced(stay, fact.request());
        boolean outdated = announced != null && announced.statedAt().isAfter(fact.at());
        if (outdated || stay.timeline().isCancelled(number, fact.at())) {
            return;
        }
        events.add(new BedEvent.MovementCancelled(fact.at(), stay.id(), number, fact.at(), announced, null));
        BedRequest open = live.requests.get(fact.request());
        if (open != null && !open.requestedAt().isAfter(fact.at())) {
            close(open, "cancelled by its sender");
        }
    }

    /** A person settled the request: what the feed announced no longer counts. */
    void forget(Stay stay, RequestId request) {
        Movement announced = announced(stay, request);
        if (announced != null) {
            // By the sender's clock, so that what it announces after that counts, be that clock behind ours.
            events.add(
                    new BedEvent.MovementCancelled(now, stay.id(), number(request), announced.statedAt(), null, null));
        }
    }

    /** The stay's timeline changed: beds are requested for the movements that are still to come, and for no others. */
    void settle(Stay stay) {
        for (Timeline.Awaiting early : stay.timeline().awaiting()) {
            Movement announced = early.movement();
            if (isNumber(announced.id())) {
                RequestId id = new RequestId(announced.id().substring(NUMBER_START.length()));
                if (!isFulfilledHere(id)) {
                    settle(stay, id, announced, live.requests.get(id));
                }
            }
        }
    }

    private boolean isFulfilledHere(RequestId id) {
        return events.stream()
                .anyMatch(event -> event instanceof BedEvent.BedRequestFulfilled fulfilled
                        && fulfilled.request().id().equals(id));
    }

    private void settle(Stay stay, RequestId id, Movement announced, @Nullable BedRequest open) {
        boolean answered = isAnswered(stay.timeline(), announced);
        if (answered && open != null) {
            close(open, "the patient has moved");
        } else if (!answered && open == null) {
            request(id, stay, announced);
        }
    }

    /** Whether the patient is gone, or has left or come into a bed of the service wished for since the movement was announced. */
    static boolean isAnswered(Timeline timeline, Movement announced) {
        List<Movement> movements = timeline.movements();
        Location from = Location.ELSEWHERE;
        for (int i = 0; i < movements.size(); i++) {
            Movement movement = movements.get(i);
            Location to = timeline.locationAfter(i);
            boolean last = i == movements.size() - 1;
            if (movement.kind() == MovementKind.DISCHARGE
                    ? last || movement.at().isAfter(announced.statedAt())
                    : !to.equals(from) && isWished(to, announced) && isSince(movement, announced)) {
                return true;
            }
            from = to;
        }
        return false;
    }

    private static boolean isWished(Location to, Movement announced) {
        ServiceId wished = announced.to().service();
        return to.bed() != null && (wished == null || wished.equals(to.service()));
    }

    /** A transfer may be typed after the fact: said later than the announcement, it answers it whenever it took place. */
    private static boolean isSince(Movement movement, Movement announced) {
        Instant announcedAt = announced.statedAt();
        return movement.at().isAfter(announcedAt)
                || movement.kind() == MovementKind.TRANSFER
                        && movement.statedAt().isAfter(announcedAt);
    }

    private void request(RequestId id, Stay stay, Movement announced) {
        events.add(new BedEvent.BedRequested(
                now,
                new BedRequest(
                        id,
                        stay.id(),
                        announced.to().service(),
                        RequestOrigin.INTERNAL,
                        stay.needs(),
                        PENDING_TRANSFER_PRIORITY,
                        announced.statedAt(),
                        announced.at(),
                        null,
                        null)));
    }

    private void close(BedRequest open, String reason) {
        BedId reserved = live.bedOfRequest(open.id());
        if (reserved != null) {
            contradictions.release(reserved, BedEvent.ReservationReleased.Cause.REQUEST_CANCELLED);
        }
        events.add(new BedEvent.BedRequestCancelled(now, open, reason));
    }
}
