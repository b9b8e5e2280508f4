package org.chevet.occupancy;

import java.util.List;
import org.chevet.hospital.Service;

/**
 * A service as readers see it.
 *
 * @param beds in the file's order
 * @param withoutBed everybody here who has no bed, by stay number; outpatients too
 */
public record ServiceView(Service service, Counts counts, List<BedView> beds, List<Stay> withoutBed) {
    public ServiceView {
        beds = List.copyOf(beds);
        withoutBed = List.copyOf(withoutBed);
    }
}
