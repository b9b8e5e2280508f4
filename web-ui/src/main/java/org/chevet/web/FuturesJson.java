package org.chevet.web;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.chevet.forecast.FlowHistory;
import org.chevet.forecast.FlowLaws;
import org.chevet.simulations.future.Futures;
import org.jspecify.annotations.Nullable;

/** Futures as the contract has them: each series by columns, as forecasts are. */
final class FuturesJson {
    private FuturesJson() {}

    /** @param result as JSON, null while there is none */
    static String asked(String id, FuturesDesk.State state, int done, long seed, @Nullable String result) {
        return Json.object(json -> {
            json.writeStringField("id", id);
            json.writeStringField("state", state.name());
            json.writeNumberField("done", done);
            json.writeNumberField("count", Futures.COUNT);
            json.writeNumberField("seed", seed);
            json.writeFieldName("result");
            json.writeRawValue(result == null ? "null" : result);
        });
    }

    static String tooLittleHistory(ForecastDesk.Taught taught) {
        return Json.object(json -> {
            writeHead(json, taught);
            json.writeObjectFieldStart("tooLittleHistory");
            json.writeNumberField("daysKnown", taught.daysKnown());
            json.writeNumberField("daysNeeded", FlowHistory.DAYS_NEEDED);
            json.writeEndObject();
        });
    }

    static String compared(ForecastDesk.Taught taught, FlowLaws laws, Futures.Compared compared) {
        return Json.object(json -> {
            writeHead(json, taught);
            Json.writeInstant(json, "at", laws.at());
            json.writeFieldName("hours");
            json.writeArray(compared.hours(), 0, compared.hours().length);
            json.writeArrayFieldStart("series");
            List<Futures.Series> all = compared.series();
            for (int place = 0; place < all.size(); place++) {
                json.writeStartObject();
                write(json, all.get(place), lying(laws, place));
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    /** Patients in beds now, of the whole hospital first. */
    private static int lying(FlowLaws laws, int place) {
        return place == 0
                ? laws.services().stream().mapToInt(FlowLaws.OfService::lying).sum()
                : laws.services().get(place - 1).lying();
    }

    private static void writeHead(JsonGenerator json, ForecastDesk.Taught taught) throws IOException {
        json.writeNumberField("sequence", taught.view().sequence());
        json.writeNumberField("ageMillis", taught.age().toMillis());
    }

    private static void write(JsonGenerator json, Futures.Series series, int lying) throws IOException {
        Json.writeNullable(json, "service", series.service());
        json.writeNumberField("occupied", lying);
        writeArm(json, "without", series.without());
        writeArm(json, "with", series.with());
        json.writeObjectFieldStart("difference");
        writeColumn(json, "low95", series.occupied().low());
        ForecastJson.writeColumn(json, "mean", series.occupied().mean(), 10);
        writeColumn(json, "high95", series.occupied().high());
        json.writeEndObject();
        writeTotal(json, "fullHours", series.fullHours());
        writeTotal(json, "waitedHours", series.waitedHours());
    }

    private static void writeArm(JsonGenerator json, String name, Futures.Arm arm) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("beds", arm.beds());
        for (int level = 0; level < arm.occupied().length; level++) {
            writeColumn(json, ForecastJson.LEVEL_NAMES[level], arm.occupied()[level]);
        }
        ForecastJson.writeColumn(json, "noFreeBed", arm.full(), 1_000);
        ForecastJson.writeColumn(json, "waiting", arm.waiting(), 10);
        json.writeEndObject();
    }

    private static void writeColumn(JsonGenerator json, String name, int[] column) throws IOException {
        json.writeFieldName(name);
        json.writeArray(column, 0, column.length);
    }

    private static void writeTotal(JsonGenerator json, String name, Futures.Total total) throws IOException {
        json.writeObjectFieldStart(name);
        writeEstimate(json, "without", total.without());
        writeEstimate(json, "with", total.with());
        writeEstimate(json, "difference", total.difference());
        json.writeEndObject();
    }

    private static void writeEstimate(JsonGenerator json, String name, Futures.Estimate estimate) throws IOException {
        json.writeObjectFieldStart(name);
        ForecastJson.writeRounded(json, "mean", estimate.mean(), 100);
        ForecastJson.writeRounded(json, "half", estimate.half(), 100);
        json.writeEndObject();
    }
}
