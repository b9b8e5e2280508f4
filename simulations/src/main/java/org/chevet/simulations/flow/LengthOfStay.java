package org.chevet.simulations.flow;

import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.AliasMethodDiscreteSampler;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.DiscreteSampler;
import org.apache.commons.rng.sampling.distribution.LogNormalSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/** How long patients stay in a service, in days. */
public sealed interface LengthOfStay {
    double meanDays();

    /** Draws whole stays. */
    ContinuousSampler whole(UniformRandomProvider random);

    /**
     * Draws what remains of the stay of somebody who is met at any moment of a service in its steady state: a uniform share of a stay
     * drawn in proportion to its length (renewal theory's equilibrium distribution).
     */
    ContinuousSampler remaining(UniformRandomProvider random);

    /** The usual shape of hospital stays. {@code cv} is the standard deviation over the mean. */
    record LogNormal(double meanDays, double cv) implements LengthOfStay {
        public LogNormal {
            requirePositive("stayMeanDays", meanDays);
            requirePositive("stayCv", cv);
        }

        /** @param spread standard deviation of its logarithm */
        public static LogNormal ofMedian(double medianDays, double spread) {
            return new LogNormal(medianDays * Math.exp(spread * spread / 2), Math.sqrt(Math.expm1(spread * spread)));
        }

        @Override
        public ContinuousSampler whole(UniformRandomProvider random) {
            return of(random, mu());
        }

        /** A lognormal weighted by its own value is the lognormal of {@code mu + sigma^2}. */
        @Override
        public ContinuousSampler remaining(UniformRandomProvider random) {
            ContinuousSampler longer = of(random, mu() + sigma() * sigma());
            return () -> random.nextDouble() * longer.sample();
        }

        private ContinuousSampler of(UniformRandomProvider random, double mu) {
            return LogNormalSampler.of(ZigguratSampler.NormalizedGaussian.of(random), mu, sigma());
        }

        private double mu() {
            return Math.log(meanDays) - sigma() * sigma() / 2;
        }

        private double sigma() {
            return Math.sqrt(Math.log1p(cv * cv));
        }
    }

    /** Stays without memory, as queueing theory's formulas of waits want them. */
    record Exponential(double meanDays) implements LengthOfStay {
        public Exponential {
            requirePositive("stayMeanDays", meanDays);
        }

        @Override
        public ContinuousSampler whole(UniformRandomProvider random) {
            return ZigguratSampler.Exponential.of(random, meanDays);
        }

        @Override
        public ContinuousSampler remaining(UniformRandomProvider random) {
            return whole(random);
        }
    }

    /** As they were seen, and what lies between them. In any order. */
    record Empirical(List<Double> days) implements LengthOfStay {
        public Empirical {
            days = days.stream().sorted().toList();
            if (days.isEmpty()) {
                throw new IllegalArgumentException("there are no stays seen, there must be one at least");
            }
            days.forEach(seen -> requirePositive("a stay seen", seen));
        }

        @Override
        public double meanDays() {
            return days.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        }

        @Override
        public ContinuousSampler whole(UniformRandomProvider random) {
            double[] sorted = days.stream().mapToDouble(Double::doubleValue).toArray();
            return () -> {
                double place = random.nextDouble() * sorted.length - 0.5;
                int below = Math.max(0, (int) Math.floor(place));
                int above = Math.min(sorted.length - 1, below + 1);
                return sorted[below] + Math.max(0, place - below) * (sorted[above] - sorted[below]);
            };
        }

        @Override
        public ContinuousSampler remaining(UniformRandomProvider random) {
            double[] sorted = days.stream().mapToDouble(Double::doubleValue).toArray();
            DiscreteSampler byLength = AliasMethodDiscreteSampler.of(random, sorted);
            return () -> random.nextDouble() * sorted[byLength.sample()];
        }
    }

    private static void requirePositive(String what, double value) {
        if (!(value > 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException(what + " is " + value + ", it must be greater than 0");
        }
    }
}
