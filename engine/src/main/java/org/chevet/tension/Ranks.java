package org.chevet.tension;

import java.util.List;

/** Percentiles by nearest rank: one of the values, never something between two. */
final class Ranks {
    private Ranks() {}

    /** @param sorted not empty */
    static <T> T nearest(List<T> sorted, double share) {
        int rank = (int) Math.ceil(share * sorted.size());
        return sorted.get(Math.max(rank, 1) - 1);
    }
}
