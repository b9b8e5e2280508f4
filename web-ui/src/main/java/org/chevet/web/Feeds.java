package org.chevet.web;

import io.vertx.core.Vertx;
import java.net.BindException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.chevet.feed.FeedStatus;
import org.chevet.feed.hl7.AdtFeed;
import org.chevet.feed.hl7.MllpServer;
import org.chevet.hospital.HospitalId;
import org.chevet.runtime.HospitalAccess;
import org.jspecify.annotations.Nullable;

/** The doors of outside systems. Started one after another, before anybody asks how they stand. */
final class Feeds implements AutoCloseable {
    /** A feed and where it listens. */
    record Door(HospitalId hospital, AdtFeed feed, MllpServer server) {
        int port() {
            return server.port();
        }
    }

    private final Vertx vertx;
    private final List<Door> doors = new CopyOnWriteArrayList<>();

    Feeds(Vertx vertx) {
        this.vertx = vertx;
    }

    Door start(HospitalAccess writer, Configuration.Feed configured) {
        AdtFeed feed = new AdtFeed(configured.name(), writer, configured.options());
        MllpServer server = new MllpServer(vertx, feed, configured.mllp());
        listen(server, configured);
        Door door = new Door(writer.id(), feed, server);
        doors.add(door);
        return door;
    }

    private static void listen(MllpServer server, Configuration.Feed configured) {
        String door = configured.mllp().host() + ":" + configured.mllp().port();
        try {
            ChevetServer.await(server.start(), "feed " + configured.name() + " cannot listen on " + door);
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

    List<FeedStatus> statuses(HospitalId hospital) {
        return doors.stream()
                .filter(door -> door.hospital().equals(hospital))
                .map(door -> door.feed().status())
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
    public void close() {
        for (Door door : doors) {
            ChevetServer.await(door.server().close(), "feed " + door.feed().name() + " did not stop");
        }
    }
}
