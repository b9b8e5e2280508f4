package org.chevet.placement;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.chevet.event.BedCondition;
import org.chevet.event.BedRequest;
import org.chevet.event.CounterProposal;
import org.chevet.event.PatientClass;
import org.chevet.event.Refusal;
import org.chevet.event.RefusalReason;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.IsolationAbility;
import org.chevet.hospital.PlacementRule;
import org.chevet.hospital.Room;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.Sex;
import org.chevet.hospital.SexPolicy;
import org.chevet.hospital.SingleRoom;
import org.chevet.occupancy.BedState;
import org.chevet.occupancy.BedView;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.ServiceView;
import org.chevet.occupancy.Stay;
import org.chevet.occupancy.StayStatus;
import org.jspecify.annotations.Nullable;

/** The rules that are never broken, once more: as their texts say them, bed by bed, from the view alone. */
final class RuleChecker {
    private record Person(Sex sex, CareNeeds needs) {}

    private final HospitalView view;
    private final Instant now;

    RuleChecker(HospitalView view, Instant now) {
        this.view = view;
        this.now = now;
    }

    Set<PlacementRule> broken(Demand demand, ServiceView serviceView, BedView bed) {
        Set<PlacementRule> broken = EnumSet.noneOf(PlacementRule.class);
        Service service = serviceView.service();
        Room room = bed.room();
        CareNeeds needs = demand.needs();
        checkState(demand, bed, broken);
        checkStaff(demand, serviceView, bed, broken);
        if (needs.ageYears() != null
                && (needs.ageYears() < service.ages().fromYears()
                        || needs.ageYears() > service.ages().toYears())) {
            broken.add(PlacementRule.AGE);
        }
        if (needs.levelOfCare().compareTo(service.levelOfCare()) > 0) {
            broken.add(PlacementRule.LEVEL_OF_CARE);
        }
        if (needs.specialty() != null
                && !service.specialties().contains(needs.specialty())
                && !service.fallbackSpecialties().contains(needs.specialty())) {
            broken.add(PlacementRule.SPECIALTY);
        }
        if (!bed.bed().equipment().containsAll(needs.equipmentRequired())) {
            broken.add(PlacementRule.EQUIPMENT);
        }
        List<Person> others = others(demand, serviceView, bed);
        if (othersAtOnce(demand, serviceView, bed) >= room.capacity()
                && !bed.bed().surge()) {
            broken.add(PlacementRule.ROOM_FULL);
        }
        if (needs.singleRoom() == SingleRoom.PRESCRIBED && (room.capacity() > 1 || !others.isEmpty())) {
            broken.add(PlacementRule.SINGLE_ROOM);
        }
        if (isWrongSex(service.sexPolicy(), needs.sex(), List.of())
                || isWrongSex(room.sexPolicy(), needs.sex(), others)) {
            broken.add(PlacementRule.SEX);
        }
        if (!isIsolated(needs, room, others)) {
            broken.add(PlacementRule.ISOLATION);
        }
        if (standing(demand, service, bed).anyMatch(RuleChecker::isOfPatient)) {
            broken.add(PlacementRule.REFUSED);
        }
        return broken;
    }

    /** Whether services refused the bed, only for reasons that pass, and nothing is known to have changed since. */
    boolean isRefusedLately(Demand demand, Service service, BedView bed) {
        List<Refusal> standing = standing(demand, service, bed).toList();
        return !standing.isEmpty() && standing.stream().noneMatch(RuleChecker::isOfPatient);
    }

    private Stream<Refusal> standing(Demand demand, Service service, BedView bed) {
        Instant lies = usableAt(bed).isBefore(demand.from()) ? demand.from() : usableAt(bed);
        return view.requests().stream()
                .filter(open -> demand.requests().contains(open.request().id()))
                .filter(open -> !bed.bed().id().equals(open.bed()))
                .flatMap(open -> open.refusals().stream()
                        .filter(refusal -> isMeant(refusal, service, bed)
                                && !isProposedSince(open.request(), refusal, bed)
                                && (isOfPatient(refusal) || isRecent(refusal, bed, lies))));
    }

    private static boolean isOfPatient(Refusal refusal) {
        return List.of(RefusalReason.WRONG_SPECIALTY, RefusalReason.NEEDS_TOO_HEAVY, RefusalReason.ISOLATION_IMPOSSIBLE)
                .contains(refusal.reason());
    }

