package org.chevet.tension;

import org.chevet.hospital.ServiceId;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.ServiceView;
import org.jspecify.annotations.Nullable;

/**
 * How much is asked of a service's or hospital's staffed beds, in per cent: (beds with a patient + patients here without the bed they should
 * have + patients awaited, for whom a bed is reserved) / staffed beds × 100. A hospital's counts everybody who asks for a bed, as {@link
 * Tension} does.
 *
 * @param service null for the hospital
 */
public record Load(@Nullable ServiceId service, int needed, int staffed) {
    public static Load of(HospitalView view) {
        Tension whole = Tension.of(view);
        return new Load(null, whole.needed(), whole.staffed());
    }

    public static Load of(ServiceView view) {
        return new Load(
                view.service().id(),
                view.counts().occupied()
                        + view.counts().withoutBed()
                        + view.arrivals().size(),
                view.counts().staffed());
    }

    /** Without staff, whoever is there is too many. */
    public double percent() {
        if (staffed == 0) {
            return needed == 0 ? 0 : Double.POSITIVE_INFINITY;
        }
        return 100.0 * needed / staffed;
    }
}
