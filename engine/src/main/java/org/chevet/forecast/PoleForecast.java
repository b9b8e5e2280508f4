package org.chevet.forecast;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chevet.forecast.FlowForecast.Foreseen;
import org.chevet.forecast.FlowForecast.Series;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.jspecify.annotations.Nullable;

/**
 * The services of a pole together: their distributions added up term by term, as if nothing but chance made them fuller than expected at once. Who moves from
 * one to the other is counted in both with the chance to be there.
 *
 * @param patients who are here now
 * @param beds neither closed nor blocked
 * @param thresholdBeds as many patients as the thresholds of its services together: a pole has none of its own
 * @param fullAfterHours the first hours ahead at which no free bed is more likely than not, null when that is so at none of them
 * @param ahead how many need a bed there, at the forecast's hours
 */
public record PoleForecast(
        String pole,
        List<ServiceId> services,
        int patients,
        int beds,
        int thresholdBeds,
        @Nullable Integer fullAfterHours,
        List<CountDistribution> ahead) {
    public PoleForecast {
        services = List.copyOf(services);
        ahead = List.copyOf(ahead);
    }

    /** In the order of the hospital's file; none where it names no pole. */
    public static List<PoleForecast> of(Foreseen foreseen, Hospital hospital) {
        Map<ServiceId, String> poles = new LinkedHashMap<>();
        for (Service service : hospital.services()) {
            if (service.pole() != null) {
                poles.put(service.id(), service.pole());
            }
        }
        Map<String, List<Series>> members = new LinkedHashMap<>();
        for (Series series : foreseen.services()) {
            String pole = series.service() == null ? null : poles.get(series.service());
            if (pole != null) {
                members.computeIfAbsent(pole, none -> new ArrayList<>()).add(series);
            }
        }
        return members.entrySet().stream()
                .map(pole -> sum(pole.getKey(), pole.getValue()))
                .toList();
    }

    private static PoleForecast sum(String pole, List<Series> members) {
        int patients = members.stream().mapToInt(Series::patients).sum();
        int beds = members.stream().mapToInt(Series::beds).sum();
        Integer full = patients >= beds ? Integer.valueOf(0) : null;
        List<CountDistribution> ahead = new ArrayList<>();
        for (int horizon = 0; horizon < members.getFirst().ahead().size(); horizon++) {
            CountDistribution sum = CountDistribution.certain(0);
            for (Series series : members) {
                sum = sum.plus(series.ahead().get(horizon).patients());
            }
            ahead.add(sum);
            if (full == null && sum.atLeast(beds) >= 0.5) {
                full = members.getFirst().ahead().get(horizon).hours();
            }
        }
        List<ServiceId> services = new ArrayList<>();
        for (Series series : members) {
            if (series.service() != null) {
                services.add(series.service());
            }
        }
        int thresholdBeds = members.stream().mapToInt(Series::thresholdBeds).sum();
        return new PoleForecast(pole, services, patients, beds, thresholdBeds, full, ahead);
    }
}
