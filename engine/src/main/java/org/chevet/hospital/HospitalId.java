package org.chevet.hospital;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The hospital's FINESS number or a free code; also the name of its journal stream. */
public record HospitalId(@JsonValue String value) implements Comparable<HospitalId> {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public HospitalId {
        Identifiers.check("hospital id", value);
    }

    @Override
    public int compareTo(HospitalId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
