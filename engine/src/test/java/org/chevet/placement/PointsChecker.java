package org.chevet.placement;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.IsolationAbility;
import org.chevet.hospital.LevelOfCare;
import org.chevet.hospital.PlacementPolicy;
import org.chevet.hospital.PlacementRule;
import org.chevet.hospital.Room;
import org.chevet.hospital.Service;
import org.chevet.hospital.Sex;
import org.chevet.hospital.SexPolicy;
import org.chevet.hospital.SingleRoom;
import org.chevet.occupancy.BedState;
import org.chevet.occupancy.BedView;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.ServiceView;
import org.chevet.placement.Proposal.Harm;
import org.chevet.placement.Proposal.Scarce;
import org.jspecify.annotations.Nullable;

/** What the preferences cost, once more: as their texts say them, bed by bed, from the view alone. */
final class PointsChecker {
    private final HospitalView view;
    private final Instant now;
    private final RuleChecker rules;
    private final PlacementPolicy policy;

    PointsChecker(HospitalView view, Instant now) {
        this.view = view;
        this.now = now;
        rules = new RuleChecker(view, now);
        policy = view.hospital().placementPolicy();
    }

    /** Those that cost something. */
    Map<PlacementRule, Integer> points(Demand demand, ServiceView service, BedView bed) {
        Map<PlacementRule, Integer> points = new EnumMap<>(PlacementRule.class);
        for (PlacementRule rule : PlacementRule.preferences()) {
            int of = policy.points(rule);
            int cost = switch (rule) {
                case READY_SOONER -> (int) (of * waitSeconds(demand, bed) / 3_600);
                case BALANCE_OF_LOAD -> balance(of, demand, service);
                default -> of * units(rule, demand, service, bed);
            };
            if (cost != 0) {
                points.put(rule, cost);
            }
        }
        return points;
    }

    /** Of what there are few free beds of, for whom none would be left, the most urgent served first. */
    List<Harm> harms(Demand demand, ServiceView service, BedView bed) {
        List<Harm> harms = new ArrayList<>();
        for (Scarce scarce : Scarce.values()) {
            if (isScarce(scarce, service, bed)) {
                long left = view.services().stream()
                                .mapToLong(each -> each.beds().stream()
                                        .filter(other -> isScarce(scarce, each, other))
                                        .count())
                                .sum()
                        - 1;
                view.requests().stream()
                        .filter(open -> open.bed() == null
                                && !demand.requests().contains(open.request().id())
                                && isNeeded(scarce, open.request().needs()))
                        .skip(left)
                        .findFirst()
                        .ifPresent(open ->
                                harms.add(new Harm(scarce, open.request().id())));
            }
        }
        return harms;
    }

    private boolean isScarce(Scarce scarce, ServiceView service, BedView bed) {
        boolean emptyRoom = service.beds().stream()
                .filter(other -> other.room().id().equals(bed.room().id()))
                .allMatch(other -> other.occupants().isEmpty()
                        && view.requests().stream()
                                .noneMatch(open -> other.bed().id().equals(open.bed())));
        return isFree(bed)
                && switch (scarce) {
                    case NEGATIVE_PRESSURE -> emptyRoom && bed.room().isolation() == IsolationAbility.NEGATIVE_PRESSURE;
                    case PROTECTED_ROOM -> emptyRoom && bed.room().isolation() == IsolationAbility.PROTECTIVE;
                    case SINGLE_ROOM -> emptyRoom && bed.room().capacity() == 1;
                    case INTENSIVE_CARE -> service.service().levelOfCare() == LevelOfCare.INTENSIVE;
                    case INTERMEDIATE_CARE -> service.service().levelOfCare() == LevelOfCare.INTERMEDIATE;
                };
    }

    private static boolean isNeeded(Scarce scarce, CareNeeds needs) {
        return switch (scarce) {
            case NEGATIVE_PRESSURE -> needs.isolation() == Isolation.AIRBORNE;
            case PROTECTED_ROOM -> needs.isolation() == Isolation.PROTECTIVE;
            case SINGLE_ROOM -> needs.singleRoom() == SingleRoom.PRESCRIBED;
            case INTENSIVE_CARE -> needs.levelOfCare() == LevelOfCare.INTENSIVE;
            case INTERMEDIATE_CARE -> needs.levelOfCare() == LevelOfCare.INTERMEDIATE;
        };
    }

