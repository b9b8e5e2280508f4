package org.chevet.web;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.chevet.forecast.CountDistribution;
import org.chevet.forecast.FlowForecast;
import org.chevet.forecast.FlowForecast.Ahead;
import org.chevet.forecast.FlowForecast.Foreseen;

/**
 * What is foreseen of one hospital, or of several together, so many hours ahead.
 *
 * @param hospitals how many are counted
 * @param patients how many need a bed there then
 * @param beds neither closed nor blocked
 */
record GroupAhead(int hours, int hospitals, CountDistribution patients, int beds) {
    private static final List<Integer> HOURS = List.of(4, 12, 24, 48, 72, 7 * 24, 14 * 24);

    private static final int PARTS = 1_000;

    /** The nearest first; none of a hospital of which nothing is foreseen. */
    static List<GroupAhead> of(FlowForecast forecast) {
        return switch (forecast) {
            case FlowForecast.TooLittleHistory none -> List.of();
            case Foreseen foreseen ->
                foreseen.hospital().ahead().stream()
                        .filter(ahead -> HOURS.contains(ahead.hours()))
                        .map(ahead -> of(ahead, foreseen.hospital().beds()))
                        .toList();
        };
    }

    private static GroupAhead of(Ahead ahead, int beds) {
        return new GroupAhead(ahead.hours(), 1, ahead.patients(), beds);
    }

    /** Of all hospitals of which anything is foreseen, as if nothing but chance made them fuller than expected at once. */
    static List<GroupAhead> sum(List<List<GroupAhead>> ofHospitals) {
        List<GroupAhead> sums = new ArrayList<>();
        for (int hours : HOURS) {
            ofHospitals.stream()
                    .flatMap(List::stream)
                    .filter(ahead -> ahead.hours() == hours)
                    .reduce(GroupAhead::plus)
                    .ifPresent(sums::add);
        }
        return sums;
    }

    private GroupAhead plus(GroupAhead other) {
        return new GroupAhead(hours, hospitals + other.hospitals, patients.plus(other.patients), beds + other.beds);
    }

    static void write(JsonGenerator json, List<GroupAhead> all) throws IOException {
        json.writeArrayFieldStart("ahead");
        for (GroupAhead ahead : all) {
            json.writeStartObject();
            json.writeNumberField("hours", ahead.hours);
            json.writeNumberField("hospitals", ahead.hospitals);
            json.writeNumberField("low80", ahead.patients.quantile(0.1));
            json.writeNumberField("median", ahead.patients.quantile(0.5));
            json.writeNumberField("high80", ahead.patients.quantile(0.9));
            json.writeNumberField("beds", ahead.beds);
            json.writeNumberField("noFreeBed", Math.rint(ahead.patients.atLeast(ahead.beds) * PARTS) / PARTS);
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
