package org.chevet.simulations.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.chevet.simulations.admission.AdmissionProblem;
import org.chevet.simulations.admission.AdmissionReader;
import org.chevet.simulations.admission.PlainAnnealing;
import org.chevet.simulations.admission.PublishedBounds;
import org.chevet.simulations.admission.SolutionChecker;
import org.chevet.simulations.admission.SolutionChecker.Verdict;
import org.chevet.simulations.admission.TimedPlanning;
import org.chevet.simulations.timefold.TimefoldRun;
import org.chevet.simulations.timefold.TimefoldRun.Configuration;

/**
 * The stay planner beside its peers: plain annealing, and Timefold in its default configuration and in others, of which its best
 * counts. The same instance, the same cost, the same seconds, on one thread each, one after the other; one line an instance and
 * length. Costs come from the independent checker. Nights that a solver leaves without a bed,
 * and beds that it gives to two patients, are counted in brackets behind its cost, which is then too low.
 *
 * <p>{@code mvn -q compile exec:exec@figure -Ptimefold -Dfigure=Timefold -Dfigure.args="FOLDER 60,300 testdata0 Chevet,Timefold-late"}:
 * the folder of instances, the lengths in seconds, how the names begin, the columns wanted; all but the folder may be left out.
 */
public final class TimefoldFigure {
    private static final int COLUMN_WIDTH = 20;

    /** What plans the instance for so many seconds, and its solution as text. */
    private interface Solver {
        String solve(AdmissionProblem problem, int seconds) throws InterruptedException;
    }

    private TimefoldFigure() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length == 0) {
            throw new IllegalArgumentException("no folder of instances is given: -Dfigure.args=\"FOLDER\"");
        }
        int[] lengths = Arrays.stream((args.length > 1 ? args[1] : "60").split(",", -1))
                .mapToInt(Integer::parseInt)
                .toArray();
        String beginning = args.length > 2 ? args[2] : "testdata";
        Map<String, Solver> solvers = solvers();
        if (args.length > 3) {
            solvers.keySet().retainAll(List.of(args[3].split(",", -1)));
        }
        StringBuilder head = new StringBuilder("instance      seconds");
        solvers.keySet().forEach(title -> append(head, title));
        System.out.println(head);
        try (Stream<Path> files = Files.list(Path.of(args[0]))) {
            List<Path> instances =
                    files.filter(file -> name(file).startsWith(beginning)).sorted().toList();
            for (Path file : instances) {
                for (int seconds : lengths) {
                    compare(file, seconds, solvers.values());
                }
            }
        }
    }

    private static Map<String, Solver> solvers() {
        Map<String, Solver> solvers = new LinkedHashMap<>();
        solvers.put(
                "Chevet",
                (problem, seconds) -> problem.solution(
                        TimedPlanning.run(problem.problem(), seconds, 1).plan()));
        solvers.put(
                "plain-annealing",
                (problem, seconds) -> problem.solution(
                        PlainAnnealing.run(problem, TimedPlanning.ofSeconds(seconds), 1).bedOf()));
        for (Configuration configuration : Configuration.values()) {
            solvers.put(
                    "Timefold-" + configuration.title(),
                    (problem, seconds) -> problem.solution(TimefoldRun.run(problem, seconds, configuration)));
        }
        return solvers;
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName()).replace(".txt", "");
    }

    private static void compare(Path file, int seconds, Collection<Solver> solvers)
            throws IOException, InterruptedException {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-13s %7d", name(file), seconds));
        for (Solver solver : solvers) {
            append(line, cost(file, seconds, solver));
        }
        System.out.println(line);
    }

    private static String cost(Path file, int seconds, Solver solver) throws IOException, InterruptedException {
        boolean countsPlanned = PublishedBounds.countsPlannedTransfers(name(file));
        String text = Files.readString(file);
        AdmissionProblem problem = new AdmissionProblem(AdmissionReader.read(text), countsPlanned);
        Verdict verdict = SolutionChecker.check(text, solver.solve(problem, seconds));
        return String.format(Locale.ROOT, "%.1f", verdict.cost(countsPlanned) / 10.0)
                + (verdict.infeasibilities() > 0 ? " (" + verdict.infeasibilities() + ")" : "");
    }

    private static void append(StringBuilder line, String column) {
        line.append(" ".repeat(Math.max(1, COLUMN_WIDTH - column.length()))).append(column);
    }
}
