package org.chevet.web;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chevet.event.Location;
import org.chevet.hospital.BedId;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.chevet.occupancy.Layout;
import org.chevet.occupancy.Stay;
import org.chevet.occupancy.Timeline.Stretch;
import org.jspecify.annotations.Nullable;

/**
 * How full a hospital and its services were at every full hour, read off the stays' movements. It is the past as it is known
 * now: a movement stated late changes the hours that it belongs to.
 */
final class OccupancyHistory {
    private static final long HOUR_SECONDS = Duration.ofHours(1).toSeconds();

    /**
     * A full hour.
     *
     * @param occupied beds with a patient at that moment; two patients in one bed count once
     * @param present patients at that moment, with or without a bed, on leave included, outpatients not
     * @param entries who came during the hour that begins then, outpatients apart
     * @param exits who left during it, outpatients apart
     */
    record Hour(Instant at, int occupied, int present, int entries, int exits) {}

    private record Place(@Nullable ServiceId service, BedId bed) {}

    private final Instant first;
    private final int count;
    private final Layout layout;
    private final Map<Place, BitSet> takenHours = new HashMap<>();
    private final Tally whole;
    private final Map<ServiceId, Tally> byService = new HashMap<>();

    private OccupancyHistory(Hospital hospital, Instant first, int count) {
        this.first = first;
        this.count = count;
        layout = Layout.of(hospital);
        whole = new Tally();
        for (Service service : hospital.services()) {
            byService.put(service.id(), new Tally());
        }
    }

    /** @param hours how many full hours before the one that runs at {@code now} */
    static OccupancyHistory of(Hospital hospital, Collection<Stay> stays, Instant now, int hours) {
        Instant last = hour(hospital, now);
        OccupancyHistory history = new OccupancyHistory(hospital, last.minusSeconds(hours * HOUR_SECONDS), hours + 1);
        for (Stay stay : stays) {
            history.add(stay.timeline().stretches());
        }
        history.takenHours.forEach(history::addOccupied);
        return history;
    }

    /** The full hour, by the hospital's wall, at or before a time. */
    static Instant hour(Hospital hospital, Instant time) {
        return ZonedDateTime.ofInstant(time, hospital.zone())
                .truncatedTo(ChronoUnit.HOURS)
                .toInstant();
    }

    /**
     * The last hours, the running one at the end.
     *
     * @param service null for the whole hospital
     * @param hours how many full hours before the running one; fewer are told when fewer were counted
     */
    List<Hour> last(@Nullable ServiceId service, int hours) {
        Tally tally = service == null ? whole : byService.get(service);
        if (tally == null) {
            throw new IllegalArgumentException("the hospital has no service " + service);
        }
        List<Hour> told = new ArrayList<>();
        for (int i = Math.max(0, count - 1 - hours); i < count; i++) {
            told.add(new Hour(
                    first.plusSeconds(i * HOUR_SECONDS),
                    tally.occupied[i],
                    tally.present[i],
                    tally.entries[i],
                    tally.exits[i]));
        }
        return told;
    }

    private void add(List<Stretch> stretches) {
        Stretch before = null;
        for (Stretch stretch : stretches) {
            if (stretch.from().equals(stretch.to())) {
                continue;
            }
            addTaken(stretch);
            if (stretch.outpatient()) {
                continue;
            }
            boolean goesOn = before != null && stretch.from().equals(before.to());
            addPresence(whole, stretch);
            if (!goesOn) {
                addFlow(whole.entries, stretch.from());
                endPresence(before, whole);
            }
            ServiceId service = service(stretch.location());
            Tally there = service == null ? null : byService.get(service);
            boolean sameService =
                    goesOn && before != null && service != null && service.equals(service(before.location()));
            if (!sameService) {
                endInService(before);
                if (there != null) {
                    addFlow(there.entries, stretch.from());
                }
            }
            if (there != null) {
                addPresence(there, stretch);
            }
            before = stretch;
        }
        endPresence(before, whole);
        endInService(before);
    }

    private void addTaken(Stretch stretch) {
        BedId bed = stretch.location().bed();
        if (bed != null) {
            takenHours
                    .computeIfAbsent(new Place(service(stretch.location()), bed), place -> new BitSet(count))
                    .set(mark(stretch.from()), end(stretch));
        }
    }

    private void addPresence(Tally tally, Stretch stretch) {
        for (int i = mark(stretch.from()); i < end(stretch); i++) {
            tally.present[i]++;
        }
    }

    private void endInService(@Nullable Stretch stretch) {
        ServiceId service = stretch == null ? null : service(stretch.location());
        Tally left = service == null ? null : byService.get(service);
        if (left != null) {
            endPresence(stretch, left);
        }
    }

    private void endPresence(@Nullable Stretch stretch, Tally tally) {
        Instant to = stretch == null ? null : stretch.to();
        if (to != null) {
            addFlow(tally.exits, to);
        }
    }

    private void addFlow(int[] flow, Instant at) {
        long hour = Math.floorDiv(at.getEpochSecond() - first.getEpochSecond(), HOUR_SECONDS);
        if (hour >= 0 && hour < count) {
            flow[(int) hour]++;
        }
    }

    private void addOccupied(Place place, BitSet hours) {
        Tally there = place.service() == null ? null : byService.get(place.service());
        hours.stream().forEach(i -> {
            whole.occupied[i]++;
            if (there != null) {
                there.occupied[i]++;
            }
        });
    }

    /** As the hospital's file has it now, like everything that is shown. */
    private @Nullable ServiceId service(Location location) {
        int bed = location.bed() == null ? Layout.NONE : layout.bed(location.bed());
        return bed == Layout.NONE
                ? location.service()
                : layout.hospital().services().get(layout.serviceOfBed(bed)).id();
    }

    private int end(Stretch stretch) {
        return stretch.to() == null ? count : mark(stretch.to());
    }

    /** The first full hour at or after a time, within what is counted. */
    private int mark(Instant time) {
        long seconds = time.getEpochSecond() - first.getEpochSecond() + (time.getNano() > 0 ? 1 : 0);
        return Math.clamp(Math.ceilDiv(seconds, HOUR_SECONDS), 0, count);
    }

    private final class Tally {
        private final int[] occupied = new int[count];
        private final int[] present = new int[count];
        private final int[] entries = new int[count];
        private final int[] exits = new int[count];
    }
}
