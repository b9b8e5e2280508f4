package org.chevet.simulations.run;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.file.HospitalFile;
import org.chevet.simulations.calibration.CalibratedScenario;
import org.chevet.simulations.calibration.Calibration;
import org.chevet.simulations.calibration.Comparison;
import org.chevet.simulations.calibration.Observed;
import org.chevet.simulations.calibration.Seen;
import org.chevet.simulations.calibration.Source;
import org.chevet.simulations.demo.DemoLayout;
import org.chevet.simulations.flow.Replications;
import org.chevet.simulations.full.FullModel;
import org.chevet.simulations.full.FullSimulation;
import org.chevet.simulations.scenario.Scenario;
import org.chevet.simulations.scenario.ScenarioFile;
import org.chevet.simulations.scenario.ScenarioFile.ScenarioException;
import org.jspecify.annotations.Nullable;

/** Makes a scenario of a hospital's past, lives it as often as asked, and says how far the two are apart. */
final class Calibrate {
    private static final String DEMO = "demo";
    private static final String SCENARIO = "calibrated.yaml";

    private final Arguments arguments;
    private final Path history;

    private Calibrate(Arguments arguments) {
        this.arguments = arguments;
        history = Path.of(arguments.scenario());
    }

    static void run(List<String> words) throws IOException, InterruptedException, ScenarioException {
        new Calibrate(new Arguments(
                        words,
                        List.of("hospital", "id"),
                        "no history is named. Name a CSV of stays, an exported journal, or a folder with a journal."))
                .run();
    }

    private void run() throws IOException, InterruptedException, ScenarioException {
        String named = arguments.text("hospital");
        Source source = Source.read(history, hospital(named), arguments.text("id"));
        Calibration calibration = new Calibration(source);
        Path folder = arguments.folder();
        Files.createDirectories(folder);
        Path file = folder.resolve(SCENARIO);
        Files.writeString(
                file, CalibratedScenario.of(calibration, String.valueOf(history.getFileName()), reference(named)));
        Scenario scenario = ScenarioFile.read(file.toString(), arguments.changes());
        List<Comparison> comparisons = comparisons(calibration, scenario);
        print(comparisons);
        calibration.untold().forEach(untold -> System.out.println("not calibrated, " + untold.english()));
        write(folder.resolve("comparison.csv"), comparisons);
        Path report = folder.resolve("report.html");
        Files.writeString(report, CalibrationReport.of(scenario, calibration, comparisons, arguments.seed()));
        System.out.println(file.toAbsolutePath() + "\n" + report.toAbsolutePath() + " (and comparison.csv beside it)");
    }

    private static @Nullable Hospital hospital(@Nullable String named) {
        if (named == null) {
            return null;
        }
        if (named.equals(DEMO)) {
            return DemoLayout.read();
        }
        HospitalFile.Result result = HospitalFile.read(Path.of(named));
        if (result instanceof HospitalFile.Loaded loaded) {
            return loaded.hospital();
        }
        throw new IllegalArgumentException("hospital=" + named + ": " + result.describe());
    }

    /** As another file can name it from anywhere; empty for the hospital of a journal. */
    private static String reference(@Nullable String named) {
        if (named == null || named.equals(DEMO)) {
            return named == null ? "" : named;
        }
        return "{file: \"" + Path.of(named).toAbsolutePath().toString().replace("\\", "\\\\") + "\"}";
    }

    private List<Comparison> comparisons(Calibration calibration, Scenario scenario) throws InterruptedException {
        FullModel model = FullModel.of(scenario);
        int services = scenario.hospital().services().size();
        List<List<Seen>> histories = Replications.run(
                () -> model,
                arguments.replications(),
                arguments.threads(),
                (shared, replication) -> seen(shared, scenario, replication, services));
        List<Comparison> comparisons = new ArrayList<>();
        for (int service = Observed.ANY; service < services; service++) {
            int place = service + 1;
            comparisons.add(new Comparison(
                    service == Observed.ANY
                            ? ""
                            : scenario.hospital().services().get(service).name(),
                    Seen.of(calibration.seen(), service),
                    histories.stream().map(history -> history.get(place)).toList(),
                    calibration.settled()));
        }
        return comparisons;
    }

    /** The whole hospital first, then each service. */
    private List<Seen> seen(FullModel model, Scenario scenario, int replication, int services) {
        Observed.Gathering gathering = new Observed.Gathering();
        FullSimulation.run(model, arguments.level(), arguments.policy(), arguments.seed(), replication, gathering);
        LocalDate first = scenario.begins();
        Observed observed = gathering.observed(scenario.hospital().zone(), first, scenario.days());
        List<Seen> seen = new ArrayList<>();
        for (int service = Observed.ANY; service < services; service++) {
            seen.add(Seen.of(observed, service));
        }
        return seen;
    }

    private static void print(List<Comparison> comparisons) {
        System.out.println(String.format(
                Locale.ROOT,
                "%-36s %15s %15s %15s %8s %8s %8s",
                "real / simulated",
                "arrivals a day",
                "mean stay, d",
                "mean census",
                "hours",
                "stays",
                "census"));
        for (Comparison comparison : comparisons) {
            double days = comparison.real().census().length;
            System.out.println(String.format(
                    Locale.ROOT,
                    "%-36.36s %7.1f/%7.1f %7.2f/%7.2f %7.1f/%7.1f %8.3f %8.3f %8.3f",
                    comparison.name().isEmpty() ? "the hospital" : comparison.name(),
                    comparison.real().arrivals() / days,
                    comparison.simulatedArrivals() / days,
                    comparison.real().meanDays(),
                    comparison.simulatedMeanDays(),
                    comparison.meanCensus(),
                    comparison.meanSimulatedCensus(),
                    comparison.distance(Comparison.Of.ARRIVALS_BY_HOUR),
                    comparison.distance(Comparison.Of.LENGTH),
                    comparison.distance(Comparison.Of.CENSUS)));
        }
    }

    private static void write(Path file, List<Comparison> comparisons) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("service,distribution,distance,chance_95\n");
            for (Comparison comparison : comparisons) {
                for (Comparison.Of of : Comparison.Of.values()) {
                    out.write(String.format(
                            Locale.ROOT,
                            "\"%s\",%s,%.4f,%.4f%n",
                            comparison.name().replace("\"", "\"\""),
                            of.name().toLowerCase(Locale.ROOT),
                            comparison.distance(of),
                            comparison.chance(of)));
                }
            }
        }
    }
}
