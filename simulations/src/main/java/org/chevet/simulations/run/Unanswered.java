package org.chevet.simulations.run;

import java.util.Arrays;
import java.util.List;
import org.chevet.simulations.full.Level;
import org.chevet.simulations.scenario.Indicator;
import org.chevet.simulations.scenario.Measure;
import org.chevet.simulations.scenario.Scenario;

/** What a level of the simulator has nothing to say of. */
final class Unanswered {
    private Unanswered() {}

    static List<Indicator> indicators(Level level) {
        return Arrays.stream(Indicator.values())
                .filter(indicator -> !level.answers(indicator))
                .toList();
    }

    /** Names of those that change nothing. */
    static List<String> measures(Scenario scenario, Level level) {
        return scenario.measures().stream()
                .filter(measure -> !level.knows(measure.action()))
                .map(Measure::name)
                .toList();
    }
}
