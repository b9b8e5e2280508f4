package org.chevet.simulations.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.chevet.simulations.full.Level;
import org.chevet.simulations.full.Policy;
import org.chevet.simulations.scenario.Indicator;
import org.chevet.simulations.scenario.Scenario;
import org.chevet.simulations.scenario.ScenarioFile;
import org.jspecify.annotations.Nullable;

/**
 * The simulator's command line: {@code mvn -q compile exec:exec@simulate -Dsimulate.args="run mass-casualties"}. See the README's chapter.
 */
public final class Simulate {
    private static final String USAGE = """
            run SCENARIO                          one scenario, many times; with data=FOLDER beside the real census it names
            compare SCENARIO [OTHER]              two scenarios, or with policies=A,B two ways of giving beds,
                                                  otherwise with and without its measures; on the same patients
            sweep SCENARIO vary=PATH values=A,B   one number of the file varied: vary=measures[0].delayHours
            calibrate HISTORY hospital=FILE       makes a scenario of a CSV of stays, of an exported journal or of a data folder
                                                  (those need no hospital; id=ID when there are several), and compares the two
            calibrate SCENARIO data=FOLDER        fits its wave to the beginning, until=DAY, of the real census it names
            and: replications=20 seed=1 threads=N policy=chevet level=full out=FOLDER set=PATH=NUMBER
            A scenario is a YAML file or one of %s.
            """.formatted(String.join(", ", ScenarioFile.SHIPPED));

    private Simulate() {}

