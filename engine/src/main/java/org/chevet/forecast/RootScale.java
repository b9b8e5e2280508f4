package org.chevet.forecast;

/**
 * What methods reckon in: √(y + 3/8) of a census y (Anscombe 1948). A count wavers by about its own root, so on this scale it wavers as much when it is
 * high as when it is low. A straight line on it grows faster than by the same number of beds a day, and slower than by the same share.
 */
final class RootScale {
    private static final double OFFSET = 0.375;

    private RootScale() {}

    static double of(double census) {
        return Math.sqrt(census + OFFSET);
    }

    /** In beds, at least 0. */
    static double census(double root) {
        return Math.max(0, root * Math.abs(root) - OFFSET);
    }
}
