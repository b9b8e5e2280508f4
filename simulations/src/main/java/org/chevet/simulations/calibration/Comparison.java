package org.chevet.simulations.calibration;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A service, or the whole hospital, as it was seen and as it was simulated several times: distances of Kolmogorov and Smirnov, that is the greatest
 * difference between two cumulated distributions, from 0 for the same to 1.
 *
 * @param simulated each history
 * @param settled the first day whose census is compared
 */
public record Comparison(String name, Seen real, List<Seen> simulated, int settled) {
    /** Asymptotic quantile of the distance of two samples of one distribution: 95 % of them are nearer than this over the root of their sizes. */
    private static final double CHANCE_95 = 1.358;

    public Comparison {
        simulated = List.copyOf(simulated);
    }

    /** What is compared. */
    public enum Of {
        ARRIVALS_BY_HOUR,
        ARRIVALS_BY_WEEKDAY,
        LEAVING_BY_HOUR,
        LEAVING_BY_WEEKDAY,
        EMERGENCIES_BY_MONTH,
        ELECTIVES_BY_MONTH,
        DIRECT_BY_MONTH,
        LENGTH,
        CENSUS
    }

    public double distance(Of of) {
        return switch (of) {
            case LENGTH -> betweenSamples(real.lengthDays(), simulatedLengths());
            case CENSUS -> betweenSamples(census(real), simulatedCensus());
            default -> betweenCounts(counts(real, of), simulatedCounts(of));
        };
    }

    /** Below which chance alone brings 95 % of the distances, were both the same; of the census too little, since a day is like the one before. */
    public double chance(Of of) {
        double some = size(real, of);
        double others = simulated.stream().mapToDouble(seen -> size(seen, of)).sum();
        return some == 0 || others == 0 ? Double.NaN : CHANCE_95 * Math.sqrt(1 / some + 1 / others);
    }

    private double size(Seen seen, Of of) {
        return switch (of) {
            case LENGTH -> seen.lengthDays().length;
            case CENSUS -> census(seen).length;
            default -> Arrays.stream(counts(seen, of)).sum();
        };
    }

    public static int[] counts(Seen seen, Of of) {
        return switch (of) {
            case ARRIVALS_BY_HOUR -> seen.arrivalsByHour();
            case ARRIVALS_BY_WEEKDAY -> seen.arrivalsByWeekday();
            case LEAVING_BY_HOUR -> seen.leavingByHour();
            case LEAVING_BY_WEEKDAY -> seen.leavingByWeekday();
            case EMERGENCIES_BY_MONTH -> seen.emergenciesByMonth();
            case ELECTIVES_BY_MONTH -> seen.electivesByMonth();
            case DIRECT_BY_MONTH -> seen.directByMonth();
            case LENGTH, CENSUS -> throw new IllegalArgumentException(of + " is no count");
        };
    }

    /** Of all histories together. */
    public int[] simulatedCounts(Of of) {
        int[] sum = new int[counts(real, of).length];
        for (Seen seen : simulated) {
            int[] counts = counts(seen, of);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += counts[i];
            }
        }
        return sum;
    }

    /** Of all histories together. */
    public Needs simulatedNeeds() {
        return Needs.sum(simulated.stream().map(Seen::needs).toList());
    }

    /** In order. */
    public double[] simulatedLengths() {
        return simulated.stream()
                .flatMapToDouble(seen -> Arrays.stream(seen.lengthDays()))
                .sorted()
                .toArray();
    }

    public double simulatedMeanDays() {
        return Arrays.stream(simulatedLengths()).average().orElse(Double.NaN);
    }

    /** Of the lengths of stay. */
    public double simulatedQuantile(double share) {
        return Seen.quantile(simulatedLengths(), share);
    }

    private double[] census(Seen seen) {
        return Arrays.stream(seen.census(), settled, seen.census().length)
                .asDoubleStream()
                .sorted()
                .toArray();
    }

    private double[] simulatedCensus() {
        return simulated.stream()
                .flatMapToDouble(seen -> Arrays.stream(census(seen)))
                .sorted()
                .toArray();
    }

    public double meanCensus() {
        return Arrays.stream(census(real)).average().orElse(Double.NaN);
    }

    public double meanSimulatedCensus() {
        return Arrays.stream(simulatedCensus()).average().orElse(Double.NaN);
    }

    /** Of one history, on average. */
    public double simulatedArrivals() {
        return simulated.stream().mapToInt(Seen::arrivals).average().orElse(Double.NaN);
    }

    static double betweenCounts(int[] some, int[] others) {
        double allSome = Arrays.stream(some).sum();
        double allOthers = Arrays.stream(others).sum();
        if (allSome == 0 || allOthers == 0) {
            return allSome == allOthers ? 0 : 1;
        }
        double greatest = 0;
        double difference = 0;
        for (int i = 0; i < some.length; i++) {
            difference += some[i] / allSome - others[i] / allOthers;
            greatest = Math.max(greatest, Math.abs(difference));
        }
        return greatest;
    }

    /** Both in order. */
    static double betweenSamples(double[] some, double[] others) {
        if (some.length == 0 || others.length == 0) {
            return some.length == others.length ? 0 : 1;
        }
        double greatest = 0;
        int of = 0;
        int ofOthers = 0;
        while (of < some.length && ofOthers < others.length) {
            double value = Math.min(some[of], others[ofOthers]);
            while (of < some.length && some[of] <= value) {
                of++;
            }
            while (ofOthers < others.length && others[ofOthers] <= value) {
                ofOthers++;
            }
            greatest = Math.max(greatest, Math.abs((double) of / some.length - (double) ofOthers / others.length));
        }
        return greatest;
    }

    /** Share of sorted values that are no greater, at each of these. */
    public static double[] cumulated(double[] sorted, double[] at) {
        return IntStream.range(0, at.length)
                .mapToDouble(i -> {
                    int place = Arrays.binarySearch(sorted, Math.nextUp(at[i]));
                    int below = place >= 0 ? place : -place - 1;
                    return sorted.length == 0 ? 0 : (double) below / sorted.length;
                })
                .toArray();
    }
}
