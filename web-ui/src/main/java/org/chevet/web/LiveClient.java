package org.chevet.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrameType;
import io.vertx.core.http.impl.ws.WebSocketFrameImpl;

/**
 * One browser that follows a board. Owned by its board's event loop. At any time either every patch since its snapshot was
 * written to its socket, or it is behind: then it gets nothing, and is not listened to, until its socket is drained, and
 * then a snapshot.
 */
final class LiveClient {
    private static final String RESYNC = "resync";
    private static final short POLICY_VIOLATION = 1008;
    private static final short GOING_AWAY = 1001;

    private final Audience audience;
    private final ServerWebSocket socket;
    private final Limits.Live limits;
    private final Runnable hangUp;
    private boolean behind;
    private boolean resyncAsked;
    private boolean refused;
    private long snapshotNanos;
    private int heardSinceHeartbeat;

    /** @param hangUp ends the connection of one who may read nothing any more */
    LiveClient(Audience audience, ServerWebSocket socket, Limits.Live limits, Runnable hangUp) {
        this.audience = audience;
        this.socket = socket;
        this.limits = limits;
        this.hangUp = hangUp;
        socket.setWriteQueueMaxSize(limits.queueBytesMax());
        socket.frameHandler(frame -> heard());
        socket.textMessageHandler(this::received);
        socket.binaryMessageHandler(message -> refuse());
        socket.exceptionHandler(failure -> refuse());
    }

    void sendSnapshot() {
        if (behind || full()) {
            fallBehind();
            return;
        }
        resyncAsked = false;
        snapshotNanos = System.nanoTime();
        write(WebSocketFrameType.TEXT, audience.snapshotHead(), false);
        write(WebSocketFrameType.CONTINUATION, audience.snapshotTail(), true);
    }

    void sendPatch(byte[] patch) {
        if (behind || full()) {
            audience.countDroppedPatch();
            fallBehind();
            return;
        }
        write(WebSocketFrameType.TEXT, patch, true);
    }

    void sendHeartbeat(byte[] heartbeat) {
        heardSinceHeartbeat = 0;
        if (behind || full()) {
            return;
        }
        if (resyncAsked) {
            audience.countResync();
            sendSnapshot();
        } else {
            write(WebSocketFrameType.TEXT, heartbeat, true);
        }
    }

    void ping() {
        if (!socket.isClosed() && !socket.writeQueueFull()) {
            socket.writePing(Buffer.buffer());
        }
    }

    void goAway(String why) {
        socket.close(GOING_AWAY, why);
    }

    private boolean full() {
        return !socket.isClosed() && socket.writeQueueFull();
    }

    private void fallBehind() {
        if (!behind) {
            behind = true;
            // Each ping that is heard is answered, whether the answers are read or not.
            socket.pause();
            socket.drainHandler(nothing -> catchUp());
        }
    }

    private void catchUp() {
        if (behind && !refused) {
            behind = false;
            audience.countResync();
            socket.resume();
            sendSnapshot();
        }
    }

    private void heard() {
        if (refused) {
            return;
        }
        heardSinceHeartbeat++;
        if (heardSinceHeartbeat > limits.messagesPerHeartbeatMax()) {
            refuse();
        } else if (full()) {
            fallBehind();
        }
    }

    private void received(String message) {
        if (refused) {
            return;
        }
        if (!isResync(message)) {
            refuse();
        } else if (behind
                || System.nanoTime() - snapshotNanos
                        < limits.resyncIntervalMin().toNanos()) {
            resyncAsked = true; // answered instead of the next heartbeat
        } else {
            audience.countResync();
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
        if (!refused) {
            refused = true;
            socket.close(POLICY_VIOLATION, "only {\"type\":\"resync\"} is understood here, and not often");
            hangUp.run();
        }
    }

    /**
     * Of Vert.x's own frames this is the only one that takes text as bytes: so a thousand clients that do not read hold the
     * same bytes, not each its own.
     */
    private void write(WebSocketFrameType type, byte[] bytes, boolean last) {
        if (!socket.isClosed()) {
            socket.writeFrame(new WebSocketFrameImpl(type, bytes, last));
        }
    }
}
