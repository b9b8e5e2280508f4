package org.chevet.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.Channel;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * How many may be connected, and how long each may take: an idle timeout alone is met by whoever sends or reads a byte a
 * minute. Who is one too many is told so and nothing else. Owned by the server's event loop.
 */
final class ConnectionGuard {
    private static final Duration SWEEP_INTERVAL = Duration.ofMillis(500);

    /** Those who are being told that they are too many; further ones are cut without a word. */
    private static final int REFUSALS_MAX = 100;

    private static final Duration ENDING_TIME_MAX = Duration.ofSeconds(2);

    private enum Phase {
        /** From the connection, or a request's head, to its answer. */
        EXCHANGE,
        IDLE,
        /** A WebSocket: pings and its queue's limit watch over it. */
        FOLLOWING,
        /** Told the last it is told. What it still sends is not listened to, but read: closing at once could lose the answer. */
        ENDING
    }

    private static final class Guest {
        private final HttpConnection connection;
        private final String address;
        private Phase phase;
        private long sinceNanos = System.nanoTime();

        Guest(HttpConnection connection, String address, Phase phase) {
            this.connection = connection;
            this.address = address;
            this.phase = phase;
        }

        void enter(Phase next) {
            phase = next;
            sinceNanos = System.nanoTime();
        }
    }

    private final Limits.Http limits;
    private final Map<HttpConnection, Guest> guests = new IdentityHashMap<>();
    private final Map<String, Integer> countByAddress = new HashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final Counter refused;
    private final Counter timedOut;
    private int refusals;

    ConnectionGuard(Limits.Http limits, MeterRegistry metrics) {
        this.limits = limits;
        Gauge.builder("chevet.http.connections", open, AtomicInteger::get)
                .description("HTTP and WebSocket connections open")
                .register(metrics);
        refused = Counter.builder("chevet.http.connections.refused")
                .description("connections over the limit")
                .register(metrics);
        timedOut = Counter.builder("chevet.http.connections.timed.out")
                .description("connections cut because they took too long")
                .register(metrics);
    }

    void start(Vertx vertx) {
        vertx.setPeriodic(SWEEP_INTERVAL.toMillis(), timer -> sweep());
    }

    void connected(HttpConnection connection) {
        SocketAddress remote = connection.remoteAddress();
        String address = remote == null || remote.hostAddress() == null ? "" : remote.hostAddress();
        boolean tooMany = open.get() >= limits.connectionsMax()
                || countByAddress.getOrDefault(address, 0) >= limits.connectionsPerAddressMax();
        if (tooMany) {
            refused.increment();
            if (refusals >= REFUSALS_MAX) {
                cut(connection);
                return;
            }
            refusals++;
        } else {
            open.incrementAndGet();
            countByAddress.merge(address, 1, Integer::sum);
        }
        Guest guest = new Guest(connection, address, tooMany ? Phase.ENDING : Phase.EXCHANGE);
        guests.put(connection, guest);
        connection.closeHandler(nothing -> left(guest, tooMany));
    }

    private void left(Guest guest, boolean wasRefused) {
        guests.remove(guest.connection);
        if (wasRefused) {
            refusals--;
        } else {
            open.decrementAndGet();
            countByAddress.computeIfPresent(guest.address, (address, count) -> count == 1 ? null : count - 1);
        }
    }

    /**
     * Passes a request on, once its sender has read the answers before it: otherwise one who sends requests and reads no
     * answer would fill the memory.
     */
    void guard(HttpServerRequest request, Handler<HttpServerRequest> next) {
        Guest guest = guests.get(request.connection());
        if (guest == null || guest.phase == Phase.ENDING) {
            HttpProblem.unavailable("more connections than this server takes", "Close some, or try again.")
                    .send(request.response(), true);
            return;
        }
        guest.enter(Phase.EXCHANGE);
        if (request.response().writeQueueFull()) {
            request.pause();
            request.response().drainHandler(nothing -> {
                request.resume();
                next.handle(request);
            });
        } else {
            next.handle(request);
        }
    }

    /** The answer is made. */
    void answered(HttpServerRequest request) {
        boolean last = request.response().headers().contains(HttpHeaders.CONNECTION, HttpHeaders.CLOSE, true);
        enter(request.connection(), last ? Phase.ENDING : Phase.IDLE);
    }

    /** It is a WebSocket now. */
    void following(HttpConnection connection) {
        enter(connection, Phase.FOLLOWING);
    }

    private void enter(HttpConnection connection, Phase phase) {
        Guest guest = guests.get(connection);
        if (guest != null && guest.phase != Phase.FOLLOWING) {
            guest.enter(phase);
        }
    }

    private void sweep() {
        long now = System.nanoTime();
        for (Guest guest : List.copyOf(guests.values())) {
            Duration longest = timeMax(guest.phase);
            if (longest != null && now - guest.sinceNanos > longest.toNanos()) {
                timedOut.increment();
                cut(guest.connection);
            }
        }
    }

    private @Nullable Duration timeMax(Phase phase) {
        return switch (phase) {
            case EXCHANGE -> limits.exchangeMax();
            case IDLE -> limits.idleMax();
            case FOLLOWING -> null;
            case ENDING -> ENDING_TIME_MAX;
        };
    }

    /**
     * Nothing more is taken from the connection, and it is cut once there was time to take what was sent: Vert.x answers every
     * ping of a WebSocket, and closes when its closing frame is gone, which is never where nobody reads.
     */
    static void hangUp(HttpConnection connection) {
        Channel channel = ((ConnectionBase) connection).channelHandlerContext().channel();
        if (!channel.isActive()) {
            return;
        }
        channel.config().setAutoRead(false);
        channel.eventLoop().schedule(() -> channel.close(), ENDING_TIME_MAX.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Not {@code connection.close()}: that waits until its reader has read what was sent, which may be never. */
    private static void cut(HttpConnection connection) {
        ((ConnectionBase) connection).channelHandlerContext().close();
    }
}
