package org.chevet.simulations.demo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chevet.event.Command;
import org.chevet.event.Origin;
import org.chevet.hospital.BedId;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.BedView;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.ServiceView;
import org.jspecify.annotations.Nullable;

/** A slice of time in which plans are carried out against one view of the hospital, and what they do. */
final class Moment {
    private final HospitalView view;
    private final Map<BedId, BedView> beds = new HashMap<>();
    private final List<Deed> deeds = new ArrayList<>();
    private final Set<StayId> touched = new HashSet<>();
    private Instant at;

    Moment(Instant at, HospitalView view) {
        this.at = at;
        this.view = view;
        for (ServiceView service : view.services()) {
            for (BedView bed : service.beds()) {
                beds.put(bed.bed().id(), bed);
            }
        }
    }

    void reach(Instant time) {
        if (time.isAfter(at)) {
            at = time;
        }
    }

    Instant at() {
        return at;
    }

    HospitalView view() {
        return view;
    }

    @Nullable BedView bed(BedId id) {
        return beds.get(id);
    }

    /** Whether something was done about this stay in this moment: the view does not show it yet. */
    boolean touches(StayId stay) {
        return touched.contains(stay);
    }

    void tell(StayId stay, String message) {
        touched.add(stay);
        deeds.add(new Deed.Message(Deed.Source.ADT, stay.value(), message));
    }

    void tellHousekeeping(BedId bed, String message) {
        deeds.add(new Deed.Message(Deed.Source.HOUSEKEEPING, bed.value(), message));
    }

    void ask(Origin.Person actor, Command.Act act) {
        deeds.add(new Deed.Act(actor, act));
    }

    List<Deed> deeds() {
        return List.copyOf(deeds);
    }
}
