package org.chevet.hospital;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The number of a bed request. */
public record RequestId(@JsonValue String value) implements Comparable<RequestId> {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RequestId {
        Identifiers.check("request id", value);
    }

    @Override
    public int compareTo(RequestId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
