package org.chevet.placement;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.chevet.event.Refusal;
import org.chevet.event.RefusalReason;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.BedId;
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
import org.chevet.occupancy.BedStatus;
import org.chevet.occupancy.BedView;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.ServiceView;
import org.jspecify.annotations.Nullable;

/** What a bed would be for somebody if nobody else were in the hospital, once more: as the rules' texts say it, from the view alone. */
final class VacantChecker {
    private static final Set<RefusalReason> LASTING = EnumSet.of(
            RefusalReason.WRONG_SPECIALTY, RefusalReason.NEEDS_TOO_HEAVY, RefusalReason.ISOLATION_IMPOSSIBLE);

    private static final int NOWHERE = -1;

    private final HospitalView view;
    private final Instant now;
    private final PlacementPolicy policy;
    private final Map<BedId, ServiceView> services = new HashMap<>();

    VacantChecker(HospitalView view, Instant now) {
        this.view = view;
        this.now = now;
        policy = view.hospital().placementPolicy();
        view.services()
                .forEach(service ->
                        service.beds().forEach(bed -> services.put(bed.bed().id(), service)));
    }

    ServiceView serviceOf(BedView bed) {
        return Objects.requireNonNull(services.get(bed.bed().id()));
    }

    /** The rules that exclude the bed. */
    Set<PlacementRule> broken(Demand demand, BedView bed) {
        Set<PlacementRule> broken = EnumSet.noneOf(PlacementRule.class);
        Service service = serviceOf(bed).service();
        Room room = bed.room();
        CareNeeds needs = demand.needs();
        BedStatus.Block block = bed.status().block();
        Integer age = needs.ageYears();
        String specialty = needs.specialty();
        add(broken, PlacementRule.BED_CLOSED, !bed.status().open());
        add(
                broken,
                PlacementRule.BED_BLOCKED,
                block != null
                        && (block.expectedEnd() == null
                                || block.expectedEnd().isBefore(now.minus(Duration.ofHours(2)))));
        add(
                broken,
                PlacementRule.STAFFED_CAPACITY,
                serviceOf(bed).counts().staffed() + policy.staffingMarginBeds() < 1);
        add(
                broken,
                PlacementRule.AGE,
                age != null
                        && (age < service.ages().fromYears()
                                || age > service.ages().toYears()));
        add(broken, PlacementRule.LEVEL_OF_CARE, needs.levelOfCare().compareTo(service.levelOfCare()) > 0);
        add(
                broken,
                PlacementRule.SPECIALTY,
                specialty != null
                        && !service.specialties().contains(specialty)
                        && !service.fallbackSpecialties().contains(specialty));
        add(broken, PlacementRule.EQUIPMENT, !bed.bed().equipment().containsAll(needs.equipmentRequired()));
        add(broken, PlacementRule.SINGLE_ROOM, needs.singleRoom() == SingleRoom.PRESCRIBED && room.capacity() > 1);
        add(
                broken,
                PlacementRule.SEX,
                Stream.of(service.sexPolicy(), room.sexPolicy())
                        .anyMatch(policy -> policy == SexPolicy.WOMEN && needs.sex() == Sex.MALE
                                || policy == SexPolicy.MEN && needs.sex() == Sex.FEMALE));
        add(broken, PlacementRule.ISOLATION, !isIsolated(needs.isolation(), room.isolation()));
        add(broken, PlacementRule.REFUSED, standing(demand, bed).anyMatch(VacantChecker::isLasting));
        return broken;
    }

    private static void add(Set<PlacementRule> broken, PlacementRule rule, boolean breaks) {
        if (breaks) {
            broken.add(rule);
        }
    }

    private static boolean isIsolated(Isolation isolation, IsolationAbility ability) {
        return switch (isolation) {
            case NONE -> true;
            case AIRBORNE -> ability == IsolationAbility.NEGATIVE_PRESSURE;
            case PROTECTIVE -> ability == IsolationAbility.PROTECTIVE;
            case CONTACT, DROPLET ->
                ability == IsolationAbility.SINGLE || ability == IsolationAbility.NEGATIVE_PRESSURE;
        };
    }

