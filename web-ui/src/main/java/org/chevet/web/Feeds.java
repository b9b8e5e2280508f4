package org.chevet.web;

import io.vertx.core.Vertx;
import java.util.List;
import org.chevet.feed.FeedStatus;
import org.chevet.hospital.HospitalId;
import org.chevet.runtime.HospitalWriter;

/** The doors of outside systems. */
final class Feeds implements AutoCloseable {
    Feeds(Vertx vertx) {
    }
    int start(HospitalWriter writer, Configuration.Feed feed) { return 0; }
    List<FeedStatus> statuses(HospitalId hospital) { return List.of(); }
    @Override
    public void close() {}
}
