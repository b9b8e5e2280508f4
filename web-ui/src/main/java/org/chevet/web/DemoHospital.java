package org.chevet.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.chevet.event.Recorded;
import org.chevet.feed.hl7.AdtFeedOptions;
import org.chevet.hospital.Hospital;
import org.chevet.journal.Journal;
import org.chevet.runtime.AdjustableClock;
import org.chevet.runtime.Engine;
import org.chevet.runtime.HospitalWriter;
import org.chevet.simulations.demo.DemoLayout;

/** The hospital that does not exist, on a clock of its own, fed through a real MLLP door by its simulated ADT system. */
final class DemoHospital implements AutoCloseable {
    static final double SPEED = 60;

    private static final String FEED = "ADT";
    private static final Duration SILENT_AFTER = Duration.ofHours(1);

    private final Hospital layout = DemoLayout.read();

    HospitalWriter open(Engine engine, Journal journal) {
        return engine.open(layout, new AdjustableClock(lastKnown(journal), SPEED));
    }

    void start(HospitalWriter writer, Feeds feeds) {
        Configuration.Feed feed = new Configuration.Feed(
                FEED,
                writer.id(),
                Configuration.HOST_DEFAULT,
                0,
                StandardCharsets.UTF_8,
                SILENT_AFTER,
                AdtFeedOptions.TABLE_0116);
        feeds.start(writer, feed);
    }

    @Override
    public void close() {}

    /** While Chevet was stopped, the demo's time stood still. */
    private Instant lastKnown(Journal journal) {
        Recorded last = journal.find(layout.id(), journal.lastSequence(layout.id()));
        return last == null ? Instant.now() : last.recordedAt();
    }
}
