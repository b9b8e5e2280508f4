package org.chevet.occupancy;

import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
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
 * contiguous. Immutable. There is one of equal hospitals: whoever reads a hospital in this process (writer, followers, those who learn of it) shares
 * it, and its file as that was read first.
 */
public final class Layout {
    /** No bed, room or service. */
    public static final int NONE = Numbering.NONE;

    /** Those in use, by their own hospital. */
    private static final Map<Hospital, WeakReference<Layout>> IN_USE = new WeakHashMap<>();

    final Hospital hospital;
    final List<Service> services;
    final List<Room> rooms;
    final List<Bed> beds;
    private final Numbering<ServiceId> serviceNumbers;
    private final Numbering<BedId> bedNumbers;
    private final BitSet surge = new BitSet();
    private final int[] serviceOfBed;
    private final int[] roomOfBed;
    private final int[] firstBedOfRoom;
    private final int[] firstBedOfService;

    /** The same object as long as anybody in this process uses it. */
    public static Layout of(Hospital hospital) {
        synchronized (IN_USE) {
            WeakReference<Layout> known = IN_USE.get(hospital);
            Layout same = known == null ? null : known.get();
            if (same != null && hasOrderOf(same.hospital, hospital)) {
                return same;
            }
            Layout made = new Layout(hospital);
            // The entry lasts as long as its key does, which an equal one from before may not.
            IN_USE.remove(hospital);
            IN_USE.put(hospital, new WeakReference<>(made));
            return made;
        }
    }

    /** Equal maps may differ in their order, in which lists are shown and digests made. */
    private static boolean hasOrderOf(Hospital one, Hospital other) {
        return List.copyOf(one.specialties().keySet())
                        .equals(List.copyOf(other.specialties().keySet()))
                && List.copyOf(one.equipment().keySet())
                        .equals(List.copyOf(other.equipment().keySet()));
    }

    private Layout(Hospital hospital) {
        this.hospital = hospital;
        services = hospital.services();
        rooms = services.stream().flatMap(service -> service.rooms().stream()).toList();
        beds = rooms.stream().flatMap(room -> room.beds().stream()).toList();
        serviceNumbers = new Numbering<>(services.stream().map(Service::id).toList());
        bedNumbers = new Numbering<>(beds.stream().map(Bed::id).toList());
        serviceOfBed = new int[beds.size()];
        roomOfBed = new int[beds.size()];
        firstBedOfRoom = new int[rooms.size() + 1];
        firstBedOfService = new int[services.size() + 1];
        for (int surgeBed = 0; surgeBed < beds.size(); surgeBed++) {
            surge.set(surgeBed, beds.get(surgeBed).surge());
        }
        int bed = 0;
        int room = 0;
        for (int service = 0; service < services.size(); service++) {
            for (Room defined : services.get(service).rooms()) {
                int end = bed + defined.beds().size();
                Arrays.fill(serviceOfBed, bed, end, service);
                Arrays.fill(roomOfBed, bed, end, room);
                bed = end;
                firstBedOfRoom[++room] = end;
            }
            firstBedOfService[service + 1] = bed;
        }
    }

    /** As its file was first read. */
    public Hospital hospital() {
        return hospital;
    }

    public int bed(BedId id) {
        return bedNumbers.of(id);
    }

    public int service(ServiceId id) {
        return serviceNumbers.of(id);
    }

    /** The bed of a location as this layout has it, NONE when it names none or one that is not here any more. */
    int bedAt(@Nullable Location location) {
        return location == null || location.bed() == null ? NONE : bed(location.bed());
    }

    int serviceAt(@Nullable Location location) {
        int bed = bedAt(location);
        if (bed != NONE) {
            return serviceOfBed(bed);
        }
        return location == null || location.service() == null ? NONE : service(location.service());
    }

    boolean isSurge(int bed) {
        return surge.get(bed);
    }

    public int serviceOfBed(int bed) {
        return serviceOfBed[bed];
    }

    public int roomOfBed(int bed) {
        return roomOfBed[bed];
    }

    public int firstBedOfRoom(int room) {
        return firstBedOfRoom[room];
    }

    /** One past the room's last bed. */
    public int endOfRoom(int room) {
        return firstBedOfRoom[room + 1];
    }

    public int firstBedOfService(int service) {
        return firstBedOfService[service];
    }

    public int endOfService(int service) {
        return firstBedOfService[service + 1];
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
