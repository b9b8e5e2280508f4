package org.chevet.forecast;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chevet.event.Location;
import org.chevet.hospital.BedId;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.chevet.occupancy.Layout;
import org.jspecify.annotations.Nullable;

/**
 * Where patients can be, as the hospital last said: its services by number, what leads to each of them, and its clock. A number is never given again:
 * what was learned of a service that is gone is there when it comes back. Owned by one thread.
 */
final class Premises {
    private final Map<ServiceId, Integer> numbers = new HashMap<>();
    private final Map<String, Integer> serviceOfSpecialty = new HashMap<>();
    private final BitSet present = new BitSet();
    private Map<String, List<Integer>> poles = Map.of();
    private @Nullable Layout layout;

    /** By the layout's numbers of services. */
    private int[] numberHere = {};

    private @Nullable WallHours wall;

    void define(Hospital defined) {
        Layout is = Layout.of(defined);
        Hospital hospital = is.hospital();
        layout = is;
        numberHere = new int[hospital.services().size()];
        wall = new WallHours(hospital.zone());
        serviceOfSpecialty.clear();
        present.clear();
        poles = new LinkedHashMap<>();
        for (Service service : hospital.services()) {
            int number = numbers.computeIfAbsent(service.id(), none -> numbers.size());
            numberHere[is.service(service.id())] = number;
            present.set(number);
            if (service.pole() != null) {
                poles.computeIfAbsent(service.pole(), none -> new ArrayList<>()).add(number);
            }
            service.specialties().forEach(code -> serviceOfSpecialty.putIfAbsent(code, number));
        }
        poles.values().forEach(services -> services.sort(null));
    }

    /** Whether the hospital still has the service of this number. */
    boolean has(int number) {
        return present.get(number);
    }

    boolean isDefined() {
        return wall != null;
    }

    WallHours wall() {
        if (wall == null) {
            throw new IllegalStateException("an event came before the one that defines the hospital");
        }
        return wall;
    }

    /** The services of each, ascending: their order in the hospital's file says nothing. Never changed: another definition makes another one. */
    Map<String, List<Integer>> poles() {
        return poles;
    }

    int service(Location location) {
        int ofBed = location.bed() == null ? Presence.OUT : serviceOf(location.bed());
        return ofBed != Presence.OUT ? ofBed : number(location.service());
    }

    /** OUT for a service that it was not told of. */
    int number(@Nullable ServiceId service) {
        return service == null ? Presence.OUT : numbers.getOrDefault(service, Presence.OUT);
    }

    int serviceOf(BedId bed) {
        Layout here = layout;
        int number = here == null ? Layout.NONE : here.bed(bed);
        return here == null || number == Layout.NONE ? Presence.OUT : numberHere[here.serviceOfBed(number)];
    }

    /** The first that accepts it. */
    int serviceOf(@Nullable String specialty) {
        return specialty == null ? Presence.OUT : serviceOfSpecialty.getOrDefault(specialty, Presence.OUT);
    }
}
