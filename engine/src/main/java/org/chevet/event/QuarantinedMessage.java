package org.chevet.event;

import java.time.Instant;

/**
 * @param id Chevet's own number for it, unique in the hospital
 * @param reason why it could not be applied and what to mend
 * @param text the message as received, decoded
 */
public record QuarantinedMessage(
        String id, String feed, String messageId, Instant receivedAt, String reason, String text) {}