    private int units(PlacementRule rule, Demand demand, ServiceView serviceView, BedView bed) {
        Service service = serviceView.service();
        CareNeeds needs = demand.needs();
        Room room = bed.room();
        boolean single = room.capacity() == 1;
        return switch (rule) {
            case SPECIALTY_RANK -> Math.max(0, place(service.specialties(), needs.specialty()));
            case OUTLIER ->
                place(service.specialties(), needs.specialty()) < 0
                        ? 1 + place(service.fallbackSpecialties(), needs.specialty())
                        : 0;
            case SERVICE_WISHED ->
                units(demand.service() != null && !service.id().equals(demand.service()));
            case REFUSED_LATELY -> units(rules.isRefusedLately(demand, service, bed));
            case EQUIPMENT_PREFERRED ->
                (int) needs.equipmentPreferred().stream()
                        .filter(code -> !bed.bed().equipment().contains(code))
                        .count();
            case SINGLE_ROOM_WISHED -> units(needs.singleRoom() == SingleRoom.PREFERRED && !single);
            case SCARCE_SINGLE_ROOM ->
                units(single && needs.isolation() == Isolation.NONE && needs.singleRoom() == SingleRoom.INDIFFERENT);
            case SCARCE_PRESSURE ->
                units(room.isolation() == IsolationAbility.NEGATIVE_PRESSURE && needs.isolation() != Isolation.AIRBORNE)
                        + units(room.isolation() == IsolationAbility.PROTECTIVE
                                && needs.isolation() != Isolation.PROTECTIVE);
            case SCARCE_MONITORED ->
                units(isWasted(LevelOfCare.INTERMEDIATE, needs, service))
                        + units(isWasted(LevelOfCare.INTENSIVE, needs, service));
            case KEPT_FOR_EMERGENCIES ->
                units(isFree(bed)
                        && demand.origin() != RequestOrigin.EMERGENCY_DEPARTMENT
                        && forEmergencies(serviceView) <= policy.keptForEmergencies(service.id()));
            case MOVE -> units(demand.bed() != null);
            case NIGHT_MOVE -> units(demand.bed() != null && isNight(lies(demand, bed)));
            case EARLIER_SERVICE ->
                units(!demand.earlierServices().isEmpty()
                        && !demand.earlierServices().contains(service.id()));
            case SEX_FLEXIBILITY ->
                units(room.sexPolicy() == SexPolicy.SAME_SEX
                        && !single
                        && needs.sex() != Sex.UNKNOWN
                        && rules.isAlone(demand, serviceView, bed));
            case COMING_RESERVATION -> units(rules.isAwaited(demand, serviceView));
            default -> throw new IllegalArgumentException("no preference: " + rule);
        };
    }

    /** From 0, or -1 where it is not among them. */
    private static int place(List<String> specialties, @Nullable String specialty) {
        return specialty == null ? -1 : specialties.indexOf(specialty);
    }

    private static int units(boolean applies) {
        return applies ? 1 : 0;
    }

    private static boolean isWasted(LevelOfCare level, CareNeeds needs, Service service) {
        return level.compareTo(service.levelOfCare()) <= 0 && level.compareTo(needs.levelOfCare()) > 0;
    }

    private long waitSeconds(Demand demand, BedView bed) {
        Instant needed = needed(demand);
        Instant latest = needed.plus(Duration.ofHours(24));
        Instant usable = rules.usableAt(bed).isAfter(latest) ? latest : rules.usableAt(bed);
        return usable.isAfter(needed) ? Duration.between(needed, usable).toSeconds() : 0;
    }

    private Instant needed(Demand demand) {
        return demand.from().isBefore(now) ? now : demand.from();
    }

    private Instant lies(Demand demand, BedView bed) {
        Instant usable = rules.usableAt(bed);
        return usable.isBefore(demand.from()) ? demand.from() : usable;
    }

    private boolean isNight(Instant at) {
        LocalTime local = at.atZone(view.hospital().zone()).toLocalTime();
        return local.getHour() >= 23 || local.getHour() < 6;
    }

    private long forEmergencies(ServiceView service) {
        return service.beds().stream()
                .filter(bed -> isFree(bed) || isHeldForEmergency(bed))
                .count();
    }

    private boolean isHeldForEmergency(BedView bed) {
        return view.requests().stream()
                .anyMatch(open -> bed.bed().id().equals(open.bed())
                        && open.request().origin() == RequestOrigin.EMERGENCY_DEPARTMENT);
    }

    private static boolean isFree(BedView bed) {
        return bed.status().state() == BedState.READY;
    }

    /** Of a service that staff nobody, one bed is taken for the whole. */
    private int balance(int of, Demand demand, ServiceView service) {
        long with = 1 + rules.othersInService(demand, service);
        return (int) Math.min(of, of * with / Math.max(1, service.counts().staffed()));
    }
}
