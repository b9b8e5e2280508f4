package org.chevet.event;

/**
 * How many of those who come on any other day still come to a drill's hospital while something goes on there.
 *
 * @param emergencies share of those who come through the emergency department
 * @param electives share of those who are called in
 * @param minutes how long, from the inject on
 */
public record OrdinaryShare(double emergencies, double electives, int minutes) {
    public static final int MINUTES_MAX = 60 * 24 * 60;

    /** Whether it can be: shares from 0 to 1, within {@link #MINUTES_MAX}. */
    public boolean isPossible() {
        return isShare(emergencies) && isShare(electives) && minutes >= 1 && minutes <= MINUTES_MAX;
    }

    private static boolean isShare(double value) {
        return value >= 0 && value <= 1;
    }
}
