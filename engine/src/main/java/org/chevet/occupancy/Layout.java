package org.chevet.occupancy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chevet.event.Location;
import org.chevet.hospital.Bed;
import org.chevet.hospital.BedId;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.Room;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.jspecify.annotations.Nullable;

/**
 * A hospital compiled to indexes: beds are numbered in the file's order, so those of a service, and of a room, are
 * contiguous. Immutable. Layouts of equal hospitals are equal.
 */
public final class Layout {
    static final int NONE = -1;

    final Hospital hospital;
    final List<Service> services;
    final List<Room> rooms = new ArrayList<>();
    final List<Bed> beds = new ArrayList<>();
    private final Map<ServiceId, Integer> serviceIndex = new HashMap<>();
    private final Map<BedId, Integer> bedIndex = new HashMap<>();
    private final List<Integer> serviceOfBed = new ArrayList<>();
    private final List<Integer> roomOfBed = new ArrayList<>();
    private final List<Integer> firstBedOfRoom = new ArrayList<>();
    private final List<Integer> firstBedOfService = new ArrayList<>();

    Layout(Hospital hospital) {
        this.hospital = hospital;
        this.services = hospital.services();
        for (Service service : services) {
            serviceIndex.put(service.id(), serviceIndex.size());
            firstBedOfService.add(beds.size());
            for (Room room : service.rooms()) {
                firstBedOfRoom.add(beds.size());
                rooms.add(room);
                for (Bed bed : room.beds()) {
                    bedIndex.put(bed.id(), beds.size());
                    beds.add(bed);
                    serviceOfBed.add(serviceIndex.size() - 1);
                    roomOfBed.add(rooms.size() - 1);
                }
            }
        }
        firstBedOfRoom.add(beds.size());
        firstBedOfService.add(beds.size());
    }

    int bed(BedId id) {
        return bedIndex.getOrDefault(id, NONE);
    }

    int service(ServiceId id) {
        return serviceIndex.getOrDefault(id, NONE);
    }

    /** The bed of a location as this layout has it, NONE when it names none or one that is not here any more. */
    int bedAt(Location location) {
        return location.bed() == null ? NONE : bed(location.bed());
    }

    int serviceAt(Location location) {
        int bed = bedAt(location);
        if (bed != NONE) {
            return serviceOfBed(bed);
        }
        return location.service() == null ? NONE : service(location.service());
    }

    int serviceOfBed(int bed) {
        return serviceOfBed.get(bed);
    }

    int roomOfBed(int bed) {
        return roomOfBed.get(bed);
    }

    int firstBedOfRoom(int room) {
        return firstBedOfRoom.get(room);
    }

    /** One past the room's last bed. */
    int endOfRoom(int room) {
        return firstBedOfRoom.get(room + 1);
    }

    int firstBedOfService(int service) {
        return firstBedOfService.get(service);
    }

    int endOfService(int service) {
        return firstBedOfService.get(service + 1);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Layout layout && layout.hospital.equals(hospital);
    }

    @Override
    public int hashCode() {
        return hospital.hashCode();
    }
}
