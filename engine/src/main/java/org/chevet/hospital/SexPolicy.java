package org.chevet.hospital;

/** Who may lie together in a room, or in any room of a service. */
public enum SexPolicy {
    MIXED,
    /** One sex at a time: the room takes the sex of whoever lies in it, and is free again when it empties. */
    SAME_SEX,
    WOMEN,
    MEN;

    /** Whether a patient of this sex may enter at all, whoever else is there. */
    public boolean admits(Sex sex) {
        return switch (this) {
            case MIXED, SAME_SEX -> true;
            case WOMEN -> sex != Sex.MALE;
            case MEN -> sex != Sex.FEMALE;
        };
    }
}
