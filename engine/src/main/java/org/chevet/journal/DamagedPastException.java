package org.chevet.journal;

/** What was imported of the time before the journal is damaged, or of another release: reading it again does not help. */
public final class DamagedPastException extends JournalException {
    private static final long serialVersionUID = 1;

    DamagedPastException(String detail, String advice) {
        super(detail, advice, null);
    }
}
