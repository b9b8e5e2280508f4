package org.chevet.placement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.chevet.event.BedRequest;
import org.chevet.hospital.BedId;
import org.chevet.hospital.PlacementRule;
import org.chevet.hospital.StayId;
import org.chevet.occupancy.Layout;
import org.jspecify.annotations.Nullable;

/**
 * Finds the {@link Cascade} for a request that no bed fits. Nobody is moved twice.
 *
 * <p>The search goes backwards, with one move more at a time: the request is put in a bed it could have, whoever is in the way is lifted out, and is
 * put in a bed in turn. In the way is the bed's occupant, also one who leaves at a time at which nobody may be moved; somebody in its room,
 * where sexes, precautions or the number of patients do not allow another; anybody in its service, where the staff do not suffice. A shortest
 * cascade has no other moves, as one that makes nothing possible could be left out. What is found is then played forwards in every order, and
 * has to be allowed by the scorer at every step; where it is not, since somebody leaves later or has come before, whoever is in the way then is
 * lifted as well.
 *
 * <p>The world is changed while it is searched and is afterwards as it was. Not thread-safe.
 */
public final class Cascades {
    /**
     * @param movesMax at least 0
     * @param hoursBeforeDischarge whoever is due to leave sooner is not moved
     * @param looksMax after looking at about so many beds the search ends with what it has; the same for the same hospital, however fast
     *     the machine
     */
    public record Limits(int movesMax, boolean nightMovesAllowed, int hoursBeforeDischarge, long looksMax) {
        public static final Limits USUAL = new Limits(3, false, 6, 50_000_000);
    }

    /**
     * What a search came to.
     *
     * @param cascade null when none was found that frees a bed that fits
     * @param proven whether the search came to its end: no cascade is shorter or less harmful, and where none was found there is none
     */
    public record Found(@Nullable Cascade cascade, boolean proven) {}

    private record Step(Mover mover, int bed) {}

    private record Blocked(Step step, int broken) {}

    /** Rules that somebody else in the room is in the way of. */
    private static final int ROOM = PlacementRule.SEX.bit()
            | PlacementRule.ISOLATION.bit()
            | PlacementRule.ROOM_FULL.bit()
            | PlacementRule.SINGLE_ROOM.bit();

    private static final int[] NO_BEDS = {};

    /** To try a move in the world takes about as long as to look at so many beds. */
    private static final int LOOKS_PER_CHANGE = 10;

    private final PlacementWorld world;
    private final Limits limits;
    private final Trial trial;
    private final Proposals proposals;

    private @Nullable Mover[] movers = {};
    private int[] openBeds = {};

    /** By bed: whether whoever lies there could be put in an open bed, as far as only the two are concerned; 0 while not known. */
    private byte[] settles = {};

    /** In the order of placing: the request first. */
    private final List<Step> steps = new ArrayList<>();

    private final List<Mover> lifted = new ArrayList<>();
    private boolean[] isLifted = {};

    /** Beds of all who are lifted or were, whoever may have been put there meanwhile. */
    private int[] vacated = {};

    private int vacatedCount;

    /** Beds of those lifted that were not wanted for themselves, and so may be anybody's. */
    private int spareBeds;

    private List<Step> best = List.of();

    /** Of the moves; and of the bed that the request gets, which counts among cascades of equal harm. */
    private long bestHarm = Long.MAX_VALUE;

    private int bestCost;

    private long looks;

    public Cascades(PlacementWorld world, Limits limits) {
        this.world = world;
        this.limits = limits;
        trial = new Trial(world);
        proposals = new Proposals(world);
    }

    /** The shortest cascade, with no more moves than are allowed, and of those the least harmful. */
    public Found find(BedRequest request) {
        Mover waiting = Mover.waiting(world, request);
        movers = Mover.allBut(world, request.stay(), limits.hoursBeforeDischarge);
        openBeds = IntStream.range(0, world.beds())
                .filter(bed -> world.broken[bed] == 0 && world.reservedFor[bed] == null)
                .toArray();
        settles = new byte[world.beds()];
        isLifted = new boolean[world.beds()];
        vacated = new int[limits.movesMax];
        best = List.of();
        bestHarm = Long.MAX_VALUE;
        looks = 0;
        for (int moves = 0; moves <= limits.movesMax && best.isEmpty() && !isSpent(); moves++) {
            place(waiting, moves, 0);
        }
        return new Found(best.isEmpty() ? null : cascade(request), !isSpent());
    }

    private boolean isSpent() {
        return looks > limits.looksMax;
    }

    /** @param movesLeft how many more may be lifted */
    private void place(Mover mover, int movesLeft, long costSoFar) {
        if (movesLeft > 0 || mover.bed == Layout.NONE) {
            for (int bed : candidates(mover)) {
                if (isSpent()) {
                    return;
                }
                if (mayClear(bed, movesLeft)) {
                    clear(mover, bed, movesLeft, costSoFar);
                }
            }
            return;
        }
        for (int i = 0; i < openBeds.length && !isSpent(); i++) {
            clear(mover, openBeds[i], 0, costSoFar);
        }
        for (int i = 0; i < vacatedCount; i++) {
            clear(mover, vacated[i], 0, costSoFar);
        }
    }

