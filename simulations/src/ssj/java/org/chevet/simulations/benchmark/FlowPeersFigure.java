package org.chevet.simulations.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import org.chevet.simulations.flow.FlowModel;
import org.chevet.simulations.flow.FlowModelReader;
import org.chevet.simulations.flow.FlowSimulation;
import org.chevet.simulations.flow.WhenFull;
import org.chevet.simulations.ssj.SsjFlow;
import umontreal.ssj.simevents.eventlist.BinaryTree;
import umontreal.ssj.simevents.eventlist.EventList;
import umontreal.ssj.simevents.eventlist.SplayTree;

/**
 * The flow level beside SSJ on the same model, in turns, on one thread: events per second of its CPU time, and beds occupied in the
 * steady state, which must agree within their standard errors.
 *
 * <p>{@code mvn -q compile exec:exec@figure -Pssj -Dfigure=FlowPeers -Dfigure.args="HOSPITAL.json"}
 */
public final class FlowPeersFigure {
    private static final int REPLICATIONS = 60;
    private static final int ROUNDS = 3;
    private static final double WARM_UP_DAYS = 60;
    private static final double DAYS = WARM_UP_DAYS + 365;

    private FlowPeersFigure() {}

    /** One history after the other. */
    private interface Engine {
        double occupied(int replication);

        long events();
    }

    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            throw new IllegalArgumentException("no hospital is given: -Dfigure.args=\"HOSPITAL.json\"");
        }
        FlowModel model = FlowModelReader.read(Path.of(args[0]));
        Engine own = own(model);
        Engine splay = ssj(model, new SplayTree());
        Engine binary = ssj(model, new BinaryTree());
        for (int round = 1; round <= ROUNDS; round++) {
            print("Chevet", own, round);
            print("SSJ, splay tree", splay, round);
            print("SSJ, binary tree", binary, round);
        }
    }

    private static Engine own(FlowModel model) {
        FlowSimulation simulation = new FlowSimulation(model, WhenFull.WAIT);
        return new Engine() {
            @Override
            public double occupied(int replication) {
                simulation.start(1, replication);
                simulation.run(WARM_UP_DAYS);
                simulation.restartTally();
                simulation.run(DAYS);
                return IntStream.range(0, model.services().size())
                        .mapToDouble(simulation.tally()::meanOccupied)
                        .sum();
            }

            @Override
            public long events() {
                return simulation.events();
            }
        };
    }

    private static Engine ssj(FlowModel model, EventList events) {
        SsjFlow flow = new SsjFlow(model, events);
        return new Engine() {
            @Override
            public double occupied(int replication) {
                return flow.run(WARM_UP_DAYS, DAYS);
            }

            @Override
            public long events() {
                return flow.events();
            }
        };
    }

    private static void print(String name, Engine engine, int round) {
        double[] occupied = new double[REPLICATIONS];
        long events = 0;
        long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (int replication = 0; replication < REPLICATIONS; replication++) {
            occupied[replication] = engine.occupied(replication);
            events += engine.events();
        }
        double seconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began) / 1e9;
        double mean = Arrays.stream(occupied).average().orElseThrow();
        double squares = Arrays.stream(occupied)
                .map(one -> (one - mean) * (one - mean))
                .sum();
        System.out.println(String.format(
                Locale.ROOT,
                "%-17s round %d: %6.2f M events/s; occupied %.1f, standard error %.1f",
                name,
                round,
                events / 1e6 / seconds,
                mean,
                Math.sqrt(squares / (REPLICATIONS - 1) / REPLICATIONS)));
    }
}
