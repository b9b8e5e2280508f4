package org.chevet.simulations.full;

import java.time.Instant;
import org.chevet.event.Command;
import org.chevet.hospital.BedId;

/** Where a history happens, at the time that it has come to: the live state of a house, or beds that are only counted. */
sealed interface Ground permits House, CountedBeds {
    /** @param second of {@link SimulatedDays} */
    void goOnTo(long second);

    long now();

    Instant instant();

    int index(BedId bed);

    int serviceOf(BedId bed);

    /** That happened so far. */
    long events();

    /** What cannot be refused unless the simulation is wrong. */
    void must(Command command);

    /** @return whether it was accepted */
    boolean does(Command command);

    Staffing staffing(int service);

    /** @throws IllegalStateException when it contradicts itself, or what the simulation knows of who is where */
    void check(int present);

    /** Of one service. */
    record Staffing(int staffed, int surge, int surgeOpen) {}
}
