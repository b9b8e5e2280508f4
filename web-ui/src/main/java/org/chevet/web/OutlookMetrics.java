package org.chevet.web;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.chevet.forecast.FlowForecast.Ahead;
import org.chevet.forecast.FlowForecast.Foreseen;
import org.chevet.forecast.FlowForecast.Series;
import org.chevet.forecast.FlowForecast.TooLittleHistory;
import org.chevet.hospital.ServiceId;
import org.chevet.tension.Indicators;
import org.chevet.tension.Levels;
import org.chevet.tension.TensionBoard;
import org.jspecify.annotations.Nullable;

/**
 * What was last found of each real hospital's forecast, tension and indicators, for Prometheus: made when it is asked for and kept nowhere, since a large
 * hospital has a thousand of these figures. Of the whole hospital under names of their own, so that sums over services are sums of services. Of whoever
 * scrapes.
 */
final class OutlookMetrics implements MultiCollector {
    private static final List<Integer> HOURS_AHEAD = List.of(4, 12, 24);
    private static final Map<String, Double> QUANTILES = Map.of("0.1", 0.1, "0.5", 0.5, "0.9", 0.9);

    private final Collection<Outlook> outlooks;

    /** @param outlooks of the hospitals there are, to be read from any thread */
    OutlookMetrics(Collection<Outlook> outlooks) {
        this.outlooks = outlooks;
    }

    @Override
    public MetricSnapshots collect() {
        Gauges gauges = new Gauges();
        for (Outlook outlook : outlooks) {
            if (outlook.hospital().isDrill()) {
                continue;
            }
            Labels hospital = Labels.of("hospital", outlook.hospital().id().value());
            tellForecast(gauges, hospital, outlook);
            tellTension(gauges, hospital, outlook.tension());
            tellIndicators(gauges, hospital, outlook.indicators());
        }
        return gauges.snapshots();
    }

    private static void tellForecast(Gauges gauges, Labels hospital, Outlook outlook) {
        ForecastDesk.Told told = outlook.forecast();
        if (told == null) {
            return;
        }
        Duration age =
                Duration.between(told.at(), outlook.hospital().writer().clock().now());
        gauges.add("chevet_forecast_age_seconds", "since the forecast was made", hospital, age.toMillis() / 1_000.0);
        switch (told.forecast()) {
            case TooLittleHistory tooLittle -> tell(gauges, hospital, null, List.of(), null);
            case Foreseen foreseen -> {
                tell(gauges, hospital, foreseen.hospital());
                foreseen.services().forEach(series -> tell(gauges, hospital, series));
            }
        }
    }

    private static void tell(Gauges gauges, Labels hospital, Series series) {
        tell(gauges, hospital, series.service(), series.ahead(), series.fullAfterHours());
    }

    /** Nothing is foreseen of so many hours ahead: NaN, so that the names are there from the beginning. */
    private static void tell(
            Gauges gauges,
            Labels hospital,
            @Nullable ServiceId service,
            List<Ahead> foreseen,
            @Nullable Integer fullAfterHours) {
        Labels of = labels(hospital, service);
        String end = end(service);
        for (int hours : HOURS_AHEAD) {
            Ahead ahead = foreseen.stream()
                    .filter(candidate -> candidate.hours() == hours)
                    .findFirst()
                    .orElse(null);
            Labels then = of.add("hours", Integer.toString(hours));
            QUANTILES.forEach((name, share) -> gauges.add(
                    "chevet_forecast_patients" + end,
                    "patients so many hours ahead: the median and the ends of the band of 80 %",
                    then.add("quantile", name),
                    ahead == null ? Double.NaN : ahead.patients().quantile(share)));
            gauges.add(
                    "chevet_forecast_no_free_bed" + end,
                    "the probability of no free bed so many hours ahead",
                    then,
                    ahead == null ? Double.NaN : ahead.noFreeBed());
        }
        gauges.add(
                "chevet_forecast_saturation_hours" + end,
                "until no free bed is more likely than not; NaN when that is foreseen for none of the next 14 days",
                of,
                fullAfterHours == null ? Double.NaN : fullAfterHours);
    }

    private static void tellTension(Gauges gauges, Labels hospital, @Nullable TensionBoard board) {
        if (board == null) {
            return;
        }
        for (Levels.Level level : board.levels()) {
            gauges.add(
                    "chevet_tension_level" + end(level.service()),
                    "0 normal, 1 watch, 2 tension, 3 crisis",
                    labels(hospital, level.service()),
                    level.level().ordinal());
        }
        gauges.add(
                "chevet_tension_alerts",
                "alerts that nobody put off, those beyond the budget among them",
                hospital,
                board.alerts().size() + board.unshown());
    }

    private static void tellIndicators(Gauges gauges, Labels hospital, @Nullable Indicators indicators) {
        if (indicators == null) {
            return;
        }
        tell(gauges, hospital, indicators.hospital());
        indicators.services().forEach(scope -> tell(gauges, hospital, scope));
    }

    private static void tell(Gauges gauges, Labels hospital, Indicators.Scope scope) {
        Labels of = labels(hospital, scope.service());
        scope.values()
                .forEach((indicator, value) -> gauges.add(
                        "chevet_indicator" + end(scope.service()),
                        "in its own unit, of the last 7 days where it is of a period; NaN while it cannot be known",
                        of.add("indicator", indicator.name().toLowerCase(Locale.ROOT)),
                        value.value() == null ? Double.NaN : value.value()));
    }

    private static String end(@Nullable ServiceId service) {
        return service == null ? "_hospital" : "";
    }

    private static Labels labels(Labels hospital, @Nullable ServiceId service) {
        return service == null ? hospital : hospital.add("service", service.value());
    }

    private static final class Gauges {
        private final Map<String, GaugeSnapshot.Builder> byName = new LinkedHashMap<>();

        void add(String name, String help, Labels labels, double value) {
            byName.computeIfAbsent(
                            name, unknown -> GaugeSnapshot.builder().name(name).help(help))
                    .dataPoint(GaugeDataPointSnapshot.builder()
                            .labels(labels)
                            .value(value)
                            .build());
        }

        MetricSnapshots snapshots() {
            MetricSnapshots.Builder all = MetricSnapshots.builder();
            byName.values().forEach(gauge -> all.metricSnapshot(gauge.build()));
            return all.build();
        }
    }
}
