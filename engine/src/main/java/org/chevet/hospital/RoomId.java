package org.chevet.hospital;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A room's number, unique in its hospital. */
public record RoomId(@JsonValue String value) implements Comparable<RoomId> {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RoomId {
        Identifiers.check("room id", value);
    }

    @Override
    public int compareTo(RoomId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
