package org.chevet.web;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chevet.event.BedRequest;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.RequestId;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.Stay;
import org.chevet.placement.BedPlan;
import org.chevet.placement.BedPlan.Hindrance;
import org.chevet.placement.BedPlan.Lying;
import org.chevet.placement.BedPlan.Move;
import org.chevet.placement.BedPlan.Unplaced;
import org.chevet.placement.BedPlan.Who;
import org.jspecify.annotations.Nullable;

/** A plan of nights as the contract has it, by patient; initials, age and sex as on a board, never a name. */
final class StayPlanJson {
    private record Part(@Nullable Lying lying, @Nullable Unplaced unplaced) {}

    private final HospitalView view;
    private final LocalDate today;
    private final int nights;
    private final Map<RequestId, BedRequest> requests = new HashMap<>();

    private StayPlanJson(HospitalView view, int nights) {
        this.view = view;
        this.nights = nights;
        today = BoardJson.today(view);
        view.requests().forEach(open -> requests.put(open.request().id(), open.request()));
    }

    /** @param nights how many of its nights are told */
    static String of(StayPlanDesk.Planned planned, int nights) {
        StayPlanJson told = new StayPlanJson(planned.view(), nights);
        return Json.object(json -> told.write(json, planned));
    }

    private void write(JsonGenerator json, StayPlanDesk.Planned planned) throws IOException {
        BedPlan plan = planned.plan();
        json.writeNumberField("sequence", plan.sequence());
        Json.writeInstant(json, "at", plan.at());
        json.writeNumberField("ageMillis", planned.age().toMillis());
        json.writeStringField("firstNight", plan.firstNight().toString());
        json.writeNumberField("nights", Math.min(nights, plan.nights()));
        json.writeNumberField("costPoints", plan.costPoints());
        json.writeNumberField("boundPoints", plan.boundPoints());
        json.writeBooleanField("settled", planned.settled());
        json.writeArrayFieldStart("stays");
        Map<Who, List<Part>> parts = new LinkedHashMap<>();
        for (Lying lying : plan.lying()) {
            if (lying.fromNight() < nights) {
                parts.computeIfAbsent(lying.who(), none -> new ArrayList<>()).add(new Part(lying, null));
            }
        }
        for (Unplaced unplaced : plan.unplaced()) {
            if (unplaced.fromNight() < nights) {
                parts.computeIfAbsent(unplaced.who(), none -> new ArrayList<>()).add(new Part(null, unplaced));
            }
        }
        for (Map.Entry<Who, List<Part>> entry : parts.entrySet()) {
            writeStay(json, entry.getKey(), entry.getValue());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("moves");
        for (Move move : plan.moves()) {
            if (move.night() < nights) {
                json.writeStartObject();
                writeWho(json, move.who());
                json.writeStringField("from", move.from().value());
                json.writeStringField("to", move.to().value());
                json.writeNumberField("night", move.night());
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    private static void writeWho(JsonGenerator json, Who who) throws IOException {
        Json.writeIfPresent(json, "stay", who.stay());
        Json.writeIfPresent(json, "request", who.request());
    }

    private void writeStay(JsonGenerator json, Who who, List<Part> parts) throws IOException {
        Stay stay = who.stay() == null ? null : view.stays().get(who.stay());
        BedRequest request = who.request() == null ? null : requests.get(who.request());
        json.writeStartObject();
        json.writeStringField("kind", who.kind().name());
        writeWho(json, who);
        if (stay != null) {
            writePatient(json, stay);
        } else if (request != null) {
            json.writeStringField("sex", request.needs().sex().name());
            if (request.needs().ageYears() != null) {
                json.writeNumberField("age", request.needs().ageYears());
            }
        }
        CareNeeds needs = request != null ? request.needs() : stay != null ? stay.needs() : CareNeeds.UNSPECIFIED;
        Json.writeIfPresent(json, "specialty", needs.specialty());
        if (needs.isolation() != Isolation.NONE) {
            json.writeStringField("isolation", needs.isolation().name());
        }
        json.writeArrayFieldStart("lying");
        for (Part part : parts) {
            if (part.lying() != null) {
                writeLying(json, part.lying());
            }
        }
        json.writeEndArray();
        json.writeArrayFieldStart("unplaced");
        for (Part part : parts) {
            if (part.unplaced() != null) {
                writeUnplaced(json, part.unplaced());
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writePatient(JsonGenerator json, Stay stay) throws IOException {
        json.writeStringField("initials", BoardJson.initials(stay.knownPatient()));
        json.writeStringField("sex", stay.sex().name());
        Integer age = BoardJson.ageYears(stay, today);
        if (age != null) {
            json.writeNumberField("age", age);
        }
        Json.writeIfPresent(json, "expectedDischarge", stay.expectedDischarge());
    }

    private static void writeLying(JsonGenerator json, Lying lying) throws IOException {
        json.writeStartObject();
        json.writeStringField("bed", lying.bed().value());
        json.writeNumberField("fromNight", lying.fromNight());
        json.writeNumberField("toNight", lying.toNight());
        Json.writeInstant(json, "from", lying.from());
        Json.writeInstant(json, "to", lying.to());
        json.writeBooleanField("endKnown", lying.endKnown());
        json.writeBooleanField("held", lying.held());
        json.writeEndObject();
    }

    private static void writeUnplaced(JsonGenerator json, Unplaced unplaced) throws IOException {
        json.writeStartObject();
        json.writeNumberField("fromNight", unplaced.fromNight());
        json.writeNumberField("toNight", unplaced.toNight());
        Json.writeInstant(json, "from", unplaced.from());
        json.writeArrayFieldStart("hindrances");
        for (Hindrance hindrance : unplaced.hindrances()) {
            json.writeStartObject();
            json.writeStringField("rule", hindrance.rule().code());
            json.writeStringField("french", hindrance.rule().french());
            json.writeStringField("english", hindrance.rule().english());
            json.writeNumberField("beds", hindrance.beds());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
