package org.chevet.occupancy;

/**
 * Every stay that ever had a movement, in exactly one place: admitted = present + discharged + transferredOut + died.
 * Cancelled and merged stays are in none. Archived stays go on counting.
 */
public record Census(long admitted, long present, long discharged, long transferredOut, long died) {
    public static final Census EMPTY = new Census(0, 0, 0, 0, 0);

    public boolean isConserved() {
        return admitted == present + discharged + transferredOut + died;
    }
}