    /** What its proposal would cost. */
    int points(Demand demand, BedView bed) {
        ServiceView serviceView = serviceOf(bed);
        Service service = serviceView.service();
        CareNeeds needs = demand.needs();
        Room room = bed.room();
        boolean single = room.capacity() == 1;
        int own = place(service.specialties(), needs.specialty());
        int fallback = place(service.fallbackSpecialties(), needs.specialty());
        long equipmentMissing = needs.equipmentPreferred().stream()
                .filter(code -> !bed.bed().equipment().contains(code))
                .count();
        boolean pressureWasted =
                room.isolation() == IsolationAbility.NEGATIVE_PRESSURE && needs.isolation() != Isolation.AIRBORNE
                        || room.isolation() == IsolationAbility.PROTECTIVE && needs.isolation() != Isolation.PROTECTIVE;
        boolean needsSingle = needs.isolation() != Isolation.NONE || needs.singleRoom() != SingleRoom.INDIFFERENT;
        boolean keptBed = demand.origin() != RequestOrigin.EMERGENCY_DEPARTMENT
                && serviceView.beds().size() <= policy.keptForEmergencies(service.id());
        boolean refusedLately = standing(demand, bed).findAny().isPresent()
                && standing(demand, bed).noneMatch(VacantChecker::isLasting);
        int balance = policy.points(PlacementRule.BALANCE_OF_LOAD);
        return cost(PlacementRule.SPECIALTY_RANK, Math.max(0, own))
                + cost(PlacementRule.OUTLIER, own == NOWHERE ? 1 + fallback : 0)
                + cost(
                        PlacementRule.SERVICE_WISHED,
                        demand.service() != null && !demand.service().equals(service.id()))
                + cost(PlacementRule.REFUSED_LATELY, refusedLately)
                + cost(PlacementRule.EQUIPMENT_PREFERRED, (int) equipmentMissing)
                + cost(PlacementRule.SINGLE_ROOM_WISHED, needs.singleRoom() == SingleRoom.PREFERRED && !single)
                + cost(PlacementRule.SCARCE_SINGLE_ROOM, single && !needsSingle)
                + cost(PlacementRule.SCARCE_PRESSURE, pressureWasted)
                + cost(PlacementRule.SCARCE_MONITORED, levelsWasted(needs, service))
                + cost(PlacementRule.KEPT_FOR_EMERGENCIES, keptBed)
                + cost(
                        PlacementRule.EARLIER_SERVICE,
                        !demand.earlierServices().isEmpty()
                                && !demand.earlierServices().contains(service.id()))
                + cost(
                        PlacementRule.SEX_FLEXIBILITY,
                        room.sexPolicy() == SexPolicy.SAME_SEX && !single && needs.sex() != Sex.UNKNOWN)
                + Math.min(balance, balance / Math.max(1, serviceView.counts().staffed()));
    }

    private static int place(List<String> specialties, @Nullable String specialty) {
        return specialty == null ? NOWHERE : specialties.indexOf(specialty);
    }

    private static int levelsWasted(CareNeeds needs, Service service) {
        return (int) Stream.of(LevelOfCare.INTERMEDIATE, LevelOfCare.INTENSIVE)
                .filter(level ->
                        level.compareTo(service.levelOfCare()) <= 0 && level.compareTo(needs.levelOfCare()) > 0)
                .count();
    }

    private int cost(PlacementRule rule, int units) {
        return policy.points(rule) * units;
    }

    private int cost(PlacementRule rule, boolean applies) {
        return cost(rule, applies ? 1 : 0);
    }

    /** The services' answers to the patient's requests that stand against the bed. */
    private Stream<Refusal> standing(Demand demand, BedView bed) {
        BedId id = bed.bed().id();
        Instant lies = demand.from().isBefore(now) ? now : demand.from();
        return view.requests().stream()
                .filter(open -> demand.requests().contains(open.request().id()) && !id.equals(open.bed()))
                .flatMap(open -> open.refusals().stream()
                        .filter(refusal -> open.request().counterProposal() == null
                                || !open.request().counterProposal().bed().equals(id)
                                || open.request().counterProposal().at().isBefore(refusal.at())))
                .filter(refusal -> isMeant(refusal, bed))
                .filter(refusal -> isLasting(refusal) || isRecent(refusal, bed, lies));
    }

    private static boolean isLasting(Refusal refusal) {
        return LASTING.contains(refusal.reason());
    }

    private boolean isMeant(Refusal refusal, BedView bed) {
        boolean ofService = serviceOf(bed).service().id().equals(refusal.service());
        return switch (refusal.reason()) {
            case NO_STAFF, WRONG_SPECIALTY, NEEDS_TOO_HEAVY -> ofService;
            case ISOLATION_IMPOSSIBLE ->
                refusal.bed() == null
                        ? ofService
                        : bed.room().beds().stream()
                                .anyMatch(other -> other.id().equals(refusal.bed()));
            case BED_BEING_PREPARED, DISCHARGE_NOT_SURE, OTHER ->
                refusal.bed() == null
                        ? ofService
                        : refusal.bed().equals(bed.bed().id());
        };
    }

    private static boolean isRecent(Refusal refusal, BedView bed, Instant lies) {
        boolean waitedFor = refusal.reason() == RefusalReason.DISCHARGE_NOT_SURE
                        && bed.occupants().isEmpty()
                || refusal.reason() == RefusalReason.BED_BEING_PREPARED
                        && bed.status().state() == BedState.READY;
        boolean over = waitedFor && bed.status().since().isAfter(refusal.at());
        return !over && lies.isBefore(refusal.at().plus(Duration.ofHours(8)));
    }
}
