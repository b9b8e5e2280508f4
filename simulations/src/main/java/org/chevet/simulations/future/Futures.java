package org.chevet.simulations.future;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.chevet.forecast.FlowLaws;
import org.chevet.hospital.ServiceId;
import org.chevet.simulations.flow.Replications;
import org.jspecify.annotations.Nullable;

/**
 * Futures of a hospital without and with a measure, pair by pair on the same chance: the same people come, stay as long and go to the same places, so
 * what differs is the measure's doing.
 */
public final class Futures {
    /** Pairs of futures. */
    public static final int COUNT = 500;

    public static final int DAYS = FlowLaws.HOURS / 24;

    /** Levels of the quantiles, as the forecast's bands have them. */
    private static final double[] LEVELS = {0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975};

    private static final double NORMAL_975 = 1.96;

    private Futures() {}

    /**
     * @param hours ahead at which the columns stand
     * @param series the whole hospital first
     */
    public record Compared(int[] hours, List<Series> series) {}

    /**
     * Of a service or the whole hospital.
     *
     * @param service null for the whole hospital
     * @param occupied by which with differs from without, in each pair
     * @param fullHours with no free bed, in the whole hospital: in no service
     * @param waitedHours without a bed of the service that they are patients of, all patients added up
     */
    public record Series(
            @Nullable ServiceId service,
            Arm without,
            Arm with,
            Difference occupied,
            Total fullHours,
            Total waitedHours) {}

    /**
     * By hour; quantiles by level first, from 2.5 % to 97.5 %.
     *
     * @param occupied beds
     * @param full the share of futures in which no bed is free, in the whole hospital: in no service
     * @param waiting patients on the mean
     */
    public record Arm(int beds, int[][] occupied, double[] full, double[] waiting) {}

    /** By hour: the mean, and the ends of the band in which 95 % of all pairs lie. */
    public record Difference(double[] mean, int[] low, int[] high) {}

    /** A mean over all futures, and half of its confidence interval of 95 %. */
    public record Estimate(double mean, double half) {}

    /** Over the whole time. */
    public record Total(Estimate without, Estimate with, Estimate difference) {}

    private record Pair(Course without, Course with) {}

    /**
     * The same for the same laws and seed, whatever the number of threads.
     *
     * @param laws of two plans: without, and with
     * @param done is called after each pair, on any thread
     * @throws InterruptedException when the caller is interrupted; nothing goes on then
     */
    public static Compared compare(FlowLaws laws, long seed, int threads, Runnable done) throws InterruptedException {
        List<Pair> pairs = Replications.run(
                () -> laws.plans().stream()
                        .map(plan -> new LiveFlow(laws, plan))
                        .toList(),
                COUNT,
                threads,
                (flows, number) -> {
                    Pair pair = new Pair(
                            flows.get(0).run(seed, number), flows.get(1).run(seed, number));
                    done.run();
                    return pair;
                });
        return new Compared(
                Course.HOURS.clone(),
                IntStream.rangeClosed(0, laws.services().size())
                        .mapToObj(place -> series(laws, pairs, place))
                        .toList());
    }

    private static Series series(FlowLaws laws, List<Pair> pairs, int place) {
        List<Course> without = pairs.stream().map(Pair::without).toList();
        List<Course> with = pairs.stream().map(Pair::with).toList();
        return new Series(
                place == 0 ? null : laws.services().get(place - 1).service(),
                arm(without, laws.plans().get(0), place),
                arm(with, laws.plans().get(1), place),
                difference(pairs, place),
                total(without, with, course -> course.fullHours[place]),
                total(without, with, course -> course.waitedHours[place]));
    }

    private static Arm arm(List<Course> courses, FlowLaws.Plan plan, int place) {
        int beds = place == 0 ? Arrays.stream(plan.beds()).sum() : plan.beds()[place - 1];
        int hours = Course.HOURS.length;
        int[][] quantiles = new int[LEVELS.length][hours];
        double[] full = new double[hours];
        double[] waiting = new double[hours];
        int[] occupied = new int[courses.size()];
        for (int hour = 0; hour < hours; hour++) {
            int fullFutures = 0;
            long waits = 0;
            for (int i = 0; i < occupied.length; i++) {
                occupied[i] = courses.get(i).occupied[place][hour];
                fullFutures += courses.get(i).full[place][hour] ? 1 : 0;
                waits += courses.get(i).waiting[place][hour];
            }
            full[hour] = (double) fullFutures / occupied.length;
            waiting[hour] = (double) waits / occupied.length;
            Arrays.sort(occupied);
            for (int level = 0; level < LEVELS.length; level++) {
                quantiles[level][hour] = quantile(occupied, LEVELS[level]);
            }
        }
        return new Arm(beds, quantiles, full, waiting);
    }

    private static Difference difference(List<Pair> pairs, int place) {
        int hours = Course.HOURS.length;
        double[] mean = new double[hours];
        int[] low = new int[hours];
        int[] high = new int[hours];
        int[] differences = new int[pairs.size()];
        for (int hour = 0; hour < hours; hour++) {
            for (int i = 0; i < differences.length; i++) {
                Pair pair = pairs.get(i);
                differences[i] = pair.with().occupied[place][hour] - pair.without().occupied[place][hour];
            }
            Arrays.sort(differences);
            mean[hour] = Arrays.stream(differences).average().orElseThrow();
            low[hour] = quantile(differences, LEVELS[0]);
            high[hour] = quantile(differences, LEVELS[LEVELS.length - 1]);
        }
        return new Difference(mean, low, high);
    }

    /** So many or fewer in that share of them. */
    private static int quantile(int[] sorted, double level) {
        return sorted[Math.max(0, (int) Math.ceil(level * sorted.length) - 1)];
    }

    private static Total total(List<Course> without, List<Course> with, ToDoubleFunction<Course> value) {
        double[] some = without.stream().mapToDouble(value).toArray();
        double[] others = with.stream().mapToDouble(value).toArray();
        double[] differences = IntStream.range(0, some.length)
                .mapToDouble(i -> others[i] - some[i])
                .toArray();
        return new Total(estimate(some), estimate(others), estimate(differences));
    }

    /** {@code mean ± 1.96 s / sqrt(n)}: of as many, Student's t is the normal's. */
    private static Estimate estimate(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return new Estimate(mean, NORMAL_975 * Math.sqrt(squares / (values.length - 1) / values.length));
    }
}
