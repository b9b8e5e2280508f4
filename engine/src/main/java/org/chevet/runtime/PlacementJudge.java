package org.chevet.runtime;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.chevet.event.Location;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.BedId;
import org.chevet.hospital.PlacementRule;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.Occupancy;
import org.chevet.occupancy.PlacementCheck;
import org.chevet.occupancy.Stay;
import org.chevet.placement.Demand;
import org.chevet.placement.Fit;
import org.chevet.placement.PlacementWorld;
import org.jspecify.annotations.Nullable;

/**
 * Has placement say which rules a person's act would break, by the state of that instant. What was compiled for one act is kept for the next.
 * Of the writer's thread.
 */
final class PlacementJudge {
    /** Of a bed that is taken, closed, blocked or held for somebody else the live state judges, and nobody overrides it. */
    private static final Set<PlacementRule> PHYSICAL = EnumSet.of(
            PlacementRule.BED_OCCUPIED,
            PlacementRule.BED_BLOCKED,
            PlacementRule.BED_CLOSED,
            PlacementRule.BED_RESERVED);

    private @Nullable PlacementWorld compiled;

    PlacementCheck of(Occupancy occupancy, Instant now) {
        return placing -> broken(placing, occupancy.view(), now);
    }

    private Collection<String> broken(PlacementCheck.Placing placing, HospitalView view, Instant now) {
        PlacementWorld known = compiled;
        // A world that could not be taken over to the end is not asked again.
        compiled = null;
        PlacementWorld world = PlacementWorld.renewed(known, view, now);
        compiled = world;
        int broken =
                new Fit(world, demand(placing, view, now)).broken(view.layout().bed(placing.bed()));
        List<String> codes = new ArrayList<>();
        for (PlacementRule rule : PlacementRule.values()) {
            if ((broken & rule.bit()) != 0 && !PHYSICAL.contains(rule)) {
                codes.add(rule.code());
            }
        }
        return codes;
    }

    /** Only what rules that are never broken ask for: where else the patient was costs points, and forbids nothing. */
    private static Demand demand(PlacementCheck.Placing placing, HospitalView view, Instant now) {
        Stay stay = placing.stay() == null ? null : view.stays().get(placing.stay());
        Location location = stay == null ? null : stay.location();
        BedId lying = location == null ? null : location.bed();
        return new Demand(
                placing.stay(),
                placing.requests(),
                null,
                RequestOrigin.INTERNAL,
                placing.needs(),
                now,
                null,
                lying,
                Set.of());
    }
}
