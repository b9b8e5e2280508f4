package org.chevet.occupancy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.chevet.event.Anomaly;
import org.chevet.event.BedEvent;
import org.chevet.event.Command;
import org.chevet.event.Location;
import org.chevet.hospital.Bed;
import org.chevet.hospital.BedId;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.StayId;

/** What Chevet does by itself: follow the hospital's file, and keep deadlines. */
final class UpkeepDecisions {
    /** How many deadlines one pass settles; what is left is settled by the next. */
    static final int DEADLINES_PER_PASS_MAX = 1_000;

    private final LiveState live;

    UpkeepDecisions(LiveState live) {
        this.live = live;
    }

    List<BedEvent> decide(Command.Upkeep upkeep, Instant now) {
        return switch (upkeep) {
            case Command.DefineHospital define -> define(define.hospital(), now);
            case Command.PassTime pass -> passTime(now);
        };
    }

    private List<BedEvent> define(Hospital hospital, Instant now) {
        Layout was = live.layout;
        if (was == null) {
            return List.of(new BedEvent.HospitalDefined(now, hospital));
        }
        if (was.hospital.equals(hospital)) {
            return List.of();
        }
        Layout is = new Layout(hospital);
        List<BedEvent> events = new ArrayList<>();
        List<BedEvent> stranded = new ArrayList<>();
        Contradictions contradictions = new Contradictions(live, now, events);
        for (Bed bed : was.beds) {
            if (is.bed(bed.id()) == Layout.NONE) {
                contradictions.release(bed.id(), BedEvent.ReservationReleased.Cause.OVERRIDDEN);
                contradictions.forget(was.bed(bed.id()));
                for (StayId occupant : live.bed(was.bed(bed.id())).occupants()) {
                    stranded.add(new BedEvent.AnomalyRaised(now, bedRemoved(occupant, bed.id(), now)));
                }
            }
        }
        events.add(new BedEvent.HospitalDefined(now, hospital));
        events.addAll(stranded);
        new Contradictions(live, now, events).afterReturnOf(bedsBack(was, is));
        return events;
    }

    /** Beds that were taken out of the file while somebody lay there, and are in it again. */
    private Map<BedId, List<Stay>> bedsBack(Layout was, Layout is) {
        Map<BedId, List<Stay>> back = new TreeMap<>();
        for (Stay stay : live.allStays()) {
            Location location = stay.location();
            if (location != null && was.bedAt(location) == Layout.NONE && is.bedAt(location) != Layout.NONE) {
                back.computeIfAbsent(location.bed(), bed -> new ArrayList<>()).add(stay);
            }
        }
        back.values().forEach(stays -> stays.sort(Comparator.comparing(Stay::id)));
        return back;
    }

    private static Anomaly bedRemoved(StayId stay, BedId bed, Instant now) {
        return new Anomaly("removed:" + stay, Anomaly.Kind.BED_REMOVED, stay, null, bed, null, now);
    }

    private List<BedEvent> passTime(Instant now) {
        List<BedEvent> events = new ArrayList<>();
        Contradictions contradictions = new Contradictions(live, now, events);
        for (LiveState.Deadline deadline : live.deadlines()) {
            if (deadline.at().isAfter(now) || events.size() >= DEADLINES_PER_PASS_MAX) {
                break;
            }
            if (deadline.reservation() != null) {
                contradictions.release(deadline.reservation(), BedEvent.ReservationReleased.Cause.EXPIRED);
            }
            if (deadline.archival() != null) {
                events.add(new BedEvent.StayArchived(now, deadline.archival()));
                contradictions.forget(deadline.archival());
            }
        }
        return events;
    }
}
