package org.chevet.web;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import org.chevet.feed.FeedStatus;
import org.chevet.feed.hl7.AdtFeed;
import org.chevet.feed.hl7.AdtFeedOptions;
import org.chevet.feed.hl7.MllpOptions;
import org.chevet.feed.hl7.MllpServer;
import org.chevet.hospital.HospitalId;
import org.chevet.runtime.HospitalWriter;

/** The doors of outside systems. Started one after another, before anybody asks how they stand. */
final class Feeds implements AutoCloseable {
    private record Door(HospitalId hospital, AdtFeed feed, MllpServer server) {}

    private final Vertx vertx;
    private final List<Door> doors = new ArrayList<>();

    Feeds(Vertx vertx) {
        this.vertx = vertx;
    }

    /** @return the port it listens on */
    int start(HospitalWriter writer, Configuration.Feed configured) {
        AdtFeedOptions options = AdtFeedOptions.defaults()
                .withDefaultCharset(configured.charset())
                .withBedStatusCodes(configured.bedStatusCodes())
                .withSilentAfter(configured.silentAfter());
        AdtFeed feed = new AdtFeed(configured.name(), writer, options);
        MllpServer server = new MllpServer(
                vertx, feed, MllpOptions.defaults().withHost(configured.host()).withPort(configured.port()));
        ChevetServer.await(
                server.start(),
                "feed " + configured.name() + " cannot listen on " + configured.host() + ":" + configured.port());
        doors.add(new Door(writer.id(), feed, server));
        return server.port();
    }

    List<FeedStatus> statuses(HospitalId hospital) {
        return doors.stream()
                .filter(door -> door.hospital().equals(hospital))
                .map(door -> door.feed().status())
                .toList();
    }

    @Override
    public void close() {
        for (Door door : doors) {
            ChevetServer.await(door.server().close(), "feed " + door.feed().name() + " did not stop");
        }
    }
}
