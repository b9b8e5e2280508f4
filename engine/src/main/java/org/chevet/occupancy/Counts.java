package org.chevet.occupancy;

/**
 * A service's figures now. Capacity has four numbers, never one.
 *
 * @param physical beds that exist, surge left out
 * @param open of all beds, those not closed
 * @param staffed beds the present staff can look after
 * @param surgeOpen surge beds opened
 * @param surge surge beds that exist
 * @param occupied beds with a patient; the states' counts add up to all beds
 * @param present patients here, with or without a bed, on leave included
 * @param withoutBed of these, those who should have a bed and have none
 */
public record Counts(
        int physical,
        int open,
        int staffed,
        int surgeOpen,
        int surge,
        int occupied,
        int ready,
        int reserved,
        int toClean,
        int cleaning,
        int blocked,
        int closed,
        int present,
        int withoutBed) {
    /** Of no service at all. */
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Of this and of others together. */
    public Counts plus(Counts more) {
        return new Counts(
                physical + more.physical,
                open + more.open,
                staffed + more.staffed,
                surgeOpen + more.surgeOpen,
                surge + more.surge,
                occupied + more.occupied,
                ready + more.ready,
                reserved + more.reserved,
                toClean + more.toClean,
                cleaning + more.cleaning,
                blocked + more.blocked,
                closed + more.closed,
                present + more.present,
                withoutBed + more.withoutBed);
    }
}
