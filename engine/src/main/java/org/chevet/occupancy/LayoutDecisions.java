package org.chevet.occupancy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.chevet.event.Anomaly.Kind;
import org.chevet.event.BedEvent;
import org.chevet.event.Location;
import org.chevet.hospital.Bed;
import org.chevet.hospital.BedId;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.Room;
import org.chevet.hospital.RoomId;
import org.chevet.hospital.StayId;

/** What follows from a hospital's file that says something else than before. */
final class LayoutDecisions {
    private final LiveState live;

    LayoutDecisions(LiveState live) {
        this.live = live;
    }

    List<BedEvent> define(Hospital hospital, Instant now) {
        if (!live.isDefined()) {
            return List.of(new BedEvent.HospitalDefined(now, hospital));
        }
        if (live.layout().hospital.equals(hospital)) {
            return List.of();
        }
        Change change = new Change(Layout.of(hospital), now);
        change.decide();
        return change.events;
    }

    private final class Change {
        private final Layout was = live.layout();
        private final Layout is;
        private final Instant now;
        private final List<BedEvent> events = new ArrayList<>();
        private final Contradictions contradictions;
        private final AnomalyDraft anomalies;

        /** Who lies in beds that were taken out of the file, and are in it again. */
        private final Map<BedId, List<Stay>> back = new TreeMap<>();

        Change(Layout is, Instant now) {
            this.is = is;
            this.now = now;
            contradictions = new Contradictions(live, now, events);
            anomalies = contradictions.anomalies();
        }

        void decide() {
            for (Bed bed : was.beds) {
                if (is.bed(bed.id()) == Layout.NONE) {
                    contradictions.release(bed.id(), BedEvent.ReservationReleased.Cause.OVERRIDDEN);
                    anomalies.resolve("double:", bed.id());
                    anomalies.resolve("unusable:", bed.id());
                    anomalies.resolve("status:", bed.id());
                }
            }
            events.add(new BedEvent.HospitalDefined(now, is.hospital));
            live.stays.inOrder().forEach(this::place);
            back.forEach(this::checkBedThatIsBack);
            checkRooms();
        }

        /** A patient stays where the timeline says, whether or not the file knows that place. */
        private void place(Stay stay) {
            Location location = stay.location();
            if (location == null) {
                return;
            }
            boolean knewBed = was.bedAt(location) != Layout.NONE;
            boolean knowsBed = is.bedAt(location) != Layout.NONE;
            if (knewBed && !knowsBed) {
                anomalies.raise(Kind.BED_REMOVED, "removed:" + stay.id(), stay.id(), null, location.bed(), null);
            } else if (!knewBed && knowsBed) {
                anomalies.resolve("removed:", stay.id());
                back.computeIfAbsent(location.bed(), bed -> new ArrayList<>()).add(stay);
            } else if (location.bed() == null && location.service() != null) {
                boolean knewService = was.service(location.service()) != Layout.NONE;
                boolean knowsService = is.service(location.service()) != Layout.NONE;
                if (knewService && !knowsService) {
                    anomalies.restate(
                            Kind.UNKNOWN_SERVICE,
                            "location:" + stay.id(),
                            stay.id(),
                            location.service().value());
                } else if (!knewService && knowsService) {
                    anomalies.resolve("location:", stay.id());
                }
            }
        }

        private void checkBedThatIsBack(BedId bed, List<Stay> stays) {
            if (stays.size() > 1) {
                anomalies.raiseDoubleOccupancy(bed, stays);
            }
            if (is.isSurge(is.bed(bed))) {
                anomalies.raise(
                        Kind.BED_NOT_USABLE, "unusable:" + bed, stays.getLast().id(), null, bed, null);
            }
        }

        /** Rooms that have another rule, or other beds. What was set aside in the others stays set aside. */
        private void checkRooms() {
            Map<RoomId, Room> known = new HashMap<>();
            was.rooms.forEach(room -> known.put(room.id(), room));
            for (Room room : is.rooms) {
                Room before = known.remove(room.id());
                boolean same = before != null
                        && before.sexPolicy() == room.sexPolicy()
                        && ids(before).equals(ids(room))
                        && ids(room).stream().noneMatch(back::containsKey);
                if (!same) {
                    Contradictions.SexMix sexes = new Contradictions.SexMix();
                    ids(room).forEach(bed -> lying(bed).forEach(stay -> sexes.add(stay.sex())));
                    contradictions.checkSex(room, sexes);
                }
            }
            known.keySet().forEach(room -> anomalies.resolve("sex:" + room));
        }

        private static List<BedId> ids(Room room) {
            return room.beds().stream().map(Bed::id).toList();
        }

        private List<Stay> lying(BedId id) {
            int bed = was.bed(id);
            if (bed == Layout.NONE) {
                return back.getOrDefault(id, List.of());
            }
            List<StayId> occupants = live.bed(bed).occupants();
            return occupants.stream().map(live::known).toList();
        }
    }
}
