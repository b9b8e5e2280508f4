package org.chevet.simulations.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.chevet.simulations.flow.Replications;
import org.chevet.simulations.full.FullModel;
import org.chevet.simulations.full.FullSimulation;
import org.chevet.simulations.full.Level;
import org.chevet.simulations.full.Outcome;
import org.chevet.simulations.full.Policy;
import org.chevet.simulations.full.Witness;
import org.chevet.simulations.scenario.Indicator;
import org.chevet.simulations.scenario.Scenario;

/**
 * What came of one scenario under one policy, replication by replication.
 *
 * @param label short, for tables and legends
 */
public record Results(String label, Scenario scenario, Level level, Policy policy, long seed, List<Outcome> outcomes) {
    public Results {
        outcomes = List.copyOf(outcomes);
    }

    /**
     * The same whatever the number of threads.
     *
     * @throws InterruptedException when the caller is interrupted
     */
    public static Results of(
            String label, Scenario scenario, Level level, Policy policy, long seed, int replications, int threads)
            throws InterruptedException {
        FullModel model = FullModel.of(scenario);
        List<Outcome> outcomes = Replications.run(
                () -> model,
                replications,
                threads,
                (shared, replication) -> FullSimulation.run(shared, level, policy, seed, replication, Witness.NONE));
        return new Results(label, scenario, level, policy, seed, outcomes);
    }

    double[] values(Indicator indicator) {
        return outcomes.stream().mapToDouble(outcome -> outcome.of(indicator)).toArray();
    }

    Estimate estimate(Indicator indicator) {
        return Estimate.of(values(indicator));
    }

    /** Of each service's beds, on average over time and replications. */
    double occupied(int service) {
        return outcomes.stream()
                .mapToDouble(outcome -> outcome.occupied()[service])
                .average()
                .orElse(0);
    }

    int hours() {
        return outcomes.getFirst().series()[0].length;
    }

    /** By hour, over replications. */
    double[] means(Outcome.Series series) {
        double[] means = new double[hours()];
        for (int hour = 0; hour < means.length; hour++) {
            double sum = 0;
            for (Outcome outcome : outcomes) {
                sum += outcome.series()[series.ordinal()][hour];
            }
            means[hour] = sum / outcomes.size();
        }
        return means;
    }

    /** By quantile and hour, over replications. */
    double[][] quantiles(Outcome.Series series, double... shares) {
        double[][] quantiles = new double[shares.length][hours()];
        int[] values = new int[outcomes.size()];
        for (int hour = 0; hour < hours(); hour++) {
            for (int i = 0; i < values.length; i++) {
                values[i] = outcomes.get(i).series()[series.ordinal()][hour];
            }
            Arrays.sort(values);
            for (int i = 0; i < shares.length; i++) {
                quantiles[i][hour] = quantile(values, shares[i]);
            }
        }
        return quantiles;
    }

    private static double quantile(int[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    long events() {
        return outcomes.stream().mapToLong(Outcome::events).sum();
    }

    /** Those of the scenario that the level answers. */
    List<Indicator> questions() {
        return scenario.questions().stream().filter(level::answers).toList();
    }

    /** The scenario's questions first, then the others; those that the level does not answer left out. */
    List<Indicator> indicators() {
        List<Indicator> all = new ArrayList<>(questions());
        for (Indicator indicator : Indicator.values()) {
            if (level.answers(indicator) && !all.contains(indicator)) {
                all.add(indicator);
            }
        }
        return all;
    }
}
