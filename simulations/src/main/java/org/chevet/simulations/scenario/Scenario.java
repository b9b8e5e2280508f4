package org.chevet.simulations.scenario;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.ServiceId;
import org.chevet.simulations.demand.CareProfile;
import org.chevet.simulations.flow.LengthOfStay;

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
 * @param messages what the players of a drill are told; the simulator has nobody to tell it to
 * @param questions indicators to be answered first
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
        List<Inject> injects,
        List<Message> messages,
        List<Measure> measures,
        List<Indicator> questions) {
    public Scenario {
        sources = List.copyOf(sources);
        season = List.copyOf(season);
        care = Map.copyOf(care);
        injects = List.copyOf(injects);
        messages = List.copyOf(messages);
        measures = List.copyOf(measures);
        questions = List.copyOf(questions);
    }

    /** In both languages. */
    public record Words(String french, String english) {}

    /** @param atHours from the beginning of the days that are counted */
    public record Message(double atHours, String text) {}

    /** How a service lives, and how long patients stay there where that was seen and not assumed. */
    public record Care(CareProfile profile, LengthOfStay lengthOfStay) {
        public Care(CareProfile profile) {
            this(profile, profile.lengthOfStay());
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
                injects,
                messages,
                List.of(),
                questions);
    }
}
