package org.chevet.hospital;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A bed's code, unique in its hospital. */
public record BedId(@JsonValue String value) implements Comparable<BedId> {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public BedId {
        Identifiers.check("bed id", value);
    }

    @Override
    public int compareTo(BedId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
