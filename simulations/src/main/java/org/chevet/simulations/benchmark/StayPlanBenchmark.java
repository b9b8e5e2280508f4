package org.chevet.simulations.benchmark;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.chevet.hospital.Sex;
import org.chevet.placement.stay.StayPlan;
import org.chevet.placement.stay.StayPlanProblem;
import org.chevet.placement.stay.StayPlanner;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The plan of two weeks is made again after one event: in a hospital of 1,000 beds in rooms of two, nine tenths full, a room is
 * closed for a week from tonight. An operation compiles the problem and searches from the plan before the event for 50,000 moves.
 *
 * <p>{@code mvn -q compile exec:exec@benchmark -Dbenchmark.args="StayPlanBenchmark"}
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class StayPlanBenchmark {
    private static final int NIGHTS = 14;
    private static final int ROOMS = 500;
    private static final int BEDS_PER_ROOM = 2;
    private static final int STAYS = 2_100;
    private static final int NIGHTS_CLOSED = 7;
    private static final int SEX_PRICE = 50;
    private static final int MOVE_PRICE = 110;
    private static final long MOVES_BEFORE = 5_000_000;
    private static final long MOVES = 50_000;

    private StayPlan incumbent = plan(new StayPlanProblem.Builder(1).build(), 0);

    @Setup
    public void planBefore() {
        incumbent = plan(hospital(false), MOVES_BEFORE);
    }

    private static StayPlan plan(StayPlanProblem problem, long moves) {
        StayPlanner planner = new StayPlanner(problem, 1);
        planner.search(StayPlanner.Budget.ofMoves(moves));
        return planner.plan();
    }

    private static StayPlanProblem hospital(boolean roomClosed) {
        Random random = new Random(1);
        StayPlanProblem.Builder builder = new StayPlanProblem.Builder(NIGHTS);
        for (int room = 0; room < ROOMS; room++) {
            int[] beds = new int[NIGHTS];
            Arrays.fill(beds, BEDS_PER_ROOM);
            if (roomClosed && room == 0) {
                Arrays.fill(beds, 0, NIGHTS_CLOSED, 0);
            }
            builder.room(beds, SEX_PRICE);
        }
        for (int stay = 0; stay < STAYS; stay++) {
            int from = random.nextInt(NIGHTS);
            int to = Math.min(NIGHTS, from + 1 + random.nextInt(2 * NIGHTS));
            builder.stay(random.nextBoolean() ? Sex.FEMALE : Sex.MALE, StayPlanProblem.HARD, MOVE_PRICE);
            builder.part(
                    from, to, random.ints(ROOMS, 0, 10).map(price -> 10 * price).toArray(), MOVE_PRICE);
        }
        return builder.build();
    }

    @Benchmark
    public StayPlan planAgain() {
        StayPlanner planner = new StayPlanner(hospital(true), 1, incumbent::room);
        planner.search(StayPlanner.Budget.ofMoves(MOVES));
        return planner.plan();
    }
}
