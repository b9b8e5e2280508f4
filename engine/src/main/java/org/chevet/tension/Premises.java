package org.chevet.tension;

import java.util.HashMap;
import java.util.Map;
import org.chevet.event.Location;
import org.chevet.hospital.Bed;
import org.chevet.hospital.BedId;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.Room;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.jspecify.annotations.Nullable;

/** Where beds are, as the hospital's file has it. */
final class Premises {
    final Hospital hospital;
    private final Map<BedId, ServiceId> serviceOfBed = new HashMap<>();
    private final Map<ServiceId, Service> services = new HashMap<>();

    Premises(Hospital hospital) {
        this.hospital = hospital;
        for (Service service : hospital.services()) {
            services.put(service.id(), service);
            for (Room room : service.rooms()) {
                for (Bed bed : room.beds()) {
                    serviceOfBed.put(bed.id(), service.id());
                }
            }
        }
    }

    @Nullable
    ServiceId serviceOf(@Nullable BedId bed) {
        return bed == null ? null : serviceOfBed.get(bed);
    }

    /** Null for a place that the file does not know. */
    @Nullable
    ServiceId serviceOf(Location location) {
        ServiceId ofBed = serviceOf(location.bed());
        if (ofBed != null) {
            return ofBed;
        }
        return location.service() != null && services.containsKey(location.service()) ? location.service() : null;
    }

    /** Whether a service accepts a specialty as one of its own; nobody is an outlier while no specialty is known. */
    boolean isOutlier(@Nullable ServiceId service, @Nullable String specialty) {
        Service there = service == null ? null : services.get(service);
        return there != null && specialty != null && !there.specialties().contains(specialty);
    }
}
