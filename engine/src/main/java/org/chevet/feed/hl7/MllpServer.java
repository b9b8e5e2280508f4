package org.chevet.feed.hl7;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens for MLLP senders and passes their messages to a feed. On each connection messages are taken strictly one after the other:
 * the next is looked at once the acknowledgement of the one before is written, and no more is read from the socket until then.
 */
public final class MllpServer {
    private static final Logger LOG = LoggerFactory.getLogger(MllpServer.class);

    private final AdtFeed feed;
    private final MllpOptions options;
    private final NetServer server;
    private final AtomicInteger connections = new AtomicInteger();
    private final LongAdder skippedBytes = new LongAdder();
    private final LongAdder oversizedMessages = new LongAdder();
    private final LongAdder refusedConnections = new LongAdder();

    public MllpServer(Vertx vertx, AdtFeed feed, MllpOptions options) {
        this.feed = feed;
        this.options = options;
        this.server = vertx.createNetServer(new NetServerOptions()
                        .setHost(options.host())
                        .setPort(options.port())
                        .setTcpKeepAlive(true)
                        .setIdleTimeout(options.idleTimeoutSeconds())
                        .setIdleTimeoutUnit(TimeUnit.SECONDS))
                .connectHandler(socket -> accept(vertx.getOrCreateContext(), socket));
    }

    /** Completes once it listens. */
    public Future<MllpServer> start() {
        return server.listen().map(listening -> {
            LOG.info("feed {} listens on {}:{}", feed.name(), options.host(), listening.actualPort());
            return this;
        });
    }

    /** The port it listens on, once started. */
    public int port() {
        return server.actualPort();
    }

    /** Bytes that belonged to no whole message. */
    public long skippedBytes() {
        return skippedBytes.sum();
    }

    public long oversizedMessages() {
        return oversizedMessages.sum();
    }

    /** Connections closed at once because {@code mllpConnectionsMax} others were open. */
    public long refusedConnections() {
        return refusedConnections.sum();
    }

    /** Stops listening and closes the connections. What was not acknowledged will be sent again by those who sent it. */
    public Future<Void> close() {
        return server.close();
    }

    private void accept(Context context, NetSocket socket) {
        if (connections.incrementAndGet() > options.connectionsMax()) {
            connections.decrementAndGet();
            refusedConnections.increment();
            LOG.warn(
                    "feed {} refused a connection from {}: {} are open, mllpConnectionsMax is {}. Maybe a sender does not close its own.",
                    feed.name(),
                    socket.remoteAddress(),
                    options.connectionsMax(),
                    options.connectionsMax());
            socket.close();
            return;
        }
        feed.connected();
        Connection connection = new Connection(context, socket);
        socket.exceptionHandler(
                broken -> LOG.info("feed {} lost {}: {}", feed.name(), socket.remoteAddress(), broken.toString()));
        socket.closeHandler(closed -> {
            connections.decrementAndGet();
            feed.disconnected();
            connection.countSkipped();
        });
        socket.handler(connection::read);
    }

    /** One sender. Owned by its event loop's thread. */
    private final class Connection {
        private final Context context;
        private final NetSocket socket;
        private final MllpFrames frames = new MllpFrames(options.frameBytesMax());
        private long skippedBefore;

        Connection(Context context, NetSocket socket) {
            this.context = context;
            this.socket = socket;
        }

        void read(Buffer bytes) {
            frames.offer(bytes.getBytes());
            socket.pause();
            takeNext();
        }

        private void takeNext() {
            MllpFrames.Frame frame = frames.next();
            countSkipped();
            if (frame == null) {
                socket.resume();
                return;
            }
            CompletionStage<byte[]> answered;
            if (frame.oversized()) {
                oversizedMessages.increment();
                answered = feed.receiveOversized(frame.payload(), frame.length(), options.frameBytesMax());
            } else {
                answered = feed.receive(frame.payload());
            }
            Future.fromCompletionStage(answered, context)
                    .compose(acknowledgement -> socket.write(framed(acknowledgement)))
                    // Not called from here: thousands of small messages in one read would nest as deep.
                    .onSuccess(written -> context.runOnContext(next -> takeNext()))
                    .onFailure(failure -> {
                        // Not acknowledged: the sender will send it again, and it will be recognised.
                        LOG.warn(
                                "feed {} could not answer {}: {}",
                                feed.name(),
                                socket.remoteAddress(),
                                failure.toString());
                        socket.close();
                    });
        }

        void countSkipped() {
            long skipped = frames.skippedBytes() - skippedBefore;
            if (skipped > 0) {
                skippedBytes.add(skipped);
                skippedBefore = frames.skippedBytes();
                LOG.debug("feed {} skipped {} bytes from {}", feed.name(), skipped, socket.remoteAddress());
            }
        }
    }

    private static Buffer framed(byte[] payload) {
        return Buffer.buffer(payload.length + 3)
                .appendByte(MllpFrames.START)
                .appendBytes(payload)
                .appendByte(MllpFrames.END)
                .appendByte(MllpFrames.CARRIAGE_RETURN);
    }
}
