package org.chevet.placement.stay;

import java.util.Arrays;
import java.util.function.IntBinaryOperator;

/**
 * Makes and betters a plan of stays by simulated annealing over {@linkplain Exchange exchanges} and {@linkplain Turnover turnovers}: they
 * are tried at random, one for the better is made, one that costs d more with the chance exp(-d / temperature), and the temperature
 * falls by a constant ratio as the caller's budget is used. Both ends of it are taken from the prices of exchanges tried in this very
 * problem, and from nothing also from what its stays cost. The best plan met is kept, so a plan's cost never rises.
 *
 * <p>From nothing, the sexes in one-sex rooms cost little at first and their full price at {@link #SEXES_FULL} of the budget: which
 * rooms are women's on which nights is hard to change once it costs its price, and is settled better by what else the stays want.
 *
 * <p>Owned by one thread. Deterministic for a problem, a seed and a budget of moves.
 */
public final class StayPlanner {
    private static final int MOVES_BETWEEN_LOOKS = 512;
    private static final int PRICES_SAMPLED = 4096;
    /** Hot is what the exchange at this share costs among those sampled that cost anything, the cheapest first. */
    private static final double HOT_QUANTILE = 0.05;

    /** From nothing it is no more than this share of what a stay costs on average in the first plan. */
    private static final double HOT_MOST_PER_STAY = 0.6;

    private static final double COLD_SHARE = 1.0 / 20;
    private static final double HOT_SHARE_OF_INCUMBENT = 0.1;
    /** Of 100 exchanges tried, how many begin with a part of a stay's nights in its room. */
    private static final int SPLITS_PERCENT = 10;

    /** Of 100 exchanges tried to a cheaper room, how many are tried as a {@link Turnover} instead. */
    private static final int TURNOVERS_PERCENT = 30;

    /** Where in the budget the sexes cost their full price, and the share of it that they cost at the beginning. */
    private static final double SEXES_FULL = 0.8;

    private static final double SEXES_FIRST_SHARE = 0.1;
    private static final double SEXES_STEPS = 64;
    /** While they cost a share, it is of no more than this times the first temperature: what must not be is as free to change. */
    private static final double SEXES_MOST_HOT = 2;

    /** How long a search goes on. */
    @FunctionalInterface
    public interface Budget {
        /** Which part of the budget has gone after so many moves tried in this search; it ends at 1. Asked every 512 moves. */
        double used(long moves);

        static Budget ofMoves(long movesMost) {
            return moves -> (double) moves / movesMost;
        }
    }

    private final StayPlanProblem problem;
    private final SearchRandom random;
    private final Rooming rooming;
    private final Exchange exchange;
    private final Turnover turnover;
    /** By part, the rooms allowed, the cheapest first, equals in random order. */
    private final int[][] allowed;
    /** Where a proposal goes: set by {@link #propose}. */
    private int stay;

    private int from;
    private int to;
    private int target;

    private final double hot;
    private final double sexesFirstShare;
    /** At the prices that the sexes have now. */
    private long cost;

    private final int[] best;
    private long bestCost;
    private long moves;

    /** Starts from nothing. */
    public StayPlanner(StayPlanProblem problem, long seed) {
        this(problem, seed, (stay, night) -> StayPlanProblem.NOWHERE, 1, HOT_MOST_PER_STAY, SEXES_FIRST_SHARE);
    }

    /**
     * Starts from a plan of this problem or of what it was before the last events. It is searched near by: at a temperature
     * that mends what the events broke and leaves the rest.
     *
     * @param incumbent room by stay and night, {@link StayPlanProblem#NOWHERE} for those it does not know
     */
    public StayPlanner(StayPlanProblem problem, long seed, IntBinaryOperator incumbent) {
        this(problem, seed, incumbent, HOT_SHARE_OF_INCUMBENT, Double.MAX_VALUE, 1);
    }

    private StayPlanner(
            StayPlanProblem problem,
            long seed,
            IntBinaryOperator incumbent,
            double hotShare,
            double hotMostPerStay,
            double sexesFirstShare) {
        this.problem = problem;
        this.sexesFirstShare = sexesFirstShare;
        random = new SearchRandom(seed);
        rooming = new Rooming(problem);
        exchange = new Exchange(rooming, random);
        allowed = new int[problem.parts][];
        Arrays.setAll(allowed, this::roomsByPrice);
        turnover = new Turnover(rooming, random, allowed);
        Placing placing = new Placing(rooming, allowed);
        placing.keep(incumbent);
        placing.placeOthers();
        cost = problem.cost(rooming.roomOf);
        best = rooming.roomOf.clone();
        bestCost = cost;
        hot = Math.min(sampledPrice() * hotShare, hotMostPerStay * cost / Math.max(1, problem.stays));
    }

