package org.chevet.placement;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.chevet.hospital.BedId;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.PlacementPolicy;
import org.chevet.hospital.PlacementRule;
import org.chevet.hospital.Room;
import org.chevet.hospital.RoomId;
import org.chevet.hospital.Sex;
import org.chevet.hospital.SexPolicy;
import org.chevet.hospital.SingleRoom;
import org.chevet.occupancy.BedStatus;
import org.chevet.occupancy.BedView;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.ServiceView;
import org.chevet.placement.BedPlan.Hindrance;
import org.chevet.placement.BedPlan.Lying;
import org.chevet.placement.BedPlan.Move;
import org.chevet.placement.BedPlan.Unplaced;
import org.jspecify.annotations.Nullable;

/**
 * What a plan says, once more: of who lies in which bed on which night it is believed, and all the rest is worked out of that, of the view and of the plan
 * before, as the texts say it. Costs are in sixtieths of a point.
 */
final class PlanChecker {
    private static final int BREACH = 100 * 60;
    private static final int USUAL_NIGHTS = 5;
    private static final Set<PlacementRule> UNSAFE = EnumSet.of(
            PlacementRule.SEX,
            PlacementRule.ISOLATION,
            PlacementRule.SINGLE_ROOM,
            PlacementRule.EQUIPMENT,
            PlacementRule.LEVEL_OF_CARE);

    private record Place(NightPerson person, BedId bed) {}

    private final HospitalView view;
    private final BedPlan plan;
    private final @Nullable BedPlan before;
    private final PlacementPolicy policy;
    private final VacantChecker vacant;
    private final List<BedView> allBeds;
    private final List<NightPerson> people;

    /** By person: the bed of each of the plan's nights, null for none. */
    private final Map<NightPerson, BedId[]> beds = new HashMap<>();

    /** By person: the bed that is held for them, unless somebody else stays in it for longer. */
    private final Map<NightPerson, BedId> promised = new HashMap<>();

    /** By bed and night: those who lie in it, else the one for whom it is held. */
    private final Map<BedId, List<List<NightPerson>>> lodgers = new HashMap<>();

    private final Map<Place, Set<PlacementRule>> brokenAlone = new HashMap<>();
    private final Map<Place, Integer> prices = new HashMap<>();

    PlanChecker(HospitalView view, BedPlan plan, @Nullable BedPlan before) {
        this.view = view;
        this.plan = plan;
        this.before = before;
        policy = view.hospital().placementPolicy();
        vacant = new VacantChecker(view, plan.at());
        allBeds = view.services().stream()
                .flatMap(service -> service.beds().stream())
                .toList();
        people = NightPerson.all(view, plan.at());
        for (NightPerson person : people) {
            BedId[] ofNights = new BedId[plan.nights()];
            plan.lying().stream().filter(lying -> person.is(lying.who())).forEach(lying -> {
                for (int night = lying.fromNight(); night < lying.toNight(); night++) {
                    ofNights[night] = lying.bed();
                }
            });
            beds.put(person, ofNights);
        }
        for (NightPerson person : people) {
            BedId reserved = person.reserved();
            boolean isKept = reserved != null
                    && person.to() > person.from()
                    && people.stream().noneMatch(other -> reserved.equals(other.own()) && other.to() > person.bound());
            if (isKept) {
                promised.put(person, reserved);
            }
        }
        for (BedView bed : allBeds) {
            lodgers.put(
                    bed.bed().id(),
                    IntStream.range(0, plan.nights())
                            .mapToObj(night -> findLodgers(bed.bed().id(), night))
                            .toList());
        }
    }

    private List<NightPerson> findLodgers(BedId bed, int night) {
        List<NightPerson> lying = people.stream()
                .filter(person -> bed.equals(bedsOf(person)[night]))
                .toList();
        return !lying.isEmpty()
                ? lying
                : people.stream()
                        .filter(person -> bed.equals(promised.get(person)) && night < person.to())
                        .toList();
    }

    private List<NightPerson> lodgers(BedId bed, int night) {
        return Objects.requireNonNull(lodgers.get(bed)).get(night);
    }

    private BedId[] bedsOf(NightPerson person) {
        return Objects.requireNonNull(beds.get(person));
    }

    // What it costs

    long costPoints() {
        return (mixed() + people.stream().mapToLong(this::cost).sum()) / 60;
    }

    private long cost(NightPerson person) {
        BedId before = person.own() == null ? bedBefore(person, person.from()) : person.own();
        long otherMove = isOtherMove(person) ? half(policy.points(PlacementRule.MOVE)) : 0;
        return otherMove + cost(person, bedsOf(person), before);
    }

    private static int half(int points) {
        return points * 60 / 2;
    }

