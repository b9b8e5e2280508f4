package org.chevet.simulations.full;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.chevet.simulations.scenario.Indicator;
import org.chevet.simulations.scenario.Measure;

/** How much of a hospital is simulated. */
public enum Level {
    /** The engine's live state and its placement decide everything. */
    FULL("full"),

    /** Each service is a number of beds that are alike, the most urgent first: no rooms, no rules, nobody in another service's bed. */
    FLOW("flow");

    private final String code;

    Level(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }

    /** @throws IllegalArgumentException for what is unknown; its message says what is known */
    public static Level of(String code) {
        return Arrays.stream(values())
                .filter(level -> level.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("level '" + code + "' is unknown; known are "
                        + Arrays.stream(values()).map(Level::code).collect(Collectors.joining(", ")) + "."));
    }

    public boolean answers(Indicator indicator) {
        return this == FULL || indicator != Indicator.OUTLIERS && indicator != Indicator.OUTLIER_DAYS;
    }

    /** Whether a measure does anything. */
    public boolean knows(Measure.Action action) {
        return this == FULL || !(action instanceof Measure.Cohort);
    }
}
