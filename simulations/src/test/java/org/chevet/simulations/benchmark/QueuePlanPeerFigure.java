package org.chevet.simulations.benchmark;

import com.google.ortools.Loader;
import java.util.Locale;
import java.util.OptionalLong;
import org.HdrHistogram.Histogram;
import org.chevet.placement.queue.AssignmentPlan;
import org.chevet.placement.queue.AssignmentProblem;
import org.chevet.placement.queue.AssignmentSolver;

/**
 * The queue plan's solver beside OR-Tools' CP-SAT: the same hospitals, on one thread each, one after the other. A time is from the
 * problem's arrays to the optimum; of CP-SAT also without the making of its model. The first hospital of each kind warms up and does not count.
 *
 * <p>{@code mvn -q test-compile exec:exec@figure -Dexec.classpathScope=test -Dfigure=QueuePlanPeer -Dfigure.args="50x1000 10 60"}: the size, how many
 * hospitals of each kind, and after how many seconds CP-SAT is stopped, which counts as its time. What is not proven best, and stopped, is counted.
 */
public final class QueuePlanPeerFigure {
    private static final int BRANCHES_MAX = 10_000;
    private static final int WARM_UP = 1;
    private static final double NANOS_PER_MILLI = 1e6;

    private enum Kind {
        ROOMY,
        CROWDED,
        CONTESTED
    }

    private QueuePlanPeerFigure() {}

    public static void main(String[] args) {
        String[] size = (args.length > 0 ? args[0] : "50x1000").split("x", -1);
        int hospitals = args.length > 1 ? Integer.parseInt(args[1]) : 10;
        double secondsMax = args.length > 2 ? Double.parseDouble(args[2]) : 60;
        Loader.loadNativeLibraries();
        System.out.println(
                "median (longest) in ms    Chevet              branches  unproven  CP-SAT                of that solving       "
                        + "stopped  times as long");
        for (Kind kind : Kind.values()) {
            compare(kind, Integer.parseInt(size[0]), Integer.parseInt(size[1]), hospitals, secondsMax);
        }
    }

    private static void compare(Kind kind, int requests, int beds, int hospitals, double secondsMax) {
        Histogram ours = new Histogram(3);
        Histogram theirs = new Histogram(3);
        Histogram solving = new Histogram(3);
        int branches = 0;
        int stopped = 0;
        int unproven = 0;
        for (int seed = -WARM_UP; seed < hospitals; seed++) {
            AssignmentProblem problem = generated(kind, seed, requests, beds);
            long began = System.nanoTime();
            AssignmentPlan plan = AssignmentSolver.solve(problem, BRANCHES_MAX);
            long solved = System.nanoTime();
            CpSatQueuePlan peer = new CpSatQueuePlan(problem);
            long modelled = System.nanoTime();
            OptionalLong optimum = peer.optimum(secondsMax);
            long ended = System.nanoTime();
            long total = CpSatQueuePlan.total(problem, plan.value());
            if (plan.isOptimal() && optimum.orElse(total) != total || optimum.orElse(total) > total) {
                throw new IllegalStateException(
                        kind + ", hospital " + seed + ": " + plan + ", and CP-SAT has " + optimum);
            }
            if (seed >= 0) {
                ours.recordValue(solved - began);
                theirs.recordValue(ended - solved);
                solving.recordValue(ended - modelled);
                branches = Math.max(branches, plan.branches());
                stopped += optimum.isEmpty() ? 1 : 0;
                unproven += plan.isOptimal() ? 0 : 1;
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%-25s %-20s %7d  %8d  %-21s %-21s %7d  %.0f%n",
                kind + " " + requests + "x" + beds,
                told(ours),
                branches,
                unproven,
                told(theirs),
                told(solving),
                stopped,
                (double) theirs.getValueAtPercentile(50) / ours.getValueAtPercentile(50));
    }

    private static AssignmentProblem generated(Kind kind, int seed, int requests, int beds) {
        return switch (kind) {
            case ROOMY -> GeneratedQueue.of(seed, requests, beds, 50);
            case CROWDED -> GeneratedQueue.of(seed, requests, beds, 150);
            case CONTESTED -> GeneratedQueue.contested(seed, requests, beds);
        };
    }

    private static String told(Histogram nanos) {
        return String.format(
                Locale.ROOT,
                "%.2f (%.2f)",
                nanos.getValueAtPercentile(50) / NANOS_PER_MILLI,
                nanos.getMaxValue() / NANOS_PER_MILLI);
    }
}
