package org.chevet.web;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.chevet.event.Barrier;
import org.chevet.event.Location;
import org.chevet.event.Movement;
import org.chevet.hospital.Patient;
import org.chevet.occupancy.DischargePlan;
import org.chevet.occupancy.Stay;

/** One stay with its identity and its history: for who opened it, never for the board. */
final class StayJson {
    private StayJson() {}

    static String of(Stay stay) {
        return Json.object(json -> {
            json.writeStringField("id", stay.id().value());
            json.writeBooleanField("announced", stay.announced());
            writePatient(json, stay.knownPatient());
            BoardJson.writeNeeds(json, stay.needs());
            json.writeStringField("patientClass", stay.currentClass().name());
            json.writeStringField("status", stay.status().name());
            Json.writeNullable(json, "ending", stay.ending());
            writeLocation(json, stay);
            Json.writeNullable(json, "expectedArrival", stay.expectedArrival());
            json.writeArrayFieldStart("movements");
            for (Movement movement : stay.timeline().movements()) {
                writeMovement(json, movement);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("plans");
            for (DischargePlan plan : stay.plans()) {
                json.writeStartObject();
                Json.writeInstant(json, "statedAt", plan.statedAt());
                Json.writeNullable(json, "expected", plan.expected());
                json.writeEndObject();
            }
            json.writeEndArray();
            Json.writeNullable(json, "medicallyReadyAt", stay.medicallyReadyAt());
            json.writeArrayFieldStart("barriers");
            for (Barrier barrier : stay.barriers()) {
                json.writeStartObject();
                json.writeStringField("kind", barrier.kind().name());
                Json.writeInstant(json, "since", barrier.since());
                Json.writeNullable(json, "owner", barrier.owner());
                Json.writeNullable(json, "note", barrier.note());
                Json.writeNullable(json, "expectedEnd", barrier.expectedEnd());
                json.writeEndObject();
            }
            json.writeEndArray();
            Json.writeNullable(json, "administrativelyClosedAt", stay.administrativelyClosedAt());
            Json.writeNullable(json, "mergedInto", stay.mergedInto());
        });
    }

    private static void writePatient(JsonGenerator json, Patient patient) throws IOException {
        json.writeObjectFieldStart("patient");
        Json.writeNullable(json, "identifier", patient.identifier());
        Json.writeNullable(json, "familyName", patient.familyName());
        Json.writeNullable(json, "givenName", patient.givenName());
        json.writeStringField("sex", patient.sex().name());
        Json.writeNullable(json, "birthDate", patient.birthDate());
        json.writeEndObject();
    }

    private static void writeLocation(JsonGenerator json, Stay stay) throws IOException {
        Location location = stay.location();
        if (location == null) {
            json.writeNullField("location");
            return;
        }
        json.writeObjectFieldStart("location");
        Json.writeNullable(json, "service", location.service());
        Json.writeNullable(json, "bed", location.bed());
        json.writeEndObject();
    }

    private static void writeMovement(JsonGenerator json, Movement movement) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", movement.id());
        json.writeStringField("kind", movement.kind().name());
        Json.writeInstant(json, "at", movement.at());
        Json.writeNullable(json, "service", movement.to().service());
        Json.writeNullable(json, "bed", movement.to().bed());
        json.writeStringField("patientClass", movement.patientClass().name());
        Json.writeInstant(json, "statedAt", movement.statedAt());
        Json.writeNullable(json, "ending", movement.ending());
        json.writeEndObject();
    }
}
