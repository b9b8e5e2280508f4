package org.chevet.event;

import java.util.List;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Identifiers;
import org.chevet.hospital.Isolation;
import org.jspecify.annotations.Nullable;

/**
 * What brings casualties of a drill to the hospital who were not wounded: an epidemic, heat.
 *
 * @param services where they need a bed, with each one's share; each once, and at most {@link Share#SERVICES_MAX}
 * @param stayDays median of their stay there, null for the service's own
 * @param organism see {@link CareNeeds#organism}
 */
public record Illness(
        List<Share> services,
        @Nullable Double stayDays,
        double ageYears,
        double ageYearsSpread,
        Isolation isolation,
        @Nullable String organism) {
    private static final int AGE_YEARS_MAX = 120;
    private static final int STAY_DAYS_MAX = 1_000;

    public Illness {
        services = List.copyOf(services);
    }

    /** Whether it can be: somewhere to go, and numbers of human beings. */
    boolean isPossible() {
        return !services.isEmpty()
                && Share.areOfServices(services)
                && (stayDays == null || stayDays > 0 && stayDays <= STAY_DAYS_MAX)
                && ageYears >= 0
                && ageYears <= AGE_YEARS_MAX
                && ageYearsSpread >= 0
                && ageYearsSpread <= AGE_YEARS_MAX
                && (organism == null
                        || Identifiers.isValid(organism) && organism.length() <= CareNeeds.ORGANISM_CHARS_MAX);
    }
}
