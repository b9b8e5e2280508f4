package org.chevet.simulations.admission;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.chevet.placement.stay.StayPlan;
import org.chevet.placement.stay.StayPlanProblem;
import org.chevet.placement.stay.StayPlanner;
import org.chevet.placement.stay.StayPlanner.Budget;

/**
 * Searches on one or more threads for some seconds by the clock on the wall, each from a seed of its own, and the best plan of
 * them.
 *
 * @param moves tried by all threads together
 */
public record TimedPlanning(StayPlan plan, long moves) {

    public static TimedPlanning run(StayPlanProblem problem, int seconds, int threads) throws InterruptedException {
        List<StayPlanner> planners = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            Budget clock = ofSeconds(seconds);
            List<Future<StayPlanner>> searches = new ArrayList<>();
            for (int seed = 1; seed <= threads; seed++) {
                long own = seed;
                searches.add(executor.submit(() -> {
                    StayPlanner planner = new StayPlanner(problem, own);
                    planner.search(clock);
                    return planner;
                }));
            }
            for (Future<StayPlanner> search : searches) {
                planners.add(search.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a search failed", e.getCause());
        }
        StayPlanner best = planners.stream()
                .min(Comparator.comparingLong(StayPlanner::cost))
                .orElseThrow();
        return new TimedPlanning(
                best.plan(), planners.stream().mapToLong(StayPlanner::moves).sum());
    }

    /** From now on, by the clock on the wall. */
    public static Budget ofSeconds(int seconds) {
        long start = System.nanoTime();
        return moves -> (System.nanoTime() - start) / 1e9 / seconds;
    }
}
