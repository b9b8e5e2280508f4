package org.chevet.web;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.chevet.forecast.FlowForecast;
import org.chevet.forecast.FlowForecaster;
import org.chevet.forecast.FlowHistory;
import org.chevet.forecast.FlowRecord;
import org.chevet.forecast.WhatIf;
import org.chevet.occupancy.HospitalView;

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

    private final LiveHospital hospital;
    private final FlowRecord record;
    private final FlowHistory history;

    ForecastDesk(LiveHospital hospital) {
        this.hospital = hospital;
        record = new FlowRecord(hospital.writer().clock().now().minus(Duration.ofDays(FlowRecord.DAYS_MAX)));
        history = new FlowHistory(record);
    }

    LiveHospital hospital() {
        return hospital;
    }

    /** Reads what the journal has got since. */
    synchronized void learn() {
        hospital.journal().read(hospital.id(), history.sequence(), history::learn);
    }

    synchronized Told look(WhatIf whatIf) {
        HospitalView view = hospital.view();
        Duration age = hospital.age();
        Instant now = hospital.writer().clock().now();
        learn();
        FlowForecast forecast = FlowForecaster.forecast(view, history, record, now, whatIf);
        return new Told(
                forecast,
                view,
                now,
                age,
                RECORD_DAYS.stream().map(days -> record.scores(history, days)).toList());
    }
}
