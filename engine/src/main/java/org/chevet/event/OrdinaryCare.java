package org.chevet.event;

import java.util.List;
import org.chevet.hospital.ServiceId;
import org.jspecify.annotations.Nullable;

/**
 * How a service of a drill lives, where its scenario says so.
 *
 * @param daysSeen lengths of stays; none where they are log-normal
 * @param medianDays of a log-normal stay
 * @param spread standard deviation of its logarithm
 * @param death probability that a stay ends so
 * @param onward services where the others go next, with the probability; who goes nowhere leaves the hospital
 * @param female share of women, null for one half
 * @param isolation shares of those who need any, by kind; null for what is usual of their specialty
 * @param equipment shares by code
 * @param leaving when patients are let go, null for what is usual
 */
public record OrdinaryCare(
        ServiceId service,
        List<Double> daysSeen,
        double medianDays,
        double spread,
        double death,
        double ageYears,
        double ageYearsSpread,
        List<Share> onward,
        @Nullable Double female,
        @Nullable List<Share> isolation,
        List<Share> equipment,
        @Nullable OrdinaryHours leaving) {
    public OrdinaryCare {
        daysSeen = List.copyOf(daysSeen);
        onward = List.copyOf(onward);
        isolation = isolation == null ? null : List.copyOf(isolation);
        equipment = List.copyOf(equipment);
    }
}
