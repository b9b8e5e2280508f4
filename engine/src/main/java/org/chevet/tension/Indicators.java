package org.chevet.tension;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.chevet.hospital.ServiceId;
import org.jspecify.annotations.Nullable;

/**
 * A hospital's indicators at one moment.
 *
 * @param days of the period, the running one included
 * @param hospital of the whole hospital
 * @param inTension what the levels {@link Indicator#HET_1} to {@link Indicator#HET_6} come from
 * @param services in the file's order
 */
public record Indicators(Instant now, int days, Scope hospital, HospitalInTension inTension, List<Scope> services) {
    /**
     * A figure and how current it is.
     *
     * @param value in the unit of its indicator; null while it cannot be known: nothing to divide by, or no history
     * @param sequence the last event that it contains
     * @param age since that event
     */
    public record Value(@Nullable Double value, long sequence, Duration age) {}

    /**
     * @param service null for the whole hospital
     * @param values those that the scope has: some are the hospital's only
     * @param dischargesByHour of the period, by the hour of the day that began before them
     */
    public record Scope(@Nullable ServiceId service, Map<Indicator, Value> values, List<Long> dischargesByHour) {
        public Scope {
            values = Collections.unmodifiableMap(new EnumMap<>(values));
            dischargesByHour = List.copyOf(dischargesByHour);
        }

        /** Null when it is not known, or not for this scope. */
        public @Nullable Double value(Indicator indicator) {
            Value value = values.get(indicator);
            return value == null ? null : value.value();
        }
    }

    public Indicators {
        services = List.copyOf(services);
    }

    /** Null when the hospital has no such service. */
    public @Nullable Scope service(ServiceId id) {
        for (Scope scope : services) {
            if (id.equals(scope.service())) {
                return scope;
            }
        }
        return null;
    }
}
