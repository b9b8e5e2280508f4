package org.chevet.simulations.benchmark;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.chevet.simulations.demo.DemoLayout;
import org.chevet.simulations.full.FullModel;
import org.chevet.simulations.full.FullSimulation;
import org.chevet.simulations.full.Level;
import org.chevet.simulations.full.Policy;
import org.chevet.simulations.full.Witness;
import org.chevet.simulations.scenario.Routine;

/**
 * How fast the full level of the simulator is: events folded by the live state per second of one thread's CPU time, with everything that
 * leads to them (chance, decisions, placement, views), over weeks of the demo hospital; and what is allocated for each.
 *
 * <p>{@code mvn -q compile exec:exec@figure -Dfigure=FullSimulation -Dfigure.args="REPLICATIONS DAYS LOAD"}: 30, 28 and 1 when left out.
 */
public final class FullSimulationFigure {
    private static final int WARM_UP_ROUNDS = 10;
    private static final int ROUNDS = 3;
    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private FullSimulationFigure() {}

    public static void main(String[] args) {
        int replications = args.length > 0 ? Integer.parseInt(args[0]) : 30;
        int days = args.length > 1 ? Integer.parseInt(args[1]) : 28;
        double load = args.length > 2 ? Double.parseDouble(args[2]) : 1;
        FullModel model = new FullModel(new FullModel.Plan(
                DemoLayout.read(),
                LocalDate.of(2026, 1, 5),
                7,
                days,
                load,
                DoubleStream.generate(() -> 1).limit(12).toArray(),
                Map.of(),
                Routine.USUAL,
                null,
                List.of(),
                List.of()));
        print(model, Level.FULL, WARM_UP_ROUNDS, replications);
    }

    /** A line for each round, after histories that are for the compiler. */
    static void print(FullModel model, Level level, int warmUp, int replications) {
        measure(model, level, warmUp);
        for (int round = 1; round <= ROUNDS; round++) {
            print(measure(model, level, replications));
        }
    }

    private record Measured(long events, double seconds, long bytes, int replications) {}

    private static Measured measure(FullModel model, Level level, int replications) {
        long events = 0;
        long allocated = THREAD.getCurrentThreadAllocatedBytes();
        long began = THREAD.getCurrentThreadCpuTime();
        for (int replication = 0; replication < replications; replication++) {
            events += FullSimulation.run(model, level, Policy.CHEVET, 1, replication, Witness.NONE)
                    .events();
        }
        double seconds = (THREAD.getCurrentThreadCpuTime() - began) / 1e9;
        return new Measured(events, seconds, THREAD.getCurrentThreadAllocatedBytes() - allocated, replications);
    }

    private static void print(Measured measured) {
        System.out.println(String.format(
                Locale.ROOT,
                "%d histories, %.2f M events in %.2f s of one core, %.0f k events/s, %d B each",
                measured.replications(),
                measured.events() / 1e6,
                measured.seconds(),
                measured.events() / 1e3 / measured.seconds(),
                measured.bytes() / measured.events()));
    }
}
