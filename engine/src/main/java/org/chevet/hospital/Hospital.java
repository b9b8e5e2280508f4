package org.chevet.hospital;

import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A hospital's layout, as its file describes it.
 *
 * @param specialties code to label, in the hospital's language; every code used elsewhere is one of these
 * @param equipment code to label, likewise
 * @param placement null while the hospital's file says nothing of it
 * @param tension likewise
 */
public record Hospital(
        HospitalId id,
        String name,
        ZoneId zone,
        Map<String, String> specialties,
        Map<String, String> equipment,
        List<Service> services,
        @AddedLater @Nullable PlacementPolicy placement,
        @AddedLater @Nullable TensionPolicy tension) {
    public Hospital {
        // The file's order is kept: it is the order of lists on screen.
        specialties = Collections.unmodifiableMap(new LinkedHashMap<>(specialties));
        equipment = Collections.unmodifiableMap(new LinkedHashMap<>(equipment));
        services = List.copyOf(services);
    }

    /** One that says nothing of placement and tension. */
    public Hospital(
            HospitalId id,
            String name,
            ZoneId zone,
            Map<String, String> specialties,
            Map<String, String> equipment,
            List<Service> services) {
        this(id, name, zone, specialties, equipment, services, null, null);
    }

    public PlacementPolicy placementPolicy() {
        return placement == null ? PlacementPolicy.DEFAULT : placement;
    }

    public TensionPolicy tensionPolicy() {
        return tension == null ? TensionPolicy.DEFAULT : tension;
    }
}
