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
 * @param fallbackSpecialties codes of specialties whose patients it may shelter (hébergement), the nearest to its own first
 * @param pole the group of services that it belongs to (pôle), by whatever name, null when the hospital does not say
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
        List<Room> rooms,
        @AddedLater @Nullable List<String> fallbackSpecialties,
        @AddedLater @Nullable String pole) {
    public Service {
        specialties = List.copyOf(specialties);
        hl7Codes = List.copyOf(hl7Codes);
        rooms = List.copyOf(rooms);
        // A layout of a former release has none, and is read all the same.
        fallbackSpecialties = fallbackSpecialties == null ? List.of() : List.copyOf(fallbackSpecialties);
    }

    /** One of no pole. */
    public Service(
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
            List<Room> rooms,
            List<String> fallbackSpecialties) {
        this(
                id,
                name,
                site,
                floor,
                specialties,
                levelOfCare,
                ages,
                sexPolicy,
                staffedBeds,
                hl7Codes,
                rooms,
                fallbackSpecialties,
                null);
    }

    /** One that shelters nobody, and of no pole. */
    public Service(
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
        this(id, name, site, floor, specialties, levelOfCare, ages, sexPolicy, staffedBeds, hl7Codes, rooms, List.of());
    }

    @Override
    public List<String> fallbackSpecialties() {
        return fallbackSpecialties == null ? List.of() : fallbackSpecialties;
    }
}
