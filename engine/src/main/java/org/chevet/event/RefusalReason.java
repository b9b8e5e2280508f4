package org.chevet.event;

/** Why a service does not take somebody. */
public enum RefusalReason {
    NO_STAFF(About.SERVICE),
    BED_BEING_PREPARED(About.BED),
    WRONG_SPECIALTY(About.PATIENT),
    NEEDS_TOO_HEAVY(About.PATIENT),
    ISOLATION_IMPOSSIBLE(About.ROOM),
    /** The bed is to be freed by a discharge that may not come. */
    DISCHARGE_NOT_SURE(About.BED),
    OTHER(About.BED);

    /** What is in the way. */
    public enum About {
        /** Of any bed of the service, for as long as the patient needs what is asked for. */
        PATIENT,
        /** Of the beds of the room, or of all where no bed was named, for as long as the patient needs what is asked for. */
        ROOM,
        /** Of any bed of the service, for a while. */
        SERVICE,
        /** Of the bed that was named, or of all where none was, for a while. */
        BED;

        /** Whether time does not change it. */
        public boolean isLasting() {
            return this == PATIENT || this == ROOM;
        }
    }

    private final About about;

    RefusalReason(About about) {
        this.about = about;
    }

    public About about() {
        return about;
    }
}
