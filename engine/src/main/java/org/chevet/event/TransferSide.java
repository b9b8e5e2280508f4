package org.chevet.event;

/** Of the two hospitals of a transfer, one. */
public enum TransferSide {
    /** Where the patient is, and is to leave. */
    SENDING,
    /** Where a bed is asked for. */
    RECEIVING;

    public TransferSide other() {
        return this == SENDING ? RECEIVING : SENDING;
    }
}
