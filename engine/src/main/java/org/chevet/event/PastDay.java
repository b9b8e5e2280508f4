package org.chevet.event;

import java.time.LocalDate;
import org.chevet.hospital.ServiceId;
import org.jspecify.annotations.Nullable;

/**
 * A day's census, as another system counted it.
 *
 * @param line of the file that it comes from
 * @param service null for the whole hospital
 * @param occupied beds with a patient when the day ended, at midnight
 */
public record PastDay(long line, @Nullable ServiceId service, LocalDate day, int occupied) {
    public static final int OCCUPIED_MAX = 1_000_000;
}
