package org.chevet.simulations.patient;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chevet.forecast.CountDistribution;
import org.chevet.forecast.Scores;

/** The {@link Trajectories#ward ward} foreseen by its own laws, every midnight: nobody who has to learn them can do better on the mean. */
public final class KnownWard {
    private final Map<String, Integer> entered = new HashMap<>();
    private final Map<String, Integer> left = new HashMap<>();

    private KnownWard(Trajectories ward) {
        for (Trajectories.Step step : ward.steps()) {
            int day = (int) Duration.between(Trajectories.WARD_OPENS, step.at()).toDays();
            (step.service().equals(Trajectories.GONE) ? left : entered).put(step.patient(), day);
        }
    }

    /**
     * @param firstOrigin the first midnight from which is foreseen
     * @param days all of them
     * @return the mean continuous ranked probability score, in patients
     */
    public static double crps(Trajectories trajectories, int firstOrigin, int days, int daysAhead) {
        KnownWard ward = new KnownWard(trajectories);
        double sum = 0;
        for (int today = firstOrigin; today + daysAhead < days; today++) {
            sum += Scores.crps(ward.foreseen(today, daysAhead), ward.census(today + daysAhead));
        }
        return sum / (days - daysAhead - firstOrigin);
    }

    private int census(int midnight) {
        return (int) entered.keySet().stream()
                .filter(patient -> isThere(patient, midnight))
                .count();
    }

    private boolean isThere(String patient, int midnight) {
        return entered.getOrDefault(patient, midnight) < midnight && left.getOrDefault(patient, midnight) >= midnight;
    }

    private CountDistribution foreseen(int today, int daysAhead) {
        int then = today + daysAhead;
        List<Double> stays = new ArrayList<>();
        entered.forEach((patient, day) -> {
            if (isThere(patient, today)) {
                stays.add(Trajectories.stillThere(day, today, then));
            }
        });
        double come = 0;
        for (int day = today; day < then; day++) {
            come += Trajectories.arrivals(day) * Trajectories.stillThere(day, day + 1, then);
        }
        return CountDistribution.poissonBinomial(
                        stays.stream().mapToDouble(Double::doubleValue).toArray())
                .plus(CountDistribution.poisson(come));
    }
}
