package org.chevet.forecast;

import java.time.Instant;
import java.util.List;
import org.chevet.hospital.ServiceId;
import org.jspecify.annotations.Nullable;

/** What can be said of a hospital's coming hours and days. */
public sealed interface FlowForecast {
    /**
     * @param at when it was made
     * @param services in the order of the hospital's file
     */
    record Foreseen(Instant at, Series hospital, List<Series> services) implements FlowForecast {
        public Foreseen {
            services = List.copyOf(services);
        }
    }

    /** Nothing: fewer days were watched than are needed. */
    record TooLittleHistory(int daysKnown, int daysNeeded) implements FlowForecast {}

    /** The furthest hours ahead are fourteen days. */
    int HOURS_AHEAD_MAX = 14 * 24;

    /**
     * Of a service or the whole hospital.
     *
     * @param service null for the whole hospital
     * @param patients who are here now, with or without a bed, outpatients apart
     * @param beds neither closed nor blocked
     * @param thresholdBeds so many patients are tension, by the thresholds of the hospital's file in per cent of staffed beds
     * @param fullAfterHours the first hours ahead at which no free bed is more likely than not, null when that is so at none of them
     * @param ahead the nearest first
     */
    record Series(
            @Nullable ServiceId service,
            int patients,
            int beds,
            int thresholdBeds,
            @Nullable Integer fullAfterHours,
            Drivers drivers,
            List<Ahead> ahead) {
        public Series {
            ahead = List.copyOf(ahead);
        }
    }

    /**
     * So many hours ahead.
     *
     * @param patients how many need a bed there then
     * @param entries how many have come there until then
     * @param exits how many have left there until then
     * @param noFreeBed the probability that there are at least as many patients as beds
     * @param tension the probability of as many patients as the threshold, or more
     */
    record Ahead(
            int hours,
            CountDistribution patients,
            CountDistribution entries,
            CountDistribution exits,
            double noFreeBed,
            double tension) {}

    /**
     * Patients expected within the next {@value Drivers#DRIVER_HOURS} hours.
     *
     * @param unplanned who come from outside unannounced
     * @param planned who come from outside announced, now or later
     * @param movedIn who come from other services
     * @param movedOut who leave for other services
     * @param discharged who leave the hospital
     */
    record Drivers(double unplanned, double planned, double movedIn, double movedOut, double discharged) {
        public static final int DRIVER_HOURS = 24;
    }
}
