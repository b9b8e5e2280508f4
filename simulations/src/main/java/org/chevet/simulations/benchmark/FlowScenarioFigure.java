package org.chevet.simulations.benchmark;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import org.chevet.simulations.full.FullModel;
import org.chevet.simulations.full.FullSimulation;
import org.chevet.simulations.full.Level;
import org.chevet.simulations.full.Policy;
import org.chevet.simulations.full.Witness;
import org.chevet.simulations.scenario.ScenarioFile;
import org.chevet.simulations.scenario.ScenarioFile.ScenarioException;

/**
 * How fast {@code level=flow} of a scenario is: events per second of one thread's CPU time, with all that a scenario has (injects, measures, refusals,
 * cleaning), on beds that are counted. {@link FlowFigure} is of models without a scenario.
 *
 * <p>{@code mvn -q compile exec:exec@figure -Dfigure=FlowScenario -Dfigure.args="SCENARIO REPLICATIONS"}: ordinary and 100 when left out.
 */
public final class FlowScenarioFigure {
    private static final int ROUNDS = 3;

    private FlowScenarioFigure() {}

    public static void main(String[] args) throws ScenarioException {
        String name = args.length > 0 ? args[0] : "ordinary";
        int replications = args.length > 1 ? Integer.parseInt(args[1]) : 100;
        FullModel model = FullModel.of(ScenarioFile.read(name, List.of()));
        // The first round is for the compiler.
        for (int round = 0; round <= ROUNDS; round++) {
            long events = 0;
            long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            for (int replication = 0; replication < replications; replication++) {
                events += FullSimulation.run(model, Level.FLOW, Policy.CHEVET, 1, replication, Witness.NONE)
                        .events();
            }
            double seconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began) / 1e9;
            if (round > 0) {
                System.out.println(String.format(
                        Locale.ROOT,
                        "%s, %d histories: %.2f M events in %.2f s of one core, %.2f M events/s",
                        name,
                        replications,
                        events / 1e6,
                        seconds,
                        events / 1e6 / seconds));
            }
        }
    }
}
