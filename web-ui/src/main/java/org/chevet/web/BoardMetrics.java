package org.chevet.web;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.chevet.event.Anomaly;
import org.chevet.event.BedRequest;
import org.chevet.feed.FeedStatus;
import org.chevet.hospital.ServiceId;
import org.chevet.occupancy.Counts;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.HospitalView.OpenRequest;
import org.chevet.occupancy.HospitalView.QuarantineEntry;
import org.chevet.occupancy.InterhospitalTransfer;
import org.chevet.occupancy.Layout;
import org.chevet.occupancy.ServiceView;
import org.chevet.occupancy.Tally;
import org.chevet.runtime.SharedHospital;
import org.chevet.runtime.WriterStatus;
import org.chevet.tension.Load;
import org.jspecify.annotations.Nullable;

/**
 * A hospital's figures for Prometheus, read from the last durable view when asked for. Counts and codes, no patients and no
 * stays: there are as many series as services, feeds and kinds of things, however many patients there are. Of whoever scrapes.
 */
final class BoardMetrics {
    /** The states add up to all beds. */
    private static final Map<String, ToDoubleFunction<Counts>> BEDS_BY_STATE = Map.of(
            "occupied", Counts::occupied,
            "ready", Counts::ready,
            "reserved", Counts::reserved,
            "to_clean", Counts::toClean,
            "cleaning", Counts::cleaning,
            "blocked", Counts::blocked,
            "closed", Counts::closed);

    private static final Map<String, ToDoubleFunction<Counts>> CAPACITY = Map.of(
            "physical", Counts::physical,
            "open", Counts::open,
            "staffed", Counts::staffed,
            "surge", Counts::surge,
            "surge_open", Counts::surgeOpen);

    private final MeterRegistry registry;
    private final LiveHospital hospital;
    private final Tags tags;
    private final MultiGauge beds;
    private final MultiGauge capacity;
    private final MultiGauge present;
    private final MultiGauge withoutBed;
    private final MultiGauge load;
    private final MultiGauge proposals;
    private final MultiGauge overrides;
    private final Map<String, FeedMetrics> feeds = new HashMap<>();

    /** Null for a process that is alone. */
    private @Nullable SharingMetrics cluster;

    /** Whose services have series. */
    private @Nullable Layout layout;

    /** Which have series. */
    private @Nullable List<Tally> tallies;

    BoardMetrics(MeterRegistry registry, LiveBoard board) {
        this.registry = registry;
        hospital = board.hospital();
        tags = Tags.of("hospital", hospital.id().value());
        beds = perService("chevet.beds", "beds by state");
        capacity = perService("chevet.capacity", "what it could take");
        present = perService("chevet.present", "patients here");
        withoutBed = perService("chevet.without.bed", "patients here without a bed");
        load = perService("chevet.tension.load", "patients here and awaited, in per cent of staffed beds");
        // No counters: what is taken back is not counted, and a counter that falls is read as one that began anew.
        proposals = perService("chevet.proposals", "beds accepted and refused since the journal began");
        overrides = perService("chevet.overrides", "beds given against a rule since the journal began");
        addWork();
        addTransfers();
        addTension();
        addWriter();
        addBoards(board.audience());
        if (hospital.writer() instanceof SharedHospital shared) {
            cluster = new SharingMetrics(registry, shared);
        }
        refresh();
    }

