package org.chevet.simulations.full;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What is to come, first first, and of two things at one second the one that was added first: a heap with four children a node. */
final class Agenda {
    private static final int CHILDREN = 4;
    private static final int NUMBER_BITS = 31;
    private static final long NUMBER_MASK = (1L << NUMBER_BITS) - 1;

    private long[] keys = new long[1_024];
    private Due[] dues = new Due[1_024];
    private @Nullable Object[] subjects = new Object[1_024];
    private int size;
    private long added;

    /** What kinds of things are to come. */
    enum Due {
        ARRIVAL,
        COMES,
        NEED,
        GIVES_UP,
        ROUND,
        MOVE,
        STRETCH_ENDS,
        PLAN,
        PAPERS,
        LEAVE,
        CLEANED,
        HOUR,
        DAY,
        INJECT,
        INJECT_ENDS
    }

    /** @param second {@link Long#MAX_VALUE} for what will never be */
    void add(long second, Due due, @Nullable Object subject) {
        if (second == Long.MAX_VALUE) {
            return;
        }
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
            dues = Arrays.copyOf(dues, 2 * size);
            subjects = Arrays.copyOf(subjects, 2 * size);
        }
        long key = second << NUMBER_BITS | added++ & NUMBER_MASK;
        int place = size++;
        while (place > 0) {
            int parent = (place - 1) / CHILDREN;
            if (keys[parent] <= key) {
                break;
            }
            move(parent, place);
            place = parent;
        }
        put(place, key, due, subject);
    }

    /** {@link Long#MAX_VALUE} when nothing is to come. */
    long second() {
        return size == 0 ? Long.MAX_VALUE : keys[0] >> NUMBER_BITS;
    }

    /** Of the first. */
    Due due() {
        return dues[0];
    }

    /** Of the first. */
    @Nullable
    Object subject() {
        return subjects[0];
    }

    void removeFirst() {
        int last = --size;
        long key = keys[last];
        int place = 0;
        for (int child = 1; child < last; child = CHILDREN * place + 1) {
            int least = child;
            int end = Math.min(child + CHILDREN, last);
            for (int other = child + 1; other < end; other++) {
                if (keys[other] < keys[least]) {
                    least = other;
                }
            }
            if (keys[least] >= key) {
                break;
            }
            move(least, place);
            place = least;
        }
        put(place, key, dues[last], subjects[last]);
        subjects[last] = null;
    }

    private void move(int from, int to) {
        keys[to] = keys[from];
        dues[to] = dues[from];
        subjects[to] = subjects[from];
    }

    private void put(int place, long key, Due due, @Nullable Object subject) {
        keys[place] = key;
        dues[place] = due;
        subjects[place] = subject;
    }
}
