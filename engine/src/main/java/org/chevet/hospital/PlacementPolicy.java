package org.chevet.hospital;

import java.util.List;

/**
 * What a hospital sets of placement. Costs are in points: 0 is perfect, and by default one point is worth six minutes that a patient waits.
 *
 * @param weights of the preferences that do not have their default
 * @param keptForEmergencies how many free beds each service keeps for the emergency department, up to its BJML in all
 * @param cleaningMinutes how long a bed's cleaning typically takes
 * @param staffingMarginBeds how many patients a service may take beyond its staffed beds
 */
public record PlacementPolicy(
        List<Weight> weights, List<KeptBeds> keptForEmergencies, int cleaningMinutes, int staffingMarginBeds) {
    public static final int POINTS_MAX = 1_000;
    public static final int CLEANING_MINUTES_MAX = 720;
    public static final int BEDS_MAX = 1_000;
    public static final PlacementPolicy DEFAULT = new PlacementPolicy(List.of(), List.of(), 45, 0);

    /** @param points 0 to {@value #POINTS_MAX}; what they are counted by stands at the rule */
    public record Weight(PlacementRule rule, int points) {}

    public record KeptBeds(ServiceId service, int beds) {}

    public PlacementPolicy {
        weights = List.copyOf(weights);
        keptForEmergencies = List.copyOf(keptForEmergencies);
    }

    public int points(PlacementRule rule) {
        for (Weight weight : weights) {
            if (weight.rule() == rule) {
                return weight.points();
            }
        }
        return rule.defaultPoints();
    }

    public int keptForEmergencies(ServiceId service) {
        for (KeptBeds kept : keptForEmergencies) {
            if (kept.service().equals(service)) {
                return kept.beds();
            }
        }
        return 0;
    }
}
