package org.chevet.simulations.flow;

/** Those who wait for a bed of one service, first come first: since when, and in which service they hold a bed meanwhile. */
final class Waiting {
    /** Holds no bed: comes from outside. */
    static final int OUTSIDE = -1;

    private long[] since = new long[16];
    private int[] holding = new int[16];
    private int first;
    private int size;

    int size() {
        return size;
    }

    void add(long instant, int from) {
        if (size == since.length) {
            grow();
        }
        int place = (first + size++) & (since.length - 1);
        since[place] = instant;
        holding[place] = from;
    }

    long firstSince() {
        return since[first];
    }

    /** Takes the first away. @return the service whose bed it holds, or {@link #OUTSIDE} */
    int remove() {
        int from = holding[first];
        first = (first + 1) & (since.length - 1);
        size--;
        return from;
    }

    void clear() {
        first = 0;
        size = 0;
    }

    private void grow() {
        long[] instants = new long[2 * size];
        int[] services = new int[2 * size];
        for (int place = 0; place < size; place++) {
            instants[place] = since[(first + place) & (size - 1)];
            services[place] = holding[(first + place) & (size - 1)];
        }
        since = instants;
        holding = services;
        first = 0;
    }
}
