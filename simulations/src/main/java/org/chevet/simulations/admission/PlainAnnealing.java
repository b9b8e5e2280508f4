package org.chevet.simulations.admission;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.chevet.hospital.Sex;
import org.chevet.placement.stay.StayPlanner.Budget;
import org.chevet.simulations.admission.AdmissionInstance.Bed;
import org.chevet.simulations.admission.AdmissionProblem.PricedPart;

/**
 * A peer of the stay planner, as anyone would write it in an afternoon: simulated annealing whose moves are a part of a stay to
 * another bed, and two parts that change beds. No two are ever in one bed; a change of bed between the parts of a stay is free, as it
 * is for us in the one instance that has several.
 */
public final class PlainAnnealing {
    // Hot and cold in tenths, tried with 8 million moves and two seeds: the costs on 03 / 13 are 886.1 / 10,783.5 for
    // 40 to 2,
    // 869.1 / 11,184.8 for 20 to 2, 883.8 / 10,697.7 for 80 to 2, 916.3 / 10,838.7 for 40 to 4 and 865.3 / 10,931.9 for
    // 40 to 1. None is
    // best on both, and a short search likes it colder.
    private static final double HOT = 40;
    private static final double COLD = 2;
    private static final int MOVES_BETWEEN_LOOKS = 512;
    private static final int FREE = -1;

    /**
     * The best plan met.
     *
     * @param bedOf the bed's place in the instance by part
     * @param cost in tenths, without the changes of bed between parts
     */
    public record Plan(List<Integer> bedOf, long cost) {}

    private final List<PricedPart> parts;
    private final List<Bed> beds;
    private final int[] roomOf;
    private final int[] sexPrice;
    private final int[][] prices;
    private final int[] bedOf;
    /** Who is in it, by bed and night. */
    private final int[][] partIn;

    private final int[][] women;
    private final int[][] men;
    private final SplittableRandom random;
    private long cost;

    private PlainAnnealing(AdmissionProblem problem, long seed) {
        AdmissionInstance instance = problem.instance();
        parts = problem.parts();
        beds = instance.beds();
        roomOf = beds.stream().mapToInt(Bed::room).toArray();
        sexPrice =
                instance.rooms().stream().mapToInt(AdmissionProblem::sexPrice).toArray();
        prices = parts.stream()
                .map(part -> part.prices().stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
        bedOf = new int[parts.size()];
        Arrays.fill(bedOf, FREE);
        partIn = new int[beds.size()][instance.nights()];
        Arrays.stream(partIn).forEach(nights -> Arrays.fill(nights, FREE));
        women = new int[sexPrice.length][instance.nights()];
        men = new int[sexPrice.length][instance.nights()];
        random = new SplittableRandom(seed);
        IntStream.range(0, parts.size())
                .boxed()
                .sorted(Comparator.comparingInt(part -> parts.get(part).from()))
                .forEach(this::placeFirst);
    }

    /**
     * Searches until the budget is used.
     *
     * @throws IllegalArgumentException when there are not beds enough for everybody
     */
    public static Plan run(AdmissionProblem problem, Budget budget, long seed) {
        return new PlainAnnealing(problem, seed).search(budget);
    }

    private void placeFirst(int part) {
        int bed = IntStream.range(0, beds.size())
                .filter(each -> isFree(each, part, FREE))
                .boxed()
                .min(Comparator.comparingInt(each -> prices[part][roomOf[each]]))
                .orElseThrow(() -> new IllegalArgumentException("there are not beds enough"));
        cost += enter(part, bed);
    }

    private Plan search(Budget budget) {
        int[] best = bedOf.clone();
        long bestCost = cost;
        double used;
        for (long moves = 0; (used = budget.used(moves)) < 1; moves += MOVES_BETWEEN_LOOKS) {
            double temperature = HOT * Math.pow(COLD / HOT, used);
            for (int i = 0; i < MOVES_BETWEEN_LOOKS; i++) {
                double most = -temperature * Math.log(1 - random.nextDouble());
                cost += random.nextBoolean() ? change(most) : swap(most);
            }
            if (cost < bestCost) {
                bestCost = cost;
                System.arraycopy(bedOf, 0, best, 0, best.length);
            }
        }
        return new Plan(Arrays.stream(best).boxed().toList(), bestCost);
    }

    /** What it cost more, which is at most {@code most}; 0 when it was not made. */
    private long change(double most) {
        int part = random.nextInt(parts.size());
        int bed = random.nextInt(beds.size());
        int old = bedOf[part];
        if (bed == old || !isFree(bed, part, FREE)) {
            return 0;
        }
        long delta = leave(part) + enter(part, bed);
        if (delta <= most) {
            return delta;
        }
        leave(part);
        enter(part, old);
        return 0;
    }

    private long swap(double most) {
        int one = random.nextInt(parts.size());
        int other = random.nextInt(parts.size());
        int bedOne = bedOf[one];
        int bedOther = bedOf[other];
        if (bedOne == bedOther || !isFree(bedOther, one, other) || !isFree(bedOne, other, one)) {
            return 0;
        }
        long delta = leave(one) + leave(other) + enter(one, bedOther) + enter(other, bedOne);
        if (delta <= most) {
            return delta;
        }
        leave(one);
        leave(other);
        enter(one, bedOne);
        enter(other, bedOther);
        return 0;
    }

    private boolean isFree(int bed, int part, int butFor) {
        for (int night = parts.get(part).from(); night < parts.get(part).to(); night++) {
            if (partIn[bed][night] != FREE && partIn[bed][night] != butFor) {
                return false;
            }
        }
        return true;
    }

    private long enter(int part, int bed) {
        bedOf[part] = bed;
        long cost = 0;
        int room = roomOf[bed];
        int[] own = count(part)[room];
        int[] others = otherCount(part)[room];
        for (int night = parts.get(part).from(); night < parts.get(part).to(); night++) {
            partIn[bed][night] = part;
            cost += prices[part][room] + (own[night] < others[night] ? sexPrice[room] : 0);
            own[night]++;
        }
        return cost;
    }

    private long leave(int part) {
        int bed = bedOf[part];
        int room = roomOf[bed];
        long cost = 0;
        int[] own = count(part)[room];
        int[] others = otherCount(part)[room];
        for (int night = parts.get(part).from(); night < parts.get(part).to(); night++) {
            partIn[bed][night] = FREE;
            own[night]--;
            cost += prices[part][room] + (own[night] < others[night] ? sexPrice[room] : 0);
        }
        bedOf[part] = FREE;
        return -cost;
    }

    private int[][] count(int part) {
        return parts.get(part).sex() == Sex.FEMALE ? women : men;
    }

    private int[][] otherCount(int part) {
        return parts.get(part).sex() == Sex.FEMALE ? men : women;
    }
}
