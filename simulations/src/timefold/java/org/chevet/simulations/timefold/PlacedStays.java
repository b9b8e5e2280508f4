package org.chevet.simulations.timefold;

import ai.timefold.solver.core.api.domain.solution.PlanningEntityCollectionProperty;
import ai.timefold.solver.core.api.domain.solution.PlanningScore;
import ai.timefold.solver.core.api.domain.solution.PlanningSolution;
import ai.timefold.solver.core.api.domain.solution.ProblemFactCollectionProperty;
import ai.timefold.solver.core.api.domain.valuerange.ValueRangeProvider;
import ai.timefold.solver.core.api.score.buildin.hardsoftlong.HardSoftLongScore;
import java.util.List;
import org.chevet.simulations.timefold.PlacedPart.PlannedBed;
import org.jspecify.annotations.Nullable;

/** An instance as Timefold sees it. */
@PlanningSolution
public class PlacedStays {
    /** A room that takes one sex a night, on one night, at its price for each patient of the sex that is fewer. */
    public record OneSexNight(int room, int night, int price) {}

    @ValueRangeProvider
    @ProblemFactCollectionProperty
    private List<PlannedBed> beds = List.of();

    @ProblemFactCollectionProperty
    private List<OneSexNight> oneSexNights = List.of();

    @PlanningEntityCollectionProperty
    private List<PlacedPart> parts = List.of();

    @PlanningScore
    private @Nullable HardSoftLongScore score;

    public PlacedStays() {}

    PlacedStays(List<PlannedBed> beds, List<OneSexNight> oneSexNights, List<PlacedPart> parts) {
        this.beds = beds;
        this.oneSexNights = oneSexNights;
        this.parts = parts;
    }

    List<PlacedPart> parts() {
        return parts;
    }
}
