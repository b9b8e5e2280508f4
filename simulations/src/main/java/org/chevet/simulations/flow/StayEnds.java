package org.chevet.simulations.flow;

import java.util.Arrays;

/**
 * When the stays of those present end, first first: a heap with four children a node, of keys that carry the instant above the service.
 * Two ends at one instant in one service are the same thing, so no further order is needed.
 */
final class StayEnds {
    static final int SERVICE_BITS = 12;

    private static final int SERVICE_MASK = (1 << SERVICE_BITS) - 1;
    private static final int CHILDREN = 4;

    private long[] keys = new long[64];
    private int size;

    /** {@link Long#MAX_VALUE} when nobody is present. In ticks. */
    long first() {
        return size == 0 ? Long.MAX_VALUE : keys[0] >> SERVICE_BITS;
    }

    void add(long instant, int service) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
        }
        long key = instant << SERVICE_BITS | service;
        int place = size++;
        while (place > 0) {
            int parent = (place - 1) / CHILDREN;
            if (keys[parent] <= key) {
                break;
            }
            keys[place] = keys[parent];
            place = parent;
        }
        keys[place] = key;
    }

    /** Takes the first away. @return its service */
    int remove() {
        int service = (int) keys[0] & SERVICE_MASK;
        long key = keys[--size];
        int place = 0;
        for (int child = 1; child < size; child = CHILDREN * place + 1) {
            int least = child;
            int end = Math.min(child + CHILDREN, size);
            for (int other = child + 1; other < end; other++) {
                if (keys[other] < keys[least]) {
                    least = other;
                }
            }
            if (keys[least] >= key) {
                break;
            }
            keys[place] = keys[least];
            place = least;
        }
        keys[place] = key;
        return service;
    }

    void clear() {
        size = 0;
    }
}
