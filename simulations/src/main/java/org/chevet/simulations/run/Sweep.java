package org.chevet.simulations.run;

import java.util.ArrayList;
import java.util.List;
import org.chevet.simulations.full.Policy;
import org.chevet.simulations.scenario.Scenario;
import org.chevet.simulations.scenario.ScenarioFile;

/** One number of a scenario varied, on the same random numbers. */
final class Sweep {
    private Sweep() {}

    /** @param path of the number in the file */
    record Swept(String path, double[] values, List<Results> results) {}

    static Swept run(Arguments arguments, String path, List<Double> values)
            throws ScenarioFile.ScenarioException, InterruptedException {
        List<Results> results = new ArrayList<>();
        for (double value : values) {
            String text = value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
            List<ScenarioFile.Change> changes = new ArrayList<>(arguments.changes());
            changes.add(new ScenarioFile.Change(path, text));
            Scenario scenario = ScenarioFile.read(arguments.scenario(), changes);
            Policy policy = arguments.policy();
            results.add(Results.of(
                    path + "=" + text,
                    scenario,
                    arguments.level(),
                    policy,
                    arguments.seed(),
                    arguments.replications(),
                    arguments.threads()));
        }
        return new Swept(path, values.stream().mapToDouble(Double::doubleValue).toArray(), results);
    }
}
