package org.chevet.tension;

import java.util.Map;
import org.chevet.hospital.ServiceId;
import org.jspecify.annotations.Nullable;

/**
 * What is foreseen, as far as tension needs it.
 *
 * @param hours how far ahead was looked
 * @param hospital the highest probability, at any full hour until then, that the hospital has no free bed, 0 to 1; null when it is not known
 * @param services the same by service; those not named are not known
 */
public record BedShortage(int hours, @Nullable Double hospital, Map<ServiceId, Double> services) {
    /** Nobody foresees anything. */
    public static final BedShortage UNKNOWN = new BedShortage(0, null, Map.of());

    public BedShortage {
        services = Map.copyOf(services);
    }

    /** @param service null for the hospital */
    @Nullable
    Double of(@Nullable ServiceId service) {
        return service == null ? hospital : services.get(service);
    }
}