    private static boolean isMeant(Refusal refusal, Service service, BedView bed) {
        if (refusal.bed() == null) {
            return service.id().equals(refusal.service());
        }
        return switch (refusal.reason()) {
            case NO_STAFF, WRONG_SPECIALTY, NEEDS_TOO_HEAVY -> service.id().equals(refusal.service());
            case ISOLATION_IMPOSSIBLE ->
                bed.room().beds().stream().anyMatch(other -> other.id().equals(refusal.bed()));
            case BED_BEING_PREPARED, DISCHARGE_NOT_SURE, OTHER -> bed.bed().id().equals(refusal.bed());
        };
    }

    private static boolean isProposedSince(BedRequest request, Refusal refusal, BedView bed) {
        CounterProposal proposal = request.counterProposal();
        return proposal != null
                && proposal.bed().equals(bed.bed().id())
                && !proposal.at().isBefore(refusal.at());
    }

    private static boolean isRecent(Refusal refusal, BedView bed, Instant lies) {
        boolean since = bed.status().since().isAfter(refusal.at());
        boolean over = since
                && (refusal.reason() == RefusalReason.DISCHARGE_NOT_SURE
                                && bed.occupants().isEmpty()
                        || refusal.reason() == RefusalReason.BED_BEING_PREPARED
                                && bed.status().state() == BedState.READY);
        return !over && lies.isBefore(refusal.at().plus(Duration.ofHours(8)));
    }

    private void checkState(Demand demand, BedView bed, Set<PlacementRule> broken) {
        if (!bed.status().open()) {
            broken.add(PlacementRule.BED_CLOSED);
        }
        if (reserving(bed) != null && !isOwn(demand, reserving(bed))) {
            broken.add(PlacementRule.BED_RESERVED);
        }
        boolean unknownLeave = bed.occupants().stream().anyMatch(stay -> stay.expectedDischarge() == null);
        if (unknownLeave || bed.bed().id().equals(demand.bed())) {
            broken.add(PlacementRule.BED_OCCUPIED);
        }
        if (bed.status().block() != null && bed.status().block().expectedEnd() == null) {
            broken.add(PlacementRule.BED_BLOCKED);
        }
        Instant end = expectedEnd(bed);
        if (end != null && end.isBefore(now.minus(Duration.ofHours(2)))) {
            broken.add(bed.occupants().isEmpty() ? PlacementRule.BED_BLOCKED : PlacementRule.BED_OCCUPIED);
        }
        Instant needed = demand.from().isBefore(now) ? now : demand.from();
        if (usableAt(bed).isAfter(needed.plus(Duration.ofHours(24)))) {
            broken.add(bed.occupants().isEmpty() ? PlacementRule.BED_BLOCKED : PlacementRule.BED_OCCUPIED);
        }
    }

    /** When the last of those who lie in it should have left, and its block should have ended; null where neither is known. */
    private static @Nullable Instant expectedEnd(BedView bed) {
        Instant end = null;
        for (Stay stay : bed.occupants()) {
            Instant leaves = stay.expectedDischarge();
            end = leaves != null && (end == null || leaves.isAfter(end)) ? leaves : end;
        }
        Instant unblocked =
                bed.status().block() == null ? null : bed.status().block().expectedEnd();
        return unblocked != null && (end == null || unblocked.isAfter(end)) ? unblocked : end;
    }

    /** Of what is known: departures, the end of a block, then the cleaning. */
    Instant usableAt(BedView bed) {
        Duration cleaning = Duration.ofMinutes(view.hospital().placementPolicy().cleaningMinutes());
        boolean empty = bed.occupants().isEmpty();
        List<@Nullable Instant> waits = new ArrayList<>();
        bed.occupants().forEach(stay -> waits.add(stay.expectedDischarge()));
        if (bed.status().block() != null) {
            waits.add(bed.status().block().expectedEnd());
        }
        if (empty && bed.status().condition() == BedCondition.CLEANING) {
            waits.add(bed.status().since().plus(cleaning));
        }
        Instant at = now;
        for (Instant wait : waits) {
            at = wait != null && wait.isAfter(at) ? wait : at;
        }
        return !empty || bed.status().condition() == BedCondition.TO_CLEAN ? at.plus(cleaning) : at;
    }

    private void checkStaff(Demand demand, ServiceView service, BedView bed, Set<PlacementRule> broken) {
        long others = service.beds().stream()
                .filter(other -> other == bed
                        ? other.occupants().isEmpty() && reserving(other) != null && !isOwn(demand, reserving(other))
                        : !people(demand, other).isEmpty() && !isHeldByOwn(demand, other))
                .count();
        int margin = view.hospital().placementPolicy().staffingMarginBeds();
        if (others + 1 > service.counts().staffed() + margin) {
            broken.add(PlacementRule.STAFFED_CAPACITY);
        }
    }

