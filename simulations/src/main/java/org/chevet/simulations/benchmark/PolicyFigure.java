package org.chevet.simulations.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;
import org.chevet.simulations.demo.DemoLayout;
import org.chevet.simulations.policy.Comparison;

/**
 * What proposals are worth: the same weeks of the demo hospital with beds given first come first served, by the rank of the specialty,
 * and as Chevet proposes. Means over seeds with 95 % confidence intervals, and the difference seed by seed. Arguments: {@code seeds=10
 * weeks=4 load=0.95}.
 */
public final class PolicyFigure {
    private static final double CONFIDENCE = 0.95;

    private PolicyFigure() {}

    public static void main(String[] arguments) {
        int seeds = 10;
        int weeks = 4;
        double load = 0.95;
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            switch (parts[0]) {
                case "seeds" -> seeds = Integer.parseInt(parts[1]);
                case "weeks" -> weeks = Integer.parseInt(parts[1]);
                case "load" -> load = Double.parseDouble(parts[1]);
                default ->
                    throw new IllegalArgumentException(
                            "'" + argument + "' is unknown; seeds, weeks and load are known");
            }
        }
        long start = System.nanoTime();
        Map<String, Map<String, List<Double>>> values = new Comparison(DemoLayout.read(), weeks, load).run(seeds);
        System.out.printf(
                Locale.ROOT,
                "%d weeks of the demo hospital at %.0f %% of its staffed beds, %d seeds, %.0f s; mean ± half of the 95 %% interval%n",
                weeks,
                100 * load,
                seeds,
                (System.nanoTime() - start) / 1e9);
        values.forEach(PolicyFigure::print);
    }

    private static void print(String measure, Map<String, List<Double>> byPolicy) {
        System.out.printf(Locale.ROOT, "%n%s%n", measure);
        byPolicy.forEach((policy, values) -> System.out.printf(Locale.ROOT, "  %-12s %s%n", policy, interval(values)));
        List<Double> chevet = byPolicy.get("Chevet");
        byPolicy.forEach((policy, values) -> {
            if (values != chevet && chevet != null) {
                System.out.printf(Locale.ROOT, "  Chevet - %-12s %s%n", policy, interval(differences(chevet, values)));
            }
        });
    }

    private static List<Double> differences(List<Double> some, List<Double> others) {
        return IntStream.range(0, some.size())
                .mapToObj(i -> some.get(i) - others.get(i))
                .toList();
    }

    private static String interval(List<Double> values) {
        double mean = values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        double squares = values.stream()
                .mapToDouble(value -> (value - mean) * (value - mean))
                .sum();
        double error = values.size() < 2
                ? Double.NaN
                : Math.sqrt(squares / (values.size() - 1) / values.size())
                        * new TDistribution(values.size() - 1).inverseCumulativeProbability((1 + CONFIDENCE) / 2);
        return String.format(Locale.ROOT, "%8.2f ± %.2f", mean, error);
    }
}
