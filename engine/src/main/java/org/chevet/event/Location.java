package org.chevet.event;

import org.chevet.hospital.BedId;
import org.chevet.hospital.ServiceId;
import org.jspecify.annotations.Nullable;

/**
 * Where a patient is put: a bed of a service, a service without a bed ("sans lit"), or, when both are null, somewhere
 * that Chevet does not know. With a bed, the service is the bed's own.
 */
public record Location(
        @Nullable ServiceId service, @Nullable BedId bed) {
    public static final Location ELSEWHERE = new Location(null, null);
}
