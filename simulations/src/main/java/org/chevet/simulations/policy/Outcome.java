package org.chevet.simulations.policy;

import java.util.ArrayList;
import java.util.List;

/** What came of some weeks. Waits are in hours, one for each patient who was asked for. */
final class Outcome {
    static final int PRIORITIES = 5;

    private final List<List<Double>> waitHours = new ArrayList<>();
    private final List<Double> isolationWaitHours = new ArrayList<>();
    int placed;
    int outliers;
    int refused;
    int nightMoves;
    int refusedByTheRules;
    double outlierDays;
    double patientDays;

    Outcome() {
        for (int priority = 0; priority <= PRIORITIES; priority++) {
            waitHours.add(new ArrayList<>());
        }
    }

    void waited(int priority, boolean isolated, double hours) {
        waitHours.get(priority).add(hours);
        if (isolated) {
            isolationWaitHours.add(hours);
        }
    }

    double meanWaitHours(int priority) {
        return mean(waitHours.get(priority));
    }

    double meanIsolationWaitHours() {
        return mean(isolationWaitHours);
    }

    double outlierShare() {
        return placed == 0 ? 0 : (double) outliers / placed;
    }

    double outlierDayShare() {
        return patientDays == 0 ? 0 : outlierDays / patientDays;
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }
}
