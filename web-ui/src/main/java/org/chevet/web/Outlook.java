package org.chevet.web;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.chevet.forecast.WhatIf;
import org.chevet.tension.Indicators;
import org.chevet.tension.TensionBoard;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One hospital's forecast, tension and indicators, kept up from when it is opened: levels have a past, noon is to be seen when it is, and Prometheus
 * asks when nobody looks. Each is a topic of its own, told more often while somebody follows it. Owned by one event loop, on which nothing is found;
 * what was found last may be read from anywhere.
 */
final class Outlook {
    private static final Logger LOG = LoggerFactory.getLogger(Outlook.class);
    private static final Duration TICK = Duration.ofMillis(500);
    private static final Duration HEARTBEAT_INTERVAL = Duration.ofSeconds(2);

    /** Who asks for a forecast within this of another gets the same. */
    private static final Duration FRESH = Duration.ofSeconds(2);

    /** What was not found anew for so many of its intervals is not told any more. */
    private static final int INTERVALS_MAX = 5;

    /** Of how many days indicators are told to who does not say. */
    static final int DAYS_DEFAULT = 7;

    private final Vertx vertx;
    private final WorkerExecutor finders;
    private final WorkerExecutor foreseers;
    private final LearnedHospital learned;
    private final LiveHospital hospital;
    private final Limits limits;
    private final Map<String, Part<?>> parts = new LinkedHashMap<>();
    private final Part<ForecastDesk.Told> forecast;
    private final Part<TensionBoard> tension;
    private final Part<Indicators> indicators;
    private final List<Long> timers = new ArrayList<>();
    private boolean closed;

    private @Nullable Future<@Nullable Found<ForecastDesk.Told>> foreseen;
    private long foreseenNanos;

    /**
     * To be called on the owning context.
     *
     * @param finders where everything but forecasts is found: whoever waits for another of the same hospital holds a thread of it
     * @param foreseers where forecasts are, which takes seconds or more after a start
     */
    Outlook(Vertx vertx, WorkerExecutor finders, WorkerExecutor foreseers, LiveHospital hospital, Limits limits) {
        this.vertx = vertx;
        this.finders = finders;
        this.foreseers = foreseers;
        this.hospital = hospital;
        this.limits = limits;
        learned = new LearnedHospital(hospital);
        forecast = part(
                "forecast",
                this::findForecast,
                Duration.ofSeconds(5),
                Duration.ofSeconds(60),
                // What a drill's screens ask for is not kept meanwhile.
                () -> hospital.isDrill() && learned.isForecastOutdated());
        tension = part(
                "tension",
                () -> find(finders, learned::board, TensionJson::board),
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                // What a drill's screens ask for is kept: followed or not, it is found at the same pace.
                () -> hospital.isDrill() && isTensionOutdated());
        indicators = part(
                "indicators",
                () -> indicatorsOf(DAYS_DEFAULT),
                Duration.ofSeconds(2),
                Duration.ofSeconds(60),
                () -> false);
    }

    /** Whether time passed or something happened since it was found. */
    private boolean isTensionOutdated() {
        TensionBoard last = tension.known;
        return last == null
                || last.sequence() != hospital.view().sequence()
                || !last.now().equals(hospital.writer().clock().now());
    }

    private <T> Part<T> part(
            String name,
            Supplier<Future<@Nullable Found<T>>> find,
            Duration followedEvery,
            Duration keptEvery,
            BooleanSupplier outdated) {
        Part<T> part = new Part<>(name, find, followedEvery, keptEvery, outdated);
        parts.put(name, part);
        return part;
    }

    /** To be called on the owning context. */
    void start() {
        Duration pingInterval = limits.http().idleMax().dividedBy(3);
        timers.add(vertx.setPeriodic(TICK.toMillis(), timer -> findNext()));
        timers.add(vertx.setPeriodic(
                HEARTBEAT_INTERVAL.toMillis(), timer -> parts.values().forEach(part -> part.topic.heartbeat())));
        timers.add(vertx.setPeriodic(
                pingInterval.toMillis(),
                timer -> parts.values().forEach(part -> part.topic.audience().ping())));
        findNext();
    }

    /** Forecasts and tension do not wait for each other. */
    private void findNext() {
        findNext(List.of(forecast));
        findNext(List.of(tension, indicators));
    }

    /** The one that is due for longest. One after the other, since they ask what was learned together, which answers one at a time. */
    private void findNext(List<Part<?>> together) {
        if (closed || together.stream().anyMatch(part -> part.finding)) {
            return;
        }
        Part<?> next = null;
        for (Part<?> part : together) {
            if (part.isDue() && (next == null || part.isBefore(next))) {
                next = part;
            }
        }
        if (next != null) {
            next.find();
        }
    }

    /**
     * To be called on the owning context.
     *
     * @param why told to those who follow
     */
    void close(String why) {
        closed = true;
        timers.forEach(vertx::cancelTimer);
        parts.values().forEach(part -> part.topic.audience().goAway(why));
    }

    /** Null when there is none of this name. */
    @Nullable
    Topic topic(String name) {
        Part<?> part = parts.get(name);
        return part == null ? null : part.topic;
    }

    /** Those who follow any of it. */
    long clientCount() {
        return parts.values().stream()
                .mapToLong(part -> part.topic.audience().clientCount())
                .sum();
    }

