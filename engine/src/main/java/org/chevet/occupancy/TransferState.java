package org.chevet.occupancy;

/** How far a transfer between two hospitals is. */
public enum TransferState {
    ASKED,
    OFFERED,
    ACCEPTED,
    /** The patient is on the way, whether or not a bed is held for them. */
    DEPARTED,
    ARRIVED,
    DECLINED,
    CANCELLED;

    public boolean isOpen() {
        return switch (this) {
            case ASKED, OFFERED, ACCEPTED, DEPARTED -> true;
            case ARRIVED, DECLINED, CANCELLED -> false;
        };
    }
}
