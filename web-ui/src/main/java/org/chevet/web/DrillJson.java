package org.chevet.web;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.chevet.event.SimulatedRole;
import org.chevet.hospital.CareNeeds;
import org.chevet.occupancy.DrillLog;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.ServiceView;
import org.chevet.simulations.drill.CardDelays;
import org.chevet.simulations.drill.Debrief;
import org.chevet.simulations.drill.DrillCourse;
import org.chevet.simulations.drill.DrillRecord;
import org.chevet.simulations.drill.DrillScenario;
import org.chevet.simulations.drill.Outcome;
import org.chevet.simulations.drill.Victim;
import org.chevet.simulations.scenario.Scenario;

/** Drills as the crisis room sees them. */
final class DrillJson {
    private DrillJson() {}

    /** Those that are open, and those being opened. The first time it reads the scenarios there are, which takes a moment. */
    static String list(Hospitals hospitals, Drills drills) {
        return Json.object(json -> {
            json.writeArrayFieldStart("drills");
            for (LiveHospital hospital : hospitals.all()) {
                DrillLog log = hospital.view().drill();
                if (hospital.isDrill() && log != null) {
                    json.writeStartObject();
                    writeHead(json, hospital, log);
                    json.writeEndObject();
                }
            }
            json.writeEndArray();
            json.writeArrayFieldStart("scenarios");
            for (DrillScenario scenario : DrillScenario.shipped()) {
                json.writeStartObject();
                json.writeStringField("id", scenario.id());
                writeWords(json, "name", scenario.scenario().name());
                writeWords(json, "summary", scenario.scenario().summary());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("openings");
            for (Drills.Opening opening : drills.openings()) {
                json.writeStartObject();
                json.writeStringField("id", opening.id().value());
                json.writeStringField("title", opening.title());
                json.writeNumberField("copied", opening.copied());
                json.writeNumberField("toCopy", opening.toCopy());
                Json.writeNullable(json, "failure", opening.failure());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void writeWords(JsonGenerator json, String name, Scenario.Words words) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField("fr", words.french());
        json.writeStringField("en", words.english());
        json.writeEndObject();
    }

    static String of(LiveHospital hospital, HospitalView view, DrillRecord record, List<CardDelays.Delay> cards) {
        DrillLog log = Objects.requireNonNull(view.drill(), "a drill that is shown has begun");
        return Json.object(json -> {
            writeHead(json, hospital, log);
            Json.writeInstant(json, "now", hospital.writer().clock().now());
            json.writeArrayFieldStart("simulated");
            for (SimulatedRole role : log.roles()) {
                json.writeString(role.name());
            }
            json.writeEndArray();
            json.writeArrayFieldStart("injects");
            for (DrillLog.Planned planned : log.injects()) {
                json.writeStartObject();
                json.writeFieldName("inject");
                json.writeTree(Json.MAPPER.valueToTree(planned.inject()));
                Json.writeNullable(json, "doneAt", planned.doneAt());
                Json.writeNullable(json, "until", planned.until());
                Json.writeNullable(json, "endedAt", planned.endedAt());
                json.writeBooleanField("inForce", planned.isInForce());
                json.writeEndObject();
            }
            json.writeEndArray();
            writeVictims(json, record.victims(view));
            json.writeNumberField("refusals", record.refusals());
            json.writeNumberField("cards", record.cards());
            writeCards(json, "cardDelays", cards);
        });
    }

    /** @param view as of that time */
    static String board(Instant at, HospitalView view) {
        return "{" + Json.members(json -> Json.writeInstant(json, "at", at)) + "," + BoardJson.viewMembers(view) + "}";
    }

    static String debrief(Debrief debrief, HospitalView view) {
        return Json.object(json -> {
            json.writeStringField("name", view.hospital().name());
            Json.writeInstant(json, "from", debrief.from());
            Json.writeInstant(json, "until", debrief.until());
            writeOutcome(json, "players", debrief.players());
            writeOutcome(json, "proposals", debrief.proposals());
            writeOutcome(json, "nothing", debrief.nothing());
            writeVictims(json, debrief.victims());
            writeCards(json, "cards", debrief.cards());
            writeCourse(json, debrief.course(), view);
            json.writeArrayFieldStart("decisions");
            for (DrillRecord.Decision decision : debrief.record().decisions()) {
                json.writeStartObject();
                json.writeNumberField("act", decision.act());
                Json.writeInstant(json, "at", decision.at());
                json.writeStringField("by", decision.by());
                json.writeObjectField("kinds", decision.kinds());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void writeCourse(JsonGenerator json, List<DrillCourse.Sample> course, HospitalView view)
            throws IOException {
        json.writeObjectFieldStart("course");
        json.writeArrayFieldStart("services");
        for (ServiceView service : view.services()) {
            json.writeString(service.service().id().value());
        }
        json.writeEndArray();
        json.writeObjectField("samples", course);
        json.writeEndObject();
    }

    private static void writeCards(JsonGenerator json, String name, List<CardDelays.Delay> cards) throws IOException {
        json.writeArrayFieldStart(name);
        for (CardDelays.Delay delay : cards) {
            json.writeStartObject();
            json.writeStringField("card", delay.card().id());
            json.writeStringField("title", delay.card().title());
            json.writeStringField("owner", delay.card().owner());
            json.writeNumberField("deadlineMinutes", delay.card().deadlineMinutes());
            Json.writeNullable(json, "inject", delay.inject());
            Json.writeNullable(json, "alert", delay.alert());
            Json.writeNullable(json, "fell", delay.fell());
            Json.writeNullable(json, "takenOn", delay.takenOn());
            Json.writeNullable(json, "by", delay.by());
            Json.writeNullable(json, "closed", delay.closed());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeOutcome(JsonGenerator json, String name, Outcome outcome) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeArrayFieldStart("categories");
        for (Outcome.OfCategory category : outcome.categories()) {
            json.writeStartObject();
            json.writeStringField("category", category.category().name());
            json.writeNumberField("arrived", category.arrived());
            json.writeNumberField("needing", category.needing());
            json.writeNumberField("placed", category.placed());
            json.writeObjectField("placedWithin", category.placedWithin());
            json.writeObjectField("medianMinutes", category.medianMinutes());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("waitingMax", outcome.waitingMax());
        json.writeNumberField("outliers", outcome.outliers());
        json.writeNumberField("refusals", outcome.refusals());
        json.writeNumberField("overrides", outcome.overrides());
        json.writeNumberField("sentElsewhere", outcome.sentElsewhere());
        json.writeNumberField("putOff", outcome.putOff());
        json.writeObjectFieldStart("ordinary");
        json.writeNumberField("needing", outcome.ordinary().needing());
        json.writeNumberField("placed", outcome.ordinary().placed());
        json.writeObjectField("medianMinutes", outcome.ordinary().medianMinutes());
        json.writeEndObject();
        json.writeNumberField("occupiedMaxPercent", outcome.occupiedMaxPercent());
        json.writeEndObject();
    }

    private static void writeVictims(JsonGenerator json, List<Victim> victims) throws IOException {
        json.writeArrayFieldStart("victims");
        for (Victim victim : victims) {
            json.writeStartObject();
            json.writeStringField("stay", victim.casualty().stay().value());
            json.writeStringField("category", victim.casualty().category().name());
            json.writeStringField("sex", victim.casualty().patient().sex().name());
            json.writeNumberField("ageYears", victim.casualty().ageYears());
            CareNeeds needs = victim.casualty().needs();
            if (needs == null) {
                json.writeNullField("needs");
            } else {
                BoardJson.writeNeeds(json, needs);
            }
            Json.writeInstant(json, "arrival", victim.casualty().arrival());
            Json.writeNullable(json, "asked", victim.asked());
            Json.writeNullable(json, "held", victim.held());
            Json.writeNullable(json, "placed", victim.placed());
            Json.writeNullable(json, "left", victim.left());
            json.writeBooleanField("died", victim.died());
            Json.writeNullable(json, "service", victim.service());
            Json.writeNullable(json, "bed", victim.bed());
            json.writeBooleanField("outlier", victim.outlier());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeHead(JsonGenerator json, LiveHospital hospital, DrillLog log) throws IOException {
        json.writeStringField("id", hospital.id().value());
        json.writeStringField("name", hospital.view().hospital().name());
        json.writeStringField("title", log.drill().title());
        Json.writeNullable(json, "source", log.drill().source());
        Json.writeNullable(json, "scenario", log.drill().scenario());
        json.writeStringField("director", log.drill().director().name());
        Json.writeInstant(json, "begunAt", log.begunAt());
        json.writeNumberField("startSequence", log.drill().startSequence());
    }
}
