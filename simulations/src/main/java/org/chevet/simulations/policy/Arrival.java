package org.chevet.simulations.policy;

import java.time.Duration;
import java.time.Instant;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.CareNeeds;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who will need a bed, and for how long, whoever chooses it.
 *
 * @param number of the arrivals, from 0
 * @param length in a bed until they are well enough to leave it
 * @param expectedLength what is thought of that on the day they come
 * @param afterwards needs and length in a less intensive service once this stretch is over, null for who goes home
 */
record Arrival(
        int number,
        Instant at,
        RequestOrigin origin,
        int priority,
        CareNeeds needs,
        Duration length,
        Duration expectedLength,
        @Nullable Stretch afterwards) {
    /** A later part of the stay. */
    record Stretch(CareNeeds needs, Duration length) {}
}
