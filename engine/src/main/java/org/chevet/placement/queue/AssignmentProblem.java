package org.chevet.placement.queue;

import java.util.Arrays;
import org.chevet.event.BedRequest;

/**
 * Requests that wait for a bed, the beds, and what each pair costs. Plain arrays by index, which the caller leaves alone while
 * it is being solved.
 *
 * <p>Who may lie together is said in <em>companies</em>, bits of a {@code long} whose meaning is the caller's: women, men, women with one
 * organism … A patient may be of several (who is of unknown sex is of both), a room that nobody lies in may be open to several, and
 * all those put in one room have to share one of the room's companies. A room in which sexes mix is one whose company everybody is of.
 *
 * @param requestKeys by request, unique: of two plans equally good, the one found depends on these and not on the order
 * @param bedKeys by bed, likewise
 * @param priorities by request, {@value BedRequest#PRIORITY_MOST_URGENT} to {@value BedRequest#PRIORITY_LEAST_URGENT}
 * @param companiesOfRequest bits, by request
 * @param costs by request and bed, in points; at least 0, or {@link #FORBIDDEN}
 * @param roomOfBed by bed
 * @param serviceOfRoom by room
 * @param companiesOfRoom bits, by room: those that it is open to
 * @param placesOfRoom how many patients each room still takes
 * @param placesOfService how many patients each service still has staff for
 * @param companiesOfOne bits: companies of a patient who has to lie alone
 */
public record AssignmentProblem(
        long[] requestKeys,
        long[] bedKeys,
        int[] priorities,
        long[] companiesOfRequest,
        int[][] costs,
        int[] roomOfBed,
        int[] serviceOfRoom,
        long[] companiesOfRoom,
        int[] placesOfRoom,
        int[] placesOfService,
        long companiesOfOne) {
    public static final int FORBIDDEN = Integer.MAX_VALUE;

    /** Sums of costs and priorities stay below this, so that no path through the residual network overflows. */
    static final long VALUE_MAX = 1L << 60;

    /** @throws IllegalArgumentException when array lengths do not agree, or a key is there twice */
    public AssignmentProblem {
        agree("requestKeys", requestKeys.length, priorities.length);
        agree("companiesOfRequest", companiesOfRequest.length, priorities.length);
        agree("costs", costs.length, priorities.length);
        agree("bedKeys", bedKeys.length, roomOfBed.length);
        agree("companiesOfRoom", companiesOfRoom.length, serviceOfRoom.length);
        agree("placesOfRoom", placesOfRoom.length, serviceOfRoom.length);
        for (int[] row : costs) {
            agree("a row of costs", row.length, roomOfBed.length);
        }
        for (int priority : priorities) {
            if (priority < BedRequest.PRIORITY_MOST_URGENT || priority > BedRequest.PRIORITY_LEAST_URGENT) {
                throw new IllegalArgumentException("priority " + priority + " is outside "
                        + BedRequest.PRIORITY_MOST_URGENT + " to " + BedRequest.PRIORITY_LEAST_URGENT);
            }
        }
    }

    private static void agree(String name, int length, int expected) {
        if (length != expected) {
            throw new IllegalArgumentException(name + " has length " + length + " instead of " + expected);
        }
    }

    public int requests() {
        return priorities.length;
    }

    public int beds() {
        return roomOfBed.length;
    }

    /** Indices in the order of their keys. */
    static int[] order(long[] keys) {
        int[] order = new int[keys.length];
        long[] sorted = keys.clone();
        Arrays.sort(sorted);
        for (int i = 0; i < keys.length; i++) {
            int place = Arrays.binarySearch(sorted, keys[i]);
            order[place] = i;
            if (place > 0 && sorted[place - 1] == keys[i] || place + 1 < keys.length && sorted[place + 1] == keys[i]) {
                throw new IllegalArgumentException("key " + keys[i] + " is there twice");
            }
        }
        return order;
    }
}
