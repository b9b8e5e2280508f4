package org.chevet.simulations.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.chevet.simulations.admission.AdmissionProblem;
import org.chevet.simulations.admission.AdmissionReader;
import org.chevet.simulations.admission.PublishedBounds;
import org.chevet.simulations.admission.TimedPlanning;
import org.chevet.simulations.timefold.TimefoldRun;
import org.chevet.simulations.timefold.TimefoldRun.Configuration;

/**
 * Timefold and the stay planner on the same instance, at the same cost, for the same seconds, on one thread each, one after the
 * other. Timefold runs in its default configuration and in others; its best is what counts. Patients whom it leaves two in a
 * bed stand beside its cost, which is then too low.
 *
 * <p>{@code mvn -q compile exec:exec@figure -Ptimefold -Dfigure=Timefold -Dfigure.args="FOLDER 60 testdata0"}: the folder of
 * instances, the seconds, how the names begin.
 */
public final class TimefoldFigure {
    private TimefoldFigure() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length == 0) {
            throw new IllegalArgumentException("no folder of instances is given: -Dfigure.args=\"FOLDER\"");
        }
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 60;
        String beginning = args.length > 2 ? args[2] : "testdata";
        try (Stream<Path> files = Files.list(Path.of(args[0]))) {
            List<Path> instances = files.filter(file -> name(file).startsWith(beginning)).sorted().toList();
            for (Path file : instances) {
                compare(file, seconds);
            }
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName()).replace(".txt", "");
    }

    private static void compare(Path file, int seconds) throws IOException, InterruptedException {
        boolean countsPlanned = PublishedBounds.countsPlannedTransfers(name(file));
        AdmissionProblem problem = new AdmissionProblem(AdmissionReader.read(Files.readString(file)), countsPlanned);
        TimedPlanning ours = TimedPlanning.run(problem.problem(), seconds, 1);
        print(file, seconds, "Chevet", ours.plan().cost(), 0);
        for (Configuration configuration : Configuration.values()) {
            TimefoldRun run = TimefoldRun.run(problem, seconds, configuration);
            print(file, seconds, "Timefold " + configuration, run.cost(), run.sharedBedNights());
        }
    }

    private static void print(Path file, int seconds, String solver, long cost, long sharedBedNights) {
        System.out.println(String.format(
                Locale.ROOT,
                "%-17s %4d s  %-32s %10.1f  %d shared bed-nights",
                name(file),
                seconds,
                solver,
                cost / 10.0,
                sharedBedNights));
    }
}
