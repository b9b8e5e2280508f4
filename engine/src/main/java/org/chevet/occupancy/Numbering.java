package org.chevet.occupancy;

import java.util.List;

/**
 * The number of each identifier: its place in a list. Open addressing, and the same object is not compared: in a hospital of
 * any size a look-up is a few memory accesses.
 */
final class Numbering<T> {
    static final int NONE = -1;

    private final Object[] ids;

    /** Places in {@link #ids} plus one; 0 where nothing is. A power of two, at most half full. */
    private final int[] slots;

    Numbering(List<T> ids) {
        this.ids = ids.toArray();
        slots = new int[Math.max(4, Integer.highestOneBit(this.ids.length) * 4)];
        for (int i = 0; i < this.ids.length; i++) {
            slots[slotOf(this.ids[i])] = i + 1;
        }
    }

    /** {@link #NONE} when it has none. */
    int of(T id) {
        return slots[slotOf(id)] - 1;
    }

    /** Where it is, or would be. */
    private int slotOf(Object id) {
        int slot = spread(id.hashCode()) & slots.length - 1;
        while (slots[slot] != 0) {
            Object there = ids[slots[slot] - 1];
            if (there == id || there.equals(id)) {
                break;
            }
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    /** Identifiers that differ in their last digit only have hashes next to each other. */
    private static int spread(int hash) {
        int spread = hash * 0x9E3779B9;
        return spread ^ spread >>> 15;
    }
}
