package org.chevet.hospital;

import java.util.List;

/**
 * @param capacity how many patients it is meant for, surge left out; at least 1 and at most its number of beds
 * @param sexPolicy who may lie together here
 */
public record Room(RoomId id, int capacity, SexPolicy sexPolicy, IsolationAbility isolation, List<Bed> beds) {
    public Room {
        beds = List.copyOf(beds);
    }

    public boolean isSingle() {
        return capacity == 1;
    }
}