    private long cost(NightPerson person, BedId[] ofNights, @Nullable BedId bedBefore) {
        long cost = 0;
        BedId last = bedBefore;
        for (int night = person.from(); night < person.to(); night++) {
            BedId bed = ofNights[night];
            if (bed == null) {
                cost += nowhere(person);
            } else {
                cost += isWaiting(person, night, bed) ? nowhere(person) - 1 : price(person, bed);
                cost += last == null || last.equals(bed) ? 0 : change(person, night, last);
                last = bed;
            }
        }
        return cost;
    }

    private boolean isWaiting(NightPerson person, int night, @Nullable BedId bed) {
        return person.waitsInOwnBed() && night >= person.bound() && bed != null && bed.equals(person.own());
    }

    /** Whoever waits for a move has it for nothing; so does who goes to the bed that is held for them. */
    private int change(NightPerson person, int night, BedId from) {
        if (promised.get(person) != null || person.waitsInOwnBed() && from.equals(person.own())) {
            return 0;
        }
        int move = policy.points(PlacementRule.MOVE);
        return person.own() == null && night == person.from() ? half(move) : 3 * move * 60;
    }

    /** A day's waiting, for the least urgent. */
    private int nowhere(NightPerson person) {
        int day = 24 * Math.max(policy.points(PlacementRule.READY_SOONER), PlacementRule.READY_SOONER.defaultPoints());
        return Math.min(day * 60 * (6 - person.priority()), 250_000);
    }

    private int price(NightPerson person, BedId bed) {
        return prices.computeIfAbsent(new Place(person, bed), place -> {
            Set<PlacementRule> broken = broken(person, bed);
            boolean unsafe =
                    broken.stream().anyMatch(UNSAFE::contains) || person.disturbed() && bed.equals(person.own());
            int points = vacant.points(person.demand(), bed(bed)) + (unsafe || broken.isEmpty() ? 0 : 100);
            int nights = person.to() - person.from();
            int sure = person.own() != null && !person.endKnown() ? 2 : USUAL_NIGHTS;
            int counted = Math.min(sure, Math.min(nights, USUAL_NIGHTS));
            int spread = points * 60 * counted / (USUAL_NIGHTS * nights);
            return Math.min(spread + (unsafe ? BREACH : 0), nowhere(person) / 2);
        });
    }

    private Set<PlacementRule> broken(NightPerson person, BedId bed) {
        return brokenAlone.computeIfAbsent(new Place(person, bed), place -> vacant.broken(person.demand(), bed(bed)));
    }

    private BedView bed(BedId id) {
        return Objects.requireNonNull(view.bed(id));
    }

    private boolean isOtherMove(NightPerson person) {
        BedId own = person.own();
        for (int night = person.bound(); own != null && night < person.to(); night++) {
            BedId was = bedBefore(person, night);
            if (!own.equals(was) && !Objects.equals(was, bedsOf(person)[night])) {
                return true;
            }
        }
        return false;
    }

    /** The bed that the plan before has for a night: longer than it was to be needed, and sooner, where it is. */
    private @Nullable BedId bedBefore(NightPerson person, int night) {
        BedId own = person.own();
        List<Lying> known = before == null ? List.of() : before.lying();
        known = known.stream().filter(lying -> person.is(lying.who())).toList();
        boolean isMoved =
                own != null && known.stream().noneMatch(lying -> lying.bed().equals(own));
        if (before == null || known.isEmpty() || isMoved) {
            return own == null ? person.reserved() : own;
        }
        long days = ChronoUnit.DAYS.between(before.firstNight(), plan.firstNight());
        return known.stream()
                .filter(lying -> lying.fromNight() - days <= night)
                .reduce((one, next) -> next)
                .map(Lying::bed)
                .orElse(own == null ? known.getFirst().bed() : own);
    }

    private long mixed() {
        long mixed = 0;
        Map<RoomId, List<BedView>> rooms = new HashMap<>();
        for (BedView bed : allBeds) {
            if (bed.room().sexPolicy() == SexPolicy.SAME_SEX) {
                rooms.computeIfAbsent(bed.room().id(), none -> new ArrayList<>())
                        .add(bed);
            }
        }
        for (List<BedView> room : rooms.values()) {
            for (int night = 0; night < plan.nights(); night++) {
                int at = night;
                List<Sex> sexes = room.stream()
                        .flatMap(bed -> lodgers(bed.bed().id(), at).stream())
                        .map(lodger -> lodger.demand().needs().sex())
                        .toList();
                mixed += Math.min(count(sexes, Sex.FEMALE), count(sexes, Sex.MALE)) * BREACH;
            }
        }
        return mixed;
    }

    private static long count(List<Sex> sexes, Sex sex) {
        return sexes.stream().filter(each -> each == sex).count();
    }

