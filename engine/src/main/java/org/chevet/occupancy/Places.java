package org.chevet.occupancy;

import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.chevet.event.Location;
import org.chevet.hospital.StayId;

/** Stays that are here and lie in no bed of this layout: in a service without one, or somewhere it does not know. */
final class Places {
    private final Layout layout;
    private final List<NavigableSet<StayId>> withoutBed;
    private final NavigableSet<StayId> elsewhere = new TreeSet<>();
    private long size;

    Places(Layout layout) {
        this.layout = layout;
        withoutBed = Stream.<NavigableSet<StayId>>generate(TreeSet::new)
                .limit(layout.services.size())
                .toList();
    }

    void add(StayId stay, Location location) {
        if (at(location).add(stay)) {
            size++;
        }
    }

    void remove(StayId stay, Location location) {
        if (at(location).remove(stay)) {
            size--;
        }
    }

    boolean has(StayId stay, Location location) {
        return at(location).contains(stay);
    }

    /** In a service, without a bed. Nearly always nobody. */
    Set<StayId> withoutBed(int service) {
        Set<StayId> stays = withoutBed.get(service);
        return stays.isEmpty() ? Set.of() : Collections.unmodifiableSet(stays);
    }

    Set<StayId> elsewhere() {
        return Collections.unmodifiableSet(elsewhere);
    }

    long size() {
        return size;
    }

    private NavigableSet<StayId> at(Location location) {
        int service = layout.serviceAt(location);
        return service == Layout.NONE ? elsewhere : withoutBed.get(service);
    }
}
