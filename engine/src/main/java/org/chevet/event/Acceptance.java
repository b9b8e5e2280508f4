package org.chevet.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A bed was accepted for somebody, whom its service therefore expects.
 *
 * @param since when it was accepted
 * @param from when the patient may come, null for at once
 * @param override the rules that were broken by it, null when none was
 * @param by null in the event of the act itself, whose origin says it
 */
public record Acceptance(
        Instant since,
        @Nullable Instant from,
        @Nullable RuleOverride override,
        @Nullable Author by) {
    public Acceptance signedBy(@Nullable Author author) {
        return by != null ? this : new Acceptance(since, from, override, author);
    }
}
