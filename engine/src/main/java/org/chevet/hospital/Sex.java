package org.chevet.hospital;

/** Administrative sex, as the room's rule reads it. {@code UNKNOWN} breaks no rule and satisfies none. */
public enum Sex {
    FEMALE,
    MALE,
    UNKNOWN
}
