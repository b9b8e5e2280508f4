package org.chevet.placement.queue;

import java.util.Arrays;

/** Nodes by distance, the nearest first. A node may be in it several times. */
final class NodeHeap {
    private long[] distances = new long[64];
    private int[] nodes = new int[64];
    private int size;

    void clear() {
        size = 0;
    }

    long nearestDistance() {
        return distances[0];
    }

    void add(long distance, int node) {
        if (size == nodes.length) {
            distances = Arrays.copyOf(distances, 2 * size);
            nodes = Arrays.copyOf(nodes, 2 * size);
        }
        int place = size++;
        while (place > 0) {
            int above = (place - 1) >>> 1;
            if (distances[above] <= distance) {
                break;
            }
            distances[place] = distances[above];
            nodes[place] = nodes[above];
            place = above;
        }
        distances[place] = distance;
        nodes[place] = node;
    }

    /** @return the nearest node, taken out */
    int take() {
        final int nearest = nodes[0];
        size--;
        long distance = distances[size];
        int node = nodes[size];
        int place = 0;
        for (int below = 1; below < size; below = 2 * place + 1) {
            if (below + 1 < size && distances[below + 1] < distances[below]) {
                below++;
            }
            if (distances[below] >= distance) {
                break;
            }
            distances[place] = distances[below];
            nodes[place] = nodes[below];
            place = below;
        }
        distances[place] = distance;
        nodes[place] = node;
        return nearest;
    }
}
