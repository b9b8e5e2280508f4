package org.chevet.web;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.chevet.occupancy.HospitalView;
import org.chevet.runtime.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Pushes one hospital's board to everybody who looks at it. Owned by one event loop; only {@link #viewPublished} is called
 * from elsewhere. What is sent is made once and given to all. Memory is bounded by the number of clients: one that does
 * not keep up gets no more patches, and one fresh snapshot when it has read what it was sent.
 */
final class LiveBoard {
    private static final Duration HEARTBEAT_INTERVAL = Duration.ofSeconds(2);
    private static final Duration CONDITION_CHECK_INTERVAL = Duration.ofMillis(200);

    private final Limits.Live limits;
    private final Duration pingInterval;
    private final Vertx vertx;
    private final Context context;
    private final LiveHospital hospital;
    private final Set<LiveClient> clients = new LinkedHashSet<>();
    private final List<Long> timers = new ArrayList<>();
    private final AtomicBoolean flushPlanned = new AtomicBoolean();
    private final AtomicLong droppedPatches = new AtomicLong();
    private final AtomicLong resyncs = new AtomicLong();
    private final AtomicLong clientCount = new AtomicLong();

    /** The view that clients have; the next patch starts from it. */
    private HospitalView published;

    private List<@Nullable Object> condition;
    private long flushedNanos = System.nanoTime();
    private byte @Nullable [] publishedMembers;
    private @Nullable Subscription subscription;
    private boolean closed;

    LiveBoard(Vertx vertx, Context context, LiveHospital hospital, Limits limits) {
        this.limits = limits.live();
        // So that two pings may be lost before a connection counts as idle.
        pingInterval = limits.http().idleMax().dividedBy(3);
        this.vertx = vertx;
        this.context = context;
        this.hospital = hospital;
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
        timers.add(vertx.setPeriodic(
                pingInterval.toMillis(), timer -> List.copyOf(clients).forEach(LiveClient::ping)));
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
        List.copyOf(clients).forEach(client -> client.goAway(why));
    }

    /** To be called on the owning context: the client is sent the board as others have it, then follows. */
    void join(ServerWebSocket socket, Runnable hangUp) {
        LiveClient client = new LiveClient(this, socket, limits, hangUp);
        if (closed) {
            client.goAway("this board is closed");
            return;
        }
        clients.add(client);
        clientCount.incrementAndGet();
        socket.closeHandler(nothing -> {
            if (clients.remove(client)) {
                clientCount.decrementAndGet();
            }
        });
        client.sendSnapshot();
    }

    long clientCount() {
        return clientCount.get();
    }

    /** Patches not sent because their client did not keep up. */
    long droppedPatches() {
        return droppedPatches.get();
    }

    void countDroppedPatch() {
        droppedPatches.incrementAndGet();
    }

    /** Snapshots sent to clients that had missed something. */
    long resyncs() {
        return resyncs.get();
    }

    void countResync() {
        resyncs.incrementAndGet();
    }

    /** The beginning of a whole board: what changes by itself with time. */
    byte[] snapshotHead() {
        return utf8(BoardJson.snapshotHead(hospital.now()));
    }

    /** The rest of it, up to its end: the same bytes for everybody until the next patch. */
    byte[] snapshotTail() {
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
        if (clients.isEmpty()) {
            return;
        }
        if (BoardJson.isPatchable(before, view)) {
            byte[] patch = utf8(BoardJson.patch(before, view));
            List.copyOf(clients).forEach(client -> client.sendPatch(patch));
        } else {
            List.copyOf(clients).forEach(LiveClient::sendSnapshot);
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
        if (clients.isEmpty()) {
            return;
        }
        byte[] heartbeat = utf8(BoardJson.heartbeat(published.sequence(), now));
        List.copyOf(clients).forEach(client -> client.sendHeartbeat(heartbeat));
    }
}
