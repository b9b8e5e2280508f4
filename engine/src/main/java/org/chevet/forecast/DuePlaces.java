package org.chevet.forecast;

/**
 * Where what is foreseen {@linkplain FlowRecord#HOURS so many hours ahead}, once in {@code everyHours}, is kept until it comes due: of each distance as many
 * places as forecasts are on their way at once.
 */
final class DuePlaces {
    private final int everyHours;

    /** By horizon, and then how many there are in all. */
    private final int[] first = new int[FlowRecord.HOURS.size() + 1];

    DuePlaces(int everyHours) {
        this.everyHours = everyHours;
        for (int horizon = 0; horizon < FlowRecord.HOURS.size(); horizon++) {
            first[horizon + 1] = first[horizon] + FlowRecord.HOURS.get(horizon) / everyHours + 1;
        }
    }

    int size() {
        return first[FlowRecord.HOURS.size()];
    }

    /** Taken anew by a later forecast only after the one that was made then came due. */
    int of(int horizon, long madeHour) {
        int places = first[horizon + 1] - first[horizon];
        return first[horizon] + (int) Math.floorMod(Math.floorDiv(madeHour, (long) everyHours), (long) places);
    }
}
