package org.chevet.simulations.demand;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * How many are expected hour by hour, added up: arrivals are those of a Poisson process of rate 1 whose clock this is. So the hundredth
 * patient of a stream stays the same person when more or fewer are expected, and comes a little earlier or later. Immutable.
 */
public final class ArrivalCurve {
    private static final double SECONDS_PER_HOUR = 3_600;

    private final double[] expectedBefore;

    /** @param perHour expected in each hour from the beginning on */
    public ArrivalCurve(double[] perHour) {
        expectedBefore = new double[perHour.length + 1];
        for (int hour = 0; hour < perHour.length; hour++) {
            if (!(perHour[hour] >= 0 && Double.isFinite(perHour[hour]))) {
                throw new IllegalArgumentException(
                        perHour[hour] + " arrivals in hour " + hour + ", there must be 0 or more");
            }
            expectedBefore[hour + 1] = expectedBefore[hour] + perHour[hour];
        }
    }

    /** Expected over the whole of it. */
    public double total() {
        return expectedBefore[expectedBefore.length - 1];
    }

    /** One history of arrivals, in order. */
    public final class Arrivals {
        private final ContinuousSampler untilNext;
        private double clock;
        private int hour;

        public Arrivals(UniformRandomProvider random) {
            untilNext = ZigguratSampler.Exponential.of(random);
        }

        /** In seconds from the beginning; {@link Long#MAX_VALUE} when nobody comes any more. */
        public long next() {
            clock += untilNext.sample();
            int hours = expectedBefore.length - 1;
            while (hour < hours && expectedBefore[hour + 1] < clock) {
                hour++;
            }
            if (hour == hours) {
                return Long.MAX_VALUE;
            }
            double within = (clock - expectedBefore[hour]) / (expectedBefore[hour + 1] - expectedBefore[hour]);
            return (long) ((hour + within) * SECONDS_PER_HOUR);
        }
    }
}
