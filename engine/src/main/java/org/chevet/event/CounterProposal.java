package org.chevet.event;

import java.time.Instant;
import org.chevet.hospital.BedId;
import org.chevet.hospital.ServiceId;
import org.jspecify.annotations.Nullable;

/**
 * What a service would rather give somebody for whom a bed is asked: another bed, or a later time.
 *
 * @param from when the patient may come, null for at once
 * @param by null in the event of the act itself, whose origin says it
 */
public record CounterProposal(
        ServiceId service,
        BedId bed,
        @Nullable Instant from,
        @Nullable String note,
        Instant at,
        @Nullable Author by) {
    public CounterProposal signedBy(@Nullable Author author) {
        return by != null ? this : new CounterProposal(service, bed, from, note, at, author);
    }

    /** What became of it. */
    public enum Outcome {
        ACCEPTED,
        DECLINED,
        /** Another bed was chosen, or the service refused after all. */
        SUPERSEDED,
        /** By who made it, who made it by mistake. */
        WITHDRAWN
    }
}
