package org.chevet.web;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.chevet.feed.FeedStatus;
import org.chevet.hospital.ServiceId;
import org.chevet.occupancy.Counts;
import org.chevet.occupancy.ServiceView;
import org.jspecify.annotations.Nullable;

/** A hospital's figures for Prometheus, read from the last durable view when asked for. Counts and codes, no patients. */
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

    private static final Map<String, ToLongFunction<FeedStatus>> MESSAGES = Map.of(
            "applied", FeedStatus::applied,
            "ignored", FeedStatus::ignored,
            "quarantined", FeedStatus::quarantined);

    private BoardMetrics() {}

    static void register(MeterRegistry registry, LiveBoard board) {
        LiveHospital hospital = board.hospital();
        Tags tags = Tags.of("hospital", hospital.id().value());
        registerServices(registry, hospital, tags);
        registerFeeds(registry, hospital, tags);
        gauge(
                registry,
                "chevet.requests",
                "open bed requests",
                tags,
                hospital,
                live -> live.view().requests().size());
        gauge(
                registry,
                "chevet.anomalies",
                "open anomalies",
                tags,
                hospital,
                live -> live.view().anomalies().size());
        gauge(
                registry,
                "chevet.quarantine",
                "messages kept",
                tags,
                hospital,
                live -> live.view().quarantine().size());
        gauge(
                registry,
                "chevet.sequence",
                "the last durable event",
                tags,
                hospital,
                live -> live.view().sequence());
        gauge(
                registry,
                "chevet.writable",
                "1 when acts are taken",
                tags,
                hospital,
                live -> live.now().writer().writable() ? 1 : 0);
        gauge(
                registry,
                "chevet.queue",
                "commands that wait",
                tags,
                hospital,
                live -> live.writer().status().queued());
        gauge(registry, "chevet.websocket.clients", "boards that follow", tags, board, LiveBoard::clientCount);
        FunctionCounter.builder("chevet.websocket.dropped", board, LiveBoard::droppedPatches)
                .description("patches not sent because their client did not keep up")
                .tags(tags)
                .register(registry);
    }

    private static void registerServices(MeterRegistry registry, LiveHospital hospital, Tags tags) {
        for (ServiceView view : hospital.view().services()) {
            ServiceId service = view.service().id();
            Tags ofService = tags.and("service", service.value());
            BEDS_BY_STATE.forEach((state, count) -> gauge(
                    registry,
                    "chevet.beds",
                    "beds by state",
                    ofService.and("state", state),
                    hospital,
                    live -> count(live, service, count)));
            CAPACITY.forEach((kind, count) -> gauge(
                    registry,
                    "chevet.capacity",
                    "what it could take",
                    ofService.and("kind", kind),
                    hospital,
                    live -> count(live, service, count)));
            gauge(
                    registry,
                    "chevet.present",
                    "patients here",
                    ofService,
                    hospital,
                    live -> count(live, service, Counts::present));
            gauge(
                    registry,
                    "chevet.without.bed",
                    "patients here without a bed",
                    ofService,
                    hospital,
                    live -> count(live, service, Counts::withoutBed));
        }
    }

    private static void registerFeeds(MeterRegistry registry, LiveHospital hospital, Tags tags) {
        for (FeedStatus feed : hospital.feedStatuses()) {
            Tags ofFeed = tags.and("feed", feed.name());
            MESSAGES.forEach((outcome, count) -> FunctionCounter.builder(
                            "chevet.feed.messages", hospital, live -> ofFeed(live, feed.name(), count::applyAsLong))
                    .description("messages by what came of them")
                    .tags(ofFeed.and("outcome", outcome))
                    .register(registry));
            FunctionCounter.builder(
                            "chevet.feed.received", hospital, live -> ofFeed(live, feed.name(), FeedStatus::received))
                    .description("messages received, those sent back included")
                    .tags(ofFeed)
                    .register(registry);
            gauge(
                    registry,
                    "chevet.feed.connections",
                    "senders connected",
                    ofFeed,
                    hospital,
                    live -> ofFeed(live, feed.name(), FeedStatus::connections));
            gauge(
                    registry,
                    "chevet.feed.silent",
                    "1 when silent for too long",
                    ofFeed,
                    hospital,
                    live -> ofFeed(live, feed.name(), now -> now.silent() ? 1 : 0));
            gauge(
                    registry,
                    "chevet.feed.age.seconds",
                    "since the last message",
                    ofFeed,
                    hospital,
                    live -> ofFeed(live, feed.name(), now -> ageSeconds(live, now.lastMessageAt())));
        }
    }

    private static double ageSeconds(LiveHospital hospital, @Nullable Instant at) {
        return at == null
                ? Double.NaN
                : Duration.between(at, hospital.writer().clock().now()).toMillis() / 1_000.0;
    }

    private static double count(LiveHospital hospital, ServiceId service, ToDoubleFunction<Counts> count) {
        ServiceView view = hospital.view().service(service);
        return view == null ? Double.NaN : count.applyAsDouble(view.counts());
    }

    private static double ofFeed(LiveHospital hospital, String name, ToDoubleFunction<FeedStatus> figure) {
        for (FeedStatus feed : hospital.feedStatuses()) {
            if (feed.name().equals(name)) {
                return figure.applyAsDouble(feed);
            }
        }
        return Double.NaN;
    }

    /** Held strongly: a gauge whose object is collected says NaN. */
    private static <T> void gauge(
            MeterRegistry registry, String name, String description, Tags tags, T object, ToDoubleFunction<T> value) {
        Gauge.builder(name, object, value)
                .description(description)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }
}
