package org.chevet.placement;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.chevet.hospital.BedId;
import org.chevet.hospital.PlacementRule;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.Layout;
import org.chevet.occupancy.Stay;
import org.chevet.placement.BedPlan.Hindrance;
import org.chevet.placement.BedPlan.Lying;
import org.chevet.placement.BedPlan.Move;
import org.chevet.placement.BedPlan.Unplaced;
import org.chevet.placement.stay.StayPlanProblem;
import org.chevet.placement.stay.StayPlanner;
import org.jspecify.annotations.Nullable;

/**
 * Plans a hospital's nights: who is here keeps their bed unless a move pays, who waits and who is expected gets one. What a bed is for somebody is the
 * scorer's word, in a hospital where nobody lies; what they are to each other is the {@link StayPlanProblem}'s, which gives rooms. Beds are
 * then dealt out one by one, each asked for by every rule again, and whoever got none is tried wherever there is a place left.
 *
 * <p>Anytime: the best plan so far only gets better. Begins with the plan before, so that little changes from one event to the next. Of a view, a
 * time, a plan before, a seed and the moves searched, the result is always the same. Not thread-safe.
 */
public final class BedPlanner {
    /** The horizon: elective patients of two weeks. */
    public static final int NIGHTS = 14;

    /** More than these stays times beds are not planned: the solver keeps a price for each. */
    public static final int PRICES_MAX = 10_000_000;

    /** @param comes whether they come to the bed then, and do not lie in it already */
    private record Told(Lying lying, boolean comes) {}

    private final HospitalView view;
    private final Instant now;
    private final PlacementWorld vacant;
    private final NightCalendar calendar;
    private final List<PlannedStay> stays;
    private final NightDeal deal;
    private final NightProblem problem;
    private final StayPlanner solver;
    private NightDeal.Dealt best;

    /**
     * @param before the plan that is to be kept as far as it still holds; null for the first
     * @throws IllegalArgumentException when the hospital is too large, see {@link #PRICES_MAX}
     */
    public BedPlanner(HospitalView view, Instant now, @Nullable BedPlan before, long seed) {
        if (isTooLarge(view)) {
            throw new IllegalArgumentException("hospital " + view.hospital().id() + " has " + stays(view)
                    + " stays to plan in " + beds(view) + " beds; one times the other may be at most " + PRICES_MAX);
        }
        this.view = view;
        this.now = now;
        vacant = PlacementWorld.vacant(view, now);
        calendar = NightCalendar.from(now, view.hospital().zone(), NIGHTS);
        stays = PlannedStays.of(vacant, calendar);
        NightPrices prices = new NightPrices(vacant.hospital().policy);
        int[][] bedsBefore = new BedsBefore(vacant, calendar, before).of(stays);
        deal = new NightDeal(vacant, calendar, stays, prices, bedsBefore);
        problem = new NightProblem(vacant, calendar, stays, prices, deal, bedsBefore);
        solver = new StayPlanner(problem.compiled(), seed, problem::unitBefore);
        best = deal.deal(problem.beds(solver.plan()));
    }

    /** As its stays are counted before anything is compiled, which is generously. */
    public static boolean isTooLarge(HospitalView view) {
        return stays(view) * beds(view) > PRICES_MAX;
    }

    private static int beds(HospitalView view) {
        return view.services().stream()
                .mapToInt(service -> service.beds().size())
                .sum();
    }

    private static long stays(HospitalView view) {
        long here = view.stays().values().stream().filter(Stay::isHere).count();
        return view.requests().size() + view.expected().size() + here;
    }

    /** Tries so many changes more, about; a million take a second or so. */
    public void search(long moves) {
        solver.search(StayPlanner.Budget.ofMoves(moves));
        NightDeal.Dealt next = deal.deal(problem.beds(solver.plan()));
        best = next.cost() < best.cost() ? next : best;
    }

    /** The best plan so far. */
    public BedPlan plan() {
        List<Told> told = new ArrayList<>();
        List<Move> moves = new ArrayList<>();
        List<Unplaced> unplaced = new ArrayList<>();
        for (int stay = 0; stay < stays.size(); stay++) {
            tell(stay, told, moves, unplaced);
        }
        moves.sort(Comparator.comparingInt(Move::night));
        return new BedPlan(
                view.sequence(),
                now,
                calendar.first(),
                calendar.nights(),
                best.cost() / NightPrices.UNITS_PER_POINT,
                problem.bound() / NightPrices.UNITS_PER_POINT,
                awaitBeds(told),
                moves,
                unplaced);
    }

