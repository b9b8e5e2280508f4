package org.chevet.web;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.chevet.event.BedEvent;
import org.chevet.event.CardProgress;
import org.chevet.hospital.TensionPolicy;
import org.chevet.occupancy.DrillLog;
import org.chevet.occupancy.HospitalView;
import org.chevet.simulations.drill.CardDelays;
import org.chevet.simulations.drill.Debrief;
import org.chevet.simulations.drill.DrillRecord;
import org.chevet.simulations.drill.DrillReplay;
import org.jspecify.annotations.Nullable;

/** What the crisis room is told of one drill. Reads on where it left off. */
final class DrillDesk {
    private final LiveHospital drill;
    private final DrillRecord record = new DrillRecord();
    private final DrillReplay replay;

    /** Null before it was asked for. */
    private @Nullable CardDelays cards;

    /** The last one that was asked for. Of the event loop. */
    private @Nullable Future<String> debrief;

    DrillDesk(LiveHospital drill) {
        this.drill = drill;
        replay = new DrillReplay(drill.journal(), drill.id(), log().drill().startSequence());
    }

    boolean isOf(LiveHospital hospital) {
        return drill.equals(hospital);
    }

    /** Blocks on the disk, and while another thread is in here. */
    synchronized String json() {
        HospitalView view = drill.view();
        long known = Math.max(record.sequence(), log().drill().startSequence());
        TensionPolicy policy = view.hospital().tensionPolicy();
        CardDelays delays = cards;
        if (delays == null) {
            delays = new CardDelays(cardsAtStart(view), policy);
            cards = delays;
        }
        CardDelays of = delays;
        drill.journal().read(drill.id(), known, view.sequence(), recorded -> {
            record.accept(recorded);
            of.accept(recorded, policy);
        });
        return DrillJson.of(drill, view, record, of.all());
    }

    /** Without reading the long past of the drill: what the first change of each card was a change of, and what did not change since. */
    private List<CardProgress> cardsAtStart(HospitalView view) {
        List<CardProgress> before = new ArrayList<>();
        Set<String> changed = new HashSet<>();
        drill.journal().read(drill.id(), log().drill().startSequence(), view.sequence(), recorded -> {
            if (recorded.event() instanceof BedEvent.ActionCardChanged change
                    && changed.add(change.card())
                    && change.previous() != null) {
                before.add(change.previous());
            }
        });
        for (CardProgress card : view.crisis().cards()) {
            if (!changed.contains(card.card())) {
                before.add(card);
            }
        }
        return before;
    }

    /** The board as it was then. Blocks on the disk, the first time until the drill's past is read, and while another thread is in here. */
    String board(Instant at) {
        synchronized (replay) {
            return DrillJson.board(at, replay.at(at));
        }
    }

    /**
     * On the event loop. Takes seconds, of a long past more: whoever asks meanwhile, or again because an answer was too late, waits for the
     * same one.
     */
    Future<String> debrief(Vertx vertx) {
        Future<String> asked = debrief;
        if (asked == null || asked.isComplete()) {
            asked = vertx.executeBlocking(
                    () -> {
                        Instant now = drill.writer().clock().now();
                        return DrillJson.debrief(Debrief.of(drill.journal(), drill.id(), log(), now), drill.view());
                    },
                    false);
            debrief = asked;
        }
        return asked;
    }

    private DrillLog log() {
        return Objects.requireNonNull(drill.view().drill(), "a drill that is shown has begun");
    }
}
