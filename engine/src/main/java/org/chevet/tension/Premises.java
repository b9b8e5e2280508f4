package org.chevet.tension;

import org.chevet.event.Location;
import org.chevet.hospital.BedId;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.ServiceId;
import org.chevet.occupancy.Layout;
import org.jspecify.annotations.Nullable;

/** Where beds are, as the hospital's file has it. */
final class Premises {
    final Hospital hospital;
    private final Layout layout;

    Premises(Hospital hospital) {
        layout = Layout.of(hospital);
        this.hospital = layout.hospital();
    }

    @Nullable
    ServiceId serviceOf(@Nullable BedId bed) {
        int number = bed == null ? Layout.NONE : layout.bed(bed);
        return number == Layout.NONE
                ? null
                : hospital.services().get(layout.serviceOfBed(number)).id();
    }

    /** Null for a place that the file does not know. */
    @Nullable
    ServiceId serviceOf(Location location) {
        ServiceId ofBed = serviceOf(location.bed());
        if (ofBed != null) {
            return ofBed;
        }
        return location.service() != null && layout.service(location.service()) != Layout.NONE
                ? location.service()
                : null;
    }

    /** Whether a service accepts a specialty as one of its own; nobody is an outlier while no specialty is known. */
    boolean isOutlier(@Nullable ServiceId service, @Nullable String specialty) {
        int number = service == null ? Layout.NONE : layout.service(service);
        return number != Layout.NONE
                && specialty != null
                && !hospital.services().get(number).specialties().contains(specialty);
    }
}
