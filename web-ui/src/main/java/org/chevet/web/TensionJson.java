package org.chevet.web;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.chevet.event.Author;
import org.chevet.event.CardProgress;
import org.chevet.event.Snooze;
import org.chevet.tension.Alert;
import org.chevet.tension.HospitalInTension;
import org.chevet.tension.Indicator;
import org.chevet.tension.Indicators;
import org.chevet.tension.Levels;
import org.chevet.tension.RaisedCard;
import org.chevet.tension.TensionBoard;
import org.jspecify.annotations.Nullable;

/** Indicators and tension as the web contract has them. */
final class TensionJson {
    private TensionJson() {}

    static String indicators(Indicators indicators) {
        return Json.object(json -> {
            Json.writeInstant(json, "now", indicators.now());
            json.writeNumberField("days", indicators.days());
            write(json, indicators.inTension());
            json.writeArrayFieldStart("scopes");
            write(json, indicators.hospital());
            for (Indicators.Scope service : indicators.services()) {
                write(json, service);
            }
            json.writeEndArray();
        });
    }

    private static void write(JsonGenerator json, HospitalInTension inTension) throws IOException {
        json.writeObjectFieldStart("inTension");
        json.writeStringField("day", inTension.day().toString());
        json.writeStringField("verdict", inTension.verdict().name());
        json.writeNumberField("above", inTension.above());
        json.writeNumberField("unknown", inTension.unknown());
        json.writeNumberField("aboveForGlobal", HospitalInTension.ABOVE_FOR_GLOBAL);
        json.writeNumberField("historyDaysMin", HospitalInTension.HISTORY_DAYS_MIN);
        json.writeArrayFieldStart("six");
        for (HospitalInTension.Measure measure : inTension.six()) {
            write(json, measure);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, HospitalInTension.Measure measure) throws IOException {
        json.writeStartObject();
        json.writeStringField("indicator", measure.indicator().name());
        json.writeStringField("unit", measure.unit().name());
        writeNumber(json, "figure", measure.figure());
        json.writeNumberField("historyDays", measure.historyDays());
        LocalDate since = measure.historySince();
        Json.writeNullable(json, "historySince", since == null ? null : since.toString());
        HospitalInTension.Reference reference = measure.reference();
        if (reference == null) {
            json.writeNullField("reference");
        } else {
            json.writeObjectFieldStart("reference");
            json.writeNumberField("mean", reference.mean());
            json.writeNumberField("deviation", reference.deviation());
            writeNumber(json, "limit", reference.limit());
            writeWhole(json, "milderDays", reference.milderDays());
            json.writeEndObject();
        }
        writeNumber(json, "level", measure.level());
        Json.writeNullable(json, "unknown", measure.unknown());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Indicators.Scope scope) throws IOException {
        json.writeStartObject();
        Json.writeNullable(json, "service", scope.service());
        json.writeArrayFieldStart("values");
        for (Map.Entry<Indicator, Indicators.Value> entry : scope.values().entrySet()) {
            json.writeStartObject();
            json.writeStringField("indicator", entry.getKey().name());
            json.writeStringField("unit", entry.getKey().unit().name());
            json.writeBooleanField("ofPeriod", entry.getKey().isOfPeriod());
            writeNumber(json, "value", entry.getValue().value());
            json.writeNumberField("sequence", entry.getValue().sequence());
            json.writeNumberField("ageSeconds", entry.getValue().age().toSeconds());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("dischargesByHour");
        for (Long count : scope.dischargesByHour()) {
            json.writeNumber(count);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** What every screen says of it. @param tension with the hospital's level */
    static void writeSummary(JsonGenerator json, String name, TensionBoard tension) throws IOException {
        List<Alert> alerts = tension.alerts();
        json.writeObjectFieldStart(name);
        json.writeStringField("level", tension.levels().getFirst().level().name());
        json.writeNumberField("alerts", alerts.size() + tension.unshown());
        Json.writeNullable(
                json, "worst", alerts.isEmpty() ? null : alerts.getFirst().level());
        json.writeEndObject();
    }

    /** JSON has no infinity: where there is no staff at all, there is no per cent of it. */
    private static void writeNumber(JsonGenerator json, String name, @Nullable Double value) throws IOException {
        if (value == null || value.isInfinite()) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, value);
        }
    }

    static String board(TensionBoard board) {
        return Json.object(json -> {
            json.writeNumberField("sequence", board.sequence());
            Json.writeInstant(json, "now", board.now());
            json.writeArrayFieldStart("levels");
            for (Levels.Level level : board.levels()) {
                write(json, level);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("cards");
            for (RaisedCard card : board.cards()) {
                write(json, card);
            }
            json.writeEndArray();
            write(json, "alerts", board.alerts());
            write(json, "snoozed", board.snoozed());
            json.writeNumberField("unshown", board.unshown());
            json.writeArrayFieldStart("changes");
            for (Levels.Change change : board.changes()) {
                json.writeStartObject();
                Json.writeInstant(json, "at", change.at());
                Json.writeNullable(json, "service", change.service());
                json.writeStringField("from", change.from().name());
                json.writeStringField("to", change.to().name());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void write(JsonGenerator json, Levels.Level level) throws IOException {
        json.writeStartObject();
        Json.writeNullable(json, "service", level.service());
        json.writeStringField("level", level.level().name());
        Json.writeInstant(json, "since", level.since());
        writeNumber(json, "loadPercent", level.loadPercent());
        json.writeNumberField("needed", level.needed());
        json.writeNumberField("staffed", level.staffed());
        json.writeNumberField("thresholdPercent", level.thresholdPercent());
        writeNumber(json, "shortage", level.shortage());
        writeWhole(json, "saturationHours", level.saturationHours());
        writeWhole(json, "thresholdHours", level.thresholdHours());
        json.writeStringField("why", level.why().name());
        json.writeEndObject();
    }

    private static void writeWhole(JsonGenerator json, String name, @Nullable Integer value) throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, value);
        }
    }

    private static void write(JsonGenerator json, RaisedCard card) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", card.card().id());
        json.writeStringField("title", card.card().title());
        json.writeStringField("level", card.card().level().name());
        Json.writeNullable(json, "service", card.card().service());
        json.writeStringField("owner", card.card().owner());
        json.writeNumberField("deadlineMinutes", card.card().deadlineMinutes());
        json.writeStringField("state", card.state().name());
        Json.writeNullable(json, "raisedAt", card.raisedAt());
        Json.writeNullable(json, "due", card.due());
        CardProgress progress = card.progress();
        Json.writeNullable(json, "takenOnAt", progress == null ? null : progress.acknowledgedAt());
        Json.writeNullable(json, "takenOnBy", progress == null ? null : name(progress.acknowledgedBy()));
        CardProgress.Closing closed = progress == null ? null : progress.closed();
        Json.writeNullable(json, "closedAt", closed == null ? null : closed.at());
        Json.writeNullable(json, "note", closed == null ? null : closed.note());
        Integer gained = progress == null ? null : progress.bedsGained();
        // While it is not closed, what there is now is what it brought so far.
        Integer soFar =
                progress != null && gained == null ? Integer.valueOf(card.bedsNow() - progress.bedsThen()) : gained;
        writeNumber(json, "bedsGained", soFar == null ? null : (double) soFar);
        json.writeEndObject();
    }

    private static @Nullable String name(@Nullable Author author) {
        return author == null ? null : author.name();
    }

    private static void write(JsonGenerator json, String name, List<Alert> alerts) throws IOException {
        json.writeArrayFieldStart(name);
        for (Alert alert : alerts) {
            json.writeStartObject();
            json.writeStringField("key", alert.key());
            json.writeStringField("kind", alert.kind().name());
            json.writeStringField("level", alert.level().name());
            Json.writeInstant(json, "since", alert.since());
            json.writeArrayFieldStart("reasons");
            for (Alert.Reason reason : alert.reasons()) {
                json.writeStartObject();
                Json.writeNullable(json, "service", reason.service());
                Json.writeNullable(json, "card", reason.card());
                Json.writeNullable(json, "why", reason.why());
                writeNumber(json, "value", reason.value());
                writeNumber(json, "limit", reason.limit());
                Json.writeInstant(json, "since", reason.since());
                json.writeEndObject();
            }
            json.writeEndArray();
            Snooze snooze = alert.snooze();
            Json.writeNullable(json, "snoozedUntil", snooze == null ? null : snooze.until());
            Json.writeNullable(json, "snoozeReason", snooze == null ? null : snooze.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
