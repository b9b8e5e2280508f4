package org.chevet.web;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.chevet.event.Acceptance;
import org.chevet.event.Author;
import org.chevet.event.CounterProposal;
import org.chevet.event.Refusal;
import org.chevet.event.RuleOverride;
import org.chevet.occupancy.HospitalView.OpenRequest;
import org.jspecify.annotations.Nullable;

/** What was accepted, refused and proposed about a bed request, as the board tells it. */
final class NegotiationJson {
    private NegotiationJson() {}

    /** Members of a request. */
    static void writeMembers(JsonGenerator json, OpenRequest open) throws IOException {
        json.writeFieldName("acceptance");
        writeAcceptance(json, open.acceptance());
        json.writeArrayFieldStart("refusals");
        for (Refusal refusal : open.refusals()) {
            writeRefusal(json, refusal);
        }
        json.writeEndArray();
        json.writeFieldName("counterProposal");
        writeCounterProposal(json, open.request().counterProposal());
    }

    private static void writeAcceptance(JsonGenerator json, @Nullable Acceptance acceptance) throws IOException {
        if (acceptance == null) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        Json.writeInstant(json, "since", acceptance.since());
        Json.writeNullable(json, "from", acceptance.from());
        json.writeFieldName("override");
        writeOverride(json, acceptance.override());
        writeAuthor(json, acceptance.by());
        json.writeEndObject();
    }

    private static void writeOverride(JsonGenerator json, @Nullable RuleOverride override) throws IOException {
        if (override == null) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        json.writeStringField("reason", override.reason().name());
        Json.writeNullable(json, "text", override.text());
        json.writeObjectField("rules", override.rules());
        json.writeEndObject();
    }

    static void writeRefusal(JsonGenerator json, @Nullable Refusal refusal) throws IOException {
        if (refusal == null) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        json.writeStringField("service", refusal.service().value());
        Json.writeNullable(json, "bed", refusal.bed());
        json.writeStringField("reason", refusal.reason().name());
        Json.writeNullable(json, "text", refusal.text());
        Json.writeInstant(json, "at", refusal.at());
        writeAuthor(json, refusal.by());
        json.writeEndObject();
    }

    private static void writeCounterProposal(JsonGenerator json, @Nullable CounterProposal proposal)
            throws IOException {
        if (proposal == null) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        json.writeStringField("service", proposal.service().value());
        json.writeStringField("bed", proposal.bed().value());
        Json.writeNullable(json, "from", proposal.from());
        Json.writeNullable(json, "note", proposal.note());
        Json.writeInstant(json, "at", proposal.at());
        writeAuthor(json, proposal.by());
        json.writeEndObject();
    }

    private static void writeAuthor(JsonGenerator json, @Nullable Author by) throws IOException {
        if (by == null) {
            json.writeNullField("by");
            return;
        }
        json.writeObjectFieldStart("by");
        json.writeStringField("name", by.name());
        json.writeStringField("role", by.role().name());
        json.writeEndObject();
    }
}
