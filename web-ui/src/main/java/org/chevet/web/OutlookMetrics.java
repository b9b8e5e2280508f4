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
import java.util.Objects;
import java.util.function.Function;
import org.chevet.forecast.CountDistribution;
import org.chevet.forecast.FlowForecast.Ahead;
import org.chevet.forecast.FlowForecast.Foreseen;
import org.chevet.forecast.FlowForecast.Series;
import org.chevet.forecast.FlowForecast.TooLittleHistory;
import org.chevet.forecast.FlowRecord.Quantity;
import org.chevet.forecast.FlowRecord.Score;
import org.chevet.forecast.FlowRecord.Scored;
import org.chevet.forecast.PoleForecast;
import org.chevet.hospital.ServiceId;
import org.chevet.tension.HospitalInTension;
import org.chevet.tension.Indicators;
import org.chevet.tension.Levels;
import org.chevet.tension.TensionBoard;
import org.jspecify.annotations.Nullable;

/**
 * What was last found of each real hospital's forecast, tension and indicators, for Prometheus: made when it is asked for and kept nowhere, since a large
 * hospital has thousands of these figures. Of the whole hospital and of poles under names of their own, so that sums over services are sums of services. Of
 * whoever scrapes.
 */
final class OutlookMetrics implements MultiCollector {
    private static final List<Integer> HOURS_AHEAD = List.of(4, 12, 24);
    private static final Map<String, Double> QUANTILES = Map.of("0.1", 0.1, "0.5", 0.5, "0.9", 0.9);
    private static final Map<Quantity, String> HELP = Map.of(
            Quantity.PATIENTS, "so many hours ahead",
            Quantity.ENTRIES, "within so many hours",
            Quantity.EXITS, "within so many hours");

    /** What is older is Prometheus's to remember. */
    private static final int SCORED_DAYS = 14;

    /** Of each service of hundreds of hospitals: no more series than one looks at. */
    private static final int SERVICE_SCORED_HOURS_AHEAD = 24;

