package org.chevet.web;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.chevet.event.Recorded;
import org.chevet.feed.hl7.AdtFeedOptions;
import org.chevet.feed.hl7.MllpOptions;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.Journal;
import org.chevet.runtime.AdjustableClock;
import org.chevet.runtime.Engine;
import org.chevet.runtime.HospitalWriter;
import org.chevet.simulations.demo.Demo;
import org.chevet.simulations.demo.DemoLayout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A hospital that does not exist, on a clock of its own, played to Chevet through real MLLP doors. */
final class HostedDemo implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HostedDemo.class);
    private static final long SEED = 20_260_101;

    private final Hospital layout;
    private Instant presentBegins = Instant.MIN;
    private @Nullable Demo demo;
    private volatile boolean closed;

    HostedDemo(Hospital layout) {
        this.layout = layout;
    }

    /** The one that people come to see, and its neighbour. */
    static List<HostedDemo> both() {
        Hospital large = DemoLayout.read();
        return List.of(new HostedDemo(large), new HostedDemo(DemoLayout.neighbourOf(large)));
    }

    HospitalId id() {
        return layout.id();
    }

    HospitalWriter open(Engine engine, Journal journal) {
        Recorded first = journal.find(layout.id(), 1);
        Instant beginning = first == null ? Demo.beginning(Instant.now(), layout.zone()) : first.recordedAt();
        presentBegins = beginning.plus(Demo.PAST);
        Recorded last = journal.find(layout.id(), journal.lastSequence(layout.id()));
        // While Chevet was stopped, the demo's time stood still.
        return engine.open(layout, new AdjustableClock(last == null ? beginning : last.recordedAt(), Demo.SPEED));
    }

    /** Blocks while a new demo hospital is given its past. */
    void start(HospitalWriter writer, Feeds feeds) {
        if (!(writer.clock() instanceof AdjustableClock clock)) {
            throw new IllegalStateException("the demo was opened on another clock");
        }
        Feeds.Door adt = feeds.start(writer, feed(writer, "ADT", Duration.ofHours(1)));
        Feeds.Door housekeeping = feeds.start(writer, feed(writer, "BIONETTOYAGE", Duration.ofHours(6)));
        if (writer.view().recordedAt().isBefore(presentBegins)) {
            LOG.info("a new demo hospital lives through its first {} days: some seconds", Demo.PAST.toDays());
        }
        playing(Demo.start(writer, clock, door(adt), door(housekeeping), SEED, presentBegins));
    }

    /** As {@link #start}, while the server is looked at already. */
    void startBeside(HospitalWriter writer, Feeds feeds) {
        Thread.startVirtualThread(() -> {
            try {
                start(writer, feeds);
            } catch (RuntimeException failure) { // the thread's edge
                if (!closed) {
                    LOG.error("the demo hospital {} does not live", id(), failure);
                }
            }
        });
    }

    private synchronized void playing(Demo started) {
        demo = started;
        if (closed) {
            started.close();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (demo != null) {
            demo.close();
        }
    }

    private static Demo.Door door(Feeds.Door door) {
        return new Demo.Door(door.feed(), new InetSocketAddress(Configuration.HOST_DEFAULT, door.port()));
    }

    private static Configuration.Feed feed(HospitalWriter writer, String name, Duration silentAfter) {
        AdtFeedOptions options = AdtFeedOptions.defaults()
                .withDefaultCharset(StandardCharsets.UTF_8)
                .withSilentAfter(silentAfter);
        return new Configuration.Feed(name, writer.id(), options, MllpOptions.on(0));
    }
}
