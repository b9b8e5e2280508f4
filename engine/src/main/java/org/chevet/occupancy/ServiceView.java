package org.chevet.occupancy;

import java.util.List;
import org.chevet.hospital.Service;

/**
 * A service as readers see it.
 *
 * @param beds in the file's order
 * @param withoutBed everybody here who has no bed, by stay number; outpatients too
 * @param arrivals requests for which beds here are reserved, in the order of the beds: who is to come, since when and until when
 */
public record ServiceView(
        Service service,
        Counts counts,
        List<BedView> beds,
        List<Stay> withoutBed,
        List<HospitalView.OpenRequest> arrivals) {
    public ServiceView {
        arrivals = List.copyOf(arrivals);
        beds = List.copyOf(beds);
        withoutBed = List.copyOf(withoutBed);
    }
}
