package org.chevet.hospital;

import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One bed of a room.
 *
 * @param label what is written on it within its room ("P" for porte, "F" for fenêtre), may be empty in a single room
 * @param surge whether it exists only in surge (surcapacité): it starts closed and is opened on purpose
 * @param equipment codes of the hospital's equipment catalogue, sorted, without repeats
 * @param hl7 where feeds say it is, null when feeds never name this bed
 */
public record Bed(
        BedId id,
        String label,
        boolean surge,
        List<String> equipment,
        @Nullable PointOfCare hl7) {
    public Bed {
        equipment = List.copyOf(new TreeSet<>(equipment));
    }
}