    /** What it would cost at the least, if everybody were alone in the hospital and nothing had been planned. */
    long boundPoints() {
        return people.stream().mapToLong(this::leastAlone).sum() / 60;
    }

    private long leastAlone(NightPerson person) {
        if (person.from() == person.to()) {
            return 0;
        }
        BedId[] known = new BedId[plan.nights()];
        for (int night = person.from(); night < person.to(); night++) {
            known[night] = night < person.bound() || promised.get(person) == null ? person.own() : promised.get(person);
        }
        long least = cost(person, known, person.own());
        for (BedView bed : allBeds) {
            BedId id = bed.bed().id();
            for (int change = person.bound();
                    promised.get(person) == null && broken(person, id).isEmpty() && change < person.to();
                    change++) {
                BedId[] changed = known.clone();
                Arrays.fill(changed, change, person.to(), id);
                least = Math.min(least, cost(person, changed, person.own()));
            }
        }
        return least;
    }

    // Who lies where from when to when

    List<Lying> lying() {
        List<Lying> all = new ArrayList<>();
        for (NightPerson person : people) {
            BedId own = person.own();
            if (own != null && person.from() == person.to()) {
                all.add(new Lying(person.who(), own, 0, 0, person.begins(), person.ends(), person.endKnown(), true));
                continue;
            }
            if (own != null && !own.equals(bedsOf(person)[0])) {
                all.add(new Lying(person.who(), own, 0, 0, plan.at(), change(0), true, true));
            }
            for (int[] run : runs(person)) {
                if (bedsOf(person)[run[0]] != null) {
                    all.add(lying(person, run[0], run[1]));
                }
            }
        }
        return all.stream().map(lying -> awaiting(lying, all)).toList();
    }

    private Lying lying(NightPerson person, int from, int to) {
        BedId bed = bedsOf(person)[from];
        boolean begins =
                from == person.from() && (person.own() == null || person.own().equals(bed));
        return new Lying(
                person.who(),
                bed,
                from,
                to,
                begins ? person.begins() : change(from),
                to == person.to() ? person.ends() : change(to),
                to < person.to() || person.endKnown(),
                bed.equals(person.own()) || bed.equals(promised.get(person)));
    }

    /** From night to night as long as the bed is the same and so is whether they wait in it. */
    private List<int[]> runs(NightPerson person) {
        List<int[]> runs = new ArrayList<>();
        for (int night = person.from(); night < person.to(); night++) {
            BedId bed = bedsOf(person)[night];
            boolean begins = night == person.from()
                    || !Objects.equals(bed, bedsOf(person)[night - 1])
                    || isWaiting(person, night, bed) != isWaiting(person, night - 1, bed);
            if (begins) {
                runs.add(new int[] {night, night});
            }
            runs.getLast()[1] = night + 1;
        }
        return runs;
    }

    /** Four in the afternoon, or now. */
    private Instant change(int night) {
        Instant at = plan.firstNight()
                .plusDays(night)
                .atTime(16, 0)
                .atZone(view.hospital().zone())
                .toInstant();
        return at.isBefore(plan.at()) ? plan.at() : at;
    }

    /** Not before those who have the bed before have left it, and it is clean; but for who lies in it already. */
    private Lying awaiting(Lying lying, List<Lying> all) {
        boolean isThere = all.stream()
                .anyMatch(other -> other.who().equals(lying.who())
                        && other.bed().equals(lying.bed())
                        && other.toNight() == lying.fromNight());
        boolean isOwn = lying.from().equals(plan.at())
                && bed(lying.bed()).occupants().stream()
                        .anyMatch(stay -> stay.id().equals(lying.who().stay()));
        return isThere || isOwn
                ? lying
                : all.stream()
                        .filter(other -> other.bed().equals(lying.bed())
                                && !other.who().equals(lying.who())
                                && other.toNight() <= lying.fromNight())
                        .map(other -> other.to().plusSeconds(60L * policy.cleaningMinutes()))
                        .filter(ready -> ready.isAfter(lying.from()) && ready.isBefore(lying.to()))
                        .max(Comparator.naturalOrder())
                        .map(lying::from)
                        .orElse(lying);
    }

    List<Move> moves() {
        List<Move> moves = new ArrayList<>();
        for (NightPerson person : people) {
            BedId last = person.own();
            for (int night = person.from(); night < person.to(); night++) {
                BedId bed = bedsOf(person)[night];
                if (bed != null && last != null && !bed.equals(last)) {
                    moves.add(new Move(person.who(), last, bed, night));
                }
                last = bed == null ? last : bed;
            }
        }
        return moves;
    }

    // Who has no bed, and why

