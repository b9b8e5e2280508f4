package org.chevet.web;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chevet.event.BedEvent;
import org.chevet.event.Origin;
import org.chevet.event.Recorded;
import org.chevet.occupancy.DrillLog;
import org.chevet.occupancy.HospitalView;
import org.chevet.simulations.drill.DrillRecord;
import org.jspecify.annotations.Nullable;

/** The journal's events as readers of the API see them. */
final class EventJson {
    private EventJson() {}

    /** Events in their order. */
    static String page(List<Recorded> events) {
        return Json.object(json -> {
            json.writeArrayFieldStart("events");
            for (Recorded recorded : events) {
                json.writeStartObject();
                json.writeNumberField("sequence", recorded.sequence());
                json.writeNumberField("act", recorded.act());
                Json.writeInstant(json, "recordedAt", recorded.recordedAt());
                writeOrigin(json, recorded.origin());
                json.writeStringField("type", type(recorded.event()));
                json.writeFieldName("event");
                json.writeTree(Json.MAPPER.valueToTree(recorded.event()));
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /** The last acts by people, the newest first. */
    static String acts(HospitalView view) {
        Map<Long, List<Recorded>> byAct = new LinkedHashMap<>();
        for (Recorded recorded : view.recentActs()) {
            byAct.computeIfAbsent(recorded.act(), act -> new ArrayList<>()).add(recorded);
        }
        return Json.object(json -> {
            json.writeArrayFieldStart("acts");
            for (List<Recorded> act : new ArrayList<>(byAct.values()).reversed()) {
                if (act.getFirst().origin() instanceof Origin.Person person) {
                    writeAct(json, act, person, view.drill());
                }
            }
            json.writeEndArray();
        });
    }

    private static void writeAct(JsonGenerator json, List<Recorded> act, Origin.Person person, @Nullable DrillLog drill)
            throws IOException {
        Recorded first = act.getFirst();
        json.writeStartObject();
        json.writeNumberField("act", first.act());
        Json.writeInstant(json, "at", first.event().at());
        Json.writeInstant(json, "recordedAt", first.recordedAt());
        json.writeObjectFieldStart("actor");
        json.writeStringField("name", person.name());
        json.writeStringField("role", person.role().name());
        json.writeEndObject();
        json.writeBooleanField("directed", drill != null && DrillRecord.isDirected(drill, first));
        json.writeArrayFieldStart("events");
        for (Recorded recorded : act) {
            ObjectNode event = Json.MAPPER.createObjectNode();
            event.put("type", type(recorded.event()));
            event.setAll((ObjectNode) Json.MAPPER.valueToTree(recorded.event()));
            json.writeTree(event);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeOrigin(JsonGenerator json, Origin origin) throws IOException {
        json.writeFieldName("origin");
        json.writeTree(Json.MAPPER.valueToTree(origin));
    }

    private static String type(BedEvent event) {
        return event.getClass().getSimpleName();
    }
}
