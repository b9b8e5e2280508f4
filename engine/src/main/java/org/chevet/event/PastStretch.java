package org.chevet.event;

import java.time.Instant;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;

/**
 * Time that somebody spent in one service, as another system remembers it. Stretches of one stay follow each other; nobody's name is among them.
 *
 * @param line of the file that it comes from
 * @param entry null when who was announced never came
 * @param exit null while still there
 * @param planned whether the arrival in the hospital was announced
 * @param announced when it was, null where that is not known
 * @param expected the arrival that was announced, null where that is not known
 * @param plannedExit for when the departure was planned, null where nobody did, or nobody knows since when
 * @param plannedExitStated since when that was so
 * @param medicallyReady since when nothing medical kept the patient
 * @param barrier since when something else stood in the way out, null where nothing did, or nobody says
 * @param barrierLifted since when nothing did any more, null where something did to the end
 * @param specialty the one responsible, null where it is the service's own
 */
public record PastStretch(
        long line,
        StayId stay,
        ServiceId service,
        @Nullable Instant entry,
        @Nullable Instant exit,
        boolean planned,
        @Nullable Instant announced,
        @Nullable Instant expected,
        @Nullable Instant plannedExit,
        @Nullable Instant plannedExitStated,
        @Nullable Instant medicallyReady,
        @Nullable Instant barrier,
        @Nullable Instant barrierLifted,
        @Nullable String specialty) {
    public PastStretch {
        if (entry == null && announced == null) {
            throw new IllegalArgumentException("line " + line + " has neither an entry nor an announcement");
        }
    }

    /** The first that was known of it. */
    public Instant begins() {
        if (entry == null || announced != null && announced.isBefore(entry)) {
            return announced == null ? Instant.MIN : announced;
        }
        return entry;
    }
}
