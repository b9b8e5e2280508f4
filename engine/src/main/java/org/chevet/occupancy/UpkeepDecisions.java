package org.chevet.occupancy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.chevet.event.BedEvent;
import org.chevet.event.Command;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;

/** What Chevet does by itself: follow the hospital's file, and keep deadlines. */
final class UpkeepDecisions {
    /** How many deadlines one pass settles; what is left is settled by the next. */
    static final int DEADLINES_PER_PASS_MAX = 1_000;

    private final LiveState live;
    private final LayoutDecisions layouts;

    UpkeepDecisions(LiveState live) {
        this.live = live;
        this.layouts = new LayoutDecisions(live);
    }

    List<BedEvent> decide(Command.Upkeep upkeep, Instant now) {
        return switch (upkeep) {
            case Command.DefineHospital define -> layouts.define(define.hospital(), now);
            case Command.PassTime pass -> new Pass(now).settle();
            case Command.KeepRefusal keep ->
                List.of(new BedEvent.ActRefused(now, keep.key(), keep.rule(), keep.about()));
            case Command.BeginDrill begin ->
                live.drill() != null ? List.of() : List.of(new BedEvent.DrillBegun(now, begin.drill()));
            case Command.ShowCards show -> show(show, now);
            case Command.AcknowledgeTransferSteps acknowledged -> acknowledge(acknowledged, now);
        };
    }

    private List<BedEvent> show(Command.ShowCards show, Instant now) {
        DrillLog drill = live.drill();
        return drill == null || drill.shows(show.cards())
                ? List.of()
                : List.of(new BedEvent.CardsShown(now, show.cards()));
    }

    private List<BedEvent> acknowledge(Command.AcknowledgeTransferSteps acknowledged, Instant now) {
        InterhospitalTransfer transfer = live.transfers.get(acknowledged.transfer());
        return transfer == null || transfer.acknowledged() >= acknowledged.steps()
                ? List.of()
                : List.of(new BedEvent.InterhospitalTransferAcknowledged(
                        now, acknowledged.transfer(), acknowledged.steps()));
    }

    /** When time alone will next bring something about, null when nothing waits. */
    @Nullable
    Instant nextDeadline() {
        if (!live.isDefined()) {
            return null;
        }
        Departures departures = live.stays.departures();
        Instant next = null;
        if (!departures.byLastRecord().isEmpty()) {
            next = Departures.archival(live.known(departures.byLastRecord().getFirst()));
        }
        if (!departures.awaited().isEmpty()) {
            next = sooner(next, departures.awaited().getFirst().archival());
        }
        if (!live.beds().releases().isEmpty()) {
            next = sooner(next, live.beds().releases().getFirst().until());
        }
        if (!live.transfers.ended().isEmpty()) {
            next = sooner(next, live.transfers.ended().getFirst().archival());
        }
        return next;
    }

    private static Instant sooner(@Nullable Instant one, Instant other) {
        return one == null || other.isBefore(one) ? other : one;
    }

    /** Settles what is due, each deadline by itself: one that cannot be settled holds up none of the others. */
    private final class Pass {
        private final Instant now;
        private final List<BedEvent> events = new ArrayList<>();
        private int settled;
        private @Nullable RuntimeException failure;

        Pass(Instant now) {
            this.now = now;
        }

        /** @throws RuntimeException when there is something that cannot be settled, and nothing else: that is a bug */
        List<BedEvent> settle() {
            Contradictions contradictions = new Contradictions(live, now, events);
            for (Beds.Release release : live.beds().releases()) {
                if (release.until().isAfter(now) || isFull()) {
                    break;
                }
                settle(() -> contradictions.release(release.bed(), BedEvent.ReservationReleased.Cause.EXPIRED));
            }
            for (Departures.Awaited awaited : live.stays.departures().awaited()) {
                if (awaited.archival().isAfter(now) || isFull()) {
                    break;
                }
                settle(() -> archive(awaited.stay(), contradictions));
            }
            for (StayId stay : live.stays.departures().byLastRecord()) {
                if (Departures.archival(live.known(stay)).isAfter(now) || isFull()) {
                    break;
                }
                settle(() -> archive(stay, contradictions));
            }
            for (Transfers.Ended ended : live.transfers.ended()) {
                if (ended.archival().isAfter(now) || isFull()) {
                    break;
                }
                settle(() -> events.add(new BedEvent.InterhospitalTransferArchived(now, ended.transfer())));
            }
            if (events.isEmpty() && failure != null) {
                throw failure;
            }
            return events;
        }

        private void archive(StayId stay, Contradictions contradictions) {
            events.add(new BedEvent.StayArchived(now, stay));
            contradictions.anomalies().forget(stay);
        }

        private boolean isFull() {
            return settled >= DEADLINES_PER_PASS_MAX;
        }

        private void settle(Runnable deadline) {
            int before = events.size();
            try {
                deadline.run();
                settled++;
            } catch (RuntimeException e) {
                events.subList(before, events.size()).clear();
                if (failure == null) {
                    failure = e;
                }
            }
        }
    }
}
