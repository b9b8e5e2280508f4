package org.chevet.event;

import java.util.List;

/**
 * Where the wounded of a drill need a bed: all of them, where it is said.
 *
 * @param absolute services of the urgences absolues, with each one's share; each once, and at most {@link Share#SERVICES_MAX}
 * @param relative of the urgences relatives, likewise
 */
public record Wounds(List<Share> absolute, List<Share> relative) {
    public Wounds {
        absolute = List.copyOf(absolute);
        relative = List.copyOf(relative);
    }

    boolean isPossible() {
        return Share.areOfServices(absolute) && Share.areOfServices(relative);
    }
}
