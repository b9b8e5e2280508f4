package org.chevet.event;

import java.util.List;
import java.util.stream.Stream;
import org.chevet.hospital.AddedLater;
import org.jspecify.annotations.Nullable;

/**
 * Casualties of an inject, by the categories of the French plans for mass casualties.
 *
 * @param absolute urgences absolues (UA)
 * @param relative urgences relatives (UR)
 * @param involved impliqués: unhurt, to be seen and sent home
 * @param minutes how long their arrivals are spread over, from the inject on
 * @param illness what they have, null for wounds
 * @param wounds where the wounded are taken, null for the services that treat wounds
 */
public record Victims(
        int absolute,
        int relative,
        int involved,
        int minutes,
        @AddedLater @Nullable Illness illness,
        @AddedLater @Nullable Wounds wounds) {
    public static final int VICTIMS_MAX = 500;
    public static final int MINUTES_MAX = 7 * 24 * 60;

    /** Of the wounded. */
    public Victims(int absolute, int relative, int involved, int minutes) {
        this(absolute, relative, involved, minutes, null, null);
    }

    /** The services that are named, where the ill or the wounded need a bed. */
    public List<Share> services() {
        if (illness != null) {
            return illness.services();
        }
        return wounds == null
                ? List.of()
                : Stream.concat(wounds.absolute().stream(), wounds.relative().stream())
                        .toList();
    }

    public int count() {
        return absolute + relative + involved;
    }

    /** Whether it can be: somebody, not more than {@link #VICTIMS_MAX}, within {@link #MINUTES_MAX}. */
    public boolean isPossible() {
        return absolute >= 0
                && relative >= 0
                && involved >= 0
                && Math.max(absolute, Math.max(relative, involved)) <= VICTIMS_MAX
                && count() >= 1
                && count() <= VICTIMS_MAX
                && minutes >= 0
                && minutes <= MINUTES_MAX
                && (illness == null || illness.isPossible() && wounds == null)
                && (wounds == null || wounds.isPossible());
    }
}
