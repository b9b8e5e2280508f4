package org.chevet.simulations.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.chevet.simulations.admission.AdmissionProblem;
import org.chevet.simulations.admission.AdmissionReader;
import org.chevet.simulations.admission.PublishedBounds;
import org.chevet.simulations.admission.SolutionChecker;
import org.chevet.simulations.admission.SolutionChecker.Verdict;
import org.chevet.simulations.admission.TimedPlanning;

/**
 * The stay planner on the published patient admission scheduling instances. For each, each length and each number of threads a
 * plan is made from nothing, written as a solution, and its cost computed by the independent checker; infeasibilities must be 0.
 * Gaps are in percent above the bound (of the linear programme where there is one, by nights elsewhere), the best known cost, and
 * what plain annealing reached in 60 s; below is negative. In testdata13 transfers on a change of treatment do not count; the
 * cost with them stands behind it.
 *
 * <p>{@code mvn -q compile exec:exec@figure -Dfigure=StayPlan -Dfigure.args="FOLDER 10,60,300 1,2 testdata0"}: the folder of
 * instances, the lengths in seconds, the numbers of threads, how the names begin; all but the folder may be left out.
 */
public final class StayPlanFigure {
    private StayPlanFigure() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length == 0) {
            throw new IllegalArgumentException("no folder of instances is given: -Dfigure.args=\"FOLDER\"");
        }
        int[] lengths = numbers(args.length > 1 ? args[1] : "10,60,300");
        int[] threads = numbers(args.length > 2 ? args[2] : "1,2");
        String beginning = args.length > 3 ? args[3] : "";
        System.out.println(
                "instance          threads seconds       cost  % bound  % best  % annealing  infeasible  M moves/s");
        for (Path file : instances(Path.of(args[0]), beginning)) {
            for (int count : threads) {
                for (int seconds : lengths) {
                    print(file, seconds, count);
                }
            }
        }
    }

    private static int[] numbers(String list) {
        return Arrays.stream(list.split(",", -1)).mapToInt(Integer::parseInt).toArray();
    }

    private static List<Path> instances(Path folder, String beginning) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> name(file).startsWith(beginning))
                    .filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .toList();
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName()).replace(".txt", "");
    }

    private static void print(Path file, int seconds, int threads) throws IOException, InterruptedException {
        String name = name(file);
        String text = Files.readString(file);
        boolean countsPlanned = PublishedBounds.countsPlannedTransfers(name);
        AdmissionProblem problem = new AdmissionProblem(AdmissionReader.read(text), countsPlanned);
        TimedPlanning planning = TimedPlanning.run(problem.problem(), seconds, threads);
        Verdict verdict = SolutionChecker.check(text, problem.solution(planning.plan()));
        double cost = verdict.cost(countsPlanned) / 10.0;
        System.out.println(String.format(
                Locale.ROOT,
                "%-17s %7d %7d %10.1f %s %11d %10.2f%s",
                name,
                threads,
                seconds,
                cost,
                PublishedBounds.of(name)
                        .map(bounds -> String.format(
                                Locale.ROOT,
                                "%8.2f %7.2f %12.2f",
                                percentAbove(cost, bounds.bound()),
                                percentAbove(cost, bounds.bestKnown()),
                                percentAbove(cost, bounds.annealing())))
                        .orElse("       –       –            –"),
                verdict.infeasibilities(),
                planning.moves() / 1e6 / seconds,
                countsPlanned
                        ? ""
                        : String.format(Locale.ROOT, "  (%.1f with planned transfers)", verdict.cost(true) / 10.0)));
    }

    private static double percentAbove(double cost, double bound) {
        return 100 * (cost / bound - 1);
    }
}
