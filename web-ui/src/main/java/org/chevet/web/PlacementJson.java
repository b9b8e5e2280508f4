package org.chevet.web;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chevet.hospital.PlacementRule;
import org.chevet.hospital.RequestId;
import org.chevet.occupancy.HospitalView;
import org.chevet.placement.Cascade;
import org.chevet.placement.Cascades;
import org.chevet.placement.Obstacle;
import org.chevet.placement.Proposal;
import org.chevet.placement.QueuePlan;
import org.chevet.placement.Ranking;
import org.chevet.placement.Verdict;
import org.chevet.web.PlacementDesk.Asked;
import org.jspecify.annotations.Nullable;

/** Proposals as the contract has them: rules by their code, with their texts for programs that have no catalogue of their own. */
final class PlacementJson {
    private PlacementJson() {}

    static String ranking(Asked asked, Ranking ranking) {
        return Json.object(json -> {
            writeBasis(json, asked);
            json.writeArrayFieldStart("proposals");
            for (Proposal proposal : ranking.proposals()) {
                writeProposal(json, proposal, asked.view());
            }
            json.writeEndArray();
            json.writeArrayFieldStart("nearest");
            for (Verdict verdict : ranking.nearest()) {
                json.writeStartObject();
                json.writeStringField("bed", verdict.bed().value());
                writeObstacles(json, verdict.obstacles());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeFieldName("firstToCome");
            writeComing(json, ranking.firstToCome());
        });
    }

    /** @param rank the bed's place among those that fit, null when it is far behind or excluded */
    static String verdict(Asked asked, Verdict verdict, @Nullable Integer rank) {
        return Json.object(json -> {
            writeBasis(json, asked);
            json.writeStringField("bed", verdict.bed().value());
            writeObstacles(json, verdict.obstacles());
            json.writeFieldName("proposal");
            if (verdict.proposal() == null) {
                json.writeNull();
            } else {
                writeProposal(json, verdict.proposal(), asked.view());
            }
            json.writeFieldName("rank");
            json.writeObject(rank);
        });
    }

    static String cascade(Asked asked, Cascades.Found found) {
        return Json.object(json -> {
            writeBasis(json, asked);
            json.writeBooleanField("proven", found.proven());
            json.writeFieldName("cascade");
            Cascade cascade = found.cascade();
            if (cascade == null) {
                json.writeNull();
                return;
            }
            json.writeStartObject();
            json.writeNumberField("harmPoints", cascade.harmPoints());
            json.writeArrayFieldStart("moves");
            for (Cascade.Move move : cascade.moves()) {
                json.writeStartObject();
                json.writeStringField("stay", move.stay().value());
                json.writeStringField("from", move.from().value());
                json.writeFieldName("to");
                writeProposal(json, move.to(), asked.view());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeFieldName("placed");
            writeProposal(json, cascade.placed(), asked.view());
            json.writeEndObject();
        });
    }

    static String plan(HospitalView view, Instant now, Duration age, QueuePlan plan) {
        return Json.object(json -> {
            writeBasis(json, view, now, age);
            json.writeNumberField("costPoints", plan.total().cost());
            json.writeBooleanField("proven", plan.total().equals(plan.bound()));
            json.writeFieldName("gapPoints");
            json.writeObject(gapPoints(plan));
            json.writeArrayFieldStart("placed");
            for (QueuePlan.Placed placed : plan.placed()) {
                json.writeStartObject();
                json.writeStringField("request", placed.request().value());
                json.writeFieldName("proposal");
                writeProposal(json, placed.proposal(), view);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("unplaced");
            for (QueuePlan.Unplaced unplaced : plan.unplaced()) {
                json.writeStartObject();
                json.writeStringField("request", unplaced.request().value());
                json.writeStringField("reason", unplaced.reason().name());
                json.writeArrayFieldStart("insteadOf");
                for (RequestId other : unplaced.insteadOf()) {
                    json.writeString(other.value());
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /** Null where a better plan might even give more of the urgent a bed: points say nothing of that. */
    private static @Nullable Long gapPoints(QueuePlan plan) {
        return Arrays.equals(plan.total().unplaced(), plan.bound().unplaced())
                ? plan.total().cost() - plan.bound().cost()
                : null;
    }

    private static void writeBasis(JsonGenerator json, Asked asked) throws IOException {
        json.writeStringField("request", asked.request().id().value());
        writeBasis(json, asked.view(), asked.now(), asked.age());
    }

    private static void writeBasis(JsonGenerator json, HospitalView view, Instant now, Duration age)
            throws IOException {
        json.writeNumberField("sequence", view.sequence());
        Json.writeInstant(json, "at", now);
        json.writeNumberField("ageMillis", age.toMillis());
    }

    private static void writeProposal(JsonGenerator json, Proposal proposal, HospitalView view) throws IOException {
        json.writeStartObject();
        json.writeStringField("bed", proposal.bed().value());
        json.writeStringField("service", proposal.service().value());
        json.writeNumberField("costPoints", proposal.costPoints());
        Json.writeInstant(json, "usableAt", proposal.usableAt());
        json.writeStringField("readiness", proposal.readiness().name());
        writeParts(json, proposal, view);
        json.writeArrayFieldStart("harms");
        for (Proposal.Harm harm : proposal.harms()) {
            json.writeStartObject();
            json.writeStringField("scarce", harm.scarce().name());
            json.writeStringField("request", harm.request().value());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeFieldName("refusal");
        NegotiationJson.writeRefusal(json, proposal.refusal());
        json.writeEndObject();
    }

    /** Those that cost nothing as well: they are what speaks for the bed. */
    private static void writeParts(JsonGenerator json, Proposal proposal, HospitalView view) throws IOException {
        Map<PlacementRule, Integer> points = new HashMap<>();
        proposal.parts().forEach(part -> points.put(part.rule(), part.points()));
        json.writeArrayFieldStart("parts");
        for (PlacementRule rule : PlacementRule.preferences()) {
            int weight = view.hospital().placementPolicy().points(rule);
            if (weight > 0) {
                json.writeStartObject();
                writeRule(json, rule);
                json.writeNumberField("points", points.getOrDefault(rule, 0));
                json.writeNumberField("weightPoints", weight);
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    private static void writeObstacles(JsonGenerator json, List<Obstacle> obstacles) throws IOException {
        json.writeArrayFieldStart("obstacles");
        for (Obstacle obstacle : obstacles) {
            json.writeStartObject();
            writeRule(json, obstacle.rule());
            json.writeObjectField("about", obstacle.about());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeRule(JsonGenerator json, PlacementRule rule) throws IOException {
        json.writeStringField("rule", rule.code());
        json.writeStringField("french", rule.french());
        json.writeStringField("english", rule.english());
    }

    private static void writeComing(JsonGenerator json, Ranking.@Nullable Coming coming) throws IOException {
        if (coming == null) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        json.writeStringField("bed", coming.bed().value());
        Json.writeInstant(json, "usableAt", coming.usableAt());
        json.writeEndObject();
    }
}
