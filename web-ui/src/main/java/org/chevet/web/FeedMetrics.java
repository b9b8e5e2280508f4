package org.chevet.web;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.chevet.feed.DoorStatus;
import org.chevet.feed.FeedCounts;
import org.chevet.feed.FeedStatus;
import org.jspecify.annotations.Nullable;

/** A feed's figures for Prometheus: its messages by what came of them, and what came to its door. Of whoever scrapes. */
final class FeedMetrics {
    private static final Map<String, ToLongFunction<FeedStatus>> MESSAGES = Map.of(
            "applied", FeedStatus::applied,
            "ignored", FeedStatus::ignored,
            "quarantined", FeedStatus::quarantined);

    private static final Map<String, ToLongFunction<DoorStatus>> REFUSED = Map.of(
            "too_many", DoorStatus::refusedConnections,
            "sender", DoorStatus::refusedSenders,
            "tls", DoorStatus::failedHandshakes);

    private static final Map<String, ToLongFunction<DoorStatus>> CLOSED = Map.of(
            "slow", DoorStatus::closedSlow,
            "noise", DoorStatus::closedNoise,
            "memory", DoorStatus::closedFull);

    private final MeterRegistry registry;
    private final LiveHospital hospital;
    private final String name;
    private final Tags tags;

    FeedMetrics(MeterRegistry registry, LiveHospital hospital, String name) {
        this.registry = registry;
        this.hospital = hospital;
        this.name = name;
        tags = Tags.of("hospital", hospital.id().value(), "feed", name);
        addMessages();
        addConnections();
        addBytes();
    }

    /** Before each scrape: events are known once they came. At most {@link FeedCounts#TRIGGERS_MAX} and the others. */
    void refresh() {
        for (FeedStatus feed : hospital.feedStatuses()) {
            if (feed.name().equals(name)) {
                feed.counts().unknownTriggers().keySet().forEach(this::addUnknownTrigger);
            }
        }
    }

    private void addMessages() {
        count("chevet.feed.received", "messages received, those sent back included", tags, FeedStatus::received);
        MESSAGES.forEach((outcome, figure) ->
                count("chevet.feed.messages", "messages by what came of them", tags.and("outcome", outcome), figure));
        count(
                "chevet.feed.duplicates",
                "of those applied, applied before",
                tags,
                feed -> feed.counts().duplicates());
        for (FeedCounts.Ignored why : FeedCounts.Ignored.values()) {
            count(
                    "chevet.feed.ignored",
                    "messages that change nothing, by why",
                    tags.and("reason", why.name().toLowerCase(Locale.ROOT)),
                    feed -> feed.counts().ignored().getOrDefault(why, 0L));
        }
        gauge("chevet.feed.silent", "1 when silent for too long", feed -> feed.silent() ? 1 : 0);
        gauge(
                "chevet.feed.age.seconds",
                "since the last message",
                feed -> BoardMetrics.ageSeconds(hospital, feed.lastMessageAt()));
    }

    private void addUnknownTrigger(String trigger) {
        count(
                "chevet.feed.unknown.triggers",
                "messages ignored because their event is not known, by event",
                tags.and("trigger", trigger),
                feed -> feed.counts().unknownTriggers().getOrDefault(trigger, 0L));
    }

    private void addConnections() {
        gauge("chevet.feed.connections", "senders connected", FeedStatus::connections);
        REFUSED.forEach((cause, figure) -> atTheDoor(
                "chevet.feed.connections.refused", "connections not let in", tags.and("cause", cause), figure));
        CLOSED.forEach((cause, figure) -> atTheDoor(
                "chevet.feed.connections.closed",
                "connections closed for what came, or did not",
                tags.and("cause", cause),
                figure));
        gauge(
                "chevet.feed.certificate.expiry.timestamp.seconds",
                "when the feed's own TLS certificate expires, since 1970; NaN without TLS",
                feed -> epochSeconds(feed.door().certificateExpiresAt()));
    }

    private void addBytes() {
        atTheDoor("chevet.feed.frames", "whole frames received", tags, DoorStatus::frames);
        atTheDoor("chevet.feed.frames.oversized", "frames over the limit", tags, DoorStatus::oversizedFrames);
        atTheDoor("chevet.feed.bytes", "bytes read", tags, DoorStatus::bytes);
        atTheDoor("chevet.feed.bytes.skipped", "bytes of no whole frame", tags, DoorStatus::skippedBytes);
        gauge(
                "chevet.feed.buffered.bytes",
                "of frames not answered yet",
                feed -> feed.door().bufferedBytes());
        atTheDoor(
                "chevet.feed.encoding.contradictions",
                "messages not in the encoding that they name",
                tags,
                DoorStatus::encodingContradictions);
        atTheDoor(
                "chevet.feed.batch.mismatches",
                "batches whose counts were not those that came",
                tags,
                DoorStatus::batchMismatches);
    }

    private void atTheDoor(String metric, String description, Tags of, ToLongFunction<DoorStatus> figure) {
        count(metric, description, of, feed -> figure.applyAsLong(feed.door()));
    }

    private void count(String metric, String description, Tags of, ToLongFunction<FeedStatus> figure) {
        FunctionCounter.builder(metric, hospital, live -> now(live, figure::applyAsLong))
                .description(description)
                .tags(of)
                .register(registry);
    }

    /** Held strongly: a gauge whose object is collected says NaN. */
    private void gauge(String metric, String description, ToDoubleFunction<FeedStatus> figure) {
        Gauge.builder(metric, hospital, live -> now(live, figure))
                .description(description)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    private double now(LiveHospital live, ToDoubleFunction<FeedStatus> figure) {
        for (FeedStatus feed : live.feedStatuses()) {
            if (feed.name().equals(name)) {
                return figure.applyAsDouble(feed);
            }
        }
        return Double.NaN;
    }

    private static double epochSeconds(@Nullable Instant at) {
        return at == null ? Double.NaN : at.getEpochSecond();
    }
}
