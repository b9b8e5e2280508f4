package org.chevet.placement;

import java.util.Map;
import org.chevet.hospital.PlacementRule;

/**
 * A rule that excludes a bed.
 *
 * @param about the facts: bed, room, service, stay, request, until …; never an identity
 */
public record Obstacle(PlacementRule rule, Map<String, String> about) {
    public Obstacle {
        about = Map.copyOf(about);
    }
}
