package org.chevet.event;

import java.time.Instant;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.ServiceId;
import org.jspecify.annotations.Nullable;

/**
 * What one hospital asks of another: what a bed request says, and nothing of who the patient is.
 *
 * @param needs with sex and age as far as they are known; codes are those of the hospital that asks
 * @param service of the other hospital, null when any that fits will do
 * @param priority as {@link BedRequest#priority}
 * @param neededAt when the bed is needed
 */
public record TransferWish(
        CareNeeds needs,
        @Nullable ServiceId service,
        int priority,
        Instant neededAt,
        @Nullable String note) {
    public TransferWish {
        if (priority < BedRequest.PRIORITY_MOST_URGENT || priority > BedRequest.PRIORITY_LEAST_URGENT) {
            throw new IllegalArgumentException("priority " + priority + " of a transfer is outside "
                    + BedRequest.PRIORITY_MOST_URGENT + " to " + BedRequest.PRIORITY_LEAST_URGENT);
        }
    }
}