    public static void main(String[] words) throws IOException, InterruptedException {
        try {
            run(List.of(words));
        } catch (ScenarioFile.ScenarioException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    static void run(List<String> words) throws IOException, InterruptedException, ScenarioFile.ScenarioException {
        List<String> rest = words.isEmpty() ? words : words.subList(1, words.size());
        switch (words.isEmpty() ? "" : words.getFirst()) {
            case "run" -> runOne(new Arguments(rest, List.of("data")));
            case "compare" -> compare(new Arguments(rest, List.of("policies")));
            case "sweep" -> sweep(new Arguments(rest, List.of("vary", "values")));
            case "calibrate" -> {
                if (CalibrateWave.isMeant(rest)) {
                    CalibrateWave.run(rest);
                } else {
                    Calibrate.run(rest);
                }
            }
            default -> throw new IllegalArgumentException(USAGE);
        }
    }

    private static void runOne(Arguments arguments)
            throws IOException, InterruptedException, ScenarioFile.ScenarioException {
        Scenario scenario = ScenarioFile.read(arguments.scenario(), arguments.changes());
        Results results = results(scenario.code(), scenario, arguments.policy(), arguments);
        for (Indicator indicator : results.indicators()) {
            print(
                    "%-48s %20s %s",
                    indicator.english(), results.estimate(indicator).text(Locale.ROOT), indicator.unit());
        }
        RealCensus real = real(results, arguments.text("data"));
        write(arguments.folder(), List.of(results), Report.of(results, real, List.of()));
    }

    /** Null when it is held against nothing, or nobody says where that is. */
    private static @Nullable RealCensus real(Results results, @Nullable String data) throws IOException {
        if (data == null) {
            Scenario.Real about = results.scenario().real();
            if (about != null) {
                print("%ndata=FOLDER, with %s in it, shows the real census beside the simulated one.", about.file());
            }
            return null;
        }
        RealCensus real = RealCensus.of(results, Path.of(data));
        print(real);
        return real;
    }

    static void print(RealCensus real) {
        print(
                "%nerror of the simulated census, of %s %s",
                real.about().file(), real.about().column());
        print("calibrated until %s", real.about().calibratedUntil());
        print(real.calibrated());
        print("after that");
        print(real.after());
        if (real.daysWithoutPatients() > 0) {
            print("days without a real patient, left out: %d", real.daysWithoutPatients());
        }
    }

    private static void print(RealCensus.Part part) {
        print(
                "  %3d days, mean %.1f %%, greatest %.1f %%, %d within the tolerance",
                part.days(), 100 * part.meanError(), 100 * part.greatestError(), part.within());
    }

    private static Results results(String label, Scenario scenario, Policy policy, Arguments arguments)
            throws InterruptedException {
        return Results.of(
                label,
                scenario,
                arguments.level(),
                policy,
                arguments.seed(),
                arguments.replications(),
                arguments.threads());
    }

    private static void compare(Arguments arguments)
            throws IOException, InterruptedException, ScenarioFile.ScenarioException {
        Scenario scenario = ScenarioFile.read(arguments.scenario(), arguments.changes());
        List<Results> two = new ArrayList<>();
        List<String> policies = arguments.list("policies");
        String other = arguments.other();
        if (!policies.isEmpty() && arguments.level() == Level.FLOW) {
            throw new IllegalArgumentException(
                    "policies are ways of giving beds, and at level=flow all beds of a service are alike. Leave policies out, or write level=full.");
        }
        if (policies.size() == 2 && other == null) {
            for (String policy : policies) {
                two.add(results(policy, scenario, Arguments.policy(policy), arguments));
            }
        } else if (!policies.isEmpty()) {
            throw new IllegalArgumentException("policies=A,B names two ways of giving beds, for one scenario.");
        } else if (other != null) {
            two.add(results(scenario.code(), scenario, arguments.policy(), arguments));
            Scenario second = ScenarioFile.read(other, arguments.changes());
            two.add(results(second.code(), second, arguments.policy(), arguments));
        } else {
            two.add(results("without measures", scenario.withoutMeasures(), arguments.policy(), arguments));
            two.add(results("with measures", scenario, arguments.policy(), arguments));
        }
        Results some = two.getFirst();
        Results others = two.getLast();
        print("%-48s %20s %20s %22s", "", some.label(), others.label(), "paired difference");
        for (Indicator indicator : some.indicators()) {
            Estimate difference = Estimate.ofDifferences(some.values(indicator), others.values(indicator));
            print(
                    "%-48s %20s %20s %20s %s %s",
                    indicator.english(),
                    some.estimate(indicator).text(Locale.ROOT),
                    others.estimate(indicator).text(Locale.ROOT),
                    difference.text(Locale.ROOT),
                    difference.isSignificant() ? "*" : " ",
                    indicator.unit());
        }
        write(arguments.folder(), two, Report.of(some, others));
    }

    private static void sweep(Arguments arguments)
            throws IOException, InterruptedException, ScenarioFile.ScenarioException {
        String path = arguments.text("vary");
        List<Double> values = new ArrayList<>();
        for (String value : arguments.list("values")) {
            try {
                values.add(Double.parseDouble(value));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("values: '" + value + "' is no number.", e);
            }
        }
        if (path == null || values.size() < 2) {
            throw new IllegalArgumentException("sweep needs vary=PATH and values=A,B with two numbers at least.");
        }
        Sweep.Swept swept = Sweep.run(arguments, path, values);
        for (Indicator indicator : swept.results().getFirst().indicators()) {
            StringBuilder line = new StringBuilder("%-48s".formatted(indicator.english()));
            for (Results results : swept.results()) {
                line.append("%20s".formatted(results.estimate(indicator).text(Locale.ROOT)));
            }
            print("%s %s", line, indicator.unit());
        }
        write(arguments.folder(), swept.results(), Report.of(swept));
    }

    private static void write(Path folder, List<Results> results, String report) throws IOException {
        Level level = results.getFirst().level();
        List<Indicator> unanswered = Unanswered.indicators(level);
        if (!unanswered.isEmpty()) {
            print(
                    "%nnot answered at level=%s: %s",
                    level.code(), unanswered.stream().map(Indicator::code).collect(Collectors.joining(", ")));
        }
        for (String measure : Unanswered.measures(results.getFirst().scenario(), level)) {
            print("measure '%s' changes nothing at level=%s", measure, level.code());
        }
        Exports.write(folder, results);
        Path file = folder.resolve("report.html");
        Files.writeString(file, report);
        print("%n%s (and indicators.csv, series.csv, replications.ndjson beside it)", file.toAbsolutePath());
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
