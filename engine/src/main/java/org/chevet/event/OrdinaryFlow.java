package org.chevet.event;

import java.time.Duration;
import org.chevet.hospital.AddedLater;
import org.chevet.hospital.ServiceId;
import org.jspecify.annotations.Nullable;

/**
 * Patients who come into a service of a drill whatever else happens there.
 *
 * @param every from one to the next, on average over days and nights
 * @param stay how long they stay, on average
 * @param hours when they come, null for what is usual of those who come in this way
 */
public record OrdinaryFlow(
        ServiceId service,
        RequestOrigin origin,
        Duration every,
        Duration stay,
        @AddedLater @Nullable OrdinaryHours hours) {}
