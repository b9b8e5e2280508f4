package org.chevet.simulations.benchmark;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.chevet.forecast.FlowLaws;
import org.chevet.forecast.FlowLaws.Here;
import org.chevet.forecast.FlowLaws.OfService;
import org.chevet.forecast.FlowLaws.Plan;
import org.chevet.hospital.ServiceId;
import org.chevet.simulations.future.Futures;

/** How long the futures of a hospital of 1,000 beds in 28 services take, without and with ten more beds in each service. */
final class FuturesFigure {
    private static final int SERVICES = 28;
    private static final int BEDS = 36;
    private static final int PRESENT = 33;
    private static final int MORE_BEDS = 10;
    private static final int CLASSES = 12;

    /** So that stays last six days. */
    private static final double LEAVING = 1 / (6.0 * 24);

    private static final int ROUNDS = 5;

    private FuturesFigure() {}

    public static void main(String[] args) throws InterruptedException {
        FlowLaws laws = laws();
        for (int threads : new int[] {1, Runtime.getRuntime().availableProcessors()}) {
            for (int round = 0; round < ROUNDS; round++) {
                long began = System.nanoTime();
                Futures.Compared compared = Futures.compare(laws, round, threads, () -> {});
                System.out.println(String.format(
                        Locale.ROOT,
                        "2 x %d futures x %d days of %d beds on %d threads: %.2f s; hours waited %.0f, with the beds %.0f",
                        Futures.COUNT,
                        Futures.DAYS,
                        SERVICES * BEDS,
                        threads,
                        (System.nanoTime() - began) / 1e9,
                        compared.series().getFirst().waitedHours().without().mean(),
                        compared.series().getFirst().waitedHours().with().mean()));
            }
        }
    }

    private static FlowLaws laws() {
        double[] coming = new double[FlowLaws.HOURS];
        Arrays.fill(coming, 0.95 * BEDS * LEAVING * 0.9);
        float[][] leaving = new float[CLASSES][FlowLaws.HOURS];
        for (float[] chances : leaving) {
            Arrays.fill(chances, (float) LEAVING);
        }
        float[] still = new float[FlowLaws.HOURS];
        for (int hour = 0; hour < still.length; hour++) {
            still[hour] = (float) Math.pow(1 - LEAVING, hour + 1);
        }
        List<OfService> services = new ArrayList<>();
        List<Here> here = new ArrayList<>();
        for (int service = 0; service < SERVICES; service++) {
            double[] routes = new double[SERVICES];
            routes[(service + 1) % SERVICES] = 0.1;
            services.add(new OfService(new ServiceId("S" + service), PRESENT, coming, 0.01, 1.5, routes, leaving));
            for (int patient = 0; patient < PRESENT; patient++) {
                here.add(new Here(service, still, FlowLaws.HOME));
            }
        }
        int[] never = new int[here.size()];
        Arrays.fill(never, Integer.MAX_VALUE);
        List<Plan> plans = IntStream.of(BEDS, BEDS + MORE_BEDS)
                .mapToObj(beds -> new Plan(
                        IntStream.generate(() -> beds).limit(SERVICES).toArray(),
                        new int[SERVICES][FlowLaws.HOURS],
                        never,
                        new boolean[0]))
                .toList();
        return new FlowLaws(Instant.EPOCH, services, here, List.of(), 0.9, plans);
    }
}
