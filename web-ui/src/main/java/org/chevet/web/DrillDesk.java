package org.chevet.web;

import java.util.Objects;
import org.chevet.occupancy.DrillLog;
import org.chevet.occupancy.HospitalView;
import org.chevet.simulations.drill.Debrief;
import org.chevet.simulations.drill.DrillRecord;

/** What the crisis room is told of one drill. Reads on where it left off. Thread-safe; everything blocks on the disk. */
final class DrillDesk {
    private final LiveHospital drill;
    private final DrillRecord record = new DrillRecord();

    DrillDesk(LiveHospital drill) {
        this.drill = drill;
    }

    boolean isOf(LiveHospital hospital) {
        return drill.equals(hospital);
    }

    synchronized String json() {
        HospitalView view = drill.view();
        long known = Math.max(record.sequence(), log().drill().startSequence());
        drill.journal().read(drill.id(), known, view.sequence(), record::accept);
        return DrillJson.of(drill, view, record);
    }

    String debrief() {
        return DrillJson.debrief(
                Debrief.of(
                        drill.journal(),
                        drill.id(),
                        log(),
                        drill.writer().clock().now()),
                drill.view());
    }

    private DrillLog log() {
        return Objects.requireNonNull(drill.view().drill(), "a drill that is shown has begun");
    }
}
