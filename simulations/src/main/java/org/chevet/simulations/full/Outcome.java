package org.chevet.simulations.full;

import java.util.List;
import org.chevet.simulations.scenario.Indicator;

/**
 * What came of one history.
 *
 * @param indicators by {@link Indicator#ordinal()}; NaN where there was nobody to measure it on
 * @param series by {@link Series#ordinal()}, a value for each hour that is counted
 * @param occupied beds of each service, on average over the counted time
 * @param events folded by the live state, the time that is not counted included
 */
public record Outcome(double[] indicators, int[][] series, double[] occupied, List<String> log, long events) {
    /** What is looked at every hour. */
    public enum Series {
        OCCUPIED("occupied", "Lits occupés", "Beds occupied"),
        NEEDED("needed", "Lits occupés et demandés", "Beds occupied and asked for"),
        STAFFED("staffed", "Lits armés", "Beds staffed"),
        BOARDERS("boarders", "Patients aux urgences en attente de lit", "Boarders in the emergency department");

        private final String code;
        private final String french;
        private final String english;

        Series(String code, String french, String english) {
            this.code = code;
            this.french = french;
            this.english = english;
        }

        public String code() {
            return code;
        }

        public String french() {
            return french;
        }

        public String english() {
            return english;
        }
    }

    public double of(Indicator indicator) {
        return indicators[indicator.ordinal()];
    }
}
