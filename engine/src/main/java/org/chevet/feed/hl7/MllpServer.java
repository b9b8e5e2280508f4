package org.chevet.feed.hl7;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.chevet.feed.hl7.DoorFigures.Count;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens for MLLP senders and passes what they say to a feed, each on its own {@link MllpConnection}. */
public final class MllpServer {
    private static final Logger LOG = LoggerFactory.getLogger(MllpServer.class);

    private static final long CHECK_MILLIS = 250;
    private static final long TLS_CHECK_MILLIS = 30_000;

    /** How long ahead the end of the feed's own certificate is told. */
    private static final Duration CERTIFICATE_NOTICE = Duration.ofDays(30);

    /** Whoever attacks does not fill the log as well: what is left out is counted. */
    private static final long REFUSAL_LOG_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Vertx vertx;
    private final AdtFeed feed;
    private final MllpOptions options;
    private final DoorFigures figures;
    private final Set<MllpConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong nextRefusalLog = new AtomicLong(System.nanoTime());
    private volatile @Nullable NetServer server;
    private volatile TlsFiles.@Nullable Result tls;
    private volatile @Nullable Instant nextCertificateNotice;

    public MllpServer(Vertx vertx, AdtFeed feed, MllpOptions options) {
        this.vertx = vertx;
        this.feed = feed;
        this.options = options;
        this.figures = feed.door();
    }

    /** Completes once it listens; fails with a {@link TlsException} when the files for TLS are not good. */
    public Future<MllpServer> start() {
        return readTls().compose(this::listen).map(listening -> {
            LOG.info(
                    "feed {} listens on {}:{}{}",
                    feed.name(),
                    options.host(),
                    listening.actualPort(),
                    options.tls() == null ? "" : " with TLS");
            vertx.setPeriodic(CHECK_MILLIS, timer -> checkOrStop(timer));
            if (options.tls() != null) {
                vertx.setPeriodic(TLS_CHECK_MILLIS, timer -> reloadTlsOrStop(timer));
            }
            return this;
        });
    }

    /** The port it listens on, once started. */
    public int port() {
        NetServer listening = server;
        return listening == null ? options.port() : listening.actualPort();
    }

    /** Stops listening and closes the connections. What was not acknowledged will be sent again by those who sent it. */
    public Future<Void> close() {
        NetServer listening = server;
        server = null;
        return listening == null ? Future.succeededFuture() : listening.close();
    }

    /**
     * Takes new TLS files when they changed and are good, for connections to come; otherwise goes on with those it has. Done
     * every half minute by itself.
     *
     * @return whether new ones are in use
     */
    Future<Boolean> reloadTls() {
        TlsFiles.Result before = tls;
        NetServer listening = server;
        return readTls().transform(read -> {
            if (listening == null || !(before instanceof TlsFiles.Result.Good old)) {
                return Future.succeededFuture(false);
            }
            if (read.failed() || !(read.result() instanceof TlsFiles.Result.Good good)) {
                LOG.error(
                        "feed {} goes on with the TLS files it has: {}",
                        feed.name(),
                        read.failed() ? read.cause().getMessage() : "none are there");
                tls = before;
                return Future.succeededFuture(false);
            }
            if (good.digest() == old.digest()) {
                return Future.succeededFuture(false);
            }
            return listening.updateSSLOptions(good.options()).onSuccess(updated -> {
                LOG.info("feed {} took new TLS files, good until {}", feed.name(), good.expiresAt());
            });
        });
    }

    private Future<TlsFiles.@Nullable Result> readTls() {
        TlsFiles files = options.tls();
        if (files == null) {
            return Future.succeededFuture(null);
        }
        return vertx.executeBlocking(() -> files.read(Instant.now())).map(result -> switch (result) {
            case TlsFiles.Result.Bad bad -> throw new TlsException(bad.problems());
            case TlsFiles.Result.Good good -> {
                tls = good;
                figures.certificateExpires(good.expiresAt());
                noticeExpiry(good.expiresAt());
                yield good;
            }
        });
    }

