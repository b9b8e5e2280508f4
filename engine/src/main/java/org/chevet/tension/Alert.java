package org.chevet.tension;

import java.time.Instant;
import java.util.List;
import org.chevet.event.Snooze;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.TensionLevel;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody should look at. One for each kind, whatever the number of services: they are its reasons.
 *
 * @param key what is put off when the alert is: its kind and level, so that a worse one comes back
 * @param since the first of its reasons
 * @param snooze null when it is shown
 */
public record Alert(
        String key,
        Kind kind,
        TensionLevel level,
        Instant since,
        List<Reason> reasons,
        @Nullable Snooze snooze) {
    public enum Kind {
        /** The hospital's level. */
        HOSPITAL_LEVEL,
        /** Services whose level is tension or more. */
        SERVICE_LEVELS,
        /** Action cards that nobody took on in time. */
        CARDS_OVERDUE,
        /** Patients who wait for a bed for over 8 hours. */
        LONG_WAITS
    }

    /**
     * Why it is seen.
     *
     * @param service null for the hospital
     * @param card of a card, otherwise null
     * @param why of a level, otherwise null
     * @param value what was measured, in per cent, hours to saturation, patients or minutes
     * @param limit what it is held against
     */
    public record Reason(
            @Nullable ServiceId service,
            @Nullable String card,
            Levels.@Nullable Why why,
            double value,
            double limit,
            Instant since) {}

    public Alert {
        reasons = List.copyOf(reasons);
    }
}
