package org.chevet.simulations.scenario;

import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.ServiceId;
import org.chevet.simulations.demand.ArrivalProfile;
import org.chevet.simulations.demand.CareProfile;
import org.chevet.simulations.demand.Leaving;
import org.chevet.simulations.flow.LengthOfStay;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the simulator: a hospital, who comes to it, what happens to it, what it does then and what is wanted to be known.
 *
 * @param code the file's name without its ending
 * @param sources where the parameters come from
 * @param begins the first day that is counted
 * @param warmUpDays before it
 * @param load times the patients that the services are meant for
 * @param season emergencies by month from January on, times an average month
 * @param care services that live otherwise than usual
 * @param routine how the house works
 * @param messages what the players of a drill are told; the simulator has nobody to tell it to
 * @param questions indicators to be answered first
 * @param real what it is to be held against, null for nothing
 */
public record Scenario(
        String code,
        Words name,
        Words summary,
        List<String> sources,
        Hospital hospital,
        LocalDate begins,
        int warmUpDays,
        int days,
        double load,
        List<Double> season,
        Map<ServiceId, Care> care,
        Routine routine,
        List<Inject> injects,
        List<Message> messages,
        List<Measure> measures,
        List<Indicator> questions,
        @Nullable Real real) {
    public Scenario {
        sources = List.copyOf(sources);
        season = List.copyOf(season);
        care = Map.copyOf(care);
        injects = List.copyOf(injects);
        messages = List.copyOf(messages);
        measures = List.copyOf(measures);
        questions = List.copyOf(questions);
    }

    /**
     * A census that really was, in a CSV file with a column {@code date}.
     *
     * @param admissions column of those admitted on the day; null when it is not known, or nothing is to be fitted
     * @param patientsPerBed how many real patients one simulated patient stands for
     * @param calibratedUntil the last day that the scenario's parameters were found on
     * @param tolerance how far the simulated census may be off on any day, as a share of the real one
     * @param staysKnown whether how long patients stay comes from a source of its own, and is not to be fitted
     */
    public record Real(
            String file,
            String column,
            @Nullable String admissions,
            double patientsPerBed,
            LocalDate calibratedUntil,
            double tolerance,
            boolean staysKnown) {}

    /** In both languages. */
    public record Words(String french, String english) {}

    /** @param atHours from the beginning of the days that are counted */
    public record Message(double atHours, String text) {}

    /**
     * Those who come into a service from outside, as they were seen.
     *
     * @param perDay on average
     */
    public record Coming(RequestOrigin origin, double perDay, ArrivalProfile profile) {}

    /**
     * How a service lives, and what of it was seen and not assumed.
     *
     * @param lengthOfStay until nothing keeps the patient but the hour and the weekday, see {@link Leaving}
     * @param comings null for as many as keep the service as full as its profile says
     * @param leaving null for what is usual at its level of care
     */
    public record Care(
            CareProfile profile,
            LengthOfStay lengthOfStay,
            @Nullable List<Coming> comings,
            @Nullable Leaving leaving,
            Needs needs) {
        public Care(CareProfile profile) {
            this(profile, profile.lengthOfStay(), null, null, Needs.USUAL);
        }
    }

    /**
     * What those who come into a service need, as far as it was seen.
     *
     * @param female share; null for one half
     * @param isolation shares of those who need any; null for what is usual of their specialty
     * @param equipment shares by code
     */
    public record Needs(
            @Nullable Double female, @Nullable Map<Isolation, Double> isolation, Map<String, Double> equipment) {
        public static final Needs USUAL = new Needs(null, null, Map.of());

        // In an order of their own: so the same seed is the same history in every process.
        public Needs {
            isolation = isolation == null ? null : Collections.unmodifiableMap(new TreeMap<>(isolation));
            equipment = Collections.unmodifiableMap(new TreeMap<>(equipment));
        }

        /**
         * The isolation of one of them.
         *
         * @param usual where none was seen
         * @param draw uniform in [0, 1)
         */
        public Isolation isolation(Isolation usual, double draw) {
            if (isolation == null) {
                return usual;
            }
            double left = draw;
            for (Map.Entry<Isolation, Double> share : isolation.entrySet()) {
                left -= share.getValue();
                if (left < 0) {
                    return share.getKey();
                }
            }
            return Isolation.NONE;
        }
    }

    /** The same without anything that the hospital does about it. */
    public Scenario withoutMeasures() {
        return new Scenario(
                code,
                name,
                summary,
                sources,
                hospital,
                begins,
                warmUpDays,
                days,
                load,
                season,
                care,
                routine,
                injects,
                messages,
                List.of(),
                questions,
                real);
    }
}