    private static final Map<String, Function<Score, @Nullable Double>> SCORES = Map.of(
            "error", Score::error,
            "bias", Score::bias,
            "crps", Score::crps,
            "coverage50", Score::coverage50,
            "coverage80", Score::coverage80,
            "coverage95", Score::coverage95,
            "skill", Score::skill);

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
            case TooLittleHistory tooLittle -> {
                Scope whole = Scope.of(hospital, null);
                for (Quantity quantity : Quantity.values()) {
                    tellCounts(gauges, whole, quantity, List.of());
                }
                tellBeds(gauges, whole, List.of(), 0, null);
            }
            case Foreseen foreseen -> {
                tell(gauges, Scope.of(hospital, null), foreseen.hospital());
                foreseen.services().forEach(series -> tell(gauges, Scope.of(hospital, series.service()), series));
                List<Integer> hours =
                        foreseen.hospital().ahead().stream().map(Ahead::hours).toList();
                told.poles().forEach(pole -> tell(gauges, Scope.ofPole(hospital, pole.pole()), pole, hours));
            }
        }
        told.record()
                .get(ForecastDesk.RECORD_DAYS.indexOf(SCORED_DAYS))
                .forEach(scored -> tell(gauges, hospital, scored));
    }

    private static void tell(Gauges gauges, Scope scope, Series series) {
        List<Ahead> ahead = series.ahead().stream()
                .filter(one -> HOURS_AHEAD.contains(one.hours()))
                .toList();
        List<CountDistribution> patients = ahead.stream().map(Ahead::patients).toList();
        tellCounts(gauges, scope, Quantity.PATIENTS, patients);
        tellCounts(
                gauges,
                scope,
                Quantity.ENTRIES,
                ahead.stream().map(Ahead::entries).toList());
        tellCounts(
                gauges, scope, Quantity.EXITS, ahead.stream().map(Ahead::exits).toList());
        tellBeds(gauges, scope, patients, series.beds(), series.fullAfterHours());
    }

    /** @param hours of the forecast's columns */
    private static void tell(Gauges gauges, Scope scope, PoleForecast pole, List<Integer> hours) {
        List<CountDistribution> patients = HOURS_AHEAD.stream()
                .map(ahead -> pole.ahead().get(hours.indexOf(ahead)))
                .toList();
        tellCounts(gauges, scope, Quantity.PATIENTS, patients);
        tellBeds(gauges, scope, patients, pole.beds(), pole.fullAfterHours());
    }

    /** @param ahead by {@link #HOURS_AHEAD}; empty while nothing is foreseen: NaN, so that the names are there from the beginning */
    private static void tellCounts(Gauges gauges, Scope scope, Quantity quantity, List<CountDistribution> ahead) {
        String what = quantity.name().toLowerCase(Locale.ROOT);
        for (int i = 0; i < HOURS_AHEAD.size(); i++) {
            CountDistribution count = ahead.isEmpty() ? null : ahead.get(i);
            Labels then = scope.ahead(HOURS_AHEAD.get(i));
            QUANTILES.forEach((name, share) -> gauges.add(
                    "chevet_forecast_" + what + scope.end(),
                    what + " " + HELP.get(quantity) + ": the median and the ends of the band of 80 %",
                    then.add("quantile", name),
                    count == null ? Double.NaN : count.quantile(share)));
        }
    }

    /** @param patients by {@link #HOURS_AHEAD}; empty while nothing is foreseen */
    private static void tellBeds(
            Gauges gauges, Scope scope, List<CountDistribution> patients, int beds, @Nullable Integer fullAfterHours) {
        for (int i = 0; i < HOURS_AHEAD.size(); i++) {
            gauges.add(
                    "chevet_forecast_no_free_bed" + scope.end(),
                    "the probability of no free bed so many hours ahead",
                    scope.ahead(HOURS_AHEAD.get(i)),
                    patients.isEmpty() ? Double.NaN : patients.get(i).atLeast(beds));
        }
        gauges.add(
                "chevet_forecast_saturation_hours" + scope.end(),
                "until no free bed is more likely than not; NaN when that is foreseen for none of the next 14 days",
                scope.labels(),
                fullAfterHours == null ? Double.NaN : fullAfterHours);
    }

    private static void tell(Gauges gauges, Labels hospital, Scored scored) {
        Scope scope =
                scored.pole() == null ? Scope.of(hospital, scored.service()) : Scope.ofPole(hospital, scored.pole());
        String quantity = scored.quantity().name().toLowerCase(Locale.ROOT);
        for (Score score : scored.ahead()) {
            boolean told = scored.service() == null
                    ? HOURS_AHEAD.contains(score.hours())
                    : score.hours() == SERVICE_SCORED_HOURS_AHEAD;
            if (told) {
                Labels then = scope.ahead(score.hours()).add("quantity", quantity);
                SCORES.forEach((name, value) -> gauges.add(
                        "chevet_forecast_score" + scope.end(),
                        "how good the forecasts were that came due in the last " + SCORED_DAYS
                                + " days; skill is NaN while there is nothing to compare with",
                        then.add("score", name),
                        Objects.requireNonNullElse(value.apply(score), Double.NaN)));
            }
        }
    }

    private static void tellTension(Gauges gauges, Labels hospital, @Nullable TensionBoard board) {
        if (board == null) {
            return;
        }
        for (Levels.Level level : board.levels()) {
            Scope scope = Scope.of(hospital, level.service());
            gauges.add(
                    "chevet_tension_level" + scope.end(),
                    "0 normal, 1 watch, 2 tension, 3 crisis",
                    scope.labels(),
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
        tell(gauges, hospital, indicators.inTension());
    }

    private static void tell(Gauges gauges, Labels hospital, HospitalInTension inTension) {
        gauges.add(
                "chevet_het_global_tension",
                "1 when yesterday was a day in global tension, 0 when not, NaN while what is unknown could make it one",
                hospital,
                switch (inTension.verdict()) {
                    case GLOBAL_TENSION -> 1;
                    case NO_GLOBAL_TENSION -> 0;
                    case UNDECIDED -> Double.NaN;
                });
        gauges.add(
                "chevet_het_unknown", "how many of yesterday's six levels are unknown", hospital, inTension.unknown());
        for (HospitalInTension.Measure measure : inTension.six()) {
            Labels labels = hospital.add("indicator", measure.indicator().name().toLowerCase(Locale.ROOT));
            HospitalInTension.Reference reference = measure.reference();
            gauges.add(
                    "chevet_het_figure",
                    "yesterday's figure: beds, visits, hours, per cent, patients, visits; NaN while it is unknown",
                    labels,
                    orNaN(measure.figure()));
            gauges.add(
                    "chevet_het_mean",
                    "of the days that it is compared with; NaN while they are too few",
                    labels,
                    orNaN(reference == null ? null : reference.mean()));
            gauges.add(
                    "chevet_het_limit",
                    "beyond which level 3 is exceeded, of het_1 below which; NaN where no figure can be, or while the days are too few",
                    labels,
                    orNaN(reference == null ? null : reference.limit()));
            gauges.add(
                    "chevet_het_history_days",
                    "how many of the 365 days before have the figure",
                    labels,
                    measure.historyDays());
        }
    }

    private static double orNaN(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }

    private static void tell(Gauges gauges, Labels hospital, Indicators.Scope told) {
        Scope scope = Scope.of(hospital, told.service());
        told.values()
                .forEach((indicator, value) -> gauges.add(
                        "chevet_indicator" + scope.end(),
                        "in its own unit, of the last 7 days where it is of a period; NaN while it cannot be known",
                        scope.labels().add("indicator", indicator.name().toLowerCase(Locale.ROOT)),
                        orNaN(value.value())));
    }

    /** @param end of its metrics' names */
    private record Scope(Labels labels, String end) {
        /** @param service null for the whole hospital */
        static Scope of(Labels hospital, @Nullable ServiceId service) {
            return service == null
                    ? new Scope(hospital, "_hospital")
                    : new Scope(hospital.add("service", service.value()), "");
        }

        static Scope ofPole(Labels hospital, String pole) {
            return new Scope(hospital.add("pole", pole), "_pole");
        }

        Labels ahead(int hours) {
            return labels.add("hours", Integer.toString(hours));
        }
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
