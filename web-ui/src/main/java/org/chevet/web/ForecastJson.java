package org.chevet.web;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.chevet.forecast.CountDistribution;
import org.chevet.forecast.DailyCensus;
import org.chevet.forecast.FlowForecast.Ahead;
import org.chevet.forecast.FlowForecast.Drivers;
import org.chevet.forecast.FlowForecast.Foreseen;
import org.chevet.forecast.FlowForecast.Series;
import org.chevet.forecast.FlowForecast.TooLittleHistory;
import org.chevet.forecast.FlowRecord.Counted;
import org.chevet.forecast.FlowRecord.Past;
import org.chevet.forecast.FlowRecord.Quantity;
import org.chevet.forecast.FlowRecord.Score;
import org.chevet.forecast.FlowRecord.Scored;
import org.chevet.forecast.PoleForecast;
import org.chevet.hospital.ServiceId;
import org.chevet.occupancy.Counts;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.ServiceView;
import org.jspecify.annotations.Nullable;

/** A forecast as the contract has it: each series by columns, since there are thousands of figures. */
final class ForecastJson {
    private static final double[] LEVELS = {0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975};
    static final String[] LEVEL_NAMES = {"low95", "low80", "low50", "median", "high50", "high80", "high95"};

    private ForecastJson() {}

    static String of(ForecastDesk.Told told) {
        return Json.object(json -> {
            json.writeNumberField("sequence", told.view().sequence());
            Json.writeInstant(json, "at", told.at());
            json.writeNumberField("ageMillis", told.age().toMillis());
            switch (told.forecast()) {
                case TooLittleHistory tooLittle -> {
                    json.writeObjectFieldStart("tooLittleHistory");
                    json.writeNumberField("daysKnown", tooLittle.daysKnown());
                    json.writeNumberField("daysNeeded", tooLittle.daysNeeded());
                    json.writeEndObject();
                    writeCensus(json, told.census());
                }
                case Foreseen foreseen -> {
                    writePastHours(json, told.past());
                    writeSeries(json, foreseen, told.view(), told.past());
                    writePoles(json, told.poles(), told.view(), told.past());
                }
            }
            writeRecord(json, told.record());
        });
    }