    /** Once a day. */
    private void noticeExpiry(Instant expiresAt) {
        Instant now = Instant.now();
        Instant next = nextCertificateNotice;
        if (expiresAt.minus(CERTIFICATE_NOTICE).isBefore(now) && (next == null || next.isBefore(now))) {
            nextCertificateNotice = now.plus(Duration.ofDays(1));
            LOG.warn("feed {}: its TLS certificate expires at {}. Put a new one in its place.", feed.name(), expiresAt);
        }
    }

    private Future<NetServer> listen(TlsFiles.@Nullable Result read) {
        NetServerOptions listening = new NetServerOptions()
                .setHost(options.host())
                .setPort(options.port())
                .setTcpKeepAlive(true)
                .setTcpNoDelay(true)
                .setIdleTimeout(options.limits().idleSecondsMax())
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
        if (read instanceof TlsFiles.Result.Good good) {
            ServerSSLOptions ssl = good.options();
            listening
                    .setSsl(true)
                    .setKeyCertOptions(ssl.getKeyCertOptions())
                    .setClientAuth(ssl.getClientAuth())
                    .setEnabledSecureTransportProtocols(ssl.getEnabledSecureTransportProtocols())
                    .setSslHandshakeTimeout(ssl.getSslHandshakeTimeout())
                    .setSslHandshakeTimeoutUnit(ssl.getSslHandshakeTimeoutUnit());
            if (ssl.getTrustOptions() != null) {
                listening.setTrustOptions(ssl.getTrustOptions());
            }
        }
        NetServer created = vertx.createNetServer(listening)
                .connectHandler(socket -> accept(vertx.getOrCreateContext(), socket))
                .exceptionHandler(this::failedHandshake);
        server = created;
        return created.listen();
    }

    private void failedHandshake(Throwable cause) {
        figures.count(Count.FAILED_HANDSHAKES);
        if (mayLogRefusal()) {
            LOG.warn("feed {} refused a connection: {}", feed.name(), String.valueOf(cause.getMessage()));
        }
    }

    private void accept(Context context, NetSocket socket) {
        String address = socket.remoteAddress().hostAddress();
        if (address == null || !options.admits(address)) {
            figures.count(Count.REFUSED_SENDERS);
            if (mayLogRefusal()) {
                LOG.warn(
                        "feed {} refused a connection from {}: it is not among the feed's senders {}",
                        feed.name(),
                        address,
                        options.senders());
            }
            socket.close();
            return;
        }
        int connectionsMax = options.limits().connectionsMax();
        if (figures.connected() > connectionsMax) {
            figures.disconnected();
            figures.count(Count.REFUSED_CONNECTIONS);
            if (mayLogRefusal()) {
                LOG.warn(
                        "feed {} refused a connection from {}: connectionsMax {} are open. Maybe a sender does not close its own.",
                        feed.name(),
                        address,
                        connectionsMax);
            }
            socket.close();
            return;
        }
        MllpConnection connection = new MllpConnection(feed, options.limits(), context, socket, this::makeRoom);
        connections.add(connection);
        connection.open(() -> {
            connections.remove(connection);
            figures.disconnected();
        });
    }

    /** Closes who holds the most, so that many small senders never suffer for a large one. */
    private void makeRoom() {
        MllpConnection largest = null;
        for (MllpConnection connection : connections) {
            if (largest == null || connection.bufferedBytes() > largest.bufferedBytes()) {
                largest = connection;
            }
        }
        if (largest != null) {
            largest.close(
                    Count.CLOSED_FULL,
                    "unfinished frames hold more than bufferedBytesMax "
                            + options.limits().bufferedBytesMax());
        }
    }

    private void checkOrStop(long timer) {
        if (server == null) {
            vertx.cancelTimer(timer);
            return;
        }
        long now = System.nanoTime();
        connections.forEach(connection -> connection.check(now));
    }

    private void reloadTlsOrStop(long timer) {
        if (server == null) {
            vertx.cancelTimer(timer);
            return;
        }
        reloadTls();
    }

    private boolean mayLogRefusal() {
        long now = System.nanoTime();
        long next = nextRefusalLog.get();
        return now - next >= 0 && nextRefusalLog.compareAndSet(next, now + REFUSAL_LOG_NANOS);
    }
}
