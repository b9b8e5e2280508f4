package org.chevet.runtime;

import org.chevet.journal.JournalException;
import org.chevet.occupancy.Decision;

/** What the sender of a command is told, once it is true on disk. */
public sealed interface Answer {
    /**
     * Durable.
     *
     * @param act sequence of the first event it produced, 0 when it said what was already so
     * @param sequence of the last event
     * @param repeated whether the same idempotency key was answered before and nothing was done again
     */
    record Done(long act, long sequence, boolean repeated) implements Answer {}

    record Refused(Decision.Refused refusal) implements Answer {}

    /** Not done, and it is not the sender's fault: the queue is full, the disk fails, the engine stops. A retry may work. */
    record Unavailable(String detail, String advice) implements Answer {
        static Unavailable because(JournalException failure) {
            return new Unavailable(failure.detail(), failure.advice());
        }
    }
}