    /** Whether whoever lies in the bed, if anybody has to leave it, could end in an open bed with so few moves. */
    private boolean mayClear(int bed, int movesLeft) {
        Mover occupant = movers[bed];
        return occupant == null
                || world.broken[bed] == 0
                || spareBeds > 0
                || !isLifted[bed] && mayEnd(occupant, movesLeft - 1);
    }

    private boolean mayEnd(Mover mover, int movesLeft) {
        if (movesLeft > 1 || settles(mover)) {
            return true;
        }
        for (int bed : movesLeft == 1 ? candidates(mover) : NO_BEDS) {
            looks++;
            Mover occupant = movers[bed];
            if (occupant != null && settles(occupant)) {
                return true;
            }
        }
        return false;
    }

    private int[] candidates(Mover mover) {
        if (!mover.knowsCandidates()) {
            looks += world.beds();
        }
        return mover.candidates();
    }

    private boolean settles(Mover mover) {
        if (settles[mover.bed] == 0) {
            int[] candidates = candidates(mover);
            looks += openBeds.length;
            boolean found = Arrays.stream(openBeds).anyMatch(bed -> Arrays.binarySearch(candidates, bed) >= 0);
            settles[mover.bed] = (byte) (found ? 1 : -1);
        }
        return settles[mover.bed] > 0;
    }

    /** Puts the mover in the bed, once whoever is in the way is lifted. */
    private void clear(Mover mover, int bed, int movesLeft, long costSoFar) {
        looks++;
        mover.fit.forget();
        int broken = mover.fit.broken(bed);
        if (broken == 0) {
            boolean tooLate = isExcludedNightMove(mover);
            put(mover, bed, movesLeft, costSoFar + leastCost(mover));
            if (tooLate && movesLeft > 0) {
                lift(mover, bed, bed, movesLeft, costSoFar);
            }
        } else if (movesLeft > 0) {
            liftEach(mover, bed, broken, movesLeft, costSoFar);
        }
    }

    /** Lifts, one instead of the other, those in the way of a mover: of the rules that are broken, the first has to be made good in any case. */
    private void liftEach(Mover mover, int bed, int broken, int movesLeft, long costSoFar) {
        if ((broken & PlacementRule.BED_OCCUPIED.bit()) != 0) {
            lift(mover, bed, bed, movesLeft, costSoFar);
            return;
        }
        int room = world.layout().roomOfBed(bed);
        int service = world.layout().serviceOfBed(bed);
        boolean inRoom = (broken & ROOM) != 0;
        int from = inRoom ? world.layout().firstBedOfRoom(room) : world.layout().firstBedOfService(service);
        int end = inRoom ? world.layout().endOfRoom(room) : world.layout().endOfService(service);
        boolean helps = inRoom || (broken & PlacementRule.STAFFED_CAPACITY.bit()) != 0;
        for (int other = from; helps && other < end && !isSpent(); other++) {
            looks++;
            if (other != bed) {
                lift(mover, bed, other, movesLeft, costSoFar);
            }
        }
    }

    private void lift(Mover mover, int bed, int from, int movesLeft, long costSoFar) {
        Mover inTheWay = movers[from];
        boolean isPlaced = steps.stream().anyMatch(step -> step.mover == mover);
        int spare = from == bed && !isPlaced ? 0 : 1;
        if (inTheWay == null
                || isLifted[from]
                || inTheWay == mover
                || spareBeds + spare == 0 && !mayEnd(inTheWay, movesLeft - 1)) {
            return;
        }
        looks += LOOKS_PER_CHANGE;
        int mark = trial.mark();
        isLifted[from] = true;
        spareBeds += spare;
        lifted.add(inTheWay);
        vacated[vacatedCount++] = from;
        trial.vacate(from, world.now().getEpochSecond());
        if (isPlaced) {
            placeNext(movesLeft - 1, costSoFar);
        } else {
            clear(mover, bed, movesLeft - 1, costSoFar);
        }
        trial.backTo(mark);
        lifted.removeLast();
        vacatedCount--;
        spareBeds -= spare;
        isLifted[from] = false;
    }

    private void put(Mover mover, int bed, int movesLeft, long costSoFar) {
        if (costSoFar > bestHarm) {
            return;
        }
        looks += LOOKS_PER_CHANGE;
        int mark = trial.mark();
        steps.add(new Step(mover, bed));
        trial.occupy(bed, mover.tenant);
        placeNext(movesLeft, costSoFar);
        trial.backTo(mark);
        steps.removeLast();
    }

    private void placeNext(int movesLeft, long costSoFar) {
        if (!lifted.isEmpty()) {
            Mover next = lifted.removeLast();
            place(next, movesLeft, costSoFar);
            lifted.add(next);
            return;
        }
        for (Blocked blocked : play()) {
            if (movesLeft > 0) {
                liftEach(blocked.step.mover, blocked.step.bed, blocked.broken, movesLeft, costSoFar);
            }
        }
    }

