package org.chevet.simulations.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.chevet.simulations.calibration.WaveFit;
import org.chevet.simulations.full.Level;
import org.chevet.simulations.scenario.Scenario;
import org.chevet.simulations.scenario.ScenarioFile;
import org.chevet.simulations.scenario.ScenarioFile.Change;
import org.chevet.simulations.scenario.ScenarioFile.ScenarioException;
import org.jspecify.annotations.Nullable;

/** Fits the wave of a scenario to the beginning of the real one that it names, and holds what was fitted against all of it. */
final class CalibrateWave {
    private static final String WRITTEN = "calibrated.yaml";
    private static final String UNTIL = "real.calibratedUntil";

    private final Arguments arguments;
    private final String name;
    private final Scenario scenario;
    private final Scenario.Real about;
    private final LocalDate until;
    private final Path data;

    /**
     * One spread of stays.
     *
     * @param spread of the logarithm
     * @param error on the part that was fitted
     * @param real beside what it says
     */
    record Tried(double spread, double error, RealCensus real) {}

    static boolean isMeant(List<String> words) {
        return words.stream()
                .filter(word -> word.indexOf('=') < 0)
                .findFirst()
                .filter(name -> ScenarioFile.SHIPPED.contains(name) || name.endsWith(".yaml"))
                .isPresent();
    }

    static void run(List<String> words) throws IOException, InterruptedException, ScenarioException {
        new CalibrateWave(new Arguments(words, List.of("data", "until"))).run();
    }

    private CalibrateWave(Arguments arguments) throws ScenarioException {
        this.arguments = arguments;
        name = arguments.scenario();
        scenario = ScenarioFile.read(name, arguments.changes());
        Scenario.Real named = scenario.real();
        String folder = arguments.text("data");
        if (named == null || named.admissions() == null || folder == null) {
            throw new IllegalArgumentException("to fit a wave, " + scenario.code()
                    + " must name a real census with its admissions, and data=FOLDER where it is: "
                    + (folder == null
                            ? "write data=FOLDER."
                            : "write real: {file: …, column: …, admissions: …, calibratedUntil: …} in it."));
        }
        about = named;
        data = Path.of(folder);
        until = until(arguments.text("until"));
    }

    private LocalDate until(@Nullable String text) {
        LocalDate last = about.calibratedUntil();
        if (text != null) {
            try {
                last = LocalDate.parse(text);
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException("until=" + text + " is no day. Write it as 2020-04-20.", e);
            }
        }
        LocalDate end = scenario.begins().plusDays(scenario.days());
        if (last.isBefore(scenario.begins()) || !last.isBefore(end)) {
            throw new IllegalArgumentException("until=" + last + " is no day of the scenario, which is from "
                    + scenario.begins() + " to " + end.minusDays(1) + ".");
        }
        return last;
    }

    private void run() throws IOException, InterruptedException, ScenarioException {
        List<WaveFit.Fitted> fitted = new WaveFit(
                        name,
                        arguments.changes(),
                        scenario,
                        about,
                        beginning(),
                        arguments.seed(),
                        arguments.replications(),
                        arguments.threads())
                .fit();
        Path folder = arguments.folder();
        Files.createDirectories(folder);
        Path file = folder.resolve(WRITTEN);
        Files.writeString(file, text(fitted.getFirst()));
        Scenario written = ScenarioFile.read(file.toString(), List.of());
        Results results = results(written, arguments.level());
        List<Tried> tried = new ArrayList<>();
        for (WaveFit.Fitted one : fitted) {
            List<Change> changes = new ArrayList<>(one.changes());
            changes.add(new Change(UNTIL, until.toString()));
            Results its = results(ScenarioFile.read(file.toString(), changes), Level.FLOW);
            tried.add(new Tried(one.spread(), one.error(), RealCensus.of(its, data)));
        }
        RealCensus real = RealCensus.of(results, data);
        print(fitted.getFirst(), tried);
        Simulate.print(real);
        Exports.write(folder, List.of(results));
        Path report = folder.resolve("report.html");
        Files.writeString(report, Report.of(results, real, tried));
        System.out.println(file.toAbsolutePath() + "\n" + report.toAbsolutePath() + " (and what run writes beside it)");
    }

    private Results results(Scenario of, Level level) throws InterruptedException {
        return Results.of(
                of.code(),
                of,
                level,
                arguments.policy(),
                arguments.seed(),
                arguments.replications(),
                arguments.threads());
    }

    private WaveFit.Beginning beginning() throws IOException {
        Path file = data.resolve(about.file());
        String admissions = String.valueOf(about.admissions());
        WaveFit.Beginning beginning = new WaveFit.Beginning(
                days(RealCensus.read(file, about.column())), days(RealCensus.read(file, admissions)));
        if (Arrays.stream(beginning.census()).allMatch(Double::isNaN)) {
            throw new IllegalArgumentException(
                    file + " has no " + about.column() + " from " + scenario.begins() + " to " + until + ".");
        }
        return beginning;
    }

    /** Until the last day that counts: nothing later is handed on. */
    private double[] days(Map<LocalDate, Double> real) {
        double[] days = new double[(int) ChronoUnit.DAYS.between(scenario.begins(), until) + 1];
        Arrays.setAll(days, day -> real.getOrDefault(scenario.begins().plusDays(day), Double.NaN));
        return days;
    }

    private String text(WaveFit.Fitted fitted) throws ScenarioException {
        List<Change> changes = new ArrayList<>(arguments.changes());
        changes.addAll(fitted.changes());
        changes.add(new Change(UNTIL, until.toString()));
        return String.format(
                        Locale.ROOT,
                        "# Written by simulate calibrate %s: the wave%s fitted to %s until %s, error %.1f %%.%n",
                        scenario.code(),
                        about.staysKnown() ? " is" : " and its patients' stays are",
                        about.file(),
                        until,
                        100 * fitted.error())
                + ScenarioFile.text(name, changes);
    }

    private void print(WaveFit.Fitted best, List<Tried> tried) {
        System.out.println("fitted to the days until " + until + ":");
        best.changes().forEach(change -> System.out.println("  " + change.path() + ": " + change.value()));
        System.out.println("what each spread of stays makes of these days, and, not looked at, of those after them");
        for (Tried one : tried) {
            RealCensus.Part after = one.real().after();
            System.out.println(String.format(
                    Locale.ROOT,
                    "  %.2f: error %.2f %%; afterwards mean %.1f %%, greatest %.1f %%%s",
                    one.spread(),
                    100 * one.error(),
                    100 * after.meanError(),
                    100 * after.greatestError(),
                    one.spread() == best.spread() ? "  <- in the file, written" : ""));
        }
    }
}