    private void tell(int stay, List<Told> told, List<Move> moves, List<Unplaced> unplaced) {
        PlannedStay who = stays.get(stay);
        if (who.nights() == 0) {
            told.add(new Told(
                    new Lying(who.who, id(who.ownBed), 0, 0, who.begins, who.ends, who.endKnown, true), false));
            return;
        }
        if (who.isPresent() && bed(stay, 0) != who.ownBed) {
            told.add(new Told(new Lying(who.who, id(who.ownBed), 0, 0, now, changed(0), true, true), false));
        }
        int last = who.ownBed;
        int night = who.from;
        while (night < who.to) {
            int from = night;
            int bed = bed(stay, from);
            boolean waits = isWaiting(stay, from);
            while (night < who.to && bed(stay, night) == bed && isWaiting(stay, night) == waits) {
                night++;
            }
            if (bed == Layout.NONE || waits) {
                unplaced.add(unplaced(stay, from, night));
            }
            if (bed != Layout.NONE) {
                boolean comes = bed != (from == who.from ? who.ownBed : bed(stay, from - 1));
                told.add(new Told(lying(stay, bed, from, night), comes));
            }
            if (bed != Layout.NONE && last != Layout.NONE && bed != last) {
                moves.add(new Move(who.who, id(last), id(bed), from));
            }
            last = bed == Layout.NONE ? last : bed;
        }
    }

    private int bed(int stay, int night) {
        return best.beds()[stay][night - stays.get(stay).from];
    }

    private boolean isWaiting(int stay, int night) {
        PlannedStay who = stays.get(stay);
        return who.waitsInOwnBed() && night >= who.boundUntil && bed(stay, night) == who.ownBed;
    }

    /** Nobody comes to a bed before all who lay in it have left and it is clean. */
    private List<Lying> awaitBeds(List<Told> told) {
        Map<BedId, List<Lying>> byBed = told.stream().map(Told::lying).collect(Collectors.groupingBy(Lying::bed));
        return told.stream()
                .map(each ->
                        each.comes ? awaitBed(each.lying, byBed.getOrDefault(each.lying.bed(), List.of())) : each.lying)
                .toList();
    }

    private Lying awaitBed(Lying is, List<Lying> ofBed) {
        Duration cleaning = Duration.ofMinutes(vacant.hospital().policy.cleaningMinutes());
        return ofBed.stream()
                .filter(other -> !other.who().equals(is.who()) && other.toNight() <= is.fromNight())
                .map(before -> before.to().plus(cleaning))
                .filter(ready -> ready.isAfter(is.from()) && ready.isBefore(is.to()))
                .max(Comparator.naturalOrder())
                .map(is::from)
                .orElse(is);
    }

    private Instant changed(int night) {
        Instant change = calendar.change(night);
        return change.isBefore(now) ? now : change;
    }

    private Lying lying(int stay, int bed, int from, int to) {
        PlannedStay who = stays.get(stay);
        boolean moves = from != who.from || who.isPresent() && bed != who.ownBed;
        return new Lying(
                who.who,
                id(bed),
                from,
                to,
                moves ? changed(from) : who.begins,
                to == who.to ? who.ends : changed(to),
                to != who.to || who.endKnown,
                bed == who.ownBed || bed == deal.promised(stay));
    }

    private Unplaced unplaced(int stay, int from, int to) {
        PlannedStay who = stays.get(stay);
        Instant needed = who.demand.from().isBefore(now) ? now : who.demand.from();
        boolean first = from == (who.isPresent() ? who.boundUntil : who.from);
        return new Unplaced(who.who, from, to, first ? needed : changed(from), hindrances(stay, from, to));
    }

    private List<Hindrance> hindrances(int stay, int from, int to) {
        int[] beds = new int[PlacementRule.values().length];
        int fewest = Integer.MAX_VALUE;
        for (int bed = 0; bed < vacant.beds(); bed++) {
            int broken = best.nights().broken(stay, bed, from, to);
            int count = Integer.bitCount(broken);
            if (bed == stays.get(stay).ownBed || count == 0 || count > fewest) {
                continue;
            }
            if (count < fewest) {
                fewest = count;
                Arrays.fill(beds, 0);
            }
            for (PlacementRule rule : PlacementRule.values()) {
                beds[rule.ordinal()] += (broken & rule.bit()) == 0 ? 0 : 1;
            }
        }
        return Arrays.stream(PlacementRule.values())
                .filter(rule -> beds[rule.ordinal()] > 0)
                .sorted(Comparator.comparingInt((PlacementRule rule) -> -beds[rule.ordinal()]))
                .map(rule -> new Hindrance(rule, beds[rule.ordinal()]))
                .toList();
    }

    private BedId id(int bed) {
        return vacant.bed(bed).bed().id();
    }
}
