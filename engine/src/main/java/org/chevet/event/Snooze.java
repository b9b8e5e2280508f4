package org.chevet.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An alert is known and not shown for a while.
 *
 * @param by null in the event of the act itself, whose origin says it
 */
public record Snooze(
        String alert,
        Instant since,
        Instant until,
        String reason,
        @Nullable Author by) {
    public static final int ALERT_CHARS_MAX = 120;

    public Snooze signedBy(@Nullable Author author) {
        return by != null ? this : new Snooze(alert, since, until, reason, author);
    }
}