    LiveHospital hospital() {
        return hospital;
    }

    /** As last found, null before. */
    ForecastDesk.@Nullable Told forecast() {
        return forecast.known;
    }

    /** As last found, null before, and when that was long ago. */
    @Nullable
    TensionBoard tension() {
        return tension.recent();
    }

    /** As last found, null before, and when that was long ago. */
    @Nullable
    Indicators indicators() {
        return indicators.recent();
    }

    /** What was foreseen last of the hours that the group shows, without waiting for anything; the same object until it is foreseen anew. */
    List<GroupAhead> ahead() {
        return learned.ahead();
    }

    /** Of now, or of a moment ago; for all who ask at once. Null before the hospital's first event. To be called on the owning context. */
    Future<@Nullable Found<ForecastDesk.Told>> findForecast() {
        Future<@Nullable Found<ForecastDesk.Told>> last = foreseen;
        if (last != null
                && !last.failed()
                && (!last.isComplete() || System.nanoTime() - foreseenNanos < FRESH.toNanos())) {
            return last;
        }
        Future<@Nullable Found<ForecastDesk.Told>> next =
                findForecast(WhatIf.NOTHING).onComplete(done -> foreseenNanos = System.nanoTime());
        foreseen = next;
        return next;
    }

    /** Null before the hospital's first event. */
    Future<@Nullable Found<ForecastDesk.Told>> findForecast(WhatIf whatIf) {
        return find(foreseers, () -> learned.forecast(whatIf), ForecastJson::of);
    }

    /**
     * What futures of these plans are drawn from; null before the hospital's first event. Waits for what is found meanwhile, so it is not for an event
     * loop.
     */
    ForecastDesk.@Nullable Taught taught(List<WhatIf> plans) {
        return learned.taught(plans);
    }

    /** Null before the hospital's first event. To be called on the owning context. */
    Future<@Nullable Found<TensionBoard>> findTension() {
        return tension.together();
    }

    /** Null before the hospital's first event. To be called on the owning context. */
    Future<@Nullable Found<Indicators>> findIndicators(int days) {
        return days == DAYS_DEFAULT ? indicators.together() : indicatorsOf(days);
    }

    private Future<@Nullable Found<Indicators>> indicatorsOf(int days) {
        return find(finders, () -> learned.indicators(days), TensionJson::indicators);
    }

    private static <T> Future<@Nullable Found<T>> find(
            WorkerExecutor where, Callable<@Nullable T> figures, Function<T, String> json) {
        return where.executeBlocking(
                () -> {
                    T found = figures.call();
                    return found == null ? null : new Found<>(found, json.apply(found));
                },
                false);
    }

    private final class Part<T> {
        private final String name;
        private final Supplier<Future<@Nullable Found<T>>> finder;
        private final long followedNanos;
        private final long keptNanos;
        private final BooleanSupplier outdated;
        private final Topic topic = new Topic(limits.live());
        private volatile @Nullable T known;
        private volatile long knownNanos;
        private @Nullable Long foundNanos;
        private boolean finding;
        private long sequence;
        private @Nullable Future<@Nullable Found<T>> asked;
        private long askedSequence;

        /** @param outdated whether it is found as often as it is for those who follow, whether anybody does or not */
        Part(
                String name,
                Supplier<Future<@Nullable Found<T>>> finder,
                Duration followedEvery,
                Duration keptEvery,
                BooleanSupplier outdated) {
            this.name = name;
            this.finder = finder;
            followedNanos = followedEvery.toNanos();
            keptNanos = keptEvery.toNanos();
            this.outdated = outdated;
        }

        /** The same for all who ask while it is being found and nothing has happened since. */
        Future<@Nullable Found<T>> together() {
            Future<@Nullable Found<T>> last = asked;
            long now = hospital.view().sequence();
            if (last != null && !last.isComplete() && askedSequence == now) {
                return last;
            }
            Future<@Nullable Found<T>> next = finder.get();
            asked = next;
            askedSequence = now;
            return next;
        }

        void find() {
            finding = true;
            foundNanos = System.nanoTime();
            sequence = hospital.view().sequence();
            together().onComplete(found -> {
                finding = false;
                if (closed) {
                    return;
                }
                if (found.failed()) {
                    LOG.warn(
                            "hospital {}: its {} could not be found: {}",
                            hospital.id(),
                            name,
                            found.cause().getClass().getSimpleName());
                }
                Found<T> news = found.result();
                if (news != null) {
                    knownNanos = System.nanoTime();
                    known = news.figures();
                    topic.tell(news.json());
                }
                findNext();
            });
        }

        /** Null when what was found last is older than {@value #INTERVALS_MAX} times as long as it is kept. */
        @Nullable
        T recent() {
            T last = known;
            return System.nanoTime() - knownNanos <= INTERVALS_MAX * keptNanos ? last : null;
        }

        boolean isBefore(Part<?> other) {
            Long own = foundNanos;
            Long others = other.foundNanos;
            return others != null && (own == null || own - others < 0);
        }

        boolean isDue() {
            Long last = foundNanos;
            if (last == null) {
                return true;
            }
            long age = System.nanoTime() - last;
            return age >= keptNanos || age >= followedNanos && (isWanted() || outdated.getAsBoolean());
        }

        private boolean isWanted() {
            return !topic.audience().isEmpty() && hospital.view().sequence() != sequence;
        }
    }
}
