package org.chevet.event;

import java.time.Duration;
import org.chevet.hospital.ServiceId;

/**
 * Patients who come into a service of a drill whatever else happens there.
 *
 * @param every from one to the next, on average over days and nights
 * @param stay how long they stay, on average
 */
public record OrdinaryFlow(ServiceId service, RequestOrigin origin, Duration every, Duration stay) {}
