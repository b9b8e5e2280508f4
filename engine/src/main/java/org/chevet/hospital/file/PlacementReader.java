package org.chevet.hospital.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.chevet.hospital.PlacementPolicy;
import org.chevet.hospital.PlacementPolicy.KeptBeds;
import org.chevet.hospital.PlacementPolicy.Weight;
import org.chevet.hospital.PlacementRule;
import org.chevet.hospital.ServiceId;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code placement}. */
final class PlacementReader {
    private static final List<String> KEYS =
            List.of("weights", "keptForEmergencies", "cleaningMinutes", "staffingMarginBeds");

    private final Problems problems;

    PlacementReader(Problems problems) {
        this.problems = problems;
    }

    @Nullable
    PlacementPolicy read(Place place, Set<String> services) {
        Fields fields = Fields.of(place, problems, KEYS);
        if (fields == null) {
            return null;
        }
        Integer cleaning = fields.wholeNumber("cleaningMinutes", 0, PlacementPolicy.CLEANING_MINUTES_MAX);
        Integer margin = fields.wholeNumber("staffingMarginBeds", 0, PlacementPolicy.BEDS_MAX);
        return new PlacementPolicy(
                weights(fields.get("weights")),
                kept(fields.get("keptForEmergencies"), services),
                cleaning == null ? PlacementPolicy.DEFAULT.cleaningMinutes() : cleaning,
                margin == null ? PlacementPolicy.DEFAULT.staffingMarginBeds() : margin);
    }

    private List<Weight> weights(@Nullable Place place) {
        List<PlacementRule> rules = PlacementRule.preferences();
        Fields fields = place == null
                ? null
                : Fields.of(
                        place, problems, rules.stream().map(PlacementRule::code).toList());
        List<Weight> weights = new ArrayList<>();
        if (fields != null) {
            for (PlacementRule rule : rules) {
                Integer points = fields.wholeNumber(rule.code(), 0, PlacementPolicy.POINTS_MAX);
                if (points != null) {
                    weights.add(new Weight(rule, points));
                }
            }
        }
        return weights;
    }

    private List<KeptBeds> kept(@Nullable Place place, Set<String> services) {
        Fields fields = place == null ? null : Fields.of(place, problems);
        List<KeptBeds> kept = new ArrayList<>();
        if (fields != null) {
            fields.forEach((service, value) -> {
                if (!services.contains(service)) {
                    problems.add(value, "unknown service '" + service + "'", Nearest.advice(service, services));
                    return;
                }
                Integer beds = fields.wholeNumber(service, 0, PlacementPolicy.BEDS_MAX);
                if (beds != null) {
                    kept.add(new KeptBeds(new ServiceId(service), beds));
                }
            });
        }
        return kept;
    }
}
