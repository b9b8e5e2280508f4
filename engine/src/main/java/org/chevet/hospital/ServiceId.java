package org.chevet.hospital;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A service's code, unique in its hospital. */
public record ServiceId(@JsonValue String value) implements Comparable<ServiceId> {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ServiceId {
        Identifiers.check("service id", value);
    }

    @Override
    public int compareTo(ServiceId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
