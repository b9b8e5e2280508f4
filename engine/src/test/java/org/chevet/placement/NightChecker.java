package org.chevet.placement;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.chevet.event.BedRequest;
import org.chevet.event.RefusalReason;
import org.chevet.hospital.BedId;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.IsolationAbility;
import org.chevet.hospital.PlacementRule;
import org.chevet.hospital.Room;
import org.chevet.hospital.Service;
import org.chevet.hospital.Sex;
import org.chevet.hospital.SexPolicy;
import org.chevet.hospital.SingleRoom;
import org.chevet.occupancy.BedStatus;
import org.chevet.occupancy.BedView;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.ServiceView;
import org.chevet.occupancy.Stay;
import org.chevet.placement.BedPlan.Lying;

/** The rules that are never broken, for every night of a plan: from the plan and the view alone, by their texts. */
final class NightChecker {
    private record Person(Lying lying, Sex sex, CareNeeds needs) {}

    private final HospitalView view;
    private final BedPlan plan;
    private final ZoneId zone;
    private final List<String> broken = new ArrayList<>();

    private NightChecker(HospitalView view, BedPlan plan) {
        this.view = view;
        this.plan = plan;
        zone = view.hospital().zone();
    }

    /** What is wrong with the plan. What was so before anybody was put anywhere is not the plan's. */
    static List<String> broken(HospitalView view, BedPlan plan) {
        NightChecker checker = new NightChecker(view, plan);
        for (int night = 0; night < plan.nights(); night++) {
            checker.check(night);
        }
        return checker.broken;
    }

    private void check(int night) {
        Set<Object> asleep = new HashSet<>();
        for (Lying lying : plan.lying()) {
            if (lying.fromNight() <= night && night < lying.toNight()) {
                Object who = lying.who().stay() != null
                        ? lying.who().stay()
                        : lying.who().request();
                expect(asleep.add(who), night, lying, "is in two beds");
            }
        }
        for (ServiceView service : view.services()) {
            long taken = service.beds().stream()
                    .filter(bed -> !people(bed, night).isEmpty())
                    .count();
            int staffed = service.counts().staffed()
                    + view.hospital().placementPolicy().staffingMarginBeds();
            for (BedView bed : service.beds()) {
                for (Person person : people(bed, night)) {
                    if (!person.lying.held()) {
                        check(night, service, bed, person);
                        expect(taken <= staffed, night, person.lying, PlacementRule.STAFFED_CAPACITY.code());
                    }
                }
            }
        }
    }

    private void check(int night, ServiceView serviceView, BedView bed, Person person) {
        Service service = serviceView.service();
        Room room = bed.room();
        CareNeeds needs = person.needs;
        Lying lying = person.lying;
        expect(bed.status().open(), night, lying, PlacementRule.BED_CLOSED.code());
        BedStatus.Block block = bed.status().block();
        boolean blocked = block != null
                && (block.expectedEnd() == null
                        || plan.firstNight().plusDays(night).isBefore(day(block.expectedEnd())));
        expect(!blocked, night, lying, PlacementRule.BED_BLOCKED.code());
        expect(people(bed, night).size() == 1, night, lying, PlacementRule.BED_OCCUPIED.code());
        boolean reserved = view.requests().stream()
                .filter(open -> bed.bed().id().equals(open.bed()))
                .anyMatch(open -> isKept(night, open.request(), bed.bed().id()));
        expect(!reserved, night, lying, PlacementRule.BED_RESERVED.code());
        Integer age = needs.ageYears();
        expect(
                age == null
                        || age >= service.ages().fromYears()
                                && age <= service.ages().toYears(),
                night,
                lying,
                PlacementRule.AGE.code());
        expect(
                needs.levelOfCare().compareTo(service.levelOfCare()) <= 0,
                night,
                lying,
                PlacementRule.LEVEL_OF_CARE.code());
        expect(
                needs.specialty() == null
                        || service.specialties().contains(needs.specialty())
                        || service.fallbackSpecialties().contains(needs.specialty()),
                night,
                lying,
                PlacementRule.SPECIALTY.code());
        expect(
                bed.bed().equipment().containsAll(needs.equipmentRequired()),
                night,
                lying,
                PlacementRule.EQUIPMENT.code());
        expect(
                view.requests().stream()
                        .filter(open -> open.request().id().equals(lying.who().request()))
                        .flatMap(open -> open.refusals().stream())
                        .noneMatch(refusal -> refusal.service().equals(service.id())
                                && (refusal.reason() == RefusalReason.WRONG_SPECIALTY
                                        || refusal.reason() == RefusalReason.NEEDS_TOO_HEAVY)
                                && !isProposed(lying)),
                night,
                lying,
                PlacementRule.REFUSED.code());
        List<Person> others = serviceView.beds().stream()
                .filter(other -> other != bed && other.room().id().equals(room.id()))
                .flatMap(other -> people(other, night).stream())
                .toList();
        // Whoever comes to a surge bed afterwards fills nobody's room.
        long first = others.stream()
                .filter(other -> !isSurge(other) || other.lying.fromNight() < lying.fromNight())
                .count();
        expect(first < room.capacity() || bed.bed().surge(), night, lying, PlacementRule.ROOM_FULL.code());
        for (SexPolicy policy : List.of(room.sexPolicy(), service.sexPolicy())) {
            expect(policy != SexPolicy.WOMEN || person.sex != Sex.MALE, night, lying, PlacementRule.SEX.code());
        }
        for (Person other : others) {
            boolean unlike = other.sex != Sex.UNKNOWN && person.sex != Sex.UNKNOWN && other.sex != person.sex;
            expect(!unlike || room.sexPolicy() != SexPolicy.SAME_SEX, night, lying, PlacementRule.SEX.code());
            expect(
                    other.needs.singleRoom() != SingleRoom.PRESCRIBED,
                    night,
                    lying,
                    "beside who has a single room prescribed");
        }
        expect(isIsolated(needs, room, others), night, lying, PlacementRule.ISOLATION.code());
        expect(
                needs.singleRoom() != SingleRoom.PRESCRIBED || room.capacity() == 1 && others.isEmpty(),
                night,
                lying,
                PlacementRule.SINGLE_ROOM.code());
    }

