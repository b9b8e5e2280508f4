package org.chevet.occupancy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.chevet.event.Acceptance;
import org.chevet.event.BedCondition;
import org.chevet.event.BedRequest;
import org.chevet.event.OverrideReason;
import org.chevet.event.RuleOverride;
import org.chevet.hospital.BedId;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.PlacementRule;
import org.chevet.hospital.RequestId;
import org.chevet.hospital.Room;
import org.chevet.hospital.Service;
import org.chevet.hospital.Sex;
import org.chevet.hospital.SexPolicy;
import org.chevet.hospital.StayId;
import org.jspecify.annotations.Nullable;

/**
 * Whether a person may put somebody in a bed as things stand, or have it held for later. That a bed is taken, closed, blocked, held for somebody else or not clean
 * nobody overrides; the rules of its room and service a person may, with a reason.
 */
final class BedChecks {
    /**
     * Who is to lie there.
     *
     * @param needs with their sex and age as far as they are known
     * @param requests their own bed requests: a bed reserved for one of these is theirs
     */
    record Candidate(@Nullable StayId stay, CareNeeds needs, Set<RequestId> requests) {
        Sex sex() {
            return needs.sex();
        }

        @Nullable
        Integer ageYears() {
            return needs.ageYears();
        }
    }

    /**
     * How a person may put somebody in a bed.
     *
     * @param override what they say of the rules that they know to be broken by it, null when they know of none
     * @param check who knows rules beyond those of this class
     */
    record Means(@Nullable RuleOverride override, PlacementCheck check) {}

    /**
     * What came of judging a placing.
     *
     * @param refused why it may not be, null when it may
     * @param override the rules that it breaks and why, null when it breaks none
     */
    record Verdict(
            Decision.@Nullable Refused refused, @Nullable RuleOverride override) {
        private static Verdict no(Decision.Refused why) {
            return new Verdict(why, null);
        }
    }

    private static final Verdict FIT = new Verdict(null, null);

    private final LiveState live;

    BedChecks(LiveState live) {
        this.live = live;
    }

    Candidate candidate(Stay stay, @Nullable RequestId answered, Instant now) {
        Set<RequestId> requests = live.requests.of(stay.id());
        if (answered != null && !requests.contains(answered)) {
            requests = new TreeSet<>(requests);
            requests.add(answered);
        }
        return new Candidate(
                stay.id(),
                stay.needs()
                        .of(
                                stay.sex(),
                                stay.ageYears(now, live.layout().hospital.zone())),
                requests);
    }

    /** As the request has it: what is asked of the bed may be more than what the stay needs where it is. */
    Candidate candidate(BedRequest request, Instant now) {
        Stay stay = request.stay() == null ? null : live.stay(request.stay());
        if (stay == null) {
            return new Candidate(null, request.needs(), Set.of(request.id()));
        }
        Candidate patient = candidate(stay, request.id(), now);
        return new Candidate(patient.stay(), request.needs().of(patient.sex(), patient.ageYears()), patient.requests());
    }

    /** Judges that a person puts somebody in a bed, or has it held for them. */
    Verdict judge(int bed, Candidate candidate, Means means) {
        BedStatus status = live.bed(bed);
        Decision.Refused unusable = unusable(bed, candidate);
        if (unusable == null && status.condition() != BedCondition.CLEAN) {
            unusable = notClean(bed);
        }
        return unusable != null ? Verdict.no(unusable) : judgeRules(bed, candidate, null, means);
    }

    /** Judges that a person has a bed held for somebody from a time on that lies ahead: it need only be expected to be usable by then. */
    Verdict judgeAhead(int bed, Candidate candidate, Instant from, Means means) {
        Decision.Refused unusable = unusable(bed, candidate, from);
        return unusable != null ? Verdict.no(unusable) : judgeRules(bed, candidate, null, means);
    }

    /** Judges another deadline for a bed that is held for this candidate already, whatever happens to it meanwhile. */
    Verdict judgeHeld(int bed, Candidate candidate, Means means) {
        Decision.Refused unusable = unusable(bed, candidate);
        return unusable != null ? Verdict.no(unusable) : judgeRules(bed, candidate, null, means);
    }

    /**
     * Judges the rules that a person may override: each that is broken must be named, unless it was when the bed was reserved for them.
     *
     * @param leaving a stay that leaves the room in the same act
     */
    Verdict judgeRules(int bed, Candidate candidate, @Nullable StayId leaving, Means means) {
        BedId id = live.bed(bed).bed();
        List<Decision.Refused> unfit = unfit(bed, candidate, leaving);
        Collection<String> others = means.check()
                .broken(new PlacementCheck.Placing(candidate.needs(), candidate.stay(), candidate.requests(), id));
        if (unfit.isEmpty() && others.isEmpty()) {
            return FIT;
        }
        Set<String> broken = new TreeSet<>(others);
        unfit.forEach(refused -> broken.add(code(refused.rule())));
        broken.removeAll(overriddenBefore(bed, candidate));
        RuleOverride override = means.override();
        Set<String> missing = new TreeSet<>(broken);
        if (override != null) {
            missing.removeAll(override.rules());
        }
        if (!missing.isEmpty()) {
            for (Decision.Refused refused : unfit) {
                if (missing.contains(code(refused.rule()))) {
                    return Verdict.no(refused.with("rules", String.join(" ", missing)));
                }
            }
            return Verdict.no(refuse(Rule.PLACEMENT_RULES_BROKEN, "bed", id, "rules", String.join(" ", missing)));
        }
        if (override == null || broken.isEmpty()) {
            return FIT;
        }
        Decision.Refused wrong = BedActs.wrongText(override.text(), override.reason() == OverrideReason.OTHER);
        return wrong != null ? Verdict.no(wrong) : new Verdict(null, override.of(broken));
    }

