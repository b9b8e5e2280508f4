package org.chevet.tension;

import java.util.Map;
import org.chevet.hospital.ServiceId;
import org.jspecify.annotations.Nullable;

/**
 * What is foreseen, as far as tension needs it.
 *
 * @param hours how far ahead was looked for the highest probability
 * @param hospital null when it is not known
 * @param services those not named are not known
 */
public record BedShortage(int hours, @Nullable Foreseen hospital, Map<ServiceId, Foreseen> services) {
    /** Nobody foresees anything. */
    public static final BedShortage UNKNOWN = new BedShortage(0, null, Map.of());

    /**
     * Of a service or the hospital.
     *
     * @param probability the highest at any full hour until {@link BedShortage#hours}, 0 to 1, that there is no free bed
     * @param saturationHours the first hours ahead at which that is more likely than not, however far; null when it is at none
     */
    public record Foreseen(double probability, @Nullable Integer saturationHours) {}

    public BedShortage {
        services = Map.copyOf(services);
    }

    /** @param service null for the hospital */
    @Nullable
    Foreseen of(@Nullable ServiceId service) {
        return service == null ? hospital : services.get(service);
    }
}
