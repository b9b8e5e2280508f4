package org.chevet.occupancy;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.chevet.event.BedEvent;
import org.chevet.event.BedRequest;
import org.chevet.event.Command;
import org.chevet.event.Movement;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.BedId;
import org.jspecify.annotations.Nullable;

/** Moves that feeds announce (HL7 A15, A26): each is a request for a bed. Appends the events to a decision in the making. */
final class PendingTransfers {
    /** Of a move that somebody planned: neither vital nor able to wait for ever. */
    private static final int PENDING_TRANSFER_PRIORITY = 3;

    private final LiveState live;
    private final Instant now;
    private final List<BedEvent> events;
    private final Contradictions contradictions;

    PendingTransfers(LiveState live, Instant now, List<BedEvent> events) {
        this.live = live;
        this.now = now;
        this.events = events;
        this.contradictions = new Contradictions(live, now, events);
    }

    void ask(Command.ReportPendingTransfer fact) {
        Stay stay = live.stay(fact.stay());
        BedRequest open = live.requests.get(fact.request());
        if (open != null && (sameWish(open, fact) || open.requestedAt().isAfter(fact.at()))) {
            return;
        }
        if (stay != null && (stay.status() == StayStatus.ENDED || movedSince(stay, fact.at()))) {
            return;
        }
        close(open, "stated anew");
        events.add(new BedEvent.BedRequested(
                now,
                new BedRequest(
                        fact.request(),
                        stay == null ? fact.stay() : stay.id(),
                        fact.service(),
                        RequestOrigin.INTERNAL,
                        (stay == null ? Stay.unannounced(fact.stay()) : stay).needs(),
                        PENDING_TRANSFER_PRIORITY,
                        fact.at(),
                        fact.neededAt(),
                        null,
                        null)));
    }

    private static boolean sameWish(BedRequest open, Command.ReportPendingTransfer fact) {
        return Objects.equals(open.service(), fact.service()) && open.neededAt().equals(fact.neededAt());
    }

    private static boolean movedSince(Stay stay, Instant at) {
        Movement last = stay.timeline().last();
        return last != null && last.statedAt().isAfter(at);
    }

    void cancel(Command.ReportPendingTransferCancelled fact) {
        BedRequest open = live.requests.get(fact.request());
        if (open != null && !open.requestedAt().isAfter(fact.at())) {
            close(open, "cancelled by its sender");
        }
    }

    private void close(@Nullable BedRequest open, String reason) {
        if (open != null) {
            BedId reserved = live.bedOfRequest(open.id());
            if (reserved != null) {
                contradictions.release(reserved, BedEvent.ReservationReleased.Cause.REQUEST_CANCELLED);
            }
            events.add(new BedEvent.BedRequestCancelled(now, open, reason));
        }
    }
}
