package org.chevet.web;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chevet.forecast.FlowForecast;
import org.chevet.forecast.FlowForecaster;
import org.chevet.forecast.FlowHistory;
import org.chevet.forecast.FlowRecord;
import org.chevet.forecast.WhatIf;
import org.chevet.hospital.ServiceId;
import org.chevet.occupancy.HospitalView;
import org.chevet.tension.BedShortage;

/**
 * One hospital's forecasts: what its journal taught so far, and how good the forecasts were. All of it is a fold of the journal, so every member has
 * the same and a restart loses nothing. A thread at a time, whoever holds its lock; the first reading of a long journal takes seconds, so this is not
 * for an event loop, and never for the writer's thread.
 */
final class ForecastDesk {
    /** The lengths of time of which scores are told. */
    static final List<Integer> RECORD_DAYS = List.of(14, FlowRecord.DAYS_MAX);

    /**
     * @param view what it was made on
     * @param age of what this member knew then; zero where it writes the hospital itself
     * @param record by {@link #RECORD_DAYS}
     */
    record Told(
            FlowForecast forecast, HospitalView view, Instant at, Duration age, List<List<FlowRecord.Score>> record) {}

    /** How far ahead a shortage of beds is looked for. */
    private static final int SHORTAGE_HOURS = 24;

    private final LiveHospital hospital;
    private final FlowRecord record;
    private final FlowHistory history;
    private volatile BedShortage shortage = BedShortage.UNKNOWN;

    ForecastDesk(LiveHospital hospital) {
        this.hospital = hospital;
        record = new FlowRecord(hospital.writer().clock().now().minus(Duration.ofDays(FlowRecord.DAYS_MAX)));
        history = new FlowHistory(record);
    }

    LiveHospital hospital() {
        return hospital;
    }

    /** Reads what the journal has got since, and foresees shortages from it. */
    synchronized void learn() {
        foresee(hospital.view(), hospital.writer().clock().now(), WhatIf.NOTHING);
    }

    /** As of when it last learned or was looked at; not known while forecasts abstain. */
    BedShortage shortage() {
        return shortage;
    }

    synchronized Told look(WhatIf whatIf) {
        HospitalView view = hospital.view();
        Duration age = hospital.age();
        Instant now = hospital.writer().clock().now();
        FlowForecast forecast = foresee(view, now, whatIf);
        return new Told(
                forecast,
                view,
                now,
                age,
                RECORD_DAYS.stream().map(days -> record.scores(history, days)).toList());
    }

    private FlowForecast foresee(HospitalView view, Instant now, WhatIf whatIf) {
        hospital.journal().read(hospital.id(), history.sequence(), history::learn);
        FlowForecast forecast = FlowForecaster.forecast(view, history, record, now, whatIf);
        if (whatIf.equals(WhatIf.NOTHING)) {
            shortage = switch (forecast) {
                case FlowForecast.TooLittleHistory tooLittle -> BedShortage.UNKNOWN;
                case FlowForecast.Foreseen foreseen -> shortage(foreseen);
            };
        }
        return forecast;
    }

    private static BedShortage shortage(FlowForecast.Foreseen foreseen) {
        Map<ServiceId, Double> services = new HashMap<>();
        for (FlowForecast.Series series : foreseen.services()) {
            if (series.service() != null) {
                services.put(series.service(), highest(series));
            }
        }
        return new BedShortage(SHORTAGE_HOURS, highest(foreseen.hospital()), services);
    }

    private static double highest(FlowForecast.Series series) {
        return series.ahead().stream()
                .filter(ahead -> ahead.hours() <= SHORTAGE_HOURS)
                .mapToDouble(FlowForecast.Ahead::noFreeBed)
                .max()
                .orElse(0);
    }
}
