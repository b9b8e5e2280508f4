package org.chevet.event;

import java.time.Instant;
import org.chevet.hospital.BedId;
import org.chevet.hospital.ServiceId;
import org.jspecify.annotations.Nullable;

/**
 * A service does not take somebody for whom a bed is asked.
 *
 * @param bed the one that is refused, null when all of the service are
 * @param text more of why, null when the reason says it
 * @param by null in the event of the act itself, whose origin says it
 */
public record Refusal(
        ServiceId service,
        @Nullable BedId bed,
        RefusalReason reason,
        @Nullable String text,
        Instant at,
        @Nullable Author by) {
    public Refusal signedBy(@Nullable Author author) {
        return by != null ? this : new Refusal(service, bed, reason, text, at, author);
    }
}
