package org.chevet.journal;

import org.jspecify.annotations.Nullable;

/** The journal cannot be opened, written or trusted. */
public class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String detail;
    private final String advice;

    /**
     * @param detail what failed, naming the file, hospital and event; never a patient
     * @param advice what to do about it
     */
    public JournalException(String detail, String advice, @Nullable Throwable cause) {
        super(detail + ". " + advice, cause);
        this.detail = detail;
        this.advice = advice;
    }

    public String detail() {
        return detail;
    }

    public String advice() {
        return advice;
    }
}