    private int[] roomsByPrice(int part) {
        long[] keys = new long[problem.rooms];
        int count = 0;
        for (int room = 0; room < problem.rooms; room++) {
            if (problem.allows(part, room)) {
                long price = problem.price[part * (problem.rooms + 1) + room];
                keys[count++] = price << 40 | (long) random.below(1 << 20) << 20 | room;
            }
        }
        Arrays.sort(keys, 0, count);
        int[] rooms = new int[count];
        Arrays.setAll(rooms, i -> (int) (keys[i] & (1 << 20) - 1));
        return rooms;
    }

    /** What a cheap one among the exchanges for the worse costs here. */
    private double sampledPrice() {
        long[] prices = new long[PRICES_SAMPLED];
        int count = 0;
        for (int i = 0; i < PRICES_SAMPLED && problem.stays > 0; i++) {
            if (propose()) {
                long delta = exchange.price(stay, from, to, target, Double.MAX_VALUE);
                if (delta > 0 && delta < StayPlanProblem.HARD) {
                    prices[count++] = delta;
                }
            }
        }
        Arrays.sort(prices, 0, count);
        return count == 0 ? 1 : prices[(int) (HOT_QUANTILE * count)];
    }

    /** Searches until the budget is used; may be called again, which begins hot again. */
    public void search(Budget budget) {
        if (problem.stays == 0) {
            return;
        }
        long before = moves;
        double used;
        while ((used = budget.used(moves - before)) < 1) {
            priceSexes(used);
            double temperature = hot * StrictMath.pow(COLD_SHARE, used);
            for (int i = 0; i < MOVES_BETWEEN_LOOKS; i++) {
                tryOne(temperature);
            }
            moves += MOVES_BETWEEN_LOOKS;
            if (sexesShare(used) >= 1) {
                keepIfBest(cost);
            }
        }
        priceSexes(1);
    }

    private double sexesShare(double used) {
        double step = Math.floor(used * SEXES_STEPS) / SEXES_STEPS;
        return Math.min(1, sexesFirstShare + (1 - sexesFirstShare) * step / SEXES_FULL);
    }

    private void priceSexes(double used) {
        if (rooming.priceSexes(sexesShare(used), SEXES_MOST_HOT * hot)) {
            keepIfBest(problem.cost(rooming.roomOf));
            cost = problem.cost(rooming.roomOf, rooming.sexPrice);
        }
    }

    private void keepIfBest(long fullCost) {
        if (fullCost < bestCost) {
            bestCost = fullCost;
            System.arraycopy(rooming.roomOf, 0, best, 0, best.length);
        }
    }

    private void tryOne(double temperature) {
        double limit = temperature * random.exponential();
        if (!propose()) {
            return;
        }
        if (isCheaper() && random.below(100) < TURNOVERS_PERCENT) {
            if (turnover.make(stay, from, to, target, limit)) {
                cost += turnover.delta();
            }
        } else {
            long delta = exchange.price(stay, from, to, target, limit);
            if (delta <= limit) {
                exchange.make();
                cost += delta;
            }
        }
    }

    private boolean propose() {
        stay = random.below(problem.stays);
        int night = problem.from[stay] + random.below(problem.to[stay] - problem.from[stay]);
        int index = rooming.indexOf(stay, night);
        int part = problem.partAt[index];
        int[] rooms = allowed[part];
        if (rooms.length == 0) {
            return false;
        }
        from = rooming.runFrom(stay, night);
        to = rooming.runTo(stay, night);
        target = rooms[random.lowBelow(rooms.length)];
        if (random.below(100) < SPLITS_PERCENT) {
            split(night);
        }
        return target != rooming.roomOf[index] && problem.allows(part, target);
    }

    private boolean isCheaper() {
        int index = rooming.indexOf(stay, from);
        int row = problem.partAt[index] * (problem.rooms + 1);
        return problem.price[row + target] < problem.price[row + rooming.roomOf[index]];
    }

    /**
     * Takes the head or the tail of the nights only, up to this night; to where the stay comes from or goes to if it does, for
     * then a change of room is only put off or brought forward.
     */
    private void split(int night) {
        if (random.below(2) == 0) {
            to = night + 1;
            if (from > problem.from[stay]) {
                target = neighbour(rooming.indexOf(stay, from) - 1);
            }
        } else {
            from = night;
            if (to < problem.to[stay]) {
                target = neighbour(rooming.indexOf(stay, to - 1) + 1);
            }
        }
    }

    private int neighbour(int index) {
        int room = rooming.roomOf[index];
        return room == rooming.nowhere ? target : room;
    }

    /** The best plan met so far. */
    public StayPlan plan() {
        return new StayPlan(problem, best);
    }

    /** Its cost, in the problem's unit. */
    public long cost() {
        return bestCost;
    }

    /** How many exchanges have been tried. */
    public long moves() {
        return moves;
    }
}
