package org.chevet.occupancy;

import java.util.List;
import org.chevet.hospital.Bed;
import org.chevet.hospital.Room;

/** A bed as readers see it: what it is, how it stands, and the stays of those who lie in it. */
public record BedView(Bed bed, Room room, BedStatus status, List<Stay> occupants) {
    public BedView {
        occupants = List.copyOf(occupants);
    }
}
