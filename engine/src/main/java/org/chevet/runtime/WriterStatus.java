package org.chevet.runtime;

import org.jspecify.annotations.Nullable;

/**
 * How a hospital's writer is doing, for health checks and metrics.
 *
 * @param reason why it is not writable, null when it is
 * @param advice what to do about it, null when it is
 * @param queued commands waiting in its mailbox
 * @param sequence of the last durable event
 * @param lastAppendNanos how long the journal took over its last group, 0 before the first
 */
public record WriterStatus(
        Condition condition,
        @Nullable String reason,
        @Nullable String advice,
        int queued,
        long sequence,
        long lastAppendNanos) {
    /** Whether commands are taken, and what it needs when they are not. */
    public enum Condition {
        WRITABLE,
        /** The journal fails. It is tried again and again; nobody has to do anything here. */
        FAILING,
        /** Its live state contradicts itself or its journal is damaged. It can be read; only a restart lets it be changed. */
        READ_ONLY,
        /** No member of the cluster that writes it is heard. It can be read, as old as it is. */
        WITHOUT_WRITER,
        CLOSED
    }

    public boolean writable() {
        return condition == Condition.WRITABLE;
    }
}
