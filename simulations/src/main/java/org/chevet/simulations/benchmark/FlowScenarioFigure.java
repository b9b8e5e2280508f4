package org.chevet.simulations.benchmark;

import java.util.List;
import org.chevet.simulations.full.FullModel;
import org.chevet.simulations.full.Level;
import org.chevet.simulations.scenario.ScenarioFile;
import org.chevet.simulations.scenario.ScenarioFile.ScenarioException;

/**
 * How fast {@code level=flow} of a scenario is: events per second of one thread's CPU time, with all that a scenario has (injects, measures, refusals,
 * cleaning), on beds that are counted. {@link FlowFigure} is of models without a scenario.
 *
 * <p>{@code mvn -q compile exec:exec@figure -Dfigure=FlowScenario -Dfigure.args="SCENARIO REPLICATIONS"}: ordinary and 100 when left out.
 */
public final class FlowScenarioFigure {
    private FlowScenarioFigure() {}

    public static void main(String[] args) throws ScenarioException {
        String name = args.length > 0 ? args[0] : "ordinary";
        int replications = args.length > 1 ? Integer.parseInt(args[1]) : 100;
        FullModel model = FullModel.of(ScenarioFile.read(name, List.of()));
        FullSimulationFigure.print(model, Level.FLOW, replications, replications);
    }
}
