package org.chevet.occupancy;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.chevet.event.Anomaly;
import org.chevet.event.BedCondition;
import org.chevet.event.BedEvent;
import org.chevet.event.BedRequest;
import org.chevet.event.BlockReason;
import org.chevet.event.Command;
import org.chevet.event.Movement;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.BedId;
import org.jspecify.annotations.Nullable;

/** What feeds state of beds, and of who is to have one. Appends the events to a decision in the making. */
final class BedFacts {
    /** Of a move that somebody planned: neither vital nor able to wait for ever. */
    private static final int PENDING_TRANSFER_PRIORITY = 3;

    private final LiveState live;
    private final Instant now;
    private final List<BedEvent> events;
    private final Contradictions contradictions;

    BedFacts(LiveState live, Instant now, List<BedEvent> events) {
        this.live = live;
        this.now = now;
        this.events = events;
        this.contradictions = new Contradictions(live, now, events);
    }

    void pendingTransfer(Command.ReportPendingTransfer fact) {
        Stay stay = live.stay(fact.stay());
        BedRequest open = live.request(fact.request());
        if (open != null && (sameWish(open, fact) || open.requestedAt().isAfter(fact.at()))) {
            return;
        }
        if (stay != null && (stay.status() == StayStatus.ENDED || movedSince(stay, fact.at()))) {
            return;
        }
        cancel(open, "stated anew");
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

    void cancelPendingTransfer(Command.ReportPendingTransferCancelled fact) {
        BedRequest open = live.request(fact.request());
        if (open != null && !open.requestedAt().isAfter(fact.at())) {
            cancel(open, "cancelled by its sender");
        }
    }

    private void cancel(@Nullable BedRequest open, String reason) {
        if (open != null) {
            BedId reserved = live.bedOfRequest(open.id());
            if (reserved != null) {
                contradictions.release(reserved, BedEvent.ReservationReleased.Cause.REQUEST_CANCELLED);
            }
            events.add(new BedEvent.BedRequestCancelled(now, open, reason));
        }
    }

    void status(Command.ReportBedStatus fact) {
        int index = live.layout().bed(fact.bed());
        if (index == Layout.NONE) {
            contradictions
                    .raise(
                            Anomaly.Kind.UNKNOWN_BED,
                            "bed:" + fact.bed(),
                            null,
                            null,
                            fact.bed(),
                            fact.status().name());
            return;
        }
        BedStatus bed = live.bed(index);
        boolean empty = bed.occupants().isEmpty();
        switch (fact.status()) {
            case CLOSED -> {
                if (bed.open()) {
                    contradictions
                            .release(bed.bed(), BedEvent.ReservationReleased.Cause.OVERRIDDEN);
                    events.add(new BedEvent.BedClosed(fact.at(), bed.bed()));
                }
                if (!empty) {
                    contradictions
                            .raise(
                                    Anomaly.Kind.BED_NOT_USABLE,
                                    "unusable:" + bed.bed(),
                                    bed.occupants().getFirst(),
                                    null,
                                    bed.bed(),
                                    null);
                }
            }
            case HOUSEKEEPING -> {
                switch (bed.condition()) {
                    case CLEAN ->
                        events.add(new BedEvent.CleaningRequested(
                                fact.at(), bed.bed(), false, bed.condition(), bed.contaminated()));
                    case TO_CLEAN -> events.add(new BedEvent.CleaningStarted(fact.at(), bed.bed(), bed.condition()));
                    case CLEANING -> {}
                }
                if (!empty) {
                    contradict(fact);
                }
            }
            case CONTAMINATED -> {
                if (bed.condition() != BedCondition.TO_CLEAN || !bed.contaminated()) {
                    events.add(new BedEvent.CleaningRequested(
                            fact.at(), bed.bed(), true, bed.condition(), bed.contaminated()));
                }
            }
            case UNOCCUPIED -> {
                if (!bed.open()) {
                    events.add(new BedEvent.BedOpened(fact.at(), bed.bed()));
                }
                if (bed.condition() != BedCondition.CLEAN) {
                    events.add(
                            new BedEvent.CleaningFinished(fact.at(), bed.bed(), bed.condition(), bed.contaminated()));
                }
                if (!empty) {
                    contradict(fact);
                }
            }
            case OCCUPIED -> {
                if (empty) {
                    contradict(fact);
                }
            }
            case ISOLATED -> {
                if (empty && bed.block() == null) {
                    contradictions
                            .release(bed.bed(), BedEvent.ReservationReleased.Cause.OVERRIDDEN);
                    events.add(new BedEvent.BedBlocked(fact.at(), bed.bed(), BlockReason.ISOLATION, null, null));
                }
            }
        }
    }

    private void contradict(Command.ReportBedStatus fact) {
        BedStatus bed = live.bed(live.layout().bed(fact.bed()));
        contradictions
                .raise(
                        Anomaly.Kind.BED_STATUS_CONTRADICTED,
                        "status:" + fact.bed(),
                        bed.occupants().isEmpty() ? null : bed.occupants().getFirst(),
                        null,
                        fact.bed(),
                        fact.status().name());
    }
}
