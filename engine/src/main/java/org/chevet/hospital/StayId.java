package org.chevet.hospital;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A visit number (IEP): one patient's hospitalisation. Never reused. */
public record StayId(@JsonValue String value) implements Comparable<StayId> {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public StayId {
        Identifiers.check("stay id", value);
    }

    @Override
    public int compareTo(StayId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
