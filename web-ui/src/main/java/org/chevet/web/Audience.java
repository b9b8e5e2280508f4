package org.chevet.web;

import io.vertx.core.http.ServerWebSocket;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Everybody who follows one board. Owned by one event loop; the counts may be read from anywhere. Memory is bounded by the number of
 * clients: one that does not keep up gets no more patches, and one fresh snapshot when it has read what it was sent.
 */
final class Audience {
    /** What is followed. */
    interface Board {
        /** The beginning of a whole board: what changes by itself with time. */
        byte[] snapshotHead();

        /** The rest of it, up to its end: the same bytes for everybody until the next patch. */
        byte[] snapshotTail();
    }

    private final Board board;
    private final Limits.Live limits;
    private final Set<LiveClient> clients = new LinkedHashSet<>();
    private final AtomicLong clientCount = new AtomicLong();
    private final AtomicLong droppedPatches = new AtomicLong();
    private final AtomicLong resyncs = new AtomicLong();

    Audience(Board board, Limits.Live limits) {
        this.board = board;
        this.limits = limits;
    }

    /** The client is sent the board as others have it, then follows. */
    void join(ServerWebSocket socket, Runnable hangUp) {
        LiveClient client = new LiveClient(this, socket, limits, hangUp);
        clients.add(client);
        clientCount.incrementAndGet();
        socket.closeHandler(nothing -> {
            if (clients.remove(client)) {
                clientCount.decrementAndGet();
            }
        });
        client.sendSnapshot();
    }

    boolean isEmpty() {
        return clients.isEmpty();
    }

    void sendSnapshot() {
        List.copyOf(clients).forEach(LiveClient::sendSnapshot);
    }

    void sendPatch(byte[] patch) {
        List.copyOf(clients).forEach(client -> client.sendPatch(patch));
    }

    void sendHeartbeat(byte[] heartbeat) {
        List.copyOf(clients).forEach(client -> client.sendHeartbeat(heartbeat));
    }

    void ping() {
        List.copyOf(clients).forEach(LiveClient::ping);
    }

    void goAway(String why) {
        List.copyOf(clients).forEach(client -> client.goAway(why));
    }

    long clientCount() {
        return clientCount.get();
    }

    /** Patches not sent because their client did not keep up. */
    long droppedPatches() {
        return droppedPatches.get();
    }

    /** Snapshots sent to clients that had missed something. */
    long resyncs() {
        return resyncs.get();
    }

    byte[] snapshotHead() {
        return board.snapshotHead();
    }

    byte[] snapshotTail() {
        return board.snapshotTail();
    }

    void countDroppedPatch() {
        droppedPatches.incrementAndGet();
    }

    void countResync() {
        resyncs.incrementAndGet();
    }
}
