package org.chevet.web;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.Objects;
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
    private final CardDelays cards = new CardDelays();
    private final DrillReplay replay;

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
        drill.journal().read(drill.id(), known, view.sequence(), recorded -> {
            record.accept(recorded);
            cards.accept(recorded, policy);
        });
        return DrillJson.of(drill, view, record, cards.all());
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
