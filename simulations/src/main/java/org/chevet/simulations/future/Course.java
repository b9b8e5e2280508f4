package org.chevet.simulations.future;

import java.util.stream.IntStream;

/** What one future came to, under one plan. Place 0 is the whole hospital, the services follow in their order. */
final class Course {
    /** Every hour of the first three days, then every fourth. */
    static final int[] HOURS = IntStream.concat(
                    IntStream.rangeClosed(1, 72),
                    IntStream.iterate(76, hour -> hour <= Futures.DAYS * 24, hour -> hour + 4))
            .toArray();

    /** By place and hour of {@link #HOURS}: patients in beds there. */
    final short[][] occupied;

    /** By place and hour of {@link #HOURS}: patients of there who have no bed there. */
    final short[][] waiting;

    /** By place and hour of {@link #HOURS}: whether no bed is free there; in the whole hospital, in none of the services. */
    final boolean[][] full;

    /** By place: hours with no free bed, likewise. */
    final int[] fullHours;

    /** By place: hours that patients of there had no bed there, added up. */
    final long[] waitedHours;

    private int told;

    Course(int services) {
        occupied = new short[services + 1][HOURS.length];
        waiting = new short[services + 1][HOURS.length];
        full = new boolean[services + 1][HOURS.length];
        fullHours = new int[services + 1];
        waitedHours = new long[services + 1];
    }

    /** At the end of an hour; hours come in their order. */
    void hour(int hour, int[] occupiedBeds, int[] waitingPatients, int[] beds) {
        int allOccupied = 0;
        int allWaiting = 0;
        boolean allFull = true;
        boolean tells = told < HOURS.length && HOURS[told] == hour;
        for (int service = 0; service < beds.length; service++) {
            allOccupied += occupiedBeds[service];
            allWaiting += waitingPatients[service];
            boolean isFull = occupiedBeds[service] >= beds[service];
            // A ward with more patients than beds takes no free bed from another one.
            allFull &= isFull;
            place(service + 1, occupiedBeds[service], waitingPatients[service], isFull, tells);
        }
        place(0, allOccupied, allWaiting, allFull, tells);
        told += tells ? 1 : 0;
    }

    private void place(int place, int occupiedBeds, int waitingPatients, boolean isFull, boolean tells) {
        fullHours[place] += isFull ? 1 : 0;
        waitedHours[place] += waitingPatients;
        if (tells) {
            occupied[place][told] = (short) Math.min(Short.MAX_VALUE, occupiedBeds);
            full[place][told] = isFull;
            waiting[place][told] = (short) Math.min(Short.MAX_VALUE, waitingPatients);
        }
    }
}
