package org.chevet.occupancy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.chevet.event.BedCondition;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.Room;
import org.chevet.hospital.Service;
import org.chevet.hospital.Sex;
import org.chevet.hospital.SexPolicy;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;

/** Whether a person may put somebody in a bed as things stand: the first rule broken, or none. */
final class BedChecks {
    /**
     * Who is to lie there.
     *
     * @param requests their own bed requests: a bed reserved for one of these is theirs
     */
    record Candidate(
            @Nullable StayId stay, Sex sex, @Nullable Integer ageYears, Set<RequestId> requests) {}

    private final LiveState live;

    BedChecks(LiveState live) {
        this.live = live;
    }

    Candidate candidate(Stay stay, @Nullable RequestId answered, Instant now) {
        Set<RequestId> requests = live.requests.of(stay.id());
        if (answered != null) {
            requests = new TreeSet<>(requests);
            requests.add(answered);
        }
        return new Candidate(
                stay.id(), stay.sex(), stay.ageYears(now, live.layout().hospital.zone()), requests);
    }

    Candidate candidate(CareNeeds needs, RequestId request) {
        return new Candidate(null, needs.sex(), needs.ageYears(), Set.of(request));
    }

    /** Everything that could forbid it. */
    Decision.@Nullable Refused refusal(int bed, Candidate candidate) {
        Decision.Refused unusable = unusable(bed, candidate);
        if (unusable == null && live.bed(bed).condition() != BedCondition.CLEAN) {
            unusable = refuse(Rule.BED_NOT_CLEAN, "bed", live.bed(bed).bed());
        }
        return unusable != null ? unusable : unfit(bed, candidate, null);
    }

    /** Everything that could forbid it to who turns out not to have left: it need not be clean. */
    Decision.@Nullable Refused refusalToReturn(int bed, Candidate candidate) {
        Decision.Refused unusable = unusable(bed, candidate);
        return unusable != null ? unusable : unfit(bed, candidate, null);
    }

    /** Whether the bed itself is free and usable for this candidate, clean or not. */
    private Decision.@Nullable Refused unusable(int bed, Candidate candidate) {
        BedStatus status = live.bed(bed);
        if (!status.occupants().isEmpty()) {
            return refuse(
                    Rule.BED_OCCUPIED,
                    "bed",
                    status.bed(),
                    "other",
                    status.occupants().getFirst());
        }
        if (!status.open()) {
            return refuse(Rule.BED_CLOSED, "bed", status.bed());
        }
        if (status.block() != null) {
            return refuse(
                    Rule.BED_BLOCKED,
                    "bed",
                    status.bed(),
                    "reason",
                    status.block().reason());
        }
        BedStatus.Reservation reservation = status.reservation();
        if (reservation != null && !candidate.requests().contains(reservation.request())) {
            return refuse(
                    Rule.BED_RESERVED,
                    "bed",
                    status.bed(),
                    "request",
                    reservation.request(),
                    "until",
                    reservation.until());
        }
        return null;
    }

    /**
     * Whether the bed's room and service may take this candidate, whoever lies in the bed itself.
     *
     * @param leaving a stay that leaves the room in the same act
     */
    Decision.@Nullable Refused unfit(int bed, Candidate candidate, @Nullable StayId leaving) {
        Layout layout = live.layout();
        Service service = layout.services.get(layout.serviceOfBed(bed));
        Integer age = candidate.ageYears();
        if (age != null && !service.ages().contains(age)) {
            return refuse(
                    Rule.AGE_OF_SERVICE,
                    "service",
                    service.id(),
                    "from",
                    service.ages().fromYears(),
                    "to",
                    service.ages().toYears(),
                    "age",
                    age);
        }
        if (!service.sexPolicy().admits(candidate.sex())) {
            return refuse(Rule.SEX_OF_SERVICE, "service", service.id(), "sex", service.sexPolicy());
        }
        int room = layout.roomOfBed(bed);
        List<Stay> others = othersInRoom(room, bed, candidate.stay(), leaving);
        Room defined = layout.rooms.get(room);
        if (!layout.isSurge(bed) && others.size() >= defined.capacity()) {
            return refuse(Rule.ROOM_FULL, "room", defined.id(), "capacity", defined.capacity());
        }
        return wrongSex(defined, candidate.sex(), others);
    }

    private static Decision.@Nullable Refused wrongSex(Room room, Sex sex, List<Stay> others) {
        if (!room.sexPolicy().admits(sex)) {
            return refuse(Rule.SEX_OF_ROOM, "room", room.id(), "sex", room.sexPolicy());
        }
        if (room.sexPolicy() == SexPolicy.SAME_SEX && sex != Sex.UNKNOWN) {
            for (Stay other : others) {
                if (other.sex() != Sex.UNKNOWN && other.sex() != sex) {
                    return refuse(Rule.SEX_OF_ROOM, "room", room.id(), "sex", other.sex());
                }
            }
        }
        return null;
    }

    private List<Stay> othersInRoom(int room, int bed, @Nullable StayId entering, @Nullable StayId leaving) {
        List<Stay> others = new ArrayList<>(2);
        for (int neighbour = live.layout().firstBedOfRoom(room);
                neighbour < live.layout().endOfRoom(room);
                neighbour++) {
            for (StayId occupant : live.bed(neighbour).occupants()) {
                if (neighbour != bed && !occupant.equals(entering) && !occupant.equals(leaving)) {
                    others.add(live.known(occupant));
                }
            }
        }
        return others;
    }

    /** @param about names and values in turn */
    static Decision.Refused refuse(Rule rule, Object... about) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < about.length; i += 2) {
            values.put((String) about[i], about[i + 1].toString());
        }
        return new Decision.Refused(rule, values);
    }
}
