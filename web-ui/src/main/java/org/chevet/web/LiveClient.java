package org.chevet.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;

/**
 * One browser that follows a board. Owned by its board's event loop. At any time either every patch since its snapshot was
 * written to its socket, or it is behind: then it gets nothing until its socket is drained, and then a snapshot.
 */
final class LiveClient {
    private static final String RESYNC = "resync";
    private static final short POLICY_VIOLATION = 1008;
    private static final short GOING_AWAY = 1001;

    private final LiveBoard board;
    private final ServerWebSocket socket;
    private boolean behind;
    private boolean resyncAsked;
    private long snapshotNanos;

    LiveClient(LiveBoard board, ServerWebSocket socket) {
        this.board = board;
        this.socket = socket;
        socket.setWriteQueueMaxSize(Limits.WEB_SOCKET_QUEUE_BYTES_MAX);
        socket.textMessageHandler(this::received);
        socket.binaryMessageHandler(message -> refuse());
        socket.exceptionHandler(failure -> refuse());
    }

    void sendSnapshot() {
        if (behind || socket.writeQueueFull()) {
            fallBehind();
            return;
        }
        resyncAsked = false;
        snapshotNanos = System.nanoTime();
        write(board.snapshot());
    }

    void sendPatch(String patch) {
        if (behind || socket.writeQueueFull()) {
            board.countDroppedPatch();
            fallBehind();
            return;
        }
        write(patch);
    }

    void sendHeartbeat(String heartbeat) {
        if (behind || socket.writeQueueFull()) {
            return;
        }
        if (resyncAsked) {
            board.countResync();
            sendSnapshot();
        } else {
            write(heartbeat);
        }
    }

    void ping() {
        if (!socket.isClosed() && !socket.writeQueueFull()) {
            socket.writePing(Buffer.buffer());
        }
    }

    void goAway() {
        socket.close(GOING_AWAY, "the server stops");
    }

    private void fallBehind() {
        if (!behind) {
            behind = true;
            socket.drainHandler(nothing -> catchUp());
        }
    }

    private void catchUp() {
        if (behind) {
            behind = false;
            board.countResync();
            sendSnapshot();
        }
    }

    private void received(String message) {
        if (!isResync(message)) {
            refuse();
        } else if (behind) {
            resyncAsked = true;
        } else if (System.nanoTime() - snapshotNanos < Limits.RESYNC_INTERVAL_MIN.toNanos()) {
            resyncAsked = true; // answered instead of the next heartbeat
        } else {
            board.countResync();
            sendSnapshot();
        }
    }

    private static boolean isResync(String message) {
        try {
            return RESYNC.equals(Json.MAPPER.readTree(message).path("type").asText());
        } catch (JsonProcessingException notJson) {
            return false;
        }
    }

    private void refuse() {
        socket.close(POLICY_VIOLATION, "only {\"type\":\"resync\"} is understood here");
    }

    private void write(String message) {
        if (!socket.isClosed()) {
            socket.writeTextMessage(message);
        }
    }
}
