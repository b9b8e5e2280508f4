package org.chevet.simulations.policy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.chevet.hospital.Hospital;

/** Policies on the same weeks, once for each seed. */
public final class Comparison {
    /** Until the hospital, which begins empty, is as full as it will be. */
    private static final int DAYS_TO_FILL = 28;

    private static final LocalDate FIRST_DAY = LocalDate.of(2026, 1, 5);

    private final Hospital hospital;
    private final int days;
    private final double load;

    /** What is compared, each lower the better. */
    private static final Map<String, ToDoubleFunction<Outcome>> MEASURES = new LinkedHashMap<>();

    static {
        MEASURES.put("outliers, % of those placed", outcome -> 100 * outcome.outlierShare());
        MEASURES.put("outliers, % of patient-days", outcome -> 100 * outcome.outlierDayShare());
        MEASURES.put("wait, priority 1, hours", outcome -> outcome.meanWaitHours(1));
        MEASURES.put("wait, priority 2, hours", outcome -> outcome.meanWaitHours(2));
        MEASURES.put("wait, priority 3, hours", outcome -> outcome.meanWaitHours(3));
        MEASURES.put("wait, priority 4, hours", outcome -> outcome.meanWaitHours(4));
        MEASURES.put("wait, isolated, hours", Outcome::meanIsolationWaitHours);
        MEASURES.put(
                "sent elsewhere or put off, % of those who asked",
                outcome -> 100.0 * outcome.refused / Math.max(1, outcome.refused + outcome.placed));
        MEASURES.put("night moves", outcome -> outcome.nightMoves);
    }

    /** @param load patients for each staffed bed, see {@link Demand} */
    public Comparison(Hospital hospital, int weeks, double load) {
        this.hospital = hospital;
        this.days = 7 * weeks;
        this.load = load;
    }

    /** Values by measure and policy, one for each seed. */
    public Map<String, Map<String, List<Double>>> run(int seeds) {
        List<Supplier<BedPolicy>> policies = List.of(ReadyBeds::firstFit, ReadyBeds::rankGreedy, Proposed::new);
        Map<String, Map<String, List<Double>>> values = new LinkedHashMap<>();
        Instant begin = FIRST_DAY.atStartOfDay(hospital.zone()).toInstant();
        Instant countedFrom =
                FIRST_DAY.plusDays(DAYS_TO_FILL).atStartOfDay(hospital.zone()).toInstant();
        Instant end = FIRST_DAY
                .plusDays(DAYS_TO_FILL + days)
                .atStartOfDay(hospital.zone())
                .toInstant();
        for (int seed = 1; seed <= seeds; seed++) {
            List<Arrival> arrivals = Demand.of(hospital, FIRST_DAY, DAYS_TO_FILL + days, load, seed);
            for (Supplier<BedPolicy> made : policies) {
                BedPolicy policy = made.get();
                Outcome outcome = SimulatedWeeks.run(hospital, arrivals, policy, begin, countedFrom, end, seed);
                MEASURES.forEach((measure, value) -> values.computeIfAbsent(measure, none -> new LinkedHashMap<>())
                        .computeIfAbsent(policy.name(), none -> new ArrayList<>())
                        .add(value.applyAsDouble(outcome)));
            }
        }
        return values;
    }
}
