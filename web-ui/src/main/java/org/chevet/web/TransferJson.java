package org.chevet.web;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.chevet.event.TransferStep;
import org.chevet.event.TransferWish;
import org.chevet.hospital.Patient;
import org.chevet.occupancy.InterhospitalTransfer;
import org.jspecify.annotations.Nullable;

/** A transfer between two hospitals as a board shows it: like the board, it has initials and never a name. */
final class TransferJson {
    private TransferJson() {}

    static void write(JsonGenerator json, InterhospitalTransfer transfer) throws IOException {
        TransferWish wish = transfer.wish();
        json.writeStartObject();
        json.writeStringField("id", transfer.id().value());
        json.writeStringField("side", transfer.side().name());
        json.writeStringField("hospital", transfer.otherHospital().value());
        json.writeStringField("state", transfer.state().name());
        Json.writeInstant(json, "since", lastStep(transfer).at());
        Json.writeInstant(json, "askedAt", transfer.sending().getFirst().at());
        json.writeBooleanField("heard", transfer.isAcknowledged());
        Json.writeNullable(json, "stay", transfer.stay());
        Json.writeNullable(json, "request", transfer.request());
        json.writeStringField("initials", initials(transfer.patient()));
        BoardJson.writeNeeds(json, wish.needs());
        Json.writeNullable(json, "service", wish.service());
        json.writeNumberField("priority", wish.priority());
        Json.writeInstant(json, "neededAt", wish.neededAt());
        Json.writeNullable(json, "note", wish.note());
        json.writeBooleanField("departed", transfer.hasDeparted());
        writeOffer(json, transfer.offer());
        writeOutcome(json, outcome(transfer));
        json.writeEndObject();
    }

    private static void writeOffer(JsonGenerator json, @Nullable TransferStep offer) throws IOException {
        if (offer == null) {
            json.writeNullField("offer");
            return;
        }
        json.writeObjectFieldStart("offer");
        Json.writeNullable(json, "service", offer.service());
        Json.writeNullable(json, "bed", offer.bed());
        Json.writeIfPresent(json, "until", offer.until());
        json.writeEndObject();
    }

    private static void writeOutcome(JsonGenerator json, @Nullable TransferStep outcome) throws IOException {
        if (outcome == null) {
            json.writeNullField("outcome");
            return;
        }
        json.writeObjectFieldStart("outcome");
        json.writeStringField("kind", outcome.kind().name());
        Json.writeInstant(json, "at", outcome.at());
        Json.writeNullable(json, "reason", outcome.reason());
        Json.writeNullable(json, "cause", outcome.cause());
        Json.writeNullable(json, "stay", outcome.stay());
        Json.writeNullable(json, "whereabouts", outcome.whereabouts());
        json.writeEndObject();
    }

    /** How it ended, that this was taken back, or why no bed is held for it any more; null while nothing is so. */
    private static @Nullable TransferStep outcome(InterhospitalTransfer transfer) {
        if (transfer.isArrivalTakenBack()) {
            return transfer.receiving().getLast();
        }
        TransferStep end = transfer.end();
        if (end != null) {
            return end;
        }
        TransferStep last =
                transfer.receiving().isEmpty() ? null : transfer.receiving().getLast();
        return last == null || last.kind() == TransferStep.Kind.OFFERED ? null : last;
    }

    private static TransferStep lastStep(InterhospitalTransfer transfer) {
        TransferStep sending = transfer.sending().getLast();
        TransferStep receiving =
                transfer.receiving().isEmpty() ? sending : transfer.receiving().getLast();
        return receiving.at().isAfter(sending.at()) ? receiving : sending;
    }

    private static String initials(@Nullable Patient patient) {
        return patient == null ? "" : BoardJson.initials(patient);
    }
}
