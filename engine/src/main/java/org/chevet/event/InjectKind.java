package org.chevet.event;

/** What the director of a drill can let happen. */
public enum InjectKind {
    /** Something that players are told. */
    MESSAGE,
    /** Casualties come to the emergency department. */
    VICTIMS,
    /** A service takes nobody any more: its empty beds close, the others once whoever lies there has left. */
    WARD_CLOSED,
    /** A service has staff for fewer beds. */
    STAFF_SHORTAGE,
    /** Equipment fails: a service's beds are blocked as soon as they are ready, or, without a service, players are only told. */
    OUTAGE;

    /** Whether it goes on until it ends. */
    public boolean lasts() {
        return switch (this) {
            case WARD_CLOSED, STAFF_SHORTAGE, OUTAGE -> true;
            case MESSAGE, VICTIMS -> false;
        };
    }
}
