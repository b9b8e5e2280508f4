package org.chevet.web;

import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One thing that is found anew now and then, and pushed whole to everybody who follows it. Owned by one event loop. */
final class Topic implements Audience.Board {
    private static final byte[] HEAD = utf8("{\"type\":\"snapshot\",\"value\":");
    private static final byte[] HEARTBEAT = utf8("{\"type\":\"heartbeat\"}");

    private final Audience audience;

    /** Nothing is known at first, and told to be so. */
    private byte[] tail = utf8("null}");

    Topic(Limits.Live limits) {
        audience = new Audience(this, limits);
    }

    Audience audience() {
        return audience;
    }

    void join(ServerWebSocket socket, Runnable hangUp) {
        audience.join(socket, hangUp);
    }

    /** @param json what is known from now on; told to nobody who knows it already */
    void tell(String json) {
        byte[] told = tail;
        tail = utf8(json + "}");
        if (!Arrays.equals(told, tail)) {
            audience.sendSnapshot();
        }
    }

    void heartbeat() {
        audience.sendHeartbeat(HEARTBEAT);
    }

    @Override
    public byte[] snapshotHead() {
        return HEAD;
    }

    @Override
    public byte[] snapshotTail() {
        return tail;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
