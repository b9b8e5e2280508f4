package org.chevet.web;

import java.util.List;
import org.chevet.hospital.ServiceId;
import org.chevet.occupancy.Counts;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.ServiceView;
import org.jspecify.annotations.Nullable;

/** Occupancy over time, beside what can be taken now. */
final class OccupancyJson {
    private OccupancyJson() {}

    /** @param service null for the whole hospital */
    static String of(HospitalView view, @Nullable ServiceId service, List<OccupancyHistory.Hour> hours) {
        List<Counts> counts = view.services().stream()
                .filter(candidate -> service == null || candidate.service().id().equals(service))
                .map(ServiceView::counts)
                .toList();
        return Json.object(json -> {
            Json.writeNullable(json, "service", service);
            json.writeObjectFieldStart("capacity");
            json.writeNumberField("open", counts.stream().mapToInt(Counts::open).sum());
            json.writeNumberField(
                    "staffed", counts.stream().mapToInt(Counts::staffed).sum());
            json.writeNumberField(
                    "surgeOpen", counts.stream().mapToInt(Counts::surgeOpen).sum());
            json.writeNumberField(
                    "surge", counts.stream().mapToInt(Counts::surge).sum());
            json.writeEndObject();
            json.writeArrayFieldStart("hours");
            for (OccupancyHistory.Hour hour : hours) {
                json.writeStartObject();
                Json.writeInstant(json, "at", hour.at());
                json.writeNumberField("occupied", hour.occupied());
                json.writeNumberField("present", hour.present());
                json.writeNumberField("entries", hour.entries());
                json.writeNumberField("exits", hour.exits());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }
}
