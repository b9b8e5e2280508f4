package org.chevet.simulations.flow;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.chevet.simulations.demand.ArrivalProfile;
import org.jspecify.annotations.Nullable;

/**
 * Reads a hospital of flows from JSON: {@code services} with the fields of {@link FlowService}, stays as mean and variation, and, where
 * hours or weekdays differ, 24 weights {@code arrivalsByHour} and 7 {@code arrivalsByWeekday}, from Monday on.
 */
public final class FlowModelReader {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

    private FlowModelReader() {}

    private record Described(
            @Nullable String note,
            List<DescribedService> services,
            double @Nullable [] arrivalsByHour,
            double @Nullable [] arrivalsByWeekday) {
        /** As many come at any hour when it says nothing of them. */
        ArrivalProfile arrivals() {
            return arrivalsByHour == null && arrivalsByWeekday == null
                    ? ArrivalProfile.FLAT
                    : new ArrivalProfile(
                            arrivalsByHour == null ? alike(24) : arrivalsByHour,
                            arrivalsByWeekday == null ? alike(7) : arrivalsByWeekday);
        }

        private static double[] alike(int count) {
            return DoubleStream.generate(() -> 1).limit(count).toArray();
        }
    }

    private record DescribedService(
            String name,
            int beds,
            double stayMeanDays,
            double stayCv,
            double externalArrivalsPerDay,
            Map<String, Double> transfers) {
        FlowService service() {
            return new FlowService(
                    name, beds, new LengthOfStay.LogNormal(stayMeanDays, stayCv), externalArrivalsPerDay, transfers);
        }
    }

    /** @throws IOException when the file cannot be read, or is not such a description; its words say where */
    public static FlowModel read(Path file) throws IOException {
        Described described = MAPPER.readValue(file.toFile(), Described.class);
        try {
            return new FlowModel(
                    described.services().stream().map(DescribedService::service).toList(), described.arrivals());
        } catch (IllegalArgumentException wrong) {
            throw new IOException(file + ": " + wrong.getMessage(), wrong);
        }
    }
}
