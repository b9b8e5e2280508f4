package org.chevet.feed.hl7;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.chevet.event.Location;
import org.chevet.hospital.Bed;
import org.chevet.hospital.BedId;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.PointOfCare;
import org.chevet.hospital.Room;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.jspecify.annotations.Nullable;

/** Finds the places that feeds name in the hospital's file. Immutable; made once for each layout. */
final class LocationMap {
    /** @param unmapped what was stated, when part of it is not in the hospital's file */
    record Found(Location location, @Nullable String unmapped) {
        boolean inAService() {
            return location.service() != null;
        }
    }

    private static final Found NOTHING_STATED = new Found(Location.ELSEWHERE, null);

    private final Hospital hospital;
    private final Map<PointOfCare, Location> exact = new HashMap<>();
    private final Map<String, Service> services = new HashMap<>();
    private final Map<String, Location> bedIds = new HashMap<>();
    private final Map<ServiceId, Map<String, BedId>> bedNames = new HashMap<>();
    private final Map<ServiceId, Set<String>> ownRooms = new HashMap<>();

    /** @param own what the sender itself calls places; what of it is in the hospital no more is left out */
    LocationMap(Hospital hospital, FeedPlaces own) {
        this.hospital = hospital;
        for (Service service : hospital.services()) {
            services.putIfAbsent(key(service.id().value()), service);
            Map<String, BedId> names = new HashMap<>();
            for (Room room : service.rooms()) {
                for (Bed bed : room.beds()) {
                    Location location = new Location(service.id(), bed.id());
                    bedIds.put(key(bed.id().value()), location);
                    if (bed.hl7() != null) {
                        exact.put(bed.hl7(), location);
                    }
                    for (String name : namesOf(room.id().value(), room, bed)) {
                        names.putIfAbsent(key(name), bed.id());
                    }
                }
            }
            bedNames.put(service.id(), names);
        }
        // A code that the file gives to a service on purpose comes before another service's number.
        for (Service service : hospital.services().reversed()) {
            for (String code : service.hl7Codes()) {
                services.put(key(code), service);
            }
        }
        hospital.services().forEach(service -> addOwn(service, own));
    }

    private void addOwn(Service service, FeedPlaces own) {
        own.services().forEach((code, id) -> {
            if (id.equals(service.id())) {
                services.put(key(code), service);
            }
        });
        Map<String, BedId> names = bedNames.computeIfAbsent(service.id(), id -> new HashMap<>());
        for (Room room : service.rooms()) {
            own.rooms().forEach((place, id) -> {
                if (id.equals(room.id())) {
                    services.putIfAbsent(key(place.unit()), service);
                    ownRooms.computeIfAbsent(service.id(), of -> new HashSet<>())
                            .add(key(place.room()));
                    room.beds()
                            .forEach(bed ->
                                    namesOf(place.room(), room, bed).forEach(name -> names.put(key(name), bed.id())));
                }
            });
            for (Bed bed : room.beds()) {
                own.beds().forEach((place, id) -> {
                    if (id.equals(bed.id())) {
                        exact.put(place, new Location(service.id(), bed.id()));
                    }
                });
            }
        }
    }

    Hospital hospital() {
        return hospital;
    }

    /** @param units other names of the unit, for senders that leave PV1-3 empty (ZBE-8, ZBE-7) */
    Found find(PointOfCare stated, List<String> units) {
        Location precise = exact.get(stated);
        if (precise != null) {
            return new Found(precise, null);
        }
        boolean nothing = stated.unit().isEmpty()
                && stated.room().isEmpty()
                && stated.bed().isEmpty();
        Location named = stated.unit().isEmpty() ? bedIds.get(key(stated.bed())) : null;
        if (named != null) {
            return new Found(named, null);
        }
        Service service = service(stated.unit(), units);
        if (service == null) {
            return nothing && units.isEmpty() ? NOTHING_STATED : new Found(Location.ELSEWHERE, text(stated, units));
        }
        BedId bed = bed(service, stated);
        boolean bedMissing = bed == null && (!stated.bed().isEmpty() || !knowsRoom(service, stated.room()));
        return new Found(new Location(service.id(), bed), bedMissing ? text(stated, units) : null);
    }

    /** A room without a bed is a usual thing to state, as long as there is such a room. */
    private boolean knowsRoom(Service service, String stated) {
        return stated.isEmpty()
                || ownRooms.getOrDefault(service.id(), Set.of()).contains(key(stated))
                || service.rooms().stream()
                        .anyMatch(room -> key(room.id().value()).equals(key(stated))
                                || room.beds().stream()
                                        .anyMatch(bed -> bed.hl7() != null
                                                && key(bed.hl7().room()).equals(key(stated))));
    }

    /** The bed at this very place, for a statement about the bed itself. */
    @Nullable
    BedId bed(PointOfCare stated) {
        return find(stated, List.of()).location().bed();
    }

    @Nullable
    Service service(Location location) {
        return location.service() == null
                ? null
                : services.get(key(location.service().value()));
    }

    private @Nullable Service service(String unit, List<String> units) {
        Service service = services.get(key(unit));
        for (String other : units) {
            if (service != null) {
                break;
            }
            service = services.get(key(other));
        }
        return service;
    }

    private @Nullable BedId bed(Service service, PointOfCare stated) {
        Map<String, BedId> names = bedNames.getOrDefault(service.id(), Map.of());
        BedId bed = stated.bed().isEmpty() ? null : names.get(key(stated.room() + "^" + stated.bed()));
        if (bed == null && !stated.bed().isEmpty()) {
            bed = names.get(key(stated.bed()));
        }
        if (bed == null && stated.bed().isEmpty() && !stated.room().isEmpty()) {
            // Many senders name a single room only.
            bed = names.get(key(stated.room() + "^"));
        }
        return bed;
    }

    /** How senders that call the room so may call a bed within its service: "room^bed" and what stands alone in PV1-3.3. */
    private static List<String> namesOf(String roomCode, Room room, Bed bed) {
        List<String> names = new ArrayList<>();
        names.add(bed.id().value());
        names.add(roomCode + "^" + bed.id().value());
        if (!bed.label().isEmpty()) {
            names.add(roomCode + "^" + bed.label());
            names.add(roomCode + bed.label());
            names.add(roomCode + "-" + bed.label());
        }
        PointOfCare hl7 = bed.hl7();
        if (hl7 != null) {
            names.add(hl7.room() + "^" + hl7.bed());
            names.add(roomCode + "^" + hl7.bed());
        }
        if (room.beds().size() == 1) {
            names.add(roomCode + "^");
            names.add(roomCode);
            if (hl7 != null) {
                names.add(hl7.room() + "^");
            }
        }
        return names;
    }

    private static String text(PointOfCare stated, List<String> units) {
        String place = stated.toString();
        return place.equals("^^") ? String.join(", ", units) : place;
    }

    private static String key(String code) {
        return code.strip().toUpperCase(Locale.ROOT);
    }
}
