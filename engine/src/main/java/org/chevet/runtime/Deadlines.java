package org.chevet.runtime;

import java.time.Duration;
import java.time.Instant;
import org.chevet.occupancy.Occupancy;

/** When the writer is to look at what time brings. Of the writer's thread. */
final class Deadlines {
    /** Deadlines are looked at this often even when nothing happens: the wall's clock may have been set. */
    private static final Duration CHECK_MAX = Duration.ofMinutes(1);

    private final HospitalClock clock;
    private long notBeforeNanos = System.nanoTime();

    Deadlines(HospitalClock clock) {
        this.clock = clock;
    }

    boolean areDue(Occupancy occupancy) {
        Instant deadline = occupancy.nextDeadline();
        return deadline != null && !clock.now().isBefore(deadline) && restNanos() <= 0;
    }

    /** What was due brought nothing, as only a bug does. Asking again at once would turn the loop into a fire. */
    void rest() {
        notBeforeNanos = System.nanoTime() + CHECK_MAX.toNanos();
    }

    /** How long to wait, in wall time. */
    Duration untilNext(Occupancy occupancy) {
        Instant deadline = occupancy.nextDeadline();
        if (deadline == null) {
            return CHECK_MAX;
        }
        Duration wait = clock.wallTimeUntil(deadline);
        Duration rest = Duration.ofNanos(Math.max(0, restNanos()));
        Duration longer = wait.compareTo(rest) > 0 ? wait : rest;
        return longer.compareTo(CHECK_MAX) < 0 ? longer : CHECK_MAX;
    }

    private long restNanos() {
        return notBeforeNanos - System.nanoTime();
    }
}
