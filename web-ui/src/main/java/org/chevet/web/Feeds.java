package org.chevet.web;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.BindException;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.chevet.feed.FeedStatus;
import org.chevet.feed.hl7.AdtFeed;
import org.chevet.feed.hl7.MllpServer;
import org.chevet.hospital.HospitalId;
import org.chevet.runtime.ClusterEngine;
import org.chevet.runtime.FeedNews;
import org.chevet.runtime.HospitalAccess;
import org.chevet.runtime.WriterStatus;
import org.jspecify.annotations.Nullable;

/** The doors of outside systems. Thread-safe. */
final class Feeds implements AutoCloseable {
    /** A feed and where it listens. */
    record Door(HospitalAccess writer, AdtFeed feed, MllpServer server) {
        HospitalId hospital() {
            return writer.id();
        }

        int port() {
            return server.port();
        }
    }

    /** How often a door is tried whose port one of ours had until now, with {@link #RETRY_MILLIS} between. */
    private static final int ATTEMPTS_AT_OWN_PORT = 100;

    private static final long RETRY_MILLIS = 20;

    private final Vertx vertx;
    private final @Nullable ClusterEngine cluster;
    private final List<Door> doors = new CopyOnWriteArrayList<>();

    /** @param cluster null for a process that is alone */
    Feeds(Vertx vertx, @Nullable ClusterEngine cluster) {
        this.vertx = vertx;
        this.cluster = cluster;
        if (cluster != null) {
            cluster.tellFeeds(this::news);
        }
    }

    /** Takes the place of the door of this name, if its hospital was closed, maybe to be open again. */
    synchronized Door start(HospitalAccess writer, Configuration.Feed configured) {
        if (writer.id().isDrill()) {
            throw new IllegalArgumentException("hospital " + writer.id() + " is a drill: no feed may reach it");
        }
        int attempts = 1;
        for (Door door : doors) {
            if (door.feed().name().equals(configured.name()) && isOver(door, writer.id())) {
                attempts = ATTEMPTS_AT_OWN_PORT;
                close(door);
                doors.remove(door);
            }
        }
        AdtFeed feed = new AdtFeed(configured.name(), writer, configured.options());
        MllpServer server = new MllpServer(vertx, feed, configured.mllp());
        listen(server, configured, attempts);
        Door door = new Door(writer, feed, server);
        doors.add(door);
        return door;
    }

    /** Another hospital that is open keeps its door, whatever it is called. */
    private static boolean isOver(Door door, HospitalId hospital) {
        return door.hospital().equals(hospital) || door.writer().status().condition() == WriterStatus.Condition.CLOSED;
    }

    private void listen(MllpServer server, Configuration.Feed configured, int attempts) {
        String door = configured.mllp().host() + ":" + configured.mllp().port();
        try {
            ChevetServer.await(start(server, attempts), "feed " + configured.name() + " cannot listen on " + door);
        } catch (StartException failure) {
            Throwable cause = failure.getCause();
            if (cause instanceof BindException || cause instanceof UnknownHostException) {
                throw new StartException(
                        failure.getMessage()
                                + ". Maybe another program has this port, or the host is no address of this machine:"
                                + " mend the feed's mllp in chevet.yaml.",
                        cause);
            }
            throw failure;
        }
    }

    /** A port whose listener was closed is free only once the selector that served it has gone round again. */
    private Future<MllpServer> start(MllpServer server, int attempts) {
        return server.start()
                .recover(failure -> attempts > 1 && failure instanceof BindException
                        ? vertx.timer(RETRY_MILLIS, TimeUnit.MILLISECONDS).compose(later -> start(server, attempts - 1))
                        : Future.failedFuture(failure));
    }

    /** Whether the feed of this name speaks to this hospital as it is open now. */
    @SuppressWarnings("ReferenceEquality") // a hospital that was closed and opened again has another
    boolean isServed(String name, HospitalAccess writer) {
        return doors.stream().anyMatch(door -> door.feed().name().equals(name) && door.writer() == writer);
    }

    /** In a cluster, a feed is as old as its last message at any member. */
    List<FeedStatus> statuses(HospitalId hospital) {
        Map<String, FeedStatus> statuses = new LinkedHashMap<>();
        for (Door door : doors) {
            if (door.hospital().equals(hospital)) {
                statuses.put(door.feed().name(), door.feed().status());
            }
        }
        if (cluster != null) {
            for (FeedNews news : cluster.feedsElsewhere(hospital)) {
                FeedStatus own = statuses.get(news.feed());
                statuses.put(
                        news.feed(),
                        own == null
                                ? FeedStatus.elsewhere(
                                        news.feed(), news.connections(), news.lastMessageAt(), news.silent())
                                : own.with(news.connections(), news.lastMessageAt(), news.silent()));
            }
        }
        return List.copyOf(statuses.values());
    }

    private List<FeedNews> news() {
        return doors.stream()
                .map(door -> {
                    FeedStatus own = door.feed().status();
                    return new FeedNews(
                            door.hospital(), own.name(), own.connections(), own.lastMessageAt(), own.silent());
                })
                .toList();
    }

    /** The feed of this name; null when the configuration has it no more. */
    @Nullable
    AdtFeed find(HospitalId hospital, String name) {
        for (Door door : doors) {
            if (door.hospital().equals(hospital) && door.feed().name().equals(name)) {
                return door.feed();
            }
        }
        return null;
    }

    @Override
    public synchronized void close() {
        doors.forEach(Feeds::close);
    }

    private static void close(Door door) {
        ChevetServer.await(door.server().close(), "feed " + door.feed().name() + " did not stop");
    }
}
