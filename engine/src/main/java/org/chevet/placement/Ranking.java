package org.chevet.placement;

import java.time.Instant;
import java.util.List;
import org.chevet.hospital.BedId;
import org.jspecify.annotations.Nullable;

/**
 * The best beds for somebody, the best first.
 *
 * @param nearest where there is no proposal: beds in whose way exactly one rule stands, the best first
 * @param firstToCome where there is no proposal: the bed that will fit first, later than is looked ahead; null when none is known
 */
public record Ranking(
        List<Proposal> proposals,
        List<Verdict> nearest,
        @Nullable Coming firstToCome) {
    public Ranking {
        proposals = List.copyOf(proposals);
        nearest = List.copyOf(nearest);
    }

    public record Coming(BedId bed, Instant usableAt) {}
}
