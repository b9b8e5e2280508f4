package org.chevet.web;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chevet.web.MemberAddresses.Told;
import org.jspecify.annotations.Nullable;

/**
 * All hospitals on one board, pushed to everybody who looks at it. It looks at the hospitals' views once a second while somebody
 * follows, and not otherwise: what it costs grows with what changed, not with how often it did or how many look. Owned by one event
 * loop.
 */
final class GroupBoard implements Audience.Board {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration HEARTBEAT_INTERVAL = Duration.ofSeconds(2);

    /** Whoever polls more often gets what was there. */
    private static final Duration READ_INTERVAL_MIN = Duration.ofMillis(50);

    private final Vertx vertx;
    private final Hospitals hospitals;
    private final Outlooks outlooks;
    private final @Nullable MemberAddresses members;
    private final Duration pingInterval;
    private final Audience audience;
    private final List<Long> timers = new ArrayList<>();
    private Map<String, Shown> rows = new LinkedHashMap<>();

    /** Numbers what clients have. It is this process' own: whoever comes from elsewhere gets a snapshot. */
    private long revision;

    private long lookedNanos = System.nanoTime() - READ_INTERVAL_MIN.toNanos();
    private byte @Nullable [] tail;
    private List<GroupAhead> ahead = List.of();

    /** @param json the whole row, made once */
    private record Shown(GroupRow row, String json) {}

    /** @param members null for a process that is alone */
    GroupBoard(Vertx vertx, Hospitals hospitals, Outlooks outlooks, @Nullable MemberAddresses members, Limits limits) {
        this.vertx = vertx;
        this.hospitals = hospitals;
        this.outlooks = outlooks;
        this.members = members;
        pingInterval = limits.http().idleMax().dividedBy(3);
        audience = new Audience(this, limits.live());
    }

    /** To be called on the owning context. */
    void start() {
        timers.add(vertx.setPeriodic(LOOK_EVERY.toMillis(), timer -> lookForFollowers()));
        timers.add(vertx.setPeriodic(HEARTBEAT_INTERVAL.toMillis(), timer -> heartbeat()));
        timers.add(vertx.setPeriodic(pingInterval.toMillis(), timer -> audience.ping()));
    }

    /** To be called on the owning context. */
    void close() {
        timers.forEach(vertx::cancelTimer);
        audience.goAway("the server stops");
    }

    /** To be called on the owning context: the client is sent the board, then follows. */
    void join(ServerWebSocket socket, Runnable hangUp) {
        look();
        audience.join(socket, hangUp);
    }

    long clientCount() {
        return audience.clientCount();
    }

    /** Answers who asks once. */
    void send(RoutingContext request) {
        if (System.nanoTime() - lookedNanos >= READ_INTERVAL_MIN.toNanos()) {
            look();
        }
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(Buffer.buffer(snapshotHead()).appendBytes(snapshotTail()));
    }

    @Override
    public byte[] snapshotHead() {
        return utf8(GroupJson.snapshotHead(Instant.now(), told()));
    }

    @Override
    public byte[] snapshotTail() {
        byte[] made = tail;
        if (made == null) {
            made = utf8(GroupJson.snapshotTail(
                    revision, rows.values().stream().map(Shown::json).toList(), ahead));
            tail = made;
        }
        return made;
    }

    private void lookForFollowers() {
        if (!audience.isEmpty()) {
            look();
        }
    }

    /** Takes what changed since the last look, and sends it to those who follow. */
    @SuppressWarnings("ReferenceEquality") // the promises of GroupRow.of and Outlooks.together
    private void look() {
        lookedNanos = System.nanoTime();
        Map<String, Shown> now = new LinkedHashMap<>();
        List<String> changed = new ArrayList<>();
        for (LiveHospital hospital : hospitals.real()) {
            String id = hospital.id().value();
            Shown before = rows.get(id);
            GroupRow row = GroupRow.of(before == null ? null : before.row(), hospital, outlooks.ahead(hospital.id()));
            if (before != null && before.row() == row) {
                now.put(id, before);
            } else {
                String whole = GroupJson.row(row);
                now.put(id, new Shown(row, whole));
                changed.add(
                        before != null && row.isPatchOf(before.row()) ? GroupJson.change(before.row(), row) : whole);
            }
        }
        List<String> removed =
                rows.keySet().stream().filter(id -> !now.containsKey(id)).toList();
        List<GroupAhead> together = outlooks.together();
        if (changed.isEmpty() && removed.isEmpty() && together == ahead) {
            return;
        }
        rows = now;
        ahead = together;
        revision++;
        tail = null;
        if (!audience.isEmpty()) {
            audience.sendPatch(utf8(GroupJson.patch(revision - 1, revision, changed, removed, ahead)));
        }
    }

    private void heartbeat() {
        if (!audience.isEmpty()) {
            audience.sendHeartbeat(utf8(GroupJson.heartbeat(revision, Instant.now(), told())));
        }
    }

    private @Nullable Told told() {
        return members == null ? null : members.told();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
