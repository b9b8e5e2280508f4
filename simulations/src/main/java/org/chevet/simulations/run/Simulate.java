package org.chevet.simulations.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.chevet.simulations.full.Policy;
import org.chevet.simulations.scenario.Indicator;
import org.chevet.simulations.scenario.Scenario;
import org.chevet.simulations.scenario.ScenarioFile;

/**
 * The simulator's command line: {@code mvn -q compile exec:exec@simulate -Dsimulate.args="run mass-casualties"}. See the README's chapter.
 */
public final class Simulate {
    private static final String USAGE = """
            run SCENARIO                          one scenario, many times
            compare SCENARIO [OTHER]              two scenarios, or with policies=A,B two ways of giving beds,
                                                  otherwise with and without its measures; on the same patients
            sweep SCENARIO vary=PATH values=A,B   one number of the file varied: vary=measures[0].delayHours
            and: replications=20 seed=1 threads=N policy=chevet out=FOLDER set=PATH=NUMBER
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
            case "run" -> runOne(new Arguments(rest, List.of()));
            case "compare" -> compare(new Arguments(rest, List.of("policies")));
            case "sweep" -> sweep(new Arguments(rest, List.of("vary", "values")));
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
        write(arguments.folder(), List.of(results), Report.of(results));
    }

    private static Results results(String label, Scenario scenario, Policy policy, Arguments arguments)
            throws InterruptedException {
        return Results.of(label, scenario, policy, arguments.seed(), arguments.replications(), arguments.threads());
    }

    private static void compare(Arguments arguments)
            throws IOException, InterruptedException, ScenarioFile.ScenarioException {
        Scenario scenario = ScenarioFile.read(arguments.scenario(), arguments.changes());
        List<Results> two = new ArrayList<>();
        List<String> policies = arguments.list("policies");
        String other = arguments.other();
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
        Exports.write(folder, results);
        Path file = folder.resolve("report.html");
        Files.writeString(file, report);
        print("%n%s (and indicators.csv, series.csv, replications.ndjson beside it)", file.toAbsolutePath());
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
