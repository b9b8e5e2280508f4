package org.chevet.web;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.chevet.hospital.Bed;
import org.chevet.hospital.BedId;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.Room;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.BedView;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.ServiceView;
import org.chevet.occupancy.Stay;
import org.jspecify.annotations.Nullable;

/**
 * What another file of a hospital would change.
 *
 * @param hospital members of the hospital itself that differ
 * @param stranded who would lie in a bed, or be in a service, that is no more
 */
record LayoutChange(List<String> hospital, Delta services, Delta rooms, Delta beds, List<Stranded> stranded) {
    /** All by their ids, in the order of the file they are in. */
    record Delta(List<String> added, List<String> removed, List<Changed> changed) {
        Delta {
            added = List.copyOf(added);
            removed = List.copyOf(removed);
            changed = List.copyOf(changed);
        }

        boolean isEmpty() {
            return added.isEmpty() && removed.isEmpty() && changed.isEmpty();
        }
    }

    /** @param members what differs, as the file calls it */
    record Changed(String id, List<String> members) {
        Changed {
            members = List.copyOf(members);
        }
    }

    /** @param bed null for somebody who has none */
    record Stranded(
            StayId stay, ServiceId service, @Nullable BedId bed) {}

    LayoutChange {
        hospital = List.copyOf(hospital);
        stranded = List.copyOf(stranded);
    }

    static LayoutChange between(HospitalView now, Hospital wanted) {
        Members was = Members.of(now.hospital());
        Members will = Members.of(wanted);
        return new LayoutChange(
                differing(was.hospital, will.hospital),
                delta(was.services, will.services),
                delta(was.rooms, will.rooms),
                delta(was.beds, will.beds),
                stranded(now, will));
    }

    boolean isEmpty() {
        return hospital.isEmpty() && services.isEmpty() && rooms.isEmpty() && beds.isEmpty();
    }

    private static List<Stranded> stranded(HospitalView now, Members will) {
        List<Stranded> stranded = new ArrayList<>();
        for (ServiceView service : now.services()) {
            ServiceId id = service.service().id();
            for (BedView bed : service.beds()) {
                if (!will.beds.containsKey(bed.bed().id().value())) {
                    for (Stay occupant : bed.occupants()) {
                        stranded.add(new Stranded(occupant.id(), id, bed.bed().id()));
                    }
                }
            }
            if (!will.services.containsKey(id.value())) {
                for (Stay stay : service.withoutBed()) {
                    stranded.add(new Stranded(stay.id(), id, null));
                }
            }
        }
        return stranded;
    }

    private static Delta delta(Map<String, Map<String, Object>> was, Map<String, Map<String, Object>> will) {
        List<Changed> changed = new ArrayList<>();
        will.forEach((id, members) -> {
            Map<String, Object> before = was.get(id);
            List<String> differing = before == null ? List.of() : differing(before, members);
            if (!differing.isEmpty()) {
                changed.add(new Changed(id, differing));
            }
        });
        return new Delta(missing(will, was), missing(was, will), changed);
    }

    private static List<String> missing(Map<String, ?> from, Map<String, ?> in) {
        return from.keySet().stream().filter(id -> !in.containsKey(id)).toList();
    }

    private static List<String> differing(Map<String, Object> was, Map<String, Object> will) {
        return will.keySet().stream()
                .filter(member -> !Objects.equals(was.get(member), will.get(member)))
                .toList();
    }

    /** A hospital as names and values, by the names of its file. */
    private static final class Members {
        final Map<String, Object> hospital = new LinkedHashMap<>();
        final Map<String, Map<String, Object>> services = new LinkedHashMap<>();
        final Map<String, Map<String, Object>> rooms = new LinkedHashMap<>();
        final Map<String, Map<String, Object>> beds = new LinkedHashMap<>();

        static Members of(Hospital hospital) {
            Members members = new Members();
            members.hospital.put("name", hospital.name());
            members.hospital.put("timeZone", hospital.zone());
            members.hospital.put("specialties", hospital.specialties());
            members.hospital.put("equipment", hospital.equipment());
            hospital.services().forEach(members::add);
            return members;
        }

        private void add(Service service) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("name", service.name());
            members.put("site", service.site());
            members.put("floor", service.floor());
            members.put("specialties", service.specialties());
            members.put("levelOfCare", service.levelOfCare());
            members.put("ages", service.ages());
            members.put("sexPolicy", service.sexPolicy());
            members.put("staffedBeds", service.staffedBeds());
            members.put("hl7", service.hl7Codes());
            services.put(service.id().value(), members);
            service.rooms().forEach(room -> add(service, room));
        }

        private void add(Service service, Room room) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("service", service.id());
            members.put("capacity", room.capacity());
            members.put("sexPolicy", room.sexPolicy());
            members.put("isolation", room.isolation());
            rooms.put(room.id().value(), members);
            room.beds().forEach(bed -> add(room, bed));
        }

        private void add(Room room, Bed bed) {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("room", room.id());
            members.put("label", bed.label());
            members.put("surge", bed.surge());
            members.put("equipment", bed.equipment());
            members.put("hl7", bed.hl7());
            beds.put(bed.id().value(), members);
        }
    }
}
