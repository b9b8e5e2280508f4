package org.chevet.occupancy;

/**
 * The live state contradicts itself: a bug, and a reason to write nothing more until it is understood.
 *
 * @param sequence the event after which it was found
 * @param detail numbers of beds, stays and requests; never an identity
 */
public record Breach(Invariant invariant, long sequence, String detail) {
    /** What holds after every event. */
    public enum Invariant {
        /** Admitted = present + discharged + transferred out + died, and those present are somewhere. */
        CONSERVATION,
        /** Whoever lies in a bed is a stay whose place is that bed, and the other way round. */
        OCCUPANTS,
        /** A stay is listed where it is, and nowhere else. */
        PLACES,
        /** The free and usable beds are those listed as such, and the counts of beds and of who lies in them are true. */
        BED_STATES,
        /** A reserved bed is listed as held, for one open bed request, which knows it. */
        RESERVATIONS,
        /** Every open bed request is in the queue and known by its stay. */
        REQUESTS,
        /** A transfer between hospitals has each side's steps once and in order, and is listed as over when it is. */
        TRANSFERS,
        /** A request has no more refusals than are kept, and no tally is less than one. */
        NEGOTIATIONS
    }
}