    /** Before each scrape: services come and go with the hospital's file, feeds with the configuration. */
    void refresh() {
        for (FeedStatus feed : hospital.feedStatuses()) {
            feeds.computeIfAbsent(feed.name(), name -> new FeedMetrics(registry, hospital, name))
                    .refresh();
        }
        if (cluster != null) {
            cluster.refresh();
        }
        tellTallies(hospital.view());
        Layout now = hospital.view().layout();
        if (now == layout) {
            return;
        }
        layout = now;
        List<MultiGauge.Row<?>> byState = new ArrayList<>();
        List<MultiGauge.Row<?>> byKind = new ArrayList<>();
        List<MultiGauge.Row<?>> here = new ArrayList<>();
        List<MultiGauge.Row<?>> lacking = new ArrayList<>();
        List<MultiGauge.Row<?>> loads = new ArrayList<>();
        for (ServiceView view : hospital.view().services()) {
            ServiceId service = view.service().id();
            Tags ofService = Tags.of("service", service.value());
            BEDS_BY_STATE.forEach((state, count) -> byState.add(row(ofService.and("state", state), service, count)));
            CAPACITY.forEach((kind, count) -> byKind.add(row(ofService.and("kind", kind), service, count)));
            here.add(row(ofService, service, Counts::present));
            lacking.add(row(ofService, service, Counts::withoutBed));
            loads.add(MultiGauge.Row.of(ofService, hospital, live -> loadPercent(live, service)));
        }
        beds.register(byState, true);
        capacity.register(byKind, true);
        present.register(here, true);
        withoutBed.register(lacking, true);
        load.register(loads, true);
    }

    /** As many series as services of the hospital's file and reasons, of those that there was something to count. */
    private void tellTallies(HospitalView view) {
        if (view.tallies() == tallies) {
            return;
        }
        tallies = view.tallies();
        List<MultiGauge.Row<?>> answered = new ArrayList<>();
        List<MultiGauge.Row<?>> broken = new ArrayList<>();
        for (Tally tally : view.tallies()) {
            Tags of = Tags.of("service", tally.service().value(), "reason", lower(tally.reason()));
            switch (tally.kind()) {
                case ACCEPTED, REFUSED ->
                    answered.add(MultiGauge.Row.of(
                            of.and("outcome", lower(tally.kind().name())), tally.count()));
                case OVERRIDDEN -> broken.add(MultiGauge.Row.of(of, tally.count()));
            }
        }
        proposals.register(answered, true);
        overrides.register(broken, true);
    }

    private static String lower(String constant) {
        return constant.toLowerCase(Locale.ROOT);
    }

    /** Its hospital is no longer here. Its last snapshot's figures stay: they are the process's. */
    void close() {
        String id = hospital.id().value();
        registry.getMeters().stream()
                .map(Meter::getId)
                .filter(meter ->
                        id.equals(meter.getTag("hospital")) && !meter.getName().startsWith("chevet.snapshot"))
                .forEach(registry::remove);
    }

    private MultiGauge perService(String name, String description) {
        return MultiGauge.builder(name).description(description).tags(tags).register(registry);
    }

    private MultiGauge.Row<?> row(Tags ofService, ServiceId service, ToDoubleFunction<Counts> count) {
        return MultiGauge.Row.of(ofService, hospital, live -> count(live, service, count));
    }

    private void addWork() {
        for (int priority = BedRequest.PRIORITY_MOST_URGENT; priority <= BedRequest.PRIORITY_LEAST_URGENT; priority++) {
            int of = priority;
            Tags ofPriority = tags.and("priority", Integer.toString(priority));
            gauge(
                    "chevet.requests",
                    "open bed requests",
                    ofPriority.and("state", "waiting"),
                    live -> requests(live, of, false));
            gauge(
                    "chevet.requests",
                    "open bed requests",
                    ofPriority.and("state", "reserved"),
                    live -> requests(live, of, true));
        }
        gauge(
                "chevet.requests.oldest.seconds",
                "since the oldest request without a bed",
                tags,
                live -> oldest(
                        live,
                        live.view().requests().stream()
                                .filter(request -> request.bed() == null)
                                .map(request -> request.request().requestedAt())
                                .toList()));
        for (Anomaly.Kind kind : Anomaly.Kind.values()) {
            gauge(
                    "chevet.anomalies",
                    "open anomalies",
                    tags.and("kind", kind.name().toLowerCase(Locale.ROOT)),
                    live -> live.view().anomalies().stream()
                            .filter(anomaly -> anomaly.kind() == kind)
                            .count());
        }
        gauge(
                "chevet.anomalies.oldest.seconds",
                "since the oldest open anomaly",
                tags,
                live -> oldest(
                        live,
                        live.view().anomalies().stream().map(Anomaly::since).toList()));
        gauge(
                "chevet.quarantine",
                "messages kept",
                tags,
                live -> live.view().quarantine().size());
        gauge(
                "chevet.quarantine.oldest.seconds",
                "since the oldest message kept",
                tags,
                live -> oldest(
                        live,
                        live.view().quarantine().stream()
                                .map(QuarantineEntry::receivedAt)
                                .toList()));
    }