    private boolean isProposed(Lying lying) {
        return view.requests().stream()
                .map(open -> open.request().counterProposal())
                .anyMatch(proposal -> proposal != null && proposal.bed().equals(lying.bed()));
    }

    private static boolean isIsolated(CareNeeds needs, Room room, List<Person> others) {
        Stream<Isolation> around = others.stream().map(other -> other.needs.isolation());
        return switch (needs.isolation()) {
            case NONE -> around.allMatch(Isolation.NONE::equals);
            case AIRBORNE -> others.isEmpty() && room.isolation() == IsolationAbility.NEGATIVE_PRESSURE;
            case PROTECTIVE -> others.isEmpty() && room.isolation() == IsolationAbility.PROTECTIVE;
            case CONTACT, DROPLET ->
                others.isEmpty()
                        && (room.isolation() == IsolationAbility.SINGLE
                                || room.isolation() == IsolationAbility.NEGATIVE_PRESSURE);
        };
    }

    /** A promise that somebody who stays longer in the bed breaks is none. */
    private boolean isKept(int night, BedRequest request, BedId bed) {
        return plan.lying().stream()
                .anyMatch(lying -> request.id().equals(lying.who().request())
                        && lying.bed().equals(bed)
                        && lying.held()
                        && night < lying.toNight());
    }

    private LocalDate day(Instant at) {
        return at.atZone(zone).toLocalDateTime().minusHours(6).toLocalDate();
    }

    private boolean isSurge(Person person) {
        BedView bed = view.bed(person.lying.bed());
        return bed != null && bed.bed().surge();
    }

    private List<Person> people(BedView bed, int night) {
        return plan.lying().stream()
                .filter(lying -> lying.bed().equals(bed.bed().id()))
                .filter(lying -> lying.fromNight() <= night && night < lying.toNight())
                .map(this::person)
                .toList();
    }

    private Person person(Lying lying) {
        Stay stay =
                lying.who().stay() == null ? null : view.stays().get(lying.who().stay());
        CareNeeds asked = view.requests().stream()
                .map(HospitalView.OpenRequest::request)
                .filter(request -> request.id().equals(lying.who().request()))
                .map(BedRequest::needs)
                .findFirst()
                .orElse(null);
        if (stay == null) {
            CareNeeds needs = Objects.requireNonNull(asked);
            return new Person(lying, needs.sex(), needs);
        }
        CareNeeds needs = asked == null ? stay.needs() : asked;
        Sex sex = stay.sex() == Sex.UNKNOWN ? needs.sex() : stay.sex();
        Integer age = stay.ageYears(plan.at(), zone);
        return new Person(lying, sex, needs.of(sex, age == null ? needs.ageYears() : age));
    }

    private void expect(boolean holds, int night, Lying lying, String what) {
        if (!holds) {
            broken.add("night " + night + ", " + lying + ": " + what);
        }
    }
}