    List<Unplaced> unplaced() {
        List<Unplaced> all = new ArrayList<>();
        for (NightPerson person : people) {
            for (int[] run : runs(person)) {
                BedId bed = bedsOf(person)[run[0]];
                if (bed == null || isWaiting(person, run[0], bed)) {
                    Instant needed = person.demand().from().isBefore(plan.at())
                            ? plan.at()
                            : person.demand().from();
                    all.add(new Unplaced(
                            person.who(),
                            run[0],
                            run[1],
                            run[0] == person.bound() ? needed : change(run[0]),
                            hindrances(person, run[0], run[1])));
                }
            }
        }
        return all;
    }

    private List<Hindrance> hindrances(NightPerson person, int from, int to) {
        int fewest = Integer.MAX_VALUE;
        Map<PlacementRule, Integer> counts = new EnumMap<>(PlacementRule.class);
        for (BedView bed : allBeds) {
            Set<PlacementRule> broken = broken(person, bed, from, to);
            if (!bed.bed().id().equals(person.own()) && !broken.isEmpty() && broken.size() <= fewest) {
                if (broken.size() < fewest) {
                    counts.clear();
                }
                fewest = broken.size();
                broken.forEach(rule -> counts.merge(rule, 1, Integer::sum));
            }
        }
        return counts.entrySet().stream()
                .sorted(Map.Entry.<PlacementRule, Integer>comparingByValue().reversed())
                .map(entry -> new Hindrance(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Those without a bed for whom there is one. */
    List<Unplaced> forgotten() {
        return plan.unplaced().stream()
                .filter(unplaced -> people.stream()
                        .filter(person -> person.is(unplaced.who()))
                        .anyMatch(person -> allBeds.stream()
                                .anyMatch(bed -> !bed.bed().id().equals(person.own())
                                        && broken(person, bed, unplaced.fromNight(), unplaced.toNight())
                                                .isEmpty())))
                .toList();
    }

    private Set<PlacementRule> broken(NightPerson person, BedView bed, int from, int to) {
        Set<PlacementRule> broken = EnumSet.noneOf(PlacementRule.class);
        broken.addAll(broken(person, bed.bed().id()));
        for (int night = from; night < to; night++) {
            addBroken(person, bed, night, broken);
        }
        return broken;
    }

    private void addBroken(NightPerson person, BedView bed, int night, Set<PlacementRule> broken) {
        BedStatus.Block block = bed.status().block();
        if (block != null && block.expectedEnd() != null && night < night(block.expectedEnd())) {
            broken.add(PlacementRule.BED_BLOCKED);
        }
        List<NightPerson> there = lodgers(bed.bed().id(), night);
        for (NightPerson other : there) {
            boolean isThere = bed.bed().id().equals(bedsOf(other)[night]);
            if (other != person) {
                broken.add(isThere ? PlacementRule.BED_OCCUPIED : PlacementRule.BED_RESERVED);
            }
        }
        ServiceView service = vacant.serviceOf(bed);
        long taken = service.beds().stream()
                .filter(other -> !lodgers(other.bed().id(), night).isEmpty())
                .count();
        if (there.isEmpty() && taken >= service.counts().staffed() + policy.staffingMarginBeds()) {
            broken.add(PlacementRule.STAFFED_CAPACITY);
        }
        Room room = bed.room();
        List<NightPerson> beside = room.beds().stream()
                .filter(other -> !other.id().equals(bed.bed().id()))
                .flatMap(other -> lodgers(other.id(), night).stream())
                .filter(other -> other != person)
                .toList();
        if (beside.size() >= room.capacity() && !bed.bed().surge()) {
            broken.add(PlacementRule.ROOM_FULL);
        }
        Sex sex = person.demand().needs().sex();
        for (NightPerson other : beside) {
            Sex otherSex = other.demand().needs().sex();
            if (room.sexPolicy() == SexPolicy.SAME_SEX
                    && EnumSet.of(sex, otherSex).size() > 1
                    && !EnumSet.of(sex, otherSex).contains(Sex.UNKNOWN)) {
                broken.add(PlacementRule.SEX);
            }
            List<NightPerson> both = List.of(person, other);
            if (both.stream().anyMatch(each -> each.demand().needs().isolation() != Isolation.NONE)) {
                broken.add(PlacementRule.ISOLATION);
            }
            if (both.stream().anyMatch(each -> each.demand().needs().singleRoom() == SingleRoom.PRESCRIBED)) {
                broken.add(PlacementRule.SINGLE_ROOM);
            }
        }
    }

    private int night(Instant at) {
        LocalDate day = at.atZone(view.hospital().zone())
                .toLocalDateTime()
                .minusHours(6)
                .toLocalDate();
        return (int) ChronoUnit.DAYS.between(plan.firstNight(), day);
    }
}
