package org.chevet.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * @param id Chevet's own number for it, unique in the hospital
 * @param reason why it could not be applied and what to mend
 * @param text the message as received, decoded
 * @param cause the reason for programs, null where none was kept
 */
public record QuarantinedMessage(
        String id,
        String feed,
        String messageId,
        Instant receivedAt,
        String reason,
        String text,
        @Nullable QuarantineCause cause) {}