    private static void writeCensus(JsonGenerator json, List<DailyCensus.Series> census) throws IOException {
        json.writeArrayFieldStart("census");
        for (DailyCensus.Series series : census) {
            json.writeStartObject();
            Json.writeNullable(json, "service", series.service());
            json.writeStringField("lastDay", series.lastDay().toString());
            json.writeArrayFieldStart("days");
            for (DailyCensus.Day day : series.days()) {
                json.writeStartObject();
                json.writeStringField("day", day.day().toString());
                for (int i = 0; i < LEVELS.length; i++) {
                    json.writeNumberField(LEVEL_NAMES[i], day.occupied().quantile(LEVELS[i]));
                }
                json.writeBooleanField("rapid", day.rapid());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writePastHours(JsonGenerator json, Past past) throws IOException {
        json.writeArrayFieldStart("pastAt");
        for (Instant at : past.at()) {
            json.writeString(at.toString());
        }
        json.writeEndArray();
    }

    private static void writeSeries(JsonGenerator json, Foreseen foreseen, HospitalView view, Past past)
            throws IOException {
        json.writeArrayFieldStart("hours");
        for (Ahead ahead : foreseen.hospital().ahead()) {
            json.writeNumber(ahead.hours());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("series");
        Counts whole = view.services().stream().map(ServiceView::counts).reduce(Counts.NONE, Counts::plus);
        write(json, foreseen.hospital(), whole, past);
        for (Series series : foreseen.services()) {
            ServiceView service = series.service() == null ? null : view.service(series.service());
            if (service != null) {
                write(json, series, service.counts(), past);
            }
        }
        json.writeEndArray();
    }

    private static void writePoles(JsonGenerator json, List<PoleForecast> poles, HospitalView view, Past past)
            throws IOException {
        json.writeArrayFieldStart("poles");
        for (PoleForecast pole : poles) {
            json.writeStartObject();
            json.writeStringField("pole", pole.pole());
            json.writeObjectField("services", pole.services());
            Counts counts = Counts.NONE;
            for (ServiceId id : pole.services()) {
                ServiceView service = view.service(id);
                counts = service == null ? counts : counts.plus(service.counts());
            }
            writeBeds(json, pole.patients(), pole.beds(), counts);
            json.writeNumberField("thresholdBeds", pole.thresholdBeds());
            writeNullable(json, "fullAfterHours", pole.fullAfterHours());
            writePast(json, past, null, pole.pole(), Quantity.PATIENTS);
            writeBands(json, pole.ahead());
            writeColumn(json, "noFreeBed", pole.ahead(), ahead -> ahead.atLeast(pole.beds()), 1_000);
            writeColumn(json, "tension", pole.ahead(), ahead -> ahead.atLeast(pole.thresholdBeds()), 1_000);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, Series series, Counts counts, Past past) throws IOException {
        json.writeStartObject();
        Json.writeNullable(json, "service", series.service());
        writeBeds(json, series.patients(), series.beds(), counts);
        json.writeNumberField("thresholdBeds", series.thresholdBeds());
        writeNullable(json, "fullAfterHours", series.fullAfterHours());
        Drivers drivers = series.drivers();
        json.writeObjectFieldStart("drivers");
        writeRounded(json, "unplanned", drivers.unplanned(), 10);
        writeRounded(json, "planned", drivers.planned(), 10);
        writeRounded(json, "movedIn", drivers.movedIn(), 10);
        writeRounded(json, "movedOut", drivers.movedOut(), 10);
        writeRounded(json, "discharged", drivers.discharged(), 10);
        json.writeEndObject();
        writePast(json, past, series.service(), null, Quantity.PATIENTS);
        writeBands(json, series.ahead().stream().map(Ahead::patients).toList());
        writeColumn(json, "noFreeBed", series.ahead(), Ahead::noFreeBed, 1_000);
        writeColumn(json, "tension", series.ahead(), Ahead::tension, 1_000);
        json.writeObjectFieldStart("entries");
        writePast(json, past, series.service(), null, Quantity.ENTRIES);
        writeFlow(json, series.ahead().stream().map(Ahead::entries).toList());
        json.writeObjectFieldStart("exits");
        writePast(json, past, series.service(), null, Quantity.EXITS);
        writeFlow(json, series.ahead().stream().map(Ahead::exits).toList());
        json.writeEndObject();
    }

    private static void writePast(
            JsonGenerator json, Past past, @Nullable ServiceId service, @Nullable String pole, Quantity quantity)
            throws IOException {
        Counted counted = past.find(service, pole, quantity);
        json.writeArrayFieldStart("past");
        for (int i = 0; i < past.at().size(); i++) {
            Integer count = counted == null ? null : counted.counts().get(i);
            if (count == null) {
                json.writeNull();
            } else {
                json.writeNumber(count);
            }
        }
        json.writeEndArray();
    }

    private static void writeBeds(JsonGenerator json, int patients, int beds, Counts counts) throws IOException {
        json.writeNumberField("patients", patients);
        json.writeNumberField("beds", beds);
        json.writeNumberField("open", counts.open());
        json.writeNumberField("staffed", counts.staffed());
        json.writeNumberField("withSurge", counts.open() + counts.surge() - counts.surgeOpen());
    }

    /** How many until then: the mean and the bands. */
    private static void writeFlow(JsonGenerator json, List<CountDistribution> flow) throws IOException {
        writeColumn(json, "mean", flow, CountDistribution::mean, 10);
        writeBands(json, flow);
        json.writeEndObject();
    }

    private static void writeBands(JsonGenerator json, List<CountDistribution> ahead) throws IOException {
        for (int i = 0; i < LEVELS.length; i++) {
            double level = LEVELS[i];
            writeColumn(json, LEVEL_NAMES[i], ahead, count -> count.quantile(level), 1);
        }
    }

    private static <T> void writeColumn(
            JsonGenerator json, String name, List<T> ahead, ToDoubleFunction<T> value, int parts) throws IOException {
        json.writeArrayFieldStart(name);
        for (T one : ahead) {
            writeRounded(json, value.applyAsDouble(one), parts);
        }
        json.writeEndArray();
    }

    static void writeColumn(JsonGenerator json, String name, double[] values, int parts) throws IOException {
        json.writeArrayFieldStart(name);
        for (double value : values) {
            writeRounded(json, value, parts);
        }
        json.writeEndArray();
    }

    private static void writeRecord(JsonGenerator json, List<List<Scored>> record) throws IOException {
        json.writeArrayFieldStart("record");
        for (int i = 0; i < record.size(); i++) {
            for (Scored scored : record.get(i)) {
                List<Score> ahead = scored.ahead();
                json.writeStartObject();
                Json.writeNullable(json, "service", scored.service());
                Json.writeNullable(json, "pole", scored.pole());
                json.writeStringField("quantity", scored.quantity().name());
                json.writeNumberField("days", ForecastDesk.RECORD_DAYS.get(i));
                writeColumn(json, "hours", ahead, Score::hours, 1);
                writeColumn(json, "forecasts", ahead, Score::forecasts, 1);
                writeColumn(json, "error", ahead, Score::error, 100);
                writeColumn(json, "bias", ahead, Score::bias, 100);
                writeColumn(json, "pinball", ahead, Score::pinball, 1_000);
                writeColumn(json, "crps", ahead, Score::crps, 1_000);
                writeColumn(json, "coverage50", ahead, Score::coverage50, 1_000);
                writeColumn(json, "coverage80", ahead, Score::coverage80, 1_000);
                writeColumn(json, "coverage95", ahead, Score::coverage95, 1_000);
                writeNullableColumn(json, "naiveError", ahead, Score::naiveError);
                writeNullableColumn(json, "skill", ahead, Score::skill);
                json.writeEndObject();
            }
        }
        json.writeEndArray();
    }

    private static void writeNullable(JsonGenerator json, String name, @Nullable Integer value) throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, value);
        }
    }

    private static void writeNullableColumn(
            JsonGenerator json, String name, List<Score> ahead, Function<Score, @Nullable Double> value)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (Score score : ahead) {
            Double known = value.apply(score);
            if (known == null) {
                json.writeNull();
            } else {
                writeRounded(json, known, 1_000);
            }
        }
        json.writeEndArray();
    }

    static void writeRounded(JsonGenerator json, String name, double value, int parts) throws IOException {
        json.writeFieldName(name);
        writeRounded(json, value, parts);
    }

    /** Whole numbers without a point: most of the figures are. */
    private static void writeRounded(JsonGenerator json, double value, int parts) throws IOException {
        double rounded = Math.rint(value * parts) / parts;
        if (rounded == Math.rint(rounded)) {
            json.writeNumber((long) rounded);
        } else {
            json.writeNumber(rounded);
        }
    }
}