    /** How many beds of the service others than the patient take: those who lie in them, or for whom they are held. */
    long othersInService(Demand demand, ServiceView service) {
        return service.beds().stream()
                .filter(bed -> !people(demand, bed).isEmpty() && !isHeldByOwn(demand, bed))
                .count();
    }

    /** Whether nobody else is in the bed's room, or to be. */
    boolean isAlone(Demand demand, ServiceView service, BedView bed) {
        return others(demand, service, bed).isEmpty();
    }

    private boolean isHeldByOwn(Demand demand, BedView bed) {
        return bed.bed().id().equals(demand.bed()) || bed.occupants().isEmpty() && isOwn(demand, reserving(bed));
    }

    /** Whether one of those awaited in the service while the patient is there would find no bed, or nobody to look after them. */
    boolean isAwaited(Demand demand, ServiceView service) {
        Instant needed = demand.from().isBefore(now) ? now : demand.from();
        Instant end = needed.plus(demand.expectedLength() == null ? Duration.ofDays(5) : demand.expectedLength());
        List<Instant> comings = new ArrayList<>();
        view.requests().stream()
                .filter(open -> open.bed() == null
                        && service.service().id().equals(open.request().service())
                        && !isOwn(demand, open.request()))
                .forEach(open -> comings.add(open.request().neededAt()));
        registered().forEach((stay, where) -> {
            if (where.equals(service.service().id()) && !stay.id().equals(demand.stay())) {
                comings.add(arrival(stay));
            }
        });
        return comings.stream()
                .filter(coming -> !coming.isAfter(end))
                .anyMatch(coming -> places(demand, service, coming.isBefore(now) ? now : coming)
                        < 1
                                + comings.stream()
                                        .filter(other -> !other.isAfter(coming))
                                        .count());
    }

    private long places(Demand demand, ServiceView service, Instant by) {
        List<BedView> beds = service.beds().stream()
                .filter(bed -> bed.bed().id().equals(demand.bed()) || isKnownToBeUsable(bed, by))
                .filter(bed -> reserving(bed) == null || isOwn(demand, reserving(bed)))
                .toList();
        long staying = service.beds().stream()
                .filter(bed -> !people(demand, bed).isEmpty() && !isHeldByOwn(demand, bed))
                .filter(bed -> bed.occupants().isEmpty() || !beds.contains(bed))
                .count();
        int staff =
                service.counts().staffed() + view.hospital().placementPolicy().staffingMarginBeds();
        return Math.min(beds.size(), staff - staying);
    }

    boolean isKnownToBeUsable(BedView bed, Instant by) {
        Instant end = expectedEnd(bed);
        return bed.status().open()
                && bed.occupants().stream().allMatch(stay -> stay.expectedDischarge() != null)
                && (bed.status().block() == null || bed.status().block().expectedEnd() != null)
                && (end == null || !end.isBefore(now.minus(Duration.ofHours(2))))
                && !usableAt(bed).isAfter(by);
    }

    /** Where those registered are awaited, unless a bed is held for them or requested of a service. */
    private Map<Stay, ServiceId> registered() {
        LocalDateTime local = now.atZone(view.hospital().zone()).toLocalDateTime();
        LocalDate day = local.getHour() < 6 ? local.toLocalDate().minusDays(1) : local.toLocalDate();
        Instant since = day.atTime(6, 0).atZone(view.hospital().zone()).toInstant();
        List<Stay> stays = view.stays().values().stream()
                .filter(stay -> stay.status() == StayStatus.EXPECTED
                        && stay.patientClass() == PatientClass.INPATIENT
                        && stay.expectedArrival() != null
                        && !arrival(stay).isBefore(since))
                .filter(stay -> view.requests().stream()
                        .noneMatch(open -> stay.id().equals(open.request().stay())
                                && (open.bed() != null || open.request().service() != null)))
                .sorted(Comparator.comparing(RuleChecker::arrival).thenComparing(Stay::id))
                .toList();
        Map<Stay, ServiceId> where = new LinkedHashMap<>();
        for (Stay stay : stays) {
            view.services().stream()
                    .filter(service -> takes(service.service(), stay))
                    .min(Comparator.comparing(
                                    (ServiceView service) -> service.service().levelOfCare())
                            .thenComparingInt(service -> service.service()
                                    .specialties()
                                    .indexOf(stay.needs().specialty()))
                            .thenComparing(service -> share(service, where))
                            .thenComparing(service -> service.service().id()))
                    .ifPresent(service -> where.put(stay, service.service().id()));
        }
        return where;
    }

