package org.chevet.simulations.full;

import java.time.Instant;
import org.chevet.event.Command;
import org.chevet.hospital.BedId;

/** Where a history happens, at the time that it has come to: the live state of a house, or beds that are only counted. */
abstract sealed class Ground permits House, CountedBeds {
    private final SimulatedDays days;
    private long now;
    private Instant instant;

    Ground(SimulatedDays days) {
        this.days = days;
        instant = days.instant(now);
    }

    /** @param second of {@link SimulatedDays} */
    void goOnTo(long second) {
        if (second != now) {
            now = second;
            instant = days.instant(second);
        }
    }

    final long now() {
        return now;
    }

    final Instant instant() {
        return instant;
    }

    abstract int index(BedId bed);

    abstract int serviceOf(BedId bed);

    /** That happened so far. */
    abstract long events();

    /** What cannot be refused unless the simulation is wrong. */
    abstract void must(Command command);

    /** @return whether it was accepted */
    abstract boolean does(Command command);

    abstract Staffing staffing(int service);

    /** @throws IllegalStateException when it contradicts itself, or what the simulation knows of who is where */
    abstract void check(int present);

    /** Of one service. */
    record Staffing(int staffed, int surge, int surgeOpen) {}
}
