package org.chevet.forecast;

import java.util.List;
import org.chevet.hospital.ServiceId;

/** What somebody would like to try out. The forecast of no change is the forecast. */
public record WhatIf(List<Change> changes) {
    public static final WhatIf NOTHING = new WhatIf(List.of());

    /** Most changes of one question. */
    public static final int CHANGES_MAX = 100;

    /** Most beds, or patients, of one change. */
    public static final int COUNT_MAX = 1_000;

    /** Longest influx. */
    public static final int INFLUX_HOURS_MAX = 14 * 24;

    /** How soon who is sent home early is gone. */
    static final int EARLY_HOURS = 4;

    /**
     * In one service, from now on.
     *
     * @param beds more of them; fewer when below zero
     * @param electivesCancelled how many of those who are announced do not come, the next ones first
     * @param dischargesAdvanced how many patients leave within four hours, those planned for the earliest day first, then the longest here
     * @param influx how many patients come who were not expected, evenly over {@code influxHours}
     */
    public record Change(
            ServiceId service, int beds, int electivesCancelled, int dischargesAdvanced, int influx, int influxHours) {
        public Change {
            check("beds", beds, -COUNT_MAX, COUNT_MAX);
            check("electivesCancelled", electivesCancelled, 0, COUNT_MAX);
            check("dischargesAdvanced", dischargesAdvanced, 0, COUNT_MAX);
            check("influx", influx, 0, COUNT_MAX);
            check("influxHours", influxHours, 1, INFLUX_HOURS_MAX);
        }

        private static void check(String what, int value, int min, int max) {
            if (value < min || value > max) {
                throw new IllegalArgumentException(what + " is " + value + ", not within " + min + " and " + max);
            }
        }
    }

    public WhatIf {
        changes = List.copyOf(changes);
        if (changes.size() > CHANGES_MAX) {
            throw new IllegalArgumentException("there are " + changes.size() + " changes, more than " + CHANGES_MAX);
        }
    }
}
