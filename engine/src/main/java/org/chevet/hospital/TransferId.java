package org.chevet.hospital;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The number of a transfer between two hospitals, the same in both. The hospital that asks gives it, and it begins with its id. */
public record TransferId(@JsonValue String value) implements Comparable<TransferId> {
    /** A hospital's id, a hyphen and the sequence of an event. */
    public static final int CHARS_MAX = Identifiers.IDENTIFIER_CHARS_MAX + 20;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public TransferId {
        Identifiers.check("transfer id", value, CHARS_MAX);
    }

    /** @param sequence of the event by which it is asked, which is used once */
    public static TransferId of(HospitalId sending, long sequence) {
        return new TransferId(sending + "-" + sequence);
    }

    @Override
    public int compareTo(TransferId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