    private void addTension() {
        gauge(
                "chevet.tension.load.hospital",
                "patients here and all who ask for a bed, in per cent of staffed beds",
                tags,
                live -> Load.of(live.view()).percent());
        gauge(
                "chevet.action.cards.open",
                "action cards that somebody took on and did not close",
                tags,
                live -> live.view().crisis().cards().stream()
                        .filter(card -> card.closed() == null)
                        .count());
    }

    private static double loadPercent(LiveHospital hospital, ServiceId service) {
        ServiceView view = hospital.view().service(service);
        return view == null ? Double.NaN : Load.of(view).percent();
    }

    private void addTransfers() {
        gauge(
                "chevet.transfer.steps.unheard",
                "steps of transfers between hospitals that the other one is not known to have",
                tags,
                live -> live.view().transfers().stream()
                        .mapToInt(InterhospitalTransfer::unheardSteps)
                        .sum());
    }

    private void addWriter() {
        for (WriterStatus.Condition condition : WriterStatus.Condition.values()) {
            gauge(
                    "chevet.writer",
                    "1 for the condition it is in",
                    tags.and("condition", condition.name().toLowerCase(Locale.ROOT)),
                    live -> live.writer().status().condition() == condition ? 1 : 0);
        }
        gauge(
                "chevet.queue",
                "commands that wait",
                tags,
                live -> live.writer().status().queued());
        gauge(
                "chevet.sequence",
                "the last durable event",
                tags,
                live -> live.view().sequence());
        if (hospital.layoutFile() != null) {
            for (LayoutStatus.State state : LayoutStatus.State.values()) {
                gauge(
                        "chevet.layout.file",
                        "1 for how the hospital's file stands to what is served",
                        tags.and("state", state.name().toLowerCase(Locale.ROOT)),
                        live -> isLayout(live, state) ? 1 : 0);
            }
        }
    }

    private void addBoards(Audience audience) {
        Gauge.builder("chevet.websocket.clients", audience, Audience::clientCount)
                .description("boards that follow")
                .tags(tags)
                .strongReference(true)
                .register(registry);
        FunctionCounter.builder("chevet.websocket.dropped", audience, Audience::droppedPatches)
                .description("patches not sent because their client did not keep up")
                .tags(tags)
                .register(registry);
        FunctionCounter.builder("chevet.websocket.resyncs", audience, Audience::resyncs)
                .description("whole boards sent to clients that had missed something")
                .tags(tags)
                .register(registry);
    }

    private static long requests(LiveHospital hospital, int priority, boolean reserved) {
        return hospital.view().requests().stream()
                .filter(request -> request.request().priority() == priority && hasBed(request) == reserved)
                .count();
    }

    private static boolean hasBed(OpenRequest request) {
        return request.bed() != null;
    }

    private static boolean isLayout(LiveHospital hospital, LayoutStatus.State state) {
        LayoutFile file = hospital.layoutFile();
        return file != null && file.status().state() == state;
    }

    /** 0 when there is none. */
    private static double oldest(LiveHospital hospital, List<Instant> times) {
        return times.stream()
                .min(Instant::compareTo)
                .map(at -> ageSeconds(hospital, at))
                .orElse(0.0);
    }

    static double ageSeconds(LiveHospital hospital, @Nullable Instant at) {
        return at == null
                ? Double.NaN
                : Duration.between(at, hospital.writer().clock().now()).toMillis() / 1_000.0;
    }

    private static double count(LiveHospital hospital, ServiceId service, ToDoubleFunction<Counts> count) {
        ServiceView view = hospital.view().service(service);
        return view == null ? Double.NaN : count.applyAsDouble(view.counts());
    }

    /** Held strongly: a gauge whose object is collected says NaN. */
    private void gauge(String name, String description, Tags tags, ToDoubleFunction<LiveHospital> value) {
        Gauge.builder(name, hospital, value)
                .description(description)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }
}
