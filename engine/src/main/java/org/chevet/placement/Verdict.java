package org.chevet.placement;

import java.util.List;
import org.chevet.hospital.BedId;
import org.jspecify.annotations.Nullable;

/**
 * What there is to say of one bed.
 *
 * @param obstacles every rule that excludes it, in the rules' order
 * @param proposal null when a rule excludes it
 */
public record Verdict(
        BedId bed, List<Obstacle> obstacles, @Nullable Proposal proposal) {
    public Verdict {
        obstacles = List.copyOf(obstacles);
    }
}
