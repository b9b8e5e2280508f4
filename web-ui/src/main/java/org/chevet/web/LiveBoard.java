package org.chevet.web;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.chevet.occupancy.HospitalView;
import org.chevet.runtime.Subscription;
import org.chevet.tension.TensionBoard;
import org.jspecify.annotations.Nullable;

/**
 * Pushes one hospital's board to everybody who looks at it. Owned by one event loop; only {@link #viewPublished} is called
 * from elsewhere. What is sent is made once and given to all.
 */
final class LiveBoard implements Audience.Board {
    private static final Duration HEARTBEAT_INTERVAL = Duration.ofSeconds(2);
    private static final Duration CONDITION_CHECK_INTERVAL = Duration.ofMillis(200);

    private final Limits.Live limits;
    private final Duration pingInterval;
    private final Vertx vertx;
    private final Context context;
    private final LiveHospital hospital;
    private final Supplier<@Nullable TensionBoard> tension;
    private final Audience audience;
    private final List<Long> timers = new ArrayList<>();
    private final AtomicBoolean flushPlanned = new AtomicBoolean();

    /** The view that clients have; the next patch starts from it. */
    private HospitalView published;

    private List<@Nullable Object> condition;
    private long flushedNanos = System.nanoTime();
    private byte @Nullable [] publishedMembers;
    private @Nullable Subscription subscription;
    private boolean closed;

    /** @param tension as last found, null while it is not known */
    LiveBoard(
            Vertx vertx,
            Context context,
            LiveHospital hospital,
            Supplier<@Nullable TensionBoard> tension,
            Limits limits) {
        this.limits = limits.live();
        // So that two pings may be lost before a connection counts as idle.
        pingInterval = limits.http().idleMax().dividedBy(3);
        this.vertx = vertx;
        this.context = context;
        this.hospital = hospital;
        this.tension = tension;
        audience = new Audience(this, this.limits);
        published = hospital.view();
        condition = hospital.now().condition();
    }

    LiveHospital hospital() {
        return hospital;
    }

    /** To be called on the owning context. */
    void start() {
        subscription = hospital.writer().subscribe(view -> viewPublished());
        timers.add(vertx.setPeriodic(HEARTBEAT_INTERVAL.toMillis(), timer -> heartbeat()));
        timers.add(vertx.setPeriodic(CONDITION_CHECK_INTERVAL.toMillis(), timer -> heartbeatIfConditionChanged()));
        timers.add(vertx.setPeriodic(pingInterval.toMillis(), timer -> audience.ping()));
        flush();
    }

    /**
     * To be called on the owning context.
     *
     * @param why told to those who follow
     */
    void close(String why) {
        closed = true;
        timers.forEach(vertx::cancelTimer);
        Subscription ended = subscription;
        if (ended != null) {
            ended.close();
        }
        audience.goAway(why);
    }

    /** To be called on the owning context: the client is sent the board as others have it, then follows. */
    void join(ServerWebSocket socket, Runnable hangUp) {
        if (closed) {
            new LiveClient(audience, socket, limits, hangUp).goAway("this board is closed");
        } else {
            audience.join(socket, hangUp);
        }
    }

    /** Those who follow. */
    Audience audience() {
        return audience;
    }

    @Override
    public byte[] snapshotHead() {
        return utf8(BoardJson.snapshotHead(hospital.now()));
    }

    @Override
    public byte[] snapshotTail() {
        byte[] members = publishedMembers;
        if (members == null) {
            members = utf8(BoardJson.snapshotTail(BoardJson.viewMembers(published)));
            publishedMembers = members;
        }
        return members;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** On any thread, once per durable batch: never waits. */
    private void viewPublished() {
        if (flushPlanned.compareAndSet(false, true)) {
            context.runOnContext(nothing -> planFlush());
        }
    }

    private void planFlush() {
        long sinceFlushMillis = (System.nanoTime() - flushedNanos) / 1_000_000;
        long waitMillis = limits.patchIntervalMin().toMillis() - sinceFlushMillis;
        if (waitMillis > 0) {
            vertx.setTimer(waitMillis, timer -> flush());
        } else {
            flush();
        }
    }

    private void flush() {
        // Before the view is read: one published from here on plans the next flush.
        flushPlanned.set(false);
        flushedNanos = System.nanoTime();
        HospitalView before = published;
        HospitalView view = hospital.view();
        if (closed || view.sequence() == before.sequence()) {
            return;
        }
        published = view;
        publishedMembers = null;
        if (audience.isEmpty()) {
            return;
        }
        if (BoardJson.isPatchable(before, view)) {
            audience.sendPatch(utf8(BoardJson.patch(before, view)));
        } else {
            audience.sendSnapshot();
        }
    }

    private void heartbeatIfConditionChanged() {
        if (!hospital.now().condition().equals(condition)) {
            heartbeat();
        }
    }

    private void heartbeat() {
        HospitalNow now = hospital.now();
        condition = now.condition();
        if (audience.isEmpty()) {
            return;
        }
        audience.sendHeartbeat(utf8(BoardJson.heartbeat(published.sequence(), now, tension.get())));
    }
}
