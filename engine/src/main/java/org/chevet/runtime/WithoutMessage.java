package org.chevet.runtime;

import org.chevet.journal.JournalException;

/** What a log may show of a failure: where it happened, and never its own words, which may quote a patient. */
final class WithoutMessage extends Throwable {
    private static final long serialVersionUID = 1;

    private WithoutMessage(Throwable failure) {
        super(failure.getClass().getName());
        setStackTrace(failure.getStackTrace());
    }

    /** The journal's own failures are worded with care and are shown as they are. */
    static Throwable of(Throwable failure) {
        return failure instanceof JournalException ? failure : new WithoutMessage(failure);
    }
}
