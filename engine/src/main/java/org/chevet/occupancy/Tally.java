package org.chevet.occupancy;

import org.chevet.hospital.ServiceId;

/**
 * How often beds of a service were accepted, refused, or given against a rule, since the journal began. What was taken back is not counted.
 *
 * @param reason constant of {@link org.chevet.event.RefusalReason} or {@link org.chevet.event.OverrideReason}; empty for acceptances
 * @param count at least 1
 */
public record Tally(ServiceId service, Kind kind, String reason, long count) {
    public enum Kind {
        ACCEPTED,
        REFUSED,
        OVERRIDDEN
    }
}