    /** As all of placement calls what the live state judges by itself. */
    private static String code(Rule rule) {
        return switch (rule) {
            case AGE_OF_SERVICE -> PlacementRule.AGE.code();
            case SEX_OF_SERVICE, SEX_OF_ROOM -> PlacementRule.SEX.code();
            case ROOM_FULL -> PlacementRule.ROOM_FULL.code();
            default -> throw new IllegalStateException("nobody overrides " + rule);
        };
    }

    private List<String> overriddenBefore(int bed, Candidate candidate) {
        BedStatus.Reservation held = live.bed(bed).reservation();
        Acceptance acceptance =
                held != null && candidate.requests().contains(held.request()) ? held.acceptance() : null;
        RuleOverride override = acceptance == null ? null : acceptance.override();
        return override == null ? List.of() : override.rules();
    }

    /** Everything that could forbid it to who is put back where they were. */
    Decision.@Nullable Refused refusal(int bed, Candidate candidate) {
        Decision.Refused refused = refusalToReturn(bed, candidate);
        return refused == null && live.bed(bed).condition() != BedCondition.CLEAN ? notClean(bed) : refused;
    }

    private Decision.Refused notClean(int bed) {
        return refuse(Rule.BED_NOT_CLEAN, "bed", live.bed(bed).bed());
    }

    /** Everything that could forbid it to who turns out not to have left: it need not be clean. */
    Decision.@Nullable Refused refusalToReturn(int bed, Candidate candidate) {
        Decision.Refused unusable = unusable(bed, candidate);
        if (unusable != null) {
            return unusable;
        }
        List<Decision.Refused> unfit = unfit(bed, candidate, null);
        return unfit.isEmpty() ? null : unfit.getFirst();
    }

    private Decision.@Nullable Refused unusable(int bed, Candidate candidate) {
        return unusable(bed, candidate, null);
    }

    /**
     * Whether the bed itself is free and usable for this candidate, clean or not.
     *
     * @param from by when it need only be expected to be, null for now
     */
    private Decision.@Nullable Refused unusable(int bed, Candidate candidate, @Nullable Instant from) {
        BedStatus status = live.bed(bed);
        for (StayId occupant : status.occupants()) {
            if (!isExpected(live.known(occupant).expectedDischarge(), from)) {
                return refuse(Rule.BED_OCCUPIED, "bed", status.bed(), "other", occupant);
            }
        }
        if (!status.open()) {
            return refuse(Rule.BED_CLOSED, "bed", status.bed());
        }
        if (status.block() != null && !isExpected(status.block().expectedEnd(), from)) {
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

    private static boolean isExpected(@Nullable Instant end, @Nullable Instant from) {
        return end != null && from != null && !end.isAfter(from);
    }

    /** By which rules the bed's room and service may not take this candidate, whoever lies in the bed itself. */
    private List<Decision.Refused> unfit(int bed, Candidate candidate, @Nullable StayId leaving) {
        Layout layout = live.layout();
        Service service = layout.services.get(layout.serviceOfBed(bed));
        List<Decision.Refused> unfit = new ArrayList<>(0);
        Integer age = candidate.ageYears();
        if (age != null && !service.ages().contains(age)) {
            unfit.add(refuse(
                    Rule.AGE_OF_SERVICE,
                    "service",
                    service.id(),
                    "from",
                    service.ages().fromYears(),
                    "to",
                    service.ages().toYears(),
                    "age",
                    age));
        }
        if (!service.sexPolicy().admits(candidate.sex())) {
            unfit.add(refuse(Rule.SEX_OF_SERVICE, "service", service.id(), "sex", service.sexPolicy()));
        }
        int room = layout.roomOfBed(bed);
        List<Stay> others = othersInRoom(room, bed, candidate.stay(), leaving);
        Room defined = layout.rooms.get(room);
        if (!layout.isSurge(bed) && others.size() >= defined.capacity()) {
            unfit.add(refuse(Rule.ROOM_FULL, "room", defined.id(), "capacity", defined.capacity()));
        }
        Decision.Refused wrongSex = wrongSex(defined, candidate.sex(), others);
        if (wrongSex != null) {
            unfit.add(wrongSex);
        }
        return unfit;
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
