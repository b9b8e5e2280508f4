package org.chevet.runtime;

import org.jspecify.annotations.Nullable;

/**
 * How a hospital's writer is doing, for health checks and metrics.
 *
 * @param reason why it is not writable, null when it is
 * @param queued commands waiting in its mailbox
 * @param sequence of the last durable event
 * @param lastAppendNanos how long the journal took over its last group, 0 before the first
 */
public record WriterStatus(
        boolean writable, @Nullable String reason, int queued, long sequence, long lastAppendNanos) {}