    private boolean takes(Service service, Stay stay) {
        Integer age = stay.ageYears(arrival(stay), view.hospital().zone());
        return stay.needs().specialty() != null
                && service.specialties().contains(stay.needs().specialty())
                && service.levelOfCare().compareTo(stay.needs().levelOfCare()) >= 0
                && !isWrongSex(service.sexPolicy(), stay.sex(), List.of())
                && (age == null || service.ages().contains(age));
    }

    private static BigDecimal share(ServiceView service, Map<Stay, ServiceId> where) {
        long awaited =
                where.values().stream().filter(service.service().id()::equals).count();
        int staffed = service.counts().staffed();
        return staffed == 0
                ? BigDecimal.valueOf(Long.MAX_VALUE)
                : BigDecimal.valueOf(1 + awaited).divide(BigDecimal.valueOf(staffed), MathContext.DECIMAL64);
    }

    private static Instant arrival(Stay stay) {
        return Objects.requireNonNull(stay.expectedArrival());
    }

    /** Whoever comes to a bed once it is left is not there beside who leaves it. */
    private long othersAtOnce(Demand demand, ServiceView service, BedView bed) {
        long count = 0;
        for (BedView other : service.beds()) {
            if (other != bed && other.room().id().equals(bed.room().id())) {
                long lying = other.occupants().stream()
                        .filter(stay -> !stay.id().equals(demand.stay()))
                        .count();
                count += lying > 0 ? lying : people(demand, other).size();
            }
        }
        return count;
    }

    private List<Person> others(Demand demand, ServiceView service, BedView bed) {
        return service.beds().stream()
                .filter(other ->
                        other != bed && other.room().id().equals(bed.room().id()))
                .flatMap(other -> people(demand, other).stream())
                .toList();
    }

    /** Who lies in a bed or is to, the patient left out. */
    private List<Person> people(Demand demand, BedView bed) {
        Stream<Person> lying = bed.occupants().stream()
                .filter(stay -> !stay.id().equals(demand.stay()))
                .map(stay -> new Person(stay.sex(), stay.needs()));
        BedRequest request = reserving(bed);
        if (request == null || isOwn(demand, request)) {
            return lying.toList();
        }
        Stay stay = request.stay() == null ? null : view.stays().get(request.stay());
        Sex sex = stay == null || stay.sex() == Sex.UNKNOWN ? request.needs().sex() : stay.sex();
        return Stream.concat(lying, Stream.of(new Person(sex, request.needs()))).toList();
    }

    private @Nullable BedRequest reserving(BedView bed) {
        return view.requests().stream()
                .filter(open -> bed.bed().id().equals(open.bed()))
                .map(HospitalView.OpenRequest::request)
                .findFirst()
                .orElse(null);
    }

    private static boolean isOwn(Demand demand, @Nullable BedRequest request) {
        return request != null
                && (demand.requests().contains(request.id())
                        || demand.stay() != null && demand.stay().equals(request.stay()));
    }

    private static boolean isWrongSex(SexPolicy policy, Sex sex, List<Person> others) {
        return switch (policy) {
            case MIXED -> false;
            case WOMEN -> sex == Sex.MALE;
            case MEN -> sex == Sex.FEMALE;
            case SAME_SEX ->
                others.stream()
                        .map(Person::sex)
                        .anyMatch(other -> other != Sex.UNKNOWN && sex != Sex.UNKNOWN && other != sex);
        };
    }

    private static boolean isIsolated(CareNeeds needs, Room room, List<Person> others) {
        if (others.isEmpty()) {
            return switch (needs.isolation()) {
                case NONE -> true;
                case AIRBORNE -> room.isolation() == IsolationAbility.NEGATIVE_PRESSURE;
                case PROTECTIVE -> room.isolation() == IsolationAbility.PROTECTIVE;
                case CONTACT, DROPLET ->
                    room.isolation() == IsolationAbility.SINGLE
                            || room.isolation() == IsolationAbility.NEGATIVE_PRESSURE;
            };
        }
        return others.stream().map(Person::needs).allMatch(other -> switch (needs.isolation()) {
            case NONE -> other.isolation() == Isolation.NONE;
            case AIRBORNE, PROTECTIVE -> false;
            case CONTACT, DROPLET ->
                other.isolation() == needs.isolation()
                        && needs.organism() != null
                        && needs.organism().equals(other.organism());
        });
    }
}
