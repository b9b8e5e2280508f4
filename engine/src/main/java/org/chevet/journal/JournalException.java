package org.chevet.journal;

import org.chevet.event.Recorded;
import org.chevet.hospital.HospitalId;
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

    /** Of an event that cannot follow what was before it: its failure's name only, since its message may name a patient. */
    public static JournalException cannotBeReplayed(HospitalId hospital, Recorded recorded, RuntimeException failure) {
        return new JournalException(
                "event " + recorded.sequence() + " of hospital " + hospital + " ("
                        + recorded.event().getClass().getSimpleName() + ") cannot be replayed: "
                        + failure.getClass().getName(),
                "Maybe a later release wrote it: run that release, or restore the journal from a backup.",
                null);
    }

    public String detail() {
        return detail;
    }

    public String advice() {
        return advice;
    }
}
