package org.chevet.hospital;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A set of rooms under one head.
 *
 * @param site building or site, and {@code floor} its floor, for finding the way; null when the hospital does not say
 * @param specialties codes of the hospital's specialties that it accepts, the preferred first
 * @param staffedBeds beds its present staff can look after (lits armés) as the file says; the live figure is an event
 * @param hl7Codes the names under which feeds know it (PV1-3.1, ZBE-7, ZBE-8)
 */
public record Service(
        ServiceId id,
        String name,
        @Nullable String site,
        @Nullable String floor,
        List<String> specialties,
        LevelOfCare levelOfCare,
        AgeRange ages,
        SexPolicy sexPolicy,
        int staffedBeds,
        List<String> hl7Codes,
        List<Room> rooms) {
    public Service {
        specialties = List.copyOf(specialties);
        hl7Codes = List.copyOf(hl7Codes);
        rooms = List.copyOf(rooms);
    }
}
