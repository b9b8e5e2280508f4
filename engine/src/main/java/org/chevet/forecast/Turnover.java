package org.chevet.forecast;

import java.util.Arrays;

/**
 * How many were seen to come to each service and to leave it so far, and how many to come to the hospital and to leave it: by where everybody was at one full
 * hour and the next. Owned by one thread.
 */
final class Turnover {
    /** Of the whole hospital first, then of each service. */
    private int[] entries = new int[1];

    private int[] exits = new int[1];

    /** From one service to another, {@link Presence#OUT} being outside. */
    void moved(int from, int to) {
        int services = Math.max(from, to) + 2;
        if (services > entries.length) {
            entries = Arrays.copyOf(entries, services);
            exits = Arrays.copyOf(exits, services);
        }
        if (from == to) {
            return;
        }
        if (from == Presence.OUT) {
            entries[0]++;
        } else {
            exits[from + 1]++;
        }
        if (to == Presence.OUT) {
            exits[0]++;
        } else {
            entries[to + 1]++;
        }
    }

    /** To a service, or to the whole hospital for {@link FlowRecord#WHOLE}. */
    int entries(int number) {
        return number + 1 < entries.length ? entries[number + 1] : 0;
    }

    /** From a service, or from the whole hospital for {@link FlowRecord#WHOLE}. */
    int exits(int number) {
        return number + 1 < exits.length ? exits[number + 1] : 0;
    }
}