    /** What the move just asked for costs in any state of the hospital that can come of it. */
    private static long leastCost(Mover mover) {
        if (mover.bed == Layout.NONE) {
            return 0;
        }
        Fit fit = mover.fit;
        return fit.points(PlacementRule.SPECIALTY_RANK)
                + fit.points(PlacementRule.OUTLIER)
                + fit.points(PlacementRule.EQUIPMENT_PREFERRED)
                + fit.points(PlacementRule.SINGLE_ROOM_WISHED)
                + fit.points(PlacementRule.SCARCE_SINGLE_ROOM)
                + fit.points(PlacementRule.SCARCE_PRESSURE)
                + fit.points(PlacementRule.SCARCE_MONITORED)
                + fit.points(PlacementRule.READY_SOONER)
                + fit.points(PlacementRule.MOVE)
                + fit.points(PlacementRule.EARLIER_SERVICE);
    }

    /**
     * Plays the moves found in every order, as they would be done, the request last, and keeps what is allowed and better.
     *
     * @return for each order that is not allowed, the first step that is not: since a place given up later, or taken before, is in the way
     */
    private Set<Blocked> play() {
        trial.suspend();
        Set<Blocked> blocked = new LinkedHashSet<>();
        play(new ArrayList<>(), 0, blocked);
        trial.resume();
        return blocked;
    }

    private void play(List<Step> played, long harm, Set<Blocked> blocked) {
        if (played.size() == steps.size() - 1) {
            Step last = steps.getFirst();
            if (isAllowed(last, blocked)) {
                keepIfBetter(last, played, harm, last.mover.fit.costPoints());
            }
            return;
        }
        for (Step step : steps.subList(1, steps.size())) {
            if (!played.contains(step) && isAllowed(step, blocked)) {
                looks += LOOKS_PER_CHANGE;
                Trial forwards = new Trial(world);
                long cost = step.mover.fit.costPoints();
                move(forwards, step, step.mover.fit.usableAtSecond());
                played.add(step);
                play(played, harm + cost, blocked);
                played.removeLast();
                forwards.backTo(0);
            }
        }
    }

    private boolean isAllowed(Step step, Set<Blocked> blocked) {
        looks++;
        Fit fit = step.mover.fit;
        fit.forget();
        int broken = fit.broken(step.bed);
        if (broken != 0) {
            blocked.add(new Blocked(step, broken));
            return false;
        }
        return !isExcludedNightMove(step.mover);
    }

    /** Of the bed asked for last. */
    private boolean isExcludedNightMove(Mover mover) {
        return mover.bed != Layout.NONE && !limits.nightMovesAllowed && mover.fit.isNightMove();
    }

    private void keepIfBetter(Step last, List<Step> played, long harm, int cost) {
        List<Step> found = new ArrayList<>(played);
        found.add(last);
        if (isBetter(found, harm, cost)) {
            best = found;
            bestHarm = harm;
            bestCost = cost;
        }
    }

    /** The last word is the beds' ids', so that the same hospital in another order has the same cascade. */
    private boolean isBetter(List<Step> found, long harm, int cost) {
        if (harm != bestHarm) {
            return harm < bestHarm;
        }
        return cost != bestCost ? cost < bestCost : Arrays.compare(ranks(found), ranks(best)) < 0;
    }

    private int[] ranks(List<Step> of) {
        return of.stream()
                .flatMapToInt(step -> IntStream.of(
                        world.hospital().rankOfBed[step.bed],
                        step.mover.bed == Layout.NONE ? Layout.NONE : world.hospital().rankOfBed[step.mover.bed]))
                .toArray();
    }

    private static void move(Trial trial, Step step, long atSecond) {
        trial.vacate(step.mover.bed, atSecond);
        trial.occupy(step.bed, step.mover.tenant);
    }

    private Cascade cascade(BedRequest request) {
        Trial forwards = new Trial(world);
        List<Cascade.Move> moves = new ArrayList<>();
        for (Step step : best.subList(0, best.size() - 1)) {
            Proposal to = proposal(step);
            StayId stay = Objects.requireNonNull(step.mover.demand.stay());
            moves.add(new Cascade.Move(stay, id(step.mover.bed), to));
            move(forwards, step, to.usableAt().getEpochSecond());
        }
        Proposal placed = proposal(best.getLast());
        forwards.backTo(0);
        return new Cascade(request.id(), moves, placed, Math.toIntExact(bestHarm));
    }

    private Proposal proposal(Step step) {
        Proposal proposal = proposals.explain(step.mover.demand, id(step.bed)).proposal();
        if (proposal == null) {
            throw new IllegalStateException(
                    "a cascade puts somebody in bed " + id(step.bed) + ", which a rule excludes");
        }
        return proposal;
    }

    private BedId id(int bed) {
        return world.bed(bed).bed().id();
    }
}
