package org.chevet.hospital;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The hospital's FINESS number or a free code; also the name of its journal stream. */
public record HospitalId(@JsonValue String value) implements Comparable<HospitalId> {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public HospitalId {
        Identifiers.check("hospital id", value);
    }

    /** Between the id of the hospital that is drilled and the drill's number. No hospital's file may have such an id. */
    private static final String DRILL = "-exercice-";

    /** The id of a drill: a hospital that does not exist, of which nothing may reach a real one. */
    public HospitalId drill(long number) {
        String end = DRILL + number;
        int kept = Math.min(value.length(), Identifiers.IDENTIFIER_CHARS_MAX - end.length());
        return new HospitalId(value.substring(0, kept) + end);
    }

    public boolean isDrill() {
        int mark = value.lastIndexOf(DRILL);
        return mark > 0
                && mark + DRILL.length() < value.length()
                && value.chars().skip(mark + DRILL.length()).allMatch(digit -> digit >= '0' && digit <= '9');
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
