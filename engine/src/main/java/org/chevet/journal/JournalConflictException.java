package org.chevet.journal;

import org.chevet.hospital.HospitalId;

/**
 * Somebody else has appended the event that was to be appended: this writer's idea of the hospital is out of date. Nothing of
 * the group was written.
 */
public final class JournalConflictException extends JournalException {
    private static final long serialVersionUID = 1;

    private final transient HospitalId hospital;
    private final long sequence;

    public JournalConflictException(HospitalId hospital, long sequence, String journal) {
        super(
                "event " + sequence + " of hospital " + hospital + " is in journal " + journal
                        + " already: another process has written it",
                "Two processes write this hospital: stop one of the two.",
                null);
        this.hospital = hospital;
        this.sequence = sequence;
    }

    public HospitalId hospital() {
        return hospital;
    }

    /** Of the event that both meant to append. */
    public long sequence() {
        return sequence;
    }
}
